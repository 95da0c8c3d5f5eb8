"""Intervals for shares of small groups."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import NamedTuple

from qualikit.themes.statistics.logs import log_factorial

LEVEL = 0.95


class Interval(NamedTuple):
    """From ``low`` to ``high``, both included."""

    low: float
    high: float


def exact(successes: int, total: int, level: float = LEVEL) -> Interval:
    """Exact interval of a proportion: shares under which a result as far out as this one is not too rare.

    Clopper and Pearson (1934), Biometrika 26: never covers less than ``level``, in the smallest group too. Of nobody,
    it is the whole of [0, 1]. Raises ValueError where ``successes`` is not within 0 and ``total``.
    """
    _check(successes, total)
    tail = (1 - level) / 2
    low = 0.0 if successes == 0 else _solve(lambda p: _at_least(successes, total, p) - tail)
    high = 1.0 if successes == total else _solve(lambda p: tail - (1 - _at_least(successes + 1, total, p)))
    return Interval(low, high)


def wilson(successes: int, total: int, level: float = LEVEL) -> Interval:
    """Score interval of a proportion, without continuity correction: Wilson (1927), JASA 22."""
    _check(successes, total)
    if total == 0:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + level) / 2)
    share = successes / total
    middle = share + z * z / (2 * total)
    reach = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    size = 1 + z * z / total
    # Rounding must not push the bounds of « none » and « all » past them.
    low = 0.0 if successes == 0 else (middle - reach) / size
    high = 1.0 if successes == total else (middle + reach) / size
    return Interval(low, high)


def difference(first: tuple[int, int], second: tuple[int, int], level: float = LEVEL) -> Interval:
    """Interval of the difference of two independent proportions, each given as ``(successes, total)``.

    Newcombe (1998), Statistics in Medicine 17, method 10: Wilson's two intervals put together, sound for small groups.
    """
    p, q = (successes / total if total else 0.0 for successes, total in (first, second))
    (low, high), (other_low, other_high) = wilson(*first, level), wilson(*second, level)
    return Interval(
        max(-1.0, p - q - math.hypot(p - low, other_high - q)), min(1.0, p - q + math.hypot(high - p, q - other_low))
    )


def _check(successes: int, total: int) -> None:
    if not 0 <= successes <= total:
        raise ValueError(f"{successes} out of {total}")


def _at_least(successes: int, total: int, share: float) -> float:
    """Probability of so many or more."""
    import numpy as np

    if successes <= 0:
        return 1.0
    if successes > total or share <= 0:
        return 0.0
    if share >= 1:
        return 1.0
    k = np.arange(successes, total + 1)
    logs = log_factorial(total) - log_factorial(k) - log_factorial(total - k)
    return float(np.exp(logs + k * math.log(share) + (total - k) * math.log1p(-share)).sum())


def _solve(rising: Callable[[float], float]) -> float:
    """Where a function that rises from below 0 to above 0 over [0, 1] is 0."""
    low, high = 0.0, 1.0
    for _step in range(60):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2
