"""Text in another format embedded in a Word document (``w:altChunk``): web pages, plain text, saved web archives."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_BLOCK_NAMES = (
    "address article blockquote dd div dl dt figcaption footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section table tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())


def chunk_text(data: bytes, name: str) -> str | None:
    """Its text, a block a line; None for a format that is not read (RTF, old Word)."""
    extension = PurePosixPath(name).suffix.lower()
    if data.startswith((b"{\\rtf", b"\xd0\xcf\x11\xe0")):
        return None
    if extension in {".mht", ".mhtml"} or data.lstrip()[:5].lower() == b"mime-":
        return _archive_text(data)
    if extension in {".htm", ".html", ".xhtml"} or data.lstrip()[:1] == b"<":
        return _page_text(data)
    if extension == ".txt" and b"\x00" not in data:
        return data.decode("utf-8", "replace")
    return None


def _archive_text(data: bytes) -> str | None:
    import email
    from email import policy

    message = email.message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            return _page_text(payload) if isinstance(payload, bytes) else None
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _page_text(data: bytes) -> str:
    from lxml import etree

    said = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", data[:2_000])
    encoding = None if said else "utf-8" if _is_utf8(data) else "cp1252"  # what it says of itself comes first
    root = etree.fromstring(data, etree.HTMLParser(no_network=True, remove_comments=True, encoding=encoding))
    if root is None:
        return ""
    lines = [""]
    for event, element in etree.iterwalk(root, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        silent = name in {"script", "style", "title"}
        if name in _BLOCKS or (name == "br" and event == "start"):
            lines.append("")
        if name in {"td", "th"} and event == "end":
            lines[-1] += "\t"
        words = (element.text if event == "start" and not silent else element.tail if event == "end" else None) or ""
        lines[-1] += re.sub(r"\s+", " ", words)
    return "\n".join(line.strip() for line in lines if line.strip())
