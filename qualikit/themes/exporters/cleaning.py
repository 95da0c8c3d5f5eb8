"""Text made fit for a file: what a format cannot hold, or would take for something else."""

from __future__ import annotations

import re

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Without the characters that XML 1.0 forbids: control characters, halves of surrogate pairs, non-characters."""
    return _NOT_XML.sub("", text)


def quotation(quote: str) -> str:
    """A passage as it is quoted: without blanks around it, nor empty lines inside."""
    return re.sub(r"\s*\n\s*", "\n", quote.strip())
