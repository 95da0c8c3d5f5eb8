"""One cell of the matrix: its figures, its synthesis to write, its passages to read and to choose."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.text import fold
from qualikit.themes.dimensions import DIMENSIONS
from qualikit.themes.making import keeps_syntheses
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Column, Passage, Row
from qualikit.themes.syntheses import place
from qualikit.ui import places, state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages import syntheses_text
from qualikit.ui.pages.matrice_table import sentence

PAGE = "matrice_page"
PAGE_LENGTH = 12


def beside(
    key: str,
    open_: tuple[str, str] | None,
    draw: Callable[[], tuple[str, str] | None],
    panel: Callable[..., None],
    explained: str,
) -> None:
    """What crosses things, drawn, and what is open of it beside: ``key`` keeps which; a click opens or closes."""
    drawn, place = (st.container(), None) if open_ is None else st.columns([11, 8], gap="medium")
    with drawn:
        clicked = draw()
        st.html(f'<p class="qk-quiet qk-explained">{escaped(explained)}</p>')
    if clicked is not None:
        st.session_state[key] = None if clicked == open_ else clicked
        first_page()
        st.rerun()
    if open_ is not None and place is not None:
        with place, st.container(key="matrice-cell"):
            panel(*open_)


def first_page() -> None:
    """Passages are shown from the first again."""
    st.session_state.pop(PAGE, None)
    st.session_state.pop("passage_filter", None)


def show(project: Project, matrix: Matrix, row_id: str, value: str, *, close: Callable[[], object]) -> None:
    """Draw the open cell."""
    row, column = matrix.row(row_id), matrix.column(value)
    cell = matrix.cell(row_id, value)
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        st.html(
            f'<div class="qk-code-head">{_swatch(matrix, row)}'
            f"<h2>{escaped(row.name)}</h2><span class='qk-quiet'>{escaped(column.label)}</span></div>"
            f'<p class="qk-quiet">'
            f"{escaped(sentence(cell, people=matrix.shows_people, sessions=matrix.shows_sessions))}</p>"
        )
        st.button(_("Fermer"), icon=":material/close:", key="close_cell", type="tertiary", on_click=close)
    if cell.codings and matrix.rows_by == "code" and not matrix.said and matrix.dimension in DIMENSIONS:
        places.link(
            "lire",
            _("Lire ces passages par code"),
            icon=":material/library_books:",
            colonne=matrix.dimension,
            valeur=value,
            codeurs="tous",
            **({} if row.is_total else {"code": row_id}),
        )
    if (where := _theme(matrix, row, column)) is not None:
        _synthesis(project, *where)
    passages = state.kept(
        project,
        "passages",
        lambda: project.themes.passages(matrix, row_id, value),
        matrix.dimension,
        matrix.rows_by,
        matrix.said,
        matrix.coders,
        tuple(row.key for row in matrix.rows),
        tuple((column.value, column.sessions) for column in matrix.columns),
        row_id,
        value,
    )
    show_passages(project, passages)


def _swatch(matrix: Matrix, row: Row) -> str:
    if matrix.rows_by != "code":
        return ""
    return f'<span class="qk-swatch" style="background:{escaped(row.color)}"></span>'


def _theme(matrix: Matrix, row: Row, column: Column) -> tuple[str, str, str] | None:
    """The code, the dimension and the value that a synthesis of the cell is written for; None where there is none."""
    if not keeps_syntheses(matrix):
        return None
    if matrix.rows_by == "code":
        return None if row.is_total else (row.key, matrix.dimension, column.value)
    return None if column.is_total else (column.value, matrix.rows_by, row.key)


def _synthesis(project: Project, code: str, dimension: str, value: str) -> None:
    syntheses_text.show(project, syntheses_text.Cell(code, *place(dimension, value), alone=True, back="matrice"))
    places.link(
        "syntheses",
        _("Écrire à côté des passages, et les citer"),
        icon=":material/edit_note:",
        code=code,
        valeur=value,
        colonne=dimension,
    )


def together(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Passages that are the same words under the same code, whoever coded them, in the order of the first."""
    found: dict[tuple[str, int, int, str], list[Passage]] = {}
    for passage in passages:
        found.setdefault((passage.document_id, passage.start, passage.stop, passage.code_id), []).append(passage)
    return list(found.values())


def show_passages(project: Project, passages: list[Passage]) -> None:
    """Passages to read and to choose, a page of them at a time."""
    groups = together(passages)
    total = len(groups)
    wanted = ""
    with st.container(horizontal=True, vertical_alignment="center"):
        chosen = sum(1 for group in groups if any(passage.chosen for passage in group))
        words = ngettext("{n} extrait", "{n} extraits", total).format(n=total)
        kept = ngettext("{n} retenu", "{n} retenus", chosen).format(n=chosen) if chosen else ""
        st.subheader(f"{words}{f' :gray[({kept})]' if kept else ''}", anchor=False, width="content")
        if total > PAGE_LENGTH:
            wanted = st.text_input(
                _("Chercher dans les passages"),
                key="passage_filter",
                placeholder=_("Chercher dans les passages"),
                label_visibility="collapsed",
            )
    shown = [group for group in groups if _holds(group[0], fold(wanted))]
    pages = max(1, -(-len(shown) // PAGE_LENGTH))
    page = min(int(st.session_state.get(PAGE, 0)), pages - 1)
    for group in shown[page * PAGE_LENGTH : (page + 1) * PAGE_LENGTH]:
        _card(project, group)
    if not shown and wanted:
        st.caption(_("Aucun passage ne contient « {words} ».").format(words=plain(wanted)))
    if pages > 1:
        _turn_pages(page, pages)


def _turn_pages(page: int, pages: int) -> None:
    def turn(to: int) -> None:
        st.session_state[PAGE] = to

    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(_("Précédents"), key="page_before", disabled=page == 0, on_click=turn, args=(page - 1,))
        st.html(
            f'<div class="qk-quiet">{escaped(_("page {n} sur {total}").format(n=page + 1, total=pages))}</div>',
            width="content",
        )
        st.button(_("Suivants"), key="page_after", disabled=page + 1 >= pages, on_click=turn, args=(page + 1,))


def _holds(passage: Passage, words: str) -> bool:
    return words in fold(f"{passage.quote} {passage.speaker or ''} {passage.document}")


def _card(project: Project, group: Sequence[Passage]) -> None:
    passage = next((each for each in group if each.chosen), group[0])
    coders = ", ".join(dict.fromkeys(each.coder for each in group))
    with st.container(border=True, key=f"passage-{group[0].coding_id}", gap="small"):
        memos = "".join(f'<p class="qk-memo">{escaped(each.memo)}</p>' for each in group if each.memo)
        quote = escaped(passage.quote.strip()).replace("\n", "<br>")
        st.html(
            f'<blockquote class="qk-quote">{quote}</blockquote>'
            f'<p class="qk-source">{escaped(passage.reference)}'
            f'<span class="qk-quiet"> · {escaped(passage.code)} · {escaped(coders)}</span></p>{memos}'
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            st.toggle(
                _("Retenir comme verbatim"),
                passage.chosen,
                key=f"chosen {passage.coding_id} {passage.chosen}",
                on_change=state.act,
                args=(
                    project.themes.unchoose_verbatim if passage.chosen else project.themes.choose_verbatim,
                    passage.coding_id,
                ),
            )
            places.link(
                "coder",
                _("Voir dans le texte"),
                icon=":material/my_location:",
                document=passage.document_id,
                debut=str(passage.start),
                fin=str(passage.stop),
                retour="matrice",
            )
