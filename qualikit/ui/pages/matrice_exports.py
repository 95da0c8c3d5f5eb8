"""The matrix in a file: Word, Excel, CSV, pictures, built when asked for."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.matrix import Matrix
from qualikit.ui import downloads


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
    downloads.leaving(
        project,
        title,
        lambda path: project.themes.export(matrix, path, verbatims=choice, chart=chart),
        key="export",
        formats=tuple(downloads.FORMATS),
    )
