"""The texts that a document had: who made each, when, why, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qualikit.corpus.correction import Passage, Reason, passages
from qualikit.corpus.model import TextVersion
from qualikit.corpus.queries import participants_of, turns_of
from qualikit.corpus.tables import documents, text_versions
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.rebasing import Rebasing
from qualikit.store import coders


@dataclass(frozen=True)
class Version:
    """One text of a document. ``stands``: it is the current one or what the current one was made from; the others were
    undone. ``made`` in local time."""

    id: str
    number: int
    reason: Reason
    made: datetime
    coder: str | None
    note: str
    words: int
    base_number: int | None
    current: bool
    stands: bool


def versions(connection: sa.Connection, document_id: str) -> list[Version]:
    """The texts of a document, the first first."""
    query = (
        sa.select(
            text_versions.c.id,
            text_versions.c.number,
            text_versions.c.reason,
            text_versions.c.created,
            text_versions.c.note,
            text_versions.c.words,
            text_versions.c.base_id,
            coders.c.name.label("coder"),
            documents.c.text_version_id.label("current"),
        )
        .join(documents, documents.c.id == text_versions.c.document_id)
        .outerjoin(coders, coders.c.id == text_versions.c.coder_id)
        .where(text_versions.c.document_id == document_id)
        .order_by(text_versions.c.number)
    )
    rows = {row.id: row for row in connection.execute(query)}
    standing: set[str] = set()
    id = next((row.current for row in rows.values()), None)
    while id is not None and id in rows and id not in standing:
        standing.add(id)
        id = rows[id].base_id
    return [
        Version(
            row.id,
            row.number,
            Reason(row.reason),
            datetime.fromisoformat(row.created).astimezone(),
            row.coder,
            row.note or "",
            row.words,
            rows[row.base_id].number if row.base_id in rows else None,
            row.id == row.current,
            row.id in standing,
        )
        for row in rows.values()
    ]


def numbered(connection: sa.Connection, document_id: str, number: int) -> TextVersion:
    """One text of a document. Raises NotFound."""
    query = sa.select(text_versions.c.id, text_versions.c.text).where(
        text_versions.c.document_id == document_id, text_versions.c.number == number
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound(_("Ce document n'a pas de version numéro {n}.").format(n=number))
    return TextVersion(row.id, document_id, row.text, number)


def compare(connection: sa.Connection, document_id: str, before: int, after: int) -> list[Passage]:
    """What changed from one text to the other. Raises NotFound."""
    one, other = (numbered(connection, document_id, number) for number in (before, after))
    names = {person.id: person.name for person in participants_of(connection, other.id)}
    return list(passages(Rebasing.between(one.text, other.text), turns_of(connection, other.id), names))
