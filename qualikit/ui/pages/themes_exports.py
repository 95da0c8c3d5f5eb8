"""The matrix in a file: Word, Excel, CSV, built when asked for."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.matrix import Matrix
from qualikit.ui.files import safe_name, written

FORMATS = {
    "docx": ("Word", ":material/description:"),
    "xlsx": ("Excel", ":material/table:"),
    "csv": ("CSV", ":material/data_array:"),
}


def show(project: Project, matrix: Matrix) -> None:
    """The choice of verbatims, and one button a format."""
    names = {
        "auto": _("Retenus, ou deux proposés par case"),
        "chosen": _("Retenus seulement"),
        "all": _("Tous les passages"),
        "none": _("Aucun"),
    }
    choice = st.selectbox(
        _("Verbatims cités"),
        list(names),
        format_func=names.__getitem__,
        key="export_verbatims",
        persist_state="session",
    )
    st.caption(_("Le fichier contient ce qui est montré : les mêmes colonnes, les mêmes filtres."))
    title = _("Matrice thématique – {project} – {columns}").format(
        project=project.name, columns=matrix.reads_by.label().lower()
    )
    for suffix, (label, icon) in FORMATS.items():
        name = f"{safe_name(title)}.{suffix}"
        st.download_button(
            label,
            data=lambda name=name: written(lambda path: project.themes.export(matrix, path, verbatims=choice), name),
            file_name=name,
            key=f"export_{suffix}",
            icon=icon,
            on_click="ignore",
            help=_("Pour un autre logiciel ; dans Excel, prenez « Excel ».") if suffix == "csv" else None,
            width="stretch",
        )
