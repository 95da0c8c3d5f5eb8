"""Which intervals meet: a sorted sweep, in time that grows with the pairs found and not with those possible."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


def meeting_pairs(line: Ints, start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """Every pair of intervals [start, stop) on the same line that share something, each pair once: places of one and of
    the other. Whatever begins after an interval's start and before its stop meets it: sorted by start, it follows."""
    import numpy as np

    length = int(max(stop.max(initial=0), start.max(initial=0))) + 1
    order = np.lexsort((stop, start, line))
    begins, ends = (line * length + start)[order], (line * length + stop)[order]
    after = np.searchsorted(begins, ends, side="left")
    count = np.maximum(0, after - np.arange(len(order)) - 1)
    left = np.repeat(np.arange(len(order)), count)
    right = np.arange(len(left)) - np.repeat(np.cumsum(count) - count, count) + left + 1
    return order[left], order[right]
