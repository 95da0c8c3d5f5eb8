"""OpenDocument files written part by part."""

from __future__ import annotations

from tests.corpus.zip_file import archive

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMES.items())
BOLD = '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'


def content(body: str, styles: str = BOLD, root: str = "document-content", head: str = "") -> bytes:
    """The part that holds the text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:{root} {_DECLARED} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:{root}>"
    ).encode()


def odt(body: str, styles: str = BOLD, parts: dict[str, bytes] | None = None) -> bytes:
    """An OpenDocument text with that body."""
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content(body, styles),
            **(parts or {}),
        }
    )


def part(root: str, inside: str) -> bytes:
    """Another part: ``document-styles``, ``document-meta``."""
    return f'<?xml version="1.0"?><office:{root} {_DECLARED}>{inside}</office:{root}>'.encode()


def p(inside: str = "") -> str:
    return f"<text:p>{inside}</text:p>"


def b(inside: str) -> str:
    return f'<text:span text:style-name="B">{inside}</text:span>'


def table(*rows: tuple[str, ...]) -> str:
    lines = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell>{cell}</table:table-cell>' for cell in row)}</table:table-row>"
        for row in rows
    )
    return f'<table:table><table:table-column table:number-columns-repeated="2"/>{lines}</table:table>'
