"""The page Corpus: files brought in, then the documents, described as in a sheet."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import messages, state
from qualikit.ui.pages import (
    corpus_attributes,
    corpus_document,
    corpus_heard,
    corpus_incoming,
    corpus_list,
    corpus_rows,
    projet_choice,
)


def show(project: Project) -> None:
    """Draw the page."""
    documents = state.kept(project, "documents", project.corpus.documents)
    incoming = corpus_incoming.waiting(project)
    if documents or incoming:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.title(_("Corpus"), anchor=False, width="content")
            st.space("stretch")
            if documents:
                with st.popover(
                    _("Importer un tableau d'attributs"), icon=":material/table:", key=corpus_attributes.key()
                ):
                    corpus_attributes.importing(project)
    else:
        messages.empty(
            _("Le corpus est vide"),
            _(
                "Le corpus rassemble tout ce que l'évaluation lit : focus groups, entretiens, notes d'observation, "
                "rapports d'activité. Déposez vos fichiers ci-dessous, tous à la fois si vous voulez : rien n'est "
                "enregistré avant que vous n'ayez vu ce qui a été compris."
            ),
            icon="folder_open",
            key="corpus",
        )
    corpus_attributes.report()
    with st.container(key="corpus_drop"):
        corpus_incoming.drop_zone(project)
    if not documents and not incoming:
        with st.container(horizontal=True, horizontal_alignment="center"):
            projet_choice.sample_button("corpus_sample")
    corpus_rows.show(project)
    if documents:
        corpus_list.show(project, documents)
        corpus_document.show(project, documents)
        corpus_heard.show(project, documents)
