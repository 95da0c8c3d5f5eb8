"""The section Usage of the page Grille: codings made, by code and coder, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from qualikit.coding.model import Codebook
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import downloads, state
from qualikit.ui.messages import plain

if TYPE_CHECKING:
    import pandas as pd

SHADES = ("#12303f", "#2f7f9c", "#8fc1d3", "#d9e9ef")
"""Of the coders: told apart in grey too."""


def show(project: Project, book: Codebook) -> None:
    """Draw the section."""
    periods = {"week": _("Semaine"), "day": _("Jour"), "month": _("Mois")}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        by = st.segmented_control(
            _("Période"), list(periods), format_func=periods.__getitem__, default="week", required=True, key="usage_by"
        )
        named = {code.id: book.path(code.id) for code in book}
        chosen = st.multiselect(
            _("Codes"),
            list(named),
            format_func=named.__getitem__,
            placeholder=_("Tous les codes"),
            key="usage_codes",
        )
    frame = state.kept(project, "usage frame", lambda: project.coding.usage_frame(str(by)), by)
    if chosen:
        frame = frame[frame["code_id"].isin(chosen)]
    if frame.empty:
        st.caption(_("Aucun codage n'est encore posé avec ces codes."))
        return
    total, codes = int(frame["codings"].sum()), frame["code_id"].nunique()
    st.caption(
        plain(
            _("{n} codages, avec {codes} codes sur {total}.").format(
                n=total, codes=codes, total=len(chosen) or len(book)
            )
        )
    )
    left, right = st.columns([6, 5], gap="large")
    with left:
        _chart(frame, periods[str(by)])
    with right:
        _table(project, frame, str(by))


def _chart(frame: pd.DataFrame, period: str) -> None:
    import altair as alt

    made = frame.groupby(["period", "coder"], as_index=False)["codings"].sum()
    made["day"] = made["period"].map(lambda day: f"{day:%d/%m/%Y}")
    days = [f"{day:%d/%m/%Y}" for day in sorted(made["period"].unique())]
    coders = sorted(made["coder"].unique())
    chart = (
        alt.Chart(made.rename(columns={"codings": _("Codages"), "coder": _("Codeur"), "day": period}))
        .mark_bar(stroke="#5b6a70", strokeWidth=0.5)
        .encode(
            x=alt.X(f"{period}:N", sort=days, axis=alt.Axis(labelAngle=-40, labelOverlap=True)),
            y=alt.Y(f"{_('Codages')}:Q", axis=alt.Axis(tickMinStep=1)),
            xOffset=alt.XOffset(f"{_('Codeur')}:N", sort=coders),
            color=alt.Color(
                f"{_('Codeur')}:N",
                sort=coders,
                scale=alt.Scale(domain=coders, range=[SHADES[place % len(SHADES)] for place in range(len(coders))]),
                legend=alt.Legend(orient="top", title=None, symbolType="square"),
            ),
            tooltip=[period, _("Codeur"), _("Codages")],
        )
    )
    st.altair_chart(chart.properties(height=320), key="usage_chart")


def _table(project: Project, frame: pd.DataFrame, by: str) -> None:
    wide = frame.pivot_table(index="code", columns="coder", values="codings", aggfunc="sum", fill_value=0, sort=False)
    wide[_("Total")] = wide.sum(axis=1)
    wide.index.name = _("Code")
    wide.columns.name = None
    st.dataframe(wide.reset_index(), hide_index=True, height=320, key="usage_table")
    columns = [_("Code"), _("Codeur"), _("Période"), _("Codages"), _("Documents")]
    rows = [
        (row["code"], row["coder"], row["period"], row["codings"], row["documents"]) for row in frame.to_dict("records")
    ]

    from qualikit.sheets import write_tables

    downloads.buttons(
        _("Emploi des codes {project}").format(project=project.name),
        lambda path: write_tables(path, [(_("Emploi"), columns, rows)]),
        key=f"usage {by}",
    )
