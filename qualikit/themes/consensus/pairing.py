"""Which positions bear on which codings of a theme: found by sorting, no loop over codings (pure)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Segments:
    """The part of each coding that stands in one participant's turn: places of the coding and of the turn, and
    where."""

    coding: Ints
    turn: Ints
    start: Ints
    stop: Ints

    def of(self, kept: Mask) -> Segments:
        return Segments(self.coding[kept], self.turn[kept], self.start[kept], self.stop[kept])


def segments(
    document: Ints, start: Ints, stop: Ints, turn_document: Ints, turn_start: Ints, turn_stop: Ints
) -> Segments:
    """Codings cut at the turns that they touch. Turns are in order and do not overlap: those that a coding touches
    follow each other, from the first that ends after its start to the last that starts before its end."""
    import numpy as np

    length = int(max(stop.max(initial=0), turn_stop.max(initial=0))) + 1
    first = np.searchsorted(turn_document * length + turn_stop, document * length + start, side="right")
    after = np.searchsorted(turn_document * length + turn_start, document * length + stop, side="left")
    touched = np.maximum(after - first, 0)
    coding = np.repeat(np.arange(len(document)), touched)
    turn = np.arange(len(coding)) - np.repeat(np.cumsum(touched) - touched, touched) + np.repeat(first, touched)
    return Segments(
        coding, turn, np.maximum(start[coding], turn_start[turn]), np.minimum(stop[coding], turn_stop[turn])
    )


def in_the_same_turn(some: Segments, others: Segments) -> tuple[Ints, Ints, Mask]:
    """Every pair of segments of one turn: places of one and of the other, and whether they overlap."""
    import numpy as np

    order = np.argsort(others.turn, kind="stable")
    known = others.turn[order]
    first = np.searchsorted(known, some.turn, side="left")
    count = np.searchsorted(known, some.turn, side="right") - first
    left = np.repeat(np.arange(len(some.turn)), count)
    right = order[np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)]
    overlap = (some.start[left] < others.stop[right]) & (some.stop[left] > others.start[right])
    return left, right, overlap


def nearest(owner: Ints, rank: Ints) -> Mask:
    """Of the pairs of each owner, those of the lowest rank."""
    import numpy as np

    least = np.full(int(owner.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(least, owner, rank)
    kept: Mask = rank == least[owner]
    return kept
