"""Permutation tests: what differs between groups of people, beside what differs when who stands where is dealt anew.

People (or sessions) are permuted with everything they said, never words one by one: somebody who says « triporteur »
forty times is one person who says it. Within a stratum, and only there, one may have stood in the place of another:
Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, chapter 3.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]


DRAWS, SEED, LEVEL = 9_999, 2024, 0.05
ENUMERATED = 20_000
_AT_ONCE = 4_000_000  # numbers held together
_TIE = 1e-9


@dataclass(frozen=True)
class Permutation:
    """``p_values``: one a feature, nan where ``possible`` is False. ``arrangements``: how many different ways there are
    to deal the groups; all were gone through when ``exact``, else ``draws`` of them at random. ``least``: the smallest
    p that so many arrangements can give; above the level, no test is possible."""

    p_values: Floats
    arrangements: int
    exact: bool
    draws: int
    least: float
    possible: bool


def share_spread(sums: Floats, exposure: Floats) -> Floats:
    """How far the groups' shares (sum ÷ exposure) stand from the common share, weighted by exposure: two-sided."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(exposure[..., None] > 0, sums / exposure[..., None], 0.0)
        common = sums.sum(0) / np.maximum(exposure.sum(0), _TIE)[..., None]
    spread: Floats = (exposure[..., None] * (share - common) ** 2).sum(0)
    return spread


def likelihood_spread(sums: Floats, exposure: Floats) -> Floats:
    """Log-likelihood ratio (G²) of frequencies in groups of so many words: two-cell form, for any number of groups."""
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore"):
        expected = sums.sum(0) * (exposure / exposure.sum(0))[..., None]
        spread: Floats = 2 * np.where(sums > 0, sums * np.log(sums / expected), 0.0).sum(0)
    return spread


def permute(
    values: ArrayLike,
    groups: ArrayLike,
    exposure: ArrayLike | None = None,
    *,
    strata: ArrayLike | None = None,
    statistic: Callable[[Floats, Floats], Floats] = share_spread,
    draws: int = DRAWS,
    seed: int = SEED,
    level: float = LEVEL,
) -> Permutation:
    """Test each feature for a difference between groups.

    ``values``: units × features, what each unit (a person, a session) contributes; ``groups``: the group of each unit;
    ``exposure``: what each could have contributed (words said; 1 by default); ``strata``: units are exchanged within
    one stratum only. ``statistic``: from the sums of each group in each arrangement (groups × arrangements × features)
    and its exposure (groups × arrangements) to how far apart the groups stand (arrangements × features), the same
    whatever the groups are called. Every arrangement is gone through when there are at most 20,000; else ``draws`` of
    them, and the one that was found counts among them: Phipson and Smyth (2010), SAGMB 9.
    """
    import numpy as np

    values = np.asarray(values, dtype=np.float64)
    values = values[:, None] if values.ndim == 1 else values
    _names, group = np.unique(np.asarray(groups), return_inverse=True)
    stratum = (
        np.zeros(len(group), dtype=np.int64)
        if strata is None
        else np.unique(np.asarray(strata), return_inverse=True)[1]
    )
    weight = np.ones(len(group)) if exposure is None else np.asarray(exposure, dtype=np.float64)
    table = np.zeros((int(stratum.max(initial=0)) + 1, int(group.max(initial=0)) + 1), dtype=np.int64)
    np.add.at(table, (stratum, group), 1)
    arrangements = math.prod(_ways(row) for row in table.tolist())
    # Groups of one make in every stratum may swap names: those arrangements say the same.
    alike = math.prod(math.factorial(n) for n in Counter(map(tuple, table.T.tolist())).values())
    least = min(1.0, alike / arrangements)
    exact = arrangements <= ENUMERATED
    if not exact:
        least = max(least, 1 / (draws + 1))
    possible = table.shape[1] > 1 and least <= level
    done = arrangements if exact else draws
    if not possible:
        return Permutation(np.full(values.shape[1], np.nan), arrangements, exact, 0, least, possible=False)
    found = statistic(*_sums(values, weight, group[None, :], table.shape[1]))[0]
    threshold = found - _TIE * np.maximum(1e-3, np.abs(found))
    as_far = np.zeros(values.shape[1])
    step = max(1, _AT_ONCE // max(1, values.shape[1] * table.shape[1], len(group)))
    every = _every(group, stratum) if exact else None
    some = _some(group, stratum, draws, step, seed) if every is None else _sliced(every, step)
    for labels in some:
        as_far += (statistic(*_sums(values, weight, labels, table.shape[1])) >= threshold).sum(0)
    p_values = as_far / done if exact else (as_far + 1) / (draws + 1)
    return Permutation(p_values, arrangements, exact, done, least, possible=True)


def _ways(sizes: list[int]) -> int:
    """How many ways there are to deal groups of these sizes."""
    return math.factorial(sum(sizes)) // math.prod(math.factorial(size) for size in sizes)


def _sums(values: Floats, weight: Floats, labels: NDArray[Any], groups: int) -> tuple[Floats, Floats]:
    import numpy as np

    member = [(labels == group).astype(np.float64) for group in range(groups)]
    return np.stack([each @ values for each in member]), np.stack([each @ weight for each in member])


def _every(group: Ints, stratum: Ints) -> Ints:
    """Every different arrangement of the groups within the strata: arrangements × units."""
    import numpy as np

    places = [np.flatnonzero(stratum == number) for number in range(int(stratum.max()) + 1)]
    dealt = [list(_deals(sorted(group[some].tolist()))) for some in places]
    labels = np.empty((math.prod(map(len, dealt)), len(group)), dtype=np.int64)
    for number, choice in enumerate(product(*dealt)):
        for some, deal in zip(places, choice, strict=True):
            labels[number, some] = deal
    return labels


def _deals(labels: list[int]) -> Iterator[list[int]]:
    """Every different order of these labels, which are sorted."""
    if not labels:
        yield []
        return
    first = labels[0]
    count = labels.count(first)
    for others in _deals(labels[count:]):
        for taken in combinations(range(len(labels)), count):
            rest = iter(others)
            held = set(taken)
            yield [first if place in held else next(rest) for place in range(len(labels))]


def _sliced(labels: Ints, step: int) -> Iterator[NDArray[Any]]:
    for first in range(0, len(labels), step):
        yield labels[first : first + step]


def _some(group: Ints, stratum: Ints, draws: int, step: int, seed: int) -> Iterator[NDArray[Any]]:
    """So many arrangements at random, ``step`` at a time: of thousands of units, all at once would fill the memory."""
    import numpy as np

    chance = np.random.default_rng(seed)
    small = group.astype(np.int16)
    places = [np.flatnonzero(stratum == number) for number in range(int(stratum.max()) + 1)]
    for first in range(0, draws, step):
        labels = np.tile(small, (min(step, draws - first), 1))
        for some in places:
            labels[:, some] = chance.permuted(labels[:, some], axis=1)
        yield labels
