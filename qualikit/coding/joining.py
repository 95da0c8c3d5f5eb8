"""Rows that become one row: what refers to those that go comes to refer to the one that stays.

Rooms above are not known here by name. What points at a row is found in the tables themselves; where two rows that
follow would say the same of the same thing, they become one in turn, and their texts come one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from qualikit.coding.queries import parts, pointing_at
from qualikit.coding.tables import codings, decisions, memos
from qualikit.store import SAYS_OF, Change, now, replaced_ids

Row = Mapping[str, Any]


@dataclass(frozen=True)
class _Step:
    """Changes of one table: deletes first, so that what comes finds its place free."""

    table: sa.Table
    deletes: list[str] = field(default_factory=list)
    inserts: list[dict[str, Any]] = field(default_factory=list)
    updates: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass
class Joining:
    """What becoming one means, read without changing anything; :meth:`carry_out` does it.

    ``moved`` and ``joined`` count rows by table: those that follow as they are, those that became one with another.
    """

    connection: sa.Connection
    moved: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    _steps: list[_Step] = field(default_factory=list)
    _into: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: sa.Connection, table: sa.Table, into: Mapping[str, str]) -> Joining:
        """``into``: id of each row of ``table`` that goes → id of the one that stays. The rows themselves are the
        caller's."""
        joining = cls(connection)
        joining._follow_all(table, into)
        return joining

    def carry_out(self, change: Change) -> None:
        """Write it, in the event that the caller opened."""
        for step in self._steps:
            change.delete(step.table, *step.deletes)
            change.insert(step.table, *step.inserts)
            change.update_many(step.table, step.updates)
        # Last, in the texts as they are by then: two that became one still cite what each cited.
        for table, rows in replaced_ids(change.connection, self._into):
            change.update_many(table, rows)

    def _follow_all(self, table: sa.Table, into: Mapping[str, str]) -> None:
        for column in pointing_at(table):
            self._follow(column, into)
        self._follow_memos(into)
        if table is codings:
            self._follow_decisions(into)
        self._into.update(into)

    def _follow(self, column: sa.Column[Any], into: Mapping[str, str]) -> None:
        """The rows of one column; one whose place is taken becomes one with the row that has it."""
        table = column.table
        taken: dict[tuple[Any, ...], str] = {}
        updates: dict[str, dict[str, Any]] = {}
        doubles: dict[str, str] = {}
        by_id: dict[str, Row] = {}
        unique = _unique(column)
        for row in self._rows(column, into):
            by_id[row["id"]] = row
            after = {**row, column.name: into.get(row[column.name], row[column.name])}
            places = [(names, tuple(after[name] for name in names)) for names in unique]
            clash = next((taken[place] for place in places if place in taken), None)
            if clash is not None:
                doubles[row["id"]] = clash
                continue
            taken.update((place, row["id"]) for place in places if None not in place[1])
            if row[column.name] in into:
                updates[row["id"]] = {column.name: after[column.name]}
        self.moved[table.name] += len(updates)
        self.joined[table.name] += len(doubles)
        if doubles:
            self._become_one(table, doubles, by_id)
        if column.primary_key:  # the row is named by what it is about: it cannot be renamed, so it is made again
            again = [{**by_id[id], **values} for id, values in updates.items()]
            self._steps.append(_Step(table, list(updates), again))
        else:
            self._steps.append(_Step(table, updates=updates))

    def _become_one(self, table: sa.Table, doubles: Mapping[str, str], by_id: Mapping[str, Row]) -> None:
        self._follow_all(table, doubles)
        says = table.info.get(SAYS_OF)
        if says is not None:
            texts: dict[str, str] = {kept: by_id[kept][says.text] for kept in doubles.values()}
            for gone, kept in doubles.items():
                texts[kept] = one_after_the_other(texts[kept], by_id[gone][says.text])
            stamp = {"updated": now()} if "updated" in table.c else {}
            updates = {
                kept: {says.text: text, **stamp, **(says.joined if text != by_id[kept][says.text] else {})}
                for kept, text in texts.items()
            }
            self._steps.append(_Step(table, updates=updates))
        self._steps.append(_Step(table, list(doubles)))

    def _follow_memos(self, into: Mapping[str, str]) -> None:
        """A coder's memos on what became one are one memo."""
        first: dict[tuple[str, str], Row] = {}
        texts: dict[str, str] = {}
        moved: dict[str, dict[str, Any]] = {}
        gone: list[str] = []
        for row in self._rows(memos.c.target_id, into):
            target = into.get(row["target_id"], row["target_id"])
            kept = first.setdefault((target, row["coder_id"]), row)
            if kept is not row:
                if row["target_id"] not in into:
                    continue
                before: str = texts.get(kept["id"]) or kept["text"]
                texts[kept["id"]] = one_after_the_other(before, row["text"])
                gone.append(row["id"])
            elif row["target_id"] in into:
                moved[row["id"]] = {"target_id": target}
        self.moved["memos"] += len(moved)
        self.joined["memos"] += len(gone)
        joined = {id: {"text": text, "updated": now()} for id, text in texts.items()}
        self._steps += [_Step(memos, gone, updates=moved), _Step(memos, updates=joined)]

    def _follow_decisions(self, into: Mapping[str, str]) -> None:
        rows = self._rows(decisions.c.coding_id, into)
        moved = {row["id"]: {"coding_id": into[row["coding_id"]]} for row in rows if row["coding_id"] in into}
        self._steps.append(_Step(decisions, updates=moved))

    def _rows(self, column: sa.Column[Any], into: Mapping[str, str]) -> list[Row]:
        """Rows that point at what stays, then at what goes, in the order of ``into``: the first keeps its place."""
        order = {id: place for place, id in enumerate(dict.fromkeys([*into.values(), *into]))}
        found: list[Row] = []
        for some in parts(order):
            query = sa.select(column.table).where(column.in_(some))
            found += [dict(row) for row in self.connection.execute(query).mappings()]
        return sorted(found, key=lambda row: (order[row[column.name]], row["id"]))


def one_after_the_other(text: str, more: str) -> str:
    """Two texts as one; what is one of its paragraphs already is not said twice."""
    if not text or f"\n\n{more}\n\n" in f"\n\n{text}\n\n":
        return text or more
    return f"{text}\n\n{more}"


def _unique(column: sa.Column[Any]) -> list[tuple[str, ...]]:
    """The columns, this one among them, that no two rows of its table have alike."""
    found = [
        tuple(each.name for each in constraint.columns)
        for constraint in column.table.constraints
        if isinstance(constraint, (sa.UniqueConstraint, sa.PrimaryKeyConstraint))
    ]
    return [names for names in found if column.name in names]
