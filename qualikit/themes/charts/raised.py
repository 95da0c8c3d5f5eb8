"""How many people raised each theme, as bars: read at a glance, in grey as in colour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qualikit.i18n import _

if TYPE_CHECKING:
    import altair as alt

FONT = "Calibri, Carlito, Arial, sans-serif"
_WIDE = 46


def raised(themes: Sequence[tuple[str, int]], total: int, *, width: int = 460) -> alt.LayerChart:
    """``themes``: name and number of people, in the order in which they are drawn, out of ``total``."""
    import altair as alt

    rows = [
        {
            "theme": name if len(name) <= _WIDE else f"{name[: _WIDE - 1]}…",
            "people": people,
            "said": f"{people}/{total}",
        }
        for name, people in themes
    ]
    base = alt.Chart(alt.InlineData(values=rows), width=width, height=alt.Step(19))
    down = alt.Y("theme:N", sort=None, title=None, axis=alt.Axis(labelLimit=280, ticks=False, domain=False))
    across = alt.X(
        "people:Q",
        title=_("Personnes (sur {n})").format(n=total),
        scale=alt.Scale(domain=[0, max(total, 1)]),
        axis=alt.Axis(tickMinStep=1, format="d", gridColor="#E3E7EC", domain=False),
    )
    bars = base.mark_bar(color="#3B6EA5", height=12).encode(y=down, x=across)
    words = base.mark_text(align="left", dx=4, color="#303030").encode(y=down, x=across, text="said:N")
    chart = alt.layer(bars, words).configure(font=FONT).configure_view(stroke=None)
    made: alt.LayerChart = chart.configure_axis(
        labelFontSize=12, titleFontSize=11, titleFontWeight="normal", labelColor="#303030"
    )
    return made
