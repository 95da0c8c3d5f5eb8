"""How codings stand to one another, found by sorting: no loop over codings.

Each relation but two is a matter of intervals that meet, once each coding is put on a line where documents follow one
another: of characters, of turns, or of documents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualikit.themes.reading.query import Relation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Places:
    """Where codings are. ``start``, ``stop`` are in characters of the text of ``document``; ``first``, ``last`` are the
    numbers in it of the first and the last turn that each touches, ``last`` < ``first`` where there is none."""

    document: Ints
    start: Ints
    stop: Ints
    first: Ints
    last: Ints


def related(places: Places, some: Mask, others: Mask, relation: Relation, distance: int) -> Mask:
    """Those of ``some`` to which one of ``others`` stands so."""
    import numpy as np

    left, right = np.flatnonzero(some), np.flatnonzero(others)
    found = np.zeros(len(some), dtype=np.bool_)
    if not len(left) or not len(right):
        return found
    match relation:
        case Relation.DOCUMENT:
            kept = np.isin(places.document[left], places.document[right])
        case Relation.OVERLAPPING:
            start, stop = _characters(places)
            kept = _meet(start[left], stop[left], start[right], stop[right])
        case Relation.SAME:
            start, stop = _characters(places)
            pairs = _pairs(start, stop)
            known = np.sort(pairs[right])  # by sorting: numpy's own isin hashes, many times slower here
            kept = known[np.minimum(np.searchsorted(known, pairs[left]), len(known) - 1)] == pairs[left]
        case Relation.INSIDE:
            start, stop = _characters(places)
            kept = _held(start[left], stop[left], start[right], stop[right])
            kept |= _holding(start[left], stop[left], start[right], stop[right])
        case Relation.TURN | Relation.NEAR:
            reach = distance if relation is Relation.NEAR else 0
            line = places.document * (int(places.last.max(initial=0)) + reach + 2)
            spoken = places.last >= places.first
            left, right = left[spoken[left]], right[spoken[right]]
            first, after = line + places.first, line + places.last + 1
            kept = _meet(first[left] - reach, after[left] + reach, first[right], after[right])
    found[left[kept]] = True
    return found


def _characters(places: Places) -> tuple[Ints, Ints]:
    line = places.document * (int(places.stop.max(initial=0)) + 1)
    return line + places.start, line + places.stop


def _pairs(start: Ints, stop: Ints) -> Ints:
    return start * (int((stop - start).max(initial=0)) + 1) + (stop - start)


def _meet(start: Ints, stop: Ints, others_start: Ints, others_stop: Ints) -> Mask:
    """Where some other begins before the end and ends after the beginning: more have begun than have ended."""
    import numpy as np

    begun = np.searchsorted(np.sort(others_start), stop, side="left")
    ended = np.searchsorted(np.sort(others_stop), start, side="right")
    return begun > ended


def _held(start: Ints, stop: Ints, others_start: Ints, others_stop: Ints) -> Mask:
    """Where some other begins no later and ends no sooner."""
    import numpy as np

    order = np.argsort(others_start, kind="stable")
    farthest = np.maximum.accumulate(others_stop[order])
    before = np.searchsorted(others_start[order], start, side="right") - 1
    return (before >= 0) & (farthest[before] >= stop)


def _holding(start: Ints, stop: Ints, others_start: Ints, others_stop: Ints) -> Mask:
    """Where some other begins no sooner and ends no later."""
    import numpy as np

    order = np.argsort(others_start, kind="stable")
    nearest = np.minimum.accumulate(others_stop[order][::-1])[::-1]
    after = np.searchsorted(others_start[order], start, side="left")
    there = after < len(nearest)
    return there & (nearest[np.minimum(after, len(nearest) - 1)] <= stop)


def stand_so(places: Places, one: int, others: Ints, relation: Relation, distance: int) -> Mask:
    """Which of ``others``, all in the document of ``one``, stand so to it."""
    import numpy as np

    start, stop, first, last = (line[one] for line in (places.start, places.stop, places.first, places.last))
    starts, stops = places.start[others], places.stop[others]
    found: Mask = starts >= 0
    match relation:
        case Relation.OVERLAPPING:
            found = (starts < stop) & (stops > start)
        case Relation.SAME:
            found = (starts == start) & (stops == stop)
        case Relation.INSIDE:
            found = ((starts <= start) & (stops >= stop)) | ((starts >= start) & (stops <= stop))
        case Relation.TURN | Relation.NEAR:
            reach = distance if relation is Relation.NEAR else 0
            firsts, lasts = places.first[others], places.last[others]
            found = (firsts <= last + reach) & (lasts >= first - reach) & (lasts >= firsts)
            if last < first:
                found = np.zeros_like(found)
    return found
