"""Logarithms of factorials, for probabilities too small to be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

_EXACT = 256


def log_factorial(n: ArrayLike) -> NDArray[np.float64]:
    """ln(n!) of whole numbers ≥ 0, to 1e-14 of its value: summed up to 256, by Stirling's series beyond."""
    import numpy as np

    n = np.asarray(n, dtype=np.float64)
    table: NDArray[Any] = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, _EXACT)))])
    large = np.maximum(n, _EXACT)
    series = large * np.log(large) - large + 0.5 * np.log(2 * np.pi * large) + 1 / (12 * large) - 1 / (360 * large**3)
    logs: NDArray[np.float64] = np.where(n < _EXACT, table[np.minimum(n, _EXACT - 1).astype(np.int64)], series)
    return logs
