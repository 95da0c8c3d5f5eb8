"""Where a line may announce a speaker: the seven ways in which transcripts write it, each a small grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from qualikit.corpus.labels import tidy
from qualikit.corpus.times import read_clock
from qualikit.corpus.vocabulary import METADATA
from qualikit.text import Span, count_words, fold


class Form(StrEnum):
    """How a speaker is announced; the value is what is stored with the document. Most certain first."""

    GIVEN = "given"  # the file itself says who speaks: nothing has to be recognised
    BRACKETS = "brackets"  # [Chercheur] (0:01 - 0:11)
    COLON = "colon"  # Mme X : …
    TIME = "time"  # Karim (00:01:23)
    TAB = "tab"  # Karim ⇥ …, or a table of two columns
    BOLD = "bold"  # the label in bold, the speech not
    DASH = "dash"  # Karim – …
    ALONE = "alone"  # Karim, alone on its line
    NONE = "none"  # nobody is announced


@dataclass(frozen=True)
class Mark:
    """One announcement: ``start`` is that of its line, ``speech_start`` where the words begin. Times in seconds."""

    start: int
    speech_start: int
    label: str
    time: float | None = None
    time_stop: float | None = None
    rest: bool = True
    """Words follow on the same line."""


# Spaces are taken whole and never given back (``*+``): a thousand in a line are read once, not a million times.
_S = r"[^\S\n]*+"
_SS = r"[^\S\n]++"
_B = r"[^\S\n\t]*+"
_CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:-\d)?"
_STAMP = rf"{_CLOCK}(?:{_S}(?:-->|[-–—→à]){_S}{_CLOCK})?"
_CLOSED = rf"(?:\({_S}{_STAMP}{_S}\)|\[{_S}{_STAMP}{_S}\]|<{_S}{_STAMP}{_S}>|\#{_STAMP}\#)"
_ANY_STAMP = rf"(?:{_CLOSED}|{_STAMP})"
_LEAD = rf"{_S}(?:[-–—•>]++{_SS})?"
_MD = r"(?:\*\*|__)?"
_NAME = rf"\w(?:[\w.'’\-/&°\u2011]|[\u00a0\u202f ]{{1,2}}(?=\S)){{0,47}}?(?:{_S}\([^()\d:\n]{{1,40}}\))?"
_BEFORE = rf"(?:(?P<before>{_ANY_STAMP}){_S}[-–—]?{_S})?"
_PATTERNS = {
    Form.BRACKETS: rf"{_LEAD}{_MD}{_BEFORE}\[{_S}(?P<label>[^\[\]\n:\d][^\[\]\n:]{{0,60}}?)"
    rf"(?:[ ,\-–]*+(?P<inside>{_STAMP}))?{_S}\]{_MD}{_S}(?P<after>{_ANY_STAMP})?{_S}:?{_MD}{_S}",
    Form.COLON: rf"{_LEAD}{_BEFORE}{_MD}{_S}(?P<label>{_NAME}){_S}{_MD}{_S}(?P<inside>{_CLOSED})?{_S}[:：](?!//){_MD}"
    rf"{_S}(?P<after>{_CLOSED})?{_S}",
    Form.TIME: rf"{_LEAD}{_MD}(?:(?P<label>{_NAME}){_S}{_MD}[ ,\-–—\t]*+(?:(?P<after>{_CLOSED}){_S}{_MD}{_S}(?!:)"
    rf"|(?P<inside>{_STAMP}){_S}$)|(?P<before>{_ANY_STAMP}){_SS}[-–—]?{_S}{_MD}(?P<second>{_NAME}){_MD}{_S}$)",
    Form.TAB: rf"{_B}(?:\d{{1,4}}\t)?(?:(?P<before>{_ANY_STAMP}){_B}\t{_S})?{_MD}(?P<label>{_NAME}){_MD}{_B}:?\t++"
    rf"(?:{_B}(?P<after>{_ANY_STAMP}){_B}\t)?{_S}(?=\S)",
    Form.DASH: rf"{_S}{_BEFORE}{_MD}(?P<label>{_NAME}){_MD}{_SS}(?P<after>{_CLOSED})?{_S}[-–—]{_SS}(?=\S)",
    Form.ALONE: rf"{_S}(?P<label>{_NAME}){_S}$",
}
_GRAMMARS = {form: re.compile(pattern, re.MULTILINE) for form, pattern in _PATTERNS.items()}
_STAMP_IN_BOLD = re.compile(_ANY_STAMP)
_AFTER_BOLD = re.compile(rf"{_S}:?{_S}(?P<stamp>{_CLOSED})?{_S}:?{_S}")
_METADATA_LINE = re.compile(
    rf"{_S}{_MD}(?P<label>[^\W\d_][^:\n]{{1,40}}?){_S}{_MD}(?:[:：]{_MD}|$)(?P<value>.*)", re.MULTILINE
)
_PRESENT = {"participants", "participantes", "presents", "presentes"}
HEADER_LINES = 30
MAX_INDENT, MAX_BOLD = 100, 120
"""Characters before a label in bold on its line, and in it."""
SHORT_VALUE = 15
"""Words: what follows « Animatrice : » in a heading is shorter, what is said is seldom."""


def find_marks(text: str, form: Form, bold: Sequence[Span] = (), stop: int | None = None) -> list[Mark]:
    """Every line of ``text[:stop]`` that has the form, whoever it names; the heading of the document apart."""
    stop = len(text) if stop is None else stop
    if form in {Form.NONE, Form.GIVEN}:
        return []
    if form is Form.BOLD:
        found = _bold_marks(text, bold, stop)
    else:
        grammar = _GRAMMARS[form]
        found = (_mark(text, match) for start in _lines(text, stop) if (match := grammar.match(text, start, stop)))
    first = heading_stop(text)
    return [mark for mark in found if mark.start >= first and mark.label]


def _lines(text: str, stop: int) -> Iterator[int]:
    """Starts of the lines that are not empty."""
    start = 0
    while start < stop:
        end = text.find("\n", start, stop)
        end = stop if end < 0 else end
        if end > start:
            yield start
        start = end + 1


def _mark(text: str, match: re.Match[str]) -> Mark:
    label, stamp = "", None
    for name, value in match.groupdict().items():
        if value and name in {"label", "second"}:
            label = value
        elif value:
            stamp = value
    time, time_stop = seconds(stamp) if stamp else (None, None)
    end = match.end()
    return Mark(match.start(), end, tidy(label), time, time_stop, rest=text[end : end + 1] not in {"", "\n"})


def _bold_marks(text: str, bold: Sequence[Span], stop: int) -> Iterator[Mark]:
    for span in bold:
        start = text.rfind("\n", max(0, span.start - MAX_INDENT), span.start) + 1
        if span.start >= stop or span.start - start > MAX_INDENT or len(span) > MAX_BOLD:
            continue
        written = span.of(text).strip("\n")
        if "\n" in written or text[start : span.start].strip(" \t\u00a0-–—•"):
            continue
        stamp = _STAMP_IN_BOLD.search(written)
        label = tidy((written[: stamp.start()] if stamp else written).strip(" \t\u00a0\u202f:.–—-,[]()"))
        end = span.start + len(written)
        after = _AFTER_BOLD.match(text, end)
        found = stamp.group() if stamp else after.group("stamp") if after else None
        time, time_stop = seconds(found) if found else (None, None)
        end = after.end() if after else end
        yield Mark(start, end, label, time, time_stop, rest=text[end : end + 1] not in {"", "\n"})


def seconds(stamp: str) -> tuple[float | None, float | None]:
    """Start and stop of a time as written, in seconds: ``75:10`` is past the hour, ``1:02:03`` is not sixty hours."""
    clocks = [read_clock(clock) for clock in re.findall(r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,7})?", stamp)]
    return (clocks[0] if clocks else None, clocks[1] if len(clocks) > 1 else None)


def heading_stop(text: str) -> int:
    """Where the heading of a transcript ends (« Date : », « Lieu : », « Animatrice : Claire »); 0 where there is none.

    What stands there names people without their saying anything.
    """
    stop, listing, in_block = 0, False, False
    for start in islice(_lines(text, len(text)), HEADER_LINES):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        match = _METADATA_LINE.match(text, start, end)
        value = match.group("value").strip() if match else text[start:end].strip()
        if match and count_words(value) > SHORT_VALUE:
            break
        word = fold(match.group("label")).split()[0] if match else ""
        contiguous = stop and text[stop:start].count("\n") <= 1
        blank_after = text[end : end + 2] == "\n\n"
        if match and ":" in match.group() and word in METADATA:
            stop, listing, in_block = end, word in _PRESENT and not value, True
        elif match and word in _PRESENT and not value:
            stop, listing, in_block = end, True, True
        elif (
            contiguous and in_block and (listing or (match and value and "?" not in value and _ends_block(text, start)))
        ):
            stop = end
        in_block = in_block and not blank_after
    return stop


def _ends_block(text: str, start: int) -> bool:
    """True where the lines from here to the next blank line are all short: a heading, and not talk without spacing."""
    block = text[start : start + 2_000].partition("\n\n")
    lines = block[0].split("\n")
    return bool(block[1]) and len(lines) <= 6 and all(count_words(line) <= SHORT_VALUE - 5 for line in lines)
