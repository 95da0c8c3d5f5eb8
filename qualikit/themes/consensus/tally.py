"""How a group stands on a theme: people counted, each once, with the interval and the index that go with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from qualikit.i18n import _
from qualikit.themes.consensus.model import Cell, Side
from qualikit.themes.statistics.agreement import FEWEST, agreement, consensus
from qualikit.themes.statistics.intervals import Interval, exact


class Verdict(StrEnum):
    """How a group stands on a theme, by plain counting."""

    UNANIMOUS = "unanimous"
    """At least two hold a position, all on one side."""
    MAJORITY = "majority"
    """More than half of those who hold a position are on one side."""
    DIVIDED = "divided"
    """Neither side has more than half."""
    ALONE = "alone"
    """One person only holds a position."""
    NOBODY = "nobody"


def verdict_label(verdict: Verdict) -> str:
    return {
        Verdict.UNANIMOUS: _("unanime"),
        Verdict.MAJORITY: _("majorité"),
        Verdict.DIVIDED: _("partagé"),
        Verdict.ALONE: _("une seule voix"),
        Verdict.NOBODY: _("aucune position"),
    }[verdict]


@dataclass(frozen=True)
class Tally:
    """How a group stands on a theme: people, each once.

    ``torn`` counts nuances and those who hold both; ``speaking`` of the ``silent`` speak of the theme without taking a
    side. ``set_by_hand``: cells in which an evaluator says something else than the passages.
    """

    agree: int
    torn: int
    disagree: int
    silent: int
    speaking: int = 0
    set_by_hand: int = 0

    @property
    def present(self) -> int:
        return self.answered + self.silent

    @property
    def answered(self) -> int:
        """Those who hold a position."""
        return self.agree + self.torn + self.disagree

    @property
    def majority(self) -> Side | None:
        """The place of the scale with most people; None where two have as many, or nobody answered."""
        counts = {Side.AGREE: self.agree, Side.TORN: self.torn, Side.DISAGREE: self.disagree}
        most = max(counts.values())
        sides = [side for side, n in counts.items() if n == most]
        return sides[0] if most and len(sides) == 1 else None

    @property
    def majority_size(self) -> int:
        return max(self.agree, self.torn, self.disagree)

    @property
    def interval(self) -> Interval | None:
        """Exact 95 % interval of the majority's share among those who hold a position; None where nobody does."""
        return _exact(self.majority_size, self.answered) if self.answered else None

    @property
    def consensus(self) -> float | None:
        """Tastle and Wierman's consensus, over disagreement, nuance, agreement; None under ``FEWEST`` who answered."""
        return consensus((self.disagree, self.torn, self.agree)) if self.answered >= FEWEST else None

    @property
    def agreement(self) -> float | None:
        """Van der Eijk's A, likewise."""
        return agreement((self.disagree, self.torn, self.agree)) if self.answered >= FEWEST else None

    @property
    def verdict(self) -> Verdict:
        if self.answered < 2:
            return Verdict.ALONE if self.answered else Verdict.NOBODY
        side = max(self.agree, self.disagree)
        if side == self.answered:
            return Verdict.UNANIMOUS
        return Verdict.MAJORITY if 2 * side > self.answered else Verdict.DIVIDED

    @property
    def leaning(self) -> Side | None:
        """The side that a group stands on, where it holds together."""
        if self.verdict not in {Verdict.UNANIMOUS, Verdict.MAJORITY}:
            return None
        return Side.AGREE if self.agree > self.disagree else Side.DISAGREE


_exact = cache(exact)  # found by bisection, and the same few counts come again and again


def tally(cells: Iterable[Cell]) -> Tally:
    """The count of these cells, one a participant."""
    counts = dict.fromkeys(Side, 0)
    speaking = by_hand = 0
    for cell in cells:
        counts[cell.side] += 1
        speaking += cell.side is Side.SILENT and cell.speaks
        by_hand += cell.corrected
    return Tally(counts[Side.AGREE], counts[Side.TORN], counts[Side.DISAGREE], counts[Side.SILENT], speaking, by_hand)
