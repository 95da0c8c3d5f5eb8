"""Suggestions asked for on the page Coder: in the background, for this document or for all."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.coding.assistants import Level
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import jobs, places, state
from qualikit.ui.messages import leave_note

JOB = "suggest"
LEAST = "suggest_least"
ASKED = "suggest_asked"


def show(project: Project, document_id: str) -> None:
    """Draw the button and what it opens."""
    busy = jobs.busy(JOB)
    asked = st.session_state.get(ASKED, 0)  # another name each time: what was asked closes it
    with st.popover(
        _("Suggestions"), icon=":material/lightbulb:", type="tertiary", disabled=busy, key=f"suggestions {asked}"
    ):
        st.markdown(
            _(
                "Propose un code là où une phrase contient ses mots-clés. Une suggestion ne compte pour rien "
                "tant que vous ne l'avez pas acceptée ; chacun répond de son côté."
            )
        )
        if not any(code.keywords for code in project.coding.codebook if code.active):
            st.caption(_("Aucun code de la grille n'a de mots-clés : écrivez-en, puis revenez."))
            if st.button(_("Écrire des mots-clés"), key="write_keywords", icon=":material/account_tree:"):
                places.go("grille")
            return
        least = st.selectbox(
            _("Lesquelles"),
            [Level.WEAK, Level.MEDIUM, Level.STRONG],
            index=1,
            format_func={
                Level.WEAK: _("Toutes"),
                Level.MEDIUM: _("Moyennes et fortes"),
                Level.STRONG: _("Fortes seulement"),
            }.__getitem__,
            help=_("Des mots rares dans le corpus font une suggestion forte, un mot qui est partout une faible."),
            key=LEAST,
        )
        with st.container(horizontal=True):
            st.button(
                _("Suggérer dans ce document"),
                key="suggest_here",
                type="primary",
                on_click=_start,
                args=(project, [document_id], least),
            )
            st.button(
                _("Dans tous les documents"), key="suggest_everywhere", on_click=_start, args=(project, None, least)
            )


def _start(project: Project, documents: Sequence[str] | None, least: str) -> None:
    st.session_state[ASKED] = st.session_state.get(ASKED, 0) + 1
    with state.speaking():
        jobs.start_whole(
            JOB,
            lambda progress: project.coding.suggest(documents=documents, least=least, progress=progress),
            waiting=_("Lecture des mots-clés…"),
            say=lambda name, n, total: _("Suggestions : {name} ({n} sur {total})").format(name=name, n=n, total=total),
            take=lambda report: leave_note(str(report)),
        )
