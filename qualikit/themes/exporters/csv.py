"""The tidy table as CSV, to compute with: UTF-8 with a byte-order mark, commas, one row a cell, no totals."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from qualikit.i18n import _
from qualikit.themes.exporters import ExportOptions
from qualikit.themes.exporters.cleaning import harmless, xml_text
from qualikit.themes.matrix import FIGURES, Matrix

COLUMNS = ("path", "code", "depth", "column", *FIGURES)


class CsvExporter:
    """``Matrix.to_records`` as it is, but for an apostrophe before what a spreadsheet would take for a formula."""

    name = "csv"
    extension = ".csv"

    @property
    def label(self) -> str:
        return _("Tableau CSV, une ligne par cellule")

    def export_matrix(self, matrix: Matrix, target: BinaryIO, options: ExportOptions) -> None:
        """Write the rows; titles and verbatims are not in them."""
        text = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        for record in matrix.to_records():
            writer.writerow(
                {key: harmless(xml_text(value)) if isinstance(value, str) else value for key, value in record.items()}
            )
        text.detach()
