"""What a search finds, as values."""

from __future__ import annotations

from dataclasses import dataclass

from qualikit.corpus.model import SourceKind


@dataclass(frozen=True)
class Hit:
    """One place where what was searched stands: ``text[start:stop] == match``, in code points of the document's text.

    ``left`` and ``right`` are the words before and after, inside the passage: the turn, or the paragraph of what nobody
    says, ``[passage_start, passage_stop)``. ``turn`` is the index of the turn, from 0; ``speaker`` who says it, None
    for nobody. ``place`` tells where it is among all the hits: what comes after it is asked for by it.
    """

    document: str
    title: str
    version: str
    start: int
    stop: int
    left: str
    match: str
    right: str
    speaker: str | None
    turn: int
    time: float | None
    territory: str | None
    source_kind: SourceKind
    passage_start: int
    passage_stop: int
    place: tuple[int, int]


@dataclass(frozen=True)
class HitCount:
    """How many hits, in how many documents; at least, where the counting was not ``complete``."""

    hits: int
    documents: int
    complete: bool = True
