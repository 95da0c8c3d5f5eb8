"""Where passages stand once the text under them has been corrected. Pure functions."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from qualikit.alignment import Hunk, hunks_between, is_correction, similar
from qualikit.text import Span, normalise, splits_grapheme

_LETTER = re.compile(r"\w")


@dataclass(frozen=True, order=True)
class Edit:
    """``text`` takes the place of ``[start, stop)`` of the text before; either may be empty. Code points."""

    start: int
    stop: int
    text: str


def replacements(text: str, words: str, by: str) -> tuple[Edit, ...]:
    """The edits that put other words in the place of each that stand apart in the text (« bus », not « abusif »)."""
    words = normalise(words)
    if not words.strip():
        return ()
    left, right = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    found = re.finditer(f"{left}{re.escape(words)}{right}", text)
    return tuple(Edit(match.start(), match.end(), by) for match in found)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap, in order."""
    pieces, done = [], 0
    for edit in edits:
        pieces += [text[done : edit.start], edit.text]
        done = edit.stop
    return "".join((*pieces, text[done:]))


class Rebasing:
    """From places in one text to places in the text that came of it.

    The rules, for one span:

    - it keeps its words: what is corrected, put in or taken out strictly inside stretches or shrinks it; a word
      corrected at its edge is still its own;
    - what is put in just before or just after it stays outside;
    - a correction that reaches over its edge takes away from it the words it replaces;
    - at least half of its letters and figures must be there still, untouched or corrected in place. A replacement is a
      correction in place where half of its letters agree, or where somebody said « these words instead of those »
      (:meth:`of`); other words for a few (three) are one too, as long as some of the span is not replaced so. Otherwise
      its words went away: no span;
    - words put elsewhere went away from where they were: a span never follows them by itself;
    - where its surroundings changed only, its quote does not change by a character. Where it changed, white space is
      trimmed from its ends, and an end never parts a letter from its accent.
    """

    def __init__(self, old: str, new: str, hunks: Iterable[Hunk], *, stated: bool = False) -> None:
        self.old = old
        self.new = new
        self.hunks = tuple(_widened(old, new, hunks))
        """What changed, in order, on the bounds of words."""
        self._stated = stated
        self._starts = [hunk.start for hunk in self.hunks]
        self._stops = [hunk.stop for hunk in self.hunks]
        # The cost of counting letters in every hunk again for every span would be felt with thousands of either.
        self._lost, self._foreign = (
            list(accumulate((0 if good(hunk) else _letters(self._before(hunk)) for hunk in self.hunks), initial=0))
            for good in (self._in_place, self._alike)
        )

    @classmethod
    def between(cls, old: str, new: str) -> Rebasing:
        """From the two texts. ``new`` is normalised."""
        new = normalise(new)
        return cls(old, new, hunks_between(old, new))

    @classmethod
    def of(cls, old: str, edits: Sequence[Edit], *, stated: bool = True) -> Rebasing:
        """From edits said one by one, in any order, that do not overlap. ``stated``: each is a correction in place,
        whatever the words. Raises ValueError."""
        pieces: list[str] = []
        hunks: list[Hunk] = []
        done = length = 0
        for edit in sorted(edits):
            if not done <= edit.start <= edit.stop <= len(old):
                raise ValueError(f"not an edit of this text, or over another: {edit.start}, {edit.stop}")
            text = normalise(edit.text)
            pieces += [old[done : edit.start], text]
            length += edit.start - done
            if old[edit.start : edit.stop] != text:
                hunks.append(Hunk(edit.start, edit.stop, length, length + len(text)))
            length += len(text)
            done = edit.stop
        new = "".join([*pieces, old[done:]])
        if normalise(new) != new:  # an accent was put after a letter that takes it
            return cls.between(old, new)
        return cls(old, new, hunks, stated=stated)

    @property
    def changed(self) -> bool:
        return self.old != self.new

    def start(self, place: int) -> int:
        """Where what begins at that place begins now: after what was put in there."""
        after = bisect_right(self._stops, place)
        if after < len(self.hunks) and (hunk := self.hunks[after]).start < place:
            inside = self._inside(hunk, place)
            return hunk.new_stop if inside is None else inside
        return place + (self.hunks[after - 1].new_stop - self.hunks[after - 1].stop if after else 0)

    def stop(self, place: int) -> int:
        """Where what ends at that place ends now: before what was put in there."""
        after = bisect_right(self._stops, place)
        while after and self.hunks[after - 1].start == place:  # put in just there
            after -= 1
        if after < len(self.hunks) and (hunk := self.hunks[after]).start < place < hunk.stop:
            inside = self._inside(hunk, place)
            return hunk.new_start if inside is None else inside
        return place + (self.hunks[after - 1].new_stop - self.hunks[after - 1].stop if after else 0)

    def touches(self, span: Span) -> bool:
        """True where something changed in the span, and not only around it."""
        first, after = self._touching(span)
        return first < after

    def rebase(self, span: Span) -> Span | None:
        """The span in the new text, or None where its words went away."""
        first, after = self._touching(span)
        start, stop = self.start(span.start), self.stop(span.stop)
        if first == after:
            return Span(start, stop)
        if not self._is_left(span, first, after):
            return None
        while start < stop and (self.new[start].isspace() or self._parts(span.start, start)):
            start += 1
        while stop > start and (self.new[stop - 1].isspace() or self._parts(span.stop, stop)):
            stop -= 1
        return Span(start, stop) if start < stop and _letters(self.new[start:stop]) else None

    def _touching(self, span: Span) -> tuple[int, int]:
        """The hunks in the span, from the first to the one after the last."""
        first = bisect_right(self._stops, span.start)
        return first, max(first, bisect_left(self._starts, span.stop))

    def _is_left(self, span: Span, first: int, after: int) -> bool:
        letters = _letters(span.of(self.old))
        lost, foreign = (sums[after] - sums[first] for sums in (self._lost, self._foreign))
        for number in {first, after - 1}:
            hunk = self.hunks[number]
            if span.start <= hunk.start and hunk.stop <= span.stop:
                continue
            lost -= self._lost[number + 1] - self._lost[number]
            foreign -= self._foreign[number + 1] - self._foreign[number]
            if self._inside(hunk, span.start if hunk.start < span.start else span.stop) is None:
                part = _letters(self.old[max(hunk.start, span.start) : min(hunk.stop, span.stop)])
                lost, foreign = lost + part, foreign + part
        return 2 * (letters - lost) >= letters > foreign

    def _before(self, hunk: Hunk) -> str:
        return self.old[hunk.start : hunk.stop]

    def _after(self, hunk: Hunk) -> str:
        return self.new[hunk.new_start : hunk.new_stop]

    def _alike(self, hunk: Hunk) -> bool:
        return bool(_letters(self._after(hunk))) and (self._stated or similar(self._before(hunk), self._after(hunk)))

    def _in_place(self, hunk: Hunk) -> bool:
        few = is_correction(self._before(hunk), self._after(hunk))
        return bool(_letters(self._after(hunk))) and (self._stated or few)

    def _inside(self, hunk: Hunk, place: int) -> int | None:
        """A place inside a hunk, where what is before or after it in the hunk did not change."""
        before, after = self._before(hunk), self._after(hunk)
        reach = place - hunk.start
        if before[:reach] == after[:reach]:
            return hunk.new_start + reach
        if after.endswith(before[reach:]):
            return hunk.new_stop - (hunk.stop - place)
        return None

    def _parts(self, place: int, now: int) -> bool:
        return splits_grapheme(self.new, now) and not splits_grapheme(self.old, place)


def _letters(text: str) -> int:
    """Letters and figures; where there are none, as in a line of emoji, every sign but white space."""
    return len(_LETTER.findall(text)) or sum(1 for sign in text if not sign.isspace())


def _widened(old: str, new: str, hunks: Iterable[Hunk]) -> list[Hunk]:
    """The hunks taken out to the bounds of words in both texts, and made one where they meet in a word."""
    wide: list[Hunk] = []
    waiting = deque(hunks)
    while waiting:
        hunk = waiting.popleft()
        start, stop, new_start, new_stop = hunk.start, hunk.stop, hunk.new_start, hunk.new_stop
        least = wide[-1].stop if wide else 0
        while start > least and (_holds(old, start) or _holds(new, new_start)):
            start, new_start = start - 1, new_start - 1
        while stop < len(old) and (_holds(old, stop) or _holds(new, new_stop)):
            if waiting and waiting[0].start == stop:
                following = waiting.popleft()
                stop, new_stop = following.stop, following.new_stop
            else:
                stop, new_stop = stop + 1, new_stop + 1
        wide.append(Hunk(start, stop, new_start, new_stop))
    return wide


def _holds(text: str, place: int) -> bool:
    """True where a cut would part a word, or a letter and its accent."""
    if not 0 < place < len(text):
        return False
    if splits_grapheme(text, place):
        return True
    before, after = text[place - 1], text[place]
    return (before.isalnum() or before == "_") and (after.isalnum() or after == "_")
