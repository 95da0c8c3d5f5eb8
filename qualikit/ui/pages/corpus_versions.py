"""The texts that a document had: who, when, why; two of them compared; going back to one."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualikit.corpus.correction import reason_label
from qualikit.corpus.queries import DocumentSummary
from qualikit.corpus.versions import Version
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import differences, messages, state


def show(project: Project, chosen: DocumentSummary, want: Callable[..., None]) -> None:
    """Draw the list, the comparison, and the way back to an earlier text; ``want`` asks to see a correction."""
    versions = state.kept(project, "versions", lambda: project.corpus.versions(chosen.id), chosen.id)
    st.dataframe(
        {
            _("N°"): [version.number for version in versions],
            _("Date"): [f"{version.made:%d/%m/%Y %H:%M}" for version in versions],
            _("Qui"): [version.coder or "–" for version in versions],
            _("Pourquoi"): [reason_label(version.reason) for version in versions],
            _("Note"): [version.note for version in versions],
            _("Mots"): [version.words for version in versions],
            _("État"): [_state(version) for version in versions],
        },
        hide_index=True,
        key="versions_list",
    )
    if len(versions) < 2:
        st.caption(_("Ce texte n'a jamais été corrigé."))
        return
    names = {
        version.number: _("version {n}, {state}").format(n=version.number, state=_said(version)) for version in versions
    }
    current = next(version for version in versions if version.current)
    numbers = list(names)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        default = current.base_number or numbers[0]
        before = st.selectbox(
            _("Comparer"), numbers, index=numbers.index(default), format_func=names.__getitem__, key="compare_before"
        )
        after = st.selectbox(
            _("avec"), numbers, index=numbers.index(current.number), format_func=names.__getitem__, key="compare_after"
        )
        st.button(
            _("Revenir à la version {n}").format(n=before),
            key="back_to_version",
            icon=":material/history:",
            disabled=before == current.number,
            help=_("Le texte de cette version redevient l'actuel, par une correction que vous verrez d'abord."),
            on_click=lambda: want(chosen.id, current.id, new_text=project.corpus.version_text(chosen.id, before)),
        )
    with messages.guarded():
        passages = state.kept(
            project, "compared", lambda: project.corpus.compare(chosen.id, before, after), chosen.id, before, after
        )
        differences.show(passages, key="versions")
        if not passages:
            st.caption(_("Le texte est le même."))


def _state(version: Version) -> str:
    return _("actuelle") if version.current else "" if version.stands else _("annulée")


def _said(version: Version) -> str:
    return _state(version) or f"{version.made:%d/%m/%Y %H:%M}"
