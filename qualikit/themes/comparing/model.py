"""What a comparison of groups is made of: frozen values. Ids are UUIDs as text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from qualikit.themes.comparing import wording

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.themes.comparing.mapping import Plane

What = Literal["codes", "words", "passages"]
WHAT: tuple[What, ...] = ("codes", "words", "passages")
Unit = Literal["people", "sessions"]
UNITS: tuple[Unit, ...] = ("people", "sessions")

LEVEL = 0.05
"""A difference whose corrected p is at most so much can be told from chance."""


@dataclass(frozen=True)
class Group:
    """One of those compared: a territory, a kind of actor, a value of an attribute.

    ``people``: participants who speak in it; ``sessions``: its documents; ``words``: words its people say, 0 where they
    were not counted.
    """

    value: str
    label: str
    people: int
    sessions: int
    words: int = 0


@dataclass(frozen=True)
class Test:
    """How a difference between groups was held against chance: units (people, sessions) dealt anew between the groups,
    each with all that it said.

    ``sizes``: units of each group; ``arrangements``: how many different ways there are to deal them; all were gone
    through when ``exact``, else ``draws`` at random. ``least``: the smallest p that they can give; where it is above
    5 %, no test is ``possible``. ``strata``: the kinds within which alone units change places; empty: no such kinds.
    ``looked_at``: how many differences the p-values are corrected for.
    """

    __test__ = False  # no test of pytest's

    unit: Unit
    sizes: tuple[int, ...]
    arrangements: int
    exact: bool
    draws: int
    least: float
    possible: bool
    strata: tuple[str, ...] = ()
    looked_at: int = 0
    correction: Literal["holm", "benjamini_hochberg"] = "holm"

    @property
    def said(self) -> str:
        """How it was tested, or why it could not be, in a paragraph for the reader."""
        return wording.test_said(self)


@dataclass(frozen=True, kw_only=True)
class Comparison(ABC):
    """Groups compared by codes, words or passages, as counted at one moment.

    ``by``: the dimension whose values the groups are, ``by_label`` its name for the user; ``coders``: those whose
    codings are counted; ``notes``: what the reader has to know, in sentences.
    """

    by: str
    by_label: str
    groups: tuple[Group, ...]
    notes: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()

    what: What = field(init=False, default="codes")

    @property
    @abstractmethod
    def is_empty(self) -> bool:
        """True when there is nothing to compare."""

    @abstractmethod
    def to_records(self) -> Iterator[dict[str, Any]]:
        """The tidy table, one dictionary a line, the same keys in each."""

    @abstractmethod
    def columns(self) -> Sequence[str]:
        """The keys of :meth:`to_records`."""

    def correspondence(self) -> Plane | None:
        """The map of groups and what sets them apart; None where this kind of comparison has none."""
        return None

    def to_frame(self) -> pd.DataFrame:
        """:meth:`to_records` as a table."""
        import pandas as pd

        return pd.DataFrame(list(self.to_records()), columns=list(self.columns()))

    def group(self, name: str) -> Group:
        """The group of that value or label. Raises KeyError."""
        for group in self.groups:
            if name in (group.value, group.label):
                return group
        raise KeyError(name)
