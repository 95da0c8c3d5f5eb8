"""How many words each person says in each document, counted from the spans of their speech."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.tables import documents, text_versions, turns
from qualikit.text import count_words_between

KEPT = 50_000
"""Texts whose counts are remembered: each is a handful of numbers, and a text never changes."""

_counted: dict[str, tuple[int, Counter[str]]] = {}
_lock = threading.Lock()


def words_said(connection: sa.Connection) -> Mapping[str, Mapping[str, int]]:
    """Document → participant → words said in its current text (see ``text.count_words``).

    A text is read again only when who says what in it has changed since it was last counted in this process.
    """
    # One row a document, its turns in one text: a third of the time that a row a turn takes.
    turn = (
        turns.c.participant_id
        + ","
        + sa.cast(turns.c.speech_start, sa.Text)
        + ","
        + sa.cast(turns.c.speech_stop, sa.Text)
    )
    query = (
        sa.select(documents.c.id, turns.c.text_version_id, sa.func.aggregate_strings(turn, ","))
        .join(turns, turns.c.text_version_id == documents.c.text_version_id)
        .where(queries.present, turns.c.participant_id.is_not(None))
        .group_by(documents.c.id, turns.c.text_version_id)
    )
    found: dict[str, Mapping[str, int]] = {}
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


def _count(
    connection: sa.Connection, missing: Mapping[str, tuple[str, str]], found: dict[str, Mapping[str, int]]
) -> None:
    ids = list(missing)
    for some in (ids[start : start + 100] for start in range(0, len(ids), 100)):
        query = sa.select(text_versions.c.id, text_versions.c.text).where(text_versions.c.id.in_(some))
        for version, text in connection.execute(query):
            document, said = missing[version]
            words = _words(text, said)
            found[document] = words
            with _lock:
                if len(_counted) >= KEPT:
                    _counted.clear()
                _counted[version] = (hash(said), words)


def _words(text: str, said: str) -> Counter[str]:
    import numpy as np

    parts: list[Any] = said.split(",")
    counts = count_words_between(text, np.array(parts[1::3], dtype=np.int64), np.array(parts[2::3], dtype=np.int64))
    words: Counter[str] = Counter()
    for person, n in zip(parts[0::3], counts.tolist(), strict=True):
        words[person] += n
    return words
