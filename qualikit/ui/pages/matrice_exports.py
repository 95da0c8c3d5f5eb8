"""The matrix in a file: Word, Excel, CSV, pictures, built when asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.matrix import Matrix
from qualikit.ui.files import safe_name, written

FORMATS = {
    "docx": ("Word", ":material/description:"),
    "xlsx": ("Excel", ":material/table:"),
    "csv": ("CSV", ":material/data_array:"),
    "png": ("PNG", ":material/image:"),
    "svg": ("SVG", ":material/polyline:"),
}


def show(project: Project, matrix: Matrix, chart: str | None) -> None:
    """The choice of verbatims, and one button a format. ``chart``: the one that is seen, which goes with the table."""
    names = {
        "auto": _("Retenus, ou deux proposés par case"),
        "chosen": _("Retenus seulement"),
        "all": _("Tous les passages"),
        "none": _("Aucun"),
    }
    choice = "none"
    if matrix.rows_by == "code":
        choice = st.selectbox(
            _("Verbatims cités"),
            list(names),
            format_func=names.__getitem__,
            key="export_verbatims",
            persist_state="session",
        )
    st.caption(_("Le fichier contient ce qui est montré : les mêmes lignes et colonnes, les mêmes filtres."))
    title = _("{title} – {project}").format(title=matrix.title, project=project.name)
    buttons(title, lambda path: project.themes.export(matrix, path, verbatims=choice, chart=chart), key="export")


def buttons(title: str, write: Callable[[Path], object], *, key: str) -> None:
    """One button a format; the file is made when it is asked for."""
    for suffix, (label, icon) in FORMATS.items():
        name = f"{safe_name(title)}.{suffix}"
        st.download_button(
            label,
            data=lambda name=name: written(write, name),  # type: ignore[misc]
            file_name=name,
            key=f"{key}_{suffix}",
            icon=icon,
            on_click="ignore",
            help=_("Pour un autre logiciel ; dans Excel, prenez « Excel ».") if suffix == "csv" else None,
            width="stretch",
        )
