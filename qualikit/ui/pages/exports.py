"""The page Exports: the documents that are handed in, made while one looks, with what to know before they leave."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import jobs, places, state
from qualikit.ui.messages import empty
from qualikit.ui.pages import exports_cards, exports_checks, exports_making, exports_options, projet_choice


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "usage by code", project.coding.usage_counts):
        _empty()
        return
    ready = state.kept(project, "readiness", project.themes.readiness)
    head = st.container(horizontal=True, vertical_alignment="bottom", key="exports-head")
    jobs.show(fresh=lambda: True)
    left, right = st.columns([4, 11], gap="large")
    with left:
        first = st.container()
        asked = exports_options.show(ready)
        wanted = exports_making.wanted(project, ready, asked)
        made = exports_making.made(project, wanted)
    with first:
        allowed = exports_checks.show(ready, asked, list(made.values()))
    with head:
        st.title(_("Exports"), anchor=False, width="content")
        st.space("stretch")
        exports_cards.all_at_once(project, wanted, made, allowed=allowed)
    with right:
        exports_cards.show(project, wanted, made, allowed=allowed)


def _empty() -> None:
    with empty(
        _("Il n'y a encore rien à remettre"),
        _(
            "Cette page écrit les documents que vous remettez : la synthèse de chaque territoire, la matrice, le "
            "recueil de verbatims, l'annexe en tableaux. Ils se remplissent de ce que vous codez et écrivez."
        ),
        icon="ios_share",
        key="exports",
    ):
        if st.button(_("Coder des documents"), type="primary", key="start_coding"):
            places.go("coder")
        projet_choice.sample_button("exports_sample")
