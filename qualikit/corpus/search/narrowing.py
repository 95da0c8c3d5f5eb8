"""What a search is narrowed to: some documents, some people, some stretches of the texts."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypedDict

from qualikit.corpus.model import Participant, Role, SourceKind
from qualikit.corpus.search.shelf import Desk, Indexed, Shelf
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.text import fold

folded = lru_cache(maxsize=50_000)(fold)  # names come back at every search

Allowed = Mapping[int, frozenset[str | None] | None]
"""The documents that count, by slot, each with those whose words do (ids; None: what nobody says); None: all of it."""


class Stretches:
    """Stretches of texts, by text version: ``[start, stop)`` in code points. Those that meet are one."""

    def __init__(self, spans: Mapping[str, Sequence[tuple[int, int]]]) -> None:
        self._spans = spans
        self._made: dict[str, Stretch] = {}

    def __contains__(self, version_id: str) -> bool:
        return version_id in self._spans

    def of(self, version_id: str) -> Stretch:
        """Those of one text."""
        if version_id not in self._made:
            self._made[version_id] = Stretch(self._spans.get(version_id, ()))
        return self._made[version_id]


class Stretch:
    """The stretches of one text, sorted and apart."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[tuple[int, int]] = []
        for start, stop in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
            else:
                merged.append((start, stop))
        self._merged = merged

    def touch(self, start: int, stop: int) -> bool:
        """True where one of them has a character of ``[start, stop)``."""
        place = bisect_left(self._merged, (stop, -1))
        return place > 0 and self._merged[place - 1][1] > start

    def hold(self, start: int, stop: int) -> bool:
        """True where one of them has all of ``[start, stop)``."""
        place = bisect_right(self._merged, (start, float("inf")))
        return place > 0 and self._merged[place - 1][1] >= stop


@dataclass(frozen=True)
class Narrowing:
    """Every part that is empty narrows nothing. Names are compared without case and accents.

    A participant's own territory and kind of actor win over the document's. ``documents``: ids or titles;
    ``participants``: ids or names. ``within``: only hits inside these stretches; ``outside``: only those that touch
    none of them.
    """

    territories: tuple[str, ...] = ()
    sources: tuple[SourceKind, ...] = ()
    actors: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    moderators: bool = True
    """False: without what moderators and observers say."""
    within: Stretches | None = None
    outside: Stretches | None = None


Names = str | Iterable[str] | None
"""One name, several, or none."""


class Filters(TypedDict, total=False):
    """What a search may be narrowed to, as it is asked for; see :class:`Narrowing`."""

    territory: Names
    source: Names
    actor: Names
    participant: Names
    document: Names
    moderators: bool
    within: Mapping[str, Sequence[tuple[int, int]]] | None
    outside: Mapping[str, Sequence[tuple[int, int]]] | None


def narrowing(filters: Filters) -> Narrowing:
    """The filters as a value. Raises ImportRefused for a kind of source that there is not."""
    from qualikit.corpus.naming import source_kind

    within, outside = filters.get("within"), filters.get("outside")
    return Narrowing(
        territories=several(filters.get("territory")),
        sources=tuple(source_kind(name) for name in several(filters.get("source"))),
        actors=several(filters.get("actor")),
        participants=several(filters.get("participant")),
        documents=several(filters.get("document")),
        moderators=filters.get("moderators", True),
        within=None if within is None else Stretches(within),
        outside=None if outside is None else Stretches(outside),
    )


def several(names: Names) -> tuple[str, ...]:
    """The names as a tuple."""
    return () if names is None else (names,) if isinstance(names, str) else tuple(names)


def whose_words_count(desk: Desk, narrowing: Narrowing) -> Allowed:
    """The documents, and in them the people, that a search is narrowed to. Raises NotFound for a name that nothing in
    the corpus bears."""
    key = (
        narrowing.territories,
        narrowing.sources,
        narrowing.actors,
        narrowing.participants,
        narrowing.documents,
        narrowing.moderators,
    )
    kept = desk.shelf.allowed
    if key not in kept:
        if len(kept) > 32:
            kept.clear()
        kept[key] = _allowed(desk, narrowing)
    within = narrowing.within
    if within is None:
        return kept[key]
    by_slot = desk.shelf.by_slot
    return {slot: people for slot, people in kept[key].items() if by_slot[slot].version_id in within}


def _allowed(desk: Desk, narrowing: Narrowing) -> Allowed:
    shelf = desk.shelf
    documents = _documents(shelf.documents, narrowing)
    if not (narrowing.territories or narrowing.actors or narrowing.participants) and narrowing.moderators:
        return {each.slot: None for each in documents}
    named = _named(shelf.people, narrowing.participants)
    territories, actors = set(map(folded, narrowing.territories)), set(map(folded, narrowing.actors))
    speakers = shelf.speakers(desk.connection)

    def counts(each: Indexed, person: Participant | None) -> bool:
        if not narrowing.moderators and person is not None and person.role is not Role.PARTICIPANT:
            return False
        own = person.attributes if person is not None else {}
        return (not territories or folded(own.get("territory") or each.document.territory or "") in territories) and (
            not actors or folded(own.get("actor") or each.document.attributes.get("actor") or "") in actors
        )

    found: dict[int, frozenset[str | None] | None] = {}
    for each in documents:
        everybody: set[str | None] = {None, *speakers.get(each.version_id, ())}
        some = everybody if named is None else everybody & named
        people = frozenset(id for id in some if counts(each, shelf.people.get(id) if id else None))
        if people:
            found[each.slot] = None if people == everybody else people
    if not found:
        _refuse_unknown(narrowing.territories, _values(shelf, "territory"), _("Rien n'a pour territoire « {name} »."))
        _refuse_unknown(narrowing.actors, _values(shelf, "actor"), _("Personne n'a pour type d'acteur « {name} »."))
    return found


def _values(shelf: Shelf, name: str) -> set[str]:
    """The values of an attribute of documents and people, as they are compared."""
    described = [person.attributes for person in shelf.people.values()]
    described += [{"territory": each.document.territory or "", **each.document.attributes} for each in shelf.documents]
    return {folded(values.get(name) or "") for values in described}


def _documents(documents: Sequence[Indexed], narrowing: Narrowing) -> list[Indexed]:
    titles = set(map(folded, narrowing.documents))
    if titles:
        known = {name for each in documents for name in (folded(each.document.title), folded(each.document.id))}
        _refuse_unknown(narrowing.documents, known, _("Il n'y a pas de document nommé « {name} » dans le projet."))
    return [
        each
        for each in documents
        if (not narrowing.sources or each.document.source_kind in narrowing.sources)
        and (not titles or folded(each.document.title) in titles or each.document.id in narrowing.documents)
    ]


def _named(people: Mapping[str, Participant], names: Sequence[str]) -> set[str | None] | None:
    if not names:
        return None
    wanted = set(map(folded, names))
    found = {id for id, person in people.items() if id in names or folded(person.name) in wanted}
    known = {folded(people[id].name) for id in found} | found
    _refuse_unknown(names, known, _("Personne ne se nomme « {name} » dans le corpus."))
    return {*found}


def _refuse_unknown(names: Sequence[str], known: set[str], what: str) -> None:
    for name in names:
        if folded(name) not in known:
            raise NotFound(what.format(name=name))
