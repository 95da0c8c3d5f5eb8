"""The attributes and the people of a corpus as services: read, changed, brought in from sheets and written to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from qualikit.corpus import attributes, merging, people
from qualikit.corpus.attributes import Attribute, Kind
from qualikit.corpus.merging import MergePlan
from qualikit.corpus.model import Role
from qualikit.corpus.people import Person
from qualikit.corpus.sheet_plan import About, SheetPlan
from qualikit.corpus.values import ValueMove
from qualikit.store import Store, set_preference

if TYPE_CHECKING:
    from qualikit.corpus.alike import Alike
    from qualikit.corpus.sheet_writing import AttributeReport

APART = "people_apart"
"""Preference: keys of the proposals that this coder refused."""


class Attributes:
    """What documents and participants are described by. Attributes are named as the interface or as the code does."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    def all(self) -> list[Attribute]:
        """Every attribute with its kind, its values in order and how many bear them."""
        with self._store.read() as connection:
            return attributes.read_attributes(connection)

    def get(self, name: str) -> Attribute:
        """The attribute of that name. Raises NotFound."""
        with self._store.read() as connection:
            return attributes.find_attribute(connection, name)

    def describe(self, name: str, *, kind: Kind | str | None = None, choices: Iterable[str] | None = None) -> Attribute:
        """Say what an attribute is, its kind and the values it lists, in order; one that is new is added.

        Raises ImportRefused where a value that is there cannot be of that kind.
        """
        with self._store.write(self._coder) as transaction:
            attributes.describe(transaction, name, kind, choices)
        return self.get(name)

    def plan_rename(self, name: str, old: str | Sequence[str], new: str) -> ValueMove:
        """What :meth:`rename` would change. Raises NotFound, ImportRefused."""
        with self._store.read() as connection:
            return attributes.plan_rename(connection, name, _several(old), new)

    def rename(self, name: str, old: str | Sequence[str], new: str) -> ValueMove:
        """Rename a value everywhere, or join several to one: documents, participants, what is written about them.

        One event. Raises NotFound, ImportRefused.
        """
        with self._store.write(self._coder) as transaction:
            return attributes.rename_values(transaction, name, _several(old), new)

    def remove_value(self, name: str, value: str) -> None:
        """Take a value that nobody bears out of the list. Raises NotFound, ImportRefused."""
        with self._store.write(self._coder) as transaction:
            attributes.remove_value(transaction, name, value)

    def remove(self, name: str) -> Attribute:
        """Take an attribute away from all that bear it. Raises NotFound, ImportRefused."""
        with self._store.write(self._coder) as transaction:
            return attributes.remove_attribute(transaction, name)

    def plan(self, path: str | Path) -> SheetPlan:
        """What reading a sheet would do, with what each row is proposed for; nothing is written. Raises SheetError."""
        from qualikit.corpus.sheet_reading import plan_sheet

        with self._store.read() as connection:
            return plan_sheet(connection, Path(path))

    def apply(self, plan: SheetPlan) -> AttributeReport:
        """Write what the ready rows of a plan say, as one event."""
        from qualikit.corpus.sheet_writing import apply_plan

        with self._store.write(self._coder) as transaction:
            return apply_plan(transaction, plan)

    def export(self, path: str | Path, about: About | str = About.DOCUMENTS) -> int:
        """Write the attributes of documents or participants as the sheet that :meth:`plan` reads (``.xlsx``, ``.csv``);
        how many rows. Raises SheetError, OSError."""
        from qualikit.corpus.sheet_writing import export_sheet

        with self._store.read() as connection:
            return export_sheet(connection, Path(path), About(about))


def _several(values: str | Sequence[str]) -> list[str]:
    return [values] if isinstance(values, str) else list(values)


class People:
    """Participants over all documents. They are named by id, name or label, with a document where namesakes are."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    def all(self) -> list[Person]:
        """All who speak, by name, each with the documents, labels, turns and words."""
        with self._store.read() as connection:
            return people.read_people(connection)

    def find(self, name: str, document: str | None = None) -> Person:
        """The one of that id, name or label. Raises NotFound where there is none, or more than one."""
        return people.find_person(self.all(), name, document)

    def plan_merge(
        self, those: str | Person | Iterable[str | Person], *, into: str | Person | None = None, name: str | None = None
    ) -> MergePlan:
        """What :meth:`merge` would do: who stays, what is said differently of them. Raises NotFound, ImportRefused."""
        with self._store.read() as connection:
            every = people.read_people(connection)
            found = [_one(every, one) for one in _each(those)]
            kept = _one(every, into) if into is not None else None
            return merging.plan_merge(connection, [*found, *([kept] if kept else [])], kept, name)

    def merge(
        self, those: str | Person | Iterable[str | Person], *, into: str | Person | None = None, name: str | None = None
    ) -> MergePlan:
        """Make several people one, in all documents and all their texts. One event. Raises NotFound, ImportRefused."""
        plan = self.plan_merge(those, into=into, name=name)
        with self._store.write(self._coder) as transaction:
            merging.merge(transaction, plan)
        return plan

    def split(
        self,
        person: str | Person,
        documents: str | Iterable[str],
        *,
        labels: Sequence[str] | None = None,
        name: str | None = None,
    ) -> Person:
        """Make of what somebody says in some documents (ids or titles), under some labels or all, another person.

        One event. Raises NotFound, ImportRefused.
        """
        found = _one(self.all(), person)
        wanted = {documents} if isinstance(documents, str) else set(documents)
        ids = [place.document_id for place in found.places if {place.document_id, place.title} & wanted]
        with self._store.write(self._coder) as transaction:
            made = merging.split(transaction, found, ids, labels, name)
        return self.find(made)

    def describe(
        self,
        those: str | Person | Iterable[str | Person],
        *,
        name: str | None = None,
        role: Role | str | None = None,
        attributes: Mapping[str, str] | None = None,
    ) -> int:
        """Set the role, or some attributes, of many people at once; an empty value takes it away, the others stay.

        How many people changed. One event. Raises NotFound, ImportRefused.
        """
        every = self.all()
        ids = [_one(every, one).id for one in _each(those)]
        with self._store.write(self._coder) as transaction:
            return merging.describe_people(transaction, ids, role, attributes, name)

    def alike(self) -> list[Alike]:
        """People of several documents who may be one, the surest first, but those that this coder said are not."""
        from qualikit.corpus.alike import alike

        return alike(self.all(), self._store.preference(self._coder, APART, []))

    def keep_apart(self, proposal: Alike) -> None:
        """Propose these as one no more; for this coder, and not an event."""
        known = self._store.preference(self._coder, APART, [])
        with self._store.write(self._coder) as transaction:
            set_preference(transaction, APART, sorted({*known, proposal.key}))


def _each(those: str | Person | Iterable[str | Person]) -> list[str | Person]:
    """One name alone is that one, not its letters."""
    return [those] if isinstance(those, str | Person) else list(those)


def _one(every: Sequence[Person], one: str | Person) -> Person:
    return one if isinstance(one, Person) else people.find_person(every, one)
