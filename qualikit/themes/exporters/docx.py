"""The matrix as a Word document: an overview in figures, then each theme with its synthesis and its verbatims."""

from __future__ import annotations

from itertools import count
from typing import BinaryIO

from qualikit.i18n import _
from qualikit.themes.exporters import ExportOptions
from qualikit.themes.exporters.word import detail, overview
from qualikit.themes.exporters.word.markup import paragraph, run
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.matrix import Matrix


class DocxExporter:
    """Landscape A4; everything in named styles (styles.xml beside), so that a firm restyles it in one place."""

    name = "docx"
    extension = ".docx"

    @property
    def label(self) -> str:
        return _("Document Word")

    def export_matrix(self, matrix: Matrix, target: BinaryIO, options: ExportOptions) -> None:
        """Write the document. Tables are written as markup: cell by cell through python-docx takes quadratic time."""
        title = options.title_of(matrix)
        numbers = count(1)
        body = [
            paragraph("Title", run(title)),
            paragraph("Subtitle", run(" · ".join(part for part in (options.project, options.day) if part))),
            paragraph("qualikitExplication", run(matrix.explanation)),
            overview.overview(matrix, numbers),
            detail.details(matrix, options, numbers),
        ]
        # Made in memory: an archive that a full disk cuts short complains long after.
        target.write(word_file("".join(body), title=title, project=options.project, date=options.date))
