"""The section Documents: files brought in, then the documents as in a sheet; or, in their place, the open one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.queries import DocumentSummary
from qualikit.project import Project
from qualikit.ui.pages import corpus_document, corpus_incoming, corpus_list, corpus_rows


def show(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """Draw the section."""
    chosen = corpus_document.chosen(documents)
    if chosen is not None:
        corpus_document.show(project, chosen)
        return
    incoming(project)
    corpus_list.show(project, documents)


def incoming(project: Project) -> None:
    """The drop zone, and the files that wait."""
    with st.container(key="corpus_drop"):
        corpus_incoming.drop_zone(project)
    corpus_rows.show(project)
