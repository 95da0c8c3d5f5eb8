"""The page Assistance: what is learned from the coding, proposed with its reasons, answered one by one."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import jobs, places, sections, state
from qualikit.ui.messages import empty
from qualikit.ui.pages import (
    assistance_batch,
    assistance_cards,
    assistance_gaps,
    assistance_means,
    assistance_next,
    assistance_reliability,
    assistance_review,
    assistance_similar,
    projet_choice,
)

JOB = "assistance"


def show(project: Project) -> None:
    """Draw the page."""
    documents = state.kept(project, "documents", project.corpus.documents)
    st.title(_("Assistance"), anchor=False)
    section = sections.choose(
        assistance_cards.SECTION,
        _("Ce qu'il y a à voir"),
        {
            "suivants": _("À lire ensuite"),
            "semblables": _("Passages semblables"),
            "revoir": _("Oubliés, douteux"),
            "manquants": _("Codes qui manquent"),
            "lot": _("Coder en lot"),
            "fiabilite": _("Fiabilité"),
            "moyens": _("Moyens"),
        },
    )
    if section == "moyens":
        assistance_means.show(project)
        return
    if not documents or not project.coding.codebook:
        _empty(bool(documents))
        return
    if not _ready(project):
        return
    {
        "suivants": assistance_next.show,
        "semblables": assistance_similar.show,
        "revoir": assistance_review.show,
        "manquants": assistance_gaps.show,
        "lot": assistance_batch.show,
        "fiabilite": assistance_reliability.show,
    }[section](project)


def _ready(project: Project) -> bool:
    """Whether every passage has been read; where not, that goes on beside the page, which fills by itself."""
    if project.coding.assistance_ready():
        return True
    if not jobs.busy(JOB) and not st.session_state.get(f"{JOB} refused"):
        jobs.start_whole(
            JOB,
            lambda progress: project.coding.index(progress=progress),
            waiting=_("Lecture du corpus…"),
            say=lambda name, n, total: _("Passages lus : {n} sur {total}").format(n=n, total=total),
            take=lambda result: None,
            close=lambda job: st.session_state.__setitem__(
                f"{JOB} refused", bool(job.problem) or not project.coding.assistance_ready()
            ),
        )
        if not jobs.busy(JOB):
            st.rerun()
    if st.session_state.get(f"{JOB} refused"):
        st.info(_("La lecture du corpus n'est pas allée au bout. Ce qui est lu est gardé."), icon=":material/pause:")
        st.button(
            _("Reprendre la lecture"),
            key="assistance_resume",
            type="primary",
            on_click=lambda: st.session_state.__setitem__(f"{JOB} refused", False),
        )
        return False
    assistance_cards.quiet(
        _(
            "Chaque passage est lu une fois, sur cet ordinateur, pour que ceux qui disent la même "
            "chose se retrouvent. Vous pouvez continuer ailleurs : la page se remplira d'elle-même."
        )
    )
    jobs.show()
    return False


def _empty(documents: bool) -> None:
    with empty(
        _("Rien à proposer encore"),
        _(
            "L'assistance propose des codes à partir de ce que la grille dit d'eux, puis de ce que "
            "vous acceptez et "
            "refusez. Tout se passe sur cet ordinateur, et rien ne compte tant que vous ne l'avez pas accepté."
        ),
        icon="lightbulb",
        key="assistance",
    ):
        if documents:
            if st.button(_("Préparer la grille"), type="primary", key="assistance_codebook"):
                places.go("grille")
        elif st.button(_("Importer des documents"), type="primary", key="assistance_import"):
            places.go("corpus")
        projet_choice.sample_button("assistance_sample")
