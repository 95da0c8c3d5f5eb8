"""Both sides' words, face to face: which passages are quoted for those who agree, and for those who do not."""

from __future__ import annotations

from dataclasses import dataclass

from qualikit.themes.consensus.grid import Grid, positions_of
from qualikit.themes.consensus.model import SIDE, Held, Side, Support
from qualikit.themes.consensus.reading import Group, Present
from qualikit.themes.model import Row


@dataclass(frozen=True)
class Quoted:
    """A passage with who says it, and what it says there; ``counted``: the side on which the person is counted."""

    participant: Present
    support: Support
    held: Held
    counted: Side


FACING = (Side.AGREE, Side.DISAGREE, Side.TORN)
"""The sides, in the order in which they face each other."""


def quotations(grid: Grid, row: Row, group: Group, most: int | None = None) -> dict[Side, list[Quoted]]:
    """Passages by the side that each says, in the order of the text: one who holds both is quoted on each. ``most`` of
    a side: those chosen for the report first, then the stronger ones, and one of each person before a second. Of a
    family, what bears on the family itself: its themes are quoted on their own."""
    found: dict[Side, list[Quoted]] = {side: [] for side in FACING}
    for person in group.participants:
        cell = grid.cell(row, person, group)
        for support in positions_of(cell):
            if row.children and not any(reading.code_id == row.code_id for reading in support.readings):
                continue
            found[SIDE[support.held]].append(Quoted(person, support, support.held, cell.side))
    return {side: _in_order(_fairest(some, most)) for side, some in found.items()}


def _fairest(quoted: list[Quoted], most: int | None) -> list[Quoted]:
    if most is None or len(quoted) <= most:
        return quoted
    left, taken = sorted(quoted, key=_merit), list[Quoted]()
    while left and len(taken) < most:
        heard = {each.participant.id for each in taken}
        best = min(left, key=lambda each: (each.participant.id in heard, _merit(each)))
        taken.append(best)
        left.remove(best)
    return taken


def _merit(quoted: Quoted) -> tuple[bool, bool, int]:
    chosen = any(reading.chosen for reading in quoted.support.readings)
    strong = quoted.held in {Held.AGREES_STRONGLY, Held.DISAGREES_STRONGLY}
    return (not chosen, not strong, quoted.support.start)


def _in_order(quoted: list[Quoted]) -> list[Quoted]:
    return sorted(quoted, key=lambda each: each.support.start)
