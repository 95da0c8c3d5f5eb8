"""Tables as people keep them: CSV in whatever dialect the spreadsheet wrote, and Excel."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualikit.errors import SheetError
from qualikit.i18n import _
from qualikit.text import fold, normalise

# A whole document may be one coding: the csv module's own limit on a cell is 131,072 characters.
csv.field_size_limit(2**31 - 1)

MAX_OPENED = 256 * 2**20
"""Bytes of a workbook once opened: some millions of cells. What opens to more was made to harm."""
MAX_CELLS = 20_000_000
"""Cells of a sheet, the empty ones between others included."""

_RUNS = re.compile(r"'*[=+\-@\t\r]")


@dataclass(frozen=True)
class Sheet:
    """A header and rows of text. ``rows`` holds (number of the row in the file, from 1; column → text)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]
    others: tuple[str, ...] = ()
    """Names of the workbook's other sheets."""

    def column(self, *names: str) -> str | None:
        """The first column that goes by one of these names, whatever its case and accents."""
        known = {_folded(column): column for column in self.columns}
        return next((known[_folded(name)] for name in names if _folded(name) in known), None)


@dataclass(frozen=True)
class RefusedRow:
    """A row that did not go in: its line in the file, from 1, and why."""

    line: int
    reason: str


def _folded(name: str) -> str:
    return " ".join(fold(name).split())


def read_sheet(source: Path | bytes, file_name: str | None = None) -> Sheet:
    """The first table of a CSV file (any usual delimiter and charset) or of an Excel workbook's first sheet.

    Raises SheetError, in words for the user. Cells are stripped; empty rows are left out.
    """
    name = file_name or (source.name if isinstance(source, Path) else "")
    if isinstance(source, Path):
        try:
            data = source.read_bytes()
        except OSError as error:
            raise SheetError(
                _("Le tableau « {name} » ne peut pas être lu.").format(name=name),
                _("Vérifiez qu'il existe et qu'il n'est pas ouvert dans un autre programme."),
            ) from error
    else:
        data = source
    # Looked at, not believed: a workbook saved under .csv is common.
    lines, others = _excel_lines(data, name) if data[:2] == b"PK" else (csv_lines(data, name), ())
    numbered = [(number, [normalise(cell).strip() for cell in line]) for number, line in lines]
    filled = [(number, line) for number, line in numbered if any(line)]
    if not filled:
        raise SheetError(
            _("Le tableau « {name} » est vide.").format(name=name),
            _("Il faut une première ligne avec le nom des colonnes."),
        )
    columns = _unique(filled[0][1])
    rows = tuple(
        (number, dict(zip(columns, [*line, *[""] * len(columns)], strict=False))) for number, line in filled[1:]
    )
    return Sheet(tuple(column for column in columns if column), rows, others)


def _unique(header: list[str]) -> list[str]:
    """Column names made distinct: « Observation », « Observation 2 »."""
    seen: dict[str, int] = {}
    result = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        result.append(f"{name} {seen[name]}" if name and seen[name] > 1 else name)
    return result


def csv_lines(data: bytes, name: str) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file, each with the line at which it begins, from 1. Raises SheetError."""
    text = decode(data, name)
    declared = re.match(r"sep=(.)(?:\r\n|\r|\n)", text)  # Excel's own way of saying it, before the header
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    delimiter = declared[1] if declared else max(";,\t|", key=first.count)
    body = text[declared.end() :] if declared else text
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter)
    lines = []
    above = before = 1 if declared else 0
    try:
        for line in reader:  # numbered by where the row begins: a quoted cell may hold line breaks
            lines.append((before + 1, line))
            before = above + reader.line_num
    except csv.Error as error:
        raise SheetError(
            _("Le tableau « {name} » est mal formé à la ligne {line}.").format(name=name, line=above + reader.line_num),
            _("Ouvrez-le dans un tableur et enregistrez-le de nouveau."),
        ) from error
    return lines


def decode(data: bytes, name: str) -> str:
    """The text of a file in the charsets that French files come in. Raises SheetError on binary data."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").lstrip("\ufeff")
    if b"\x00" in data:
        raise SheetError(
            _("« {name} » n'est pas un tableau.").format(name=name),
            _("Enregistrez-le au format CSV ou Excel (.xlsx)."),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        # Left free, the detection takes French cp1252 for cp1250.
        best = from_bytes(data, cp_isolation=["cp1252", "mac_roman"]).best()
        return str(best) if best else data.decode("cp1252", "replace")


def _excel_lines(data: bytes, name: str) -> tuple[list[tuple[int, list[str]]], tuple[str, ...]]:
    import zipfile

    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            opened = sum(part.file_size for part in archive.infolist())
        if opened > MAX_OPENED:
            raise ValueError("opens to too much")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        # The extent that a workbook gives itself is not believed: some say one cell, some say the whole sheet.
        sheet.reset_dimensions()
        lines, cells = [], 0
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            cells += len(row) + 1
            if cells > MAX_CELLS:
                raise ValueError("spreads over too much")
            if any(cell is not None for cell in row):
                lines.append((number, [cell_text(cell) for cell in row]))
        return lines, tuple(book.sheetnames[1:])
    except Exception as error:  # openpyxl raises anything at all on a damaged workbook
        raise SheetError(
            _("Le classeur « {name} » ne peut pas être lu.").format(name=name),
            _("Ouvrez-le dans Excel et enregistrez-le au format .xlsx."),
        ) from error


def cell_text(value: Any) -> str:
    """What a cell of a workbook shows, near enough."""
    import datetime

    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.timedelta):  # a duration: more than a day is written in hours
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def required(sheet: Sheet, name: str, *names: str) -> str:
    """The column that goes by one of ``names``. Raises SheetError, naming the columns there are."""
    found = sheet.column(*names)
    if found is None:
        raise SheetError(
            _("Le tableau « {name} » n'a pas de colonne « {column} ».").format(name=name, column=names[0]),
            _("Ses colonnes sont : {columns}.").format(columns=", ".join(sheet.columns)),
        )
    return found


def safe_cell(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula (``=``, ``+``, ``-``, ``@``, a
    tab, a carriage return: OWASP, « CSV injection »)."""
    return f"'{text}" if _RUNS.match(text) else text


def plain_cell(text: str) -> str:
    """What :func:`safe_cell` was given."""
    return text[1:] if text.startswith("'") and _RUNS.match(text) else text


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte-order mark, which Excel needs to read accents; no cell of text runs as a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]) -> bytes:
    """An Excel workbook, one sheet a table (name, columns, rows): headers in sight, filters, dates as dates, and text
    that is never taken for a formula."""
    import datetime

    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left", "valign": "top"})
        share = book.add_format({"num_format": "0 %", "valign": "top"})
        for name, columns, rows in tables:
            sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
            sheet.freeze_panes(1, 1)
            sheet.write_row(0, 0, columns, head)
            for line, row in enumerate(rows, 1):
                for place, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        sheet.write_datetime(line, place, datetime.datetime.combine(cell, datetime.time()), day)
                    elif isinstance(cell, float):
                        sheet.write_number(line, place, cell, share)
                    elif isinstance(cell, str):
                        sheet.write_string(line, place, cell, wrapped)
                    elif cell is not None:
                        sheet.write_number(line, place, cell)
            for place, column in enumerate(columns):
                longest = max([len(column), *(len(str(row[place])) for row in rows[:200])])
                sheet.set_column(place, place, min(48, max(8, longest + 2)))
            if rows:
                sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    return data.getvalue()


def write_tables(path: Path, tables: Sequence[tuple[str, Sequence[str], Sequence[Sequence[Any]]]]) -> None:
    """Write tables as Excel; one alone as CSV where the file ends so. Raises SheetError, OSError."""
    if path.suffix.lower() == ".csv" and len(tables) == 1:
        _name, columns, rows = tables[0]
        write_whole(path, csv_bytes(columns, rows))
    elif path.suffix.lower() == ".xlsx":
        write_whole(path, xlsx_bytes(tables))
    else:
        raise SheetError(
            _("« {name} » n'a pas de format connu.").format(name=path.name),
            _("Terminez son nom par .xlsx ou .csv.") if len(tables) == 1 else _("Terminez son nom par .xlsx."),
        )


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the path, then put in its place: it is never half a file. Raises OSError."""
    partial = path.with_name(path.name + ".partiel")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
