"""The passages in a file, built when asked for."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.reading.exporting import export
from qualikit.themes.reading.finding import Found
from qualikit.ui import downloads


def show(project: Project, found: Found, by: str) -> None:
    """One button a format: all the passages, grouped as in the page."""
    st.caption(_("Tous les passages, avec leur contexte et leur référence ; les verbatims y sont marqués."))
    downloads.leaving(
        project,
        _("Passages – {query}").format(query=found.said),
        # Asked again: passages of the list may have been recoded or removed while it was read.
        lambda path: export(project.themes.passages(found.query), path, by=by, project=project.name),
        key="reading_export",
    )
