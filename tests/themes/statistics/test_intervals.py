"""Intervals: what is published of them, and that they cover."""

from __future__ import annotations

import math

import pytest

from qualikit.themes.statistics.intervals import difference, exact, wilson

NEWCOMBE = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ((10, 10), (0, 20), (0.6791, 1.0)),
    ((10, 10), (0, 10), (0.6075, 1.0)),
]
"""Newcombe (1998), Statistics in Medicine 17, table II, method 10."""


class TestTheExactInterval:
    def test_of_eight_of_eight_is_63_to_100_percent(self):
        assert exact(8, 8) == (pytest.approx(0.6306, abs=5e-5), 1.0)

    def test_of_nobody_knows_nothing(self):
        assert exact(0, 0) == (0.0, 1.0)

    def test_as_published(self):
        # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        published = {
            (81, 263): (0.2527, 0.3676),
            (15, 148): (0.0578, 0.1617),
            (0, 20): (0, 0.1684),
            (1, 29): (0.0009, 0.1776),
        }
        for (successes, total), bounds in published.items():
            assert exact(successes, total) == pytest.approx(bounds, abs=5e-5)

    @pytest.mark.parametrize("total", [1, 3, 8, 12])
    @pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9])
    def test_covers_what_it_says_in_the_smallest_groups(self, total, share):
        def mass(k):
            return math.comb(total, k) * share**k * (1 - share) ** (total - k)

        covered = sum(mass(k) for k in range(total + 1) if exact(k, total).low <= share <= exact(k, total).high)
        assert covered >= 0.95

    def test_refuses_more_successes_than_people(self):
        with pytest.raises(ValueError, match="3 out of 2"):
            exact(3, 2)


@pytest.mark.parametrize(("first", "second", "bounds"), NEWCOMBE)
def test_the_interval_of_a_difference_is_newcombe_s(first, second, bounds):
    assert difference(first, second) == pytest.approx(bounds, abs=6e-5)
    low, high = difference(second, first)
    assert (-high, -low) == pytest.approx(bounds, abs=6e-5)


def test_wilson_never_leaves_the_shares_there_are():
    assert wilson(0, 10).low == 0
    assert wilson(10, 10).high == 1
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
