"""How the people of a theme stand on it: read from position codes laid on what they say of it.

One function, so that positions kept otherwise can be read in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualikit.coding.model import CodeKind, Position
from qualikit.themes.reading.reader import Reader

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Standing:
    """``positions``: by place of the person in ``facts.people``, every position that they take; ``passages``: by
    position, places in ``facts`` of the theme's codings that carry it. ``heard``: how many people are out of whom."""

    positions: Mapping[int, frozenset[Position]] = field(default_factory=dict)
    passages: Mapping[Position, tuple[int, ...]] = field(default_factory=dict)
    heard: int = 0

    def only(self, position: Position) -> int:
        """How many take that position and no other."""
        return sum(held == {position} for held in self.positions.values())

    @property
    def torn(self) -> int:
        """How many take several."""
        return sum(len(held) > 1 for held in self.positions.values())

    @property
    def silent(self) -> int:
        """How many take none: which is not to agree."""
        return max(self.heard - len(self.positions), 0)


def standing(reader: Reader, theme: Ints, among: Ints) -> Standing:
    """Who takes which position on a theme: their words are coded with it and, in the same turn, with a position.

    ``theme``: places in ``reader.facts`` of the theme's codings that count; ``among``: places in ``facts.people``
    of those who could have said it: nobody else counts.
    """
    import numpy as np

    values = {
        number: code.value
        for number, code in enumerate(reader.codebook.codes)
        if code.kind is CodeKind.POSITION and code.value is not None
    }
    if not values or not len(theme):
        return Standing(heard=len(among))
    carriers, keys = _spoken(reader, theme)
    there = np.isin(keys % (len(reader.facts.people) + 1), among)
    carriers, keys = carriers[there], keys[there]
    positions: dict[int, set[Position]] = {}
    passages: dict[Position, set[int]] = {}
    people = len(reader.facts.people) + 1
    for number, value in values.items():
        _codings, held = _spoken(reader, np.flatnonzero(reader.facts.code == number))
        met = np.isin(keys, held)
        for key in np.unique(keys[met]).tolist():
            positions.setdefault(key % people, set()).add(value)
        passages.setdefault(value, set()).update(carriers[met].tolist())
    return Standing(
        {person: frozenset(held) for person, held in positions.items()},
        {value: tuple(sorted(found)) for value, found in passages.items() if found},
        len(among),
    )


def _spoken(reader: Reader, codings: Ints) -> tuple[Ints, Ints]:
    """Each turn of each of these codings with each person whose words it holds: the coding, and a number for the turn
    and the person."""
    import numpy as np

    facts, places = reader.facts, reader.places
    chosen = np.zeros(len(facts.coding_ids), dtype=np.bool_)
    chosen[codings] = True
    units = np.flatnonzero(chosen[facts.unit_coding] & (facts.unit_voice >= 0))
    coding, person = facts.unit_coding[units], facts.voice_person[facts.unit_voice[units]]
    touched = np.maximum(places.last[coding] - places.first[coding] + 1, 0)
    each = np.repeat(np.arange(len(units)), touched)
    turn = np.arange(len(each)) - np.repeat(np.cumsum(touched) - touched, touched) + places.first[coding][each]
    line = facts.document[coding][each] * (int(places.last.max(initial=0)) + 2) + turn
    return coding[each], line * (len(facts.people) + 1) + person[each]
