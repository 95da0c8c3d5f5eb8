"""Pairs of intervals that meet: the same as by comparing each with each."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualikit.themes.statistics.meeting import meeting_pairs

INTERVALS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 40), st.integers(1, 12)), max_size=40)


@given(INTERVALS)
def test_each_pair_once(intervals):
    line, start, length = (np.array([each[i] for each in intervals], dtype=np.int64) for i in range(3))
    stop = start + length
    left, right = meeting_pairs(line, start, stop)
    found = {tuple(sorted(pair)) for pair in zip(left.tolist(), right.tolist(), strict=True)}
    assert len(found) == len(left)
    assert found == {
        (i, j)
        for i in range(len(line))
        for j in range(i + 1, len(line))
        if line[i] == line[j] and start[i] < stop[j] and start[j] < stop[i]
    }
