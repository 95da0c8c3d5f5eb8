"""What assistants read before they can propose anything, kept in this process while it stays the same: a corpus, and a
codebook held against it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from qualikit.coding.assistants import Material, likeness
from qualikit.coding.assistants.keywords import KeywordSuggester, counted
from qualikit.coding.assistants.latest import Latest
from qualikit.coding.assistants.pieces import Piece
from qualikit.coding.assistants.reasons import Sayings
from qualikit.coding.model import Codebook


@dataclass(frozen=True)
class Prior:
    """A corpus read with a codebook: evidence and log shares of pieces by codes, keywords counted, what is said of the
    codes."""

    corpus: likeness.Corpus
    evidence: Any
    shares: Any
    keywords: KeywordSuggester
    sayings: Sayings


_corpora: Latest[likeness.Corpus] = Latest()
_priors: Latest[Prior] = Latest()


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
        digest.update(repr((code.id, code.name, code.definition, code.use, code.example, code.keywords)).encode())

    def make() -> Prior:
        corpus = _corpora.get(corpus_key, lambda: _corpus(read, material))
        keywords = counted(book, [sentence for piece in read for sentence in piece.sentences])
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
