"""The comparison in a file: Word with all three parts, Excel, or the part shown as CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import downloads

if TYPE_CHECKING:
    from qualikit.ui.pages.territoires import Asked

PARTS = {"codes": "codes", "mots": "words", "passages": "passages"}


def show(project: Project, asked: Asked) -> None:
    """One button a format."""
    st.caption(
        _(
            "Word et Excel contiennent les trois parties, pour les groupes et les filtres choisis ; CSV, celle qui est "
            "montrée. Les mots demandent une lecture de toutes les paroles : la première fois, comptez une minute pour "
            "cinquante mille mots."
        )
    )
    shown = PARTS.get(str(st.session_state.get("compare_part")), "codes")
    title = _("Comparaison – {project}").format(project=project.name)

    def write(path: Path) -> object:
        what = shown if path.suffix == ".csv" else None
        return project.themes.export_comparison(path, asked.by, asked.groups, what=what, **asked.narrowed)

    downloads.leaving(project, title, write, key="compare_export")
