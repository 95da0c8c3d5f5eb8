"""Taking away codes and codings with all that hangs on them, in the event that the caller opened: undone in one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from qualikit.coding.model import Code, Usage
from qualikit.coding.queries import ids_of, pointing_at
from qualikit.coding.tables import codes, codings, memos
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.store import Change, coders


def remove_codings(change: Change, ids: Sequence[str]) -> None:
    """Codings with the memos on them and with what other rooms made of them (verbatims)."""
    _remove(change, codings, ids)


def remove_codes(change: Change, ids: Sequence[str]) -> None:
    """Codes with their codings, of all coders, and with what other rooms made of them (syntheses).

    ``ids`` in reading order: a parent is listed before its children, which are taken first.
    """
    _remove(change, codes, list(reversed(ids)))


def usage_of(connection: sa.Connection, code: Code, below: Sequence[Code], *, with_children: bool = True) -> Usage:
    """What :func:`remove_codes` would take along of what is in sight: not in documents that were taken away."""
    ids = [code.id, *(each.id for each in below if with_children)]
    found = connection.execute(
        sa.select(codings.c.id, codings.c.document_id, coders.c.name)
        .join(coders, coders.c.id == codings.c.coder_id)
        .join(documents, documents.c.id == codings.c.document_id)
        .where(codings.c.code_id.in_(ids), present)
    ).all()
    coding_ids = [row.id for row in found]
    others = {
        column.table.name: len(ids_of(connection, column, targets))
        for table, targets in ((codes, ids), (codings, coding_ids))
        for column in pointing_at(table)
        if column.table is not codings
    }
    return Usage(
        codings=len(found),
        by_coder=dict(sorted(Counter(row.name for row in found).items())),
        documents=len({row.document_id for row in found}),
        children=len(below),
        memos=len(ids_of(connection, memos.c.target_id, [*ids, *coding_ids])),
        others={name: number for name, number in others.items() if number},
    )


class Use(NamedTuple):
    """How much one code is used, those under it apart: by how many coders, in how many documents."""

    codings: int
    coders: int
    documents: int


def uses(connection: sa.Connection) -> dict[str, Use]:
    """The use of every code that has codings in sight, by id."""
    query = (
        sa.select(
            codings.c.code_id,
            sa.func.count(),
            sa.func.count(codings.c.coder_id.distinct()),
            sa.func.count(codings.c.document_id.distinct()),
        )
        .join(documents, documents.c.id == codings.c.document_id)
        .where(present)
        .group_by(codings.c.code_id)
    )
    return {row[0]: Use(row[1], row[2], row[3]) for row in connection.execute(query)}


def _remove(change: Change, table: sa.Table, ids: Sequence[str]) -> None:
    if not ids:
        return
    change.delete(memos, *ids_of(change.connection, memos.c.target_id, ids))
    # Rooms above are not known here by name: what refers to a row goes before it.
    for column in pointing_at(table):
        _remove(change, column.table, ids_of(change.connection, column, ids))
    change.delete(table, *ids)
