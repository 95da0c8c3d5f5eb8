"""From where questions are put to what is said under each: pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from qualikit.corpus.guide.model import QuestionMark, Stretch
from qualikit.corpus.model import Turn


def stretches(turns: Sequence[Turn], marks: Iterable[QuestionMark]) -> list[Stretch]:
    """What is said under each mark of one text, in its order: from the turn in which the question is put to the next
    turn in which one is; the last to the end of what is said.

    Questions put in one turn are answered together: their stretches are the same. In what nobody speaks, such as a
    note, a stretch begins where the mark does.
    """
    starts = [turn.start for turn in turns]
    spoken = [turn for turn in turns if turn.label is not None or turn.participant_id is not None]
    end = (spoken or turns or [Turn(0, 0, 0, 0, 0)])[-1].stop
    placed = sorted(((beginning(turns, starts, mark.start), mark) for mark in marks), key=lambda each: each[0])
    borders = sorted({begin for begin, _mark in placed})
    found = []
    for begin, mark in placed:
        after = bisect_right(borders, begin)
        stop = borders[after] if after < len(borders) else max(end, mark.stop)
        found.append(Stretch(mark.id, mark.question_id, begin, stop))
    return found


def beginning(turns: Sequence[Turn], starts: Sequence[int], place: int) -> int:
    """Where a question put at that place begins to be answered: its turn, or the place itself where nobody speaks.
    ``starts``: those of the turns."""
    number = bisect_right(starts, place) - 1
    if number < 0:
        return place
    turn = turns[number]
    return turn.start if turn.label is not None or turn.participant_id is not None else place
