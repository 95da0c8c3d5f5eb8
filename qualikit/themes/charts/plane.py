"""Groups and what sets them apart, on a map of two axes; of two groups, on one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.i18n import _, percent
from qualikit.themes.comparing.mapping import Plane, Point

if TYPE_CHECKING:
    import altair as alt

GROUP, ITEM = "#b04a00", "#1f6f8f"
_WIDTH, _HEIGHT = 620, 440
_LETTER, _LINE = (6.2, 8.2), 14  # pixels of a letter in an item's name and in a group's, of a line
_NAMED = 24
"""Items named on a line of one axis: those that make most of it."""


def plane_chart(plane: Plane) -> alt.LayerChart:
    """Groups as squares in bold, items as points whose size is their contribution."""
    import altair as alt

    single = plane.axes == 1
    shown = _by_weight(plane)
    if single:
        shown = sorted(shown[: _NAMED + sum(point.kind == "group" for point in plane.points)], key=_first)
    domains = [_domain([point.coordinates[axis] for point in shown]) for axis in range(min(2, plane.axes))]
    named = {id(point) for point in shown} if single else _named(shown, domains)
    kinds = [_("Groupe"), _("Code ou mot")]
    rows = [
        {
            "name": point.name,
            "label": point.name if id(point) in named else "",
            "kind": kinds[0] if point.kind == "group" else kinds[1],
            "x": point.coordinates[0],
            "y": place if single else point.coordinates[1],
            "weight": _weight(plane, point),
            "shown": percent(point.shown),
        }
        for place, point in enumerate(shown)
    ]
    titles = [_("Axe {n} ({share})").format(n=n + 1, share=percent(share)) for n, share in enumerate(plane.shares[:2])]
    color = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=[GROUP, ITEM]),
        legend=alt.Legend(orient="bottom", title=None, direction="horizontal"),
    )
    y = (
        alt.Y("y:Q", axis=None, scale=alt.Scale(padding=10))
        if single
        else alt.Y("y:Q", title=titles[1], axis=alt.Axis(grid=False), scale=alt.Scale(domain=domains[1], nice=False))
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X("x:Q", title=titles[0], axis=alt.Axis(grid=False), scale=alt.Scale(domain=domains[0], nice=False)),
        y=y,
        tooltip=[
            alt.Tooltip("name:N", title=_("Nom")),
            alt.Tooltip("kind:N", title=_("Nature")),
            alt.Tooltip("shown:N", title=_("Part montrée ici")),
        ],
    )
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["square", "circle"]), legend=None)
    points = base.mark_point(filled=True, opacity=0.9).encode(
        color=color,
        shape=shape,
        size=alt.Size("weight:Q", scale=alt.Scale(range=[25, 260]), legend=None),
    )
    names = base.mark_text(align="left", dx=8, dy=-4).encode(
        text="label:N",
        color=color,
        size=alt.condition(f"datum.kind === '{kinds[0]}'", alt.value(13), alt.value(10.5)),
    )
    zero = alt.Chart(alt.InlineData(values=[{"zero": 0}]))
    rules = [zero.mark_rule(color="#9aa5ad", strokeDash=[3, 3]).encode(x="zero:Q")]
    if not single:
        rules.append(zero.mark_rule(color="#9aa5ad", strokeDash=[3, 3]).encode(y="zero:Q"))
    height = 16 * len(rows) if single else _HEIGHT
    return alt.LayerChart(layer=[*rules, points, names], width=_WIDTH, height=height)


def _weight(plane: Plane, point: Point) -> float:
    """How much of what the axes show a point makes."""
    return sum(share * part for share, part in zip(plane.shares[:2], point.contributions[:2], strict=True))


def _by_weight(plane: Plane) -> list[Point]:
    """The groups, then what makes most of the axes."""
    return sorted(plane.points, key=lambda point: (point.kind != "group", -_weight(plane, point), point.name))


def _first(point: Point) -> float:
    return point.coordinates[0]


def _domain(values: list[float]) -> list[float]:
    """The values with room for names on either side."""
    low, high = min([0.0, *values]), max([0.0, *values])
    room = 0.08 * (high - low or 1.0)
    return [low - room, high + 2 * room]


def _named(shown: list[Point], domains: list[list[float]]) -> set[int]:
    """The points whose names have room, the heaviest first; the others are named on hovering."""
    taken: list[tuple[float, float, float]] = []
    found = set()
    for point in shown:
        x, y = (
            (value - low) / (high - low) * size
            for value, (low, high), size in zip(point.coordinates[:2], domains, (_WIDTH, _HEIGHT), strict=True)
        )
        stop = x + 12 + len(point.name) * _LETTER[point.kind == "group"]
        if all(stop < start or x > end or abs(y - line) > _LINE for start, end, line in taken):
            taken.append((x, stop, y))
            found.add(id(point))
    return found


def described(plane: Plane) -> str:
    """What the picture shows, in words."""
    return " ".join([plane.said, *plane.readings()])
