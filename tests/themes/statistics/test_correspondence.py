"""Correspondence analysis: Greenacre's smokers and the housetasks."""

from __future__ import annotations

import json

import numpy as np
import pytest

from qualikit.themes.statistics.correspondence import correspondence

SMOKE = [[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]]
"""Greenacre (1984): staff of five kinds by how much they smoke."""


def test_smokers_as_published():
    found = correspondence(SMOKE)
    assert found.eigenvalues == pytest.approx([0.074759, 0.010017, 0.000414], abs=5e-7)
    assert found.shares == pytest.approx([0.8776, 0.1176, 0.0049], abs=5e-5)
    assert found.chi2 == pytest.approx(16.442, abs=5e-4)
    # Senior employees on one side of the first axis, junior employees on the other.
    assert found.rows[:, 0] == pytest.approx([0.0658, -0.2590, 0.3806, -0.2330, 0.2011], abs=5e-5)


@pytest.mark.parametrize("name", ["ca_smoke", "ca_housetasks"])
def test_the_reference(shared, name):
    kept = json.loads((shared / f"reference/{name}.json").read_text())
    found = correspondence(kept["table"])
    assert found.eigenvalues == pytest.approx(kept["eig"], abs=1e-9)
    if "row_principal" in kept:
        assert np.abs(found.rows) == pytest.approx(np.abs(kept["row_principal"]))
        assert np.abs(found.columns) == pytest.approx(np.abs(kept["col_principal"]))
    if "chi2" in kept:
        assert found.chi2 == pytest.approx(kept["chi2"])


def test_contributions_and_qualities_add_up():
    found = correspondence(SMOKE)
    for parts in (found.row_contributions, found.column_contributions):
        assert parts.sum(0) == pytest.approx([1, 1, 1])
    for parts in (found.row_quality, found.column_quality):
        assert parts.sum(1) == pytest.approx(np.ones(len(parts)))


def test_two_columns_give_one_axis():
    assert correspondence([[5, 1], [2, 7], [3, 3]]).eigenvalues.shape == (1,)


def test_lines_of_zeros_stand_nowhere():
    found = correspondence([[5, 1, 0], [0, 0, 0], [2, 7, 0]])
    assert np.isnan(found.rows[1]).all()
    assert np.isnan(found.columns[2]).all()
    assert found.rows.shape == (3, 1)


def test_independent_rows_and_columns_are_at_no_distance():
    found = correspondence([[2, 4], [3, 6]])
    assert found.inertia == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("table", [[[1, 2]], [[1], [2]], [[0, 0], [1, 2]], [[1, 0], [2, 0]]])
def test_what_cannot_be_analysed(table):
    with pytest.raises(ValueError, match="two rows"):
        correspondence(table)
