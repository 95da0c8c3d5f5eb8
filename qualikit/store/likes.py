"""What a coder likes and where they were: no part of the project's history."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualikit.store.schema import preferences


def read(connection: sa.Connection, coder: str, key: str) -> Any:
    """The JSON value that the coder of that id set under ``key``, or None."""
    return connection.execute(sa.select(preferences.c.value).where(_this(coder, key))).scalar()


def write(connection: sa.Connection, coder: str, key: str, value: Any) -> None:
    """Remember a JSON value for the coder of that id."""
    changed = connection.execute(sa.update(preferences).where(_this(coder, key)).values(value=value))
    if not changed.rowcount:
        connection.execute(sa.insert(preferences).values(coder_id=coder, key=key, value=value))


def _this(coder: str, key: str) -> sa.ColumnElement[bool]:
    return (preferences.c.coder_id == coder) & (preferences.c.key == key)
