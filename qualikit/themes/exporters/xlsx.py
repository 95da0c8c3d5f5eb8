"""The matrix as an Excel workbook: a sheet to read, a sheet to compute with, and one for the verbatims it quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from qualikit.corpus.model import source_kind_label
from qualikit.i18n import _
from qualikit.themes.exporters import ExportOptions
from qualikit.themes.exporters.cleaning import quotation, xml_text
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column, Row
from qualikit.themes.verbatims import own_verbatims

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL_MAX = 32_767
"""Characters (UTF-16 units) that a cell can hold: Excel's specification."""
_TINT = "#5B8DB8"
_HEAD_ROWS = 5
"""Rows above the first theme of the sheet to read: title, explanation, blank, and two of headings."""


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
        with xlsxwriter.Workbook(target, {**texts, "in_memory": True}) as book:
            book.set_properties({"title": xml_text(options.title_of(matrix))[:255], "author": "", "comments": ""})
            looks = _Looks(book)
            _write_reading(book.add_worksheet(_("Matrice")), matrix, options, looks)
            _write_tidy(book.add_worksheet(_("Données")), matrix, looks)
            if any(cell.verbatims for cell in matrix.cells.values()):
                _write_verbatims(book.add_worksheet(_("Verbatims")), matrix, looks)


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
    sheet.write_string(row, column, clean, look)


def _setup(sheet: Worksheet, rows: int, columns: int) -> None:
    sheet.freeze_panes(rows, columns)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(rows - 1)
    sheet.hide_gridlines(2)


# -- the sheet to read


def _write_reading(sheet: Worksheet, matrix: Matrix, options: ExportOptions, looks: _Looks) -> None:
    groups = [*matrix.columns, *([matrix.total_column] if len(matrix.columns) != 1 else [])]
    headings = _headings(matrix)
    _setup(sheet, _HEAD_ROWS, 1)
    sheet.set_column(0, 0, 38)
    _text(sheet, 0, 0, options.title_of(matrix), looks(bold=True, font_size=16, font_color="#1F3A5F"))
    about = " · ".join(part for part in (options.project, options.day) if part)
    _text(sheet, 1, 0, f"{about}. {matrix.explanation}", looks(font_color="#404040"))
    _text(sheet, _HEAD_ROWS - 2, 0, "", looks.head)
    _text(sheet, _HEAD_ROWS - 1, 0, _("Thème"), looks.head)
    for number, group in enumerate(groups):
        first = 1 + number * len(headings)
        for place, (heading, width) in enumerate(headings):
            # Not merged: a merged cell cannot be sorted, filtered or copied as a column.
            _text(sheet, _HEAD_ROWS - 2, first + place, group.label if place == 0 else "", looks.head)
            _text(sheet, _HEAD_ROWS - 1, first + place, heading, looks.head)
            sheet.set_column(first + place, first + place, width)
    for line, row in enumerate((*matrix.rows, matrix.total_row), _HEAD_ROWS):
        bold = row.is_total or row.depth == 0
        top = {"top": 2, "bg_color": "#F3F6F9"} if row.is_total else {"bottom": 4, "bottom_color": "#CBD3DC"}
        _text(sheet, line, 0, row.name, looks(bold=bold, indent=min(row.depth, 15), text_wrap=True, **top))
        for number, group in enumerate(groups):
            _write_cell(sheet, matrix, (line, 1 + number * len(headings)), (row, group), looks, {"bold": bold, **top})
        if row.depth:
            sheet.set_row(line, None, None, {"level": min(row.depth, 7)})
    if matrix.rows and matrix.reads_by.people:
        for number, group in enumerate(groups):
            _tint(sheet, 1 + number * len(headings), len(matrix.rows), max(group.people, 1))
    elif matrix.rows:
        most = max((matrix.cell(row, group).codings for row in matrix.rows for group in matrix.columns), default=1)
        for number in range(len(groups)):
            place = [key for key, _width in headings].index(_("Codages"))
            _tint(sheet, 1 + number * len(headings) + place, len(matrix.rows), max(most, 1))


def _headings(matrix: Matrix) -> list[tuple[str, int]]:
    """The columns of each group, with their widths in characters."""
    found = []
    if matrix.reads_by.people:
        found.append((_("Personnes"), 10))
    if matrix.reads_by.sessions:
        found.append((_("Documents"), 10))
    found.append((_("Codages"), 9))
    if matrix.doubles:
        found.append((_("Passages"), 9))
    if any(cell.synthesis for cell in matrix.cells.values()):
        found.append((_("Synthèse"), 48))
    return found


def _write_cell(
    sheet: Worksheet,
    matrix: Matrix,
    place: tuple[int, int],
    of: tuple[Row, Column],
    looks: _Looks,
    look: dict[str, Any],
) -> None:
    line, first = place
    cell = matrix.cell(*of)
    for number, (heading, _width) in enumerate(_headings(matrix)):
        column = first + number
        edge = {"left": 1, "left_color": "#8CA0B5"} if number == 0 else {}
        if heading == _("Synthèse"):
            _text(sheet, line, column, cell.synthesis.text if cell.synthesis else "", looks(text_wrap=True, **edge))
            continue
        figure, shown = _figure(cell, heading)
        sheet.write_number(line, column, figure, looks(num_format=shown, align="center", **look, **edge))


def _figure(cell: Cell, heading: str) -> tuple[int, str]:
    """A figure, and the number format that shows it with its denominator: « 5/8 » is the number 5."""
    if heading == _("Personnes"):
        return cell.people, f'0"/{cell.people_total}"'
    if heading == _("Documents"):
        return cell.sessions, f'0"/{cell.sessions_total}"'
    return (cell.codings if heading == _("Codages") else cell.passages), "0"


def _tint(sheet: Worksheet, column: int, rows: int, most: int) -> None:
    scale = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "max_type": "num", "max_value": most}
    sheet.conditional_format(
        _HEAD_ROWS, column, _HEAD_ROWS + rows - 1, column, {**scale, "min_color": "#FFFFFF", "max_color": _TINT}
    )


# -- the sheets to compute with


def _write_tidy(sheet: Worksheet, matrix: Matrix, looks: _Looks) -> None:
    headings = {
        "path": (_("Chemin"), 44),
        "code": (_("Code"), 28),
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
        "synthesis": (_("Synthèse"), 60),
    }
    records = list(matrix.to_records())
    _write_table(sheet, list(headings.values()), [[record[key] for key in headings] for record in records], looks)


def _write_verbatims(sheet: Worksheet, matrix: Matrix, looks: _Looks) -> None:
    headings = [
        (_("Chemin"), 36),
        (matrix.reads_by.label(), 20),
        (_("Verbatim"), 90),
        (_("Qui parle"), 22),
        (_("Document"), 30),
        (_("Type de source"), 16),
        (_("Tour de parole"), 9),
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
                        passage.coder,
                        chosen,
                    ]
                )
    _write_table(sheet, headings, rows, looks)


def _write_table(sheet: Worksheet, headings: list[tuple[str, int]], rows: list[list[Any]], looks: _Looks) -> None:
    _setup(sheet, 1, 0)
    for column, (heading, width) in enumerate(headings):
        _text(sheet, 0, column, heading, looks.head)
        sheet.set_column(column, column, width)
    for line, values in enumerate(rows, 1):
        for column, value in enumerate(values):
            if isinstance(value, str):
                _text(sheet, line, column, value, looks(text_wrap=True))
            else:
                sheet.write_number(line, column, value, looks(num_format="0%" if isinstance(value, float) else "0"))
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
