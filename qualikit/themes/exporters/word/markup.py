"""WordprocessingML as text: paragraphs, tables, fields (ECMA-376 part 1, §17).

Lengths are in twips, 567 to a centimetre.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from qualikit.i18n import _
from qualikit.themes.exporters.cleaning import xml_text

CM = 567
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 16838, 11906, 2 * CM  # A4, landscape
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN


def run(text: str, style: str = "") -> str:
    """A run of text, in a character style where one is named; line ends and tabs stay."""
    properties = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    lines = [
        "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in line.split("\t"))
        for line in xml_text(text).split("\n")
    ]
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def field(instruction: str, shown: str) -> str:
    """A field that Word computes; ``shown`` until it does."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown)}</w:fldSimple>'


def paragraph(style: str, *runs: str) -> str:
    """A paragraph in the style of that id."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def colored(text: str, color: str) -> str:
    """A run of text in a colour (``#RRGGBB``)."""
    return run(text).replace("<w:r>", f'<w:r><w:rPr><w:color w:val="{color.lstrip("#")}"/></w:rPr>', 1)


def bookmarked(style: str, name: str, number: int, text: str) -> str:
    """A paragraph that others can point at by this name; ``number`` tells its mark from the others."""
    marks = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>', f'<w:bookmarkEnd w:id="{number}"/>'
    return paragraph(style, marks[0], run(text), marks[1])


def contents(entries: Sequence[tuple[int, str, str]], levels: int) -> str:
    """A table of contents that Word keeps up to date, with its entries (level from 1, words, bookmark) in place until
    it does: each leads to its heading."""

    def complex(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def code(instruction: str) -> str:
        return f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'

    begin = complex("begin") + code(rf'TOC \o "1-{levels}" \h \z \u') + complex("separate")
    lines = []
    for place, (level, words, name) in enumerate(entries):
        page = complex("begin") + code(rf"PAGEREF {name} \h") + complex("separate") + run("") + complex("end")
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{run(words)}{run(chr(9))}{page}</w:hyperlink>'
        lines.append(paragraph(f"TOC{level}", begin if place == 0 else "", link))
    # In a line of no height: a page full of contents is not followed by an empty one.
    return "".join(lines) + paragraph("qualikitApresTableau", complex("end"))


def page_break() -> str:
    """What follows begins a page."""
    return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def caption(numbers: Iterator[int], text: str, *, figure: bool = False) -> str:
    """« Tableau 3 — Météo » or, of a picture, « Figure 3 — Météo », with a number that Word keeps up to date and can
    list. ``numbers``: one series for tables, one for figures."""
    sequence, word = ("Figure", _("Figure")) if figure else ("Tableau", _("Tableau"))
    number = field(rf"SEQ {sequence} \* ARABIC", str(next(numbers)))
    return paragraph("Caption", run(word + "\u00a0"), number, run(f" — {text}"))


def linked(name: str, words: str) -> str:
    """Words that lead to a bookmark of the same document."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{run(words)}</w:hyperlink>'


@dataclass(frozen=True)
class TableCell:
    """Paragraphs of a cell; it takes ``span`` columns, and with ``merge`` goes on from the row above (``"continue"``)
    or begins what does (``"restart"``). ``opens``: a line on its left sets a group of columns apart."""

    paragraphs: str
    span: int = 1
    merge: str = ""
    opens: bool = False
    shade: str = ""


@dataclass(frozen=True)
class TableRow:
    """``header``: repeated on each page. ``whole``: kept on one page; for rows that are not long."""

    cells: Sequence[TableCell]
    header: bool = False
    whole: bool = True


def table(
    widths: Sequence[int], rows: Sequence[TableRow], *, title: str, last_row: bool = False, first_row: bool = True
) -> str:
    """A table in the style of the document. ``title``: what a screen reader says of it; ``last_row``: it is a total;
    ``first_row``: it is of headings."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows_apart = f'w:firstRow="{int(first_row)}" w:lastRow="{int(last_row)}"'
    look = f'{rows_apart} w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"'
    return (
        "<w:tbl><w:tblPr>"
        '<w:tblStyle w:val="qualikitTableau"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{0x0680 | (0x20 if first_row else 0) | (0x40 if last_row else 0):04X}" {look}/>'
        f"<w:tblCaption w:val={quoteattr(xml_text(title))}/>"
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row(row, widths) for row in rows)}</w:tbl>"
        # Word joins two tables that nothing stands between.
        f"{paragraph('qualikitApresTableau')}"
    )


def _row(row: TableRow, widths: Sequence[int]) -> str:
    properties = ("<w:cantSplit/>" if row.whole else "") + ("<w:tblHeader/>" if row.header else "")
    cells, place = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[place : place + cell.span])))
        place += cell.span
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: TableCell, width: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.merge:
        properties += f'<w:vMerge w:val="{cell.merge}"/>'
    if cell.opens:
        properties += '<w:tcBorders><w:left w:val="single" w:sz="4" w:space="0" w:color="B8C4D2"/></w:tcBorders>'
    if cell.shade:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.shade}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.paragraphs}</w:tc>"
