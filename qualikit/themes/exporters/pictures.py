"""The matrix as a picture: a heat map or bubbles, for a report or a slide."""

from __future__ import annotations

from typing import BinaryIO

from qualikit.i18n import _
from qualikit.themes.exporters import ExportOptions, look_at
from qualikit.themes.matrix import Matrix


class PngExporter:
    """Pixels, at twice the size of a screen's."""

    name = "png"
    extension = ".png"

    @property
    def label(self) -> str:
        return _("Image PNG")

    def export_matrix(self, matrix: Matrix, target: BinaryIO, options: ExportOptions) -> None:
        """Draw the matrix; verbatims are not in it."""
        look_at(lambda: options.picture(matrix, "svg"), ".svg", f"{options.title_of(matrix)}.png")
        target.write(options.picture(matrix, self.name))


class SvgExporter:
    """Lines and letters, sharp at every size."""

    name = "svg"
    extension = ".svg"

    @property
    def label(self) -> str:
        return _("Image SVG")

    def export_matrix(self, matrix: Matrix, target: BinaryIO, options: ExportOptions) -> None:
        """Draw the matrix; verbatims are not in it."""
        target.write(options.picture(matrix, self.name))
