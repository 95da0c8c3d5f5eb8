"""Charts on a page in which a click on a mark says which it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

PICKED = "picked"


def clicked(chart: Any, fields: Sequence[str], *, key: str, **how: Any) -> tuple[Any, ...] | None:
    """Draw a chart; the values that these fields have in the mark that was just clicked, None where none was.

    ``chart``: of one view, plain or in layers, whose first layer has the marks; ``how`` goes to ``st.altair_chart``.
    """
    import altair as alt

    # A click leaves its mark picked: under another name, the chart is drawn anew and the same mark can be clicked.
    turn = f"{key} turn"
    number = st.session_state.get(turn, 0)
    picking = alt.selection_point(name=PICKED, fields=list(fields), on="click", clear=False, toggle=False)
    event = st.altair_chart(
        chart.add_params(picking), key=f"{key}_{number}", on_select="rerun", selection_mode=[PICKED], **how
    )
    marks = event.selection.get(PICKED) or []
    if not marks:
        return None
    st.session_state[turn] = number + 1
    return tuple(marks[0].get(field) for field in fields)
