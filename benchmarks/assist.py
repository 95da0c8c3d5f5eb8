"""Codes proposed for turns of debates whose theme somebody wrote down, with none or few examples of each code.

The debates (FREDSum, Rennard and others 2023, CC BY-SA 4.0) are not part of this repository, see
``benchmarks.drafts``. Each of the eight debates in turn is what is proposed for; the examples are drawn from the other
seven. The corpus, which an assistant reads without its codes, is all of them. Predictions are pooled over the debates;
figures are the mean of two draws.
"""

from __future__ import annotations

import csv
import json
import os
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.drafts import SHARED
from benchmarks.harness import Row, Run, Unavailable, benchmark
from qualikit.coding.assistants import Example, Heard, Material, Segment, Vectors
from qualikit.coding.assistants.keywords import KeywordAssistant
from qualikit.coding.assistants.meaning import MeaningAssistant
from qualikit.coding.encoders import DEFAULT, Encoder, encoder
from qualikit.coding.model import Code, Codebook

EXAMPLES = (0, 4, 8, 16, 32)
"""Of each code, or as many as there are."""
DRAWS = 2
BINS = 10
KEYWORDS = "the keywords of the codebook alone"
WORDS = "TF-IDF and a balanced logistic regression (scikit-learn)"


@dataclass(frozen=True)
class Turn:
    """Words, the debate they are of, and the code that somebody wrote down."""

    words: str
    debate: str
    code_id: str


@dataclass(frozen=True)
class Debates:
    """The codebook and the turns."""

    book: Codebook
    turns: Sequence[Turn]

    @cached_property
    def codes(self) -> list[str]:
        return [code.id for code in self.book]

    @cached_property
    def segments(self) -> list[Segment]:
        """Each turn whole."""
        return [
            Segment(turn.debate, str(number), 0, len(turn.words), turn.words, Heard(number, "", False, turn.words))
            for number, turn in enumerate(self.turns)
        ]

    @cached_property
    def names(self) -> list[str]:
        return sorted({turn.debate for turn in self.turns})

    def drawn(self, away: str, most: int, seed: int) -> list[int]:
        """Places of up to so many turns of each code that are not of that debate."""
        chance = random.Random(f"{seed} {away}")
        found: list[int] = []
        for code in self.codes:
            places = [n for n, turn in enumerate(self.turns) if turn.code_id == code and turn.debate != away]
            found += chance.sample(places, min(most, len(places)))
        return found


Way = Callable[[Debates, Sequence[int]], tuple[Any, Any]]
"""From the places of the examples, of turns by codes: what ranks the codes, and how sure each is, from 0 to 1."""


@benchmark(
    "assist", "codes proposed for 1,132 turns of debates with 0 to 32 examples each, beside what was written down"
)
def assist(run: Run) -> Iterable[Row]:
    debates = run.attempt("the debates", lambda: read(run.size(10_000, 90)))
    for number in (run.size(1, 0) and EXAMPLES) or EXAMPLES[:2]:
        baseline, way = (WORDS, _by_words) if number else (KEYWORDS, _by_keywords)
        ours = theirs = None
        if debates is not None:
            draws = run.size(DRAWS, 1) if number else 1
            ours = run.ours(f"assist/{number}", lambda n=number, d=draws: measured(debates, _ours, n, d))  # type: ignore[misc]
            theirs = run.attempt(baseline, lambda n=number, d=draws, w=way: measured(debates, w, n, d))  # type: ignore[misc]
        for figure, unit, more in FIGURES:
            yield Row(
                f"assist/{number}{figure}",
                None if ours is None else ours[figure],
                unit,
                baseline,
                None if theirs is None else theirs[figure],
                more_is_better=more,
            )


FIGURES = (
    ("", "F1", True),
    ("/first-three", "share", True),
    ("/calibration", "error", False),
    ("/brier", "error", False),
)


def measured(debates: Debates, way: Way, number: int, draws: int) -> dict[str, float]:
    """Figures of a way with so many examples of each code, mean of the draws."""
    found = [_pooled(debates, way, number, seed) for seed in range(draws)]
    return {figure: sum(each[figure] for each in found) / draws for figure, _unit, _more in FIGURES}


def _pooled(debates: Debates, way: Way, number: int, seed: int) -> dict[str, float]:
    import numpy as np
    from sklearn.metrics import f1_score

    right = np.array([debates.codes.index(turn.code_id) for turn in debates.turns])
    ranks = np.zeros((len(right), len(debates.codes)))
    sure = np.zeros(ranks.shape)
    for debate in debates.names if number else [""]:
        ranked, how_sure = way(debates, debates.drawn(debate, number, seed))
        here = [n for n, turn in enumerate(debates.turns) if debate in {"", turn.debate}]
        ranks[here], sure[here] = ranked[here], how_sure[here]
    order = np.argsort(-ranks, axis=1, kind="stable")
    best = np.where(ranks.max(axis=1) > -np.inf, order[:, 0], -1)  # nothing may be proposed
    told = (order[:, :3] == right[:, None]) & np.isfinite(np.take_along_axis(ranks, order[:, :3], axis=1))
    top = np.where(best >= 0, sure[np.arange(len(best)), best], 0)
    hit = best == right
    return {
        "": float(f1_score(right, best, labels=range(len(debates.codes)), average="macro", zero_division=0)),
        "/first-three": float(told.any(axis=1).mean()),
        "/calibration": _calibration(top, hit),
        "/brier": float(((top - hit) ** 2).mean()),
    }


def _calibration(sure: Any, right: Any) -> float:
    """Expected calibration error: of ten bins of scores, how far their mean is from the share that is right."""
    import numpy as np

    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    return sum(
        abs(float(sure[bins == each].mean()) - float(right[bins == each].mean())) * float((bins == each).mean())
        for each in range(BINS)
        if (bins == each).any()
    )


def _ours(debates: Debates, places: Sequence[int]) -> tuple[Any, Any]:
    turns = [debates.turns[place] for place in places]
    examples = [Example(turn.words, turn.code_id, document_id=turn.debate, title=turn.debate) for turn in turns]
    material = Material(debates.book, debates.segments, examples, encoded(), DEFAULT)
    suggester = MeaningAssistant().prepare(material)
    if len(suggester.read) != len(debates.turns) or [code.id for code in suggester.codes] != debates.codes:
        raise RuntimeError("the turns were not read one by one, or the codes not in their order")
    return suggester.scores.odds, suggester.scores.score


def _by_keywords(debates: Debates, _places: Sequence[int]) -> tuple[Any, Any]:
    import numpy as np

    found = np.full((len(debates.turns), len(debates.codes)), -np.inf)
    suggester = KeywordAssistant().prepare(Material(debates.book, debates.segments))
    for number, segment in enumerate(debates.segments):
        for proposal in suggester.suggest([segment]):
            found[number, debates.codes.index(proposal.code_id)] = proposal.score
    return found, np.where(np.isfinite(found), found, 0)


def _by_words(debates: Debates, places: Sequence[int]) -> tuple[Any, Any]:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    rows = TfidfVectorizer(sublinear_tf=True, strip_accents="unicode").fit_transform(
        [turn.words for turn in debates.turns]
    )
    labels = [debates.codes.index(debates.turns[place].code_id) for place in places]
    model = LogisticRegression(C=10, class_weight="balanced", max_iter=1_000).fit(rows[places], labels)
    found = np.zeros((len(debates.turns), len(debates.codes)))
    found[:, model.classes_] = model.predict_proba(rows)
    return found, found


_known: dict[str, Any] = {}


def encoded() -> Vectors:
    """Vectors by the encoder that comes with qualikit, each computed once, as a project does. Raises Unavailable."""
    import numpy as np

    model = encoder_here()

    def vectors(texts: Sequence[str]) -> Any:
        fresh = [text for text in dict.fromkeys(texts) if text not in _known]
        for start in range(0, len(fresh), 64):
            some = fresh[start : start + 64]
            _known.update(zip(some, model.encode(some), strict=True))
        return np.stack([_known[text] for text in texts]) if len(texts) else np.zeros((0, 512), dtype=np.float32)

    return vectors


def encoder_here() -> Encoder:
    """The encoder that comes with qualikit. Raises Unavailable where it is not installed."""
    found = encoder(DEFAULT)
    if missing := found.missing():
        raise Unavailable(missing)
    return found


def read(most: int) -> Debates:
    """The codebook and up to so many turns, spread over the file. Raises Unavailable."""
    folder = Path(os.environ.get("QUALIKIT_DEBATES", SHARED))
    if not (folder / "segments_by_theme.csv").is_file():
        raise Unavailable(f"{folder / 'segments_by_theme.csv'} is not there")
    told = json.loads((folder / "codebook.json").read_text("utf-8"))
    book = Codebook.of(
        Code(id, each["name"], definition=each["definition"], keywords=tuple(each["keywords"]), position=place)
        for place, (id, each) in enumerate(told.items())
    )
    with (folder / "segments_by_theme.csv").open(encoding="utf-8", newline="") as file:
        turns = [Turn(row["text"], row["group"], row["label"]) for row in csv.DictReader(file)]
    return Debates(book, turns[:: max(1, len(turns) // most)])
