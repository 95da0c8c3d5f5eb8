"""What a consensus grid is made of: positions, and what a cell says of them. Frozen values.

After Onwuegbuzie, Dickinson, Leech and Zoran (2009), International Journal of Qualitative Methods 8(3).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from qualikit.coding.model import Position
from qualikit.i18n import _


class Held(StrEnum):
    """What a cell says of a participant on a theme; the value is what is stored."""

    AGREES = "A"
    AGREES_STRONGLY = "SE"
    """With a statement or an example that carries it."""
    DISAGREES = "D"
    DISAGREES_STRONGLY = "SD"
    NUANCED = "N"
    """A nuance, alone or beside one of the two sides: « oui, mais »."""
    TORN = "AD"
    """Agreement and disagreement, at once or one after the other."""
    SILENT = "NR"
    """No position: nothing said of it, or nothing that takes a side."""


class Side(StrEnum):
    """Where a cell is counted: the three places of the scale, and apart from it those who hold no position."""

    AGREE = "agree"
    TORN = "torn"
    DISAGREE = "disagree"
    SILENT = "silent"


SIDE = {
    Held.AGREES: Side.AGREE,
    Held.AGREES_STRONGLY: Side.AGREE,
    Held.DISAGREES: Side.DISAGREE,
    Held.DISAGREES_STRONGLY: Side.DISAGREE,
    Held.NUANCED: Side.TORN,
    Held.TORN: Side.TORN,
    Held.SILENT: Side.SILENT,
}


@dataclass(frozen=True)
class Stance:
    """One position of one participant at one place of the text.

    ``value`` None: an evaluator said that there is none. ``coding_id`` is the coding of a position code, or, where it
    was set on a passage (``by_hand``), the coding that it was set on; ``coder`` is who coded it.
    """

    value: Position | None
    strong: bool
    start: int
    stop: int
    coding_id: str
    coder: str
    by_hand: bool = False

    @property
    def held(self) -> Held:
        """What this position alone says."""
        if self.value is Position.AGREEMENT:
            return Held.AGREES_STRONGLY if self.strong else Held.AGREES
        if self.value is Position.DISAGREEMENT:
            return Held.DISAGREES_STRONGLY if self.strong else Held.DISAGREES
        return Held.SILENT if self.value is None else Held.NUANCED


@dataclass(frozen=True)
class Reading:
    """A coding of the theme that holds words of the participant, with the positions read there.

    ``shared``: the coding holds words of other participants too, so that it cannot tell by itself who holds what.
    """

    coding_id: str
    code_id: str
    coder: str
    stances: tuple[Stance, ...]
    shared: bool = False
    chosen: bool = False
    """Chosen as a verbatim of the report."""


@dataclass(frozen=True)
class Support:
    """A place where the participant speaks of the theme, in their own words; codings of it that overlap are one place.

    ``turn`` counts from 1, ``speech`` is what they say in it (start and stop); ``time`` is in seconds. No reading: a
    turn of theirs under a question that nobody coded.
    """

    start: int
    stop: int
    quote: str
    turn: int
    speech: tuple[int, int]
    time: float | None
    readings: tuple[Reading, ...]

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        return distinct(stance for reading in self.readings for stance in reading.stances)

    @property
    def held(self) -> Held:
        """What this place alone says."""
        return held_by(self.stances)

    @property
    def shared(self) -> bool:
        return any(reading.shared for reading in self.readings)

    @property
    def by_hand(self) -> bool:
        return any(stance.by_hand for stance in self.stances)

    @property
    def coders(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(reading.coder for reading in self.readings))

    @property
    def coding_ids(self) -> tuple[str, ...]:
        return tuple(reading.coding_id for reading in self.readings)


@dataclass(frozen=True)
class Correction:
    """A cell that an evaluator set by hand. Without a reason it confirms what the passages said then."""

    value: Held
    reason: str
    coder: str
    updated: str


@dataclass(frozen=True)
class Cell:
    """What one participant holds of one theme in one document. ``family``: the theme gathers others, so that another
    position further on is of another subject, and no change of mind."""

    supports: tuple[Support, ...] = ()
    correction: Correction | None = None
    family: bool = False

    @cached_property
    def stances(self) -> tuple[Stance, ...]:
        """Every position, once, in the order of the text."""
        return distinct(stance for support in self.supports for stance in support.stances)

    @cached_property
    def derived(self) -> Held:
        """What the passages say."""
        return held_by(self.stances)

    @property
    def value(self) -> Held:
        """What is shown and counted: the correction, or else what the passages say."""
        return self.correction.value if self.correction else self.derived

    @property
    def side(self) -> Side:
        return SIDE[self.value]

    @property
    def corrected(self) -> bool:
        """True where the cell says something else than its passages."""
        return self.correction is not None and self.correction.value is not self.derived

    @property
    def confirmed(self) -> bool:
        return self.correction is not None and self.correction.value is self.derived

    @cached_property
    def path(self) -> tuple[Held, ...]:
        """What is held from place to place, in the order of the text, each once as long as it lasts."""
        found: list[Held] = []
        for place in _places(self.stances):
            held = held_by(place)
            if SIDE[held] is not Side.SILENT and (not found or SIDE[held] is not SIDE[found[-1]]):
                found.append(held)
        return tuple(found)

    @property
    def changed(self) -> bool:
        """The participant takes one position, later another."""
        return not self.family and len(self.path) > 1

    @cached_property
    def disputed(self) -> bool:
        """Two coders read another position in the same words."""
        for place in _places(self.stances):
            by_coder: dict[str, set[Position | None]] = {}
            for stance in place:
                by_coder.setdefault(stance.coder, set()).add(stance.value)
            if any(values != next(iter(by_coder.values())) for values in by_coder.values()):
                return True
        return False

    @property
    def to_check(self) -> bool:
        """An evaluator should look: the participant speaks without a position, coders differ, or a passage holds words
        of several people; and nothing was set by hand yet."""
        if self.correction is not None or self.family:
            return False
        silent = self.derived is Held.SILENT and self.speaks and not self.stances
        return silent or self.disputed or any(each.shared and not each.by_hand for each in self.supports)

    @property
    def speaks(self) -> bool:
        """The participant speaks of it, whether or not they take a position."""
        return bool(self.supports)

    @property
    def letter(self) -> str:
        """« A », « SD », « A/D » for torn, « D→A » for one who changed."""
        return self.derived_letter if self.correction is None else letter(self.value)

    @property
    def derived_letter(self) -> str:
        """What the passages say, whatever was set by hand."""
        return "→".join(letter(each) for each in self.path) if self.changed else letter(self.derived)


SILENT = Cell()
"""The cell of one who says nothing of it."""


def letter(held: Held) -> str:
    """The letters of a cell, as they are printed."""
    return "A/D" if held is Held.TORN else held.value


def held_label(held: Held) -> str:
    """What the letters stand for."""
    return {
        Held.AGREES: _("Accord"),
        Held.AGREES_STRONGLY: _("Accord appuyé d'une déclaration ou d'un exemple"),
        Held.DISAGREES: _("Désaccord"),
        Held.DISAGREES_STRONGLY: _("Désaccord appuyé d'une déclaration ou d'un exemple"),
        Held.NUANCED: _("Nuance"),
        Held.TORN: _("Les deux, accord et désaccord"),
        Held.SILENT: _("Pas de position"),
    }[held]


def held_by(stances: Iterable[Stance]) -> Held:
    """What positions come to."""
    return together(stance.held for stance in stances)


def together(values: Iterable[Held]) -> Held:
    """What is held here and there comes to: a side where all are on it, strong where one of them is; a nuance where one
    is beside no more than one side; torn where both sides are there."""
    held = set(values) - {Held.SILENT}
    sides = {SIDE[each] for each in held}
    if not held:
        return Held.SILENT
    if Held.TORN in held or {Side.AGREE, Side.DISAGREE} <= sides:
        return Held.TORN
    if Held.NUANCED in held:
        return Held.NUANCED
    if Side.AGREE in sides:
        return Held.AGREES_STRONGLY if Held.AGREES_STRONGLY in held else Held.AGREES
    return Held.DISAGREES_STRONGLY if Held.DISAGREES_STRONGLY in held else Held.DISAGREES


def distinct(stances: Iterable[Stance]) -> tuple[Stance, ...]:
    """Each once (a position may bear on several codings of the theme), in the order of the text."""
    once = {(stance.coding_id, stance.value): stance for stance in stances}
    return tuple(sorted(once.values(), key=lambda stance: (stance.start, stance.stop, stance.coding_id)))


def _places(stances: tuple[Stance, ...]) -> list[list[Stance]]:
    """Stances that overlap, together."""
    found: list[list[Stance]] = []
    end = -1
    for stance in stances:
        if not found or stance.start >= end:
            found.append([])
            end = stance.stop
        found[-1].append(stance)
        end = max(end, stance.stop)
    return found
