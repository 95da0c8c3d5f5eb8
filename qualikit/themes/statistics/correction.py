"""p-values corrected for how many were looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


def holm(p_values: ArrayLike) -> NDArray[np.float64]:
    """The chance that any of them is a false alarm is bounded. Holm (1979), Scandinavian Journal of Statistics 6.

    nan stands for a test that was not made: it stays nan, and does not count.
    """
    import numpy as np

    return _adjusted(p_values, lambda p, n: np.maximum.accumulate(p * np.arange(n, 0, -1)))


def benjamini_hochberg(p_values: ArrayLike) -> NDArray[np.float64]:
    """The share of false alarms among what is raised is bounded. Benjamini and Hochberg (1995), JRSS B 57.

    nan stands for a test that was not made: it stays nan, and does not count.
    """
    import numpy as np

    return _adjusted(p_values, lambda p, n: np.minimum.accumulate((p * n / np.arange(1, n + 1))[::-1])[::-1])


def _adjusted(
    p_values: ArrayLike, adjust: Callable[[NDArray[np.float64], int], NDArray[np.float64]]
) -> NDArray[np.float64]:
    import numpy as np

    p = np.asarray(p_values, dtype=np.float64)
    made = np.flatnonzero(~np.isnan(p))
    order = made[np.argsort(p[made], kind="stable")]
    adjusted = np.full(p.shape, np.nan)
    adjusted[order] = np.minimum(1.0, adjust(p[order], len(order)))
    return adjusted
