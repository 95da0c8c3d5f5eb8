"""A sheet of attributes brought in from Excel or CSV."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.files import uploaded_path
from qualikit.ui.messages import escaped, plain

REPORT = "attributes_report"
SHOWN = 5


def key() -> str:
    """Of the popover: another after each sheet, so that it closes on the report."""
    return f"attributes {st.session_state.get('attributes_turn', 0)}"


def importing(project: Project) -> None:
    """A drop zone for the sheet, and what it must hold."""
    st.caption(
        _(
            "Un tableau Excel ou CSV avec une colonne « Document » (le titre ou le nom du fichier, exactement). "
            "« Type de source », « Territoire » et « Date » décrivent les documents ; avec une colonne « Étiquette », "
            "les lignes décrivent les personnes (« Nom », « Rôle », « Acteur », « Territoire »). "
            "Toute autre colonne devient un attribut."
        )
    )
    turn = st.session_state.setdefault("attributes_turn", 0)
    upload = st.file_uploader(
        _("Tableau d'attributs"), type=["csv", "xlsx"], key=f"attributes file {turn}", label_visibility="collapsed"
    )
    if upload is not None:
        st.session_state["attributes_turn"] = turn + 1
        with uploaded_path(upload) as path:
            state.act(lambda: _keep(project.corpus.import_attributes(path)))
        st.rerun()


def _keep(found: Any) -> Any:
    st.session_state[REPORT] = found
    return found


def report() -> None:
    """What became of the last sheet: lines applied, lines refused and why. There until it is closed."""
    from qualikit.corpus.sheet_writing import summary

    found = st.session_state.get(REPORT)
    if found is None:
        return
    if not found.refused:
        del st.session_state[REPORT]
        st.success(plain(summary(found)), icon=":material/check:")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(plain(summary(found)), icon=":material/rule:")
        st.button(_("Fermer"), key="close_report", type="tertiary", on_click=lambda: st.session_state.pop(REPORT, None))
    with st.expander(
        ngettext("La ligne refusée, et pourquoi", "Les {n} lignes refusées, et pourquoi", len(found.refused)).format(
            n=len(found.refused)
        ),
        expanded=len(found.refused) <= SHOWN,
    ):
        lines = [_("Ligne {n} : {reason}").format(n=refused.line, reason=refused.reason) for refused in found.refused]
        st.html("".join(f'<div class="qk-quiet">{escaped(line)}</div>' for line in lines))
