"""Codebooks written as tables: CSV and Excel, one row a code."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from qualikit import sheets
from qualikit.coding.codebooks.entries import status_of
from qualikit.coding.model import Code, Codebook, CodeKind
from qualikit.errors import ExportFailed
from qualikit.i18n import _

COLUMNS = (
    "name",
    "parent",
    "definition",
    "include",
    "exclude",
    "keywords",
    "example",
    "color",
    "kind",
    "value",
    "shortcut",
    "status",
)
"""Columns as they are written."""

_EXCEL_CELL = 32_767  # characters that a cell holds


def _cells(codebook: Codebook, code: Code) -> list[str]:
    parent = codebook.get(code.parent_id) if code.parent_id else None
    return [
        code.name,
        parent.name if parent else "",
        code.definition,
        code.use,
        code.avoid,
        "; ".join(code.keywords),
        code.example,
        code.color,
        code.kind.value if code.kind != CodeKind.THEME else "",
        code.value.value if code.value else "",
        code.shortcut or "",
        status_of(code),
    ]


def write_csv(codebook: Codebook, path: Path, _name: str) -> None:
    """Write a codebook as CSV; no cell of it runs as a formula."""
    sheets.write_whole(path, sheets.csv_bytes(COLUMNS, (_cells(codebook, code) for code in codebook)))


def write_xlsx(codebook: Codebook, path: Path, _name: str) -> None:
    """Write a codebook as an Excel sheet, every cell as text."""
    import xlsxwriter

    rows = [_cells(codebook, code) for code in codebook]
    long = next((row[0] for row in rows if any(len(cell) > _EXCEL_CELL for cell in row)), None)
    if long is not None:
        raise ExportFailed(
            _("Le code « {name} » contient un texte trop long pour Excel.").format(name=long),
            _("Exportez la grille en YAML ou en CSV."),
        )
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Grille"))
        head = book.add_format({"bold": True, "bottom": 1})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, width in enumerate((30, 24, 50, 40, 40, 40, 50, 10, 10, 14, 9, 10)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, COLUMNS[column], head)
        for number, (code, row) in enumerate(zip(codebook, rows, strict=True), 1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, body)
            tint = book.add_format({"bg_color": code.color, "font_color": "#FFFFFF", "valign": "top"})
            sheet.write_string(number, COLUMNS.index("color"), code.color, tint)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(COLUMNS) - 1)
    sheets.write_whole(path, content.getvalue())
