"""The section Codes: the tree on the left, the chosen code on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from qualikit.coding.model import Code, Codebook
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.text import fold
from qualikit.ui import places, state
from qualikit.ui.messages import plain
from qualikit.ui.pages import grille_code

CHOSEN = grille_code.CHOSEN


def show(project: Project, book: Codebook) -> None:
    """Draw the section; ``?code=`` in the address chooses a code."""
    asked = places.asked("code")
    if asked in book:
        st.session_state[CHOSEN] = asked
    st.query_params.pop("code", None)
    left, right = st.columns([5, 8], gap="large")
    with left:
        _tree(project, book)
    with right:
        chosen = book.get(str(st.session_state.get(CHOSEN))) or book.codes[0]
        with st.container(key="grille-code"):
            grille_code.show(project, book, chosen)


def _tree(project: Project, book: Codebook) -> None:
    wanted = st.text_input(
        _("Chercher un code"),
        placeholder=_("Chercher un code, un mot d'une définition…"),
        label_visibility="collapsed",
        key="code_filter",
    )
    counts = state.kept(project, "usage by code", project.coding.usage_counts)
    shown = _matching(book.in_use, wanted)
    retired = [code for code in _matching(book, wanted) if not code.active]
    if not shown and not retired:
        st.caption(_("Aucun code ne contient « {word} ».").format(word=plain(wanted)))
    chosen = st.session_state.get(CHOSEN, book.codes[0].id)
    st.html(_styles(book, chosen))
    with st.container(key="code-tree", gap=None):
        _rows(shown, counts)
        if retired:
            words = ngettext("{n} code retiré", "{n} codes retirés", len(retired)).format(n=len(retired))
            held = any(code.id == chosen for code in retired) or bool(wanted.strip())
            with st.expander(words, icon=":material/archive:", expanded=held), st.container(gap=None):
                _rows(retired, counts)


def _rows(codes: Sequence[Code], counts: Mapping[str, int]) -> None:
    for code in codes:
        count = counts.get(code.id, 0)
        key = f"  `{code.shortcut}`" if code.shortcut else ""
        st.button(
            f"{plain(code.name)}  :gray[{count or ''}]{key}" if count else f"{plain(code.name)}{key}",
            key=f"code-{code.id}",
            type="tertiary",
            width="stretch",
            on_click=_choose,
            args=(code.id,),
        )


def _choose(id: str) -> None:
    st.session_state[CHOSEN] = id


def _matching(book: Codebook, wanted: str) -> list[Code]:
    """The codes whose name, definition or keywords hold the words, with those above them."""
    words = fold(wanted.strip())
    if not words:
        return list(book.codes)
    kept = set()
    for code in book:
        if words in fold(" ".join((code.name, code.definition, *code.keywords))):
            kept |= {code.id, *(above.id for above in book.ancestors(code.id))}
    return [code for code in book if code.id in kept]


def _styles(book: Codebook, chosen: str) -> str:
    """Depth, colour and choice of each line of the tree: what Streamlit's buttons have no argument for."""
    rules = [f".st-key-code-{code.id} {{ --depth: {book.depth(code.id)}; --code: {code.color}; }}" for code in book]
    rules.append(f".st-key-code-{chosen} button {{ background: color-mix(in srgb, currentColor 10%, transparent); }}")
    rules.append(f".st-key-code-{chosen} button p {{ font-weight: 650; }}")
    return f"<style>{' '.join(rules)}</style>"
