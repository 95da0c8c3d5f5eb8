"""Comments in the margin of a Word file: who wrote what about which passage, and who answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from qualikit.corpus.readers import Comment
from qualikit.corpus.readers.elements import attribute
from qualikit.corpus.readers.word import Walk
from qualikit.text import Span, normalise

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from qualikit.corpus.readers.package import Package


MAX_THREAD = 32
"""Answers to answers to answers: Word itself goes no deeper than one."""


def comments_of(package: Package, related: Mapping[str, str], spans: Mapping[str, Span]) -> tuple[Comment, ...]:
    """The comments in the order of the file, answers under what they answer.

    ``spans``: identifier → what it is about. A comment whose words were deleted since is about nothing.
    """
    if "comments" not in related:
        return ()
    found: dict[str, Comment] = {}
    paragraphs: dict[str, str] = {}  # identifier of a comment's last paragraph → the comment
    for number, element in enumerate(package.xml(related["comments"]).iter("{*}comment")):
        walk = Walk(package, {})
        walk.enter(element)
        text = normalise("".join(walk.pieces)).strip()
        id = attribute(element, "id") or f"?{number}"
        if text and id not in found:
            found[id] = Comment((attribute(element, "author") or "").strip(), text, spans.get(id))
        for paragraph in element.iter("{*}p"):
            paragraphs[_any(paragraph, "paraId")] = id
    parents, resolved = _threads(package, related, paragraphs)
    for id, parent in parents.items():
        if id in found and parent in found and parent not in parents:
            answer = found.pop(id)
            above = found[parent]
            found[parent] = replace(above, span=above.span or answer.span, replies=(*above.replies, answer))
    return tuple(replace(comment, resolved=id in resolved) for id, comment in found.items())


def _threads(
    package: Package, related: Mapping[str, str], paragraphs: Mapping[str, str]
) -> tuple[dict[str, str], set[str]]:
    """Answer → the comment that began its thread, and the comments marked as dealt with."""
    parents: dict[str, str] = {}
    resolved: set[str] = set()
    if "commentsExtended" not in related:
        return parents, resolved
    for element in package.xml(related["commentsExtended"]).iter("{*}commentEx"):
        id = paragraphs.get(_any(element, "paraId"))
        parent = paragraphs.get(_any(element, "paraIdParent"))
        if id is None:
            continue
        if parent is not None and parent != id:
            parents[id] = parent
        if _any(element, "done") in {"1", "true", "on"}:
            resolved.add(id)
    return {id: _first(parents, id) for id in parents}, resolved


def _first(parents: Mapping[str, str], id: str) -> str:
    """The comment that began the thread: an answer to an answer belongs to it too."""
    for _step in range(MAX_THREAD):
        if id not in parents:
            break
        id = parents[id]
    return id


def _any(element: Element, name: str) -> str:
    """Value of an attribute, whatever the year of its namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), "")
