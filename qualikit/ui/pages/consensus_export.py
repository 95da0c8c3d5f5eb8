"""The consensus grids in a file: Word, Excel, CSV, made when asked for."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.consensus.grid import Grid
from qualikit.ui import downloads


def show(project: Project, grid: Grid) -> None:
    """How many passages are quoted, and one button a format."""
    quotes = st.number_input(
        _("Passages cités de chaque côté"), 0, 20, 3, key="consensus_quotes", persist_state="session"
    )
    st.caption(_("Tous les groupes montrés ici, avec les comptes, les corrections et la méthode."))
    title = _("Consensus – {project}").format(project=project.name)
    downloads.leaving(
        project,
        title,
        lambda path: project.themes.export_consensus(path, grid, quotes=int(quotes)),
        key="consensus_export",
    )
