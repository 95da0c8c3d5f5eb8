"""The corpus of one territory: which documents, who was heard, how much was said, who was not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.corpus.composition import actor_label, read_composition
from qualikit.corpus.model import Document, Role, SourceKind
from qualikit.corpus.people import read_people
from qualikit.corpus.queries import summaries
from qualikit.text import natural


@dataclass(frozen=True)
class Held:
    """One document: words of its whole text, people who count in it and in the territory, and their words."""

    document: Document
    words: int
    people: int
    said: int


@dataclass(frozen=True)
class Context:
    """``held``: the territory's documents, and those of elsewhere in which its people speak, by kind and title.
    ``heard``: kind of actor → people, each once in each. ``unheard``: kinds of actor heard elsewhere only."""

    territory: str
    held: tuple[Held, ...]
    people: int
    heard: tuple[tuple[str, int], ...]
    unheard: tuple[str, ...]
    unplaced: int
    """Documents of the project that have no territory."""

    @property
    def words(self) -> int:
        return sum(each.words for each in self.held)

    @property
    def said(self) -> int:
        """Words said by the people who count."""
        return sum(each.said for each in self.held)


def read_context(connection: sa.Connection, territory: str) -> Context:
    """What the territory's figures are out of."""
    everyone = [person for person in read_people(connection) if person.role is Role.PARTICIPANT]
    voices: Counter[str] = Counter()
    said: Counter[str] = Counter()
    actors: dict[str, set[str]] = {}
    there = set()
    for person in everyone:
        for place in person.places:
            if place.territory == territory:
                there.add(person.id)
                voices[place.document_id] += 1
                said[place.document_id] += place.words
                actors.setdefault(place.actor, set()).add(person.id)
    found = summaries(connection)
    kinds = list(SourceKind)
    held = [
        Held(each.document, each.words, voices[each.document.id], said[each.document.id])
        for each in found
        if (each.document.territory or "").strip() == territory or voices[each.document.id]
    ]
    elsewhere = {actor for actor, where in read_composition(connection).unheard if where == territory}
    return Context(
        territory,
        tuple(sorted(held, key=lambda one: (kinds.index(one.document.source_kind), natural(one.document.title)))),
        len(there),
        tuple(sorted(((actor_label(actor), len(ids)) for actor, ids in actors.items()), key=lambda pair: -pair[1])),
        tuple(sorted(elsewhere, key=natural)),
        sum(not (each.document.territory or "").strip() for each in found),
    )
