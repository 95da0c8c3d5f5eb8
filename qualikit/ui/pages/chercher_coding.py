"""Hits that are ticked, coded in one action."""

from __future__ import annotations

from typing import Any

import streamlit as st

from qualikit.coding.hits import EXTENTS
from qualikit.i18n import _, ngettext, number
from qualikit.project import Project
from qualikit.ui import messages, state
from qualikit.ui.concordance import hit_key
from qualikit.ui.messages import escaped

MOST = 2_000
"""Hits that can be ticked at once: more than anybody reads."""


def show(project: Project, query: str, filters: Any, count: Any, ticked: dict[str, Any]) -> None:
    """Draw the line of what can be done with the hits; ``ticked``: those that are, by key."""
    book = project.coding.codebook.in_use
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        _ticked(project, query, filters, count, ticked)
        st.space("stretch")
        if not book:
            st.html(f'<span class="qk-quiet">{escaped(_("Pour coder ces passages, préparez une grille."))}</span>')
            return
        names = {
            "match": _("Les mots"),
            "sentence": _("La phrase"),
            "turn": _("Le tour"),
        }
        extent = st.segmented_control(
            _("Ce qui est codé"),
            list(EXTENTS),
            format_func=names.__getitem__,
            default="sentence",
            required=True,
            key="search_extent",
            persist_state="session",
            label_visibility="collapsed",
        )
        code = st.selectbox(
            _("Code à poser"),
            [code.id for code in book],
            index=None,
            format_func=lambda id: book.path(id) if id in book else "",
            placeholder=_("Code à poser"),
            key="search_code_to_put",
            persist_state="session",
            label_visibility="collapsed",
            width=220,
        )
        hits = list(ticked.values())
        passages = project.coding.hit_passages(hits, extent) if hits else []
        label = ngettext("Coder {n} passage", "Coder les {n} passages", len(passages)).format(n=number(len(passages)))
        if st.button(
            label if hits else _("Coder"), type="primary", key="search_put_code", disabled=not hits or code is None
        ):
            report = state.act(project.coding.code_hits, hits, code, extent=extent)
            if report is not None:
                messages.leave_note(str(report))
                for refused in {each.reason for each in report.refused}:
                    messages.leave_error(refused)
                ticked.clear()
            st.rerun()


def _ticked(project: Project, query: str, filters: Any, count: Any, ticked: dict[str, Any]) -> None:
    if not ticked:
        st.html(
            f'<span class="qk-quiet">{escaped(_("Cochez des résultats pour les coder ensemble."))}</span>',
            width="content",
        )
        return
    said = ngettext("{n} coché", "{n} cochés", len(ticked)).format(n=number(len(ticked)))
    st.html(f"<b>{escaped(said)}</b>", width="content")
    if count.complete and len(ticked) < count.hits <= MOST:
        everything = _("Cocher les {n} résultats").format(n=number(count.hits))
        if st.button(everything, key="search_tick_all", type="tertiary"):
            found = project.coding.search(query, limit=None, **filters.asked)
            ticked.update({hit_key(hit): hit for hit in found})
            st.rerun(scope="fragment")
    if st.button(_("Décocher"), key="search_tick_none", type="tertiary"):
        ticked.clear()
        st.rerun(scope="fragment")
