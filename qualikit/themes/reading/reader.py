"""What queries are answered from: every coding in sight, as arrays, at one state of the project."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import sqlalchemy as sa

from qualikit.coding.model import Codebook, Origin
from qualikit.coding.queries import codebook
from qualikit.coding.tables import codings, memos
from qualikit.corpus.model import Role
from qualikit.corpus.queries import current_versions, present
from qualikit.corpus.tables import documents, participants, turns
from qualikit.store import Store, coders
from qualikit.themes.facts import Facts, read_facts
from qualikit.themes.reading.relations import Places
from qualikit.themes.tables import verbatims

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Reader:
    """The codings of every coder in the current texts, with what a query may ask of them.

    ``facts`` number them; ``dates`` are those of ``facts.documents`` (ISO 8601, or None); ``names`` is what an id of a
    code, a document or a person stands for. ``memos``: coders by coding; ``chosen``: codings that are verbatims.
    """

    facts: Facts
    places: Places
    dates: Sequence[str | None]
    origins: Mapping[Origin, Ints]
    memos: Mapping[str, frozenset[str]]
    chosen: frozenset[str]
    names: Mapping[str, str]
    others: Mapping[str, str]
    """Names, by id, of those who speak and do not count: moderators, observers."""

    @property
    def codebook(self) -> Codebook:
        return self.facts.codebook

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The place of each coding by its id."""
        return {id: number for number, id in enumerate(self.facts.coding_ids)}

    def mask(self, ids: Sequence[str] | frozenset[str]) -> Mask:
        """True for the codings of these ids."""
        import numpy as np

        found = np.zeros(len(self.facts.coding_ids), dtype=np.bool_)
        known = self.number_of
        found[[known[id] for id in ids if id in known]] = True
        return found

    def any_unit(self, of_voice: Mask, of_document: Mask) -> Mask:
        """True for a coding one of whose voices is; where no voice says it, whose document is."""
        import numpy as np

        facts = self.facts
        found = np.zeros(len(facts.coding_ids), dtype=np.bool_)
        voiced = facts.unit_voice >= 0
        found[facts.unit_coding[voiced][of_voice[facts.unit_voice[voiced]]]] = True
        silent = facts.unit_coding[~voiced]
        found[silent] = of_document[facts.document[silent]]
        return found

    def of_voices(self, test: Callable[[int, int], bool]) -> Mask:
        """What a test says of each voice: of its document and its person, by their places."""
        import numpy as np

        pairs = zip(self.facts.voice_document.tolist(), self.facts.voice_person.tolist(), strict=True)
        return np.fromiter((test(document, person) for document, person in pairs), dtype=np.bool_)


_kept: WeakKeyDictionary[Store, tuple[int, Reader]] = WeakKeyDictionary()
_lock = threading.Lock()


def reader_of(store: Store) -> Reader:
    """What is coded in a project as it is now; kept until the project changes, for all who read it."""
    revision = store.revision()
    with _lock:
        known = _kept.get(store)
    if known is not None and known[0] == revision:
        return known[1]
    with store.read() as connection:
        made = read(connection, codebook(connection))
    with _lock:
        _kept[store] = (revision, made)
    return made


def read(connection: sa.Connection, book: Codebook) -> Reader:
    """Everything that is coded, by whoever it is."""
    import numpy as np

    facts = read_facts(connection, book)
    about = {
        row.id: row
        for row in connection.execute(
            sa.select(documents.c.id, documents.c.date, current_versions.c.id.label("version"))
            .join(current_versions, current_versions.c.document_id == documents.c.id)
            .where(present)
        )
    }
    place = {about[source.id].version: number for number, source in enumerate(facts.documents)}
    number = {id: number for number, id in enumerate(facts.coding_ids)}
    origins: dict[Origin, Ints] = {}
    for origin in Origin:
        if origin is not Origin.HAND:  # most are: found by what they are not
            ids = connection.execute(sa.select(codings.c.id).where(codings.c.origin == origin.value)).scalars()
            origins[origin] = np.array([number[id] for id in ids if id in number], dtype=np.int64)
    noted: dict[str, set[str]] = {}
    query = (sa.select(memos.c.target_id, coders.c.name).join(coders, coders.c.id == memos.c.coder_id)).where(
        memos.c.target_kind == "coding"
    )
    for target, coder in connection.execute(query):
        noted.setdefault(target, set()).add(coder)
    others = connection.execute(
        sa.select(participants.c.id, participants.c.name).where(participants.c.role != Role.PARTICIPANT.value)
    )
    return Reader(
        facts=facts,
        places=Places(facts.document, facts.start, facts.stop, *_turns(connection, place, facts)),
        dates=[about[source.id].date for source in facts.documents],
        origins=origins,
        memos={target: frozenset(names) for target, names in noted.items()},
        chosen=frozenset(connection.execute(sa.select(verbatims.c.id)).scalars()),
        names={
            **{code.id: code.name for code in book},
            **{source.id: source.title for source in facts.documents},
            **{person.id: person.name for person in facts.people},
        },
        others={row.id: row.name for row in others},
    )


def _turns(connection: sa.Connection, place: Mapping[str, int], facts: Facts) -> tuple[Ints, Ints]:
    """The first and the last turn that each coding touches, numbered in its document from 0."""
    import numpy as np

    # One row a document, its turns in one text: a third of the time that a row a turn takes.
    turn = sa.cast(turns.c.start, sa.Text) + "," + sa.cast(turns.c.stop, sa.Text)
    query = sa.select(turns.c.text_version_id, sa.func.count(), sa.func.aggregate_strings(turn, ",")).group_by(
        turns.c.text_version_id
    )
    rows = [row for row in connection.execute(query) if row[0] in place]
    document = np.repeat(
        np.array([place[row[0]] for row in rows], dtype=np.int64), np.array([row[1] for row in rows], dtype=np.int64)
    )
    bounds = np.array(",".join(row[2] for row in rows).split(",") if rows else [], dtype=np.int64)
    start, stop = bounds[0::2], bounds[1::2]
    order = np.lexsort((start, document))
    document, start, stop = document[order], start[order], stop[order]
    length = int(max(facts.stop.max(initial=0), stop.max(initial=0))) + 1
    base = np.searchsorted(document, facts.document, side="left")
    first = np.searchsorted(document * length + stop, facts.document * length + facts.start, side="right")
    after = np.searchsorted(document * length + start, facts.document * length + facts.stop, side="left")
    return first - base, after - 1 - base
