"""How much some words of a text are a question of the guide: pure.

Words are compared by their families, without those that every question has; each weighs what it tells among the
questions of the guide. People put a question in their own words, so that a part of its words is enough.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualikit.i18n import _
from qualikit.text import stem, word_form, words, written_words

# Words of grammar and of asking, folded: they are in any question.
_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
    a ai aie ais ait alors apres as assez au aucun aussi autre autres aux avait avant avec avez avoir avons bah
    bien bon c ca car ce ceci cela celle celles celui ces cet cette ceux chaque chez ci comme comment d dans de
    deja depuis des dire dis dites dit donc dont du elle elles en encore enfin es est et etaient etais etait
    etant etc ete etes etre eu euh eux fait faire faites fois font guere hein il ils j je jusque l la le les
    leur leurs lors lui m ma mais me meme memes mes mien moi moins mon n ne nest ni nos notre nous on ont or ou
    ouais oui par parce parfois pas pendant peu peut peux plus plutot pour pourquoi pourrais pourrait pourrez
    pourriez pouvait pouvez pouvoir puis qu quand que quel quelle quelles quelque quelques quels qui quoi s sa
    sans se sera serait ses si sien soi soit sommes son sont sous suis sur t ta te tel telle tes toi ton
    toujours tous tout toute toutes tres trop tu un une vais va vas vers voila vont vos votre vous vraiment y ok
    merci bonjour selon ainsi entre lequel laquelle lesquels lesquelles
    """,
    )
)
_ASKING = ("racont", "parl", "decri", "expli")
"""Beginnings of the verbs of asking: « décrivez » and « décrire » are one word here."""
_ASKS = 0.5
"""Weight of the verbs of asking, beside that of a word of the subject."""
_SPELT = 0.84
"""Likeness of two words from which one is taken for the other misheard."""


@dataclass(frozen=True)
class Asked:
    """A question made ready: the families of its words with their weights, and how the guide writes each."""

    id: str
    number: int
    weights: Mapping[str, float]
    written: Mapping[str, str]
    text: str

    @property
    def total(self) -> float:
        return sum(self.weights.values())


@dataclass(frozen=True)
class Likeness:
    """``score`` from 0 to 100; ``found``: the words of the question that are there, as the guide writes them."""

    score: float
    found: tuple[str, ...]
    of: int

    @property
    def reason(self) -> str:
        """Why, for the user."""
        return _("{n} mots sur {total} de la question : {words}").format(
            n=len(self.found), total=self.of, words=", ".join(self.found)
        )


def prepare(questions: Iterable[tuple[str, int, str]]) -> list[Asked]:
    """(id, number, text) of every question of the guide: what a word tells depends on the others. Questions that have
    no word of their own are left out."""
    listed = list(questions)
    families = [_families(text) for _id, _number, text in listed]
    shared = Counter(family for each in families for family in each)
    made = []
    for (id, number, text), each in zip(listed, families, strict=True):
        weights = {
            family: (_ASKS if family in _ASKING else 1.0) * math.log(1 + len(listed) / shared[family])
            for family in each
        }
        if weights:
            made.append(Asked(id, number, weights, each, text))
    return made


def families(text: str) -> list[str]:
    """The families of the words of a text that tell something, in order."""
    return [family for form in words(text) if (family := _family(form))]


def likeness(question: Asked, said: Sequence[str]) -> Likeness:
    """How much what is said, as :func:`families`, is the question."""
    there = set(said)
    found, weight = [], 0.0
    for family, own in question.weights.items():
        share = 1.0 if family in there else _misheard(family, there)
        if share:
            weight += own * share
            found.append(question.written[family])
    if not found:
        return Likeness(0.0, (), len(question.weights))
    covered = weight / question.total
    dense = min(1.0, len(found) / max(1, len(there)))
    # A word alone may stand anywhere: what is found of a short question is worth less than as much of a long one.
    sure = 1 - 0.5 ** len(found)
    score = 100 * (0.72 * covered + 0.28 * math.sqrt(covered * dense)) * sure
    return Likeness(min(100.0, score), tuple(found), len(question.weights))


def _misheard(family: str, there: set[str]) -> float:
    from rapidfuzz.distance import Levenshtein

    if len(family) < 5:
        return 0.0
    best = max(
        (Levenshtein.normalized_similarity(family, other, score_cutoff=_SPELT) for other in there if len(other) > 3),
        default=0.0,
    )
    return 0.8 * best


def _families(text: str) -> dict[str, str]:
    """Family → the word as it is written, in the order of the text."""
    found: dict[str, str] = {}
    for word in written_words(text):
        if family := _family(word_form(word)):
            found.setdefault(family, word)
    return found


def _family(form: str) -> str:
    """The family of a folded word; empty for one that tells nothing."""
    asking = next((verb for verb in _ASKING if form.startswith(verb)), "")
    return asking or ("" if form in _EMPTY else stem(form))
