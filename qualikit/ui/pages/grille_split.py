"""One code made several: the new names, the passages to share out, what goes where before it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.coding.model import Code, Coding
from qualikit.coding.names import clean_name
from qualikit.coding.splitting import SPLITS, SplitBy
from qualikit.corpus.queries import DocumentSummary
from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.text import fold
from qualikit.ui import state
from qualikit.ui.messages import escaped, plain
from qualikit.ui.sheet import sheet

SPLITTING, SHARES = "grille_split", "grille_shares"
MOST = 7
"""Passages on the screen; past that the list scrolls."""


def begin(id: str) -> None:
    """Share the passages of this code out, in the place of its description."""
    st.session_state[SPLITTING] = id
    st.session_state[SHARES] = {}


def end() -> None:
    """Back to the description."""
    st.session_state.pop(SPLITTING, None)
    st.session_state.pop(SHARES, None)


def is_on(code: Code) -> bool:
    """True while this code is being split."""
    return st.session_state.get(SPLITTING) == code.id


def show(project: Project, code: Code) -> None:
    """The whole of it."""
    st.html(f"<h2>{escaped(_('Scinder « {name} »').format(name=code.name))}</h2>")
    how = _how(code)
    parts: Any = how
    under = False
    if how is None:
        names = _names(code)
        parts = _shared_out(project, code, names) if names else None
    if parts is not None:
        under = st.toggle(
            _("Ranger les nouveaux codes sous « {name} »").format(name=plain(code.name)), key="split_under"
        )
        try:
            st.markdown(plain(str(project.coding.preview_split(code, parts, under=under))))
        except QualikitError as error:
            st.warning(plain(str(error)), icon=":material/info:")
            parts = None
    with st.container(horizontal=True):
        if st.button(_("Scinder"), type="primary", key="split_now", disabled=parts is None):
            done = _("Code scindé")
            if state.act(project.coding.split_code, code.id, parts, under=under, done=done) is not None:
                end()
            st.rerun()
        st.button(_("Abandonner"), key="split_cancel", on_click=end)


def _how(code: Code) -> SplitBy | None:
    ways = {
        "passage": _("Passage par passage"),
        "territory": _("Tout par territoire"),
        "document": _("Tout par document"),
        "coder": _("Tout par codeur"),
    }
    chosen = st.segmented_control(
        _("Comment répartir"),
        list(ways),
        format_func=ways.__getitem__,
        default="passage",
        required=True,
        key=f"split how {code.id}",
        label_visibility="collapsed",
    )
    return next((by for by in SPLITS if by == chosen), None)


def _names(code: Code) -> list[str]:
    written = st.text_input(
        _("Les nouveaux codes, séparés par des points-virgules"),
        key=f"split names {code.id}",
        placeholder=_("Par exemple : Pluie ; Chaleur"),
    )
    return list(dict.fromkeys(name for each in written.split(";") if (name := clean_name(each))))


def _shared_out(project: Project, code: Code, names: Sequence[str]) -> dict[str, list[str]]:
    """The list of passages, each with the code it goes to; what is chosen so far."""
    codings = state.kept(project, "codings of code", lambda: project.coding.codings(code=code.id), code.id)
    documents = {each.id: each for each in state.kept(project, "documents", project.corpus.documents)}
    shares: dict[str, str] = st.session_state.setdefault(SHARES, {})
    if codings:
        _list(project, code, codings, documents, names, shares)
    parts: dict[str, list[str]] = {name: [] for name in names}
    for coding in codings:
        if shares.get(coding.id) in parts:
            parts[shares[coding.id]].append(coding.id)
    return parts


def _list(
    project: Project,
    code: Code,
    codings: Sequence[Coding],
    documents: dict[str, DocumentSummary],
    names: Sequence[str],
    shares: dict[str, str],
) -> None:
    wanted = fold(
        st.text_input(
            _("Filtrer les passages"),
            placeholder=_("Un mot du passage, un titre, un territoire…"),
            label_visibility="collapsed",
            key=f"split filter {code.id}",
        ).strip()
    )
    records = []
    for coding in codings:
        document = documents.get(coding.document_id)
        record = {
            "id": coding.id,
            "quote": " ".join(coding.quote.split()),
            "document": document.title if document else "",
            "territory": (document.document.territory if document else None) or "",
            "coder": coding.coder,
            "part": shares.get(coding.id) if shares.get(coding.id) in names else None,
        }
        if wanted in fold(" ".join(str(value or "") for value in record.values())):
            records.append(record)
    turn = st.session_state.get("split_turn", 0)
    with st.container(horizontal=True, vertical_alignment="center"):
        shown = ngettext("{n} passage sur {total}", "{n} passages sur {total}", len(records))
        st.caption(shown.format(n=len(records), total=len(codings)))
        for name in names:
            st.button(
                _("Tous à « {name} »").format(name=plain(name)),
                key=f"all to {name}",
                type="tertiary",
                help=_("Tous les passages de la liste, tels que le filtre les montre"),
                on_click=_all_to,
                args=([record["id"] for record in records], name),
            )
    if not records:
        return
    sheet(
        f"split {code.id} {turn} {hash(tuple(names))}",
        records,
        {
            "part": st.column_config.SelectboxColumn(_("Va à"), options=list(names), width="medium"),
            "quote": st.column_config.TextColumn(_("Passage"), width="large"),
            "document": st.column_config.TextColumn(_("Document")),
            "territory": st.column_config.TextColumn(_("Territoire")),
            "coder": st.column_config.TextColumn(_("Codeur")),
        },
        lambda id, changes: shares.__setitem__(id, changes["part"]),
        revision=project.revision,
        locked=("quote", "document", "territory", "coder"),
        height=38 + 35 * min(len(records), MOST),
    )


def _all_to(ids: Sequence[str], name: str) -> None:
    st.session_state.setdefault(SHARES, {}).update(dict.fromkeys(ids, name))
    st.session_state["split_turn"] = st.session_state.get("split_turn", 0) + 1
