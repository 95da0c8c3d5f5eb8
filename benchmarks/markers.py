"""Positions that markers propose in debates, beside turns that were read by hand, and beside the naive way.

The debates (FREDSum, Rennard and others 2023, CC BY-SA 4.0) are not part of this repository, see ``benchmarks.drafts``;
``material/positions_debats.csv`` refers to their turns and says how each was read. The markers were chosen on the half
called development: only the other one counts here.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.drafts import SHARED
from benchmarks.harness import Row, Run, Unavailable, benchmark
from qualikit.coding.assistants import Heard, Material, Segment
from qualikit.coding.assistants.markers import MarkerAssistant
from qualikit.coding.model import Code, Codebook, CodeKind, Position
from qualikit.text import Span, fold, sentences, text_hash, words

LABELS = Path(__file__).parent / "material" / "positions_debats.csv"
MODERATORS = frozenset({"P1", "P2", "AB", "PA", "M. DURAND", "M. DUHAMEL"})
NAIVE = {
    Position.DISAGREEMENT: "« pas d'accord » anywhere in the turn",
    Position.AGREEMENT: "« d'accord » anywhere in the turn, without « pas » before it",
}
_SPEAKER = re.compile(r"([\w .'-]{1,30}?)\s*:\s*")
_NOT_AGREED = re.compile(r"\bpas d'accord\b")
_AGREED = re.compile(r"(?<!pas )\bd'accord\b")

Way = Callable[[Heard], set[Position]]


@dataclass(frozen=True)
class Labelled:
    """A turn as it was read by hand; ``position`` is None where it takes none. ``drawn``: at random or by words."""

    turn: Heard
    drawn: str
    position: Position | None


@benchmark("markers", "agreement and disagreement marked in 140 turns of debates, beside one reader")
def markers(run: Run) -> Iterable[Row]:
    labelled = run.attempt("the debates", lambda: read("held-out"))
    for position, baseline in NAIVE.items():
        for figure in ("precision", "recall", "recall/random"):
            name = f"markers/{position.value}/{figure}"
            if labelled is None:
                yield Row(name, None, "share", baseline, None, more_is_better=True)
                continue
            some = [each for each in labelled if each.drawn == "random"] if figure == "recall/random" else labelled
            place = 0 if figure == "precision" else 1
            figures = [_shares(some, position, way) for way in (_marked, _naive)]
            ours = run.ours(name, lambda found=figures[0], at=place: found[at])  # type: ignore[misc]
            yield Row(name, ours, "share", baseline, figures[1][place], more_is_better=True)


def _shares(labelled: Sequence[Labelled], position: Position, way: Way) -> tuple[float, float]:
    """Precision and recall of one position; 0 where nothing is found."""
    found = [each for each in labelled if position in way(each.turn)]
    right = sum(each.position is position for each in found)
    there = sum(each.position is position for each in labelled)
    return right / max(1, len(found)), right / max(1, there)


_BOOK = Codebook.of(
    Code(position.value, position.value, kind=CodeKind.POSITION, value=position) for position in Position
)


def _marked(turn: Heard) -> set[Position]:
    segments = [
        Segment("d", "v", turn.start + span.start, turn.start + span.stop, span.of(turn.words), turn)
        for span in sentences(turn.words, Span(0, len(turn.words)))
    ]
    suggester = MarkerAssistant().prepare(Material(_BOOK))
    return {Position(each.code_id) for each in suggester.suggest(segments)}


def _naive(turn: Heard) -> set[Position]:
    folded = fold(turn.words)
    ways = {Position.DISAGREEMENT: _NOT_AGREED, Position.AGREEMENT: _AGREED}
    return {position for position, pattern in ways.items() if pattern.search(folded)}


def read(half: str) -> list[Labelled]:
    """The labelled turns of one half. Raises Unavailable where the debates are not there, or are others."""
    folder = Path(os.environ.get("QUALIKIT_DEBATES", SHARED)) / "transcripts"
    if not folder.is_dir():
        raise Unavailable(f"{folder.parent} is not there")
    turns: dict[str, list[Heard]] = {}
    labelled = []
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["half"] != half:
                continue
            name = row["file"]
            if name not in turns:
                turns[name] = _turns((folder / name).read_text("utf-8"))
            turn = turns[name][int(row["turn"])]
            if text_hash(" ".join(words(turn.words)))[:12] != row["hash"]:
                raise Unavailable(f"turn {row['turn']} of {name} has other words than those that were read")
            position = None if row["position"] == "none" else Position(row["position"])
            labelled.append(Labelled(turn, row["drawn"], position))
    return labelled


def _turns(text: str) -> list[Heard]:
    """Turns of a transcript; lines of one speaker that follow each other are one."""
    said: list[tuple[str, str]] = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        announced = _SPEAKER.match(line)
        who, spoken = (announced[1].strip(), line[announced.end() :]) if announced else ("", line)
        if said and (not announced or said[-1][0] == who):
            said[-1] = (said[-1][0], f"{said[-1][1]}\n{spoken}")
        else:
            said.append((who, spoken))
    heard: list[Heard] = []
    for index, (who, spoken) in enumerate(said):
        heard.append(Heard(index, who, who in MODERATORS, spoken, 0, heard[-1] if heard else None))
    return heard
