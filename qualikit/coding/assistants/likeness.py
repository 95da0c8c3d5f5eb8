"""How much pieces of a corpus are like what a codebook says of its codes, before anybody has coded anything.

The cold score of a code sums what three looks say, each in standard deviations over the corpus: its keywords (weighed
by rarity: Spärck Jones 1972), TF-IDF cosine of words and of letters with its description, and the cosine of sentence
vectors, centred on the corpus, with the description and the middle of its keywords. It is then learned from itself:
a logistic regression on the half of the corpus that it is surest of (self-training: Yarowsky 1995).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualikit.coding.assistants import Vectors
from qualikit.coding.model import Code, Codebook
from qualikit.coding.nearness import nearness
from qualikit.coding.patterns import patterns_of, plain
from qualikit.content_words import content_stems
from qualikit.text import fold, stem, tokens, word_form, words, written_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

VECTORS = 1.5
"""Weight of the vectors' look beside one of the others."""
MOST_SELF = 4_000
"""Pieces that self-training looks at, at most: more says nothing new and costs seconds."""
_SURE = 0.5
_FLOOR = 1e-6
_LETTERS = 50_000
"""Pieces whose letters are looked at, beyond their words: past these, only words are."""


@dataclass(frozen=True)
class Corpus:
    """Pieces made ready: their vectors (centred, of length 1; None without an encoder), and what makes texts rows."""

    vectors: Any
    mean: Any
    words: Any
    by_word: Any
    letters: Any
    by_letter: Any
    texts: Sequence[str]
    stems: Sequence[frozenset[str]]
    joined: Sequence[str]
    holding: Mapping[str, int]
    """Of each stem, in how many pieces it stands."""

    @property
    def size(self) -> int:
        return len(self.joined)

    def centred(self, rows: Any) -> Any:
        """Rows of new vectors as those of the corpus: centred, of length 1."""
        return unit(rows - self.mean)


def read(texts: Sequence[str], vectors: Vectors | None) -> Corpus:
    """Make a corpus ready. Raises what ``vectors`` raises."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    told = [content_stems(text) for text in texts]
    by_word = TfidfVectorizer(analyzer=_as_it_is, sublinear_tf=True)
    rows = by_word.fit_transform(told) if any(told) else None
    by_letter = letters = None
    if rows is not None and len(texts) <= _LETTERS:
        by_letter = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=min(2, len(texts))
        )
        try:
            letters = by_letter.fit_transform([fold(text) for text in texts])
        except ValueError:  # no run of letters stands twice
            by_letter = letters = None
    mean = made = None
    if vectors is not None and len(texts):
        made = vectors(list(texts))
        mean = made.mean(axis=0) if len(texts) > 1 else made[0] * 0
        made = unit(made - mean)
    families = [joined(text) for text in texts]
    stems = [frozenset(each.split()) for each in families]
    holding = Counter(each for one in stems for each in one)
    by_word = by_word if rows is not None else None
    return Corpus(made, mean, rows, by_word, letters, by_letter, list(texts), stems, families, holding)


def joined(text: str) -> str:
    """The families of a text's words in their order, parted and surrounded by spaces: one of a phrase lies in it where
    the phrase stands."""
    return f" {' '.join(map(stem, words(text)))} "


def cold(corpus: Corpus, book: Codebook, vectors: Vectors | None) -> tuple[Floats, Floats]:
    """Two arrays of pieces by codes: the evidence, in mean standard deviations, and the logarithm of the share of each
    code among the codes, learned from itself."""
    import numpy as np

    codes = list(book)
    looks = [_standard(_keywords(corpus, codes))]
    weights = [1.0]
    described = [description(code) for code in codes]
    if not codes or not corpus.size:
        return np.zeros((corpus.size, len(codes))), np.zeros((corpus.size, len(codes)))
    if corpus.by_word is not None:
        asked = corpus.by_word.transform([content_stems(text) for text in described])
        by_words = _standard(np.asarray((corpus.words @ asked.T).todense(), dtype=np.float64))
        if corpus.by_letter is not None:
            letters = corpus.by_letter.transform([fold(text) for text in described])
            by_words = (by_words + _standard(np.asarray((corpus.letters @ letters.T).todense(), dtype=float))) / 2
        looks.append(by_words)
        weights.append(1.0)
    if corpus.vectors is not None and vectors is not None:
        looks.append(_standard(corpus.vectors @ code_vectors(corpus, codes, vectors).T))
        weights.append(VECTORS)
    evidence: Floats = np.einsum("l,lpc->pc", np.array(weights), np.array(looks))
    shares = log_shares(evidence)
    return evidence / sum(weights), _from_itself(corpus, shares)


def code_vectors(corpus: Corpus, codes: Sequence[Code], vectors: Vectors) -> Any:
    """One row a code: what it is said to be, and the middle of its keywords."""
    said = corpus.centred(vectors([saying(code) for code in codes]))
    phrases = [plain(code.keywords) for code in codes]
    rows = corpus.centred(vectors([each for some in phrases for each in some])) if any(phrases) else None
    place = 0
    for number, some in enumerate(phrases):
        if some and rows is not None:
            said[number] += unit(rows[place : place + len(some)].mean(axis=0, keepdims=True))[0]
            place += len(some)
    return unit(said)


def saying(code: Code) -> str:
    """What a code is, in a sentence or two: its definition, when it is used, an example."""
    return " ".join(filter(None, (code.definition, code.use, code.example))) or code.name


def description(code: Code) -> str:
    """All the words that speak for a code."""
    return " ".join((code.name, saying(code), *plain(code.keywords)))


def log_shares(scores: Any) -> Floats:
    """The logarithm of the softmax of each row, never minus infinity."""
    import numpy as np

    if not scores.size:
        return np.zeros(scores.shape)
    risen = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = np.log(risen / risen.sum(axis=1, keepdims=True) + _FLOOR)
    return shares


def unit(rows: Any) -> Any:
    """Rows brought to length 1; those of nothing stay."""
    import numpy as np

    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)


def regression(rows: Any, labels: Any, weights: Any, strength: float) -> Any:
    """A balanced logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=300)
    return model.fit(rows, labels, sample_weight=weights)


def log_probabilities(model: Any, rows: Any, codes: int) -> Floats:
    """Of each row, of each of so many codes; those that the model never saw are as unlikely as can be."""
    import numpy as np

    found = np.full((rows.shape[0], codes), -8.0)
    found[:, model.classes_] = np.maximum(model.predict_log_proba(rows), -8.0)
    return found


def _from_itself(corpus: Corpus, shares: Floats, rounds: int = 2) -> Floats:
    import numpy as np

    rows = corpus.vectors if corpus.vectors is not None else corpus.words
    if rows is None or shares.shape[1] < 2 or shares.shape[0] < 4 * shares.shape[1]:
        return shares
    some = np.linspace(0, shares.shape[0] - 1, min(MOST_SELF, shares.shape[0])).astype(int)
    scores = shares
    for _round in range(rounds):
        labels, sure = scores[some].argmax(axis=1), np.exp(scores[some].max(axis=1))
        kept = sure >= np.quantile(sure, 1 - _SURE)
        if len(set(labels[kept])) < 2:
            return shares
        model = regression(rows[some[kept]], labels[kept], sure[kept], 1.0)
        scores = log_shares(log_probabilities(model, rows, shares.shape[1]) + shares)
    return scores


def _keywords(corpus: Corpus, codes: Sequence[Code]) -> Floats:
    import numpy as np

    found = np.zeros((corpus.size, len(codes)))
    everywhere = math.log(corpus.size + 1)
    # Their words, read once for all patterns, and only where there are any.
    read = [tokens(text) for text in corpus.texts] if any(patterns_of(code.keywords) for code in codes) else []
    holding: dict[str, list[int]] = {}
    for number, stems in enumerate(corpus.stems):
        for each in stems:
            holding.setdefault(each, []).append(number)
    for column, code in enumerate(codes):
        for pattern in patterns_of(code.keywords):
            where = [number for number, text in enumerate(corpus.texts) if pattern.stands_in(text, read[number])]
            if where:
                found[where, column] += everywhere - math.log(len(where))
        said = {" ".join(map(stem, words(each))): each for each in (code.name, *reversed(plain(code.keywords)))}
        for phrase, each in said.items():  # of keywords of one family, the first one speaks
            if not phrase:
                continue
            parts = phrase.split()
            where = min((holding.get(part, []) for part in parts), key=len)
            if len(parts) > 1:
                where = [number for number in where if f" {phrase} " in corpus.joined[number]]
            if where:
                near = [_nearest(each, corpus.texts[number]) for number in where] if len(parts) == 1 else 1.0
                found[where, column] += (everywhere - math.log(len(where))) * np.asarray(near)
    return found


def _nearest(keyword: str, text: str) -> float:
    """How near the nearest word of a text is to a keyword of one word, whose family stands there."""
    family = stem(word_form(keyword))
    return max((nearness(keyword, word) for word in written_words(text) if stem(word_form(word)) == family), default=1)


def _standard(scores: Floats) -> Floats:
    """In standard deviations over all pieces and codes: a code that the corpus does not speak of stays low."""
    spread = scores.std() if scores.size else 0.0
    standard: Floats = (scores - scores.mean()) / spread if spread > 0 else scores * 0.0
    return standard


def _as_it_is(stems: list[str]) -> list[str]:
    return stems
