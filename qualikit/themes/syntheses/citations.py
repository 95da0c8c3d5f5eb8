"""Passages that a text cites: a mark that lasts in the text, a number wherever the text is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.i18n import _
from qualikit.themes.model import Passage
from qualikit.themes.passages import read_passages

_MARK = re.compile(r"\[@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\]")


@dataclass(frozen=True)
class Reference:
    """A passage that is cited, under its number."""

    number: int
    passage: Passage

    @property
    def sign(self) -> str:
        """« [3] »"""
        return f"[{self.number}]"

    @property
    def sentence(self) -> str:
        """The words and where they come from, on one line."""
        quote = " ".join(self.passage.quote.split())
        return _("« {quote} » ({reference})").format(quote=quote, reference=self.passage.reference)


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: words, or the place of a citation. A citation without a reference is broken: its passage is
    no longer in the project."""

    text: str
    reference: Reference | None = None
    broken: bool = False


@dataclass(frozen=True)
class Cited:
    """A text as it is shown. ``references``: those that it cites, each once, in the order in which they first stand;
    ``broken``: how many citations lead to a passage that is no more."""

    pieces: tuple[Piece, ...] = ()
    references: tuple[Reference, ...] = ()

    @property
    def text(self) -> str:
        """The text with numbers in the place of the marks."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def broken(self) -> int:
        return sum(piece.broken for piece in self.pieces)

    @property
    def whole(self) -> str:
        """The text, and its references below it, one a line: for a place that holds nothing but text."""
        lines = [f"{reference.sign} {reference.sentence}" for reference in self.references]
        return "\n".join([self.text, "", *lines]) if lines else self.text


class Numbering:
    """Gives each passage its number the first time that it is cited, from text to text: a document that shows several
    reads them in its order. The same words that two coders coded are one passage."""

    def __init__(self, passages: Mapping[str, Passage], first: int = 1) -> None:
        self._passages = passages
        self._first = first
        self._known: dict[tuple[str, int, int], Reference] = {}

    def read(self, text: str) -> Cited:
        """The text with its citations numbered."""
        pieces: list[Piece] = []
        found: dict[int, Reference] = {}
        last = 0
        for match in _MARK.finditer(text):
            between = text[last : match.start()]
            last = match.end()
            reference = self._reference(match[1])
            if reference is not None and not between.strip() and pieces and pieces[-1].reference == reference:
                continue  # twice in a row, since two codings became one
            if between:
                pieces.append(Piece(between))
            if reference is None:
                pieces.append(Piece(_("[passage retiré]"), broken=True))
            else:
                found.setdefault(reference.number, reference)
                pieces.append(Piece(reference.sign, reference))
        if text[last:]:
            pieces.append(Piece(text[last:]))
        return Cited(tuple(pieces), tuple(found.values()))

    def _reference(self, coding_id: str) -> Reference | None:
        passage = self._passages.get(coding_id)
        if passage is None:
            return None
        place = (passage.document_id, passage.start, passage.stop)
        if place not in self._known:
            self._known[place] = Reference(self._first + len(self._known), passage)
        return self._known[place]


def mark(coding_id: str) -> str:
    """What stands in a text where that passage is cited."""
    return f"[@{coding_id}]"


def cited_ids(texts: Iterable[str]) -> list[str]:
    """Ids of the codings that these texts cite, each once, in the order in which they first stand."""
    return list(dict.fromkeys(id for text in texts for id in _MARK.findall(text)))


def without_marks(text: str) -> str:
    """The words alone."""
    return _MARK.sub("", text)


def read_cited_passages(connection: sa.Connection, texts: Iterable[str]) -> dict[str, Passage]:
    """The passages that these texts cite, by coding, those that are gone left out."""
    return {passage.coding_id: passage for passage in read_passages(connection, cited_ids(texts))}


def read_cited(connection: sa.Connection, texts: Sequence[str], first: int = 1) -> list[Cited]:
    """The texts with their citations numbered from ``first``, from one to the next."""
    numbering = Numbering(read_cited_passages(connection, texts), first)
    return [numbering.read(text) for text in texts]
