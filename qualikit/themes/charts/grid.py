"""What heat maps and bubbles share: cells with a place, a figure and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualikit.themes.charts import DARK, INK, LIGHT, PALE
from qualikit.themes.exporters.cleaning import xml_text

if TYPE_CHECKING:
    import altair as alt

AT = ("at_row", "at_column")
"""Fields of a mark that hold the keys of its row and column."""
MOST_ROWS, MOST_COLUMNS = 80, 40
"""Past these nobody reads a chart: the first ones are drawn, and the chart says so."""
_STEP, _NARROW, _HIGH = 66, 48, 24  # pixels of a cell
_FLIP = 0.55
"""Part of the scale from which words are written in the other ink."""
_DEEPER = "\u2003"
_LONGEST = 120
_LETTER = 6.4
"""Pixels of a letter of a label, about."""


@dataclass(frozen=True)
class Spot:
    """A cell: ``figure`` is what is drawn, None where nothing could be said; ``words`` are written in it, ``told`` on
    hovering."""

    row: str
    column: str
    figure: float | None
    words: str
    told: str
    at: tuple[str, str] = ("", "")
    """Keys of its row and column, by which a click on it is told."""


@dataclass(frozen=True)
class Grid:
    """What is drawn. ``top``: the figure at the end of the scale; ``share``: figures are shares, told in percent,
    others with so many ``decimals``."""

    spots: Sequence[Spot]
    rows: Sequence[str]
    columns: Sequence[str]
    corner: str
    across: str
    legend: str
    title: str
    note: str = ""
    top: float = 1.0
    share: bool = True
    decimals: int = 0
    dark: bool = False


def indented(name: str, depth: int) -> str:
    """A name as deep as it stands in its tree."""
    return f"{_DEEPER * depth}{label(name)}"


def label(name: str) -> str:
    """A name that can be drawn: on one line, not as long as a page."""
    return " ".join(xml_text(name).split())[:_LONGEST] or " "


def heat(grid: Grid) -> alt.LayerChart:
    """Cells tinted by their figure, which is written in them."""
    import altair as alt

    base = _base(grid)
    shade = alt.Color(
        "figure:Q",
        scale=alt.Scale(domain=[0, grid.top / 2, grid.top], range=list(DARK if grid.dark else LIGHT)),
        legend=alt.Legend(gradientLength=120, **_legend(grid)),
    )
    tiles = base.mark_rect(stroke="#8a97a3", strokeWidth=0.4, cursor="pointer").encode(
        color=alt.when("isValid(datum.figure)").then(shade).otherwise(alt.value("#00000000"))
    )
    return _titled(grid, tiles, _figures(grid, base, inside=True))


def bubbles(grid: Grid) -> alt.LayerChart:
    """A circle a cell, its area as large as its figure, which is written beside it."""
    import altair as alt

    base = _base(grid)
    under = base.mark_rect(opacity=0, cursor="pointer")  # a click beside a small circle is one on its cell
    color = DARK[1] if grid.dark else LIGHT[1]
    circles = base.transform_filter("isValid(datum.figure) && datum.figure > 0").mark_circle(
        color=color, stroke=INK if not grid.dark else PALE, strokeWidth=0.6, opacity=1, xOffset=-14, cursor="pointer"
    )
    size = alt.Size(
        "figure:Q",
        scale=alt.Scale(domain=[0, grid.top], range=[0, 340]),
        legend=alt.Legend(symbolFillColor=color, symbolStrokeColor=color, tickCount=4, **_legend(grid)),
    )
    return _titled(grid, under, circles.encode(size=size), _figures(grid, base, inside=False))


def _base(grid: Grid) -> alt.Chart:
    import altair as alt

    ink = PALE if grid.dark else INK
    look: dict[str, Any] = {"labelColor": ink, "titleColor": ink, "domain": False, "ticks": False, "labelFontSize": 12}
    width = min(320, 14 + _LETTER * max((len(name) + name.count(_DEEPER) for name in grid.rows), default=0))
    rooted = any(name.startswith(_DEEPER) for name in grid.rows)
    roots = {"condition": {"test": f"substring(datum.label, 0, 1) != '{_DEEPER}'", "value": "bold"}, "value": "normal"}
    down = alt.Axis(
        title=grid.corner, titleAngle=0, titleAlign="left", titleX=-width, titleY=-8, labelAlign="left",
        labelPadding=width, labelLimit=width, labelOverlap=False, labelFontWeight=roots if rooted else "normal", **look,
    )  # fmt: skip
    across = alt.Axis(
        title=grid.across, orient="top", labelLimit=200, labelAngle=0 if _fits(grid.columns) else -40,
        labelOverlap=False, titlePadding=10, **look,
    )  # fmt: skip
    values = [
        {
            "row": each.row,
            "column": each.column,
            "figure": each.figure,
            "words": each.words,
            "told": each.told,
            **dict(zip(AT, each.at, strict=True)),
        }
        for each in grid.spots
    ]
    return alt.Chart(alt.InlineData(values=values)).encode(
        y=alt.Y("row:N", sort=list(grid.rows), axis=down),
        x=alt.X("column:N", sort=list(grid.columns), axis=across),
        tooltip=alt.Tooltip("told:N"),
    )


def _fits(columns: Sequence[str]) -> bool:
    """Whether the names stand side by side, level."""
    return all(len(name) <= 10 for name in columns)


def _figures(grid: Grid, base: alt.Chart, *, inside: bool) -> alt.Chart:
    import altair as alt

    ink, other = (PALE, INK) if grid.dark else (INK, "#ffffff")
    faint = alt.value("#9aa7b2" if grid.dark else "#5d6873")
    color = alt.when("!isValid(datum.figure) || datum.figure == 0").then(faint)
    if inside:
        color = color.when(f"datum.figure > {_FLIP * grid.top}").then(alt.value(other))
    words = base.mark_text(fontSize=11.5, align="center" if inside else "left", xOffset=0 if inside else -1)
    coloured: alt.Chart = words.encode(text="words:N", color=color.otherwise(alt.value(ink)))
    return coloured


def _legend(grid: Grid) -> dict[str, Any]:
    ink = PALE if grid.dark else INK
    shown = (
        "format(datum.value * 100, '.0f') + '\u00a0%'" if grid.share else f"format(datum.value, ',.{grid.decimals}f')"
    )
    step = {} if grid.share or grid.decimals else {"tickMinStep": 1}
    return {"title": grid.legend, "labelExpr": shown, "labelColor": ink, "titleColor": ink, "orient": "right", **step}


def _titled(grid: Grid, *layers: alt.Chart) -> alt.LayerChart:
    import altair as alt

    ink = PALE if grid.dark else INK
    heading = alt.TitleParams(
        grid.title, subtitle=grid.note or [], anchor="start", frame="bounds", fontSize=15, subtitleFontSize=12,
        color=ink, subtitleColor=ink, offset=14,
    )  # fmt: skip
    return alt.LayerChart(
        layer=list(layers),
        title=heading,
        width=alt.Step(_STEP if len(grid.columns) <= 12 else _NARROW),
        height=alt.Step(_HIGH),
    )
