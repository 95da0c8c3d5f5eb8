"""From a text and a rule to the turns that cover it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualikit.corpus.labels import key
from qualikit.corpus.marks import Form, Mark, find_marks
from qualikit.corpus.model import Turn
from qualikit.text import Span

if TYPE_CHECKING:
    from qualikit.corpus.speakers import SpeakerRule


def notes_start(text: str) -> int:
    """Where the notes that a reader put after the text begin; the length of the text where there are none."""
    start = text.rfind("\n\n[1] ") + 2
    if start < 2:
        return len(text)
    called = set(re.findall(r"\[(\d{1,6})\]", text[:start]))
    announced = re.findall(r"^\[(\d{1,6})\] ", text[start:], re.MULTILINE)
    in_order = announced == [str(number + 1) for number in range(len(announced))]
    return start if in_order and called.issuperset(announced) else len(text)


def split_turns(
    text: str, rule: SpeakerRule, bold: Sequence[Span] = (), given: Sequence[Turn] = ()
) -> tuple[Turn, ...]:
    """The turns of a text, in order, without a gap, from 0 to its end; one without speaker where nobody is announced.

    Only the labels of the rule make turns. ``bold`` serves the rule that reads it; without it, as on a text that was
    corrected since, a bold label is recognised by its words at the beginning of a line. ``given``: the turns of a file
    that says them itself, for the rule that takes them as they are; whoever is not in the rule is nobody.
    """
    if not text:
        return ()
    if rule.form is Form.GIVEN and given:
        labels = set(rule.labels)
        return tuple(
            turn if turn.label is None or turn.label in labels else replace(turn, label=None, speech_start=turn.start)
            for turn in given
        )
    end = notes_start(text)
    known = {key(label): label for label in rule.labels}
    return turns_between(text, [mark for mark in _marks(text, rule, bold, end) if key(mark.label) in known], end)


def turns_between(text: str, marks: Sequence[Mark], end: int) -> tuple[Turn, ...]:
    """The turns that these marks begin, in order; what stands before the first and after ``end`` is nobody's."""
    turns: list[Turn] = []
    first = marks[0].start if marks else end
    if not marks or text[:first].strip():
        turns.append(_turn(text, 0, 0, first, None))
    for position, mark in enumerate(marks):
        stop = marks[position + 1].start if position + 1 < len(marks) else end
        start = mark.start if turns else 0
        turns.append(_turn(text, len(turns), start, stop, mark))
    if end < len(text):
        turns.append(_turn(text, len(turns), end, len(text), None))
    return tuple(turns)


def _marks(text: str, rule: SpeakerRule, bold: Sequence[Span], end: int) -> list[Mark]:
    if rule.form is not Form.BOLD or bold:
        return find_marks(text, rule.form, bold, end)
    found = []
    for label in rule.labels:
        words = r"[^\S\n]+".join(re.escape(word) for word in label.split())
        for match in re.finditer(rf"^[^\S\n]*{words}(?![\w])[^\S\n]*[:.]?[^\S\n]*", text[:end], re.MULTILINE):
            found.append(Mark(match.start(), match.end(), label))
    return sorted(found, key=lambda mark: mark.start)


def _turn(text: str, index: int, start: int, stop: int, mark: Mark | None) -> Turn:
    said = min(mark.speech_start, stop) if mark else start
    while said < stop and text[said].isspace():
        said += 1
    last = stop
    while last > said and text[last - 1].isspace():
        last -= 1
    if mark is None:
        return Turn(index, start, stop, said, last)
    return Turn(index, start, stop, said, last, mark.label, None, mark.time, mark.time_stop)
