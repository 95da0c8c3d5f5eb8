"""Van der Eijk's A and Tastle and Wierman's consensus, as published and as R's agrmt gives them."""

from __future__ import annotations

import json
import math

import pytest

from qualikit.themes.statistics.agreement import agreement, consensus


def test_as_published():
    # The manual of R's agrmt prints both for this scale.
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113, abs=5e-5)
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876)


def test_every_case_of_the_reference(shared):
    for case in json.loads((shared / "reference/consensus_agrmt.json").read_text())["cases"].values():
        assert agreement(case["freq"]) == pytest.approx(case["A"])
        assert consensus(case["freq"]) == pytest.approx(case["consensusTW"])


@pytest.mark.parametrize("places", [2, 3, 5])
def test_ends_of_the_scale(places):
    one, ends = [0] * (places - 1) + [8], [4] + [0] * (places - 2) + [4]
    assert (agreement(one), consensus(one)) == (1, 1)
    assert consensus(ends) == pytest.approx(0)
    assert agreement(ends) == (-1 if places > 2 else 0)
    assert agreement([3] * places) == pytest.approx(0)


def test_nobody_answered():
    assert math.isnan(agreement([0, 0, 0]))
    assert math.isnan(consensus([0, 0, 0]))


def test_one_place_is_no_scale():
    for index in (agreement, consensus):
        with pytest.raises(ValueError, match="two places"):
            index([4])
