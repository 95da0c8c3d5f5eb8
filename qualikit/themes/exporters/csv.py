"""The tidy table as CSV, to compute with: UTF-8 with a byte-order mark, commas, one row a cell, no totals."""

from __future__ import annotations

from typing import Any, BinaryIO

from qualikit.i18n import _
from qualikit.sheets import csv_bytes
from qualikit.themes.exporters import ExportOptions
from qualikit.themes.exporters.cleaning import xml_text
from qualikit.themes.matrix import Matrix


class CsvExporter:
    """``Matrix.to_records`` as it is, but for an apostrophe before what a spreadsheet would take for a formula."""

    name = "csv"
    extension = ".csv"

    @property
    def label(self) -> str:
        return _("Tableau CSV, une ligne par cellule")

    def export_matrix(self, matrix: Matrix, target: BinaryIO, options: ExportOptions) -> None:
        """Write the rows; titles and verbatims are not in them."""
        rows = ([_clean(value) for value in record.values()] for record in matrix.to_records())
        target.write(csv_bytes(matrix.fields, rows))


def _clean(value: Any) -> Any:
    return xml_text(value) if isinstance(value, str) else value
