"""The codebook in and out: Word, Excel, CSV, YAML, and the one that ships."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.files import safe_name, uploaded_path, written
from qualikit.ui.messages import plain
from qualikit.ui.pages import grille_import

FORMATS = {".yaml": "YAML", ".xlsx": "Excel", ".csv": "CSV"}
REPORT = grille_import.REPORT


def import_shipped(project: Project) -> Any:
    """Take in the codebook that ships."""
    from qualikit.shipped import codebooks

    return _keep(project.coding.import_codebook(codebooks() / "evaluation.yaml"))


def key() -> str:
    """Of the popover: another after each file, so that it closes on the report."""
    return f"import_codebook {st.session_state.get('qk_codebook_turn', 0)}"


def importing(project: Project) -> None:
    """A drop zone for a codebook's file."""
    st.caption(
        _(
            "Un fichier Word, Excel, CSV ou YAML, comme vous l'avez écrit : vous verrez ce qui en est compris avant "
            "d'importer. Les codes du même nom sont complétés, les autres ajoutés, aucun n'est retiré."
        )
    )
    turn = st.session_state.setdefault("qk_codebook_turn", 0)
    upload = st.file_uploader(
        _("Fichier de la grille"), type=["yaml", "yml", "csv", "xlsx", "docx"], key=f"codebook file {turn}",
        label_visibility="collapsed",
    )  # fmt: skip
    if upload is not None:
        st.session_state["qk_codebook_turn"] = turn + 1
        if upload.name.lower().endswith((".yaml", ".yml")):  # it says itself what is what
            with uploaded_path(upload) as path:
                state.act(lambda: _keep(project.coding.import_codebook(path)))
        else:
            grille_import.wait(upload.name, upload.getvalue())
        st.rerun()


def _keep(found: Any) -> Any:
    st.session_state[REPORT] = found
    return found


def report() -> None:
    """What became of the last import, once."""
    found = st.session_state.pop(REPORT, None)
    if found is None:
        return
    added, updated, same = len(found.added), len(found.updated), len(found.unchanged)
    parts = [
        ngettext("{n} code ajouté", "{n} codes ajoutés", added).format(n=added) if added else "",
        ngettext("{n} complété", "{n} complétés", updated).format(n=updated) if updated else "",
        ngettext("{n} déjà là", "{n} déjà là", same).format(n=same) if same else "",
    ]
    st.success(
        plain(", ".join(part for part in parts if part) or _("Aucun code dans ce fichier")), icon=":material/check:"
    )
    if found.ignored:
        st.info(
            plain(_("Colonnes laissées de côté : {names}.").format(names=", ".join(found.ignored))),
            icon=":material/info:",
        )
    for line, text in found.warnings[:10]:
        st.info(plain(_("Ligne {line} : {what}").format(line=line, what=text) if line else text))


def exporting(project: Project) -> None:
    """One button a format."""
    for suffix, label in FORMATS.items():
        name = f"{safe_name(_('Grille {project}').format(project=project.name))}{suffix}"
        st.download_button(
            label,
            data=lambda name=name: written(project.coding.export_codebook, name),
            file_name=name,
            key=f"export codebook {suffix}",
            on_click="ignore",
            width="stretch",
        )
