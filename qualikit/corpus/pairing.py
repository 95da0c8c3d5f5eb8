"""Rows of a sheet put beside what they are about, all at once: the best pairs over the whole sheet, not row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

EXACT = 100
"""Score of a row that says the very name."""
PROPOSED = 60
"""Score from which a pair is worth proposing."""
SHOWN = 30
"""Score from which it is offered among the alternatives."""
MARGIN = 4
"""By how much the proposed one must be ahead of the next that is free: nearer than that, one is asked."""


@dataclass(frozen=True)
class Pair:
    """One row's possible target: its place, score from 0 to 100, why."""

    target: int
    score: int
    why: str


def pair(candidates: Sequence[Sequence[Pair]], families: Sequence[Hashable]) -> list[Pair | None]:
    """For each row the pair proposed, or None.

    ``candidates``: what each row may be about; ``families``: rows of one family may share a target (two rows for an
    interview in two parts, the same name twice), others may not. The sum of the scores over the sheet is the greatest
    there is (Kuhn 1955; Munkres 1957). Rows that say the very name of one target alone are settled beforehand, and may
    be several: two labels of one person. A row whose best target is hardly better than another that is still free gets
    none: it is asked.
    """
    ranked = [sorted(pairs, key=lambda each: (-each.score, each.target)) for pairs in candidates]
    settled = [_settled(pairs) for pairs in ranked]
    chosen = list(settled)
    owners: dict[int, set[Hashable]] = defaultdict(set)
    for row, found in enumerate(chosen):
        if found is not None:
            owners[found.target].add(families[row])
    # Two of the very same name: nothing but asking tells them apart.
    open_rows = [
        row
        for row, found in enumerate(chosen)
        if found is None and not any(each.score == EXACT for each in ranked[row])
    ]
    ranked = [
        [each for each in pairs if not owners[each.target] or families[row] in owners[each.target]]
        for row, pairs in enumerate(ranked)
    ]
    units = _units(open_rows, ranked, families)
    offers = [_offers(unit, ranked) for unit in units]
    for members, targets in _components(offers):
        for place, target in _assign(members, targets, offers):
            for row in units[place]:
                chosen[row] = next((each for each in ranked[row] if each.target == target), None)
    doubtful = [
        row
        for row, found in enumerate(chosen)
        if found is not None and settled[row] is None and _in_doubt(row, found, ranked, chosen)
    ]
    for row in doubtful:
        chosen[row] = None
    return chosen


def _settled(ranked: Sequence[Pair]) -> Pair | None:
    exact = [each for each in ranked if each.score == EXACT]
    return exact[0] if len(exact) == 1 else None


def _units(rows: Sequence[int], ranked: Sequence[Sequence[Pair]], families: Sequence[Hashable]) -> list[list[int]]:
    """Rows that look for a target together: those of a family that all like the same one best; else each alone."""
    by_family: dict[Hashable, list[int]] = defaultdict(list)
    for row in rows:
        by_family[families[row]].append(row)
    units = []
    for members in by_family.values():
        best = {ranked[row][0].target if ranked[row] else None for row in members}
        units += [members] if len(best) == 1 else [[row] for row in members]
    return units


def _offers(unit: Sequence[int], ranked: Sequence[Sequence[Pair]]) -> dict[int, float]:
    """Target → the best score that a row of the unit has with it, where it is worth proposing."""
    found: dict[int, float] = {}
    for row in unit:
        for each in ranked[row]:
            if each.score >= PROPOSED:
                found[each.target] = max(found.get(each.target, 0), each.score)
    return found


def _components(offers: Sequence[Mapping[int, float]]) -> list[tuple[list[int], list[int]]]:
    """Units that want the same targets, directly or through others: each group is settled by itself."""
    leader: dict[Hashable, Hashable] = {}

    def find(thing: Hashable) -> Hashable:
        while leader.setdefault(thing, thing) != thing:
            leader[thing] = thing = leader[leader[thing]]
        return thing

    for place, offer in enumerate(offers):
        for target in offer:
            leader[find(("target", target))] = find(("unit", place))
    groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for place, offer in enumerate(offers):
        if offer:
            groups[find(("unit", place))][0].append(place)
    for target in sorted({target for offer in offers for target in offer}):
        groups[find(("target", target))][1].append(target)
    return list(groups.values())


def _assign(
    members: Sequence[int], targets: Sequence[int], offers: Sequence[Mapping[int, float]]
) -> list[tuple[int, int]]:
    import numpy as np

    # Square with a margin of nothing: a unit may stay without a target.
    scores = np.zeros((len(members), len(targets) + len(members)))
    column = {target: number for number, target in enumerate(targets)}
    for line, place in enumerate(members):
        for target, score in offers[place].items():
            # Squared: one good pair and one that fails beat two middling ones.
            scores[line, column[target]] = score**2
    return [
        (members[line], targets[number])
        for line, number in enumerate(best_assignment(scores))
        if number < len(targets) and scores[line, number] > 0
    ]


def best_assignment(scores: Scores) -> list[int]:
    """The column of each row such that the sum is the greatest; at least as many columns as rows.

    Shortest augmenting paths with potentials (Jonker and Volgenant 1987), a row at a time.
    """
    import numpy as np

    cost = scores.max(initial=0) - scores
    rows, columns = cost.shape
    of_row, of_column = np.zeros(rows + 1), np.zeros(columns + 1)
    owner = np.zeros(columns + 1, dtype=np.int64)  # row of each column, from 1; 0 for none
    for row in range(1, rows + 1):
        owner[0], column = row, 0
        least = np.full(columns + 1, np.inf)
        before = np.zeros(columns + 1, dtype=np.int64)
        used = np.zeros(columns + 1, dtype=bool)
        while True:
            used[column] = True
            here = owner[column]
            free = np.flatnonzero(~used[1:]) + 1
            reduced = cost[here - 1, free - 1] - of_row[here] - of_column[free]
            better = reduced < least[free]
            least[free[better]] = reduced[better]
            before[free[better]] = column
            following = int(free[np.argmin(least[free])])
            step = least[following]
            of_row[owner[used]] += step
            of_column[used] -= step
            least[free] -= step
            column = following
            if owner[column] == 0:
                break
        while column:
            owner[column] = owner[before[column]]
            column = int(before[column])
    found = [0] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            found[int(owner[column]) - 1] = column - 1
    return found


def _in_doubt(row: int, found: Pair, ranked: Sequence[Sequence[Pair]], chosen: Sequence[Pair | None]) -> bool:
    """True where another target would have done nearly as well: one that is free, or one whose row could have this."""

    def score(of: int, target: int) -> int:
        return next((each.score for each in ranked[of] if each.target == target), 0)

    for other in ranked[row]:
        if other.target == found.target:
            continue
        holders = [
            (place, held) for place, held in enumerate(chosen) if held is not None and held.target == other.target
        ]
        if not holders and other.score >= found.score - MARGIN:
            return True
        for place, held in holders:
            swapped = other.score + score(place, found.target)
            if score(place, found.target) >= PROPOSED and swapped >= found.score + held.score - MARGIN:
                return True
    return False
