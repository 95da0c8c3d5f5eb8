"""Codes proposed by what they are said to be, and by what was read as them.

Before anybody has decided anything, a code is its name, definition, keywords and example
(:mod:`qualikit.coding.assistants.likeness`). With examples, each code on its own (several may hold), four things are
added to that prior, which is never dropped: a ridge regression on sentence vectors (Hoerl and Kennard 1970), which
takes milliseconds; the likeness to the nearest passage accepted as the code, less that to the nearest refused one;
how often the code was used; less for its keywords that stood in refused passages. A code that has no example yet keeps
its chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from qualikit.coding.assistants import Material, Proposal, Segment, Vectors, likeness
from qualikit.coding.assistants.pieces import Piece, Places, pieces
from qualikit.coding.assistants.reasons import Reasons
from qualikit.coding.assistants.remembered import Prior, prior_of
from qualikit.coding.model import Code, Codebook, CodeKind
from qualikit.coding.patterns import plain
from qualikit.content_words import content_stems
from qualikit.i18n import _

MOST = 3
"""Codes of one piece."""
LEAST = 0.35
"""Scores below which nothing is proposed: no code applies there, as far as one can tell."""
SHORT = 2
"""Families of content words that a piece needs."""
RIDGE = 0.5
"""What is added to the diagonal."""
MOST_EXAMPLES = 2_000
"""Examples that are learned from without an encoder, the latest: rows of words are wide."""


FEWEST = 3
"""Codes from which on fewer make none likelier."""


class Weight:
    """Of each thing in the odds of a code, by logistic regression on the sample evaluation with 20 to 250 passages
    decided (378 passages, 34 codes, two coders), but for the share, whose weight was set on debates, where it helps and
    where the others alone do as well, and for ``MISLED``, ``CODES`` and ``TRUST``, which were tried on both."""

    EVIDENCE = 1.14
    SHARE = 0.3
    RIDGE = 3.1
    ACCEPTED = 3.0
    REFUSED = -1.5
    USE = 0.4
    MISLED = -2.5
    """Of a keyword that stands in refused passages of its code, times their share of those answered (and one more):
    « d'abord » is not asked about for ever. On the sample evaluation, in four draws, of what is called medium or strong
    47 % is right after forty answers instead of 44, 55 % after 150 instead of 49; 41 % before any."""
    INTERCEPT = -4.35
    CODES = (34, 0.5)
    """Of the fewer codes there are, the more of them a passage speaks of: half the logarithm of how many times fewer
    than on the sample. So what is called strong is right as often with a handful of broad codes."""
    TRUST = (0.8, 20)
    """Examples raise the best odds more than they make them right: taken off, by half of it after so many. On debates
    calibration errors of .12 to .15 become .11 to .13."""
    STRETCH = (1.56, 0.85)
    """Odds become scores so that half of what is called strong, and a third of what is called medium, is right."""


class MeaningAssistant:
    """The prior with examples."""

    name = "meaning"
    learns = True
    version = "2"
    parameters: Mapping[str, Any] = {"ridge": RIDGE}

    @property
    def label(self) -> str:
        return _("le sens et les exemples")

    def prepare(self, material: Material) -> MeaningSuggester:
        """Read the corpus, unless it was read with this codebook before; learn the examples."""
        book = themes(material.codebook)
        read = list(pieces(material.corpus))
        return MeaningSuggester(material, book, read, prior_of(book, read, material))


def themes(book: Codebook) -> Codebook:
    """The codes that say what something is about: positions are found otherwise."""
    return Codebook.of(code for code in book if code.kind is not CodeKind.POSITION)


@dataclass(frozen=True)
class Scores:
    """Of pieces by codes: ``score`` from 0 to 1, and the ``odds`` (their logarithm) that it comes from."""

    score: Any
    odds: Any


class MeaningSuggester:
    """Has read one corpus, one codebook and what was decided so far."""

    def __init__(self, material: Material, book: Codebook, read: Sequence[Piece], prior: Prior) -> None:
        self.book = book
        self.codes: list[Code] = list(book)
        self.corpus = prior.corpus
        self.read = read
        self._vectors: Vectors | None = material.vectors
        self._places = Places(read)
        examples = [each for each in material.examples if book.get(each.code_id) is not None and each.words.strip()]
        if self.corpus.vectors is None:
            examples = examples[-MOST_EXAMPLES:]
        self._examples = examples
        self._rows = self._of_examples([each.words for each in examples])
        self._reasons = Reasons(book, self.corpus, prior.sayings, self._vectors, examples, self._rows)
        self._keywords = prior.keywords
        self.scores = self._scored(prior.evidence, prior.shares)

    def suggest(self, segments: Sequence[Segment]) -> list[Proposal]:
        """Of each turn, or part of a long one, the codes that fit best, on the sentences that carry them."""
        return [proposal for some in self.proposals(self._places.among(segments)) for proposal in some]

    def proposals(self, numbers: Sequence[int]) -> list[list[Proposal]]:
        """What is proposed for each of some pieces (by place) of the corpus."""
        chosen = [(number, self.read[number], list(self.chosen(number))) for number in numbers]
        asked = [(piece, self.codes[place]) for _number, piece, codes in chosen for place, _score in codes]
        carrying = iter(self._reasons.carrying(asked))
        made = []
        for number, piece, codes in chosen:
            found = []
            for place, score in codes:
                code, segment = self.codes[place], piece.segment(*next(carrying))
                said = self._keywords.said(segment.words, code.id)
                found.append(Proposal(segment, code.id, score, self._reasons.of(number, place, said)))
            found.sort(key=lambda each: (each.segment.start, each.segment.stop, -each.score, each.code_id))
            made.append(found)
        return made

    def ranked(self, number: int) -> Iterator[tuple[int, float]]:
        """Codes (by place) and scores of a piece (by place), the best first."""
        row = self.scores.score[number]
        for place in row.argsort()[::-1]:
            yield int(place), float(row[place])

    def chosen(self, number: int) -> Iterator[tuple[int, float]]:
        """Codes (by place) that are proposed for a piece (by place) of the corpus, and their scores, the best first."""
        if not self.codes or len(set(content_stems(self.read[number].words))) < SHORT:
            return
        for place, score in islice(self.ranked(number), MOST):
            if score >= LEAST:
                yield place, round(score, 4)

    def _of_examples(self, texts: Sequence[str]) -> Any:
        if not texts:
            return None
        if self.corpus.vectors is not None and self._vectors is not None:
            return self.corpus.centred(self._vectors(texts))
        if self.corpus.by_word is not None:
            return self.corpus.by_word.transform([content_stems(text) for text in texts])
        return None

    def _scored(self, evidence: Any, shares: Any) -> Scores:
        """What examples and refusals make of the prior."""
        import numpy as np

        if not self.codes or not self.read:
            return Scores(np.zeros((len(self.read), 0)), np.zeros((len(self.read), 0)))
        shares = shares + np.log(len(self.codes))
        usual, growth = Weight.CODES
        odds = Weight.INTERCEPT + Weight.EVIDENCE * evidence + Weight.SHARE * shares
        odds += growth * np.log(usual / max(len(self.codes), FEWEST))
        rows = self.corpus.vectors if self.corpus.vectors is not None else self.corpus.words
        if self._rows is not None and rows is not None:
            most, half = Weight.TRUST
            held = sum(each.holds for each in self._examples)
            odds += self._learned(rows) - most * held / (held + half)
        offset, stretch = Weight.STRETCH
        return Scores(1 / (1 + np.exp(-(offset + stretch * odds))), odds)

    def _learned(self, rows: Any) -> Any:
        """What the examples add to the odds: an array of pieces by codes."""
        import numpy as np

        places = {code.id: place for place, code in enumerate(self.codes)}
        which: dict[str, int] = {}
        for each in self._examples:  # the same words, read as several codes, are one row
            which.setdefault(each.words, len(which))
        accepted = np.zeros((len(which), len(places)), dtype=bool)
        refused = np.zeros((len(which), len(places)), dtype=bool)
        first = np.zeros(len(which), dtype=int)
        for number, each in reversed(list(enumerate(self._examples))):
            first[which[each.words]] = number
            (accepted if each.holds else refused)[which[each.words], places[each.code_id]] = True
        examples = self._rows[first]
        near = _dense(rows @ examples.T)
        found = Weight.RIDGE * _ridge(examples, accepted.astype(float), near, rows)
        near = np.clip(near, 0, 1)
        for place in range(len(places)):
            if (yes := accepted[:, place]).any():
                # The likest of many is liker than the likest of few: only what stands out counts.
                likest = near[:, yes].max(axis=1)
                found[:, place] += Weight.ACCEPTED * (likest - np.median(likest))
            if (no := refused[:, place] & ~accepted[:, place]).any():
                found[:, place] += Weight.REFUSED * near[:, no].max(axis=1)
        used = accepted.sum(axis=0)
        found += Weight.USE * (np.log(used + 1) - np.log(used + 1).mean())
        self._mislead(found)
        return found

    def _mislead(self, found: Any) -> None:
        """Take from the odds of pieces that hold a keyword which was refused."""
        for place, code in enumerate(self.codes):
            own = [each for each in self._examples if each.code_id == code.id]
            if all(each.holds for each in own):
                continue
            told = [(likeness.joined(each.words), each.holds) for each in own]
            for family in {likeness.joined(each) for each in (code.name, *plain(code.keywords))}:
                answers = [holds for words, holds in told if family in words]
                refused = answers.count(False)
                if refused and family.strip():
                    where = [number for number, words in enumerate(self.corpus.joined) if family in words]
                    found[where, place] += Weight.MISLED * refused / (len(answers) + 1)


def _ridge(examples: Any, targets: Any, near: Any, rows: Any) -> Any:
    """Predictions for ``rows``, from the smaller of the two systems of equations; ``near``: ``rows @ examples.T``."""
    import numpy as np

    targets = targets - targets.mean(axis=0)
    number, wide = examples.shape
    if number <= wide or hasattr(examples, "toarray"):
        return near @ np.linalg.solve(_dense(examples @ examples.T) + RIDGE * np.eye(number), targets)
    return rows @ np.linalg.solve(examples.T @ examples + RIDGE * np.eye(wide), examples.T @ targets)


def _dense(matrix: Any) -> Any:
    return matrix.toarray() if hasattr(matrix, "toarray") else matrix
