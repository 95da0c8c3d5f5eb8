"""Sentences gathered into passages, each one question long, that lead back to the text. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualikit.coding.assistants import Segment
from qualikit.coding.endpoint.hiding import Hidden, Hide
from qualikit.text import Span, splits_grapheme

LENGTH = 2_000
"""Characters of a passage, about: sentences are never cut."""


@dataclass(frozen=True, eq=False)
class Piece:
    """What somebody says without a break: ``words`` are those of ``segment``, which may be several sentences;
    ``hidden`` is how they leave, from ``at`` on in the passage."""

    segment: Segment
    hidden: Hidden
    at: int

    def said(self, span: Span) -> Segment:
        """The words of the project for a span of the passage that lies in this piece, in whole words."""
        words = self.segment.words
        found = self.hidden.back(Span(span.start - self.at, span.stop - self.at))
        start, stop = found.start, found.stop
        while _parts(words, start):
            start -= 1
        while _parts(words, stop):
            stop += 1
        first = self.segment.start
        return replace(self.segment, start=first + start, stop=first + stop, words=words[start:stop])


@dataclass(frozen=True, eq=False)
class Passage:
    """Pieces of one document in the order of the text, a line each."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """As it leaves."""
        return "\n".join(piece.hidden.text for piece in self.pieces)

    def said(self, span: Span) -> Segment | None:
        """The words of the project for a span of the passage; None where it is in more than one piece."""
        for piece in self.pieces:
            if piece.at <= span.start and span.stop <= piece.at + len(piece.hidden.text):
                return piece.said(span)
        return None


def passages(segments: Sequence[Segment], hide: Hide) -> Iterator[Passage]:
    """The sentences as passages of about ``LENGTH`` characters; those without a letter or a figure are left out."""
    pieces: list[Piece] = []
    at = 0
    for said in _joined(segments):
        hidden = hide(said.words)
        if pieces and (at + len(hidden.text) > LENGTH or pieces[-1].segment.version_id != said.version_id):
            yield Passage(tuple(pieces))
            pieces, at = [], 0
        pieces.append(Piece(said, hidden, at))
        at += len(hidden.text) + 1
    if pieces:
        yield Passage(tuple(pieces))


def _joined(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Sentences that follow each other in a turn as one, up to the length of a passage."""
    held: Segment | None = None
    for segment in segments:
        if not any(map(str.isalnum, segment.words)):
            continue
        together = held and _together(held, segment)
        if held and not together:
            yield held
        held = together or segment
    if held:
        yield held


def _together(one: Segment, other: Segment) -> Segment | None:
    """Both and what is between them, where that is nothing but white space."""
    turn = one.turn
    same = turn is not None and other.turn is not None and turn.index == other.turn.index
    if turn is None or not same or one.version_id != other.version_id or other.start < one.stop:
        return None
    words = turn.words[one.start - turn.start : other.stop - turn.start]
    between = words[len(one.words) : len(words) - len(other.words)]
    if len(words) > LENGTH or between.strip() or words != one.words + between + other.words:
        return None
    return replace(one, stop=other.stop, words=words)


def _parts(words: str, place: int) -> bool:
    """Whether a cut there would part a word, or a letter and its accent."""
    if not 0 < place < len(words):
        return False
    return splits_grapheme(words, place) or (_of_word(words[place - 1]) and _of_word(words[place]))


def _of_word(sign: str) -> bool:
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"
