"""What is remembered between searches: which documents are in the index, and who speaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.model import Document, Participant
from qualikit.corpus.search.indexing import IndexProgress, bring_up_to_date, is_current, kind
from qualikit.corpus.tables import participants, turns
from qualikit.store import Store, events
from qualikit.store import search as index
from qualikit.store.search import indexed_texts


@dataclass(frozen=True)
class Indexed:
    """A document that can be searched: its slot in the index and its current text version."""

    slot: int
    document: Document
    version_id: str


class Shelf:
    """One state of the project and of its index."""

    def __init__(self, connection: sa.Connection, state: tuple[str, int]) -> None:
        self.state = state
        slots = {
            document_id: (slot, version)
            for slot, document_id, version in connection.execute(
                sa.select(indexed_texts.c.slot, indexed_texts.c.document_id, indexed_texts.c.text_version_id)
            )
        }
        described = (queries.document_from(row) for row in connection.execute(queries.select_documents()))
        self.documents = [
            Indexed(slots[document.id][0], document, slots[document.id][1])
            for document in described
            if document.id in slots and slots[document.id][1] == document.text_version_id
        ]
        """In the order of their titles."""
        people = (queries.participant_from(row) for row in connection.execute(sa.select(participants)))
        self.people: Mapping[str, Participant] = {person.id: person for person in people}
        self.allowed: dict[tuple[Any, ...], Mapping[int, frozenset[str | None] | None]] = {}
        """What searches were narrowed to, worked out once: see ``narrowing.whose_words_count``."""
        self._speakers: dict[str, set[str]] | None = None

    @cached_property
    def by_slot(self) -> Mapping[int, Indexed]:
        return {each.slot: each for each in self.documents}

    def speakers(self, connection: sa.Connection) -> Mapping[str, set[str]]:
        """Who speaks (ids) in each text version."""
        if self._speakers is None:
            found: dict[str, set[str]] = {}
            query = sa.select(turns.c.text_version_id, turns.c.participant_id).distinct()
            for version, person in connection.execute(query.where(turns.c.participant_id.is_not(None))):
                found.setdefault(version, set()).add(person)
            self._speakers = found
        return self._speakers


class _Memory:
    """What one open project remembers."""

    def __init__(self) -> None:
        self.shelf: Shelf | None = None


_memories: WeakKeyDictionary[Store, _Memory] = WeakKeyDictionary()


@dataclass(frozen=True)
class Desk:
    """One reading of the project, its index up to date."""

    connection: sa.Connection
    shelf: Shelf


@contextmanager
def reading(store: Store, progress: IndexProgress | None = None) -> Iterator[Desk]:
    """A reading of one state, in which the index is what the texts are; it is brought up to date first. When that is
    stopped, and when others do not cease to bring texts in, what is in the index is what is read."""
    memory = _memories.setdefault(store, _Memory())
    patience = 5
    while True:
        with store.read() as connection:
            desk = _desk(connection, memory, anyhow=not patience)
            if desk is not None:
                yield desk
                return
        patience = patience - 1 if bring_up_to_date(store, progress) else 0


def _desk(connection: sa.Connection, memory: _Memory, *, anyhow: bool) -> Desk | None:
    state = _state(connection)
    if state is None:
        return None
    shelf = memory.shelf
    if shelf is None or shelf.state != state:
        whole = is_current(connection)
        if not whole and not anyhow:
            return None
        shelf = Shelf(connection, state)
        if whole:
            memory.shelf = shelf
    return Desk(connection, shelf)


def _state(connection: sa.Connection) -> tuple[str, int] | None:
    generation = index.generation(connection, kind())
    if generation is None:
        return None
    last = connection.execute(sa.select(sa.func.coalesce(sa.func.max(events.c.seq), 0))).scalar_one()
    return generation, int(last)
