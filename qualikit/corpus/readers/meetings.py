"""Transcripts that meeting software writes into Word or plain text: Teams, Zoom, Otter and their kin.

They say who speaks and when in a layout of their own, with names as the directory has them (« Durand, Camille
(Externe) », « c.durand »), which no rule about names could tell from other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from qualikit.corpus.labels import tidy
from qualikit.corpus.marks import Mark, seconds
from qualikit.corpus.model import Turn
from qualikit.corpus.turns import notes_start, turns_between

_B = r"[^\S\n]"
_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,7})?"
_NAME = r"[^\W\d_](?:[^\n:<>\[\]]{0,78}?[^\s:<>\[\]])?"
_CUE = rf"(?:\d{{1,5}}{_B}*+\n)?{_B}*+(?P<time>{_CLOCK}{_B}*+-->{_B}*+{_CLOCK}){_B}*+\n+"
_LAYOUTS = tuple(
    re.compile(rf"^{pattern}", re.MULTILINE)
    for pattern in (
        # Teams: Camille Durand   0:03, then the words.
        rf"{_B}*+(?P<label>{_NAME}){_B}{{2,}}+(?P<time>{_CLOCK}){_B}*+\n",
        # Teams of old, and subtitles pasted into Word: 0:0:3.2 --> 0:0:9.8, then the name, then the words.
        rf"{_CUE}<v{_B}+(?P<label>{_NAME})>",
        rf"{_CUE}(?P<label>{_NAME}){_B}*:{_B}+(?=\S)",
        rf"{_CUE}(?P<label>{_NAME}){_B}*+\n(?=[^\n])",
        # The name, then the time, then the words, each on its line.
        rf"{_B}*+(?P<label>{_NAME}){_B}*+\n{_B}*(?P<time>{_CLOCK}){_B}*+\n(?=[^\n])",
    )
)
ENOUGH = 3
IN_ORDER = 0.9
"""Share of times that do not go back: a recording goes forward."""
FEW = 0.5
"""Names among turns, at most: in a conversation people come back."""
_ABOUT_RECORDING = re.compile(r"transcri|enregistrement|recording", re.IGNORECASE)


def meeting_turns(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript in one of those layouts; none for any other text."""
    end = notes_start(text)
    found = max((_marks(layout, text, end) for layout in _LAYOUTS), key=len)
    if not found:
        return ()
    end = _last_words(text, found, end)
    return tuple(_untagged(text, turn) for turn in turns_between(text, found, end))


def _marks(layout: re.Pattern[str], text: str, end: int) -> list[Mark]:
    if ":" not in text:
        return []
    found = []
    for match in layout.finditer(text, 0, end):
        time, time_stop = seconds(match["time"])
        found.append(Mark(match.start(), match.end(), tidy(match["label"]), time, time_stop))
    if len(found) < ENOUGH or len({mark.label for mark in found}) > max(2, FEW * len(found)):
        return []
    forward = sum(1 for one, other in pairwise(found) if (one.time or 0) <= (other.time or 0))
    return found if forward >= IN_ORDER * (len(found) - 1) else []


def _last_words(text: str, marks: Sequence[Mark], end: int) -> int:
    """Where the words end: « Camille Durand a arrêté la transcription » is said by nobody."""
    start = text.rfind("\n", 0, len(text[:end].rstrip())) + 1
    line = text[start:end]
    return start if start > marks[-1].speech_start and _names(line, marks) and _ABOUT_RECORDING.search(line) else end


def _names(line: str, marks: Iterable[Mark]) -> bool:
    return any(line.lstrip().startswith(mark.label) for mark in marks)


def _untagged(text: str, turn: Turn) -> Turn:
    """Without the ``</v>`` that ends the words of a subtitle."""
    if turn.label is None or not text.endswith("</v>", turn.speech_start, turn.speech_stop):
        return turn
    return replace(turn, speech_stop=turn.speech_stop - len("</v>"))
