"""What every room's tables share, and the tables of the store itself.

All types exist on SQLite and on PostgreSQL. Ids are UUIDs in their 36-character form, times ISO 8601 in UTC:
both go into an event's JSON as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

# Alembic can only alter constraints that have a name: named from the first table on.
metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

POINTS_AT_ANY = "points_at_any"
"""``Column.info[POINTS_AT_ANY]``: it holds ids of rows of more than one table, so that no foreign key can say so."""

HOLDS_IDS = "holds_ids"
"""``Column.info[HOLDS_IDS]``: a JSON value in which ids of rows may stand, at any depth, or a text with ids among its
words; they follow rows that become one with another."""

DERIVED_FROM = "derived_from"
"""``Column.info[DERIVED_FROM]``: (name of another column of the row, function of its value) that this one follows."""

UNDO_FROM = "undo_from"
"""Under this key of ``info``: number of the event up to which nothing is undone: its rows were deleted for good."""


def id_column(name: str = "id", *, primary_key: bool = True) -> sa.Column[str]:
    """A column that holds a UUID in its 36-character form."""
    return sa.Column(name, sa.String(36), primary_key=primary_key, nullable=False)


def reference(name: str, target: str, *, nullable: bool = False, index: bool = True) -> sa.Column[str]:
    """A column that points at ``target`` (``"table.column"``)."""
    return sa.Column(name, sa.String(36), sa.ForeignKey(target), nullable=nullable, index=index)


SAYS_OF = "says_of"
"""``Table.info[SAYS_OF]``, a :class:`SaysOf`: each row is a text about a value of an attribute, or a participant."""


@dataclass(frozen=True)
class SaysOf:
    """Where a table says what its rows are about, so that they follow a value that is renamed or joined to another by a
    room that need not know them.

    ``attribute`` and ``value`` name the columns that hold it (« territory », « Laval »; « participant », an id),
    ``text`` the one with the text, ``apart`` those that keep two texts about one value from being the same text;
    ``noun`` says how many they are, in the user's words; ``joined`` is what other columns become where two texts
    become one: what was said of each no longer holds.
    """

    attribute: str
    value: str
    text: str
    apart: tuple[str, ...]
    noun: Callable[[int], str]
    joined: Mapping[str, Any] = field(default_factory=dict)


info = sa.Table(
    "info",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)
"""Facts about the project as a whole: name, the version of qualikit that its schema needs."""

coders = sa.Table(
    "coders",
    metadata,
    id_column(),
    sa.Column("name", sa.String(200), nullable=False, unique=True),
    sa.Column("created", sa.String(32), nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("id", sa.String(36), nullable=False, unique=True),
    sa.Column("at", sa.String(32), nullable=False),
    reference("coder_id", "coders.id", index=False),
    sa.Column("kind", sa.String(8), nullable=False),  # do, undo, redo; pass: never undone
    sa.Column("action", sa.String(64), nullable=False),  # coding.add, document.import…
    sa.Column("label", sa.Text, nullable=False),  # in the words of the interface, at the time
    sa.Column("target", sa.Integer, nullable=True),  # of all but do: seq of the deed
    sa.Column("changes", sa.JSON, nullable=False),  # [{table, id, before, after}]
    sa.Index("ix_events_coder_id_seq", "coder_id", "seq"),
    sqlite_autoincrement=True,
)
"""Append-only: one row per user action, with the rows it changed before and after."""

operations = sa.Table(
    "operations",
    metadata,
    id_column("uuid"),
    reference("coder_id", "coders.id", index=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("refusal", sa.Text, nullable=True),  # why it was not done; null: done
)
"""Operations of the browser already decided: what makes repeating one harmless."""

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("coder_id", sa.String(36), sa.ForeignKey("coders.id"), primary_key=True),
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("value", sa.JSON, nullable=False),
)
"""What a coder likes and where they were; not part of the project's history."""
