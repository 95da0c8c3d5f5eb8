"""Corrections: by hand, and against what R's p.adjust gives."""

from __future__ import annotations

import numpy as np
import pytest

from qualikit.themes.statistics.correction import benjamini_hochberg, holm

P = [0.01, 0.02, 0.03, 0.04, 0.05]


def test_holm():
    assert holm(P) == pytest.approx([0.05, 0.08, 0.09, 0.09, 0.09])
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_benjamini_hochberg():
    assert benjamini_hochberg(P) == pytest.approx([0.05] * 5)
    assert benjamini_hochberg([0.04, 0.01, 0.03]) == pytest.approx([0.04, 0.03, 0.04])


@pytest.mark.parametrize("correct", [holm, benjamini_hochberg])
def test_a_test_that_was_not_made_does_not_count(correct):
    found = correct([0.04, np.nan, 0.01])
    assert np.isnan(found[1])
    assert found[[0, 2]] == pytest.approx(correct([0.04, 0.01]))
    assert correct([]).shape == (0,)
    assert np.isnan(correct([np.nan])).all()


@pytest.mark.parametrize("correct", [holm, benjamini_hochberg])
def test_no_p_value_passes_one(correct):
    assert correct([0.9, 0.8]).max() <= 1
