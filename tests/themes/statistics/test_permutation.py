"""Permutation: exact where it can be, honest where it cannot."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from qualikit.themes.statistics.permutation import likelihood_spread, permute, share_spread


class TestTooFewArrangements:
    def test_two_against_two_allow_no_test(self):
        found = permute([1, 1, 0, 0], ["A", "A", "L", "L"])
        assert (found.arrangements, found.possible) == (6, False)
        assert found.least == pytest.approx(1 / 3)
        assert np.isnan(found.p_values).all()

    def test_one_group_alone_neither(self):
        assert not permute([1, 0, 1], ["A", "A", "A"]).possible

    def test_strata_of_one_can_exchange_nobody(self):
        found = permute([1, 1, 1, 0, 0, 0], list("AAALLL"), strata=[0, 1, 2, 3, 4, 5])
        assert (found.arrangements, found.possible) == (1, False)

    def test_nobody_at_all(self):
        assert not permute(np.zeros((0, 2)), []).possible


class TestExact:
    def test_is_fisher_s_for_shares_of_two_groups(self):
        # 5 of 6 against 1 of 6: two-sided by the difference, 2 × (C(6,5)·C(6,1) + 1) / C(12,6).
        found = permute([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1], [0] * 6 + [1] * 6)
        assert found.exact
        assert found.arrangements == 924
        assert found.p_values[0] == pytest.approx(2 * (6 * 6 + 1) / 924)

    def test_goes_through_every_arrangement_once(self):
        chance = np.random.default_rng(3)
        values, exposure = chance.poisson(2, (7, 4)).astype(float), chance.integers(50, 400, 7).astype(float)
        group = np.array([0, 0, 0, 1, 1, 1, 1])

        def apart(first):
            labels = np.isin(np.arange(7), first)
            sums = np.stack([values[labels].sum(0), values[~labels].sum(0)])[:, None]
            return likelihood_spread(sums, np.array([[exposure[labels].sum()], [exposure[~labels].sum()]]))[0]

        every = np.stack([apart(first) for first in combinations(range(7), 3)])
        expected = (every >= apart((0, 1, 2)) - 1e-9).mean(0)
        assert permute(values, group, exposure, statistic=likelihood_spread).p_values == pytest.approx(expected)

    def test_exchanges_within_strata_only(self):
        # The whole difference is between strata: within them, nobody differs.
        values = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
        group = [0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1]
        assert permute(values, group, strata=values).p_values[0] == 1

    def test_three_groups(self):
        found = permute([1, 1, 1, 0, 0, 0, 0, 0, 0], list("AAABBBCCC"))
        assert found.arrangements == 1680
        # All three who said it in one group: three of the 84 ways to choose who said it.
        assert found.p_values[0] == pytest.approx(3 / 84)


class TestAtRandom:
    def test_agrees_with_the_exact_answer(self, monkeypatch):
        chance = np.random.default_rng(5)
        values, group = chance.integers(0, 2, (14, 6)), np.arange(14) % 2
        exact = permute(values, group)
        monkeypatch.setattr("qualikit.themes.statistics.permutation.ENUMERATED", 10)
        drawn = permute(values, group)
        assert exact.exact
        assert not drawn.exact
        assert drawn.p_values == pytest.approx(exact.p_values, abs=0.02)
        assert drawn.p_values.min() >= 1 / 10_000

    def test_gives_the_same_twice(self):
        values, group = np.random.default_rng(1).random((40, 3)), np.arange(40) % 2
        assert (permute(values, group).p_values == permute(values, group).p_values).all()


def test_a_feature_that_nobody_has_does_not_differ():
    found = permute(np.zeros((8, 1)), [0] * 4 + [1] * 4, statistic=share_spread)
    assert found.p_values[0] == 1
    assert permute(np.zeros((8, 1)), [0] * 4 + [1] * 4, np.zeros(8), statistic=likelihood_spread).p_values[0] == 1


@pytest.mark.parametrize("statistic", [share_spread, likelihood_spread])
def test_nothing_depends_on_what_the_groups_are_called(statistic):
    chance = np.random.default_rng(9)
    values, group, exposure = chance.poisson(1, (9, 5)), chance.integers(0, 2, 9), chance.integers(5, 60, 9)
    there, back = (permute(values, each, exposure, statistic=statistic).p_values for each in (group, 1 - group))
    assert there == pytest.approx(back)
