"""Participants over all documents: who they are, and where, under which labels, how much they speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.model import Document, Participant, Role
from qualikit.corpus.naming import own_value
from qualikit.corpus.speaking import Said, read_speech
from qualikit.corpus.tables import participants
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.text import natural


@dataclass(frozen=True)
class Place:
    """One document in which somebody speaks: the labels that lead to them there, turns, words; the territory and the
    kind of actor that they have there, their own or else the document's."""

    document_id: str
    title: str
    territory: str
    actor: str
    labels: tuple[str, ...]
    turns: int
    words: int


@dataclass(frozen=True)
class Person:
    """A participant with every document in which they speak, in the order of the titles."""

    participant: Participant
    places: tuple[Place, ...]

    @property
    def id(self) -> str:
        return self.participant.id

    @property
    def name(self) -> str:
        return self.participant.name

    @property
    def role(self) -> Role:
        return self.participant.role

    @property
    def attributes(self) -> Mapping[str, str]:
        return self.participant.attributes

    @property
    def turns(self) -> int:
        return sum(place.turns for place in self.places)

    @property
    def words(self) -> int:
        return sum(place.words for place in self.places)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every label that leads to them."""
        return tuple(dict.fromkeys(label for place in self.places for label in place.labels))

    @property
    def territories(self) -> tuple[str, ...]:
        """Where they count: their own territory, or those of their documents."""
        return tuple(dict.fromkeys(place.territory for place in self.places if place.territory))

    @property
    def actors(self) -> tuple[str, ...]:
        """As what they count: their own kind of actor, or those of their documents."""
        return tuple(dict.fromkeys(place.actor for place in self.places if place.actor))


def read_people(connection: sa.Connection) -> list[Person]:
    """All who speak in the documents that are there, by name, « P2 » before « P10 »."""
    homes = {row.id: queries.document_from(row) for row in connection.execute(queries.select_documents())}
    places: dict[str, list[tuple[str, Said]]] = {}
    for document, heard in read_speech(connection).items():
        for participant_id, said in heard.items():
            places.setdefault(participant_id, []).append((document, said))
    people = []
    for row in connection.execute(sa.select(participants)):
        if row.id not in places:
            continue
        one = queries.participant_from(row)
        theirs = [_place(one, homes[document], said) for document, said in places[one.id]]
        people.append(Person(one, tuple(sorted(theirs, key=lambda place: natural(place.title)))))
    return sorted(people, key=lambda person: (natural(person.name), person.places[0].title if person.places else ""))


def _place(participant: Participant, home: Document, said: Said) -> Place:
    own = participant.attributes
    return Place(
        home.id,
        home.title,
        own_value(own, "territory") or (home.territory or "").strip(),
        own_value(own, "actor") or own_value(home.attributes, "actor"),
        said.labels,
        said.turns,
        said.words,
    )


def find_person(people: Sequence[Person], name: str, document: str | None = None) -> Person:
    """The one of that id, name or label; ``document``, a title or an id, tells namesakes apart. Raises NotFound."""

    def there(person: Person) -> list[Place]:
        return [place for place in person.places if document is None or document in {place.document_id, place.title}]

    found = [person for person in people if person.id == name]
    found = found or [person for person in people if person.name == name and there(person)]
    found = found or [person for person in people if any(name in place.labels for place in there(person))]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            _("Personne ne s'appelle « {name} ».").format(name=name),
            _("Les noms se lisent sur la page Corpus, ou avec « qualikit participants list »."),
        )
    where = " », « ".join(dict.fromkeys(place.title for person in found for place in person.places[:1]))
    raise NotFound(
        _("{n} personnes s'appellent « {name} ».").format(n=len(found), name=name),
        _("Dites dans quel document : « {titles} ».").format(titles=where),
    )
