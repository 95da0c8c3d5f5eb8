"""Who speaks in each document: under which labels, how many turns, how many words."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.tables import documents, text_versions, turns
from qualikit.text import count_words_between

KEPT = 50_000
"""Texts whose counts are remembered: each is a handful of numbers, and a text never changes."""
FIELD, TURN = "\x1f", "\x1e"
"""What no text of a project holds (see ``text.normalise``)."""


@dataclass(frozen=True)
class Said:
    """What one person says in one document: labels in the order in which they are first heard, turns, words."""

    labels: tuple[str, ...]
    turns: int
    words: int


Heard = Mapping[str, Said]
"""By participant, in the order in which they first speak."""

_counted: dict[str, tuple[int, Heard]] = {}
_lock = threading.Lock()


def read_speech(connection: sa.Connection) -> Mapping[str, Heard]:
    """Document → participant → what they say in its current text; words as ``text.count_words`` has them.

    A text is read again only when who says what in it has changed since it was last counted in this process.
    """
    # One row a document, its turns in one text: a third of the time that a row a turn takes.
    fields = (
        turns.c.participant_id,
        sa.cast(turns.c.speech_start, sa.Text),
        sa.cast(turns.c.speech_stop, sa.Text),
        sa.func.coalesce(turns.c.label, ""),
    )
    turn = fields[0] + FIELD + fields[1] + FIELD + fields[2] + FIELD + fields[3]
    query = (
        sa.select(documents.c.id, turns.c.text_version_id, sa.func.aggregate_strings(turn, TURN))
        .join(turns, turns.c.text_version_id == documents.c.text_version_id)
        .where(queries.present, turns.c.participant_id.is_not(None))
        .group_by(turns.c.text_version_id, documents.c.id)
    )
    found: dict[str, Heard] = {}
    missing: dict[str, tuple[str, str]] = {}
    for document, version, said in connection.execute(query):
        known = _counted.get(version)
        if known is not None and known[0] == hash(said):
            found[document] = known[1]
        else:
            missing[version] = (document, said)
    if missing:
        _count(connection, missing, found)
    return found


def _count(connection: sa.Connection, missing: Mapping[str, tuple[str, str]], found: dict[str, Heard]) -> None:
    ids = list(missing)
    for some in (ids[start : start + 100] for start in range(0, len(ids), 100)):
        query = sa.select(text_versions.c.id, text_versions.c.text).where(text_versions.c.id.in_(some))
        for version, text in connection.execute(query):
            document, said = missing[version]
            found[document] = _heard(text, said)
            with _lock:
                if len(_counted) >= KEPT:
                    _counted.clear()
                _counted[version] = (hash(said), found[document])


def _heard(text: str, said: str) -> Heard:
    import numpy as np

    spoken = sorted((turn.split(FIELD) for turn in said.split(TURN)), key=lambda turn: int(turn[1]))
    starts = np.array([turn[1] for turn in spoken], dtype=np.int64)
    stops = np.array([turn[2] for turn in spoken], dtype=np.int64)
    words = count_words_between(text, starts, stops).tolist()
    by_person: dict[str, list[tuple[str, int]]] = {}
    for (person, _start, _stop, label), n in zip(spoken, words, strict=True):
        by_person.setdefault(person, []).append((label, n))
    return {
        person: Said(
            tuple(dict.fromkeys(label for label, _n in theirs if label)), len(theirs), sum(n for _label, n in theirs)
        )
        for person, theirs in by_person.items()
    }
