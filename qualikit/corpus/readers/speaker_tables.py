"""Tables with a column of speakers: recognised by the words of their first row, or by what their columns hold.

A row becomes a line that announces its speaker, « Karim (00:03) : … »; the turns are those of the table. The numbers of
the rows are left out; what stands in any other column follows on a line of its own, which nobody says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from statistics import mean

from qualikit.corpus.labels import MAX_LENGTH, Shape, key, shape, tidy
from qualikit.corpus.model import Turn
from qualikit.corpus.times import clock, read_clock
from qualikit.text import count_words, fold

Cell = tuple[int, int]
Table = list[list[Cell]]
MAX_COLUMNS = 8
ENOUGH_ROWS = 4
"""Rows from which the columns of a table without titles may be told by what they hold."""
MOSTLY = 0.8


class Column(Enum):
    """What a column holds."""

    NUMBER = "number"
    TIME = "time"
    TIME_STOP = "time_stop"
    SPEAKER = "speaker"
    SPEECH = "speech"
    OTHER = "other"


_WORDS = {
    Column.SPEAKER: "locuteur locutrice locuteurs locuteurice intervenant intervenante intervenants interlocuteur "
    "interlocutrice personne participant participante participants qui nom prenom speaker name who",
    Column.SPEECH: "parole paroles propos texte transcription transcript discours verbatim verbatims contenu enonce "
    "text speech utterance content words said",
    Column.TIME_STOP: "fin end stop",
    Column.TIME: "heure temps time timecode timestamp horodatage minutage debut start minute minutes duree",
    Column.NUMBER: "n no numero num ligne tour id number line turn #",
}
_TITLES = {column: frozenset(words.split()) for column, words in _WORDS.items()}
_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?"
_TIMES = re.compile(rf"[\[(<]?\s*({_CLOCK})(?:\s*(?:-->|[-–—→à])\s*({_CLOCK}))?\s*[\])>]?")
_AROUND = " \t\n\u00a0\u202f:–—-,"
_NUMBER = re.compile(r"\d{1,5}[.)]?")


@dataclass
class Arranged:
    """A text of which some places were moved: ``kept`` are the pieces of the first that stand in the second.

    ``turns`` are in places of the second text; without any, the whole is as it was.
    """

    text: str = ""
    turns: list[Turn] = field(default_factory=list)
    kept: list[tuple[int, int, int]] = field(default_factory=list)
    """``(start, stop)`` in the first text, start in the second."""

    @classmethod
    def as_it_is(cls, raw: str) -> Arranged:
        return cls(raw, [], [(0, len(raw), 0)])

    def moved(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Where that passage of the first text is in the second: in several pieces, or nowhere."""
        first = max(bisect_right(self.kept, (start, len(self.text) + stop, 0)) - 1, 0)
        found = []
        for piece_start, piece_stop, place in self.kept[first:]:
            if piece_start >= stop:
                break
            low, high = max(start, piece_start), min(stop, piece_stop)
            if low < high:
                found.append((place + low - piece_start, place + high - piece_start))
        return found

    def finished(self, at: Callable[[int], int], length: int) -> tuple[Turn, ...]:
        """The turns where they fall in the text at last, whose length that is."""
        if not any(turn.label for turn in self.turns):
            return ()
        moved = [
            replace(
                turn,
                start=at(turn.start),
                stop=at(turn.stop),
                speech_start=at(turn.speech_start),
                speech_stop=at(turn.speech_stop),
            )
            for turn in self.turns
        ]
        there = [turn for turn in moved if turn.start < turn.stop]
        last = len(there) - 1
        return tuple(
            replace(
                turn, index=index, start=0 if index == 0 else turn.start, stop=length if index == last else turn.stop
            )
            for index, turn in enumerate(there)
        )


def arranged(raw: str, tables: Sequence[Table]) -> Arranged | None:
    """The text with its tables of speakers written out as turns; None where it has none."""
    told: list[tuple[Table, list[Column], bool]] = []
    before: list[Column] = []
    for table in tables:
        columns, titled = _columns(raw, table)
        if not columns and before and all(len(row) == len(before) for row in table):
            columns = before  # the table goes on after a break, without its titles
        if columns:
            told.append((table, columns, titled))
            before = columns
    if not told:
        return None
    made = _Arranging(raw)
    for table, columns, titled in told:
        made.table(table, columns, titled)
    return made.end()


class _Arranging:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.made = Arranged()
        self.pieces: list[str] = []
        self.length = 0
        self.read = 0
        self.last: str | None = None
        self.titles: list[str] = []

    def table(self, table: Table, columns: list[Column], titled: bool) -> None:
        """The rows of one table; what stood before it, which nobody says, first."""
        start, stop = table[0][0][0], table[-1][-1][1]
        while start < stop and self.raw[start] in "\n\t":
            start += 1
        self._nobody(self.read, start)
        self.read, self.last = stop + (self.raw[stop : stop + 1] == "\n"), None
        self.titles = [_text(self.raw, cell) for cell in table[0]] if titled else []
        for row in table[1:] if titled else table:
            if len(row) == len(columns):
                self._row(row, columns)
            elif row and self.raw[row[0][0] : row[-1][1]].strip():
                self._nobody(*_stripped(self.raw, (row[0][0], row[-1][1])), "\n")

    def end(self) -> Arranged:
        self._nobody(self.read, len(self.raw))
        self.made.text = "".join(self.pieces)
        self.made.kept.sort()
        return self.made

    def _row(self, row: list[Cell], columns: list[Column]) -> None:
        cells: dict[Column, list[Cell]] = {}
        for cell, column in zip(row, columns, strict=True):
            cells.setdefault(column, []).append(_stripped(self.raw, cell))
        label, time, time_stop = _announced(self.raw, cells)
        (speech,) = cells[Column.SPEECH]
        turns = self.made.turns
        goes_on = label is None and self.last is not None  # a cell left empty: the same one goes on
        if goes_on and turns[-1].label != self.last:
            label, goes_on = self.last, False
        start = self.length
        if label:
            self._write(label)
            if time is not None:
                self._write(f" ({clock(time)})")
            self._write(" : ")
        speech_start = self.length
        self._keep(*speech)
        if self.length > start:
            speech_stop = self.length
            self._write("\n")
            if goes_on:
                turns[-1] = replace(turns[-1], speech_stop=speech_stop, stop=self.length)
            else:
                self.last = label
                turn = Turn(len(turns), start, self.length, speech_start, speech_stop, label, None, time, time_stop)
                turns.append(turn)
        for cell, column, place in zip(row, columns, range(len(row)), strict=True):
            words = _stripped(self.raw, cell)
            if column is Column.OTHER and words[0] < words[1]:
                title = self.titles[place] if place < len(self.titles) else ""
                self._nobody(*words, "\n", f"{title} : " if title else "")

    def _nobody(self, start: int, stop: int, end: str = "", head: str = "") -> None:
        if start >= stop:
            return
        begun = self.length
        self._write(head)
        words = self.raw[start:stop]
        low = self.length + len(words) - len(words.lstrip())
        high = self.length + len(words.rstrip())
        self._keep(start, stop)
        self._write(end)
        turns = self.made.turns
        if words.strip():
            turns.append(Turn(len(turns), begun, self.length, begun if head else low, high))
        elif turns:
            turns[-1] = replace(turns[-1], stop=self.length)

    def _keep(self, start: int, stop: int) -> None:
        if start < stop:
            self.made.kept.append((start, stop, self.length))
            self._write(self.raw[start:stop])

    def _write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


def _announced(raw: str, cells: dict[Column, list[Cell]]) -> tuple[str | None, float | None, float | None]:
    """Who speaks in a row, and when, in seconds."""
    words = _text(raw, cells[Column.SPEAKER][0])
    inside = _TIMES.search(words)
    stamps = [_times(_text(raw, cell)) for cell in cells.get(Column.TIME, [])]
    stops = [_times(_text(raw, cell)) for cell in cells.get(Column.TIME_STOP, [])]
    time, time_stop = next((stamp for stamp in stamps if stamp[0] is not None), (None, None))
    if inside:
        words = words[: inside.start()] + words[inside.end() :]
        time, time_stop = _times(inside.group()) if time is None else (time, time_stop)
    label = tidy(words.strip(_AROUND))
    label = (label[1:-1] if label[:1] + label[-1:] == "[]" else label)[:MAX_LENGTH].strip()
    return label or None, time, time_stop if not stops else stops[0][0]


def _columns(raw: str, table: Table) -> tuple[list[Column], bool]:
    """What each column holds, and whether the first row says so; nothing where it is not a table of speakers."""
    if not table or not 2 <= len(table[0]) <= MAX_COLUMNS:
        return [], False
    titles = _titled([_text(raw, cell) for cell in table[0]])
    if titles and len(table) > 1:
        return titles, True
    width = Counter(len(row) for row in table).most_common(1)[0][0]
    rows = [[_text(raw, cell) for cell in row] for row in table if len(row) == width]
    if width < 2 or len(rows) < max(ENOUGH_ROWS, MOSTLY * len(table)):
        return [], False
    return _by_content([list(column) for column in zip(*rows, strict=True)]), False


def _titled(titles: list[str]) -> list[Column]:
    found = []
    for title in titles:
        words = re.findall(r"[a-z]+|#", fold(title).replace("·", "").replace("°", " "))
        named = [column for column, known in _TITLES.items() if known.intersection(words)]
        found.append(named[0] if named and len(words) <= 4 else Column.OTHER)
    once = found.count(Column.SPEAKER) == found.count(Column.SPEECH) == 1
    return found if once else []


def _by_content(columns: list[list[str]]) -> list[Column]:
    found = [_kind(cells) for cells in columns]
    speakers = [place for place, kind in enumerate(found) if kind is Column.SPEAKER]
    if len(speakers) != 1:
        return []
    left = [place for place, kind in enumerate(found) if kind is Column.OTHER]
    if not left:
        return []
    speech = max(left, key=lambda place: mean(count_words(cell) for cell in columns[place]))
    if mean(count_words(cell) for cell in columns[speech]) < 3:
        return []
    found[speech] = Column.SPEECH
    return found


def _kind(cells: list[str]) -> Column:
    filled = [cell for cell in cells if cell]
    enough = MOSTLY * len(filled)
    if not filled:
        return Column.OTHER
    if sum(1 for cell in filled if _TIMES.fullmatch(cell)) >= enough:
        return Column.TIME
    if sum(1 for cell in filled if _NUMBER.fullmatch(cell)) >= enough:
        return Column.NUMBER
    labels = [tidy(_TIMES.sub("", cell).strip(_AROUND)) for cell in filled]
    counts = Counter(key(label) for label in labels)
    people = sum(1 for label in labels if shape(label) not in {Shape.NONE, Shape.LOWER})
    returning = sum(n for n in counts.values() if n >= 2)
    if people >= enough and returning >= MOSTLY * len(filled) and len(counts) >= 2:
        return Column.SPEAKER
    return Column.OTHER


def _text(raw: str, cell: Cell) -> str:
    return " ".join(raw[cell[0] : cell[1]].split())


def _stripped(raw: str, cell: Cell) -> Cell:
    start, stop = cell
    while start < stop and raw[start].isspace():
        start += 1
    while stop > start and raw[stop - 1].isspace():
        stop -= 1
    return start, stop


def _times(words: str) -> tuple[float | None, float | None]:
    match = _TIMES.search(words)
    if match is None:
        return None, None
    return read_clock(match[1]), read_clock(match[2]) if match[2] else None
