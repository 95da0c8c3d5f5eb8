"""Which forms one text uses more than another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]

PRIOR_WORDS = 1_000.0


def log_likelihood(
    first: ArrayLike,
    second: ArrayLike,
    totals: tuple[float, float] | None = None,
    *,
    cells: Literal[2, 4] = 4,
    signed: bool = False,
) -> Floats:
    """Log-likelihood ratio (G²) of each form's frequencies in two corpora, of ``totals`` words (by default their sums).

    ``cells=4``: Dunning (1993), Computational Linguistics 19, over the form and all the others; ``cells=2``: Rayson and
    Garside (2000), over the form alone, a little lower. ``signed``: negative where the second corpus uses it more.
    """
    import numpy as np

    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    c, d = totals if totals is not None else (a.sum(), b.sum())
    whole = c + d
    expected = [(a + b) * size / whole if whole else np.zeros_like(a) for size in (c, d)]
    score = _information(a, expected[0]) + _information(b, expected[1])
    if cells == 4:
        score = score + _information(c - a, c - expected[0]) + _information(d - b, d - expected[1])
    score = np.maximum(0.0, 2 * score)
    return np.where(a >= expected[0], score, -score) if signed else score


def _information(found: Floats, expected: Floats) -> Floats:
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(found > 0, found * np.log(found / expected), 0.0)


def log_odds(
    first: ArrayLike, second: ArrayLike, background: ArrayLike | None = None, *, prior: float = PRIOR_WORDS
) -> tuple[Floats, Floats]:
    """Weighted log-odds ratio of each form with an informative Dirichlet prior, and its z-score.

    Monroe, Colaresi and Quinn (2008), « Fightin' Words », Political Analysis 16, equations 16 and 22 to 23: the prior
    is ``prior`` words with the shares of ``background`` (by default both corpora together), so that a form seen twice
    does not look decisive. Positive where the first corpus uses it more. A form that nobody uses has 0 and 0.
    """
    import numpy as np

    a, b = np.asarray(first, dtype=np.float64), np.asarray(second, dtype=np.float64)
    known = a + b if background is None else np.asarray(background, dtype=np.float64)
    alpha = prior * known / known.sum() if known.sum() else np.zeros_like(a)
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = [np.log((x + alpha) / (x.sum() + prior - x - alpha)) for x in (a, b)]
        ratio = odds[0] - odds[1]
        score = ratio / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))
    used = (a + alpha > 0) & (b + alpha > 0) & np.isfinite(ratio)
    return np.where(used, ratio, 0.0), np.where(used, score, 0.0)
