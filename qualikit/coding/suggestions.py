"""Suggestions as values, and how they are read: those that wait for a coder, those that were decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.coding.assistants import Level, level_of, shown_name
from qualikit.coding.tables import codes, codings, decisions, suggestions
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.i18n import _
from qualikit.store import coders

if TYPE_CHECKING:
    import pandas as pd


class Status(StrEnum):
    """What a coder made of a suggestion."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CORRECTED = "corrected"


def status_label(status: Status) -> str:
    """The status in a word for the user."""
    return {
        Status.PENDING: _("en attente"),
        Status.ACCEPTED: _("acceptée"),
        Status.REJECTED: _("refusée"),
        Status.CORRECTED: _("acceptée avec un autre code"),
    }[status]


@dataclass(frozen=True)
class Suggestion:
    """A code that an assistant proposes for ``[start, stop)`` of a document's current text, as one coder sees it.

    ``status`` is what this coder decided; ``chosen_id`` the code of the coding they made of it.
    """

    id: str
    document_id: str
    text_version_id: str
    start: int
    stop: int
    quote: str
    code_id: str
    score: float
    reason: str
    assistant: str
    assistant_version: str
    parameters: Mapping[str, Any]
    created: str
    status: Status = Status.PENDING
    chosen_id: str | None = None

    @property
    def level(self) -> Level:
        return level_of(self.score)


in_text = suggestions.c.text_version_id == documents.c.text_version_id


def of_coder(connection: sa.Connection, coder: str, document_id: str | None = None) -> list[Suggestion]:
    """Suggestions in the current texts, in the order of titles and texts, as the coder of that name sees them.

    Left out: of those not decided, what an assistant learned from another coder, those of retired codes, those that
    the coder's own codings answer already (the same code on words of the passage), and those of a code that the coder
    decided on for words of the passage, whichever assistant asks again.
    """
    own = (
        sa.select(decisions.c.suggestion_id, decisions.c.verdict, decisions.c.code_id.label("chosen"))
        .join(coders, coders.c.id == decisions.c.coder_id)
        .where(coders.c.name == coder)
        .subquery()
    )
    query = (
        sa.select(suggestions, own.c.verdict, own.c.chosen, codes.c.active)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .join(codes, codes.c.id == suggestions.c.code_id)
        .outerjoin(own, own.c.suggestion_id == suggestions.c.id)
        .where(present, in_text)
        .order_by(documents.c.title, suggestions.c.document_id, suggestions.c.start, suggestions.c.score.desc())
        .order_by(suggestions.c.id)
    )
    done = (
        sa.select(codings.c.text_version_id, codings.c.code_id, codings.c.start, codings.c.stop)
        .join(coders, coders.c.id == codings.c.coder_id)
        .where(coders.c.name == coder)
    )
    if document_id is not None:
        query = query.where(suggestions.c.document_id == document_id)
        done = done.where(codings.c.document_id == document_id)
    known = connection.execute(sa.select(coders.c.id).where(coders.c.name == coder)).scalar()
    rows = [
        row
        for row in connection.execute(query)
        if row.verdict is not None or "/" not in row.assistant or row.assistant.endswith(f"/{known}")
    ]
    answered = _Answered(tuple(row) for row in connection.execute(done))
    for row in rows:
        if row.verdict is not None:
            answered.add(row.text_version_id, row.code_id, row.start, row.stop)
    return [
        _value(row)
        for row in rows
        if row.verdict is not None
        or (row.active and not answered.overlap(row.text_version_id, row.code_id, row.start, row.stop))
    ]


class _Answered:
    """Where a coder has answered for a code, text by text."""

    def __init__(self, spans: Iterable[tuple[str, str, int, int]]) -> None:
        self._spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._sorted: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
        for version, code, start, stop in spans:
            self.add(version, code, start, stop)

    def add(self, version: str, code: str, start: int, stop: int) -> None:
        self._spans.setdefault((version, code), []).append((start, stop))

    def overlap(self, version: str, code: str, start: int, stop: int) -> bool:
        key = (version, code)
        if key not in self._spans:
            return False
        if key not in self._sorted:
            merged: list[list[int]] = []
            for first, last in sorted(self._spans[key]):
                if merged and first <= merged[-1][1]:
                    merged[-1][1] = max(merged[-1][1], last)
                else:
                    merged.append([first, last])
            self._sorted[key] = ([span[0] for span in merged], [span[1] for span in merged])
        starts, stops = self._sorted[key]
        before = bisect_left(starts, stop) - 1  # the last that begins before the end
        return before >= 0 and stops[before] > start


def _value(row: Any) -> Suggestion:
    return Suggestion(
        id=row.id,
        document_id=row.document_id,
        text_version_id=row.text_version_id,
        start=row.start,
        stop=row.stop,
        quote=row.quote,
        code_id=row.code_id,
        score=row.score,
        reason=row.reason,
        assistant=shown_name(row.assistant),
        assistant_version=row.assistant_version,
        parameters=dict(row.parameters),
        created=row.created,
        status=Status(row.verdict) if row.verdict else Status.PENDING,
        chosen_id=row.chosen,
    )


DECISIONS = (
    "document", "start", "stop", "quote", "code", "coder", "verdict", "chosen", "assistant", "assistant_version",
    "score", "reason", "created", "suggestion_id", "document_id", "code_id", "coding_id",
)  # fmt: skip


def decisions_frame(connection: sa.Connection) -> pd.DataFrame:
    """One row a decision, by whoever, in the order in which they were made; see ``DECISIONS``. ``code`` is what was
    proposed, ``chosen`` the code that was put (missing where it was refused). Those on passages that went away since
    are among them."""
    import pandas as pd

    chosen = codes.alias("chosen_codes")
    query = (
        sa.select(
            documents.c.title,
            suggestions.c.start,
            suggestions.c.stop,
            suggestions.c.quote,
            codes.c.name,
            coders.c.name,
            decisions.c.verdict,
            chosen.c.name,
            suggestions.c.assistant,
            suggestions.c.assistant_version,
            suggestions.c.score,
            suggestions.c.reason,
            decisions.c.created,
            suggestions.c.id,
            suggestions.c.document_id,
            suggestions.c.code_id,
            decisions.c.coding_id,
        )
        .select_from(decisions)
        .join(suggestions, suggestions.c.id == decisions.c.suggestion_id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .join(codes, codes.c.id == suggestions.c.code_id)
        .join(coders, coders.c.id == decisions.c.coder_id)
        .outerjoin(chosen, chosen.c.id == decisions.c.code_id)
        .where(present)
        .order_by(decisions.c.created, decisions.c.id)
    )
    frame = pd.DataFrame.from_records([tuple(row) for row in connection.execute(query)], columns=list(DECISIONS))
    frame["assistant"] = frame["assistant"].map(shown_name)
    return frame
