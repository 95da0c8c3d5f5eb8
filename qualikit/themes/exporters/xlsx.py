"""The matrix as an Excel workbook: a sheet to read, a sheet to compute with, and one for the verbatims it quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO

from qualikit.corpus.model import source_kind_label
from qualikit.corpus.times import clock
from qualikit.i18n import _
from qualikit.themes.charts.matrix import described
from qualikit.themes.exporters import ExportOptions
from qualikit.themes.exporters.cleaning import quotation, xml_text
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column
from qualikit.themes.values import impossible
from qualikit.themes.verbatims import own_verbatims

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL_MAX = 32_767
"""Characters (UTF-16 units) that a cell can hold: Excel's specification."""
_TINT = "#8DB4D6"
_NAME_WIDTH, _TEXT_WIDTH, _SCREEN_WIDTH = 38, 48, 120  # characters
_HEAD_ROWS = 5
"""Rows above the first theme of the sheet to read: title, project, explanation, and two of headings."""


class XlsxExporter:
    """Numbers are numbers, shown as « 5/8 » by their format; texts are never taken for formulas or addresses."""

    name = "xlsx"
    extension = ".xlsx"

    @property
    def label(self) -> str:
        return _("Classeur Excel")

    def export_matrix(self, matrix: Matrix, target: BinaryIO, options: ExportOptions) -> None:
        """Write the workbook."""
        import xlsxwriter

        texts = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        made = BytesIO()  # in memory: the library does not pass on what a full disk says
        with xlsxwriter.Workbook(made, {**texts, "in_memory": True}) as book:
            about = {"title": xml_text(options.title_of(matrix))[:255], "author": "", "comments": ""}
            # The same matrix of the same day gives the same bytes.
            book.set_properties({**about, "created": datetime.combine(options.date, time())})
            looks = _Looks(book)
            _write_reading(book.add_worksheet(_("Matrice")), matrix, options, looks)
            _write_tidy(book.add_worksheet(_("Données")), matrix, looks)
            if options.chart and matrix.rows and matrix.columns:
                _draw(book.add_worksheet(_("Graphique")), matrix, options)
            if any(cell.verbatims for cell in matrix.cells.values()):
                _write_verbatims(book.add_worksheet(_("Verbatims")), matrix, looks)
        target.write(made.getvalue())


class _Looks:
    """Formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            base = {"font_name": "Calibri", "font_size": 10, "valign": "top"}
            self._made[key] = self._book.add_format({**base, **properties})
        return self._made[key]

    @property
    def head(self) -> Format:
        return self(
            bold=True, bg_color="#E6ECF3", font_color="#1F3A5F", text_wrap=True, border=1, border_color="#CBD3DC"
        )


def _text(sheet: Worksheet, row: int, column: int, text: str, look: Format) -> None:
    clean = xml_text(text)
    if len(clean.encode("utf-16-le")) // 2 > _CELL_MAX:
        mark = _(" […] (texte coupé : trop long pour une cellule d'Excel)")
        # Cut by UTF-16 units, as Excel counts; half a character at the end goes.
        room = 2 * (_CELL_MAX - len(mark))
        clean = clean.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + mark
    if clean:
        sheet.write_string(row, column, clean, look)
    else:  # nothing at all, so that Excel does not count it among what is filled in
        sheet.write_blank(row, column, None, look)


def _height(texts: Sequence[tuple[str, int]]) -> float:
    """Points that the highest of wrapped texts needs, each with its column's width in characters: not every program
    works it out on opening. A column so many digits wide holds a quarter more letters."""
    lines = max(sum(max(1, -(-len(part) * 4 // (5 * width))) for part in text.split("\n")) for text, width in texts)
    return min(max(lines, 1) * 13.5 + 2, 409)


def _setup(sheet: Worksheet, rows: int, columns: int) -> None:
    sheet.freeze_panes(rows, columns)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(rows - 1)
    sheet.hide_gridlines(2)


# -- the sheet to read


@dataclass(frozen=True)
class _Group:
    """A column of the matrix in the sheet: where it begins, and what it shows, each with a width in characters."""

    column: Column
    first: int
    headings: list[tuple[str, int]]


def _groups(matrix: Matrix) -> list[_Group]:
    figures = [(_("Personnes"), 10)] if matrix.shows_people else []
    figures += [(_("Documents"), 10)] if matrix.shows_sessions else []
    figures += [(_("Mots"), 9), (_("Part des mots"), 9)] if matrix.value == "words" else []
    figures += [(_("Codages"), 9)]
    figures += [(_("Passages"), 9)] if matrix.doubles else []
    found, first = [], 1
    for column in (*matrix.columns, *([matrix.total_column] if len(matrix.columns) != 1 else [])):
        written = any(matrix.cell(row, column).synthesis for row in matrix.rows)
        headings = [*figures, *([(_("Synthèse"), _TEXT_WIDTH)] if written else [])]
        found.append(_Group(column, first, headings))
        first += len(headings)
    return found


def _write_reading(sheet: Worksheet, matrix: Matrix, options: ExportOptions, looks: _Looks) -> None:
    groups = _groups(matrix)
    _setup(sheet, _HEAD_ROWS, 1)
    _write_title(sheet, matrix, options, groups, looks)
    _text(sheet, _HEAD_ROWS - 2, 0, "", looks.head)
    _text(sheet, _HEAD_ROWS - 1, 0, matrix.corner, looks.head)
    for group in groups:
        for column, (heading, width) in enumerate(group.headings, group.first):
            # Not merged: a merged cell cannot be sorted, filtered or copied as a column.
            _text(sheet, _HEAD_ROWS - 2, column, group.column.label if column == group.first else "", looks.head)
            _text(sheet, _HEAD_ROWS - 1, column, heading, looks.head)
            sheet.set_column(column, column, width)
    for line, row in enumerate((*matrix.rows, matrix.total_row), _HEAD_ROWS):
        edge = {"top": 2, "bg_color": "#F3F6F9"} if row.is_total else {"bottom": 4, "bottom_color": "#CBD3DC"}
        look = {"bold": row.is_total or row.depth == 0, **edge}
        _text(sheet, line, 0, row.name, looks(align="left", indent=min(row.depth, 15), text_wrap=True, **look))
        texts = [(row.name, _NAME_WIDTH)]
        for group in groups:
            cell = matrix.cell(row, group.column)
            _write_cell(sheet, line, group, cell, looks, look)
            texts += [(cell.synthesis.whole, _TEXT_WIDTH)] if cell.synthesis else []
        sheet.set_row(line, _height(texts), None, {"level": min(row.depth, 7)})
    _tint(sheet, matrix, groups)


def _write_title(sheet: Worksheet, matrix: Matrix, options: ExportOptions, groups: list[_Group], looks: _Looks) -> None:
    sheet.set_column(0, 0, _NAME_WIDTH)
    _text(sheet, 0, 0, options.title_of(matrix), looks(bold=True, font_size=16, font_color="#1F3A5F"))
    about = " · ".join(part for part in (options.project, options.day) if part)
    _text(sheet, 1, 0, about, looks(font_color="#595959"))
    explained = looks(font_color="#404040", text_wrap=True)
    widths = [_NAME_WIDTH, *(width for group in groups for _heading, width in group.headings)]
    shown = next((n for n in range(2, len(widths)) if sum(widths[:n]) >= _SCREEN_WIDTH), len(widths))
    if shown > 1:
        sheet.merge_range(2, 0, 2, shown - 1, "", explained)
    _text(sheet, 2, 0, matrix.explanation, explained)
    sheet.set_row(2, _height([(matrix.explanation, sum(widths[:shown]))]))


def _write_cell(sheet: Worksheet, line: int, group: _Group, cell: Cell, looks: _Looks, look: dict[str, Any]) -> None:
    for column, (heading, _width) in enumerate(group.headings, group.first):
        edge = {"left": 1, "left_color": "#8CA0B5"} if column == group.first else {}
        if heading == _("Synthèse"):
            text = cell.synthesis.whole if cell.synthesis else ""
            _text(sheet, line, column, text, looks(text_wrap=True, **{**look, "bold": False}))
            continue
        if not cell.possible:
            _text(sheet, line, column, impossible(), looks(align="center", **look, **edge))
            continue
        figure, shown = _figure(cell, heading)
        sheet.write_number(line, column, figure, looks(num_format=shown, align="center", **look, **edge))


def _figure(cell: Cell, heading: str) -> tuple[float, str]:
    """A figure, and the number format that shows it with its denominator: « 5/8 » is the number 5."""
    if heading == _("Personnes"):
        return cell.people, f'0"/{cell.people_total}"'
    if heading == _("Documents"):
        return cell.sessions, f'0"/{cell.sessions_total}"'
    if heading == _("Mots"):
        return cell.words or 0, "#,##0"
    if heading == _("Part des mots"):
        return cell.words_share or 0.0, "0.0 %"
    return (cell.codings if heading == _("Codages") else cell.passages), "0"


def _tint(sheet: Worksheet, matrix: Matrix, groups: list[_Group]) -> None:
    """The more people of those who could have said it, the darker; where people are not counted, the more codings."""
    if not matrix.rows:
        return
    most = matrix.most
    for group in groups:
        place = 0 if matrix.shows_people else [heading for heading, _width in group.headings].index(_("Codages"))
        column, darkest = group.first + place, group.column.people if matrix.shows_people else most
        sheet.conditional_format(
            _HEAD_ROWS,
            column,
            _HEAD_ROWS + len(matrix.rows) - 1,
            column,
            {
                "type": "2_color_scale",
                "min_type": "num",
                "min_value": 0,
                "min_color": "#FFFFFF",
                "max_type": "num",
                "max_value": max(darkest, 1),
                "max_color": _TINT,
            },
        )


# -- the sheets to compute with


def _draw(sheet: Worksheet, matrix: Matrix, options: ExportOptions) -> None:
    """The chart, described for those who do not see it."""
    sheet.hide_gridlines(2)
    png = BytesIO(options.picture(matrix, "png"))
    about = {
        "image_data": png,
        "description": xml_text(described(matrix, options.chart)),
        "x_scale": 0.5,
        "y_scale": 0.5,
    }
    sheet.insert_image(0, 0, "graphique.png", about)


def _write_tidy(sheet: Worksheet, matrix: Matrix, looks: _Looks) -> None:
    headings = {
        "path": (_("Chemin"), 44),
        "code": (_("Code"), 28),
        "row": (matrix.corner, 28),
        "depth": (_("Niveau"), 8),
        "column": (matrix.reads_by.label(), 24),
        "codings": (_("Codages"), 10),
        "own_codings": (_("Codages du code seul"), 12),
        "passages": (_("Passages"), 10),
        "people": (_("Personnes"), 10),
        "people_total": (_("Personnes possibles"), 12),
        "share": (_("Part des personnes"), 11),
        "sessions": (_("Documents"), 10),
        "sessions_total": (_("Documents possibles"), 12),
        "words": (_("Mots codés"), 10),
        "words_total": (_("Mots dits"), 10),
        "words_share": (_("Part des mots"), 11),
        "presence": (_("Présence"), 10),
        "synthesis": (_("Synthèse"), 60),
    }
    rows = [[impossible() if value is None else value for value in record.values()] for record in matrix.to_records()]
    _write_table(sheet, [headings[name] for name in matrix.fields], rows, looks)


def _write_verbatims(sheet: Worksheet, matrix: Matrix, looks: _Looks) -> None:
    headings = [
        (_("Chemin"), 36),
        (matrix.reads_by.label(), 20),
        (_("Verbatim"), 90),
        (_("Qui parle"), 22),
        (_("Document"), 30),
        (_("Type de source"), 16),
        (_("Tour de parole"), 9),
        (_("Temps"), 9),
        (_("Codeur"), 14),
        (_("Choix"), 14),
    ]
    rows = []
    for row in matrix.rows:
        for column in matrix.columns:
            for verbatim in own_verbatims(row, matrix.cell(row, column)):
                passage = verbatim.passage
                chosen = _("automatique") if verbatim.automatic else _("choisi") if passage.chosen else ""
                rows.append(
                    [
                        " › ".join(row.path),
                        column.label,
                        quotation(passage.quote),
                        passage.speaker or "",
                        passage.document,
                        source_kind_label(passage.source_kind),
                        passage.turn if passage.turn is not None else "",
                        clock(passage.time) if passage.time is not None else "",
                        passage.coder,
                        chosen,
                    ]
                )
    _write_table(sheet, headings, rows, looks)


def _write_table(sheet: Worksheet, headings: list[tuple[str, int]], rows: list[list[Any]], looks: _Looks) -> None:
    _setup(sheet, 1, 0)
    sheet.set_row(0, _height([(heading, width) for heading, width in headings]))
    for column, (heading, width) in enumerate(headings):
        _text(sheet, 0, column, heading, looks.head)
        sheet.set_column(column, column, width)
    for line, values in enumerate(rows, 1):
        sheet.set_row(line, _height([(str(value), headings[column][1]) for column, value in enumerate(values)]))
        for column, value in enumerate(values):
            if isinstance(value, str):
                _text(sheet, line, column, value, looks(text_wrap=True))
            else:
                sheet.write_number(line, column, value, looks(num_format="0%" if isinstance(value, float) else "0"))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
