"""Memos on a code: one's own, in Markdown; those of the others where one asks for them."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.model import Code
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import plain


def show(project: Project, code: Code) -> None:
    """The memo of who works here, and the others' behind a fold."""
    memos = state.kept(project, "memos of code", lambda: project.coding.code_memos(code.id), code.id)
    own = next((memo.text for memo in memos if memo.coder == project.coder), "")
    others = [memo for memo in memos if memo.coder != project.coder]
    key = f"code memo {code.id} {project.coder} {hash(own)}"
    label = _("Mon mémo sur ce code") if own else _("Écrire un mémo sur ce code")
    with st.expander(label, icon=":material/edit_note:", expanded=bool(own)):
        st.text_area(
            _("Mémo"),
            value=own,
            key=key,
            height=110,
            label_visibility="collapsed",
            placeholder=_(
                "Une hésitation, une règle à décider en équipe… Le Markdown est lu : **gras**, listes, liens."
            ),
            on_change=lambda: state.act(project.coding.write_memo, st.session_state[key], code=code.id),
        )
        if own:
            st.markdown(own)
    if others:
        words = ngettext("{n} mémo d'un autre codeur", "{n} mémos d'autres codeurs", len(others))
        with st.expander(words.format(n=len(others)), icon=":material/group:"):
            for memo in others:
                st.caption(plain(memo.coder))
                st.markdown(memo.text)
