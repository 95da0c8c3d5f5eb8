"""Tables of a file as they are drawn: merged cells, indents, colours, several of them. CSV and Excel; Word beside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from qualikit import sheets
from qualikit.errors import SheetError
from qualikit.i18n import _
from qualikit.text import normalise

_WIDEST = 200
"""Columns that are looked at: a codebook has ten."""
_LONGEST = 20_000
_OUTSIDE = " \t\u00a0"


@dataclass(frozen=True)
class Cell:
    """Text without blanks around it; ``depth``: how far it is set in; ``span``: columns that it takes; ``above``: it is
    the lower part of a cell that was merged downwards; ``fill``: ``#RRGGBB`` or nothing."""

    text: str = ""
    depth: int = 0
    span: int = 1
    above: bool = False
    fill: str = ""


@dataclass(frozen=True)
class Grid:
    """One table: its name (the sheet's, or the heading over it) and its rows that are not empty, each with its
    line, from 1."""

    name: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]

    @property
    def width(self) -> int:
        return max((len(cells) for _line, cells in self.rows), default=0)


def cell_of(raw: str, *, indent: int = 0, **how: Any) -> Cell:
    """A cell; blanks before its text, two to a step, tell how far it is set in."""
    text = normalise(raw)
    inside = text.lstrip("\n")
    blanks = inside[: len(inside) - len(inside.lstrip(_OUTSIDE))]
    steps = blanks.count("\t") + (len(blanks) - blanks.count("\t") + 1) // 2
    return Cell(text.strip(), indent + steps, **how)


def filled(name: str, rows: Iterator[tuple[int, list[Cell]]]) -> Grid:
    """The grid of these rows, the empty ones left out."""
    return Grid(name, tuple((line, tuple(cells)) for line, cells in rows if any(cell.text for cell in cells)))


def read_grids(data: bytes, file_name: str) -> list[Grid]:
    """The tables of a CSV file or of a workbook, those that hold something. Raises SheetError."""
    found = _excel(data, file_name) if data[:2] == b"PK" else [_csv(data, file_name)]
    found = [grid for grid in found if grid.rows]
    if not found:
        raise SheetError(
            _("Le tableau « {name} » est vide.").format(name=file_name),
            _("Il faut une première ligne avec le nom des colonnes."),
        )
    return found


def _csv(data: bytes, file_name: str) -> Grid:
    lines = sheets.csv_lines(data, file_name)
    # Of a cell that a spreadsheet would have run, the apostrophe is none of the text.
    rows = ((line, [cell_of(sheets.plain_cell(cell)) for cell in cells]) for line, cells in lines)
    return filled("", rows)


def _excel(data: bytes, file_name: str) -> list[Grid]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > sheets.MAX_OPENED:
                raise ValueError("opens to too much")
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            found = []
            every: list[Any] = book.worksheets
            for sheet in every:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()
                    found.append(_sheet(sheet, _merged(archive, sheet._worksheet_path)))
            return found
    except Exception as error:  # openpyxl raises anything at all on a damaged workbook
        raise SheetError(
            _("Le classeur « {name} » ne peut pas être lu.").format(name=file_name),
            _("Ouvrez-le dans Excel et enregistrez-le au format .xlsx."),
        ) from error


def _sheet(sheet: Any, merged: list[tuple[int, int, int, int]]) -> Grid:
    rows: dict[int, list[Cell]] = {}
    for line, row in enumerate(sheet.iter_rows(), 1):
        if line > _LONGEST:
            raise ValueError("spreads over too much")
        cells = [_excel_cell(cell) for cell in row[:_WIDEST]]
        if any(cell.text or cell.fill for cell in cells):
            rows[line] = cells
    for left, top, right, bottom in merged:
        if top in rows and left <= len(rows[top]):
            first = rows[top][left - 1]
            rows[top][left - 1] = replace(first, span=right - left + 1)
            for line in range(top + 1, min(bottom, _LONGEST) + 1):
                if line in rows and left <= len(rows[line]):
                    rows[line][left - 1] = replace(first, above=True)
    return filled(sheet.title, iter(rows.items()))


def _excel_cell(cell: Any) -> Cell:
    if cell.value is None and not getattr(cell, "has_style", False):
        return Cell()
    indent = int(getattr(cell.alignment, "indent", 0) or 0)
    fill = ""
    if cell.fill is not None and cell.fill.fill_type == "solid":
        color = cell.fill.fgColor.rgb
        fill = f"#{color[-6:]}" if isinstance(color, str) and re.fullmatch(r"[0-9A-Fa-f]{8}", color) else ""
    return cell_of(sheets.cell_text(cell.value), indent=indent, fill=fill)


def _merged(archive: zipfile.ZipFile, part: str) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of the merged cells, from 1. Read here: the library gives them only with every cell
    of them made, and one may cover the whole sheet."""
    from lxml import etree
    from openpyxl.utils.cell import range_boundaries

    found = []
    with archive.open(part.lstrip("/")) as stream:
        for _event, element in etree.iterparse(stream, tag="{*}mergeCell", resolve_entities=False, no_network=True):
            left, top, right, bottom = range_boundaries(element.get("ref"))
            if left and top and right and bottom:
                found.append((left, top, right, bottom))
    return found
