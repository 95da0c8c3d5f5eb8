"""Every change is an event: one per user action, with the rows it touched before and after.

The same log gives the history, undo and redo for each coder, and the number that says whether anything is new.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from qualikit.errors import UndoRefused
from qualikit.i18n import _
from qualikit.store import likes
from qualikit.store.schema import coders, events, metadata
from qualikit.store.undoing import last_seq, redoable, undoable

Row = dict[str, Any]

_REFUSED = "undo.refused"
"""Under this preference: the action whose undo was refused last, and the coder's last event then."""

_TOGETHER = 500  # ids in one statement, well below any database's limit on parameters

KEPT_WHEN_REMOVED = "kept_when_removed"
"""``Table.info[KEPT_WHEN_REMOVED]`` names a boolean column. A row of such a table is taken away by setting it, because
immutable content (the text of a document) hangs on the row and undo must find it again."""

PART_OF_ROW = "part_of_row"
"""``Table.info[PART_OF_ROW]``: rows of this table are that immutable content, made with the row they refer to."""

SPANS = "spans"
"""``Table.info[SPANS]``: rows of this table hold a passage of a text, in columns ``document_id``, ``text_version_id``,
``start``, ``stop`` and ``quote``. A correction takes all of them to the new text, whatever room they belong to. The
value names the columns that say what the passage is and whose (each points at a row with a name)."""

PROPOSED = "proposed"
"""``Table.info[PROPOSED]``: passages that a machine proposes and that count as nothing. They follow a correction like
the others, but nobody is told of them, and none keeps a correction from being undone."""

QUOTES = "quotes"
"""``Column.info[QUOTES]``: words that a machine put there and that may quote any other text of the project."""

QUIET = "quiet"
"""``Table.info[QUIET]``: passages that follow their words like others and that nobody is asked to look at: where a
person reads what becomes of codings, these are not counted."""

CURRENT_TEXT = "current_text"
"""``Table.info[CURRENT_TEXT]`` names the column that says which text of a row is the current one."""


def now() -> str:
    """This moment in UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_id() -> str:
    """A new UUID in its 36-character form, of version 7 (RFC 9562): they grow with time.

    Rows made together then lie together in the table's index. With random ones a document's few hundred turns each
    fall on a page of their own, and importing a corpus writes three times as many bytes, more as it grows.
    """
    moment = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10)) & (1 << 74) - 1
    high, low = chance >> 62, chance & (1 << 62) - 1
    return str(uuid.UUID(int=(moment & (1 << 48) - 1) << 80 | 7 << 76 | high << 64 | 2 << 62 | low))


@dataclass(frozen=True)
class Event:
    """One action: ``seq`` numbers them, ``kind`` is do, undo, redo, pass or quiet, ``label`` says it to the user."""

    seq: int
    at: str
    coder: str
    kind: str
    action: str
    label: str


@dataclass
class Change:
    """Rows changed by one action, in order. Made by :meth:`Transaction.event`; writes as it records."""

    connection: sa.Connection
    changes: list[Row] = field(default_factory=list)

    def insert(self, table: sa.Table, *rows: Mapping[str, Any]) -> None:
        """Insert rows, each with every column the table has but those with a default of null."""
        if not rows:
            return
        complete = [{column.name: row.get(column.name) for column in table.columns} for row in rows]
        self.connection.execute(sa.insert(table), complete)
        self.changes += [{"table": table.name, "id": row["id"], "before": None, "after": row} for row in complete]

    def update(self, table: sa.Table, id: str, /, **values: Any) -> Row | None:
        """Set columns of one row; the row as it was, or None when there is no such row."""
        before = _row(self.connection, table, id)
        if before is None:
            return None
        after = {**before, **values}
        if after != before:
            self.connection.execute(sa.update(table).where(table.c.id == id).values(**values))
            self.changes.append({"table": table.name, "id": id, "before": before, "after": after})
        return before

    def update_many(self, table: sa.Table, rows: Mapping[str, Mapping[str, Any]]) -> int:
        """Set columns of many rows, each to its own values: ``{id: {column: value}}``. How many rows changed.

        Only the columns that changed are recorded, so that the record of 10,000 rows stays small, and undo asks of
        these columns alone whether they moved on. Rows that are not there are passed over.
        """
        changed, flag = [], table.info.get(KEPT_WHEN_REMOVED)
        for before in _rows(self.connection, table, list(rows)):
            after = {name: value for name, value in rows[before["id"]].items() if before[name] != value}
            if after:
                if flag and before[flag]:  # undo must find it set aside, as it is now
                    after[flag] = True
                old = {name: before[name] for name in after}
                changed.append({"table": table.name, "id": before["id"], "before": old, "after": after})
        _set_all(self.connection, table, changed)
        self.changes += changed
        return len(changed)

    def rely_on(self, table: sa.Table, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Record what some columns of rows hold, ``{id: {column: value}}``, without changing them: what is done here is
        undone only where they still hold it."""
        self.changes += [
            {"table": table.name, "id": id, "before": dict(row), "after": dict(row)} for id, row in rows.items()
        ]

    def delete(self, table: sa.Table, *ids: str) -> None:
        """Take rows away; those that are not there are passed over."""
        for id in ids:
            before = _row(self.connection, table, id)
            if before is None:
                continue
            _put(self.connection, table, id, None)
            self.changes.append({"table": table.name, "id": id, "before": before, "after": None})

    def uproot(self, table: sa.Table, *ids: str) -> None:
        """Take rows away, and before them every row that refers to them, of whatever room: all of it comes back with
        them."""
        if not ids:
            return
        for other in metadata.sorted_tables:
            columns = [each.parent for each in other.foreign_keys if each.column.table is table]
            if not columns or other is table or "id" not in other.c:
                continue
            pointing = sa.select(other.c.id).where(sa.or_(*(column.in_(ids) for column in columns)))
            self.uproot(other, *self.connection.execute(pointing).scalars().all())
        self.delete(table, *ids)


class Transaction:
    """One writing transaction by one coder; holds any number of events."""

    def __init__(self, connection: sa.Connection, coder: str) -> None:
        self.connection = connection
        self.coder = coder
        self.coder_id = coder_id(connection, coder)

    @contextmanager
    def event(self, action: str, label: str, *, quiet: bool = False) -> Iterator[Change]:
        """Record what is changed inside as one action. Nothing is recorded when nothing changed. ``quiet``: what a
        machine put there and will put there again; undo and redo pass over it."""
        change = Change(self.connection)
        yield change
        if change.changes:
            self._record("quiet" if quiet else "do", action, label, change.changes)

    def note(self, action: str, label: str, *, aside: bool = False) -> Event:
        """Record something that was done and cannot be undone. ``aside``: undo and redo pass it over."""
        return self._record("quiet" if aside else "do", action, label, [])

    def undo(self) -> Event:
        """Take back this coder's last action that is not taken back yet.

        Raises UndoRefused where a row has moved on; asked again, with nothing done in between, it leaves that action as
        it is for good and takes back the one before: what a colleague changed never stands in the way for long.
        """
        for deed in undoable(self.connection, self.coder_id):
            try:
                return self._replay("undo", deed)
            except UndoRefused:
                asked = [deed.seq, last_seq(self.connection, self.coder_id)]
                if likes.read(self.connection, self.coder_id, _REFUSED) != asked:
                    likes.write(self.connection, self.coder_id, _REFUSED, asked)
                    raise
                self._record("pass", deed.action, deed.label, [], target=deed.seq)
        raise UndoRefused(_("Il n'y a rien à annuler."))

    def redo(self) -> Event:
        """Do again this coder's last action taken back. Raises UndoRefused."""
        deed = next(redoable(self.connection, self.coder_id), None)
        if deed is None:
            raise UndoRefused(_("Il n'y a rien à rétablir."))
        return self._replay("redo", deed)

    def _replay(self, kind: str, deed: sa.Row[*tuple[Any, ...]]) -> Event:
        backwards = kind == "undo"
        changes = [
            {**change, "before": change["after"], "after": change["before"]} if backwards else change
            for change in (reversed(deed.changes) if backwards else deed.changes)
        ]
        # In a savepoint: what was put back before the row that moved on must not stay, whatever the caller does next.
        with self.connection.begin_nested():
            for (name, comes, goes), these in groupby(changes, _manner):
                table, run = metadata.tables[name], list(these)
                _make_way(self.connection, table, run, comes=comes, goes=goes)
                if backwards and goes and _is_used(self.connection, table, [change["id"] for change in run]):
                    raise _moved_on(deed.label, backwards)
                try:
                    stands = _put_all(self.connection, table, run, comes=comes, goes=goes)
                except sa.exc.IntegrityError as error:  # a colleague's rows hold on to this one
                    raise _moved_on(deed.label, backwards) from error
                if not stands:
                    raise _moved_on(deed.label, backwards)
            if _leaves_behind(self.connection, changes):
                raise _worked_on(deed.label, backwards)
        return self._record(kind, deed.action, deed.label, changes, target=deed.seq)

    def _record(self, kind: str, action: str, label: str, changes: Sequence[Row], target: int | None = None) -> Event:
        at = now()
        seq = self.connection.execute(
            sa.insert(events)
            .values(
                id=new_id(),
                at=at,
                coder_id=self.coder_id,
                kind=kind,
                action=action,
                label=label,
                target=target,
                changes=list(changes),
            )
            .returning(events.c.seq)
        ).scalar_one()
        return Event(seq, at, self.coder, kind, action, label)


def unanswered(table: sa.Table) -> sa.ColumnElement[bool]:
    """Rows of a table of proposals that no row of another table refers to."""
    referring = [
        sa.select(key.parent).where(key.parent.is_not(None))
        for other in metadata.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table
    ]
    return sa.and_(sa.true(), *(table.c.id.not_in(query) for query in referring))


def _make_way(connection: sa.Connection, table: sa.Table, run: Sequence[Row], *, comes: bool, goes: bool) -> None:
    """Take away the proposals that nobody answered and that would stand in the way: they can be asked for again."""
    if goes:
        for other in metadata.sorted_tables:
            if PROPOSED not in other.info:
                continue
            for key in other.foreign_keys:
                if key.column.table is not table:
                    continue
                for start in range(0, len(run), _TOGETHER):
                    ids = [change["id"] for change in run[start : start + _TOGETHER]]
                    connection.execute(sa.delete(other).where(key.parent.in_(ids), unanswered(other)))
    if comes and PROPOSED in table.info:
        unique = [each for each in table.constraints if isinstance(each, sa.UniqueConstraint)]
        for change in run:
            for constraint in unique:
                same = [column == change["after"][column.name] for column in constraint.columns]
                connection.execute(sa.delete(table).where(*same, unanswered(table)))


def _moved_on(label: str, backwards: bool) -> UndoRefused:
    what = (
        _("« {label} » ne peut pas être annulé : ce qui avait été fait a changé depuis.")
        if backwards
        else _("« {label} » ne peut pas être rétabli : les données ont changé depuis.")
    )
    return UndoRefused(
        what.format(label=label),
        _("Rien n'a été modifié. Annuler encore une fois passera à ce qui précède.")
        if backwards
        else _("Rien n'a été modifié. Faites la correction à la main."),
    )


def _worked_on(label: str, backwards: bool) -> UndoRefused:
    what = (
        _("« {label} » ne peut pas être annulé : des passages de ce texte ont été codés depuis.")
        if backwards
        else _("« {label} » ne peut pas être rétabli : des passages du texte d'avant ont été codés depuis.")
    )
    return UndoRefused(
        what.format(label=label),
        _("Rien n'a été modifié. Corrigez le texte une nouvelle fois : les codages suivront."),
    )


def coder_id(connection: sa.Connection, name: str) -> str:
    """The id of the coder of that name, who is added when new."""
    found = connection.execute(sa.select(coders.c.id).where(coders.c.name == name)).scalar()
    if found is None:
        found = new_id()
        connection.execute(sa.insert(coders).values(id=found, name=name, created=now()))
    return str(found)


def _row(connection: sa.Connection, table: sa.Table, id: str) -> Row | None:
    row = connection.execute(sa.select(table).where(table.c.id == id)).mappings().first()
    return dict(row) if row is not None else None


def _rows(connection: sa.Connection, table: sa.Table, ids: Sequence[str]) -> Iterator[Row]:
    """The rows of these ids that are there, some hundreds read at a time."""
    for start in range(0, len(ids), _TOGETHER):
        these = table.c.id.in_(ids[start : start + _TOGETHER])
        yield from (dict(row) for row in connection.execute(sa.select(table).where(these)).mappings().all())


def _set_all(connection: sa.Connection, table: sa.Table, changes: Sequence[Row]) -> None:
    """Set what each change says comes after, one statement for all those that set the same columns."""
    alike: dict[tuple[str, ...], list[Row]] = {}
    for change in changes:
        alike.setdefault(tuple(change["after"]), []).append(change)
    for names, these in alike.items():
        statement = (
            sa.update(table)
            .where(table.c.id == sa.bindparam("this_id"))
            .values({name: sa.bindparam(f"new_{name}") for name in names})
        )
        connection.execute(
            statement,
            [{"this_id": change["id"], **{f"new_{name}": change["after"][name] for name in names}} for change in these],
        )


def _live(table: sa.Table, row: Row | None) -> Row | None:
    """The row as the journal knows it: one that is set aside counts as gone."""
    flag = table.info.get(KEPT_WHEN_REMOVED)
    return None if row is not None and flag and row[flag] else row


def _is_used(connection: sa.Connection, table: sa.Table, ids: list[str]) -> bool:
    """Where rows are only set aside, no constraint keeps what a colleague hung on them from going out of sight."""
    if KEPT_WHEN_REMOVED not in table.info:
        return False
    return any(
        connection.execute(sa.select(sa.literal(1)).where(key.parent.in_(ids)).limit(1)).first() is not None
        for other in metadata.sorted_tables
        if not other.info.get(PART_OF_ROW)
        for key in other.foreign_keys
        if key.column.table is table
    )


def _put(connection: sa.Connection, table: sa.Table, id: str, row: Row | None) -> None:
    """Make the row of that id be ``row``; None takes it away."""
    flag = table.info.get(KEPT_WHEN_REMOVED)
    this = table.c.id == id
    if row is None and flag:
        connection.execute(sa.update(table).where(this).values({flag: True}))
    elif row is None:
        connection.execute(sa.delete(table).where(this))
    elif connection.execute(sa.select(table.c.id).where(this)).first() is None:
        connection.execute(sa.insert(table).values(**row))
    else:
        connection.execute(sa.update(table).where(this).values(**row))


def _manner(change: Row) -> tuple[str, bool, bool]:
    """The table, whether the row comes into being, whether it goes."""
    return change["table"], change["before"] is None, change["after"] is None


def _put_all(connection: sa.Connection, table: sa.Table, run: list[Row], *, comes: bool, goes: bool) -> bool:
    """Make neighbouring changes of one manner; False, with some of them made, where a row is not as it was before.

    They do so by the hundred: row by row, taking back 50,000 codings took ten times longer.
    """
    if not (comes or goes):
        return _change_all(connection, table, run)
    if table.info.get(KEPT_WHEN_REMOVED):
        for change in run:
            if _live(table, _row(connection, table, change["id"])) != change["before"]:
                return False
            _put(connection, table, change["id"], change["after"])
        return True
    for chunk in (run[start : start + _TOGETHER] for start in range(0, len(run), _TOGETHER)):
        these = table.c.id.in_([change["id"] for change in chunk])
        rows = {row["id"]: dict(row) for row in connection.execute(sa.select(table).where(these)).mappings()}
        if any(rows.get(change["id"]) != change["before"] for change in chunk):
            return False
        if comes:
            connection.execute(sa.insert(table), [change["after"] for change in chunk])
        else:
            connection.execute(sa.delete(table).where(these))
    return True


def _change_all(connection: sa.Connection, table: sa.Table, run: list[Row]) -> bool:
    """Make neighbouring changes of rows that stay; those of one row follow each other, in as many rounds. A proposal
    that has moved on since is passed over: it was asked for again."""
    rounds: list[dict[str, Row]] = []
    for change in run:
        place = next((these for these in rounds if change["id"] not in these), None)
        if place is None:
            rounds.append(place := {})
        place[change["id"]] = change
    flag = table.info.get(KEPT_WHEN_REMOVED)
    for these in rounds:
        found = {row["id"]: row for row in _rows(connection, table, list(these))}
        standing = []
        for id, change in these.items():
            # A record that holds the flag says itself whether the row was set aside when it was changed.
            row = found.get(id) if flag in change["before"] else _live(table, found.get(id))
            if row is not None and all(row.get(name) == value for name, value in change["before"].items()):
                standing.append(change)
            elif PROPOSED not in table.info:
                return False
        _set_all(connection, table, standing)
    return True


def _leaves_behind(connection: sa.Connection, changes: Sequence[Row]) -> bool:
    """True where a text stops being the current one while passages of it were marked that these changes do not know:
    they would go out of sight. Those that the changes themselves leave on it are recorded with them."""
    left = set()
    for change in changes:
        column = metadata.tables[change["table"]].info.get(CURRENT_TEXT)
        before, after = change["before"] or {}, change["after"] or {}
        if column in before and column in after and before[column] != after[column]:
            left.add(before[column])
    if not left:
        return False
    known = {change["id"] for change in changes}
    return any(
        id not in known
        for table in metadata.sorted_tables
        if SPANS in table.info and PROPOSED not in table.info
        for id in connection.execute(sa.select(table.c.id).where(table.c.text_version_id.in_(left))).scalars()
    )
