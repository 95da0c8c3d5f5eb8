"""What every part of the walk through a Word file asks of one XML element."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

WORD_NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
}
_OFF = {"0", "false", "off", "none"}


def text_of(element: Element) -> str:
    """Text of a text element; a line end in it is a space, as Word shows it."""
    text = element.text or ""
    if len(element):  # an entity or a processing instruction inside: keep what stands around it
        text += "".join(child.tail or "" for child in element)
    return text.replace("\r\n", " ").replace("\n", " ").replace("\r", " ") if "\n" in text or "\r" in text else text


def split(element: Element) -> tuple[str, str]:
    """Namespace and local name."""
    tag = element.tag
    # A comment, an entity, a processing instruction has a function for a tag.
    return _parts(tag) if isinstance(tag, str) else ("", "")


@lru_cache(maxsize=4096)
def _parts(tag: str) -> tuple[str, str]:
    space, _brace, name = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return space, name


def child_named(element: Element, name: str) -> Element | None:
    """First child of that local name."""
    return next(element.iterchildren(f"{{*}}{name}"), None)


def attribute(element: Element, name: str) -> str | None:
    """Value of a ``w:`` attribute, in either dialect of the format."""
    for namespace in WORD_NAMESPACES:
        value = element.get(f"{{{namespace}}}{name}")
        if value is not None:
            return value
    return element.get(name)


def value(element: Element | None) -> str | None:
    """Its ``w:val``."""
    return None if element is None else attribute(element, "val")


def is_on(element: Element | None) -> bool:
    """True for a switch that is there and not turned off."""
    return element is not None and (value(element) or "1") not in _OFF
