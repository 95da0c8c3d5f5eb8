"""Saturation: the band of random orders, beside the same orders walked through one by one."""

from __future__ import annotations

import random

from benchmarks.harness import Row, Run, benchmark, median

NAIVE = "a set that grows, document by document, for each order: a plain loop in Python"


@benchmark("saturation", "1,000 random orders of 200 documents with 120 codes")
def saturation(run: Run) -> list[Row]:
    import numpy as np

    from qualikit.coding.saturation import curves_of

    documents, orders = run.size(200, 10), run.size(1_000, 20)
    present = np.random.default_rng(1).random((documents, 120)) < 0.15
    sets = [set(np.flatnonzero(row).tolist()) for row in present]
    value = run.ours("saturation", lambda: median(lambda: curves_of(present, orders, 1), run.repeat))
    naive = run.attempt(NAIVE, lambda: median(lambda: one_by_one(sets, orders), 1))
    return [Row("saturation", value, "s", NAIVE, naive)]


def one_by_one(sets: list[set[int]], orders: int) -> list[list[int]]:
    chance = random.Random(1)
    curves = []
    for _order in range(orders):
        known: set[int] = set()
        curve = []
        for place in chance.sample(range(len(sets)), len(sets)):
            known |= sets[place]
            curve.append(len(known))
        curves.append(curve)
    return curves
