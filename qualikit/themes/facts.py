"""What a matrix is counted from, read once from the tables into arrays.

Strings become numbers on the way in: 50,000 codings against 100,000 turns are then two binary searches, where a loop,
or a join on overlap in SQL, takes seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.coding.model import Codebook
from qualikit.coding.tables import codings
from qualikit.corpus.model import Role
from qualikit.corpus.naming import listed_values
from qualikit.corpus.queries import current_versions, present
from qualikit.corpus.tables import documents, participants, turns
from qualikit.store import coders
from qualikit.text import natural
from qualikit.themes.dimensions import Person, Source

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Facts:
    """Numbers are places in ``documents``, ``people``, ``codebook.codes``, ``coders``.

    A *voice* is one participant in one document where they say something: who could have said it. Moderators and
    observers have none. A *unit* is a coding in one voice; a coding that holds no voice's words has one unit, with
    voice -1. Codings are in the order of the documents, then of the text.
    """

    codebook: Codebook
    documents: list[Source]
    people: list[Person]
    coders: list[str]
    voice_document: Ints
    voice_person: Ints
    coding_ids: list[str]
    document: Ints
    code: Ints
    coder: Ints
    start: Ints
    stop: Ints
    unit_coding: Ints
    unit_voice: Ints
    orders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Dimension → its values as the project lists them."""
    own: NDArray[np.bool_] | None = None
    """The documents whose own words, those that no voice says, are counted; None: all."""

    @cached_property
    def speaker(self) -> Ints:
        """The first of each coding's people in the order of ``people``; -1 where none of them speaks."""
        import numpy as np

        first = np.full(len(self.coding_ids), -1, dtype=np.int64)
        voiced = np.flatnonzero(self.unit_voice >= 0)[::-1]  # backwards: the first one is written last
        first[self.unit_coding[voiced]] = self.voice_person[self.unit_voice[voiced]]
        return first

    @cached_property
    def passages(self) -> Ints:
        """For each coding, the number of its place in the texts: codings of one code that overlap share it."""
        import numpy as np

        order = np.lexsort((self.start, self.document, self.code))
        group = self.code[order] * (len(self.documents) + 1) + self.document[order]
        # Texts laid end to end, so that nothing of one group reaches into the next.
        length = int(self.stop.max(initial=0)) + 1
        start, stop = group * length + self.start[order], group * length + self.stop[order]
        new = np.ones(len(order), dtype=np.int64)
        if len(order) > 1:
            new[1:] = start[1:] >= np.maximum.accumulate(stop)[:-1]
        number = np.empty(len(order), dtype=np.int64)
        number[order] = np.cumsum(new) - 1
        return number


def read_facts(connection: sa.Connection, codebook: Codebook) -> Facts:
    """Everything that counts, of all coders in all documents."""
    import numpy as np

    kept, place = _documents(connection)
    people, voices = read_speech(connection, place)
    rows = _codings(connection)
    code_place = {code.id: number for number, code in enumerate(codebook.codes)}
    document = _places(place, rows[1])
    code = _places(code_place, rows[4])
    start, stop = np.array(rows[2], dtype=np.int64), np.array(rows[3], dtype=np.int64)
    here = np.flatnonzero((document >= 0) & (code >= 0))
    here = here[np.lexsort((stop[here], start[here], document[here]))]
    ids = [rows[0][number] for number in here.tolist()]
    by = [rows[5][number] for number in here.tolist()]
    names = sorted(set(by))
    document, code, start, stop = document[here], code[here], start[here], stop[here]
    voice_document, voice_person, unit_coding, unit_voice = _units(voices, len(people), document, start, stop)
    return Facts(
        codebook=codebook,
        documents=kept,
        people=people,
        coders=names,
        voice_document=voice_document,
        voice_person=voice_person,
        coding_ids=ids,
        document=document,
        code=code,
        coder=_places({name: number for number, name in enumerate(names)}, by),
        start=start,
        stop=stop,
        unit_coding=unit_coding,
        unit_voice=unit_voice,
        orders=listed_values(connection),
    )


def _places(place: dict[str, int], ids: Sequence[str]) -> Ints:
    import numpy as np

    return np.array([place.get(id, -1) for id in ids], dtype=np.int64)


def _columns(connection: sa.Connection, query: sa.Select[Any]) -> list[list[Any]]:
    """What a query gives, column by column; by the thousand, so that few rows are ever alive at once."""
    columns: list[list[Any]] = [[] for _column in query.selected_columns]
    for some in connection.execute(query).partitions(2000):
        for column, values in zip(columns, zip(*some, strict=True), strict=True):
            column.extend(values)
    return columns


def _documents(connection: sa.Connection) -> tuple[list[Source], dict[str, int]]:
    """The documents, in the order of their titles, and the place of each by its current text version."""
    query = (
        sa.select(
            documents.c.id,
            documents.c.title,
            documents.c.source_kind,
            documents.c.territory,
            documents.c.attributes,
            documents.c.date,
            current_versions.c.id.label("version"),
        )
        .join(current_versions, current_versions.c.document_id == documents.c.id)
        .where(present)
    )
    rows = sorted(connection.execute(query), key=lambda row: (natural(row.title), row.id))
    found = [Source(*row[:6]) for row in rows]
    return found, {row.version: number for number, row in enumerate(rows)}


def read_speech(connection: sa.Connection, place: dict[str, int]) -> tuple[list[Person], list[Ints]]:
    """Those who count, and their turns that are not empty, in order: document, person, start and stop of the speech."""
    import numpy as np

    people = [
        Person(*row)
        for row in connection.execute(
            sa.select(participants.c.id, participants.c.name, participants.c.attributes)
            .where(participants.c.role == Role.PARTICIPANT.value)
            .order_by(participants.c.name, participants.c.id)
        )
    ]
    # One row a document, its turns in one text: a third of the time that a row a turn takes.
    turn = (
        turns.c.participant_id
        + ","
        + sa.cast(turns.c.speech_start, sa.Text)
        + ","
        + sa.cast(turns.c.speech_stop, sa.Text)
    )
    query = (
        sa.select(turns.c.text_version_id, sa.func.count(), sa.func.aggregate_strings(turn, ","))
        .where(turns.c.participant_id.is_not(None), turns.c.speech_stop > turns.c.speech_start)
        .group_by(turns.c.text_version_id)
    )
    version, spoken, said = _columns(connection, query)
    parts = ",".join(said).split(",") if said else []
    document = np.repeat(_places(place, version), np.array(spoken, dtype=np.int64))
    person = _places({each.id: number for number, each in enumerate(people)}, parts[0::3])
    start, stop = np.array(parts[1::3], dtype=np.int64), np.array(parts[2::3], dtype=np.int64)
    here = np.flatnonzero((document >= 0) & (person >= 0))
    order = here[np.lexsort((start[here], document[here]))]
    return people, [column[order] for column in (document, person, start, stop)]


def _codings(connection: sa.Connection) -> list[list[Any]]:
    query = sa.select(
        codings.c.id, codings.c.text_version_id, codings.c.start, codings.c.stop, codings.c.code_id, coders.c.name
    ).join(coders)
    return _columns(connection, query)


def _units(speech: list[Ints], people: int, document: Ints, start: Ints, stop: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Voices (document and person of each) and units (coding and voice of each)."""
    import numpy as np

    turn_document, turn_person, turn_start, turn_stop = speech
    voices, voice_of_turn = np.unique(turn_document * (people + 1) + turn_person, return_inverse=True)
    coding, turn = touched((document, start, stop), (turn_document, turn_start, turn_stop))
    pairs = np.unique(coding * (len(voices) + 1) + voice_of_turn[turn] + 1)
    spoken = np.zeros(len(document), dtype=np.bool_)
    spoken[coding] = True
    silent = np.flatnonzero(~spoken) * (len(voices) + 1)
    units = np.sort(np.concatenate([pairs, silent]))
    return (
        voices // (people + 1),
        voices % (people + 1),
        units // (len(voices) + 1),
        units % (len(voices) + 1) - 1,
    )


def touched(codings: tuple[Ints, Ints, Ints], speeches: tuple[Ints, Ints, Ints]) -> tuple[Ints, Ints]:
    """Every pair of a coding and a speech that it touches; both as document, start and stop, speeches in order.

    Speeches do not overlap, so those that a coding touches follow each other: from the first that ends after the coding
    starts to the last that starts before it ends.
    """
    import numpy as np

    document, start, stop = codings
    on, begins, ends = speeches
    length = int(max(stop.max(initial=0), ends.max(initial=0))) + 1
    first = np.searchsorted(on * length + ends, document * length + start, side="right")
    after = np.searchsorted(on * length + begins, document * length + stop, side="left")
    times = np.maximum(after - first, 0)
    coding = np.repeat(np.arange(len(document)), times)
    speech = np.arange(len(coding)) - np.repeat(np.cumsum(times) - times, times) + np.repeat(first, times)
    return coding, speech
