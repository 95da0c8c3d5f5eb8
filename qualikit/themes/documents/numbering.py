"""The numbers under which passages are quoted: given at the first export that quotes them, then for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from qualikit.coding.queries import parts
from qualikit.coding.tables import codings
from qualikit.store import Store
from qualikit.themes.tables import passage_numbers

Span = tuple[str, int, int]


def numbers(store: Store, coder: str, coding_ids: Sequence[str]) -> Mapping[str, int]:
    """The number of each of these codings' passage, from 1. Those that have none yet get the next ones in the order
    given; codings of the same words of a document share one.

    What is given is kept without an event: what was printed cannot be undone, and an undo that took it back would let
    another passage have the number.
    """
    with store.read() as connection:
        known, spans = _known(connection), _spans(connection, coding_ids)
    if any(id in spans and id not in known for id in coding_ids):
        with store.write(coder) as transaction:
            known = _give(transaction.connection, [id for id in coding_ids if id in spans])
    return {id: known[id] for id in coding_ids if id in known}


def _known(connection: sa.Connection) -> dict[str, int]:
    rows = connection.execute(sa.select(passage_numbers.c.id, passage_numbers.c.number))
    return {row.id: row.number for row in rows}


def _spans(connection: sa.Connection, ids: Sequence[str]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for some in parts(dict.fromkeys(ids)):
        query = sa.select(codings.c.id, codings.c.text_version_id, codings.c.start, codings.c.stop)
        found |= {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query.where(codings.c.id.in_(some)))}
    return found


def _give(connection: sa.Connection, ids: Sequence[str]) -> dict[str, int]:
    known, spans = _known(connection), _spans(connection, ids)
    everyone = connection.execute(sa.select(codings.c.id, codings.c.text_version_id, codings.c.start, codings.c.stop))
    same: dict[Span, list[str]] = {span: [] for span in spans.values()}
    for id, *span in everyone:
        if (members := same.get((span[0], span[1], span[2]))) is not None:
            members.append(id)
    following = max(known.values(), default=0) + 1
    fresh = []
    for id in ids:
        if id in known:
            continue
        members = same[spans[id]]
        number = min((known[member] for member in members if member in known), default=following)
        following += number == following
        for member in members:
            if member not in known:
                known[member] = number
                fresh.append({"id": member, "number": number})
    if fresh:
        connection.execute(sa.insert(passage_numbers), fresh)
    return known
