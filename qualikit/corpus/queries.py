"""How the corpus is read from its tables: rows made into values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date
from typing import Any

import sqlalchemy as sa

from qualikit.corpus.model import Document, Participant, Role, SourceKind, TextVersion, Turn
from qualikit.corpus.tables import documents, participants, text_versions, turns

present = sa.not_(documents.c.removed)
"""Condition: the document has not been taken away."""

current_versions = (
    sa.select(
        text_versions.c.id,
        text_versions.c.document_id,
        text_versions.c.number,
        text_versions.c.words,
        text_versions.c.text_hash,
    )
    .join(documents, documents.c.text_version_id == text_versions.c.id)
    .subquery("current_versions")
)
"""One row a document: its current text version, without the text."""


@dataclass(frozen=True)
class DocumentSummary:
    """A document with its size: ``words`` of the text, ``turns`` that somebody speaks, ``participants`` who speak
    (moderators included)."""

    document: Document
    words: int
    turns: int
    participants: int

    @property
    def id(self) -> str:
        return self.document.id

    @property
    def title(self) -> str:
        return self.document.title


def document_from(row: Any) -> Document:
    """A row of ``documents`` joined with ``current_versions`` (as ``version_id``)."""
    return Document(
        id=row.id,
        title=row.title,
        source_kind=SourceKind(row.source_kind),
        territory=row.territory,
        date=Date.fromisoformat(row.date) if row.date else None,
        attributes=dict(row.attributes),
        file_name=row.file_name,
        sha256=row.sha256,
        reader=row.reader,
        reader_version=row.reader_version,
        rule=row.rule,
        text_version_id=row.version_id,
    )


def select_documents() -> sa.Select[Any]:
    """The documents that are there, in the order of their titles, each with its current version's id and words."""
    return (
        sa.select(documents, current_versions.c.id.label("version_id"), current_versions.c.words)
        .join(current_versions, current_versions.c.document_id == documents.c.id)
        .where(present)
        .order_by(documents.c.title)
    )


def find_document(connection: sa.Connection, name: str) -> str | None:
    """Id of the document of that id or title, or None; of two of one title, the first brought in."""
    query = sa.select(documents.c.id).where(present, (documents.c.id == name) | (documents.c.title == name))
    return connection.execute(query.order_by(documents.c.created, documents.c.id)).scalar()


def summaries(connection: sa.Connection) -> list[DocumentSummary]:
    """Every document that is there, by title."""
    counts = {
        row.text_version_id: row
        for row in connection.execute(
            sa.select(
                turns.c.text_version_id,
                sa.func.count(turns.c.participant_id).label("spoken"),
                sa.func.count(turns.c.participant_id.distinct()).label("people"),
            ).group_by(turns.c.text_version_id)
        )
    }
    found = []
    for row in connection.execute(select_documents()):
        count = counts.get(row.version_id)
        found.append(
            DocumentSummary(document_from(row), row.words, count.spoken if count else 0, count.people if count else 0)
        )
    return found


def territories(connection: sa.Connection) -> list[str]:
    """The territories in use, by name."""
    used = sa.select(documents.c.territory).where(present, documents.c.territory.is_not(None)).distinct()
    return sorted(connection.execute(used).scalars())


def text_version(connection: sa.Connection, document_id: str) -> TextVersion:
    """The current text of a document."""
    row = connection.execute(
        sa.select(text_versions.c.id, text_versions.c.text, text_versions.c.number)
        .join(documents, documents.c.text_version_id == text_versions.c.id)
        .where(documents.c.id == document_id)
    ).one()
    return TextVersion(row.id, document_id, row.text, row.number)


_TURN = ("index", "start", "stop", "speech_start", "speech_stop", "label", "participant_id", "time", "time_stop")


def turns_of(connection: sa.Connection, version_id: str) -> list[Turn]:
    """The turns of one text version, in order."""
    rows = connection.execute(sa.select(turns).where(turns.c.text_version_id == version_id).order_by(turns.c.index))
    return [Turn(**{name: row[name] for name in _TURN}) for row in rows.mappings()]


def participant_from(row: Any) -> Participant:
    return Participant(row.id, row.name, Role(row.role), dict(row.attributes))


def participants_of(connection: sa.Connection, version_id: str | None = None) -> list[Participant]:
    """Those who speak in one text version, in the order they first speak; without one, all who speak in the documents
    that are there, by name."""
    if version_id is None:
        heard = (
            sa.select(turns.c.participant_id)
            .join(current_versions, current_versions.c.id == turns.c.text_version_id)
            .join(documents, documents.c.id == current_versions.c.document_id)
            .where(present)
        )
        everybody = sa.select(participants).where(participants.c.id.in_(heard))
        return [
            participant_from(row)
            for row in connection.execute(everybody.order_by(participants.c.name, participants.c.id))
        ]
    first = (
        sa.select(turns.c.participant_id, sa.func.min(turns.c.index).label("first"))
        .where(turns.c.text_version_id == version_id)
        .group_by(turns.c.participant_id)
        .subquery()
    )
    query = sa.select(participants).join(first, first.c.participant_id == participants.c.id).order_by(first.c.first)
    return [participant_from(row) for row in connection.execute(query)]
