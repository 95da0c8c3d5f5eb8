"""Codes proposed where a passage is like one that was read as them: the nearest accepted passages vote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qualikit.coding.assistants import Example, Material, Proposal, Segment, Vectors
from qualikit.coding.assistants.pieces import Piece, Places, pieces
from qualikit.coding.assistants.reasons import LIKE, Reasons, Sayings
from qualikit.coding.assistants.remembered import corpus_of
from qualikit.coding.model import Code, Codebook
from qualikit.content_words import content_stems
from qualikit.i18n import _

VOTERS = 5
"""Nearest passages that are asked, as in Cover and Hart 1967 with k = 5; each votes by its likeness."""
LEAST = LIKE


class NeighbourAssistant:
    """k nearest neighbours among accepted passages, over sentence vectors, or over words without an encoder. Proposes
    nothing while nothing was decided. The score of a code is the likeness of its nearest passage, brought from
    [``LEAST``, 1] to [0.4, 1], times the share of the votes that it has, to the power one half."""

    name = "neighbours"
    learns = True
    version = "1"
    parameters: Mapping[str, Any] = {"voters": VOTERS}

    @property
    def label(self) -> str:
        return _("les passages semblables")

    def prepare(self, material: Material) -> NeighbourSuggester:
        """Take the examples."""
        return NeighbourSuggester(material)


class NeighbourSuggester:
    """Has the examples before it."""

    def __init__(self, material: Material) -> None:
        self._book: Codebook = material.codebook
        self._vectors: Vectors | None = material.vectors
        examples = [e for e in material.examples if self._book.get(e.code_id) is not None and e.words.strip()]
        self._examples: list[Example] = examples if any(each.holds for each in examples) else []
        self._read: list[Piece] = list(pieces(material.corpus)) if self._examples else []
        self._at = Places(self._read)
        if not self._read:
            return
        self._corpus = corpus_of(self._read, material)
        texts = [each.words for each in self._examples]
        if self._corpus.vectors is not None and self._vectors is not None:
            self._rows = self._corpus.centred(self._vectors(texts))
            self._like = self._corpus.vectors @ self._rows.T
        elif self._corpus.by_word is not None:
            self._rows = self._corpus.by_word.transform([content_stems(text) for text in texts])
            self._like = (self._corpus.words @ self._rows.T).toarray()
        else:
            self._read = []
            return
        sayings = Sayings(self._book, self._corpus, self._vectors)
        self._reasons = Reasons(self._book, self._corpus, sayings, self._vectors, self._examples, self._rows)
        self._codes = {code.id: code for code in self._book}
        self._places = {id: place for place, id in enumerate(self._codes)}

    def suggest(self, segments: Sequence[Segment]) -> list[Proposal]:
        """Codes of the nearest passages, on the sentences that carry them. A passage does not vote for itself."""
        if not self._read:
            return []
        voted: list[tuple[int, Piece, Code, float]] = []
        for number in self._at.among(segments):
            piece = self._read[number]
            voted += [(number, piece, code, score) for code, score in self._votes(number, piece)]
        carrying = self._reasons.carrying([(piece, code) for _number, piece, code, _score in voted])
        found = []
        for (number, piece, code, score), place in zip(voted, carrying, strict=True):
            why = self._reasons.of(number, self._places[code.id], "")
            found.append((number, Proposal(piece.segment(*place), code.id, round(score, 4), why)))
        found.sort(key=lambda e: (e[0], e[1].segment.start, e[1].segment.stop, -e[1].score, e[1].code_id))
        return [proposal for _number, proposal in found]

    def _votes(self, number: int, piece: Piece) -> Iterator[tuple[Code, float]]:
        """Codes that the nearest accepted passages have, and their scores."""
        like = self._like[number]
        votes: dict[str, float] = {}
        nearest: dict[str, float] = {}
        refused: dict[str, float] = {}
        asked = 0
        for each in like.argsort()[::-1]:
            example, near = self._examples[each], float(like[each])
            if asked == VOTERS or near < LEAST:
                break
            if example.words in piece.words or piece.words in example.words:
                continue
            asked += 1
            if not example.holds:
                refused[example.code_id] = max(refused.get(example.code_id, 0.0), near)
                continue
            votes[example.code_id] = votes.get(example.code_id, 0.0) + near
            nearest[example.code_id] = max(nearest.get(example.code_id, 0.0), near)
        total = sum(votes.values())
        for code_id, own in votes.items():
            if refused.get(code_id, 0.0) >= nearest[code_id]:
                continue
            score = (0.4 + 0.6 * (min(nearest[code_id], 1.0) - LEAST) / (1 - LEAST)) * (own / total) ** 0.5
            yield self._codes[code_id], score
