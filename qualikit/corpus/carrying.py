"""The turns of a text, carried over onto the text that a correction made of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qualikit.alignment import Hunk
from qualikit.corpus.labels import MAX_LENGTH, key, tidy
from qualikit.corpus.marks import Form, Mark, find_marks
from qualikit.corpus.model import Turn
from qualikit.corpus.speakers import NOBODY, SpeakerRule
from qualikit.corpus.turns import notes_start
from qualikit.rebasing import Edit, Rebasing
from qualikit.text import Span


@dataclass(frozen=True)
class Voice:
    """A label as a document writes it, and who is meant by it."""

    label: str
    participant_id: str | None


def voices(turns: Iterable[Turn]) -> dict[str, Voice]:
    """Those who speak in a document, by the key of their label; of one label for several people, the first."""
    found: dict[str, Voice] = {}
    for turn in turns:
        if turn.label is not None:
            found.setdefault(key(turn.label), Voice(turn.label, turn.participant_id))
    return found


def carry(
    rebasing: Rebasing, turns: Sequence[Turn], rule: SpeakerRule | None, known: Mapping[str, Voice]
) -> tuple[Turn, ...]:
    """The turns of the new text, without a gap from its beginning to its end.

    A turn follows its label. A label that was corrected keeps its speaker, unless it is now that of somebody ``known``;
    a turn whose label went away is part of the one before; a new line that announces somebody known, as the document
    does or with a colon, is a turn of theirs. Times stay with their turns.
    """
    return _Carrying(rebasing, turns, rule or NOBODY, known).done()


def label_span(text: str, turn: Turn) -> Span | None:
    """Where the label of a turn is written, or None."""
    if turn.label is None:
        return None
    words = r"\s+".join(re.escape(word) for word in turn.label.split())
    found = re.compile(words, re.IGNORECASE).search(text, turn.start, turn.speech_start)
    return Span(*found.span()) if found else None


def announcement(text: str, turns: Sequence[Turn], rule: SpeakerRule | None, label: str) -> str:
    """How a turn of that speaker begins, written as the document writes the others."""
    model = next((turn for turn in turns if turn.label is not None and turn.time is None), None)
    place = label_span(text, model) if model is not None else None
    if model is None or place is None or (rule or NOBODY).form is Form.TIME:
        return f"{label} : "
    before = text[model.start : place.start].rpartition("\n")[2]
    return before + label + text[place.stop : model.speech_start]


def spoken_by(text: str, turns: Sequence[Turn], index: int, rule: SpeakerRule | None, label: str) -> Edit:
    """The edit that gives a turn to somebody else."""
    turn = turns[index]
    place = label_span(text, turn)
    if place is not None:
        return Edit(place.start, place.stop, label)
    return Edit(turn.speech_start, turn.speech_start, announcement(text, turns, rule, label))


@dataclass(frozen=True)
class _Start:
    place: int
    speech_start: int
    turn: Turn


class _Carrying:
    def __init__(
        self, rebasing: Rebasing, turns: Sequence[Turn], rule: SpeakerRule, known: Mapping[str, Voice]
    ) -> None:
        self._rebasing = rebasing
        self._turns = turns
        self._form = Form.COLON if rule.form is Form.GIVEN else rule.form
        self._known = known

    def done(self) -> tuple[Turn, ...]:
        new = self._rebasing.new
        if not new:
            return ()
        starts = {start.place: start for turn in self._turns if (start := self._carried(turn)) is not None}
        if self._rebasing.hunks:
            for mark in self._marks.values():
                voice = self._known.get(key(mark.label))
                if mark.start not in starts and voice is not None and self._is_new(mark):
                    starts[mark.start] = self._marked(mark, Turn(0, 0, 0, 0, 0, mark.label), voice)
        ordered = [starts[place] for place in sorted(starts)]
        if not ordered or (ordered[0].place and new[: ordered[0].place].strip() and ordered[0].turn.label is not None):
            ordered.insert(0, _Start(0, 0, Turn(0, 0, 0, 0, 0)))
        stops = [start.place for start in ordered[1:]] + [len(new)]
        return tuple(
            self._turn(index, start, stop) for index, (start, stop) in enumerate(zip(ordered, stops, strict=True))
        )

    def _turn(self, index: int, start: _Start, stop: int) -> Turn:
        new = self._rebasing.new
        said, last = min(start.speech_start, stop), stop
        while said < stop and new[said].isspace():
            said += 1
        while last > said and new[last - 1].isspace():
            last -= 1
        place = start.place if index else 0
        return replace(start.turn, index=index, start=place, stop=stop, speech_start=said, speech_stop=last)

    def _carried(self, turn: Turn) -> _Start | None:
        rebasing = self._rebasing
        place = rebasing.start(turn.start)
        if turn.label is None:
            left = rebasing.new[place : rebasing.stop(turn.stop)]
            return _Start(place, place, turn) if left.strip() and not self._is_taken(place) else None
        if not rebasing.touches(Span(turn.start, turn.speech_start)):
            return _Start(place, rebasing.stop(turn.speech_start), turn)
        mark = self._marks.get(rebasing.new.rfind("\n", 0, place) + 1)
        if mark is not None:
            return self._marked(mark, turn, self._known.get(key(mark.label)))
        return self._relabelled(turn, place)

    def _is_taken(self, place: int) -> bool:
        """Somebody was given the words that nobody spoke."""
        new = self._rebasing.new
        if not self._rebasing.hunks:
            return False
        said = place + len(new[place:]) - len(new[place:].lstrip())
        mark = self._marks.get(new.rfind("\n", 0, said) + 1)
        return (
            mark is not None
            and key(mark.label) in self._known
            and self._is_new(mark)
            and not new[mark.speech_start : said].strip()
        )

    def _marked(self, mark: Mark, turn: Turn, voice: Voice | None) -> _Start:
        turn = replace(turn, label=mark.label)
        if voice is not None:
            turn = replace(turn, label=voice.label, participant_id=voice.participant_id)
        if mark.time is not None:
            turn = replace(turn, time=mark.time, time_stop=mark.time_stop)
        return _Start(mark.start, mark.speech_start, turn)

    def _relabelled(self, turn: Turn, place: int) -> _Start | None:
        """A label that no grammar reads, such as a pseudonym between brackets, in the place of the one before."""
        old, new = self._rebasing.old, self._rebasing.new
        written = label_span(old, turn)
        if written is None:
            return None
        start, stop = self._rebasing.start(written.start), self._rebasing.stop(written.stop)
        label = tidy(new[start:stop]) if start < stop else ""
        after = re.match(r"\s*" + re.escape(old[written.stop : turn.speech_start].strip()), new[stop:])
        if not label or len(label) > MAX_LENGTH or after is None:
            return None
        voice = self._known.get(key(label))
        turn = replace(turn, label=label)
        if voice is not None:
            turn = replace(turn, participant_id=voice.participant_id)
        return _Start(place, stop + after.end(), turn)

    @cached_property
    def _marks(self) -> dict[int, Mark]:
        """Announcements in the new text by the place of their line: the document's form first, then any of somebody
        known, with a colon."""
        new = self._rebasing.new
        stop = notes_start(new)
        colons = find_marks(new, Form.COLON, (), stop)
        found = {mark.start: mark for mark in colons if key(mark.label) in self._known}
        own = colons if self._form is Form.COLON else find_marks(new, self._form, (), stop)
        found.update((mark.start, mark) for mark in own)
        return found

    def _is_new(self, mark: Mark) -> bool:
        """Its line was written, or made a line, by the correction."""
        first = bisect_left(self._new_stops, mark.start)
        return first < len(self._written) and self._written[first].new_start < mark.speech_start

    @cached_property
    def _written(self) -> list[Hunk]:
        return [hunk for hunk in self._rebasing.hunks if hunk.new_stop > hunk.new_start]

    @cached_property
    def _new_stops(self) -> list[int]:
        return [hunk.new_stop for hunk in self._written]
