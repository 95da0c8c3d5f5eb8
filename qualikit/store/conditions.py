"""What can be asked of the index of words, as values. Written for each database in ``store.search``.

A term is a stem (``"plui"``) or, after an equals sign, a form (``"=pluies"``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FORM = "="
"""What a term that is a form begins with: no stem does."""


@dataclass(frozen=True)
class Phrase:
    """Terms one after the other; ``prefix``: the last one, a form, is only the beginning of a word."""

    terms: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True)
class Near:
    """Two phrases that do not overlap, in either order, with at most ``distance`` words between them."""

    left: Phrase
    right: Phrase
    distance: int


@dataclass(frozen=True)
class Some:
    """At least one of the parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class All:
    """Every one of ``parts``, of which there is at least one, and none of ``without``."""

    parts: tuple[Condition, ...]
    without: tuple[Condition, ...] = ()


Condition = Phrase | Near | Some | All


def phrases_of(condition: Condition) -> Iterator[Phrase]:
    """Every phrase in a condition."""
    match condition:
        case Phrase():
            yield condition
        case Near():
            yield condition.left
            yield condition.right
        case Some():
            for part in condition.parts:
                yield from phrases_of(part)
        case All():
            for part in (*condition.parts, *condition.without):
                yield from phrases_of(part)
