"""Queries with a name: taken up again, kept, renamed, forgotten."""

from __future__ import annotations

import streamlit as st

from qualikit.errors import SearchError
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import plain
from qualikit.ui.pages import lire_query

NAME = "lire_save_name"


def show(project: Project) -> None:
    """One place for those that are kept, one to keep another."""
    kept = state.kept(project, "queries", project.themes.queries.list)
    label = _("Recherches ({n})").format(n=len(kept)) if kept else _("Recherches")
    with st.popover(label, icon=":material/bookmarks:", key="reading_saved"):
        if not kept:
            st.caption(_("Aucune recherche n'est encore gardée. Gardez celle de la page sous un nom."))
        for each in kept:
            with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
                st.button(
                    plain(each.name),
                    key=f"reading take {each.id}",
                    help=plain(each.said),
                    type="tertiary",
                    on_click=lambda query=each.query: state.act(lire_query.take, project, query),
                )
                st.space("stretch")
                st.button(
                    _("Supprimer « {name} »").format(name=plain(each.name)),
                    key=f"reading remove {each.id}",
                    icon=":material/delete:",
                    type="tertiary",
                    on_click=state.act,
                    args=(project.themes.queries.remove, each.id),
                )
        st.text_input(_("Garder la recherche de la page sous le nom"), key=NAME)
        st.button(
            _("Garder"),
            key="reading_keep",
            type="primary",
            on_click=lambda: state.act(_keep, project, done=_("Recherche gardée")),
        )


def _keep(project: Project) -> None:
    name = str(st.session_state.get(NAME) or "")
    if not name.strip():
        raise SearchError(_("La recherche n'a pas de nom."), _("Donnez-lui un nom qui dise ce qu'elle rassemble."))
    project.themes.queries.save(name, lire_query.asked(), replacing=True)
    st.session_state[NAME] = ""
