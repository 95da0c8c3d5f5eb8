"""How well the assistants do on this very project: what became of their suggestions, what they would have found, and
how far they agree with an evaluator who did not see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.coding.assistants import MEDIUM, STRONG, Level, level_of, shown_name
from qualikit.coding.assisted import Assisted
from qualikit.coding.blind import Blind
from qualikit.coding.model import CodeKind, Origin
from qualikit.coding.suggestions import Status
from qualikit.coding.tables import codes, codings, decisions, suggestions
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.store import coders

CALIBRATED = 30
"""Decisions from which a share accepted is told as what may be expected of a level."""
READ = 0.2
"""Share of a document's passages that are coded from which on the coder is taken to have read it whole."""
THRESHOLDS = (0.35, 0.5, MEDIUM, STRONG, 0.9)


@dataclass(frozen=True)
class Tally:
    """Of ``decided`` suggestions, how many were ``accepted`` as they were, ``corrected`` (accepted with another code),
    and refused."""

    accepted: int = 0
    corrected: int = 0
    refused: int = 0

    @property
    def decided(self) -> int:
        return self.accepted + self.corrected + self.refused

    @property
    def precision(self) -> float | None:
        """Share accepted as proposed; None where nothing was decided."""
        return self.accepted / self.decided if self.decided else None


@dataclass(frozen=True)
class AssistantTally:
    """What became of one assistant's suggestions: by ``version``, by level, by code (name)."""

    assistant: str
    versions: tuple[str, ...]
    whole: Tally
    by_level: Mapping[Level, Tally]
    by_code: Mapping[str, Tally]

    @property
    def calibrated(self) -> bool:
        """Whether there are enough decisions to tell shares."""
        return self.whole.decided >= CALIBRATED


@dataclass(frozen=True)
class Threshold:
    """What would have been found with suggestions of at least ``score``: ``right`` of ``proposed`` (passage and code)
    had been coded so; ``found`` of ``coded`` codings (passage and code) had been proposed."""

    score: float
    proposed: int
    right: int
    found: int
    coded: int


@dataclass(frozen=True)
class Reliability:
    """All of it, for one coder, or for all where ``coder`` is None."""

    coder: str | None
    assistants: tuple[AssistantTally, ...]
    thresholds: tuple[Threshold, ...]
    folds: int
    """Parts of the documents that the thresholds were worked out with; 0: too few documents are coded."""
    blind: Blind


@dataclass(frozen=True)
class Origins:
    """How codings began: by ``hand``, by ``imported`` files, as suggestions of each (assistant, version); and how many
    suggestions were refused."""

    codings: int
    suggested: Mapping[tuple[str, str], int]
    refused: int


def tallies(connection: sa.Connection, coder: str | None) -> tuple[AssistantTally, ...]:
    """What became of suggestions that the coder of that name (None: anybody) decided on, by assistant."""
    query = (
        sa.select(
            suggestions.c.assistant,
            suggestions.c.assistant_version,
            suggestions.c.score,
            codes.c.name,
            decisions.c.verdict,
        )
        .select_from(decisions)
        .join(suggestions, suggestions.c.id == decisions.c.suggestion_id)
        .join(codes, codes.c.id == suggestions.c.code_id)
        .join(coders, coders.c.id == decisions.c.coder_id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .where(present)
        .order_by(suggestions.c.assistant)
    )
    if coder is not None:
        query = query.where(coders.c.name == coder)
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        rows.setdefault(shown_name(row.assistant), []).append(row)
    return tuple(
        AssistantTally(
            name,
            tuple(sorted({row.assistant_version for row in own})),
            _tally(own),
            {level: _tally(row for row in own if level_of(row.score) is level) for level in Level},
            {code: _tally(row for row in own if row.name == code) for code in sorted({row.name for row in own})},
        )
        for name, own in rows.items()
    )


def accepted_by_level(connection: sa.Connection, coder: str) -> dict[tuple[str, Level], tuple[int, int]]:
    """Of each assistant to whom a coder gave at least ``CALIBRATED`` answers, by level: how many suggestions were
    accepted as proposed, of how many answered."""
    level = sa.case((suggestions.c.score >= STRONG, "strong"), (suggestions.c.score >= MEDIUM, "medium"), else_="weak")
    accepted = sa.func.sum(sa.case((decisions.c.verdict == Status.ACCEPTED.value, 1), else_=0))
    query = (
        sa.select(suggestions.c.assistant, level.label("level"), accepted.label("accepted"), sa.func.count().label("n"))
        .select_from(decisions)
        .join(suggestions, suggestions.c.id == decisions.c.suggestion_id)
        .join(coders, coders.c.id == decisions.c.coder_id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .where(present, coders.c.name == coder)
        .group_by(suggestions.c.assistant, level)
    )
    rows = [(shown_name(row.assistant), Level(row.level), row.accepted, row.n) for row in connection.execute(query)]
    answered: Counter[str] = Counter()
    for name, _level, _accepted, n in rows:
        answered[name] += n
    return {(name, level): (accepted, n) for name, level, accepted, n in rows if answered[name] >= CALIBRATED}


def _tally(rows: Iterable[Any]) -> Tally:
    verdicts = [row.verdict for row in rows]
    return Tally(*(verdicts.count(each.value) for each in (Status.ACCEPTED, Status.CORRECTED, Status.REJECTED)))


def thresholds(seen: Assisted) -> tuple[tuple[Threshold, ...], int]:
    """What would have been found at which threshold, each document judged by what was learned from the others, over the
    passages that the coder is known to have read; and in how many parts. None with fewer than two documents coded.

    Read are all passages of a document of which the coder coded at least ``READ``, and otherwise those that they coded
    or of which they answered a suggestion: what nobody has looked at is not wrong.
    """
    proposed: list[tuple[float, bool]] = []
    found: list[float] = []
    parts = list(seen.folds())
    if len(parts) < 2:
        return (), 0
    themes = {code.id for code in seen.book if code.kind is not CodeKind.POSITION}
    known = _known(seen)
    for part, learned in parts:
        for number, piece in enumerate(seen.read):
            if piece.first.document_id not in part or number not in known:
                continue
            here = {each.code_id for each in seen.on(number)} & themes
            said = {learned.codes[place].id: score for place, score in learned.chosen(number)}
            proposed += [(score, code in here) for code, score in said.items()]
            found += [said.get(code, 0.0) for code in here]
    return tuple(
        Threshold(
            least,
            sum(score >= least for score, _right in proposed),
            sum(score >= least and right for score, right in proposed),
            sum(score >= least for score in found),
            len(found),
        )
        for least in THRESHOLDS
    ), len(parts)


def _known(seen: Assisted) -> set[int]:
    """The pieces (by place) that the coder is known to have read."""
    looked: dict[str, set[int]] = {}
    coded: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for number, piece in enumerate(seen.read):
        id = piece.first.document_id
        size[id] += 1
        here = bool(seen.on(number))
        coded[id] += here
        if here or seen.is_answered(piece.first.version_id, piece.first.start, piece.sentences[-1].stop):
            looked.setdefault(id, set()).add(number)
    return {
        number
        for number, piece in enumerate(seen.read)
        if coded[(id := piece.first.document_id)] >= READ * size[id] or number in looked.get(id, ())
    }


def origins(connection: sa.Connection, document_ids: Sequence[str] | None = None) -> Origins:
    """How the codings of these documents (None: all) began."""
    began = (
        sa.select(codings.c.id, codings.c.origin)
        .join(documents, documents.c.id == codings.c.document_id)
        .where(present, codings.c.text_version_id == documents.c.text_version_id)
    )
    asked = (
        sa.select(decisions.c.coding_id, decisions.c.verdict, suggestions.c.assistant, suggestions.c.assistant_version)
        .join(suggestions, suggestions.c.id == decisions.c.suggestion_id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .where(present)
    )
    if document_ids is not None:
        began = began.where(documents.c.id.in_(document_ids))
        asked = asked.where(documents.c.id.in_(document_ids))
    rows = connection.execute(began).all()
    suggested = {row.id for row in rows if row.origin == Origin.SUGGESTION.value}
    by: dict[tuple[str, str], set[str]] = {}
    refused = 0
    for row in connection.execute(asked):
        if row.verdict == Status.REJECTED.value:
            refused += 1
        elif row.coding_id in suggested:
            by.setdefault((shown_name(row.assistant), row.assistant_version), set()).add(row.coding_id)
    counted = {name: len(ids) for name, ids in by.items()}
    return Origins(len(rows), counted, refused)
