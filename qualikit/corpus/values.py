"""One value of an attribute become another, everywhere it stands: a territory renamed, two kinds of actor made one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.naming import bearing_names
from qualikit.corpus.tables import documents, participants
from qualikit.store import SAYS_OF, Change, SaysOf, metadata

Updates = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Following:
    """Texts about the old values that become texts about the new one: ``moved`` of them as they are, ``joined`` one
    after the other with a text that was there. ``noun`` says what they are and how many (« 2 synthèses »)."""

    moved: int
    joined: tuple[tuple[str, str], ...]
    noun: str


@dataclass(frozen=True)
class ValueMove:
    """What becoming another value means: how many documents and participants bear one of ``old``, what follows them."""

    attribute: str
    old: tuple[str, ...]
    new: str
    documents: int
    participants: int
    following: tuple[Following, ...] = field(default=())

    @property
    def joined(self) -> int:
        """How many texts are put after another."""
        return sum(len(each.joined) for each in self.following)


def plan_move(connection: sa.Connection, attribute: str, old: Sequence[str], new: str) -> ValueMove:
    """What :func:`move` would do."""
    gone = tuple(value for value in dict.fromkeys(old) if value != new)
    follows = [_Texts(connection, table, attribute, gone, new) for table in _tables()]
    return ValueMove(
        attribute,
        gone,
        new,
        len(_documents(connection, attribute, gone, new)),
        len(_participants(connection, attribute, gone, new)),
        tuple(texts.summary for texts in follows if texts.updates or texts.deletes),
    )


def move(change: Change, attribute: str, old: Sequence[str], new: str) -> None:
    """Replace values by another, in documents, in participants' own values, and in what is written about them."""
    gone = [value for value in dict.fromkeys(old) if value != new]
    change.update_many(documents, _documents(change.connection, attribute, gone, new))
    change.update_many(participants, _participants(change.connection, attribute, gone, new))
    move_texts(change, attribute, gone, new)


def move_texts(change: Change, attribute: str, old: Sequence[str], new: str) -> None:
    """Let what is written of the old values be of the new one; where both have a text, one comes after the other."""
    for table in _tables():
        texts = _Texts(change.connection, table, attribute, old, new)
        change.delete(table, *texts.deletes)
        change.update_many(table, texts.updates)


def plan_texts(connection: sa.Connection, attribute: str, old: Sequence[str], new: str) -> tuple[Following, ...]:
    """What :func:`move_texts` would do."""
    found = [_Texts(connection, table, attribute, old, new) for table in _tables()]
    return tuple(texts.summary for texts in found if texts.updates or texts.deletes)


def _tables() -> Iterable[sa.Table]:
    return [table for table in metadata.sorted_tables if SAYS_OF in table.info]


class _Texts:
    """The texts of one table about some values of an attribute, and what becomes of each."""

    def __init__(
        self, connection: sa.Connection, table: sa.Table, attribute: str, old: Sequence[str], new: str
    ) -> None:
        says: SaysOf = table.info[SAYS_OF]
        self.updates: Updates = {}
        self.deletes: list[str] = []
        self.joined: list[tuple[str, str]] = []
        wanted = sa.select(table).where(table.c[says.attribute] == attribute, table.c[says.value].in_([new, *old]))
        order = {value: place for place, value in enumerate([new, *old])}
        rows = sorted(connection.execute(wanted).mappings(), key=lambda row: (order[row[says.value]], row["id"]))
        together: dict[tuple[Any, ...], list[Any]] = {}
        for row in rows:
            together.setdefault(tuple(row[name] for name in says.apart), []).append(row)
        for first, *others in together.values():
            text = first[says.text]
            for other in others:
                self.deletes.append(other["id"])
                self.joined.append((text, other[says.text]))
                if other[says.text] not in text:
                    text = f"{text}\n\n{other[says.text]}"
            if first[says.value] != new or text != first[says.text]:
                anew = says.joined if text != first[says.text] else {}
                self.updates[first["id"]] = {says.value: new, says.text: text, **anew}
        moved = sum(1 for first, *_others in together.values() if first[says.value] != new)
        self.summary = Following(moved, tuple(self.joined), says.noun(moved + len(self.joined)))


def _documents(connection: sa.Connection, attribute: str, old: Sequence[str], new: str) -> Updates:
    query = sa.select(documents.c.id, documents.c.territory, documents.c.attributes).where(queries.present)
    found: Updates = {}
    for row in connection.execute(query):
        if attribute == "territory" and (row.territory or "").strip() in old:
            found[row.id] = {"territory": new}
        elif (changed := _replaced(row.attributes, attribute, old, new)) is not None:
            found[row.id] = {"attributes": changed}
    return found


def _participants(connection: sa.Connection, attribute: str, old: Sequence[str], new: str) -> Updates:
    found: Updates = {}
    for row in connection.execute(sa.select(participants.c.id, participants.c.attributes)):
        if (changed := _replaced(row.attributes, attribute, old, new)) is not None:
            found[row.id] = {"attributes": changed}
    return found


def _replaced(own: dict[str, Any], attribute: str, old: Sequence[str], new: str) -> dict[str, Any] | None:
    """The attributes with the values replaced; None where there is nothing to replace."""
    names = [name for name in bearing_names(own, attribute) if str(own[name] or "").strip() in old]
    return {**own, **dict.fromkeys(names, new)} if names else None
