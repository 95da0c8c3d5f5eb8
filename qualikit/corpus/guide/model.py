"""The interview guide as values: its questions, where they are put in the texts, what is said in answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qualikit.corpus.model import Role
from qualikit.text import Span


class MarkOrigin(StrEnum):
    """How it came to be known where a question is put; the value is what is stored."""

    HAND = "hand"
    GUIDE = "guide"
    """Found by the guide's text, and accepted by somebody."""


@dataclass(frozen=True)
class GuideLine:
    """A question as a guide writes it: ``section`` is the heading that it stands under; empty: none."""

    text: str
    section: str = ""


@dataclass(frozen=True)
class Question:
    """A question of the project's guide. ``number``: its place in the guide, from 1."""

    id: str
    number: int
    section: str
    text: str

    @property
    def label(self) -> str:
        """« 3. Qu'est-ce qui a changé ? »"""
        return f"{self.number}. {self.text}"


@dataclass(frozen=True)
class QuestionMark:
    """Where a question is put: ``[start, stop)`` of a document's text, in code points; ``quote`` is what it says there.

    Marks say how an interview went, not what one makes of it: the team has one set of them, ``coder`` put this one.
    """

    id: str
    question_id: str
    document_id: str
    text_version_id: str
    start: int
    stop: int
    quote: str
    origin: MarkOrigin
    coder: str
    created: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.stop)


@dataclass(frozen=True)
class Proposal:
    """A place where a question seems to be put. ``score`` from 0 to 100, ``reason`` in words for the user; ``before``
    and ``after`` are some words on either side of ``quote``. It is nothing until somebody accepts it."""

    question_id: str
    document_id: str
    title: str
    text_version_id: str
    start: int
    stop: int
    quote: str
    turn: int
    speaker: str | None
    score: int
    reason: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Stretch:
    """What is said under one mark of a question: ``[start, stop)`` of the text, in code points."""

    mark_id: str
    question_id: str
    start: int
    stop: int


@dataclass(frozen=True)
class Answer:
    """A turn said under a question: ``[start, stop)`` is its speech in the document's text, in code points.

    ``territory`` is the speaker's own, else the document's. ``asks``: the question is put in this turn.
    """

    question_id: str
    mark_id: str
    document_id: str
    title: str
    territory: str | None
    participant_id: str | None
    speaker: str | None
    role: Role | None
    turn: int
    start: int
    stop: int
    text: str
    time: float | None
    asks: bool


@dataclass(frozen=True)
class Coverage:
    """Which question is put in which document."""

    questions: tuple[Question, ...]
    documents: tuple[tuple[str, str], ...]
    """Id and title, by title."""
    marks: Mapping[tuple[str, str], tuple[QuestionMark, ...]]
    """(question id, document id) → its marks there, in the order of the text; only where there are some."""

    def put(self, question_id: str) -> int:
        """In how many documents the question is put."""
        return sum(1 for question, _document in self.marks if question == question_id)


@dataclass(frozen=True)
class GuideChange:
    """What one line of another guide means for this one: ``question`` is the one that it becomes, None for a new one;
    ``line`` None for a question that goes, with the ``marks`` that go with it."""

    question: Question | None
    line: GuideLine | None
    marks: int = 0

    @property
    def kind(self) -> str:
        """``kept``, ``changed``, ``added`` or ``removed``."""
        if self.line is None:
            return "removed"
        if self.question is None:
            return "added"
        same = (self.question.text, self.question.section) == (self.line.text, self.line.section)
        return "kept" if same else "changed"


@dataclass(frozen=True)
class GuidePlan:
    """What another guide in the place of this one would change, its lines in their order, what goes at the end."""

    changes: tuple[GuideChange, ...]

    def count(self, kind: str) -> int:
        return sum(1 for change in self.changes if change.kind == kind)

    @property
    def marks_lost(self) -> int:
        """Marks in the texts that go with their questions."""
        return sum(change.marks for change in self.changes)
