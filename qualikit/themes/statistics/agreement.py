"""How much a group agrees on an ordered scale: disagreement, nuance, agreement."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

FEWEST = 5
"""Under so many who answered, an index says more of who was there than of what they think."""


def agreement(frequencies: Sequence[float]) -> float:
    """Agreement A: 1 where all chose one place of the scale, 0 where all places are chosen alike, -1 where half stand
    at each end. nan of nobody.

    ``frequencies``: how many chose each place, in the order of the scale (two places at least).
    Van der Eijk (2001), Quality & Quantity 35: the frequencies are laid out in layers of equal height, and each layer
    weighs as much as it holds.
    """
    places, total = len(frequencies), sum(frequencies)
    if places < 2:
        raise ValueError("a scale has two places at least")
    if not total:
        return math.nan
    left, found = list(map(float, frequencies)), 0.0
    while filled := [value for value in left if value > 1e-12 * total]:
        height = min(filled)
        layer = [value > 1e-12 * total for value in left]
        found += height * len(filled) / total * _agreement_of(layer)
        left = [value - height if there else value for value, there in zip(left, layer, strict=True)]
    return found


def _agreement_of(layer: Sequence[bool]) -> float:
    places, filled = len(layer), sum(layer)
    triples = list(combinations(layer, 3))
    unimodal = triples.count((True, True, False)) + triples.count((False, True, True))
    split = triples.count((True, False, True))
    shape = 1.0
    if unimodal + split:
        shape = ((places - 2) * unimodal - (places - 1) * split) / ((places - 2) * (unimodal + split))
    elif places == 2 and filled == 2:
        return 0.0
    return shape * (1 - (filled - 1) / (places - 1))


def consensus(frequencies: Sequence[float]) -> float:
    """Consensus of a scale: 1 where all chose one place, 0 where half stand at each end. nan of nobody.

    Tastle and Wierman (2007), International Journal of Approximate Reasoning 45.
    """
    total, width = sum(frequencies), len(frequencies) - 1
    if width < 1:
        raise ValueError("a scale has two places at least")
    if not total:
        return math.nan
    mean = sum(place * value for place, value in enumerate(frequencies)) / total
    return 1 + sum(
        value / total * math.log2(1 - abs(place - mean) / width) for place, value in enumerate(frequencies) if value
    )
