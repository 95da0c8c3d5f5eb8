"""The line at the top of every page: project, coder, when it was saved, undo and redo, language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import streamlit as st

from qualikit.i18n import LANGUAGES, _, language
from qualikit.project import Project
from qualikit.store import Event
from qualikit.ui import messages, state
from qualikit.ui.messages import escaped, plain

REFRESH = 3.0  # seconds between two looks at the project where the page itself is not redrawn


def show(project: Project | None, *, living: bool = False) -> None:
    """Draw the line. ``living``: it looks by itself for what changed, for a page whose work does not redraw it."""
    with st.container(key="topline"):
        if project is None:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.html('<div class="qk-project">qualikit</div>', width="content")
                st.space("stretch")
                _language_switch()
        elif living:
            _living(project, language())
        else:
            _line(project)


def _line(project: Project) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        place = escaped(project.path or "")
        st.html(f'<div class="qk-project" title="{place}">{escaped(project.name)}</div>', width="content")
        _coder(project)
        st.html(f'<div class="qk-saved">{escaped(saved_words(state.saved_at(project)))}</div>', width="content")
        st.space("stretch")
        _undo_and_redo(project)
        _language_switch()


def saved_words(at: datetime | None, today: datetime | None = None) -> str:
    """« Enregistré à 14:32 », with the day when it was another."""
    if at is None:
        return _("Rien n'a encore été modifié")
    today = today or datetime.now().astimezone()
    if at.date() == today.date():
        return _("Enregistré à {time}").format(time=f"{at:%H:%M}")
    return _("Enregistré le {day} à {time}").format(day=f"{at:%d/%m/%Y}", time=f"{at:%H:%M}")


def _coder(project: Project) -> None:
    name = plain(project.coder)
    with st.popover(
        name, icon=":material/person:", type="tertiary", help=_("Qui code ici"), key=f"who {project.coder}"
    ):
        names = list(dict.fromkeys((project.coder, *project.coding.coders())))
        key = f"coder name {project.coder}"
        st.selectbox(
            _("Qui code ici ?"),
            names,
            accept_new_options=True,
            key=key,
            on_change=lambda: state.act(state.set_coder, st.session_state[key] or project.coder),
        )
        st.caption(
            _(
                "Choisissez, ou écrivez un autre nom. Tout ce qui se fait dans cet onglet est noté sous ce nom. "
                "Un second codeur peut travailler dans un autre onglet, sous le sien."
            )
        )


def _undo_and_redo(project: Project) -> None:
    undo, redo = state.kept(project, "next undo", project.history.next)
    st.button(
        _("Annuler : {what}").format(what=plain(undo)) if undo else _("Annuler"),
        key="undo",
        icon=":material/undo:",
        type="tertiary",
        disabled=undo is None,
        help=plain(_("Annuler : {what}").format(what=undo)) if undo else None,
        on_click=state.act,
        args=(_travel, project.history.undo, _("Annulé : {what}")),
    )
    st.button(
        _("Rétablir : {what}").format(what=plain(redo)) if redo else _("Rétablir"),
        key="redo",
        icon=":material/redo:",
        type="tertiary",
        disabled=redo is None,
        help=plain(_("Rétablir : {what}").format(what=redo)) if redo else None,
        on_click=state.act,
        args=(_travel, project.history.redo, _("Rétabli : {what}")),
    )


def _travel(way: Callable[[], Event], said: str) -> None:
    """Undo or redo, and say what it was: something else may have been done since the button was drawn."""
    event = way()
    messages.leave_note(said.format(what=event.label))


def _language_switch() -> None:
    other = next(code for code in LANGUAGES if code != language())
    st.button(LANGUAGES[other], key="language", type="tertiary", on_click=state.set_language, args=(other,))


def _look_again(project: Project, spoken: str) -> None:
    messages.show_left()
    if state.coder() != project.coder or language() != spoken:
        st.rerun()  # somebody else took over, or another language: the whole page is theirs
    _line(project)


_living: Callable[[Project, str], None] = state.fragment(_look_again, run_every=REFRESH)
