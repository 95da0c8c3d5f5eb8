"""The page Thèmes: the matrix, and beside it the cell that is open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.dimensions import DIMENSIONS
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import TOTAL
from qualikit.ui import places, state
from qualikit.ui.messages import empty, escaped
from qualikit.ui.pages import projet_choice, themes_cell, themes_exports, themes_table

CELL = "themes_cell"


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "usage by code", project.coding.usage_counts):
        _empty(project)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="themes-head"):
        st.title(_("Thèmes"), anchor=False, width="content")
        columns = _dimension()
        st.space("stretch")
        chosen = _filters(project)
        matrix = state.kept(
            project, "matrix", lambda: project.themes.matrix(columns=columns, **chosen.asked), columns, chosen.key
        )
        with st.popover(_("Exporter"), icon=":material/download:", type="primary", key="export_matrix"):
            themes_exports.show(project, matrix)
    _follow_address(matrix)
    cell = _open_cell(matrix)
    if cell is None:
        table, beside = st.container(), None
    else:
        table, beside = st.columns([11, 8], gap="medium")
    with table:
        clicked = themes_table.show(matrix, cell)
        st.html(f'<p class="qk-quiet qk-explained">{escaped(matrix.explanation)}</p>')
    if clicked is not None:
        st.session_state[CELL] = None if clicked == cell else clicked
        themes_cell.first_page()
        st.rerun()
    if cell is not None and beside is not None:
        with beside, st.container(key="themes-cell"):
            themes_cell.show(project, matrix, *cell, close=lambda: st.session_state.pop(CELL, None))


def _empty(project: Project) -> None:
    with empty(
        _("Aucun passage n'est encore codé"),
        _(
            "Cette page croise vos thèmes et vos territoires : combien de personnes en parlent, ce qu'elles disent, "
            "et la synthèse que vous en écrivez. Elle se remplit à mesure que vous codez."
        ),
        icon="grid_on",
        key="themes",
    ):
        if st.button(_("Coder des documents"), type="primary", key="start_coding"):
            places.go("coder")
        projet_choice.sample_button("themes_sample")


def _dimension() -> str:
    return str(
        st.segmented_control(
            _("En colonnes"),
            list(DIMENSIONS),
            format_func=lambda name: DIMENSIONS[name].label(),
            default="territory",
            required=True,
            key="themes_columns",
            persist_state="session",
            label_visibility="collapsed",
        )
    )


class Filters:
    """What the matrix is narrowed to."""

    def __init__(self, coder: str | None, sources: Sequence[str], codes: Sequence[str]) -> None:
        self.key = (coder, tuple(sources), tuple(codes))
        self.asked = {"coder": coder, "sources": list(sources) or None, "codes": list(codes) or None}
        self.count = (coder is not None) + bool(sources) + bool(codes)


def _filters(project: Project) -> Filters:
    coders = list(state.kept(project, "usage by coder", lambda: project.coding.usage_counts("coder")))
    book = project.coding.codebook
    used = sum(1 for name in ("coder", "sources", "codes") if st.session_state.get(f"themes_{name}"))
    label = _("Filtres ({n})").format(n=used) if used else _("Filtres")
    with st.popover(label, icon=":material/filter_alt:", key="themes_filters"):
        coder = st.selectbox(
            _("Codages de"),
            coders,
            index=None,
            placeholder=_("Tous les codeurs"),
            key="themes_coder",
            persist_state="session",
        )
        sources = st.multiselect(
            _("Types de source"),
            [kind.value for kind in SourceKind],
            format_func=lambda kind: source_kind_label(SourceKind(kind)),
            placeholder=_("Tous les types de source"),
            key="themes_sources",
            persist_state="session",
        )
        families = st.multiselect(
            _("Familles de codes"),
            [code.id for code in book.roots()],
            format_func=lambda id: book.get(id).name if book.get(id) else "",
            placeholder=_("Toute la grille"),
            key="themes_codes",
            persist_state="session",
        )
    codes = [id for family in families for id in (family, *(below.id for below in book.descendants(family)))]
    return Filters(coder, sources, codes)


def _follow_address(matrix: Matrix) -> None:
    """Open the cell that the address of the page asks for."""
    code = places.asked("code")
    if code is not None:
        if any(row.code_id == code for row in matrix.rows):
            st.session_state[CELL] = (code, TOTAL)
            themes_cell.first_page()
        st.query_params.pop("code", None)


def _open_cell(matrix: Matrix) -> tuple[str, str] | None:
    cell = st.session_state.get(CELL)
    return cell if cell in matrix.cells else None
