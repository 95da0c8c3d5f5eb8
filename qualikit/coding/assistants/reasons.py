"""Why a code is proposed, in words: its keywords that are there, the accepted passage that this one is like, the
sentence of its definition that comes nearest; and which sentences of a turn carry it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from qualikit.coding.assistants import Example, Vectors
from qualikit.coding.assistants.likeness import Corpus, description, saying
from qualikit.coding.assistants.pieces import Piece
from qualikit.coding.model import Code, Codebook
from qualikit.coding.patterns import patterns_of, plain
from qualikit.content_words import content_stems
from qualikit.i18n import _
from qualikit.text import Span, sentences, stem, words

LIKE = 0.45
"""Cosine, centred on the corpus, from which a passage is said to be like another."""
_EXCERPT = 110
_CARRIES = 0.5
"""Share of the best sentence's weight from which a neighbour carries the code with it."""


class Sayings:
    """What a codebook says of its codes, sentence by sentence, with their vectors where there are any."""

    def __init__(self, book: Codebook, corpus: Corpus, vectors: Vectors | None) -> None:
        self.texts: dict[str, list[str]] = {}
        """By id of the code; the name of a code of which nothing more is said."""
        self.rows: dict[str, Any] = {}
        """As the texts; empty without vectors."""
        for code in book:
            text = saying(code)
            self.texts[code.id] = [span.of(text) for span in sentences(text, Span(0, len(text)))] or [code.name]
        if corpus.vectors is None or vectors is None or not self.texts:
            return
        rows = corpus.centred(vectors([text for texts in self.texts.values() for text in texts]))
        place = 0
        for id, texts in self.texts.items():
            self.rows[id] = rows[place : place + len(texts)]
            place += len(texts)


class Reasons:
    """For one codebook and what was read as its codes; ``rows``: of the examples, as those of the corpus."""

    def __init__(
        self,
        book: Codebook,
        corpus: Corpus,
        sayings: Sayings,
        vectors: Vectors | None,
        examples: Sequence[Example],
        rows: Any,
    ) -> None:
        self._codes = list(book)
        self._corpus = corpus
        self._sayings = sayings
        self._vectors = vectors
        self._examples = examples
        self._rows = rows
        self._by_code: dict[str, list[int]] = {}
        for number, each in enumerate(examples):
            if each.holds:
                self._by_code.setdefault(each.code_id, []).append(number)
        self._words: dict[str, dict[str, float]] = {}

    # -- which sentences

    def carrying(self, proposed: Sequence[tuple[Piece, Code]]) -> list[tuple[int, int]]:
        """First and last of the sentences of each piece that carry the code: the one that holds most of its words, with
        neighbours that hold half as many; where none does, the one whose vector comes nearest; without vectors, all."""
        found = [self._telling_sentences(piece, code) for piece, code in proposed]
        silent = {
            each.words
            for (piece, _code), place in zip(proposed, found, strict=True)
            if place is None
            for each in piece.sentences
        }
        rows = self._rows_of(list(silent))  # all at once: one by one they take several times as long
        return [
            place or self._nearest_sentence(piece, code, rows)
            for (piece, code), place in zip(proposed, found, strict=True)
        ]

    def _telling_sentences(self, piece: Piece, code: Code) -> tuple[int, int] | None:
        if len(piece.sentences) == 1:
            return 0, 0
        telling = self._telling(code)
        weights = [sum(telling.get(each, 0.0) for each in set(_stems(one.words))) for one in piece.sentences]
        for pattern in patterns_of(code.keywords):  # as much as a keyword that stands once
            for place, one in enumerate(piece.sentences):
                weights[place] += 2 * math.log(self._corpus.size + 1) * pattern.stands_in(one.words)
        best = max(range(len(weights)), key=lambda place: (weights[place], -place))
        if weights[best] <= 0:
            return None
        first = last = best
        while first > 0 and weights[first - 1] >= _CARRIES * weights[best]:
            first -= 1
        while last < len(weights) - 1 and weights[last + 1] >= _CARRIES * weights[best]:
            last += 1
        return first, last

    def _rows_of(self, texts: Sequence[str]) -> dict[str, Any]:
        if self._vectors is None or self._corpus.vectors is None or not texts:
            return {}
        return dict(zip(texts, self._corpus.centred(self._vectors(texts)), strict=True))

    def _nearest_sentence(self, piece: Piece, code: Code, rows: Mapping[str, Any]) -> tuple[int, int]:
        """The sentence nearest to what the code is said to be, or to what was read as it."""
        if not rows:
            return 0, len(piece.sentences) - 1
        import numpy as np

        own = np.stack([rows[each.words] for each in piece.sentences])
        like = (own @ self._sayings.rows[code.id].T).max(axis=1)
        read = self._by_code.get(code.id)
        if read and self._rows is not None:
            like = like + (own @ self._rows[read].T).max(axis=1)
        long = [len(set(content_stems(each.words))) > 1 for each in piece.sentences]
        place = max(range(len(like)), key=lambda n: (long[n], like[n]))
        return place, place

    def _telling(self, code: Code) -> dict[str, float]:
        """The words that speak for a code, each weighed by its rarity; its keywords twice."""
        if code.id not in self._words:
            size = math.log(self._corpus.size + 1)
            found: dict[str, float] = {}
            own = self._by_code.get(code.id, ())
            for text in (description(code), *(self._examples[number].words for number in own)):
                for each in set(content_stems(text)):
                    rarity = max(0.0, size - math.log(max(1, self._corpus.holding.get(each, 1))))
                    found[each] = max(found.get(each, 0.0), rarity)
            for keyword in plain(code.keywords):
                for each in _stems(keyword):
                    if each in found:
                        found[each] *= 2
            self._words[code.id] = found
        return self._words[code.id]

    # -- why

    def of(self, number: int, place: int, keywords: str) -> str:
        """Why the code at ``place`` is proposed for the piece ``number``; ``keywords``: what its keywords say of it."""
        code = self._codes[place]
        said = [keywords, self._example(number, code)]
        if not any(said):
            said.append(self._definition(number, code))
        return _(" ; ").join(filter(None, said))

    def _example(self, number: int, code: Code) -> str:
        own = self._by_code.get(code.id)
        if not own or self._rows is None:
            return ""
        rows = self._corpus.vectors if self._corpus.vectors is not None else self._corpus.words
        like = rows[number : number + 1] @ self._rows[own].T
        like = (like.toarray() if hasattr(like, "toarray") else like)[0]
        best = int(like.argmax())
        if like[best] < LIKE:
            return ""
        example = self._examples[own[best]]
        if example.title:
            return _("ressemble à un passage codé {code} : « {words} » ({title})").format(
                code=code.name, words=excerpt(example.words), title=example.title
            )
        return _("ressemble à un passage codé {code} : « {words} »").format(
            code=code.name, words=excerpt(example.words)
        )

    def _definition(self, number: int, code: Code) -> str:
        said = self._sayings.texts[code.id]
        if len(said) > 1 and self._corpus.vectors is not None:
            like = self._sayings.rows[code.id] @ self._corpus.vectors[number]
            nearest = said[int(like.argmax())]
        else:
            own = self._corpus.stems[number]
            nearest = max(said, key=lambda text: len(own & set(content_stems(text))))
        if nearest == code.name:
            return _("proche de ce que dit le nom du code {code}").format(code=code.name)
        return _("proche de ce que la grille dit de {code} : « {words} »").format(
            code=code.name, words=excerpt(nearest)
        )


def excerpt(text: str) -> str:
    """The beginning of a text, cut at a word."""
    one = " ".join(text.split())
    return one if len(one) <= _EXCERPT else one[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _stems(text: str) -> list[str]:
    return [stem(word) for word in words(text)]
