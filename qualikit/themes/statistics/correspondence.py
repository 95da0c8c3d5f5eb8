"""Correspondence analysis of a table of counts: Greenacre (2017), Correspondence Analysis in Practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_NOTHING = 1e-12


@dataclass(frozen=True)
class Correspondence:
    """What the table's distance to independence is made of, axis by axis: at most ``min(rows, columns) - 1`` axes.

    ``eigenvalues``: inertia of each axis; ``inertia`` is their sum, and n times it the table's χ². ``rows`` and
    ``columns``: principal coordinates (n × axes), nan for a line of zeros. ``*_contributions``: the share that each
    makes of an axis (sums to 1 down an axis). ``*_quality``: the share of its own distance that each axis shows (cos²;
    sums to 1 across all axes). On each axis, the row that contributes most stands on the positive side.
    """

    eigenvalues: Floats
    rows: Floats
    columns: Floats
    row_masses: Floats
    column_masses: Floats
    row_contributions: Floats
    column_contributions: Floats
    row_quality: Floats
    column_quality: Floats
    total: float

    @property
    def inertia(self) -> float:
        return float(self.eigenvalues.sum())

    @property
    def shares(self) -> Floats:
        """Share of the inertia on each axis."""
        return self.eigenvalues / self.inertia if self.inertia else self.eigenvalues

    @property
    def chi2(self) -> float:
        return self.inertia * self.total


def correspondence(table: ArrayLike) -> Correspondence:
    """Analyse counts (rows × columns). Raises ValueError where fewer than two rows or two columns hold anything."""
    import numpy as np

    counts = np.asarray(table, dtype=np.float64)
    total = float(counts.sum())
    kept_rows, kept_columns = (np.flatnonzero(counts.sum(axis) > 0) for axis in (1, 0))
    if len(kept_rows) < 2 or len(kept_columns) < 2:
        raise ValueError("two rows and two columns that are not empty, at least")
    shares = counts[np.ix_(kept_rows, kept_columns)] / total
    row, column = shares.sum(1), shares.sum(0)
    residuals = (shares - np.outer(row, column)) / np.sqrt(np.outer(row, column))
    left, singular, right = np.linalg.svd(residuals, full_matrices=False)
    axes = min(len(kept_rows), len(kept_columns)) - 1
    axes = max(1, int((singular[:axes] > _NOTHING).sum()))
    left, singular, right = left[:, :axes], singular[:axes], right[:axes].T
    signs = np.sign(left[np.abs(left).argmax(0), np.arange(axes)])
    signs[signs == 0] = 1
    left, right = left * signs, right * signs

    def spread(values: Floats, places: NDArray[np.int64], length: int) -> Floats:
        whole = np.full((length, *values.shape[1:]), np.nan)
        whole[places] = values
        return whole

    parts = []
    for vectors, masses, places, length in (
        (left, row, kept_rows, counts.shape[0]),
        (right, column, kept_columns, counts.shape[1]),
    ):
        coordinates = vectors * singular / np.sqrt(masses)[:, None]
        squared = coordinates**2
        away = squared.sum(1, keepdims=True)
        quality = np.divide(squared, away, out=np.zeros_like(squared), where=away > _NOTHING)
        parts.append([spread(each, places, length) for each in (coordinates, masses, vectors**2, quality)])
    (rows, row_masses, row_parts, row_quality), (columns, column_masses, column_parts, column_quality) = parts
    return Correspondence(
        eigenvalues=singular**2,
        rows=rows,
        columns=columns,
        row_masses=row_masses,
        column_masses=column_masses,
        row_contributions=row_parts,
        column_contributions=column_parts,
        row_quality=row_quality,
        column_quality=column_quality,
        total=total,
    )
