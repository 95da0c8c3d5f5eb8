"""What is done to a code as a whole: moved, coloured, merged, split, retired, deleted; said before it is done."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from qualikit.coding.colors import PALETTE, color_name
from qualikit.coding.impact import Impact
from qualikit.coding.model import Code, Codebook, Usage
from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import plain
from qualikit.ui.pages import grille_split

CHOSEN = "grille_code"


def place(project: Project, book: Codebook, code: Code) -> None:
    """« Ranger sous… », and four buttons: up, down, in, out."""
    below = {code.id, *(each.id for each in book.descendants(code.id))}
    places_for = [None, *(each.id for each in book if each.id not in below)]
    key = f"code parent {code.id} {code.parent_id}"
    st.selectbox(
        _("Ranger sous…"),
        places_for,
        index=places_for.index(code.parent_id),
        format_func=lambda id: _("Premier niveau") if id is None else book.path(id),
        key=key,
        on_change=lambda: state.act(project.coding.move_code, code.id, st.session_state[key]),
    )


def steps(project: Project, book: Codebook, code: Code) -> None:
    """Move the code by one step."""
    siblings = [each.id for each in book.children(code.parent_id)]
    at = siblings.index(code.id)
    before = siblings[at - 1] if at else None
    above = book.get(code.parent_id) if code.parent_id else None
    after_above = [each.id for each in book.children(above.parent_id)].index(above.id) + 1 if above else 0
    last = at == len(siblings) - 1
    for key, icon, words, target in (
        ("up", "arrow_upward", _("Monter d'un rang"), (code.parent_id, at - 1) if at else None),
        ("down", "arrow_downward", _("Descendre d'un rang"), None if last else (code.parent_id, at + 1)),
        ("in", "format_indent_increase", _("Ranger sous celui d'avant"), (before, None) if before else None),
        (
            "out",
            "format_indent_decrease",
            _("Sortir d'un niveau"),
            (above.parent_id, after_above) if above is not None else None,
        ),
    ):
        st.button(
            words,
            icon=f":material/{icon}:",
            key=f"code_{key}",
            help=words,
            disabled=target is None,
            on_click=state.act,
            args=(project.coding.move_code, code.id, *(target or ())),
        )


def colour(project: Project, code: Code) -> None:
    """The palette as swatches, each with its name; any other colour beside."""
    names = {color: color_name(color) for color in PALETTE}
    with st.popover(
        names.get(code.color, _("Couleur")), icon=":material/palette:", key="code_colour", help=_("Changer la couleur")
    ):
        st.caption(_("Ces couleurs se distinguent aussi par ceux qui voient mal le rouge ou le vert."))
        rules = [f".st-key-colour-{color[1:]} {{ --code: {color}; }}" for color in PALETTE]
        st.html(f"<style>{' '.join(rules)}</style>")
        with st.container(horizontal=True, key="colour-swatches", gap="small"):
            for color in PALETTE:
                st.button(
                    names[color],
                    key=f"colour-{color[1:]}",
                    help=names[color],
                    type="primary" if color == code.color else "secondary",
                    on_click=state.act,
                    args=(project.coding.update_code, code.id),
                    kwargs={"color": color},
                )
        key = f"code color {code.id} {code.color}"
        st.color_picker(
            _("Une autre couleur"),
            value=code.color,
            key=key,
            on_change=lambda: state.act(project.coding.update_code, code.id, color=st.session_state[key]),
        )


def line(project: Project, book: Codebook, code: Code) -> None:
    """The acts, one button each."""
    if code.active:
        _merge(project, book, code)
        st.button(
            _("Scinder…"), icon=":material/call_split:", key="split_code", on_click=grille_split.begin, args=(code.id,)
        )
        _asked(
            _("Retirer…"), "archive", "retire_code", lambda: project.coding.preview_active(code, False), _("Retirer"),
            lambda: project.coding.retire_code(code.id), _("Code retiré de la grille"),
        )  # fmt: skip
    _delete(project, code)


def retired(project: Project, code: Code) -> None:
    """That a code is retired, and the way back."""
    with st.container(horizontal=True, vertical_alignment="center", key="retired-line"):
        st.info(
            _("Ce code est retiré : il garde ses codages, compte dans les matrices, et n'en prend plus de nouveaux."),
            icon=":material/archive:",
        )
        st.button(
            _("Remettre en service"),
            key="restore_code",
            on_click=state.act,
            args=(project.coding.restore_code, code.id),
            kwargs={"done": _("Code remis en service")},
        )


def _asked(
    label: str, icon: str, key: str, preview: Callable[[], Impact], verb: str, deed: Callable[[], object], done: str
) -> None:
    """A button that opens on what the act touches."""
    with st.popover(label, icon=f":material/{icon}:", key=key, on_change="rerun") as popover:
        if not popover.open:
            return
        st.markdown(plain(str(preview())))
        st.caption(_("« Annuler », en haut, ramène tout."))
        st.button(verb, type="primary", key=f"{key}_now", on_click=state.act, args=(deed,), kwargs={"done": done})


def _merge(project: Project, book: Codebook, code: Code) -> None:
    with st.popover(_("Fusionner…"), icon=":material/merge:", key="merge_code", on_change="rerun") as popover:
        if not popover.open:
            return
        others = [each.id for each in book.in_use if each.id != code.id]
        into = st.selectbox(
            _("Fusionner « {name} » dans").format(name=plain(code.name)),
            others,
            index=None,
            format_func=book.path,
            placeholder=_("Choisissez le code qui reste"),
            key=f"merge into {code.id}",
        )
        if into is None or into not in book:
            st.caption(_("Le code qui reste garde son nom ; rien n'est perdu des codages, des mémos et des synthèses."))
            return
        try:
            impact = project.coding.preview_merge(code.id, into)
        except QualikitError as error:
            st.error(plain(str(error)))
            return
        st.markdown(plain(str(impact)))
        st.caption(_("« Annuler », en haut, ramène tout."))
        if st.button(_("Fusionner"), type="primary", key="merge_code_now"):
            done = _("Codes fusionnés")
            if state.act(project.coding.merge_codes, code.id, into, done=done) is not None:
                st.session_state[CHOSEN] = into
            st.rerun()


def _delete(project: Project, code: Code) -> None:
    with st.popover(_("Supprimer…"), icon=":material/delete:", key="remove_code", on_change="rerun") as popover:
        if not popover.open:
            return
        usage = project.coding.usage(code, with_children=True)
        st.markdown(plain(_("Supprimer « {name} » ?").format(name=code.name)))
        st.markdown(plain(touched(usage)))
        if usage.codings and code.active:
            st.caption(_("« Retirer » garde les codages : le code n'en prend simplement plus."))
        if st.button(_("Supprimer"), type="primary", key="remove_code_now"):
            state.act(project.coding.remove_code, code.id, with_children=True, done=_("Code supprimé"))
            st.session_state.pop(CHOSEN, None)
            st.rerun()


def touched(usage: Usage) -> str:
    """What deleting takes along, in one sentence."""
    parts = []
    if usage.children:
        parts.append(ngettext("{n} code dessous", "{n} codes dessous", usage.children).format(n=usage.children))
    if usage.codings:
        coders = ngettext("de {n} codeur", "de {n} codeurs", len(usage.by_coder)).format(n=len(usage.by_coder))
        codings = ngettext("{n} codage", "{n} codages", usage.codings).format(n=usage.codings)
        parts.append(f"{codings} {coders}")
    if usage.memos:
        parts.append(ngettext("{n} mémo", "{n} mémos", usage.memos).format(n=usage.memos))
    written = usage.others.get("syntheses", 0)
    if written:
        parts.append(ngettext("{n} synthèse", "{n} synthèses", written).format(n=written))
    if not parts:
        return _("Rien ne porte ce code : rien d'autre ne sera supprimé.")
    gone = _("Seront supprimés avec lui : {things}.").format(things=", ".join(parts))
    return f"{gone} {_('« Annuler », en haut, ramène tout.')}"
