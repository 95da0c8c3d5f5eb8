"""Pictures in a Word document: drawn in the text, described for those who do not see them (ECMA-376 part 1, §20.4)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from qualikit.themes.exporters.cleaning import xml_text
from qualikit.themes.exporters.word.markup import paragraph

if TYPE_CHECKING:
    from docx.document import Document

_EMU = 635  # to a twip
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Pictures:
    """The pictures of one document, gathered while its text is written; see ``word_file``."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def __len__(self) -> int:
        return len(self._kept)

    def draw(self, png: bytes, *, alt: str, width: int, style: str = "qualikitImage") -> str:
        """A paragraph that holds the picture. ``alt``: what it shows, in words; ``width`` in twips, the height follows.

        Raises ValueError for what is no PNG.
        """
        across, down = measured(png)
        if png not in self._kept:
            self._kept.append(png)
        number = self._kept.index(png)
        size = f'cx="{width * _EMU}" cy="{round(width * _EMU * down / max(1, across))}"'
        words = quoteattr(xml_text(alt))
        return paragraph(
            style,
            f'<w:r><w:drawing><wp:inline xmlns:wp="{_DRAWING}" distT="0" distB="0" distL="0" distR="0">'
            f'<wp:extent {size}/><wp:docPr id="{number + 1}" name="Image {number + 1}" descr={words}/>'
            f'<a:graphic xmlns:a="{_MAIN}"><a:graphicData uri="{_PICTURE}"><pic:pic xmlns:pic="{_PICTURE}">'
            f'<pic:nvPicPr><pic:cNvPr id="{number + 1}" name="Image {number + 1}" descr={words}/><pic:cNvPicPr/>'
            "</pic:nvPicPr>"
            f'<pic:blipFill><a:blip xmlns:r="{_LINKS}" r:embed="{_place(number)}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>",
        )

    def put_in(self, document: Document, markup: str) -> str:
        """The markup with each picture's place filled in, once the document holds the pictures."""
        from io import BytesIO

        for number, png in enumerate(self._kept):
            link, _image = document.part.get_or_add_image(BytesIO(png))
            markup = markup.replace(f'"{_place(number)}"', f'"{link}"')
        return markup


def measured(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG, in pixels. Raises ValueError for what is none."""
    if png[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("not a PNG")
    across, down = struct.unpack(">II", png[16:24])
    return across, down


def _place(number: int) -> str:
    return f"picture-{number}"
