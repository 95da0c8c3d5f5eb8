"""How far the coding of each document is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualikit.corpus import Corpus
from qualikit.corpus.model import Turn

if TYPE_CHECKING:
    from qualikit.coding.codings import Codings


@dataclass(frozen=True)
class Progress:
    """``codings`` of everybody and ``by_coder``; ``turns`` with somebody's words, and how many of them each coder
    reached; a text that nobody speaks has none."""

    codings: int = 0
    by_coder: Mapping[str, int] = field(default_factory=dict)
    turns: int = 0
    turns_by_coder: Mapping[str, int] = field(default_factory=dict)


def progress(corpus: Corpus, coding: Codings) -> dict[str, Progress]:
    """The progress of every document, by id."""
    spans: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for each in coding.codings():
        spans.setdefault(each.document_id, {}).setdefault(each.coder, []).append((each.start, each.stop))
    found = {}
    for document in corpus.documents():
        turns = [
            turn
            for turn in corpus.turns(document.document)
            if turn.participant_id is not None and turn.speech_stop > turn.speech_start
        ]
        mine = spans.get(document.id, {})
        found[document.id] = Progress(
            codings=sum(map(len, mine.values())),
            by_coder={coder: len(those) for coder, those in mine.items()},
            turns=len(turns),
            turns_by_coder={coder: turns_reached(turns, those) for coder, those in mine.items()},
        )
    return found


def turns_reached(turns: Sequence[Turn], spans: Iterable[tuple[int, int]]) -> int:
    """How many turns have words inside at least one of the spans (start, stop), in code points. ``turns`` in order."""
    stops = [turn.speech_stop for turn in turns]
    reached = set()
    for start, stop in spans:
        place = bisect_left(stops, start + 1)  # the first turn whose words end after the start
        while place < len(turns) and turns[place].speech_start < stop:
            reached.add(place)
            place += 1
    return len(reached)
