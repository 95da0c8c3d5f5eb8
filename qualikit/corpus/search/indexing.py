"""The index of words kept up with the texts: what is new goes in, what is no longer current goes out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from qualikit.corpus.model import Turn
from qualikit.corpus.queries import current_versions, present, turns_of
from qualikit.corpus.tables import documents, text_versions
from qualikit.store import Store
from qualikit.store import search as index
from qualikit.store.search import IndexedPassage, indexed_texts
from qualikit.text import stem, tokens, words

IndexProgress = Callable[[int, int], object]
"""``progress(done, total)``, in words of text; returning False stops, and what is in the index stays there."""

TOGETHER = 150_000
"""Words that go in in one transaction: others who write wait for the time of one."""
LONG_TURN = 1_000
LONG_PARAGRAPH = 300
LONGEST = 4_000
"""Words: a turn that is longer is cut at its paragraphs, a paragraph at its lines, a line wherever that is."""


@cache
def kind() -> str:
    """How words are made into terms: where any of it changes, the index is made anew."""
    from importlib.metadata import version

    return f"2 {version('snowballstemmer')} {unicodedata.unidata_version}"


@dataclass(frozen=True)
class _Text:
    document_id: str
    version_id: str
    words: int
    hash: str
    """Of its words: what is deleted for good changes a text where it stands."""


def is_current(connection: sa.Connection) -> bool:
    """True when the index has the current text of every document, and nothing else."""
    return index.generation(connection, kind()) is not None and not any(_behind(connection))


def waiting(connection: sa.Connection) -> int:
    """Words of text that the next search has to put into the index first."""
    if index.generation(connection, kind()) is None:
        return sum(text.words for text in _current(connection))
    return sum(text.words for text in _behind(connection)[0])


def bring_up_to_date(store: Store, progress: IndexProgress | None = None) -> bool:
    """Make the index what the texts are now; False when it was stopped. Several may do so at once: each puts in what it
    finds missing."""
    with store.maintain() as connection:
        index.make_index(connection, kind())
    done = 0
    while True:
        with store.read() as connection:
            missing, stale = _behind(connection)
            left = sum(text.words for text in missing)
            # Read and cut before others are made to wait.
            batch = [(text, list(split(connection, text.version_id))) for text in _first(missing)]
        if progress is not None and (done or left) and progress(done, done + left) is False:
            return False
        if not missing and not stale:
            return True
        with store.maintain() as connection:
            index.make_index(connection, kind())  # it may have been erased since
            slots = {id: index.drop_text(connection, id, _stemmed) for id in _behind(connection)[1]}
            still = set(_behind(connection)[0])
            for text, found in batch:
                if text in still:
                    index.put_text(connection, text.document_id, text.version_id, found, slots.get(text.document_id))
                    done += text.words
            index.index_changed(connection)


def _current(connection: sa.Connection) -> list[_Text]:
    query = (
        sa.select(documents.c.id, current_versions.c.id, current_versions.c.words, current_versions.c.text_hash)
        .join(current_versions, current_versions.c.document_id == documents.c.id)
        .where(present)
        .order_by(documents.c.title, documents.c.id)
    )
    return [_Text(*row) for row in connection.execute(query)]


def _behind(connection: sa.Connection) -> tuple[list[_Text], list[str]]:
    """The texts that the index lacks, and the documents whose text there is not current, or that are gone."""
    current = {text.document_id: text for text in _current(connection)}
    query = sa.select(indexed_texts.c.document_id, indexed_texts.c.text_version_id)
    indexed = {row.document_id: row.text_version_id for row in connection.execute(query)}
    missing = [text for id, text in current.items() if indexed.get(id) != text.version_id]
    stale = [id for id, version in indexed.items() if id not in current or current[id].version_id != version]
    return missing, stale


def _first(missing: Sequence[_Text]) -> Iterator[_Text]:
    total = 0
    for text in missing:
        if total and total + text.words > TOGETHER:
            return
        total += text.words
        yield text


# -- a text cut into passages


def split(connection: sa.Connection, version_id: str) -> Iterator[IndexedPassage]:
    """The passages of a text, with their words."""
    text = connection.execute(sa.select(text_versions.c.text).where(text_versions.c.id == version_id)).scalar_one()
    turns = turns_of(connection, version_id) or [Turn(0, 0, len(text), 0, len(text))]
    for turn in turns:
        for start, stop in passages_of(text, turn):
            found = _stemmed(text[start:stop])
            if found:
                yield IndexedPassage(turn.index, start, stop, text[start:stop], found)


def _stemmed(text: str) -> list[tuple[str, str]]:
    return [(form, stem(form)) for form in words(text)]


def passages_of(text: str, turn: Turn) -> Iterator[tuple[int, int]]:
    """What a turn says, whole; by paragraphs what nobody says, and what is very long. A label is not something said."""
    start, stop = turn.speech_start, turn.speech_stop
    if turn.label is not None and _fits(text, start, stop, LONG_TURN):
        yield start, stop
        return
    for first, last in _pieces(text, start, stop, "\n\n"):
        if _fits(text, first, last, LONG_PARAGRAPH):
            yield first, last
            continue
        for begin, end in _pieces(text, first, last, "\n"):
            if _fits(text, begin, end, LONGEST):
                yield begin, end
                continue
            found = tokens(text, begin, end)
            for number in range(0, len(found), LONGEST):
                some = found[number : number + LONGEST]
                yield some[0].start, some[-1].stop


def _fits(text: str, start: int, stop: int, most: int) -> bool:
    return stop - start <= most or len(words(text[start:stop])) <= most


def _pieces(text: str, start: int, stop: int, between: str) -> Iterator[tuple[int, int]]:
    while start < stop:
        end = text.find(between, start, stop)
        end = stop if end < 0 else end
        first, last = start, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if last > first:
            yield first, last
        start = end + len(between)
