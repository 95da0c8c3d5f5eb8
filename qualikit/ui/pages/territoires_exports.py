"""The comparison in a file: Word with all three parts, Excel, or the part shown as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui.files import safe_name, written

if TYPE_CHECKING:
    from qualikit.ui.pages.territoires import Asked

FORMATS = {
    "docx": ("Word", ":material/description:"),
    "xlsx": ("Excel", ":material/table:"),
    "csv": ("CSV", ":material/data_array:"),
}
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
    for suffix, (label, icon) in FORMATS.items():
        name = f"{safe_name(title)}.{suffix}"
        what = shown if suffix == "csv" else None
        st.download_button(
            label,
            data=lambda name=name, what=what: written(
                lambda path: project.themes.export_comparison(
                    path, asked.by, asked.groups, what=what, **asked.narrowed
                ),
                name,
            ),
            file_name=name,
            key=f"compare_export_{suffix}",
            icon=icon,
            on_click="ignore",
            width="stretch",
        )
