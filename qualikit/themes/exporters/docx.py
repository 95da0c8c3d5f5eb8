"""The matrix as a Word document: an overview in figures, then each theme with its synthesis and its verbatims."""

from __future__ import annotations

from itertools import count
from typing import BinaryIO

from qualikit.i18n import _
from qualikit.themes.charts import TWIPS
from qualikit.themes.charts.matrix import chart_label, described, shown_value
from qualikit.themes.exporters import ExportOptions
from qualikit.themes.exporters.word import detail, overview
from qualikit.themes.exporters.word.markup import CM, TEXT_WIDTH, caption, paragraph, run
from qualikit.themes.exporters.word.package import word_file
from qualikit.themes.exporters.word.pictures import Pictures, measured
from qualikit.themes.matrix import Matrix
from qualikit.themes.values import value_label

_HIGHEST = 14 * CM


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
        numbers, pictures = count(1), Pictures()
        body = [
            paragraph("Title", run(title)),
            paragraph("Subtitle", run(" · ".join(part for part in (options.project, options.day) if part))),
            paragraph("qualikitExplication", run(matrix.explanation)),
            overview.overview(matrix, numbers),
            _drawn(matrix, options, pictures),
            detail.details(matrix, options, numbers),
        ]
        # Made in memory: an archive that a full disk cuts short complains long after.
        made = word_file("".join(body), title=title, project=options.project, date=options.date, pictures=pictures)
        target.write(made)


def _drawn(matrix: Matrix, options: ExportOptions, pictures: Pictures) -> str:
    """The chart that is asked for, as wide as it is drawn, on one page."""
    if not options.chart or not matrix.rows or not matrix.columns:
        return ""
    png = options.picture(matrix, "png")
    across, down = measured(png)
    width = min(TEXT_WIDTH, round(across * TWIPS), round(_HIGHEST * across / max(down, 1)))
    words = described(matrix, options.chart)
    return pictures.draw(png, alt=words, width=width) + caption(
        count(1),
        _("{chart}, {value}").format(chart=chart_label(options.chart), value=value_label(shown_value(matrix)).lower()),
        figure=True,
    )
