"""How people are called in what is handed in: by their pseudonyms, or by a number and what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.corpus.correction import Reason
from qualikit.corpus.model import Role, role_label, source_kind_label
from qualikit.corpus.people import Person, read_people
from qualikit.corpus.tables import text_versions
from qualikit.i18n import _
from qualikit.themes.model import Passage


@dataclass(frozen=True)
class Names:
    """``named``: under the names that the project has; else each person is a number, the same as long as nobody who
    came before leaves, with their kind of actor; a document is its kind of source and its territory."""

    named: bool
    labels: Mapping[str, str]
    """Id of a participant → what they are called; empty where they have their names."""
    speaking: Mapping[tuple[str, str], str]
    """Id of a document and name of somebody who speaks in it → their id: a passage holds names, and two people of two
    documents may have one."""

    def person(self, id: str, name: str) -> str:
        """What somebody is called."""
        return name if self.named else self.labels.get(id, "")

    def speakers(self, passage: Passage) -> str:
        if self.named:
            return passage.speaker or ""
        ids = (self.speaking.get((passage.document_id, name), "") for name in passage.speakers)
        return ", ".join(dict.fromkeys(self.labels[id] for id in ids if id in self.labels))

    def document(self, passage: Passage) -> str:
        if self.named:
            return passage.document
        return ", ".join(part for part in (source_kind_label(passage.source_kind), passage.territory or "") if part)

    def reference(self, passage: Passage) -> str:
        """« Mme Roux, FG Aubagne, tour 12, 14:05 », or « Personne 7 (usager), Focus group, Aubagne, tour 12 »."""
        if self.named:
            return passage.reference
        turn = _("tour {number}").format(number=passage.turn) if passage.turn is not None else ""
        return ", ".join(part for part in (self.speakers(passage), self.document(passage), turn) if part)


def names(connection: sa.Connection, named: bool | None) -> Names:
    """``named`` None: names where pseudonyms were put in the texts, numbers where none ever were."""
    if named is None:
        named = pseudonymised(connection)
    if named:
        return Names(True, {}, {})
    people = read_people(connection)
    speaking = {(place.document_id, person.name): person.id for person in people for place in person.places}
    return Names(False, labels(people), speaking)


def labels(people: Sequence[Person]) -> dict[str, str]:
    """« Personne 7 (usager) » by id, in the order in which people came in; moderators by their role."""
    found = {person.id: role_label(person.role) for person in people if person.role is not Role.PARTICIPANT}
    counted = [person for person in people if person.role is Role.PARTICIPANT]
    for number, person in enumerate(sorted(counted, key=lambda person: person.id), 1):
        actor = ", ".join(person.actors)
        label = _("Personne {n}").format(n=number)
        found[person.id] = f"{label} ({actor})" if actor else label
    return found


def pseudonymised(connection: sa.Connection) -> bool:
    """Whether pseudonyms were put in one of the current texts or an earlier one."""
    query = sa.select(text_versions.c.id).where(text_versions.c.reason == Reason.PSEUDONYMS.value).limit(1)
    return connection.execute(query).first() is not None
