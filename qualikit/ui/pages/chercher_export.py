"""The concordance in a file, built when asked for."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.corpus.search.concordance import export_hits
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import downloads


def show(project: Project, query: str, filters: Any) -> None:
    """One button a format: all the hits, not only those of the page."""
    st.caption(_("Tous les résultats, chacun avec ce qui le précède et ce qui le suit."))
    downloads.leaving(
        project,
        _("Recherche – {query}").format(query=query),
        lambda path: export_hits(project.coding.search(query, limit=None, **filters.asked), path),
        key="search_export",
        formats=("xlsx", "csv"),
    )
