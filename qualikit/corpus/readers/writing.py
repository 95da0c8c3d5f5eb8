"""What every walk through a formatted document writes into: text, what is bold, tables, what the comments are about.

The walks of Word, OpenDocument, RTF and web pages differ; what they make of a line, of a table or of a note does not.
Places are measured in what was written, and carried at the end into the normalised text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from qualikit.corpus.model import Turn
from qualikit.corpus.readers.meetings import meeting_turns
from qualikit.corpus.readers.speaker_tables import Arranged, Table, arranged
from qualikit.text import Span, normalise

MAX_GAP = 500
"""Blank lines or empty cells in a row that are kept: more are a page layout, or a trap."""
Place = tuple[int, str]
"""Where the writing stands: what was written, and the blanks that wait for more."""


@dataclass
class Writing:
    """Text written piece by piece. Blanks between pieces wait until something follows: none is left at the end."""

    pieces: list[str] = field(default_factory=list, init=False)
    bold: list[tuple[int, int]] = field(default_factory=list, init=False)
    length: int = field(default=0, init=False)
    tables: list[Table] = field(default_factory=list, init=False)
    """The outermost tables, each a list of rows, each a list of cells ``(start, stop)`` in what was written."""
    ranges: dict[str, tuple[int, int]] = field(default_factory=dict, init=False)
    """Identifier of a comment → the passage it is about."""
    points: dict[str, int] = field(default_factory=dict, init=False)
    """Identifier of a comment → the place where its mark stands."""
    _gap: str = field(default="", init=False)
    _trim: bool = field(default=False, init=False)
    _begun: dict[str, int] = field(default_factory=dict, init=False)
    _beginning: dict[str, None] = field(default_factory=dict, init=False)
    _pointing: list[str] = field(default_factory=list, init=False)

    def write(self, text: str, bold: bool = False) -> None:
        """Add text where the writing stands."""
        if self._trim:
            text = text.lstrip()
        if not text:
            return
        self._trim = False
        if self._gap and self.length:
            self.pieces.append(self._gap)
            self.length += len(self._gap)
        self._gap = ""
        if self._beginning or self._pointing:
            self._arrive()
        if bold:
            if self.bold and self.bold[-1][1] == self.length:
                self.bold[-1] = (self.bold[-1][0], self.length + len(text))
            else:
                self.bold.append((self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)

    def end_line(self) -> None:
        """What comes next begins a line."""
        self._widen("\n")

    def _widen(self, sign: str) -> None:
        if len(self._gap) < MAX_GAP:
            self._gap += sign

    # -- tables: a row a line, its cells parted by tabs

    @property
    def place(self) -> Place:
        return self.length, self._gap

    def end_cell(self, since: Place) -> tuple[int, int]:
        """End the cell that began at that place; what was written in it."""
        self._gap = self._gap.rstrip("\n") if self.length > since[0] else since[1]
        self._widen("\t")
        return since[0], self.length

    def end_row(self, since: Place) -> None:
        """End the row that began at that place: an empty one leaves no trace."""
        self._gap = self._gap.rstrip("\t") if self.length > since[0] else since[1]
        if self.length > since[0]:
            self.end_line()

    # -- comments

    def begin_range(self, identifier: str) -> None:
        """What comes next is what that comment is about."""
        if identifier not in self.ranges and identifier not in self._begun:
            self._beginning[identifier] = None

    def end_range(self, identifier: str) -> None:
        """The passage of that comment ends here."""
        self._beginning.pop(identifier, None)
        start = self._begun.pop(identifier, None)
        if start is not None and start < self.length:
            self.ranges[identifier] = (start, self.length)

    def point(self, identifier: str) -> None:
        """The mark of that comment stands here."""
        if identifier in self.points:
            return
        if "\n" in self._gap or not self.length:
            self._pointing.append(identifier)
        else:
            self.points[identifier] = self.length

    def _arrive(self) -> None:
        self._begun.update(dict.fromkeys(self._beginning, self.length))
        self._beginning.clear()
        for identifier in self._pointing:
            self.points.setdefault(identifier, self.length)
        self._pointing = []

    # -- notes

    def write_note(self, number: int, write: Callable[[], None]) -> None:
        """A note in its place after the text; ``write`` writes its words."""
        self.write(f"[{number}] ")
        self._trim = True
        write()
        self._trim = False


@dataclass(frozen=True)
class Written:
    """The normalised text, and what was noted on the way, in code points of it.

    ``spans``: identifier of a comment → what it is about; those that lead nowhere in the text are left out.
    """

    text: str
    bold: tuple[Span, ...] = ()
    turns: tuple[Turn, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)


def finished(writing: Writing) -> Written:
    """What was written, normalised, without blank lines at its ends; speakers' tables told as turns."""
    raw = "".join(writing.pieces)
    about = {**{id: _line(raw, place) for id, place in writing.points.items()}, **writing.ranges}
    told = arranged(raw, writing.tables) or Arranged.as_it_is(raw)
    bold = [moved for start, stop in writing.bold for moved in told.moved(start, stop)]
    ranges = {id: _hull(told.moved(start, stop)) for id, (start, stop) in about.items()}
    places = [place for pair in (*bold, *ranges.values()) for place in pair]
    places += [place for turn in told.turns for place in (turn.start, turn.speech_start, turn.speech_stop, turn.stop)]
    text, carry = carried(told.text, places)
    kept = text.strip("\n") if text.strip() else ""
    head = len(text) - len(text.lstrip("\n"))

    def at(place: int) -> int:
        return min(max(carry(place) - head, 0), len(kept))

    runs = (Span(at(start), at(stop)) for start, stop in bold)
    spans = {id: _trimmed(kept, at(start), at(stop)) for id, (start, stop) in ranges.items()}
    return Written(
        kept,
        tuple(run for run in runs if len(run)),
        told.finished(at, len(kept)) or meeting_turns(kept),
        {id: span for id, span in spans.items() if len(span)},
    )


def carried(raw: str, places: Iterable[int]) -> tuple[str, Callable[[int], int]]:
    """The normalised text, and where each of those places of the raw one falls in it."""
    text = normalise(raw)
    if len(text) == len(raw):
        return text, lambda place: place
    # Composed accents shift what follows: the pieces between places are measured in the normalised text one by one.
    whole = {place: _whole(raw, place) for place in places}
    cuts = sorted({0, len(raw), *whole.values()})
    lengths = accumulate((len(normalise(raw[start:stop])) for start, stop in pairwise(cuts)), initial=0)
    found = dict(zip(cuts, lengths, strict=True))
    return text, lambda place: min(found[whole[place]], len(text))


def _whole(raw: str, place: int) -> int:
    """The place, moved past what belongs to the letter before it: an accent, the second half of a line end."""
    while place < len(raw) and (unicodedata.combining(raw[place]) or raw[place - 1 : place + 1] == "\r\n"):
        place += 1
    return place


def _line(raw: str, place: int) -> tuple[int, int]:
    """The line around a place: what a comment without a passage is about."""
    stop = raw.find("\n", place)
    return raw.rfind("\n", 0, place) + 1, len(raw) if stop < 0 else stop


def _hull(spans: list[tuple[int, int]]) -> tuple[int, int]:
    return (min(start for start, _stop in spans), max(stop for _start, stop in spans)) if spans else (0, 0)


def _trimmed(text: str, start: int, stop: int) -> Span:
    """Without the blanks at both ends."""
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return Span(start, max(start, stop))
