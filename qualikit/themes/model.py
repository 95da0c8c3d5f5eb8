"""What a theme matrix is made of: frozen values, made and compared without a database. Ids are UUIDs as text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualikit.corpus.model import SourceKind
from qualikit.corpus.times import clock
from qualikit.i18n import _

if TYPE_CHECKING:
    from qualikit.themes.syntheses.citations import Cited, Reference

TOTAL = "∑"
"""Stands for the whole in the place of a code's id (total row) or of a column's value (total column)."""

UNSPECIFIED = ""
"""Value of the column that gathers what has none: « Sans territoire »."""


@dataclass(frozen=True)
class Row:
    """One line: a code in its place in the tree or, where rows are something else, a value. ``key`` is the id of the
    code, or the value; ``path`` goes from the root down to the code's own name.

    ``depth`` is 0 for a row that stands under no other row of the matrix; ``children`` tells that rows stand under it.
    ``people`` and ``sessions``: those who could have said something in it, as for a column.
    """

    key: str
    name: str
    depth: int = 0
    path: tuple[str, ...] = ()
    parent_id: str | None = None
    children: bool = False
    color: str = "#808080"
    definition: str = ""
    people: int = 0
    sessions: int = 0

    @property
    def code_id(self) -> str:
        """The key, of a row that is a code."""
        return self.key

    @property
    def is_total(self) -> bool:
        return self.key == TOTAL


@dataclass(frozen=True)
class Column:
    """One value of the dimension read across: a territory, a kind of source…

    ``people`` are those who could have said something in it: participants who speak in its documents, moderators and
    observers apart. ``sessions`` are its documents. ``depth``: of a code, in the tree.
    """

    value: str
    label: str
    people: int = 0
    sessions: int = 0
    depth: int = 0

    @property
    def is_total(self) -> bool:
        return self.value == TOTAL


@dataclass(frozen=True)
class Synthesis:
    """What an evaluator writes for one theme and one column. ``dimension`` and ``value`` say which column; those of the
    total column are ``""`` and ``TOTAL``, whatever the columns are. Times are ISO 8601 in UTC.

    ``text`` holds the marks of the passages it cites; ``numbered`` and ``whole`` are what a reader sees. ``status`` is
    ``draft`` or ``validated``: then ``validated`` says when, ``validated_by`` who.
    """

    code_id: str
    dimension: str
    value: str
    text: str
    coder: str
    updated: str
    status: str = "draft"
    validated: str | None = None
    validated_by: str | None = None
    cited: Cited | None = None

    @property
    def numbered(self) -> str:
        """The text with numbers where passages are cited."""
        return self.cited.text if self.cited is not None else self.text

    @property
    def whole(self) -> str:
        """The text, numbered, and under it the passages that the numbers stand for."""
        return self.cited.whole if self.cited is not None else self.text

    @property
    def references(self) -> tuple[Reference, ...]:
        """The passages cited, in the order of their numbers."""
        return self.cited.references if self.cited is not None else ()

    @property
    def broken(self) -> int:
        """How many citations lead to a passage that is no longer in the project."""
        return self.cited.broken if self.cited is not None else 0


@dataclass(frozen=True)
class Passage:
    """One coding with what is needed to quote it and to find it again.

    ``start`` and ``stop`` are code points of the document's text. ``speakers`` are the participants whose words it
    holds; where it holds none, the moderator or observer who speaks. ``turn`` and ``last_turn`` count from 1; ``time``
    is in seconds from the start of the recording.
    """

    coding_id: str
    code_id: str
    code: str
    document_id: str
    document: str
    source_kind: SourceKind
    territory: str | None
    start: int
    stop: int
    quote: str
    speakers: tuple[str, ...]
    turn: int | None
    last_turn: int | None
    time: float | None
    coder: str
    memo: str = ""
    chosen: bool = False

    @property
    def speaker(self) -> str | None:
        """The names of those who speak, or None for a text that nobody speaks."""
        return ", ".join(self.speakers) or None

    @property
    def reference(self) -> str:
        """« Mme Roux, Focus group Aubagne, tour 12, 14:05 »."""
        parts = [*self.speakers, self.document]
        if self.turn is not None and self.turn == self.last_turn:
            parts.append(_("tour {number}").format(number=self.turn))
        elif self.turn is not None:
            parts.append(_("tours {first} à {last}").format(first=self.turn, last=self.last_turn))
        if self.time is not None:
            parts.append(clock(self.time))
        return ", ".join(parts)


@dataclass(frozen=True)
class Verbatim:
    """A passage to quote in the report: chosen by an evaluator, or picked for want of one (``automatic``)."""

    passage: Passage
    automatic: bool = False

    @property
    def quote(self) -> str:
        return self.passage.quote

    @property
    def reference(self) -> str:
        return self.passage.reference


@dataclass(frozen=True, slots=True)
class Cell:
    """What is said of one theme in one column; a theme's cell counts what stands under it too, each thing once.

    - ``codings``: how many, every coder's counted; ``own_codings``: those of the code itself, not of codes under it.
    - ``passages``: places in the texts; codings of one code that overlap (two coders, mostly) are one.
    - ``people`` of ``people_total``: participants whose own words are coded, out of those who speak in the column.
    - ``sessions`` of ``sessions_total``: documents with such a coding, out of the column's.
    - ``words`` of ``words_total``: words coded, each once, out of those that participants say in the column, or that
      its documents hold where nobody speaks in them; None where words were not asked for.

    What nobody said and what nobody could say are not the same: in a cell without codings, :attr:`possible` tells.
    """

    codings: int = 0
    own_codings: int = 0
    passages: int = 0
    people: int = 0
    people_total: int = 0
    sessions: int = 0
    sessions_total: int = 0
    synthesis: Synthesis | None = None
    verbatims: tuple[Verbatim, ...] = ()
    words: int | None = None
    words_total: int | None = None

    @property
    def possible(self) -> bool:
        """False where nothing could be said: no document and no voice stand where row and column cross."""
        return self.sessions_total > 0

    @property
    def presence(self) -> int | None:
        """1 where something is coded, 0 where nothing is, None where nothing could be."""
        return int(self.codings > 0) if self.possible else None

    @property
    def words_share(self) -> float | None:
        """Words coded out of those said, from 0 to 1; 0 where none is; None where words were not asked for."""
        if self.words is None:
            return None
        return self.words / self.words_total if self.words_total else 0.0

    @property
    def share(self) -> float:
        """People out of those who could have said it, from 0 to 1; 0 where nobody could."""
        return self.people / self.people_total if self.people_total else 0.0
