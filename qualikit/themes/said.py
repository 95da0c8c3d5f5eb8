"""How many words are said, and how many of them are coded: read from the texts where a matrix asks for words.

What counts is what participants say, labels and moderators apart; in a document in which nobody speaks (a note, a
report), its whole text. The words before the first turn of a transcript are neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qualikit.corpus.queries import current_versions, present
from qualikit.corpus.tables import documents, text_versions, turns
from qualikit.text import word_starts
from qualikit.themes.facts import Facts, read_speech, touched

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Said:
    """Speeches: ``voice`` of each (-1: a text that nobody speaks), ``document``, ``words``. Stretches of them that are
    coded: the ``unit`` that each is of, and its words, ``first`` to ``last``, numbered through the whole corpus. A word
    is where it begins."""

    voice: Ints
    document: Ints
    words: Ints
    unit: Ints
    first: Ints
    last: Ints


def read_said(connection: sa.Connection, facts: Facts) -> Said:
    """The words of these facts' documents."""
    import numpy as np

    place = {source.id: number for number, source in enumerate(facts.documents)}
    query = (
        sa.select(current_versions.c.id, documents.c.id.label("document"))
        .join(current_versions, current_versions.c.document_id == documents.c.id)
        .where(present)
    )
    versions = {row.id: row.document for row in connection.execute(query)}
    of_version = {version: place[id] for version, id in versions.items() if id in place}
    _people, (document, person, start, stop) = read_speech(connection, of_version)
    voice = _voices(facts, document, person)
    spoken = set(
        connection.execute(
            sa.select(turns.c.text_version_id).where(turns.c.participant_id.is_not(None)).distinct()
        ).scalars()
    )
    texts = {of_version[id]: text for id, text in _texts(connection, list(of_version))}
    silent = np.array(sorted(n for version, n in of_version.items() if version not in spoken), dtype=np.int64)
    if facts.own is not None:
        silent = silent[facts.own[silent]]
    kept = np.flatnonzero(voice >= 0)
    document, voice = (
        np.concatenate([document[kept], silent]),
        np.concatenate([voice[kept], np.full(len(silent), -1, dtype=np.int64)]),
    )
    start = np.concatenate([start[kept], np.zeros(len(silent), dtype=np.int64)])
    stop = np.concatenate([stop[kept], np.array([len(texts[n]) for n in silent.tolist()], dtype=np.int64)])
    order = np.lexsort((start, document))
    document, voice, start, stop = (each[order] for each in (document, voice, start, stop))

    coding, speech = touched((facts.document, facts.start, facts.stop), (document, start, stop))
    unit, there = _units(facts, coding, voice[speech])
    coding, speech, unit = coding[there], speech[there], unit[there]
    numbers = _numbered(
        texts,
        np.concatenate([document, document, document[speech], document[speech]]),
        np.concatenate(
            [start, stop, np.maximum(facts.start[coding], start[speech]), np.minimum(facts.stop[coding], stop[speech])]
        ),
    )
    begins, ends, first, last = np.split(numbers, np.cumsum([len(start), len(start), len(speech)]))
    return Said(voice, document, ends - begins, unit, first, last)


def _texts(connection: sa.Connection, versions: list[str]) -> list[tuple[str, str]]:
    from qualikit.coding.queries import parts

    return [
        (row.id, row.text)
        for some in parts(versions)
        for row in connection.execute(
            sa.select(text_versions.c.id, text_versions.c.text).where(text_versions.c.id.in_(some))
        )
    ]


def _voices(facts: Facts, document: Ints, person: Ints) -> Ints:
    """The voice of each speech; -1 where it does not count."""
    import numpy as np

    people = len(facts.people) + 1
    known = facts.voice_document * people + facts.voice_person  # in order
    asked = document * people + person
    at = np.minimum(np.searchsorted(known, asked), max(len(known) - 1, 0))
    return np.where(known[at] == asked, at, -1) if len(known) else np.full(len(asked), -1, dtype=np.int64)


def _units(facts: Facts, coding: Ints, voice: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The unit of each coding in a voice, and whether there is one."""
    import numpy as np

    width = len(facts.voice_document) + 1
    known = facts.unit_coding * width + facts.unit_voice + 1  # in order
    asked = coding * width + voice + 1
    at = np.minimum(np.searchsorted(known, asked), max(len(known) - 1, 0))
    return at, (known[at] == asked if len(known) else np.zeros(len(asked), dtype=np.bool_))


def _numbered(texts: dict[int, str], document: Ints, place: Ints) -> Ints:
    """Of each place in a text, how many words begin before it in the corpus."""
    import numpy as np

    order = np.argsort(document, kind="stable")
    edges = np.searchsorted(document[order], np.arange(max(texts, default=-1) + 2))
    found, before = np.zeros(len(place), dtype=np.int64), 0
    for number in sorted(texts):
        words = word_starts(texts[number])
        here = order[edges[number] : edges[number + 1]]
        found[here] = before + np.searchsorted(words, place[here])
        before += len(words)
    return found
