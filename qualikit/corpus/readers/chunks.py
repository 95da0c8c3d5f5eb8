"""Text in another format embedded in a Word document (``w:altChunk``): web pages, plain text, saved web archives."""

from __future__ import annotations

from pathlib import PurePosixPath

from qualikit.corpus.readers.html import archived, page_text


def chunk_text(data: bytes, name: str) -> str | None:
    """Its text, a block a line; None for a format that is not read (RTF, old Word)."""
    extension = PurePosixPath(name).suffix.lower()
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return None
    if extension in {".mht", ".mhtml"} or data.lstrip()[:5].lower() == b"mime-":
        page = archived(data)
        return None if page is None else page_text(page)
    if extension in {".htm", ".html", ".xhtml"} or data.lstrip()[:1] == b"<":
        return page_text(data)
    if extension == ".txt" and b"\x00" not in data:
        return data.decode("utf-8", "replace")
    return None
