"""What learning from the coding so far makes possible, beside suggestions: passages like one, what may have been
missed, codings that do not look like their code, the order that teaches most.

Everything here is read from the project as one coder sees it, and writes nothing.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from qualikit.coding import queries
from qualikit.coding.assistants import Assistant, Example
from qualikit.coding.assistants.meaning import LEAST, MeaningAssistant, MeaningSuggester
from qualikit.coding.assistants.pieces import Piece
from qualikit.coding.encoders import Encoder, ready
from qualikit.coding.examples import answered_by, examples_of
from qualikit.coding.model import Codebook, Coding
from qualikit.coding.spoken import pieces_of
from qualikit.coding.suggesting import material
from qualikit.coding.vectors import VectorProgress, vectors
from qualikit.content_words import content_stems
from qualikit.corpus.model import Document
from qualikit.corpus.queries import document_from, select_documents
from qualikit.errors import CodingRefused
from qualikit.i18n import _
from qualikit.store import Store, erasing
from qualikit.text import count_words

FOLDS = 5
"""Parts into which documents are put so that what is judged was not learned from."""
_KEPT = 2
_cache: OrderedDict[tuple[str, str, int, str], Assisted] = OrderedDict()
_lock = threading.Lock()


@dataclass(frozen=True)
class Found:
    """A passage with a score from 0 to 1 and the names of the codes that this coder put there; ``code_id``: the code
    that it is about, where it is about one; ``reason`` in words for the user."""

    document_id: str
    title: str
    start: int
    stop: int
    words: str
    score: float
    codes: tuple[str, ...] = ()
    code_id: str = ""
    reason: str = ""
    coding_id: str = ""


@dataclass(frozen=True)
class Waiting:
    """A passage that waits to be read, with what is proposed for it, the surest first."""

    passage: Found
    version_id: str
    proposals: tuple[Found, ...]


@dataclass
class Assisted:
    """A project as one coder sees it, ready to be asked. Made by :func:`assisted`."""

    store: Store
    coder: str
    encoder: Encoder | None
    book: Codebook
    documents: dict[str, Document]
    read: list[Piece]
    codings: list[Coding]
    examples: list[Example]
    answered: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    """By text version: start, stop and code of the proposals that this coder answered."""
    _learned: dict[str, MeaningSuggester] = field(default_factory=dict)
    _on: list[list[Coding]] | None = None
    _places: dict[tuple[str, int], int] = field(default_factory=dict)

    # -- what was learned

    @property
    def learned(self) -> MeaningSuggester:
        """From all that this coder decided."""
        return self._without("")

    def _without(self, fold: str) -> MeaningSuggester:
        """From what they decided outside of the documents whose ids are in ``fold``, parted by spaces."""
        if fold not in self._learned:
            away = set(fold.split())
            known = [each for each in self.examples if each.document_id not in away]
            segments = (sentence for piece in self.read for sentence in piece.sentences)
            made = material(self.store, self.book, segments, known)
            self._learned[fold] = MeaningAssistant().prepare(made)
        return self._learned[fold]

    def folds(self) -> Iterator[tuple[frozenset[str], MeaningSuggester]]:
        """Parts of the documents that are coded, each with what is learned from the others."""
        coded = Counter(each.document_id for each in self.codings)
        parts: list[list[str]] = [[] for _n in range(min(FOLDS, len(coded)))]
        sizes = [0] * len(parts)
        for id, number in coded.most_common():
            place = sizes.index(min(sizes))
            parts[place].append(id)
            sizes[place] += number
        for part in parts:
            yield frozenset(part), self._without(" ".join(sorted(part)))

    def on(self, number: int) -> list[Coding]:
        """This coder's codings on words of a piece."""
        if self._on is None:
            by_version: dict[str, list[Coding]] = {}
            for each in self.codings:
                by_version.setdefault(each.text_version_id, []).append(each)
            self._on = [
                [each for each in by_version.get(piece.first.version_id, ()) if _touches(each, piece)]
                for piece in self.read
            ]
        return self._on[number]

    def place(self, version_id: str, start: int) -> int | None:
        """The place of the piece that begins there; None where none does any more."""
        if not self._places:
            self._places.update({(each.first.version_id, each.first.start): n for n, each in enumerate(self.read)})
        return self._places.get((version_id, start))

    def is_answered(self, version_id: str, start: int, stop: int, code_id: str | None = None) -> bool:
        """Whether this coder answered a proposal (of a code) on words of the passage."""
        return any(
            first < stop and start < last and code_id in {None, code}
            for first, last, code in self.answered.get(version_id, ())
        )

    # -- passages like one

    def similar(
        self,
        text: str,
        *,
        limit: int = 20,
        documents: Collection[str] | None = None,
        coded: bool | None = None,
        own: Coding | None = None,
    ) -> list[Found]:
        """The passages most like some words, the likest first, without the one that they are taken from. ``documents``
        by id; ``coded``: only passages that are (or are not) coded by this coder; ``own``: the coding whose words they
        are. Raises CodingRefused.
        """
        if not content_stems(text):
            raise CodingRefused(
                _("Ce passage n'a pas de mot qui dise de quoi il parle."), _("Choisissez un passage plus long.")
            )
        if not self.read:
            return []
        corpus = self.learned.corpus
        if corpus.vectors is not None and self.encoder is not None:
            like = corpus.vectors @ corpus.centred(vectors(self.store, self.encoder, [text]))[0]
        elif corpus.by_word is not None:
            like = (corpus.words @ corpus.by_word.transform([content_stems(text)]).T).toarray().ravel()
        else:
            return []
        asked = " ".join(text.split())
        found: list[Found] = []
        for number in like.argsort()[::-1]:
            piece = self.read[number]
            here = self.on(number)
            if len(found) == limit or like[number] <= 0:
                break
            if len(set(content_stems(piece.words))) < 2 or _same(asked, " ".join(piece.words.split())):
                continue
            if own is not None and _touches(own, piece):
                continue
            if documents is not None and piece.first.document_id not in documents:
                continue
            if coded is not None and bool(here) is not coded:
                continue
            found.append(self.found(int(number), float(like[number])))
        return found

    # -- what to read next

    def queue(self, limit: int = 20, away: Collection[tuple[str, int]] = ()) -> list[int]:
        """Pieces (by place) that this coder has not coded, in the order that teaches most: those where two codes come
        close (the smallest margin: Scheffer and others 2001) among those where some code applies, each unlike those
        before it (Carbonell and Goldstein 1998). ``away``: (text version, start) of pieces that are to be left out."""
        import numpy as np

        learned = self.learned
        scores = learned.scores.score
        if not scores.size or scores.shape[1] < 1:
            return []
        some = np.array(
            [
                number
                for number, piece in enumerate(self.read)
                if not self.on(number)
                and (piece.first.version_id, piece.first.start) not in away
                and not self.is_answered(piece.first.version_id, piece.first.start, piece.sentences[-1].stop)
                and len(set(content_stems(piece.words))) >= 5
                and scores[number].max() >= LEAST
            ],
            dtype=int,
        )
        if not len(some):
            return []
        ranked = np.sort(scores[some], axis=1)[:, ::-1]
        margin = ranked[:, 0] - (ranked[:, 1] if ranked.shape[1] > 1 else 0)
        use = ranked[:, 0] * (1 - margin)
        rows = learned.corpus.vectors if learned.corpus.vectors is not None else learned.corpus.words
        pool = some[np.argsort(-use)][: max(limit * 10, 200)]
        worth = np.sort(use)[::-1][: len(pool)]
        near = rows[pool]
        like = near @ near.T
        like = np.clip(like.toarray() if hasattr(like, "toarray") else like, 0, 1)
        taken: list[int] = []
        most = np.zeros(len(pool))
        for _n in range(min(limit, len(pool))):
            value = worth * (1 - most)
            value[taken] = -1
            best = int(value.argmax())
            taken.append(best)
            most = np.maximum(most, like[best])
        return [int(pool[place]) for place in taken]

    def waiting(self, number: int) -> Waiting:
        """A piece of the queue, with its proposals."""
        piece = self.read[number]
        put = {each.code_id for each in self.on(number)}
        proposals = [
            self.about(each.segment.start, each.segment.stop, each.segment.words, number, each)
            for each in self.learned.proposals([number])[0]
            if each.code_id not in put
            and not self.is_answered(piece.first.version_id, each.segment.start, each.segment.stop, each.code_id)
        ]
        proposals.sort(key=lambda each: -each.score)
        return Waiting(self.found(number, 0.0), piece.first.version_id, tuple(proposals))

    def all_proposals(
        self, assistant: Assistant, code_ids: Collection[str], document_ids: Collection[str] | None = None
    ) -> list[Found]:
        """What an assistant proposes of these codes, in the order of the texts, but for what this coder has coded so on
        words of the passage, or refused."""
        pieces_by_place = {
            (sentence.version_id, sentence.start): number
            for number, piece in enumerate(self.read)
            for sentence in piece.sentences
        }
        segments = [sentence for piece in self.read for sentence in piece.sentences]
        made = assistant.prepare(material(self.store, self.book, segments, self.examples))
        found = []
        for id in self.documents:
            if document_ids is not None and id not in document_ids:
                continue
            for each in made.suggest([one for one in segments if one.document_id == id]):
                where = each.segment
                number = pieces_by_place[where.version_id, where.start]
                borne = any(
                    one.code_id == each.code_id and one.start < where.stop and where.start < one.stop
                    for one in self.on(number)
                )
                answered = self.is_answered(where.version_id, where.start, where.stop, each.code_id)
                if each.code_id in code_ids and not borne and not answered:
                    found.append(self.about(where.start, where.stop, where.words, number, each))
        return found

    # -- as values

    def found(self, number: int, score: float) -> Found:
        """A piece as a value."""
        piece = self.read[number]
        one = piece.first
        codes = dict.fromkeys(
            code.name for each in self.on(number) if (code := self.book.get(each.code_id)) is not None
        )
        return Found(
            one.document_id,
            self.documents[one.document_id].title,
            one.start,
            piece.sentences[-1].stop,
            piece.words,
            round(score, 4),
            tuple(codes),
        )

    def about(self, start: int, stop: int, words: str, number: int, proposal: Any) -> Found:
        """A proposal on a piece as a value."""
        whole = self.found(number, proposal.score)
        return Found(
            whole.document_id,
            whole.title,
            start,
            stop,
            words,
            proposal.score,
            whole.codes,
            proposal.code_id,
            proposal.reason,
        )


def _forget() -> None:
    with _lock:
        _cache.clear()


erasing.ON_FORGETTING.append(_forget)


def assisted(store: Store, coder: str, progress: VectorProgress | None = None) -> Assisted:
    """The project as one coder sees it now; kept until it changes. Vectors that are not there yet are computed first:
    ``progress`` is told of them and may stop it, which raises :class:`qualikit.coding.vectors.Stopped`."""
    encoder = ready()
    key = _key(store, coder, encoder)
    with _lock:
        if key in _cache:
            _cache.move_to_end(key)
            return _cache[key]
    with store.read() as connection:
        book = queries.codebook(connection)
        documents = [document_from(row) for row in connection.execute(select_documents())]
        own = [
            queries.coding_from(row)
            for row in connection.execute(queries.narrowed(queries.select_codings(), None, None, coder))
        ]
        examples = examples_of(connection, coder)
        answered = answered_by(connection, coder)
    active = Codebook.of((code for code in book if code.active), book.name, book.description)
    read = [piece for document in documents for piece in pieces_of(store, document)]
    if encoder is not None:
        vectors(store, encoder, [piece.words for piece in read], progress=progress)
    made = Assisted(store, coder, encoder, active, {each.id: each for each in documents}, read, own, examples, answered)
    with _lock:
        _cache[key] = made
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    return made


def is_kept(store: Store, coder: str, encoder: Encoder | None) -> bool:
    """Whether :func:`assisted` has what it would give already."""
    key = _key(store, coder, encoder)
    with _lock:
        return key in _cache


def _key(store: Store, coder: str, encoder: Encoder | None) -> tuple[str, str, int, str]:
    return str(store.engine.url), coder, store.revision(), encoder.spec if encoder else ""


def _touches(coding: Coding, piece: Piece) -> bool:
    """Whether a coding lies on words of a piece."""
    last = piece.sentences[-1]
    return coding.text_version_id == last.version_id and coding.start < last.stop and piece.first.start < coding.stop


_TAKEN = 8
"""Words in a row from which a text is taken from the passage that holds them; fewer may be said by several people."""


def _same(one: str, other: str) -> bool:
    return other in one or (one in other and count_words(one) >= _TAKEN)
