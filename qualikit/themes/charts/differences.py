"""Differences between two groups, code by code: a point and its interval on either side of « as many »."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualikit.i18n import _
from qualikit.themes.comparing.codes import CodeComparison, CodeLine
from qualikit.themes.comparing.wording import points

if TYPE_CHECKING:
    import altair as alt

TOLD, UNTOLD = "#1f6f8f", "#75808a"
MOST = 24
_LINE, _AROUND = 19, 100  # pixels a code, and around them
_MARKS = (-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1)


def differences(comparison: CodeComparison, most: int = MOST) -> alt.LayerChart:
    """The codes with the largest differences of share, by size; with two groups only."""
    import altair as alt

    lines = largest(comparison, most)
    untold = _("ne se distingue pas du hasard") if comparison.test.possible else _("aucun test possible")
    states = [_("se distingue du hasard"), untold]
    rows = [
        {
            "code": line.row.name,
            "difference": line.difference,
            "low": line.interval.low,
            "high": line.interval.high,
            "said": points(line.difference),
            "state": states[0] if line.told else states[1],
        }
        for line in lines
        if line.difference is not None and line.interval is not None
    ]
    first, second = (group.label for group in comparison.groups)
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y(
            "code:N",
            sort=[line.row.name for line in lines],
            title=None,
            axis=alt.Axis(labelLimit=220, labelOverlap=False, ticks=False),
        ),
        color=alt.Color(
            "state:N",
            scale=alt.Scale(domain=states, range=[TOLD, UNTOLD]),
            legend=alt.Legend(orient="bottom", title=None, columns=1, labelLimit=300),
        ),
        tooltip=[
            alt.Tooltip("code:N", title=_("Code")),
            alt.Tooltip("said:N", title=_("Écart des parts")),
            alt.Tooltip("state:N", title=_("Au hasard ?")),
        ],
    )
    title = _("← {second} · écart des parts, à 95 % · {first} →")
    shown = r"format(100 * datum.value, '+d') + '\u00a0%'"
    axis = alt.Axis(title=title.format(first=first, second=second), labelExpr=shown, values=_MARKS, grid=False)
    ends = [abs(end) for line in lines if line.interval for end in line.interval]
    reach = -(-max(ends, default=1.0) * 4 // 1) / 4  # to the next quarter
    scale = alt.Scale(domain=[-reach, reach])
    interval = base.mark_rule(strokeWidth=1.6).encode(x=alt.X("low:Q", axis=axis, scale=scale), x2="high:Q")
    point = base.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("difference:Q", axis=axis, scale=scale),
        shape=alt.Shape("state:N", scale=alt.Scale(domain=states, range=["diamond", "circle"]), legend=None),
    )
    zero = (
        alt.Chart(alt.InlineData(values=[{"zero": 0}]))
        .mark_rule(color="#9aa5ad", strokeDash=[3, 3])
        .encode(x=alt.X("zero:Q", scale=scale))
    )
    return alt.LayerChart(layer=[zero, interval, point], height=max(1, len(rows)) * _LINE, width=520)


def height(comparison: CodeComparison, most: int = MOST) -> int:
    """Pixels that the whole picture takes, with its axis and legend."""
    return _AROUND + _LINE * len(largest(comparison, most))


def largest(comparison: CodeComparison, most: int = MOST) -> list[CodeLine]:
    """Codes that no other stands under, by the size of their difference."""
    lines = [line for line in comparison.lines if line.difference is not None and not line.row.children]
    chosen = sorted(lines, key=lambda line: -abs(line.difference or 0.0))[:most]
    return sorted(chosen, key=lambda line: -(line.difference or 0.0))


def described(comparison: CodeComparison, most: int = 4) -> str:
    """What the picture shows, in words."""
    named = [
        f"{line.row.name} ({points(line.difference)})"
        for line in sorted(largest(comparison), key=lambda line: -abs(line.difference or 0.0))[:most]
        if line.difference is not None
    ]
    return _("Écarts des parts, {first} moins {second}. Les plus grands : {named}.").format(
        first=comparison.groups[0].label, second=comparison.groups[1].label, named=", ".join(named)
    )
