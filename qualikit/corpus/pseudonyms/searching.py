"""The names of a whole corpus, looked for document by document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.pseudonyms import candidates, ner
from qualikit.corpus.pseudonyms.candidates import Known
from qualikit.corpus.pseudonyms.grouping import Forms
from qualikit.corpus.pseudonyms.lexicon import Common, common_words
from qualikit.corpus.pseudonyms.model import Entry
from qualikit.corpus.pseudonyms.proposing import SURE
from qualikit.corpus.pseudonyms.words import is_lower_case, keys_of, words_of
from qualikit.store import Store

Progress = Callable[[int, int, str], bool | None]


@dataclass(frozen=True)
class Search:
    """``entries``: what was found, grouped; ``present``: the words of the texts, folded; ``lower``: titles of documents
    without capitals, where many names go unseen; ``stopped``: not every document was read."""

    entries: tuple[Entry, ...]
    present: frozenset[str]
    documents: int
    words: int
    lower: tuple[str, ...] = ()
    stopped: bool = False


def names_known(connection: sa.Connection) -> list[str]:
    """Names and labels of those who speak."""
    from qualikit.corpus.tables import turns

    labels = connection.execute(
        sa.select(turns.c.label)
        .join(queries.current_versions, queries.current_versions.c.id == turns.c.text_version_id)
        .where(turns.c.label.is_not(None))
        .distinct()
    )
    people = [person.name for person in queries.participants_of(connection)]
    return sorted({*people, *labels.scalars()})


def search(
    store: Store,
    given: Iterable[str] = (),
    progress: Progress | None = None,
    documents: Sequence[str] | None = None,
) -> Search:
    """Read every document (or those of these ids). ``given``: names that the evaluator adds to those who speak.
    ``progress(done, total, title)`` is called before each document; returning False stops there. Raises
    MissingDependency."""
    common = common_words()
    with store.read() as connection:
        rows = [
            row for row in connection.execute(queries.select_documents()) if documents is None or row.id in documents
        ]
        known = Known.of([*names_known(connection), *given], queries.territories(connection))
    forms, present, lower, words = Forms(), set[str](), list[str](), 0
    for done, row in enumerate(rows):
        if progress is not None and progress(done, len(rows), row.title) is False:
            return Search(tuple(forms.entries()), frozenset(present), done, words, tuple(lower), stopped=True)
        with store.read() as connection:
            text = queries.text_version(connection, row.id).text
        forms.add(text, candidates.find(text, common, list(ner.entities(ner.pieces(text))), known))
        present.update(word.key for word in words_of(text))
        words += row.words
        if is_lower_case(text):
            lower.append(row.title)
    if progress is not None:
        progress(len(rows), len(rows), "")
    return Search(tuple(forms.entries()), frozenset(present), len(rows), words, tuple(lower))


def unknown_names(
    common: Common, known: Known, seen: set[tuple[str, ...]]
) -> Callable[[str], Iterator[tuple[int, int]]]:
    """A function from a text to the places of likely names that are none of ``seen``."""

    def find(text: str) -> Iterator[tuple[int, int]]:
        for one in candidates.find(text, common, list(ner.entities(ner.pieces(text))), known):
            unseen = one.source not in ("pattern", "institution", "wide", "territory") and keys_of(one.form) not in seen
            if unseen and one.score >= SURE:
                yield one.start, one.stop

    return find
