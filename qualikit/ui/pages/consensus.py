"""The page Consensus: one focus group at a time, then all of them side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.themes.consensus.grid import Grid
from qualikit.themes.consensus.reading import Group
from qualikit.themes.consensus.wording import about
from qualikit.ui import downloads, places, state
from qualikit.ui.messages import empty, escaped, plain
from qualikit.ui.pages import consensus_cell, consensus_export, consensus_grid, consensus_sides, projet_choice

GROUP, CELL = "consensus_group", "consensus_cell"
TOGETHER = "∑"
"""Stands for all the groups in the place of one of them."""


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "usage by code", project.coding.usage_counts):
        _empty()
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="consensus-head"):
        st.title(_("Consensus"), anchor=False, width="content")
        choice = st.container(key="consensus-choice", width="content")
        kind = _kind(project)
        st.space("stretch")
        view = _view(project)
        grid = state.kept(
            project,
            "consensus",
            lambda: project.themes.consensus(*view.documents, questions=kind == "questions", **view.asked),
            kind,
            view.key,
        )
        if (export := downloads.popover("export_consensus", primary=True)).open:
            with export:
                consensus_export.show(project, grid)
    if not grid.groups:
        _without_groups()
        return
    _follow_address(grid)
    with choice:
        chosen = _choose(grid)
    if chosen is None:
        consensus_sides.show_groups(project, grid)
    else:
        _group(project, grid, chosen, every=view.every)
    st.html(f'<p class="qk-quiet qk-explained">{escaped(" ".join(about(grid)))}</p>')


def _empty() -> None:
    with empty(
        _("Aucun passage n'est encore codé"),
        _(
            "Cette page dit, groupe par groupe et thème par thème, qui est d'accord, qui ne l'est pas, qui nuance et "
            "qui ne dit rien. Elle se remplit quand un passage porte un thème et une position : accord, désaccord ou "
            "nuance."
        ),
        icon="balance",
        key="consensus",
    ):
        if st.button(_("Coder des documents"), type="primary", key="consensus_start_coding"):
            places.go("coder")
        projet_choice.sample_button("consensus_sample")


def _without_groups() -> None:
    with empty(
        _("Aucun document ne fait parler plusieurs participants"),
        _(
            "Cette page compare ce que disent les participants d'un même groupe. Importez un focus group, ou vérifiez "
            "les rôles : l'animation et les observateurs n'ont pas de position."
        ),
        icon="balance",
        key="consensus-groups",
    ):
        if st.button(_("Ouvrir le corpus"), type="primary", key="consensus_corpus"):
            places.go("corpus")


def _kind(project: Project) -> str:
    """Themes, or the questions of the guide where there is one."""
    if not state.kept(project, "guide questions", project.corpus.guide.questions):
        return "themes"
    names = {"themes": _("Thèmes"), "questions": _("Questions du guide")}
    return str(
        st.segmented_control(
            _("En lignes"),
            list(names),
            format_func=names.__getitem__,
            default="themes",
            required=True,
            key="consensus_kind",
            persist_state="session",
            label_visibility="collapsed",
            on_change=close,
        )
    )


@dataclass(frozen=True)
class View:
    """What the grids are narrowed to; ``every``: lines without a position too."""

    documents: tuple[str, ...]
    asked: Mapping[str, Any]
    key: tuple[Any, ...]
    every: bool


def _view(project: Project) -> View:
    coders = list(state.kept(project, "usage by coder", lambda: project.coding.usage_counts("coder")))
    used = bool(st.session_state.get("consensus_coder")) + bool(st.session_state.get("consensus_documents"))
    label = _("Affichage ({n})").format(n=used) if used else _("Affichage")
    with st.popover(label, icon=":material/tune:", key="consensus_view"):
        titles = {each.id: each.title for each in state.kept(project, "documents", project.corpus.documents)}
        documents = st.multiselect(
            _("Documents"),
            list(titles),
            format_func=titles.__getitem__,
            placeholder=_("Les focus groups"),
            key="consensus_documents",
            persist_state="session",
        )
        coder = st.selectbox(
            _("Codages de"),
            coders,
            index=None,
            placeholder=_("Tous les codeurs"),
            key="consensus_coder",
            persist_state="session",
        )
        every = st.toggle(
            _("Montrer les lignes sans aucune position"), value=False, key="consensus_every", persist_state="session"
        )
        families = st.toggle(
            _("Lire aussi les familles, avec leurs sous-codes"),
            value=False,
            key="consensus_families",
            persist_state="session",
        )
    asked = {"coder": coder, "nested": families}
    return View(tuple(documents), asked, (tuple(documents), coder, families), every)


def _choose(grid: Grid) -> Group | None:
    """The group to show; None for all of them side by side."""
    names = short_names(grid)
    if len(names) > 1:
        names[TOGETHER] = _("Tous les groupes")
    if st.session_state.get(GROUP) not in names:
        st.session_state[GROUP] = next(iter(names))
    draw = st.segmented_control if len(names) <= 4 else st.selectbox
    more = {"required": True} if len(names) <= 4 else {}
    chosen = draw(
        _("Groupe"),
        list(names),
        format_func=names.__getitem__,
        key=GROUP,
        persist_state="session",
        label_visibility="collapsed",
        on_change=close,
        **more,
    )
    return None if chosen == TOGETHER else grid.group(str(chosen))


def short_names(grid: Grid) -> dict[str, str]:
    """The territory of each group where no other has it, else its title too."""
    territories = [group.territory for group in grid.groups]
    return {
        group.id: group.territory if group.territory and territories.count(group.territory) == 1 else group.label
        for group in grid.groups
    }


def _group(project: Project, grid: Grid, group: Group, *, every: bool) -> None:
    to_check = grid.to_check(group)
    _figures(project, grid, group, to_check)
    cell = _open_cell(grid, group)
    if cell is None:
        table, beside = st.container(), None
    else:
        table, beside = st.columns([3, 2], gap="medium")
    with table:
        clicked = consensus_grid.show(
            grid, group, cell, every=every or bool(cell and _unanswered(grid, group, cell[0]))
        )
        consensus_grid.legend()
    if clicked is not None:
        st.session_state[CELL] = None if clicked == cell else clicked
        consensus_cell.first()
        st.rerun()
    if cell is None or beside is None:
        return
    with beside, st.container(key="consensus-panel"):
        row, person = cell
        if person == consensus_grid.COUNTS:
            consensus_sides.show_row(project, grid, group, row, close=close)
        else:
            consensus_cell.show(project, grid, group, row, person, close=close, further=_further(to_check, cell))


def _figures(project: Project, grid: Grid, group: Group, to_check: list[Any]) -> None:
    n = len(group.participants)
    present = ngettext("{n} participant présent", "{n} participants présents", n).format(n=n)
    answered = sum(1 for row in grid.rows if (count := grid.tally(row, group)) is not None and count.answered)
    if grid.kind == "questions":
        lines = _("{n} questions sur {total} avec une position")
    else:
        lines = _("{n} thèmes sur {total} avec une position")
    with st.container(horizontal=True, vertical_alignment="center", key="consensus-bar"):
        said = f"{group.title} · {present} · {lines.format(n=answered, total=len(grid.rows))}"
        st.html(f'<p class="qk-quiet">{escaped(said)}</p>', width="content")
        if to_check:
            words = ngettext("{n} case à vérifier", "{n} cases à vérifier", len(to_check)).format(n=len(to_check))
            st.button(
                words,
                icon=":material/fact_check:",
                key="consensus_check",
                type="tertiary",
                help=_(
                    "Le participant en parle sans qu'une position soit codée, les codeurs diffèrent, ou le passage "
                    "contient plusieurs voix."
                ),
                on_click=open_cell,
                args=(to_check[0][0].code_id, to_check[0][1].id),
            )
        if unplaced := grid.unplaced.get(group.id):
            n = len(unplaced)
            words = ngettext("{n} position sans thème", "{n} positions sans thème", n).format(n=n)
            with st.popover(words, icon=":material/link_off:", type="tertiary", key="consensus_unplaced"):
                _show_unplaced(project, unplaced)


def _show_unplaced(project: Project, ids: tuple[str, ...]) -> None:
    st.caption(
        _(
            "Ces passages portent une position, et aucun thème n'est codé au même tour de parole : ils ne comptent "
            "dans aucune case. Ajoutez-leur un thème dans Coder."
        )
    )
    passages = state.kept(project, "unplaced", lambda: project.themes.passages_of(ids), ids)
    for place, passage in enumerate(passages[:20]):
        st.markdown(f"**{plain(passage.code)}** · {plain(passage.reference)} : {plain(passage.quote[:160])}")
        places.link(
            "coder",
            _("Voir dans le texte"),
            icon=":material/my_location:",
            document=passage.document_id,
            debut=str(passage.start),
            fin=str(passage.stop),
            retour="consensus",
        )
        if place == 19 and len(passages) > 20:
            st.caption(_("… et {n} autres.").format(n=len(passages) - 20))


def _unanswered(grid: Grid, group: Group, row: str) -> bool:
    count = grid.tally(row, group)
    return count is None or not count.answered


def _further(to_check: list[Any], cell: tuple[str, str]) -> tuple[str, str] | None:
    """The next cell to check after this one; None where there is none other."""
    keys = [(row.code_id, person.id) for row, person in to_check]
    others = [key for key in keys if key != cell]
    if not others:
        return None
    after = keys[keys.index(cell) + 1 :] if cell in keys else []
    return after[0] if after else others[0]


def open_cell(row: str, person: str) -> None:
    """Open a cell beside the grid."""
    st.session_state[CELL] = (row, person)
    consensus_cell.first()


def close() -> None:
    """Close what is open beside the grid."""
    st.session_state.pop(CELL, None)


def _open_cell(grid: Grid, group: Group) -> tuple[str, str] | None:
    cell = st.session_state.get(CELL)
    if cell is None or not any(row.code_id == cell[0] for row in grid.rows):
        return None
    known = {consensus_grid.COUNTS, *(person.id for person in group.participants)}
    return cell if cell[1] in known else None


def _follow_address(grid: Grid) -> None:
    """Show the group and the theme that the address of the page asks for."""
    asked, code = places.asked("document"), places.asked("code")
    if asked and any(group.id == asked for group in grid.groups):
        st.session_state[GROUP] = asked
        if code and any(row.code_id == code for row in grid.rows):
            open_cell(code, places.asked("participant") or consensus_grid.COUNTS)
    for name in ("document", "code", "participant"):
        st.query_params.pop(name, None)
