"""Specificities of forms in the parts of a corpus: Lafon (1980), Mots 1, p. 127-165."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.themes.statistics.logs import log_factorial

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

_ENOUGH = 1e-17


def specificities(table: ArrayLike) -> Floats:
    """log10 of how unlikely a frequency this high (positive) or this low (negative) is, were words dealt at random.

    ``table``: forms × parts, whole numbers; the same shape comes back. The hypergeometric tail includes the frequency
    itself. A frequency above the mode of its distribution is read as high, as in TXM's textometry; scores are exact
    where the probability itself would be too small to be written.
    """
    import numpy as np

    counts = np.asarray(table, dtype=np.float64)
    form, part, total = counts.sum(1, keepdims=True), counts.sum(0, keepdims=True), counts.sum()
    form, part = (np.broadcast_to(each, counts.shape).ravel() for each in (form, part))
    found = counts.ravel()
    mode = np.floor((form + 1) * (part + 1) / (total + 2))
    high = found > mode
    logs = _log_mass(found, form, part, total) + np.log(_tail(found, form, part, total, high))
    scores = np.maximum(0.0, -logs / np.log(10))
    signed: Floats = np.where(high, scores, -scores).reshape(counts.shape)
    return signed


def _log_mass(found: Floats, form: Floats, part: Floats, total: float) -> Floats:
    """Natural logarithm of the probability of that very frequency."""
    return (
        log_factorial(form)
        + log_factorial(total - form)
        + log_factorial(part)
        + log_factorial(total - part)
        - log_factorial(total)
        - log_factorial(found)
        - log_factorial(form - found)
        - log_factorial(part - found)
        - log_factorial(total - form - part + found)
    )


def _tail(found: Floats, form: Floats, part: Floats, total: float, high: NDArray[np.bool_]) -> Floats:
    """The tail as a multiple of its first term: each further term is the last one times a ratio that only falls."""
    import numpy as np

    summed, term, at = np.ones_like(found), np.ones_like(found), found.copy()
    alive = np.arange(len(found))
    while len(alive):
        k, f, t, up = at[alive], form[alive], part[alive], high[alive]
        rest = total - f - t
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = np.where(
                up, (f - k) * (t - k) / ((k + 1) * (rest + k + 1)), k * (rest + k) / ((f - k + 1) * (t - k + 1))
            )
        term[alive] *= np.maximum(ratio, 0)
        summed[alive] += term[alive]
        at[alive] += np.where(up, 1, -1)
        alive = alive[term[alive] > _ENOUGH * summed[alive]]
    return summed
