"""Which sentences a draft quotes, beside those that two annotators picked as the summary of the same debate.

The debates (FREDSum, Rennard and others 2023, CC BY-SA 4.0) are not part of this repository: ``QUALIKIT_DEBATES``
names their folder, or they lie in ``../shared/data/debates``. Each way picks as many sentences of a debate as the
annotator it is compared with; F1 of the two sets, mean over debates and annotators. How much less the end of a speech
weighs than its beginning (``representative._DECLINE``) was chosen on every other debate: ``drafts/held-out`` has only
those that were not looked at.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.harness import Row, Run, Unavailable, benchmark
from qualikit.text import Span, sentences, words

SHARED = Path(__file__).parents[2] / "shared" / "data" / "debates"
_SPEAKER = re.compile(r"([\w .'-]{1,30}?)\s*:\s*")
_CERTAIN = 15
"""Characters from which a sentence that holds another is the same one, cut elsewhere."""

VECTORS = "ours, with vectors of the sentences' meaning in place of their words'"

Picked = set[int]
Vectors = Callable[[Sequence[str]], Any]
Way = Callable[["Debate", int], Sequence[int]]


@dataclass(frozen=True)
class Debate:
    """Its sentences in order, and the places of those that each annotator picked."""

    said: list[tuple[str, str]]
    picked: list[Picked]

    @cached_property
    def order(self) -> list[int]:
        """Places of the sentences, what a draft would quote first."""
        return self.ordered()

    @cached_property
    def by_meaning(self) -> list[int]:
        """The same with vectors of their meaning in place of those of their words, which say how much a sentence tells
        by their length: these get that length. Raises what the encoder raises."""
        import numpy as np

        from qualikit.coding.encoders import DEFAULT, encoder
        from qualikit.themes.syntheses.representative import word_vectors

        def vectors(texts: Sequence[str]) -> Any:
            lengths = np.sqrt(np.asarray(word_vectors(texts).power(2).sum(axis=1), dtype=float)).reshape(-1, 1)
            return encoder(DEFAULT).encode(texts) * lengths

        return self.ordered(vectors)

    def ordered(self, vectors: Vectors | None = None) -> list[int]:
        """Places of the sentences by their relevance."""
        import numpy as np

        from qualikit.themes.syntheses.representative import Sentence, relevance, word_vectors

        last = max(len(self.said) - 1, 1)
        told = [Sentence(text, place=place / last) for place, (_who, text) in enumerate(self.said)]
        order: list[int] = np.argsort(-relevance(told, vectors or word_vectors), kind="stable").tolist()
        return order


@benchmark("drafts", "sentences chosen for drafts, beside two annotators' summaries of 66 debates")
def drafts(run: Run) -> list[Row]:
    debates = run.attempt("the debates", lambda: _debates(run.size(1000, 4)))
    names = {
        "drafts": ("the longest sentences", _longest),
        "drafts/leading": ("the first sentences", _leading),
        "drafts/random": ("sentences drawn at random, mean of 20 draws", None),
        "drafts/annotators": ("what one annotator picked, beside the other", None),
    }
    if debates is None:
        names["drafts/vectors"] = (VECTORS, None)
        return [Row(name, None, "F1", baseline, None, more_is_better=True) for name, (baseline, _way) in names.items()]
    ours = run.ours("drafts", lambda: _f1(debates, lambda debate, n: debate.order[:n]))
    rows = []
    for name, (baseline, way) in names.items():
        if way is not None:
            figure = _f1(debates, way)
        elif name == "drafts/random":
            figure = _at_random(debates)
        else:
            figure = sum(_overlap(*debate.picked) for debate in debates) / len(debates)
        rows.append(Row(name, ours, "F1", baseline, figure, more_is_better=True))
    unseen = debates[1::2]
    held_out = run.ours("drafts/held-out", lambda: _f1(unseen, lambda debate, n: debate.order[:n]))
    rows.append(
        Row("drafts/held-out", held_out, "F1", "the longest sentences", _f1(unseen, _longest), more_is_better=True)
    )
    meant = run.attempt(VECTORS, lambda: _meant(debates))
    rows.append(Row("drafts/vectors", ours, "F1", VECTORS, meant, more_is_better=True))
    return rows


def _meant(debates: Sequence[Debate]) -> float:
    from qualikit.coding.encoders import DEFAULT, encoder

    if missing := encoder(DEFAULT).missing():
        raise Unavailable(missing)
    return _f1(debates, lambda debate, n: debate.by_meaning[:n])


def _longest(debate: Debate, n: int) -> Sequence[int]:
    return sorted(range(len(debate.said)), key=lambda place: -len(words(debate.said[place][1])))[:n]


def _leading(debate: Debate, n: int) -> Sequence[int]:
    return range(min(n, len(debate.said)))


def _at_random(debates: Sequence[Debate]) -> float:
    chance = random.Random(1)
    draws = [
        _f1(debates, lambda debate, n: chance.sample(range(len(debate.said)), min(n, len(debate.said))))
        for _draw in range(20)
    ]
    return sum(draws) / len(draws)


def _f1(debates: Sequence[Debate], way: Way) -> float:
    """Mean over debates and annotators, with as many sentences as the annotator picked."""
    found = [_overlap(set(way(debate, len(picked))), picked) for debate in debates for picked in debate.picked]
    return sum(found) / len(found)


def _overlap(one: Picked, other: Picked) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _debates(most: int) -> list[Debate]:
    """The debates in the order of their names. Raises Unavailable."""
    folder = Path(os.environ.get("QUALIKIT_DEBATES", SHARED))
    if not (folder / "transcripts").is_dir():
        raise Unavailable(f"{folder} is not there")
    found = []
    for path in sorted((folder / "transcripts").iterdir())[:most]:
        said = _said(path.read_text("utf-8"))
        summaries = [
            _said((folder / "summaries_extractive" / who / path.name).read_text("utf-8")) for who in ("1", "2")
        ]
        found.append(Debate(said, [_places(said, summary) for summary in summaries]))
    return found


def _said(text: str) -> list[tuple[str, str]]:
    """Sentences with who says them; a line announces its speaker or goes on."""
    found, who = [], ""
    for line in filter(None, map(str.strip, text.split("\n"))):
        announced = _SPEAKER.match(line)
        who = announced[1].strip() if announced else who
        spans = sentences(line, Span(announced.end() if announced else 0, len(line)))
        found += [(who, span.of(line)) for span in spans if words(span.of(line))]
    return found


def _places(said: Sequence[tuple[str, str]], summary: Sequence[tuple[str, str]]) -> Picked:
    """Where the sentences of a summary are in the transcript: the same words, or one within the other."""
    keys = [" ".join(words(text)) for _who, text in said]
    first = {key: place for place, key in reversed(list(enumerate(keys)))}
    found: Picked = set()
    for _who, text in summary:
        key = " ".join(words(text))
        if key in first:
            found.add(first[key])
            continue
        found |= {
            place
            for place, each in enumerate(keys)
            if (len(each) > _CERTAIN and each in key) or (len(key) > _CERTAIN and key in each)
        }
    return found
