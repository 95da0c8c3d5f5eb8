"""The section Documents: files brought in, then the documents, described as in a sheet."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.queries import DocumentSummary
from qualikit.project import Project
from qualikit.ui.pages import corpus_document, corpus_incoming, corpus_list, corpus_rows


def show(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """Draw the section."""
    incoming(project)
    corpus_list.show(project, documents)
    corpus_document.show(project, documents)


def incoming(project: Project) -> None:
    """The drop zone, and the files that wait."""
    with st.container(key="corpus_drop"):
        corpus_incoming.drop_zone(project)
    corpus_rows.show(project)
