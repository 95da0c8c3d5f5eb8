"""What assistants read before they can propose anything, kept in this process while it stays the same: a corpus, and a
codebook held against it."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from qualikit.coding.assistants import Material, likeness
from qualikit.coding.assistants.keywords import KeywordSuggester
from qualikit.coding.assistants.pieces import Piece
from qualikit.coding.assistants.reasons import Sayings
from qualikit.coding.model import Codebook
from qualikit.store import erasing

T = TypeVar("T")

_KEPT = 3


class _Latest(Generic[T]):
    """The values that were asked for last, by key."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: OrderedDict[str, T] = OrderedDict()
        erasing.ON_FORGETTING.append(self.clear)

    def get(self, key: str, make: Callable[[], T]) -> T:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        with self._lock:
            self._values[key] = made
            while len(self._values) > _KEPT:
                self._values.popitem(last=False)
        return made

    def clear(self) -> None:
        with self._lock:
            self._values.clear()


@dataclass(frozen=True)
class Prior:
    """A corpus read with a codebook: evidence and log shares of pieces by codes, keywords counted, what is said of the
    codes."""

    corpus: likeness.Corpus
    evidence: Any
    shares: Any
    keywords: KeywordSuggester
    sayings: Sayings


_corpora: _Latest[likeness.Corpus] = _Latest()
_priors: _Latest[Prior] = _Latest()


def forget() -> None:
    """Empty what is remembered."""
    _corpora.clear()
    _priors.clear()


def corpus_of(read: Sequence[Piece], material: Material) -> likeness.Corpus:
    """The pieces made ready. Raises what the vectors of the material raise."""
    return _corpora.get(_texts(read, material).hexdigest(), lambda: _corpus(read, material))


def prior_of(book: Codebook, read: Sequence[Piece], material: Material) -> Prior:
    """The pieces held against a codebook. Raises what the vectors of the material raise."""
    digest = _texts(read, material)
    corpus_key = digest.hexdigest()
    for code in book:
        digest.update("\0".join((code.id, likeness.description(code), *code.keywords)).encode() + b"\1")

    def make() -> Prior:
        corpus = _corpora.get(corpus_key, lambda: _corpus(read, material))
        keywords = KeywordSuggester(book)
        keywords.count(sentence for piece in read for sentence in piece.sentences)
        cold = likeness.cold(corpus, book, material.vectors)
        return Prior(corpus, *cold, keywords, Sayings(book, corpus, material.vectors))

    return _priors.get(digest.hexdigest(), make)


def _corpus(read: Sequence[Piece], material: Material) -> likeness.Corpus:
    return likeness.read([piece.words for piece in read], material.vectors)


def _texts(read: Sequence[Piece], material: Material) -> hashlib._Hash:
    digest = hashlib.sha256(f"{material.encoder} {material.vectors is not None}".encode())
    for piece in read:
        digest.update(piece.words.encode() + b"\0")
    return digest
