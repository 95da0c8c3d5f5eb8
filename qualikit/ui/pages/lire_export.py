"""The passages in a file, built when asked for."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.reading.exporting import export
from qualikit.themes.reading.finding import Found
from qualikit.ui.files import safe_name, written

FORMATS = {
    "docx": ("Word", ":material/description:"),
    "xlsx": ("Excel", ":material/table:"),
    "csv": ("CSV", ":material/data_array:"),
}


def show(project: Project, found: Found, by: str) -> None:
    """One button a format: all the passages, grouped as in the page."""
    st.caption(_("Tous les passages, avec leur contexte et leur référence ; les verbatims y sont marqués."))
    for suffix, (label, icon) in FORMATS.items():
        name = f"{safe_name(_('Passages – {query}').format(query=found.said))}.{suffix}"
        st.download_button(
            label,
            # Asked again: passages of the list may have been recoded or removed while it was read.
            data=lambda name=name: written(
                lambda path: export(project.themes.passages(found.query), path, by=by, project=project.name), name
            ),
            file_name=name,
            key=f"reading_export_{suffix}",
            icon=icon,
            on_click="ignore",
            width="stretch",
        )
