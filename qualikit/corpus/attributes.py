"""What documents and participants are described by: each attribute with its kind, its values in order, its uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries, values
from qualikit.corpus.guess import read_date
from qualikit.corpus.model import attribute_label
from qualikit.corpus.naming import OURS, attribute_key, bearing_names, own_value
from qualikit.corpus.tables import attributes, documents, participants
from qualikit.corpus.values import ValueMove
from qualikit.errors import ImportRefused, NotFound
from qualikit.i18n import _
from qualikit.store import Change, Transaction, new_id
from qualikit.text import natural, normalise


class Kind(StrEnum):
    """What the values of an attribute are; the value is what is stored."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


def kind_label(kind: Kind) -> str:
    """Name of the kind of attribute for the user."""
    return {Kind.TEXT: _("Texte"), Kind.NUMBER: _("Nombre"), Kind.DATE: _("Date"), Kind.CHOICE: _("Liste")}[kind]


@dataclass(frozen=True)
class Value:
    """One value of an attribute: how many documents and participants bear it, whether the project lists it."""

    text: str
    documents: int
    participants: int
    listed: bool = False


@dataclass(frozen=True)
class Attribute:
    """An attribute; ``values`` in order, those that the project lists first; how many bear any value."""

    name: str
    kind: Kind
    values: tuple[Value, ...]
    documents: int
    participants: int

    @property
    def label(self) -> str:
        """Its name for the user."""
        return attribute_label(self.name)

    @property
    def ours(self) -> bool:
        """True for the territory and the kind of actor, which every project has."""
        return self.name in OURS

    @property
    def choices(self) -> tuple[str, ...]:
        """The values alone, in order."""
        return tuple(value.text for value in self.values)


def read_attributes(connection: sa.Connection) -> list[Attribute]:
    """Territory, kind of actor, then the others: in the project's order, then by name."""
    known = {row.name: row for row in connection.execute(sa.select(attributes).order_by(attributes.c.position))}
    in_documents, in_participants = _used(connection)
    names = dict.fromkeys([*OURS, *known])
    names |= dict.fromkeys(sorted({*in_documents, *in_participants} - set(names), key=natural))
    found = []
    for name in names:
        row = known.get(name)
        kind = Kind(row.kind) if row is not None else Kind.CHOICE if name in OURS else Kind.TEXT
        listed = list(row.choices) if row is not None else []
        of_documents, of_participants = in_documents.get(name, Counter()), in_participants.get(name, Counter())
        others = sorted({*of_documents, *of_participants} - set(listed), key=natural)
        each = tuple(
            Value(text, of_documents[text], of_participants[text], text in listed) for text in [*listed, *others]
        )
        found.append(Attribute(name, kind, each, of_documents.total(), of_participants.total()))
    return found


def _used(connection: sa.Connection) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    of_documents: dict[str, Counter[str]] = {}
    of_participants: dict[str, Counter[str]] = {}
    query = sa.select(documents.c.territory, documents.c.attributes).where(queries.present)
    for territory, own in connection.execute(query):
        _count(of_documents, own, skipped="territory")
        if place := (territory or "").strip():
            of_documents.setdefault("territory", Counter())[place] += 1
    for person in queries.participants_of(connection):
        _count(of_participants, person.attributes)
    return of_documents, of_participants


def _count(into: dict[str, Counter[str]], own: Mapping[str, Any], skipped: str = "") -> None:
    for name in {attribute_key(name) for name in own} - {skipped}:
        if text := own_value(own, name):
            into.setdefault(name, Counter())[text] += 1


def find_attribute(connection: sa.Connection, name: str) -> Attribute:
    """The attribute of that name. Raises NotFound, which lists them."""
    key = attribute_key(normalise(name))
    every = read_attributes(connection)
    for attribute in every:
        if attribute.name == key:
            return attribute
    raise NotFound(
        _("Il n'y a pas d'attribut « {name} » dans le projet.").format(name=name),
        _("Il y a : {names}.").format(names=", ".join(attribute.label for attribute in every)),
    )


_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


def typed(kind: Kind, text: str) -> str:
    """A value as it is kept: a number with its point, a date as in ISO 8601, a text on a line. Raises ImportRefused."""
    text = " ".join(normalise(text).split())
    if not text:
        return ""
    if kind is Kind.NUMBER:
        bare = re.sub(r"(?<=\d)[\s\u202f\u00a0](?=\d{3})", "", text).removesuffix("%").strip()
        if not _NUMBER.fullmatch(bare):
            raise ImportRefused(_("« {text} » n'est pas un nombre.").format(text=text), _("Écrivez-le ainsi : 12,5."))
        return bare.replace(",", ".")
    if kind is Kind.DATE:
        day = read_date(text)
        if day is None:
            raise ImportRefused(
                _("« {date} » n'est pas une date.").format(date=text), _("Écrivez-la ainsi : 05/03/2024.")
            )
        return day.isoformat()
    return text


def kinds_of(connection: sa.Connection) -> dict[str, Kind]:
    """Kind of each attribute that the project describes."""
    rows = connection.execute(sa.select(attributes.c.name, attributes.c.kind))
    return {row.name: Kind(row.kind) for row in rows}


def typed_values(connection: sa.Connection, given: Mapping[str, Any]) -> dict[str, str]:
    """Attributes as they are kept, those without a value left out. Raises ImportRefused."""
    kinds = kinds_of(connection)
    clean = {name: typed(kinds.get(attribute_key(name), Kind.TEXT), str(value or "")) for name, value in given.items()}
    return {name: value for name, value in clean.items() if value}


# -- changing


def describe(
    transaction: Transaction, name: str, kind: Kind | str | None = None, choices: Iterable[str] | None = None
) -> None:
    """Say what an attribute is: its kind, the list of its values in order; one that is new is added. One event.

    Values in use that are left out of the list stay where they are, after it. Under another kind the values that are
    there are written as it wants them. Raises ImportRefused, naming a value that cannot be.
    """
    key = attribute_key(normalise(name))
    if not key:
        raise ImportRefused(_("Un attribut a besoin d'un nom."))
    label = _("attribut « {name} » décrit").format(name=attribute_label(key))
    with transaction.event("attribute.describe", label) as change:
        row = _row(change, key)
        if choices is not None:
            tidied = [typed(Kind(kind or row["kind"]), choice) for choice in choices]
            row["choices"] = list(dict.fromkeys(filter(None, tidied)))
        if kind is not None and Kind(kind) is not Kind(row["kind"]):
            row["kind"] = Kind(kind).value
            _rewrite(change, key, Kind(kind))
        _keep(change, row)


def _row(change: Change, key: str) -> dict[str, Any]:
    row = change.connection.execute(sa.select(attributes).where(attributes.c.name == key)).mappings().first()
    if row is not None:
        return dict(row)
    last = change.connection.execute(sa.select(sa.func.max(attributes.c.position))).scalar()
    kind = Kind.CHOICE if key in OURS else Kind.TEXT
    return {"id": new_id(), "name": key, "kind": kind.value, "choices": [], "position": (last or 0) + 1}


def _keep(change: Change, row: dict[str, Any]) -> None:
    if change.update(attributes, row["id"], **row) is None:
        change.insert(attributes, row)


def _rewrite(change: Change, key: str, kind: Kind) -> None:
    for value in find_values(change.connection, key):
        if (after := typed(kind, value)) != value:
            values.move(change, key, [value], after)


def find_values(connection: sa.Connection, key: str) -> tuple[str, ...]:
    """The values of an attribute in order; none for one that nobody bears."""
    return next((found.choices for found in read_attributes(connection) if found.name == key), ())


def plan_rename(connection: sa.Connection, name: str, old: Sequence[str], new: str) -> ValueMove:
    """What :func:`rename_values` would do. Raises NotFound, ImportRefused."""
    attribute, new = _checked(connection, name, old, new)
    return values.plan_move(connection, attribute.name, old, new)


def rename_values(transaction: Transaction, name: str, old: Sequence[str], new: str) -> ValueMove:
    """One value, or several, become another, everywhere, as one event; under the name of one that is there they are
    joined to it. Raises NotFound, ImportRefused."""
    attribute, new = _checked(transaction.connection, name, old, new)
    planned = values.plan_move(transaction.connection, attribute.name, old, new)
    said = _("{attribute} : « {old} » devient « {new} »").format(
        attribute=attribute.label, old=" », « ".join(planned.old), new=new
    )
    with transaction.event("attribute.rename", said) as change:
        row = _row(change, attribute.name)
        before = list(row["choices"]) or list(attribute.choices if attribute.kind is Kind.CHOICE else ())
        row["choices"] = _renamed(before, old, new)
        if row["choices"]:
            _keep(change, row)
        values.move(change, attribute.name, old, new)
    return planned


def _renamed(listed: list[str], old: Sequence[str], new: str) -> list[str]:
    """The list with the new value where it stood, else where the first of the old ones did."""
    if new in listed:
        return [value for value in listed if value == new or value not in old]
    return list(dict.fromkeys(new if value in old else value for value in listed))


def _checked(connection: sa.Connection, name: str, old: Sequence[str], new: str) -> tuple[Attribute, str]:
    attribute = find_attribute(connection, name)
    for value in old:
        if value not in attribute.choices:
            raise NotFound(
                _("{attribute} : il n'y a pas de valeur « {value} ».").format(attribute=attribute.label, value=value),
                _("Il y a : {names}.").format(names=", ".join(attribute.choices)),
            )
    clean = typed(attribute.kind, new)
    if not clean:
        raise ImportRefused(_("Une valeur a besoin d'un nom."))
    return attribute, clean


def remove_value(transaction: Transaction, name: str, value: str) -> None:
    """Take a value out of the list that nobody bears, as one event. Raises NotFound, ImportRefused."""
    attribute, _same = _checked(transaction.connection, name, [value], value)
    found = next(each for each in attribute.values if each.text == value)
    if found.documents or found.participants:
        raise ImportRefused(
            _("« {value} » est encore portée par {n} documents ou participants.").format(
                value=value, n=found.documents + found.participants
            ),
            _("Renommez-la, ou réunissez-la à une autre."),
        )
    describe(transaction, name, choices=[each.text for each in attribute.values if each.text != value and each.listed])


def remove_attribute(transaction: Transaction, name: str) -> Attribute:
    """Take an attribute away from all that bear it, as one event. Raises NotFound, ImportRefused for ours."""
    attribute = find_attribute(transaction.connection, name)
    if attribute.ours:
        raise ImportRefused(
            _("« {name} » est un attribut de tous les projets : il ne se retire pas.").format(name=attribute.label)
        )
    connection = transaction.connection
    said = _("attribut « {name} » retiré").format(name=attribute.label)
    with transaction.event("attribute.remove", said) as change:
        for table in (documents, participants):
            bearers = {}
            for row in connection.execute(sa.select(table.c.id, table.c.attributes)):
                names = bearing_names(row.attributes, attribute.name)
                if names:
                    kept = {key: value for key, value in row.attributes.items() if key not in names}
                    bearers[row.id] = {"attributes": kept}
            change.update_many(table, bearers)
        found = connection.execute(sa.select(attributes.c.id).where(attributes.c.name == attribute.name)).scalar()
        if found is not None:
            change.delete(attributes, found)
    return attribute
