"""What undo and redo are about, for each coder: found by walking their own events back, so that no second stack can
disagree with the log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from qualikit.store.schema import UNDO_FROM, events, info


def undoable(connection: sa.Connection, coder: str) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    """The coder's actions that stand, the last first. Each undo met on the way back takes one action off, each redo
    takes one undo off; those that were passed over are not there."""
    taken_back = 0
    passed = set()
    for event in _backwards(connection, coder):
        if event.kind == "quiet":
            continue
        if event.kind == "undo":
            taken_back += 1
        elif event.kind == "redo":
            taken_back -= 1
        elif event.kind == "pass":
            passed.add(event.target)
        elif event.seq in passed:
            continue
        elif taken_back == 0:
            yield _whole(connection, event.seq)
        else:
            taken_back -= 1


def redoable(connection: sa.Connection, coder: str) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    """The coder's actions taken back since their last new one, the last taken back first."""
    trail = []
    for event in _backwards(connection, coder):
        if event.kind == "do":
            break
        trail.append(event)
    taken_back: list[int] = []
    for event in reversed(trail):
        if event.kind == "undo":
            taken_back.append(event.target)
        elif event.kind == "redo":
            taken_back.remove(event.target)
    for seq in reversed(taken_back):
        yield _whole(connection, seq)


def _backwards(connection: sa.Connection, coder: str, page: int = 200) -> Iterator[sa.Row[*tuple[Any, ...]]]:
    """Seq, kind and target of a coder's events from the last one back, without their changes, which can be large."""
    last: int | None = None
    first = connection.execute(sa.select(info.c.value).where(info.c.key == UNDO_FROM)).scalar() or 0
    while True:
        query = sa.select(events.c.seq, events.c.kind, events.c.target).where(events.c.coder_id == coder)
        query = query.where(events.c.seq > first)
        if last is not None:
            query = query.where(events.c.seq < last)
        rows = connection.execute(query.order_by(events.c.seq.desc()).limit(page)).all()
        yield from rows
        if len(rows) < page:
            return
        last = rows[-1].seq


def _whole(connection: sa.Connection, seq: int) -> sa.Row[*tuple[Any, ...]]:
    return connection.execute(sa.select(events).where(events.c.seq == seq)).one()


def next_undo(connection: sa.Connection, coder: str) -> str | None:
    """Label of what undo would take back for the coder of that id, or None."""
    deed = next(undoable(connection, coder), None)
    return deed.label if deed is not None else None


def next_redo(connection: sa.Connection, coder: str) -> str | None:
    """Label of what redo would do again for the coder of that id, or None."""
    deed = next(redoable(connection, coder), None)
    return deed.label if deed is not None else None


def last_seq(connection: sa.Connection, coder: str) -> int | None:
    """Number of the last event of the coder of that id."""
    return connection.execute(sa.select(sa.func.max(events.c.seq)).where(events.c.coder_id == coder)).scalar()
