"""Where places of a text are once some of its words have been replaced."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualikit.corpus.model import Turn
from qualikit.text import Span


@dataclass(frozen=True)
class Edit:
    """``[start, stop)`` of a text becomes ``text``."""

    start: int
    stop: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with its edits, which are in order and apart."""
    parts, position = [], 0
    for edit in edits:
        parts += [text[position : edit.start], edit.text]
        position = edit.stop
    return "".join((*parts, text[position:]))


class Shift:
    """Places before ⇒ places after a number of edits; O(log n) each."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts = [edit.start for edit in edits]
        self._before = [0]  # how far what follows the first n edits has moved
        for edit in edits:
            self._before.append(self._before[-1] + len(edit.text) - (edit.stop - edit.start))

    def start(self, place: int) -> int:
        """Of the first character of something: inside a replaced word, that is the whole new word."""
        number = bisect_right(self._starts, place)
        if number and place < self._edits[number - 1].stop:
            return self._edits[number - 1].start + self._before[number - 1]
        return place + self._before[number]

    def stop(self, place: int) -> int:
        """Of what follows the last character of something."""
        number = bisect_right(self._starts, place - 1) if place else 0
        if number and place < self._edits[number - 1].stop:
            edit = self._edits[number - 1]
            return edit.start + self._before[number - 1] + len(edit.text)
        return place + self._before[number]

    def span(self, span: Span) -> Span:
        """A passage, grown to the whole of the new words at its ends."""
        start = self.start(span.start)
        return Span(start, max(start, self.stop(span.stop)))

    def turn(self, turn: Turn) -> Turn:
        """A turn whose label and speech are each edited inside their own bounds."""
        start, stop = self.start(turn.start), self.start(turn.stop)
        speech = self.span(turn.speech) if turn.speech_stop > turn.speech_start else None
        said = self.start(turn.speech_start) if speech is None else speech.start
        end = said if speech is None else speech.stop
        return replace(
            turn,
            start=start,
            stop=stop,
            speech_start=min(max(said, start), stop),
            speech_stop=min(max(end, start), stop),
        )
