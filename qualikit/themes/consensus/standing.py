"""How people stand on a theme wherever they speak of it: cells of a grid taken together, over several documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa

from qualikit.coding.model import Position
from qualikit.themes.consensus.building import themes_grid
from qualikit.themes.consensus.grid import Grid
from qualikit.themes.consensus.model import SIDE, Cell, Held, Side, Stance, held_by, together
from qualikit.themes.consensus.reading import read_material

_POSITION = {Side.AGREE: Position.AGREEMENT, Side.DISAGREE: Position.DISAGREEMENT, Side.TORN: Position.NUANCE}
"""Where a place is quoted: one that nuances, or says both, between the two sides."""

Voice = tuple[str, str]
"""Ids of a document and of a participant who speaks in it."""


@dataclass(frozen=True)
class Standing:
    """``held``: by participant (id), what those hold who hold anything; ``codings``: by participant and position, ids
    of the codings of the theme that carry it, in the order of the text. ``heard``: how many people are out of whom."""

    held: Mapping[str, Held] = field(default_factory=dict)
    codings: Mapping[str, Mapping[Position, tuple[str, ...]]] = field(default_factory=dict)
    heard: int = 0

    def count(self, *values: Held) -> int:
        """How many people hold one of these."""
        return sum(held in values for held in self.held.values())

    @property
    def agree(self) -> int:
        return self._on(Side.AGREE)

    @property
    def disagree(self) -> int:
        return self._on(Side.DISAGREE)

    @property
    def torn(self) -> int:
        """Those who hold both sides, or a nuance."""
        return self._on(Side.TORN)

    @property
    def silent(self) -> int:
        """How many hold nothing: which is not to agree."""
        return max(self.heard - len(self.held), 0)

    @property
    def passages(self) -> dict[Position, tuple[str, ...]]:
        """Of each position, ids of the codings of the theme that carry it, each once."""
        found: dict[Position, dict[str, None]] = {}
        for by_position in self.codings.values():
            for position, ids in by_position.items():
                found.setdefault(position, {}).update(dict.fromkeys(ids))
        return {position: tuple(ids) for position, ids in found.items()}

    def _on(self, side: Side) -> int:
        return sum(SIDE[held] is side for held in self.held.values())


def read_grid(
    connection: sa.Connection,
    documents: Iterable[str],
    *,
    codes: set[str] | None = None,
    coder: str | None = None,
    nested: bool = True,
) -> Grid:
    """The grid of these documents (ids), whatever their kind of source, of all codes or of some (ids). Raises
    NotFound."""
    ids = list(documents)
    material = read_material(connection, ids, None if ids else (), coder)  # no titles: by kinds of source, of none
    return themes_grid(material, codes=codes, nested=nested)


def everybody(grid: Grid) -> list[Voice]:
    """All those who are present in the documents of a grid."""
    return [(group.id, person.id) for group in grid.groups for person in group.participants]


def standing(grid: Grid, code_id: str, voices: Iterable[Voice], among: Collection[str] | None = None) -> Standing:
    """How these people stand on a theme, each once, over all their documents; a cell that was set by hand says what it
    was set to. ``among``: ids of the only codings of the theme that are read."""
    found: dict[str, list[Held]] = {}
    codings: dict[str, dict[Position, dict[str, None]]] = {}
    people = set()
    for document, person in dict.fromkeys(voices):
        people.add(person)
        cell = grid.cells.get((code_id, document, person))
        if cell is None:
            continue
        stances: list[Stance] = []
        for support in cell.supports:
            read = [each for each in support.readings if among is None or each.coding_id in among]
            held = held_by(stance for each in read for stance in each.stances)
            stances += [stance for each in read for stance in each.stances]
            position = _POSITION.get(SIDE[held])
            if position is not None and _carries(cell, held):  # as the place reads whole, whoever coded it
                ids = {each.coding_id: None for each in read if any(stance.value for stance in each.stances)}
                codings.setdefault(person, {}).setdefault(position, {}).update(ids)
        found.setdefault(person, []).append(cell.correction.value if cell.correction else held_by(stances))
    whole = {person: together(values) for person, values in found.items()}
    return Standing(
        {person: value for person, value in whole.items() if value is not Held.SILENT},
        {
            person: {position: tuple(ids) for position, ids in by_position.items()}
            for person, by_position in codings.items()
        },
        len(people),
    )


def _carries(cell: Cell, held: Held) -> bool:
    """Whether what a place says stands, of a cell that may have been set to something else."""
    return not cell.corrected or cell.side in {SIDE[held], Side.TORN}
