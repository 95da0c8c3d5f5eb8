"""The page Corpus: documents, those who speak in them, what they are described by, what all of it is made of."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import messages, sections, state
from qualikit.ui.pages import (
    corpus_attributes,
    corpus_composition,
    corpus_documents,
    corpus_guide,
    corpus_incoming,
    corpus_people,
    corpus_sheet,
    projet_choice,
)

SECTION = "corpus_section"
SECTIONS = {
    "documents": corpus_documents.show,
    "personnes": corpus_people.show,
    "attributs": corpus_attributes.show,
    "guide": corpus_guide.show,
    "composition": corpus_composition.show,
}


def show(project: Project) -> None:
    """Draw the page."""
    documents = state.kept(project, "documents", project.corpus.documents)
    if not documents:
        _empty(project)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="corpus-head"):
        st.title(_("Corpus"), anchor=False, width="content")
        section = _section()
        st.space("stretch")
        corpus_sheet.importing(project)
    corpus_sheet.show(project)
    SECTIONS[section](project, documents)


def _section() -> str:
    names = {
        "documents": _("Documents"),
        "personnes": _("Personnes"),
        "attributs": _("Attributs"),
        "guide": _("Guide"),
        "composition": _("Composition"),
    }
    return sections.choose(SECTION, _("Partie du corpus"), names, first_by=("document", "territoire", "type"))


def _empty(project: Project) -> None:
    waiting = corpus_incoming.waiting(project)
    if waiting:
        st.title(_("Corpus"), anchor=False)
    else:
        messages.empty(
            _("Le corpus est vide"),
            _(
                "Le corpus rassemble tout ce que l'évaluation lit : focus groups, entretiens, notes d'observation, "
                "rapports d'activité. Déposez vos fichiers ci-dessous, tous à la fois si vous voulez : rien n'est "
                "enregistré avant que vous n'ayez vu ce qui a été compris."
            ),
            icon="folder_open",
            key="corpus",
        )
    corpus_documents.incoming(project)
    if not waiting and not corpus_incoming.waiting(project):
        with st.container(horizontal=True, horizontal_alignment="center"):
            projet_choice.sample_button("corpus_sample")
