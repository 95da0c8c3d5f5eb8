"""Which sentences stand for many, and which stand apart: relevance and diversity over vectors of their words.

What is chosen is central (near the centroid of all sentences) and substantial, unlike what was chosen before it
(maximal marginal relevance: Carbonell and Goldstein 1998), and somebody else's. Vectors are TF-IDF over families of
words; any other way to make a vector of a sentence can be given in their place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualikit.content_words import content_stems

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Vectors = Callable[[Sequence[str]], Any]
"""One row a text, of whatever width: an array or a sparse matrix. Rows of nothing are zero; the length of a row says
how much its text tells."""

_DECLINE = 0.4
"""How much less the last sentence of what somebody said weighs than the first: of a speech the beginning says more."""
_UNLIKE = 0.5
"""Between relevance alone (0) and what is unlike what was chosen (1)."""
_TELLING = 4
"""Families of words that a sentence needs at least in order to be quoted for being different."""
_FAIR = 0.2
"""Share of the best score that is enough for somebody who has not been quoted yet."""


@dataclass(frozen=True)
class Sentence:
    """``group``: the passage it is of; ``speaker``: who says it, -1 for nobody; ``place``: from 0, at the beginning of
    what is said, to 1."""

    text: str
    group: int = 0
    speaker: int = -1
    place: float = 0.0


@dataclass(frozen=True)
class Choice:
    """Places of the sentences chosen: those that stand for many, and those that stand apart, the first the most so."""

    typical: tuple[int, ...]
    different: tuple[int, ...]


def word_vectors(texts: Sequence[str]) -> Any:
    """TF-IDF over families of words, with the logarithm of their counts; not normalised. A sparse matrix."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    told = [content_stems(text) for text in texts]
    if not any(told):
        return np.zeros((len(texts), 1))
    return TfidfVectorizer(analyzer=lambda each: each, norm=None, sublinear_tf=True).fit_transform(told)


def relevance(sentences: Sequence[Sentence], vectors: Vectors = word_vectors) -> Floats:
    """How much each sentence tells of what all of them tell: its vector along their centroid; the later in a speech,
    the less."""
    import numpy as np

    if not sentences:
        return np.zeros(0)
    rows = vectors([sentence.text for sentence in sentences])
    return _along(rows, _centroid(rows)) * _weights(sentences)


def choose(
    sentences: Sequence[Sentence], *, typical: int = 3, different: int = 2, vectors: Vectors = word_vectors
) -> Choice:
    """Up to so many of each kind, one a passage; of those who have not been quoted yet while there are any."""
    import numpy as np
    from sklearn.preprocessing import normalize

    if not sentences:
        return Choice((), ())
    rows = vectors([sentence.text for sentence in sentences])
    centre = _centroid(rows)
    relevant = _along(rows, centre) * _weights(sentences)
    near = normalize(rows)
    told = np.array([len(set(content_stems(sentence.text))) for sentence in sentences])
    pool = _Pool(sentences)
    for _n in range(typical):
        like = _likeness(near, pool.taken)
        if not pool.take(relevant * (1 - _UNLIKE * like)):
            break
    first = len(pool.taken)
    for _n in range(different):
        apart = 1 - np.maximum(_likeness(near, pool.taken), near @ centre)
        if not pool.take(np.where(told >= _TELLING, apart, -1), least=0):
            break
    return Choice(tuple(pool.taken[:first]), tuple(pool.taken[first:]))


class _Pool:
    """What can still be chosen: a passage once, and a voice again only when every other has been heard."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self.taken: list[int] = []

    def take(self, scores: Floats, least: float = -1.0) -> bool:
        """Choose the best; False when there is none above ``least``."""
        groups = {self._sentences[place].group for place in self.taken}
        heard = {self._sentences[place].speaker for place in self.taken} - {-1}
        left = [
            place
            for place, sentence in enumerate(self._sentences)
            if sentence.group not in groups and scores[place] > least
        ]
        if not left:
            return False
        enough = _FAIR * max(scores[place] for place in left)
        new = [place for place in left if self._sentences[place].speaker not in heard and scores[place] >= enough]
        self.taken.append(max(new or left, key=lambda place: (scores[place], -place)))
        return True


def _weights(sentences: Sequence[Sentence]) -> Floats:
    import numpy as np

    return 1 - _DECLINE * np.array([sentence.place for sentence in sentences])


def _centroid(rows: Any) -> Floats:
    import numpy as np

    total: Floats = np.asarray(rows.sum(axis=0), dtype=np.float64).ravel()
    length = np.linalg.norm(total)
    return total / length if length else total


def _along(rows: Any, centre: Floats) -> Floats:
    import numpy as np

    along: Floats = np.asarray(rows @ centre, dtype=np.float64)
    return along


def _likeness(near: Any, taken: Sequence[int]) -> Floats:
    """How like the nearest of those taken each row is."""
    import numpy as np

    if not taken:
        return np.zeros(near.shape[0])
    like = near @ near[list(taken)].T
    most: Floats = np.asarray(like.toarray() if hasattr(like, "toarray") else like, dtype=np.float64).max(axis=1)
    return most
