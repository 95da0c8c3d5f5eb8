"""The concordance in a file, built when asked for."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.corpus.search.concordance import export_hits
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui.files import safe_name, written

FORMATS = {"xlsx": ("Excel", ":material/table:"), "csv": ("CSV", ":material/data_array:")}


def show(project: Project, query: str, filters: Any) -> None:
    """One button a format: all the hits, not only those of the page."""
    st.caption(_("Tous les résultats, chacun avec ce qui le précède et ce qui le suit."))
    for suffix, (label, icon) in FORMATS.items():
        name = f"{safe_name(_('Recherche – {query}').format(query=query))}.{suffix}"
        st.download_button(
            label,
            data=lambda name=name: written(
                lambda path: export_hits(project.coding.search(query, limit=None, **filters.asked), path), name
            ),
            file_name=name,
            key=f"search_export_{suffix}",
            icon=icon,
            on_click="ignore",
            width="stretch",
        )
