"""The best pairs over a whole sheet."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qualikit.corpus.pairing import Pair, best_assignment, pair


@settings(max_examples=150, deadline=None)
@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(st.integers(0, 100), min_size=5, max_size=5), min_size=n, max_size=n)
    )
)
def test_no_assignment_has_a_greater_sum(rows):
    scores = np.array(rows, dtype=float)
    found = best_assignment(scores)
    assert len(set(found)) == len(rows)
    best = max(
        sum(scores[row, column] for row, column in enumerate(chosen)) for chosen in permutations(range(5), len(rows))
    )
    assert sum(scores[row, column] for row, column in enumerate(found)) == best


def test_it_agrees_with_scipy_where_it_is_installed():
    import pytest

    optimize = pytest.importorskip("scipy.optimize")
    scores = np.random.default_rng(3).integers(0, 99, (40, 60)).astype(float)
    rows, columns = optimize.linear_sum_assignment(scores, maximize=True)
    found = best_assignment(scores)
    assert scores[np.arange(40), found].sum() == scores[rows, columns].sum()


def offers(*scores: tuple[int, int]) -> list[Pair]:
    return [Pair(target, score, "") for target, score in scores]


class DescribePairing:
    def it_leaves_a_row_its_second_choice_where_another_needs_the_first(self):
        found = pair([offers((0, 90), (1, 84)), offers((0, 88))], ["a", "b"])
        assert [one.target if one else None for one in found] == [1, 0]

    def it_does_not_share_a_target_between_strangers(self):
        found = pair([offers((0, 95)), offers((0, 80))], ["a", "b"])
        assert [one.target if one else None for one in found] == [0, None]

    def it_lets_a_family_share(self):
        found = pair([offers((0, 95)), offers((0, 80))], ["a", "a"])
        assert [one.target if one else None for one in found] == [0, 0]

    def it_asks_where_the_margin_is_thin(self):
        assert pair([offers((0, 90), (1, 89))], ["a"]) == [None]

    def it_proposes_nothing_below_the_least(self):
        assert pair([offers((0, 59))], ["a"]) == [None]

    def it_lets_two_very_names_lead_to_one(self):
        found = pair([offers((0, 100)), offers((0, 100)), offers((0, 97), (1, 70))], ["a", "b", "c"])
        assert [one.target if one else None for one in found] == [0, 0, 1]

    def it_takes_an_empty_sheet(self):
        assert pair([], []) == []
        assert pair([[]], ["a"]) == [None]
