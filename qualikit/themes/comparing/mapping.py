"""Groups, and the codes or words that set them apart, on one map: correspondence analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from qualikit.i18n import _, ngettext, percent
from qualikit.themes.statistics.correspondence import correspondence

if TYPE_CHECKING:
    import pandas as pd


Kind = Literal["group", "item"]
_GROUP: Kind = "group"
_ITEM: Kind = "item"


@dataclass(frozen=True)
class Point:
    """A group, or a code or word. One value an axis: ``coordinates`` (principal), ``contributions`` (share of the axis
    that it makes), ``quality`` (share of its own distance that the axis shows). ``mass``: its share of the table."""

    name: str
    kind: Kind
    coordinates: tuple[float, ...]
    contributions: tuple[float, ...]
    quality: tuple[float, ...]
    mass: float

    @property
    def shown(self) -> float:
        """Share of its distance that the first two axes show."""
        return sum(self.quality[:2])


@dataclass(frozen=True)
class Plane:
    """The map. ``shares``: of the inertia, by axis; with two groups there is one axis only."""

    points: tuple[Point, ...]
    shares: tuple[float, ...]

    @property
    def axes(self) -> int:
        return len(self.shares)

    @property
    def said(self) -> str:
        """What the map shows of the table, and how to read it."""
        if self.axes == 1:
            return _(
                "Deux groupes ne donnent qu'un axe : tout l'écart entre eux tient sur une ligne. Plus un élément est "
                "près d'un bout, plus il est propre au groupe de ce bout ; le milieu est ce qu'ils ont en commun."
            )
        both = sum(self.shares[:2])
        return _(
            "Analyse des correspondances : les deux premiers axes montrent {both} des écarts ({first} et {second}). "
            "Deux groupes proches parlent des mêmes choses ; un élément est attiré par les groupes qui l'emploient "
            "plus que les autres. Le centre est le profil moyen."
        ).format(both=percent(both), first=percent(self.shares[0]), second=percent(self.shares[1]))

    def most(self, axis: int, count: int = 5) -> list[Point]:
        """The items that make most of an axis, first the one that makes most."""
        items = [point for point in self.points if point.kind == "item"]
        return sorted(items, key=lambda point: -point.contributions[axis])[:count]

    def readings(self) -> list[str]:
        """For each axis shown, what stands at either end of it."""
        found = []
        for axis in range(min(2, self.axes)):
            ends = []
            for side in (1, -1):
                there = [
                    f"{point.name} ({percent(point.contributions[axis])})"
                    for point in self.most(axis, 8)
                    if point.coordinates[axis] * side > 0
                ]
                groups = [
                    point.name for point in self.points if point.kind == "group" and point.coordinates[axis] * side > 0
                ]
                if there and groups:
                    ends.append(_("{groups} : {items}").format(groups=", ".join(groups), items=", ".join(there)))
            if ends:
                found.append(
                    _("Axe {n}, avec la part que chacun en fait. {ends}.").format(n=axis + 1, ends=" ; ".join(ends))
                )
        return found

    def to_records(self) -> Iterator[dict[str, Any]]:
        """One dictionary a point and axis."""
        for point in self.points:
            for axis in range(self.axes):
                yield {
                    "name": point.name,
                    "kind": point.kind,
                    "axis": axis + 1,
                    "coordinate": round(point.coordinates[axis], 4),
                    "contribution": round(point.contributions[axis], 4),
                    "quality": round(point.quality[axis], 4),
                    "mass": round(point.mass, 4),
                }

    def to_frame(self) -> pd.DataFrame:
        """:meth:`to_records` as a table."""
        import pandas as pd

        return pd.DataFrame(list(self.to_records()))


def plane_of(counts: Sequence[Sequence[float]], items: Sequence[str], groups: Sequence[str]) -> Plane | None:
    """The map of a table of counts, items × groups; None where it has not two rows and two columns with anything in
    them, or where all columns say the same."""
    import numpy as np

    table = np.array(counts, dtype=np.float64).reshape(len(items), len(groups))
    try:
        found = correspondence(table)
    except ValueError:
        return None
    if found.inertia <= 1e-12:
        return None
    points = [
        Point(
            name,
            kind,
            tuple(coordinates[number].tolist()),
            tuple(contributions[number].tolist()),
            tuple(quality[number].tolist()),
            float(masses[number]),
        )
        for kind, names, coordinates, contributions, quality, masses in (
            (_GROUP, groups, found.columns, found.column_contributions, found.column_quality, found.column_masses),
            (_ITEM, items, found.rows, found.row_contributions, found.row_quality, found.row_masses),
        )
        for number, name in enumerate(names)
        if not np.isnan(coordinates[number, 0])
    ]
    return Plane(tuple(points), tuple(map(float, found.shares)))


def silent(plane: Plane | None, groups: Sequence[str]) -> str:
    """Which groups are on no map, in a sentence; empty where all are."""
    if plane is None:
        return _("Aucune carte : il faut deux groupes et deux éléments au moins, et des écarts entre eux.")
    missing = [name for name in groups if all(point.name != name for point in plane.points if point.kind == "group")]
    if not missing:
        return ""
    return ngettext(
        "{names} n'est pas sur la carte : rien n'y est compté.",
        "{names} ne sont pas sur la carte : rien n'y est compté.",
        len(missing),
    ).format(names=", ".join(missing))
