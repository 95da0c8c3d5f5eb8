"""Specificities, log-likelihood and log-odds: to the published decimals."""

from __future__ import annotations

import json
from math import comb

import numpy as np
import pytest

from qualikit.themes.statistics.keyness import log_likelihood, log_odds
from qualikit.themes.statistics.logs import log_factorial
from qualikit.themes.statistics.specificities import specificities

ROBESPIERRE = np.array(
    [
        [464, 165, 194, 392, 398, 235, 509, 96, 58, 662],
        [45, 18, 15, 14, 53, 30, 42, 16, 4, 59],
        [35, 10, 16, 29, 29, 9, 21, 14, 2, 42],
        [30, 13, 11, 19, 22, 10, 16, 7, 2, 35],
        [6, 5, 16, 8, 23, 10, 35, 8, 3, 39],
        [7815, 2347, 3668, 6441, 7371, 4261, 9519, 1922, 1015, 13096],
    ]
)
"""Lafon (1980), Mots 1: de, peuple, république, ennemi, patrie and all else in ten speeches of Robespierre."""
PEUPLE = [0.6161, 1.1466, -0.6709, -4.1743, 2.1122, 1.2906, -0.798, 1.3632, -0.3977, -0.841]
PATRIE = [-4.2432, -0.416, 1.4491, -2.0903, 0.6178, -0.3834, 1.5961, 0.8409, 0.2942, 0.6414]
DUNNING = {(110, 2442, 111, 29114): 270.72, (29, 13, 123, 31612): 263.90, (10, 0, 3, 31764): 167.23}
"""Dunning (1993), Computational Linguistics 19, table 2: the swiss, can be, mineral water."""


class TestSpecificities:
    def test_as_lafon_published_them(self):
        found = specificities(ROBESPIERRE)
        assert found[1] == pytest.approx(PEUPLE, abs=5e-5)
        assert found[4] == pytest.approx(PATRIE, abs=5e-5)

    def test_every_score_of_the_reference(self, shared):
        kept = json.loads((shared / "reference/specificites_lafon1980_robespierre.json").read_text())
        assert specificities(kept["table"]) == pytest.approx(np.array(kept["specificities"]), abs=5e-5)

    def test_are_the_hypergeometric_tail(self):
        table = np.array([[7, 2], [1, 4], [12, 20]])
        total, part = int(table.sum()), int(table[:, 0].sum())
        form = int(table[0].sum())
        tail = sum(comb(form, k) * comb(total - form, part - k) for k in range(7, form + 1)) / comb(total, part)
        assert specificities(table)[0, 0] == pytest.approx(-np.log10(tail))

    def test_go_on_where_probabilities_can_no_longer_be_written(self):
        scores = specificities([[40_000, 0], [60_000, 4_000_000]])
        assert np.isfinite(scores).all()
        assert scores[0, 0] > 5_000
        assert scores[0, 1] < -5_000

    def test_a_form_that_is_everywhere_as_expected_says_little(self):
        assert np.abs(specificities([[10, 10], [90, 90]])).max() < 0.5
        assert specificities([[0, 0], [5, 5]])[0] == pytest.approx([0, 0])


class TestLogLikelihood:
    @pytest.mark.parametrize(("cells", "score"), DUNNING.items())
    def test_as_dunning_published_it(self, cells, score):
        both, first, second, neither = cells
        found = log_likelihood([both], [second], (both + first, second + neither))
        assert found[0] == pytest.approx(score, abs=5e-3)

    def test_two_forms_of_it_on_one_table(self):
        # 10 of 1,000 against 30 of 1,000: the two-cell and the four-cell form.
        assert log_likelihood([10], [30], (1000, 1000), cells=2)[0] == pytest.approx(10.465, abs=5e-4)
        assert log_likelihood([10], [30], (1000, 1000))[0] == pytest.approx(10.669, abs=1e-2)

    def test_signed_as_quanteda_has_it(self, shared):
        toy = json.loads((shared / "reference/keyness_quanteda.json").read_text())["toy"]
        found = dict(zip(toy["features"], log_likelihood(*toy["dfm"], signed=True), strict=True))
        assert found == pytest.approx(toy["keyness"]["lr"], abs=1e-6)

    def test_a_corpus_without_words(self):
        assert log_likelihood([0, 0], [3, 1]).tolist() == [0, 0]


class TestLogOdds:
    def test_says_the_same_of_both_sides(self):
        a, b = np.array([30, 5, 200, 0]), np.array([4, 6, 210, 0])
        (ratio, score), (back, other) = log_odds(a, b), log_odds(b, a)
        assert ratio == pytest.approx(-back)
        assert score == pytest.approx(-other)
        assert score[0] > 1.96
        assert abs(score[1]) < 1
        assert (ratio[3], score[3]) == (0, 0)

    def test_the_prior_keeps_rare_forms_small(self):
        a, b = np.array([2, 300, 9_000]), np.array([0, 150, 9_000])
        _ratio, score = log_odds(a, b)
        assert score[1] > score[0]

    def test_by_hand(self):
        # Two forms, a prior of 10 words shared 3 to 1 (30 and 10 in the background).
        ratio, score = log_odds([8, 2], [4, 6], [30, 10], prior=10)
        expected = np.log((8 + 7.5) / (2 + 2.5)) - np.log((4 + 7.5) / (6 + 2.5))
        assert ratio[0] == pytest.approx(expected)
        assert score[0] == pytest.approx(expected / np.sqrt(1 / 15.5 + 1 / 11.5))


def test_log_factorials_of_small_and_large():
    assert log_factorial([0, 1, 5, 255, 256]) == pytest.approx(
        [0, 0, np.log(120), *np.cumsum(np.log(np.arange(1, 257)))[-2:]]
    )
    assert log_factorial(10**6) == pytest.approx(12_815_518.384658169, rel=1e-14)
