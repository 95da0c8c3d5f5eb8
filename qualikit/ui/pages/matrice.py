"""The page Matrice: two things crossed, as a table, a heat map or bubbles; codes that meet; beside, the open cell."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.charts.grid import AT
from qualikit.themes.charts.matrix import CHARTS, chart_label, described, matrix_chart, shown_value
from qualikit.themes.dimensions import known_as
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import TOTAL
from qualikit.themes.values import VALUES, value_label
from qualikit.ui import charts, downloads, places, sections, state
from qualikit.ui.messages import empty
from qualikit.ui.pages import (
    matrice_cell,
    matrice_cooccurrence,
    matrice_exports,
    matrice_filters,
    matrice_table,
    projet_choice,
)

CELL = "matrice_cell"
TABLE, TOGETHER = "tableau", "cooccurrences"
ADDRESSES = {"heat": "chaleur", "bubbles": "bulles"}


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "usage by code", project.coding.usage_counts):
        _empty(project)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="matrice-head"):
        st.title(_("Matrice"), anchor=False, width="content")
        names = {TABLE: _("Tableau"), **{ADDRESSES[kind]: chart_label(kind) for kind in CHARTS}}
        view = sections.choose("matrice_view", _("Vue"), {**names, TOGETHER: _("Cooccurrences")}, first_by=("code",))
        st.space("stretch")
        chosen = matrice_filters.show(project)
        export = downloads.popover("export_matrix", primary=True)
    if view == TOGETHER:
        matrice_cooccurrence.show(project, chosen, export)
        return
    kind = next((kind for kind, address in ADDRESSES.items() if address == view), None)
    with st.container(horizontal=True, vertical_alignment="bottom", key="matrice-line"):
        rows, columns, value = _sides(project)
    matrix = state.kept(
        project,
        "matrix",
        lambda: project.themes.matrix(rows, columns, value=value, **chosen.asked),
        rows,
        columns,
        value,
        chosen.key,
    )
    if export.open:
        with export:
            matrice_exports.show(project, matrix, kind)
    _follow_address(matrix)
    cell = _open_cell(matrix)
    matrice_cell.beside(
        CELL,
        cell,
        lambda: _chart(matrix, kind) if kind is not None else matrice_table.show(matrix, cell),
        lambda *open_: matrice_cell.show(project, matrix, *open_, close=lambda: st.session_state.pop(CELL, None)),
        matrix.explanation,
    )


def _empty(project: Project) -> None:
    with empty(
        _("Aucun passage n'est encore codé"),
        _(
            "Cette page croise vos thèmes et vos territoires, ou tout autre attribut : combien de personnes en "
            "parlent, ce qu'elles disent, et la synthèse que vous en écrivez. Elle se remplit à mesure que vous codez."
        ),
        icon="grid_on",
        key="themes",
    ):
        if st.button(_("Coder des documents"), type="primary", key="start_coding"):
            places.go("coder")
        projet_choice.sample_button("matrice_sample")


def _sides(project: Project) -> tuple[str, str, str]:
    """What is in rows, in columns and in the cells."""
    names = state.kept(project, "sides", project.themes.sides)
    rows = _side(_("En lignes"), names, "matrice_rows", "code")
    others = [name for name in names if name != rows]
    columns = _side(_("En colonnes"), others, "matrice_columns", "territory" if rows != "territory" else "code")
    value = st.segmented_control(
        _("Dans les cases"),
        list(VALUES),
        format_func=value_label,
        default="codings",
        required=True,
        key="matrice_value",
        persist_state="session",
    )
    return rows, columns, str(value)


def _side(label: str, names: list[str], key: str, first: str) -> str:
    if st.session_state.get(key) not in (None, *names):  # chosen on the other side since, or gone from the project
        st.session_state[key] = first
    return str(
        st.selectbox(
            label,
            names,
            index=names.index(first),
            format_func=lambda name: known_as(name).label(),
            key=key,
            persist_state="session",
            width=230,
        )
    )


def _chart(matrix: Matrix, kind: str) -> tuple[str, str] | None:
    if shown_value(matrix) != matrix.value:
        st.caption(_("Chaque ligne ou colonne est une personne ou un document : les codages sont montrés."))
    dark = st.context.theme.type == "dark"
    chart = matrix_chart(matrix, kind, dark=dark).configure(background="transparent")
    words = described(matrix, kind)
    with st.container(key="matrice-chart"):
        row, column = charts.clicked(chart, AT, key=f"matrice_{kind}", width="content", theme=None, alt=words) or (
            None,
            None,
        )
    return (row, column) if row is not None and matrix.cells[row, column].possible else None


def _follow_address(matrix: Matrix) -> None:
    """Open the cell that the address of the page asks for."""
    code = places.asked("code")
    if code is not None:
        if any(row.key == code for row in matrix.rows):
            st.session_state[CELL] = (code, TOTAL)
            matrice_cell.first_page()
        st.query_params.pop("code", None)


def _open_cell(matrix: Matrix) -> tuple[str, str] | None:
    cell = st.session_state.get(CELL)
    return cell if cell in matrix.cells else None
