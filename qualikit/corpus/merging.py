"""Several participants made one person, one made several, and many described at once; each undone in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.attributes import typed_values
from qualikit.corpus.model import Role, attribute_label, role_label
from qualikit.corpus.naming import attribute_key, own_value, replaced
from qualikit.corpus.people import Person
from qualikit.corpus.tables import documents, participants, text_versions, turns
from qualikit.corpus.values import Following, move_texts, plan_texts
from qualikit.errors import ImportRefused, NotFound
from qualikit.i18n import _, ngettext
from qualikit.store import Transaction, metadata, new_id, replaced_ids

PARTICIPANT = "participant"
"""As what a participant is written about, where a text is about one."""


@dataclass(frozen=True)
class Conflict:
    """Something said differently of people who become one: what stays, and what goes."""

    name: str
    kept: str
    gone: tuple[str, ...]


@dataclass(frozen=True)
class MergePlan:
    """What making several people one means. ``attributes`` are those of the one that stays, completed by the others';
    ``together``: titles of the documents in which more than one of them speaks, so that they talk to themselves."""

    kept: Person
    gone: tuple[Person, ...]
    name: str
    attributes: Mapping[str, str]
    conflicts: tuple[Conflict, ...]
    together: tuple[str, ...]
    following: tuple[Following, ...]

    @property
    def turns(self) -> int:
        """Turns, in the current texts, that change hands."""
        return sum(person.turns for person in self.gone)

    @property
    def titles(self) -> tuple[str, ...]:
        """Documents in which the one person speaks afterwards."""
        return tuple(dict.fromkeys(place.title for person in (self.kept, *self.gone) for place in person.places))


def plan_merge(
    connection: sa.Connection, people: Sequence[Person], into: Person | None = None, name: str | None = None
) -> MergePlan:
    """What :func:`merge` would do. The one who stays is ``into``, or else who speaks most. Raises ImportRefused."""
    distinct = list({person.id: person for person in people}.values())
    kept = into if into is not None else max(distinct, key=lambda person: (person.turns, person.words), default=None)
    gone = tuple(person for person in distinct if kept is not None and person.id != kept.id)
    if kept is None or not gone:
        raise ImportRefused(_("Il faut au moins deux personnes pour les réunir."))
    united: dict[str, str] = {key: own_value(kept.attributes, key) for key in map(attribute_key, kept.attributes)}
    conflicts = []
    for key in dict.fromkeys(attribute_key(key) for person in gone for key in person.attributes):
        said = [value for person in gone if (value := own_value(person.attributes, key))]
        mine = united.get(key) or next(iter(said), "")
        others = tuple(dict.fromkeys(value for value in said if value != mine))
        if mine:
            united[key] = mine
        if others:
            conflicts.append(Conflict(key, mine, others))
    roles = tuple(dict.fromkeys(role_label(person.role) for person in gone if person.role is not kept.role))
    if roles:
        conflicts.insert(0, Conflict("role", role_label(kept.role), roles))
    titles = [place.title for person in (kept, *gone) for place in person.places]
    return MergePlan(
        kept,
        gone,
        " ".join((name or kept.name).split()) or kept.name,
        united,
        tuple(conflicts),
        tuple(dict.fromkeys(title for title in titles if titles.count(title) > 1)),
        plan_texts(connection, PARTICIPANT, [person.id for person in gone], kept.id),
    )


def merge(transaction: Transaction, plan: MergePlan) -> None:
    """Make the people of a plan one: what they say in every document, earlier texts too, is that one's.

    One event. Raises NotFound."""
    gone = [person.id for person in plan.gone]
    label = _("{names} : une seule personne, « {name} »").format(
        names=", ".join(f"« {person.name} »" for person in plan.gone[:3]) + ("…" if len(gone) > 3 else ""),
        name=plan.name,
    )
    with transaction.event("participant.merge", label) as change:
        row = transaction.connection.execute(
            sa.select(participants.c.id).where(participants.c.id.in_([plan.kept.id, *gone]))
        ).scalars()
        if len(set(row)) != len(gone) + 1:
            raise NotFound(_("Une de ces personnes n'est plus dans le projet."), _("Relisez la liste."))
        # A text made later says only who stays: taken back under it, this would leave those who come back silent.
        texts = _current_texts(transaction.connection, gone)
        for table, column in _pointing():
            theirs = sa.select(table.c.id).where(table.c[column].in_(gone))
            ids = transaction.connection.execute(theirs).scalars().all()
            doubles = _doubles(transaction.connection, table, column, [plan.kept.id, *gone])
            change.delete(table, *doubles)
            change.update_many(table, {id: {column: plan.kept.id} for id in ids if id not in doubles})
        for table, rows in replaced_ids(transaction.connection, dict.fromkeys(gone, plan.kept.id)):
            change.update_many(table, rows)
        change.rely_on(documents, texts)
        move_texts(change, PARTICIPANT, gone, plan.kept.id)
        change.update_many(participants, {plan.kept.id: {"name": plan.name, "attributes": dict(plan.attributes)}})
        change.delete(participants, *gone)


def _doubles(connection: sa.Connection, table: sa.Table, column: str, people: Sequence[str]) -> set[str]:
    """Rows that would say of the one person what another row says already, where no two may: the first of these people
    of whom it is said keeps it."""
    unique = [
        [each.name for each in constraint.columns]
        for constraint in table.constraints
        if isinstance(constraint, sa.UniqueConstraint) and column in constraint.columns
    ]
    if not unique:
        return set()
    order = {id: place for place, id in enumerate(people)}
    rows = connection.execute(sa.select(table).where(table.c[column].in_(people))).mappings().all()
    taken: set[tuple[Any, ...]] = set()
    found = set()
    for row in sorted(rows, key=lambda row: (order[row[column]], row["id"])):
        places = [(number, *(row[name] for name in names if name != column)) for number, names in enumerate(unique)]
        if any(place in taken for place in places):
            found.add(row["id"])
        else:
            taken.update(places)
    return found


def conflict_words(conflict: Conflict) -> str:
    """« Territoire : « Laval » reste, « Rennes » disparaît. »"""
    name = _("Rôle") if conflict.name == "role" else attribute_label(conflict.name)
    return _("{name} : « {kept} » reste, « {gone} » disparaît.").format(
        name=name, kept=conflict.kept, gone=" », « ".join(conflict.gone)
    )


def _pointing() -> Iterable[tuple[sa.Table, str]]:
    """Tables whose rows point at a participant, whichever room they are of, and the column."""
    return [
        (table, key.parent.name)
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table is participants
    ]


def _current_texts(connection: sa.Connection, ids: Sequence[str]) -> dict[str, dict[str, str]]:
    """The current text of each document in which one of these people speaks."""
    speak = sa.select(turns.c.text_version_id).where(turns.c.participant_id.in_(ids))
    query = sa.select(documents.c.id, documents.c.text_version_id).where(queries.present)
    found = connection.execute(query.where(documents.c.text_version_id.in_(speak)))
    return {row.id: {"text_version_id": row.text_version_id} for row in found}


def split(
    transaction: Transaction,
    person: Person,
    document_ids: Sequence[str],
    labels: Sequence[str] | None = None,
    name: str | None = None,
) -> str:
    """Make of what somebody says in some documents, under some labels or all, a person of their own with the same role
    and attributes; the new one's id. One event. Raises ImportRefused where nothing would go, or nothing stay."""
    places = [place for place in person.places if place.document_id in document_ids]
    wanted = [label for place in places for label in place.labels if labels is None or label in labels]
    all_of_it = sum(len(place.labels) for place in person.places)
    if not wanted:
        raise ImportRefused(_("« {name} » ne parle pas ainsi dans ces documents.").format(name=person.name))
    if len(wanted) == all_of_it:
        raise ImportRefused(
            _("Tout ce que dit « {name} » partirait : ce serait la même personne.").format(name=person.name),
            _("Choisissez une partie des documents, ou des étiquettes."),
        )
    connection = transaction.connection
    query = (
        sa.select(turns.c.id)
        .join(text_versions, text_versions.c.id == turns.c.text_version_id)
        .where(turns.c.participant_id == person.id, text_versions.c.document_id.in_(document_ids))
    )
    if labels is not None:
        query = query.where(turns.c.label.in_(labels))
    id, called = new_id(), " ".join((name or wanted[0]).split())
    said = _("« {name} » distingué de « {other} »").format(name=called, other=person.name)
    with transaction.event("participant.split", said) as change:
        row = {"id": id, "name": called, "role": person.role.value, "attributes": dict(person.attributes)}
        change.insert(participants, row)
        change.update_many(turns, {turn: {"participant_id": id} for turn in connection.execute(query).scalars().all()})
        gone = [place.document_id for place in places if set(place.labels) <= set(wanted)]
        for table, column in _pointing():
            if table is not turns:
                there = _said_there(connection, table, column, person.id, gone)
                change.update_many(table, {row: {column: id} for row in there})
    return id


def _said_there(
    connection: sa.Connection, table: sa.Table, column: str, person_id: str, document_ids: Sequence[str]
) -> list[str]:
    """Rows of whatever room that say something of a person in these documents, by themselves or by what they point
    at."""
    query = sa.select(table.c.id).where(table.c[column] == person_id)
    if "document_id" in table.c:
        return list(connection.execute(query.where(table.c.document_id.in_(document_ids))).scalars())
    for key in table.foreign_keys:
        of = key.column.table
        if "document_id" in of.c:
            joined = query.join(of, key.parent == key.column).where(of.c.document_id.in_(document_ids))
            return list(connection.execute(joined).scalars())
    return []


def describe_people(
    transaction: Transaction,
    ids: Sequence[str],
    role: Role | str | None = None,
    attributes: Mapping[str, str] | None = None,
    name: str | None = None,
) -> int:
    """Set role, name and some attributes of many people at once, as one event; an empty value takes it away, those
    that are not named stay. How many changed. Raises ImportRefused, NotFound."""
    connection = transaction.connection
    rows = connection.execute(sa.select(participants).where(participants.c.id.in_(list(ids)))).all()
    if not rows:
        raise NotFound(_("Ce participant n'est pas dans le projet."))
    given = typed_values(connection, attributes or {})
    values: dict[str, dict[str, Any]] = {}
    for row in rows:
        changed: dict[str, Any] = {}
        if role is not None:
            changed["role"] = Role(role).value
        if name is not None and name.strip():
            changed["name"] = " ".join(name.split())
        if attributes is not None:
            changed["attributes"] = replaced(row.attributes, {key: given.get(key, "") for key in attributes})
        values[row.id] = changed
    said = (
        _("« {name} » décrit").format(name=rows[0].name)
        if len(rows) == 1
        else ngettext("{n} personne décrite", "{n} personnes décrites", len(rows)).format(n=len(rows))
    )
    with transaction.event("participant.update", said) as change:
        return change.update_many(participants, values)
