"""Codes that meet, in the page Matrice: a table of codes by codes, and beside it the passages of two of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.charts.cooccurrence import cooccurrence_chart, described, drawn, written
from qualikit.themes.charts.grid import AT
from qualikit.themes.cooccurrence import RELATIONS, VALUES, Cooccurrence, relation_label, value_label
from qualikit.themes.reading.query import FARTHEST, NEAR_TURNS, Relation
from qualikit.ui import charts, downloads, state
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import escaped
from qualikit.ui.pages import matrice_cell
from qualikit.ui.pages.matrice_filters import Filters
from qualikit.ui.pages.matrice_table import HEIGHT

PAIR = "matrice_pair"


def show(project: Project, chosen: Filters, export: Any) -> None:
    """Draw the view; ``export`` is where its files are offered."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="matrice-together"):
        relation, distance, nested, value, drawn_so = _choices()
    found = state.kept(
        project,
        "cooccurrence",
        lambda: project.themes.cooccurrence(relation, distance=distance, nested=nested, **chosen.asked),
        relation,
        distance,
        nested,
        chosen.key,
    )
    if export.open:
        with export:
            st.caption(_("Le fichier contient ce qui est montré : les mêmes codes, les mêmes filtres."))
            downloads.files(
                _("{title} – {project}").format(title=found.title, project=project.name),
                lambda path: project.themes.export_cooccurrence(found, path, value=value),
                key="export_pairs",
                formats=tuple(downloads.FORMATS),
            )
    if found.is_empty:
        st.info(_("Aucun code n'en rencontre un autre ainsi. Essayez une autre façon de se rencontrer."))
        return
    pair = _open_pair(found)
    matrice_cell.beside(
        PAIR,
        pair,
        lambda: _chart(found, value) if drawn_so else _grid(found, value, pair),
        lambda *open_: _beside(project, found, *open_),
        found.explanation,
    )


def _choices() -> tuple[str, int, bool, str, bool]:
    relation = st.selectbox(
        _("Deux codes se rencontrent"),
        [each.value for each in RELATIONS],
        format_func=lambda name: relation_label(Relation(name)),
        key="matrice_relation",
        persist_state="session",
        width=280,
    )
    distance = NEAR_TURNS
    if relation == Relation.NEAR:
        distance = st.number_input(
            _("Tours au plus"), 0, FARTHEST, NEAR_TURNS, key="matrice_distance", persist_state="session", width=130
        )
    value = st.segmented_control(
        _("Dans les cases"),
        list(VALUES),
        format_func=value_label,
        default="passages",
        required=True,
        key="matrice_pair_value",
        persist_state="session",
    )
    nested = st.toggle(_("Avec les codes rangés dessous"), key="matrice_nested", persist_state="session")
    as_chart = st.toggle(_("En carte de chaleur"), key="matrice_pair_chart", persist_state="session")
    return str(relation), int(distance), bool(nested), str(value), bool(as_chart)


def _chart(found: Cooccurrence, value: str) -> tuple[str, str] | None:
    dark = st.context.theme.type == "dark"
    chart = cooccurrence_chart(found, value, dark=dark).configure(background="transparent")
    with st.container(key="matrice-chart"):
        pair = charts.clicked(chart, AT, key="matrice_pairs", width="content", theme=None, alt=described(found, value))
    if pair is None:
        return None
    one, other = pair
    return (one, other) if found.pairs[found.place(one), found.place(other)] else None


def _open_pair(found: Cooccurrence) -> tuple[str, str] | None:
    pair = st.session_state.get(PAIR)
    keys = {row.key for row in found.rows}
    return pair if pair and set(pair) <= keys else None


def _grid(found: Cooccurrence, value: str, pair: tuple[str, str] | None) -> tuple[str, str] | None:
    used = [number for number in range(len(found.rows)) if found.passages[number]]
    rows = [found.rows[number] for number in used]
    keys = {row.key for row in rows}
    largest = max((drawn(found, a, b, value) or 0.0 for a in used for b in used), default=0.0) or 1.0
    cells = {}
    for one in used:
        for other in used:
            at = found.rows[one].key, found.rows[other].key
            if not found.apart[one, other]:
                cells[at] = GridCell("", title=_("Un code et lui-même, ou un code qui le contient."), live=False)
            elif found.pairs[one, other] or (value in ("turns", "jaccard") and found.turns_both[one, other]):
                strong = drawn(found, one, other, value) or 0.0
                cells[at] = GridCell(
                    written(found, one, other, value),
                    tint=strong / largest,
                    title=_sentence(found, one, other),
                    sort=strong,
                    live=bool(found.pairs[one, other]),
                )
    passages = found.passages[used].tolist()
    counted = [ngettext("{n} passage", "{n} passages", n).format(n=n) for n in passages]
    return grid(
        [
            GridRow(
                row.key, row.name, depth=row.depth, parent=row.parent_id if row.parent_id in keys else None,
                color=row.color, title=words,
            )
            for row, words in zip(rows, counted, strict=True)
        ],
        [
            GridColumn(row.key, row.name, ngettext("{n} pass.", "{n} pass.", n).format(n=n))
            for row, n in zip(rows, passages, strict=True)
        ],
        cells,
        key="cooccurrence",
        corner=_("Code"),
        picked=pair,
        height=HEIGHT,
        caption=found.title,
        nothing=_("Ils ne se rencontrent pas."),
    )  # fmt: skip


def _sentence(found: Cooccurrence, one: int, other: int) -> str:
    return ngettext(
        "{met} passage sur {passages} de « {one} » ; tours de parole : {turns}, Jaccard {jaccard} ; "
        "documents : {documents}",
        "{met} passages sur {passages} de « {one} » ; tours de parole : {turns}, Jaccard {jaccard} ; "
        "documents : {documents}",
        int(found.met[one, other]),
    ).format(
        met=found.met[one, other],
        passages=found.passages[one],
        one=found.rows[one].name,
        turns=written(found, one, other, "turns"),
        jaccard=written(found, one, other, "jaccard"),
        documents=written(found, one, other, "documents"),
    )


def _beside(project: Project, found: Cooccurrence, one: str, other: str) -> None:
    names = {row.key: row.name for row in found.rows}
    places = found.place(one), found.place(other)
    with st.container(horizontal=True, vertical_alignment="top", wrap=False):
        said = _("{one}, avec {other}").format(one=names[one], other=names[other])
        st.html(
            f'<div class="qk-code-head"><h2>{escaped(said)}</h2></div>'
            f'<p class="qk-quiet">{escaped(_sentence(found, *places))}</p>'
        )
        st.button(
            _("Fermer"), icon=":material/close:", key="close_pair", type="tertiary",
            on_click=lambda: st.session_state.pop(PAIR, None),
        )  # fmt: skip
    matrice_cell.show_passages(project, project.themes.passages(found, one, other))
