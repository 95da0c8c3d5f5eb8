"""Which styles of a Word file set text in bold: speakers' names often are, by style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.corpus.readers.elements import attribute, child_named, is_on, value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAX_PARENTS = 32
"""Styles based on styles: Word allows eleven."""


def bold_styles(root: Element) -> dict[str, bool]:
    """Style identifier → True where the style, or one it is based on, sets text in bold (absent otherwise)."""
    own: dict[str, bool | None] = {}
    based: dict[str, str | None] = {}
    for style in root.iter("{*}style"):
        identifier = attribute(style, "styleId")
        if identifier is None:
            continue
        properties = child_named(style, "rPr")
        mark = None if properties is None else child_named(properties, "b")
        own[identifier] = None if mark is None else is_on(mark)
        based[identifier] = value(child_named(style, "basedOn"))
    found = {}
    for identifier in own:
        current: str | None = identifier
        for _step in range(MAX_PARENTS):
            if current is None or current not in own or own[current] is not None:
                break
            current = based[current]
        if current is not None and own.get(current):
            found[identifier] = True
    return found
