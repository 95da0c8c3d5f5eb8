"""A sheet of attributes brought in from Excel or CSV."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.files import uploaded_path
from qualikit.ui.messages import plain

REPORT = "attributes_report"
SHOWN = 30


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
    """What became of the last sheet, once: lines applied, lines refused and why."""
    from qualikit.corpus.attributes import summary

    found = st.session_state.pop(REPORT, None)
    if found is None:
        return
    if not found.refused:
        st.success(plain(summary(found)), icon=":material/check:")
        return
    lines = "\n".join(
        "- " + _("Ligne {n} : {reason}").format(n=refused.row, reason=plain(refused.reason))
        for refused in found.refused[:SHOWN]
    )
    more = f"\n- {_('… et {n} autres.').format(n=len(found.refused) - SHOWN)}" if len(found.refused) > SHOWN else ""
    st.warning(f"{plain(summary(found))}\n\n{lines}{more}", icon=":material/rule:")
