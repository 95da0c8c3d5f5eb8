"""What a query is narrowed to besides its codes, each condition as a mask over the codings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualikit.coding.model import Origin
from qualikit.coding.names import nearest
from qualikit.corpus.model import attribute_label
from qualikit.corpus.naming import own_value
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.text import fold
from qualikit.themes.dimensions import Person, Source, territory_of
from qualikit.themes.reading.query import Query
from qualikit.themes.reading.reader import Reader
from qualikit.themes.reading.sentence import called

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Speech:
    """Who could have said it, under the conditions on where and by whom: voices, and documents' own words."""

    voices: Mask
    documents: Mask


def speech(reader: Reader, query: Query) -> Iterator[tuple[str, Speech]]:
    """The conditions on where something is said and by whom, one by one. Raises NotFound for a name that nothing in
    the project bears."""
    import numpy as np

    facts = reader.facts
    people: list[Person] = facts.people

    def valued(name: str, wanted: Sequence[str], value: Callable[[Source, Person | None], str], unknown: str) -> Speech:
        asked = set(map(fold, wanted))
        own = np.array([fold(value(document, None)) in asked for document in facts.documents], dtype=np.bool_)
        voices = reader.of_voices(lambda d, p: fold(value(facts.documents[d], people[p])) in asked)
        if not voices.any() and not own.any():
            described = [value(document, None) for document in facts.documents]
            described += [own_value(person.attributes, name) for person in people]
            _refuse_unknown([each for each in wanted if each], described, unknown)
        return Speech(voices, own)

    def of_documents(mask: Iterable[bool]) -> Speech:
        own = np.fromiter(mask, dtype=np.bool_, count=len(facts.documents))
        return Speech(own[facts.voice_document], own)

    if query.territories:
        unknown = _("Rien n'a pour territoire « {name} ».")
        yield "territories", valued("territory", query.territories, _stripped(territory_of), unknown)
    if query.sources:
        yield "sources", of_documents(source.kind in query.sources for source in facts.documents)
    if query.documents:
        wanted = {*query.documents, *map(fold, query.documents)}
        titles = [source.title for source in facts.documents] + [source.id for source in facts.documents]
        _refuse_unknown(query.documents, titles, _("Il n'y a pas de document nommé « {name} » dans le projet."))
        yield "documents", of_documents(s.id in wanted or fold(s.title) in wanted for s in facts.documents)
    if query.said_from or query.said_until:
        first, last = (str(each) if each else "" for each in (query.said_from, query.said_until))
        yield (
            "dates",
            of_documents(
                bool(date) and first <= str(date) and (not last or str(date) <= last) for date in reader.dates
            ),
        )
    if query.actors:
        unknown = _("Personne n'a pour type d'acteur « {name} ».")
        yield "actors", valued("actor", query.actors, _attribute("actor"), unknown)
    if query.participants:
        wanted = {*query.participants, *map(fold, query.participants)}
        known = [name for person in people for name in (person.name, person.id)]
        _refuse_unknown(query.participants, known, _("Aucun participant ne se nomme « {name} »."))
        said = reader.of_voices(lambda _d, p: people[p].id in wanted or fold(people[p].name) in wanted)
        yield "participants", Speech(said, np.zeros(len(facts.documents), dtype=np.bool_))
    for number, (name, values) in enumerate(query.attributes):
        unknown = _("Rien n'a « {{name}} » pour {attribute}.").format(attribute=attribute_label(name))
        yield f"attributes {number}", valued(name, values, _attribute(name), unknown)


def _stripped(value: Callable[[Source, Person | None], str]) -> Callable[[Source, Person | None], str]:
    return lambda document, person: value(document, person).strip()


def _attribute(name: str) -> Callable[[Source, Person | None], str]:
    def value(document: Source, person: Person | None) -> str:
        return (own_value(person.attributes, name) if person else "") or own_value(document.attributes, name)

    return value


def pool(reader: Reader, query: Query, me: str) -> Mask:
    """The codings that are read at all: one's own, those of the coders named, or everybody's. Raises NotFound."""
    import numpy as np

    facts = reader.facts
    if query.everyone and not query.coders:
        return np.ones(len(facts.coding_ids), dtype=np.bool_)
    named = query.coders or (me,)
    if query.coders:
        _refuse_unknown(query.coders, [*facts.coders, me], _("Personne ne code sous le nom « {name} »."))
    wanted = set(map(fold, named))
    by = np.array([fold(name) in wanted for name in facts.coders], dtype=np.bool_)
    return by[facts.coder] if len(by) else np.zeros(0, dtype=np.bool_)


def marks(reader: Reader, query: Query, me: str) -> Iterator[tuple[str, Mask]]:
    """The conditions on the codings themselves, one by one. A memo counts when its writer's codings are read."""
    import numpy as np

    n = len(reader.facts.coding_ids)
    if query.origins:
        found = np.zeros(n, dtype=np.bool_)
        for origin, places in reader.origins.items():
            if origin in query.origins:
                found[places] = True
        if Origin.HAND in query.origins:
            other = np.zeros(n, dtype=np.bool_)
            for places in reader.origins.values():
                other[places] = True
            found |= ~other
        yield "origins", found
    if query.memo is not None:
        readable = set(map(fold, query.coders or (me,)))
        noted = reader.mask(
            frozenset(
                id
                for id, writers in reader.memos.items()
                if (query.everyone and not query.coders) or any(fold(writer) in readable for writer in writers)
            )
        )
        yield "memo", noted if query.memo else ~noted
    if query.verbatim is not None:
        chosen = reader.mask(reader.chosen)
        yield "verbatim", chosen if query.verbatim else ~chosen


def _refuse_unknown(asked: Sequence[str], known: Iterable[str], what: str) -> None:
    names = [name for name in known if name]
    folded = {*names, *map(fold, names)}
    for name in asked:
        if name not in folded and fold(name) not in folded:
            near = nearest(name, names)
            raise NotFound(
                what.replace("{name}", called(name, {})[:80]),
                _("Vouliez-vous dire « {near} » ?").format(near=near) if near else "",
            )
