"""The page Synthèses: a table of all cells with what is left to write; then one cell, its passages beside its text."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.dimensions import DIMENSIONS
from qualikit.themes.syntheses.board import Board, BoardCell, Status, status_label
from qualikit.ui import places, state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import empty, escaped, plain
from qualikit.ui.pages import projet_choice, syntheses_text

CELL = "syntheses_cell"
BY = "syntheses_by"
SHOWN = "syntheses_shown"
_ALL, _LEFT, _MOVED = "all", "left", "moved"
_SIGNS = {Status.TODO: "○", Status.DRAFT: "✎", Status.VALIDATED: "✓"}
_TINTS = {Status.TODO: 0.0, Status.DRAFT: 0.25, Status.VALIDATED: 0.75}


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "usage by code", project.coding.usage_counts):
        _empty()
        return
    _follow_address()
    by = st.session_state.get(BY, "territory")
    board = state.kept(project, "board", lambda: project.themes.synthesis_board(by), by)
    cell = board.cells.get(st.session_state.get(CELL))
    if cell is None:
        _table(board)
    else:
        _cell(project, board, cell)


def _empty() -> None:
    with empty(
        _("Aucun passage n'est encore codé"),
        _(
            "Cette page montre, thème par thème et territoire par territoire, les synthèses écrites et celles qui "
            "restent à écrire, chacune à côté de ses passages. Elle se remplit à mesure que vous codez."
        ),
        icon="edit_note",
        key="syntheses",
    ):
        if st.button(_("Coder des documents"), type="primary", key="syntheses_start_coding"):
            places.go("coder")
        projet_choice.sample_button("syntheses_sample")


def _follow_address() -> None:
    """Open the cell that the address of the page asks for."""
    code, value, by = places.asked("code"), places.asked("valeur"), places.asked("colonne")
    if code is not None and value is not None:
        st.session_state[CELL] = (code, value)
    if by in DIMENSIONS:
        st.session_state[BY] = by
    for name in ("code", "valeur", "colonne"):
        st.query_params.pop(name, None)


def _open(key: tuple[str, str] | None) -> None:
    st.session_state[CELL] = key


# -- all cells


def _table(board: Board) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="syntheses-head"):
        st.title(_("Synthèses"), anchor=False, width="content")
        st.segmented_control(
            _("En colonnes"),
            list(DIMENSIONS),
            format_func=lambda name: DIMENSIONS[name].label(),
            default=None if BY in st.session_state else "territory",
            required=True,
            key=BY,
            persist_state="session",
            label_visibility="collapsed",
        )
        st.space("stretch")
        shown = _choose(board)
    st.html(f'<p class="qk-count">{escaped(_progress(board))}</p>')
    wanted = {_ALL: list(board.cells.values()), _LEFT: board.left, _MOVED: board.moved}[shown]
    rows = {cell.row.code_id for cell in wanted}
    lines = [row for row in board.matrix.rows if row.code_id in rows]
    if not lines:
        nothing = (
            _("Toutes les synthèses attendues sont écrites.")
            if shown == _LEFT
            else _("Rien n'a changé dans les cases depuis que leurs synthèses ont été validées.")
        )
        st.html(f'<p class="qk-nothing">{escaped(nothing)}</p>')
        return
    keys = {row.code_id for row in lines}
    clicked = grid(
        [
            GridRow(
                row.code_id,
                row.name,
                depth=row.depth if row.parent_id in keys else 0,
                parent=row.parent_id if row.parent_id in keys else None,
                color=row.color,
                title=row.definition,
            )
            for row in lines
        ],
        [
            GridColumn(column.value, column.label, total=column.is_total, text=True)
            for column in (*board.matrix.columns, board.matrix.total_column)
        ],
        {
            (cell.row.code_id, cell.column.value): _grid_cell(cell, board)
            for cell in wanted
            if cell.cell.codings or cell.synthesis is not None
        },
        key="syntheses",
        corner=_("Thème"),
        height="max(20rem, calc(100vh - 15rem))",
        caption=_("Synthèses par thème"),
    )
    st.html(f'<p class="qk-quiet qk-explained">{escaped(_explained())}</p>')
    if clicked is not None:
        _open(clicked)
        st.rerun()


def _choose(board: Board) -> str:
    labels = {
        _ALL: _("Toutes les cases"),
        _LEFT: _("À écrire ({n})").format(n=len(board.left)),
        _MOVED: _("À revoir ({n})").format(n=len(board.moved)),
    }
    return str(
        st.segmented_control(
            _("Cases montrées"),
            list(labels),
            format_func=labels.__getitem__,
            default=_ALL,
            required=True,
            key=SHOWN,
            persist_state="session",
            label_visibility="collapsed",
        )
    )


def _progress(board: Board) -> str:
    counts = board.counts()
    cells = ngettext("{n} case codée", "{n} cases codées", len(board.wanted)).format(n=len(board.wanted))
    return _("À écrire : {todo} · brouillons : {draft} · validées : {validated}, sur {cells}").format(
        todo=counts[Status.TODO], draft=counts[Status.DRAFT], validated=counts[Status.VALIDATED], cells=cells
    )


def _explained() -> str:
    return _(
        "○ à écrire, ✎ brouillon, ✓ validée, ! à revoir : des passages sont venus après la validation, ou ne sont plus "
        "là. Une synthèse est attendue là où un passage porte le code lui-même ; un thème qui n'en rassemble que "
        "d'autres, et la colonne « Ensemble », peuvent en avoir une."
    )


def _grid_cell(cell: BoardCell, board: Board) -> GridCell:
    unasked = not cell.wanted and cell.synthesis is None
    passages = ngettext("{n} passage", "{n} passages", cell.cell.passages).format(n=cell.cell.passages)
    parts = [passages]
    if board.matrix.reads_by.people or cell.column.is_total:
        parts.append(_("{n}/{total} pers.").format(n=cell.cell.people, total=cell.cell.people_total))
    words = passages if unasked else status_label(cell.status)
    said = [words, *([] if unasked else parts), *([cell.said] if cell.said else [])]
    return GridCell(
        "–" if unasked else words,
        sub=" · ".join(parts),
        tint=0.0 if unasked else _TINTS[cell.status],
        title=", ".join(said),
        sort=words,
        marks=("" if unasked else _SIGNS[cell.status]) + (" !" if cell.said and cell in board.moved else ""),
    )


# -- one cell


def _cell(project: Project, board: Board, cell: BoardCell) -> None:
    key = (cell.row.code_id, cell.column.value)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="synthesis-head"):
        st.button(
            _("Toutes les cases"),
            icon=":material/arrow_back:",
            type="tertiary",
            key="syntheses_all",
            on_click=_open,
            args=(None,),
        )
        st.html(
            f'<div class="qk-code-head"><span class="qk-swatch" style="background:{escaped(cell.row.color)}"></span>'
            f"<h2>{escaped(cell.row.name)}</h2><span class='qk-quiet'>{escaped(cell.column.label)} · "
            f"{escaped(_figures(board, cell))}</span></div>",
            width="content",
        )
        st.space("stretch")
        after = _next(board, key)
        st.button(
            _("Suivante à écrire"),
            icon=":material/arrow_forward:",
            icon_position="right",
            type="tertiary",
            key="syntheses_next",
            disabled=after is None,
            on_click=_open,
            args=(after or key,),
            help=plain(_name(board, after)) if after else None,
        )
    passages = state.kept(
        project, "board passages", lambda: project.themes.passages(board.matrix, *key), board.matrix.dimension, *key
    )
    syntheses_text.show(
        project,
        syntheses_text.Cell(
            cell.row.code_id, board.matrix.dimension, cell.column.value, tuple(passages), frozenset(cell.later)
        ),
    )


def _figures(board: Board, cell: BoardCell) -> str:
    """« 9 passages, 4 personnes sur 6, 2 documents sur 3 »."""
    counted, kind = cell.cell, board.matrix.reads_by
    parts = [ngettext("{n} passage", "{n} passages", counted.passages).format(n=counted.passages)]
    if kind.people or cell.column.is_total:
        people = ngettext("{n} personne sur {total}", "{n} personnes sur {total}", counted.people)
        parts.append(people.format(n=counted.people, total=counted.people_total))
    if kind.sessions or cell.column.is_total:
        documents = ngettext("{n} document sur {total}", "{n} documents sur {total}", counted.sessions)
        parts.append(documents.format(n=counted.sessions, total=counted.sessions_total))
    return ", ".join(parts)


def _next(board: Board, key: tuple[str, str]) -> tuple[str, str] | None:
    """The cell to write after this one, theme by theme, and from the first again after the last."""
    order = list(board.cells)
    here = order.index(key)
    left = {(cell.row.code_id, cell.column.value) for cell in board.left} - {key}
    return next((each for each in (*order[here + 1 :], *order[:here]) if each in left), None)


def _name(board: Board, key: tuple[str, str]) -> str:
    """« Météo, Laval »."""
    return f"{board.cells[key].row.name}, {board.cells[key].column.label}"
