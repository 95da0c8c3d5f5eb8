"""Rows as older events hold them, brought up to a schema that has gained columns."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa


def complete(connection: sa.Connection, table: str, **values: Any) -> None:
    """Give these values to every row of that table that events hold: else what undo puts back would be incomplete."""
    events = sa.table("events", sa.column("seq", sa.Integer), sa.column("changes", sa.JSON))
    # Whatever the action: one that is about something else may have touched such rows too.
    touched = sa.select(events.c.seq).where(sa.cast(events.c.changes, sa.Text).like(f'%"{table}"%'))
    for seq in connection.execute(touched).scalars().all():
        changes = connection.execute(sa.select(events.c.changes).where(events.c.seq == seq)).scalar_one()
        rows = [
            row
            for change in changes
            if change["table"] == table
            for row in (change["before"], change["after"])
            if row is not None and "id" in row
        ]
        if rows:
            for row in rows:
                row.update(values)
            connection.execute(sa.update(events).where(events.c.seq == seq).values(changes=changes))
