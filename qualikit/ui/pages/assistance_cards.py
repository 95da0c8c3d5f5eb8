"""A passage as the sections of Assistance show it: its words, where it is from, why it is there, what can be done."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from qualikit.coding import encoders
from qualikit.coding.assistants import level_label, level_of
from qualikit.coding.assisted import Found
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.messages import escaped

R = TypeVar("R")
LONG = 700
SECTION = "assistance_section"
TEXT = "similar_text"
"""Keys of the section that is shown, and of the words whose like is looked for."""
_QUOTED = re.compile(r"«\s*(.+?)\s*»")


def words(found: Found, reason: str = "") -> str:
    """The passage as HTML; words of it that the reason quotes are underlined."""
    text = found.words if len(found.words) <= LONG else found.words[:LONG].rsplit(" ", 1)[0] + " …"
    quoted = sorted({each for each in _QUOTED.findall(reason) if each in text}, key=len, reverse=True)
    html = escaped(text)
    if quoted:
        pattern = "|".join(re.escape(escaped(each)) for each in quoted)
        html = re.sub(rf"(?<!\w)({pattern})(?!\w)", r"<u>\1</u>", html)
    codes = f" · {escaped(', '.join(found.codes))}" if found.codes else ""
    return f'<blockquote class="qk-quote">{html}</blockquote><p class="qk-quiet">{escaped(found.title)}{codes}</p>'


def strength(found: Found) -> str:
    """« suggestion forte »."""
    return _("suggestion {level}").format(level=level_label(level_of(found.score)))


def in_text(found: Found, key: str) -> None:
    """The button that leads to the passage in its transcript."""
    if st.button(_("Dans le texte"), icon=":material/open_in_new:", key=key, type="tertiary"):
        places.go("coder", document=found.document_id, debut=str(found.start), fin=str(found.stop), retour="assistance")


def alike(found: Found, key: str) -> None:
    """The button that leads to passages like this one."""
    st.button(
        _("Comme celui-ci"),
        icon=":material/join_inner:",
        key=key,
        type="tertiary",
        help=_("Les passages qui disent à peu près la même chose"),
        on_click=_look_for,
        args=(found.words,),
    )


def _look_for(text: str) -> None:
    st.session_state[TEXT] = text
    st.session_state[SECTION] = "semblables"


def proposal(project: Project, found: Found, key: str, *, assistant: str = "meaning") -> None:
    """One code proposed: its strength, its reason, accept and refuse."""
    code = project.coding.codebook.get(found.code_id)
    if code is None:
        return
    why, acts = st.columns([2.6, 1], vertical_alignment="center")
    why.html(
        f'<p><span class="qk-swatch" style="background:{escaped(code.color)}"></span> <b>{escaped(code.name)}</b> '
        f'<span class="qk-quiet">{escaped(strength(found))} : {escaped(found.reason)}</span></p>'
    )
    with acts.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"proposal-{key}"):
        st.button(
            _("Accepter"),
            icon=":material/check:",
            key=f"accept {key}",
            on_click=state.act,
            args=(project.coding.answer, found),
            kwargs={"assistant": assistant},
        )
        st.button(
            _("Refuser"),
            icon=":material/close:",
            key=f"refuse {key}",
            on_click=state.act,
            args=(project.coding.refuse, found),
            kwargs={"assistant": assistant},
        )


def other_code(project: Project, key: str, label: str) -> str | None:
    """A code chosen from the codebook; None while none is."""
    named = active(project)
    return st.selectbox(
        label,
        list(named),
        index=None,
        format_func=named.__getitem__,
        placeholder=_("Un autre code…"),
        key=key,
        label_visibility="collapsed",
    )


def active(project: Project) -> dict[str, str]:
    """Id → path of the codes that take codings."""
    book = project.coding.codebook
    return {code.id: book.path(code.id) for code in book if code.active}


def place_of(found: Found) -> str:
    """A name for a passage, for keys of widgets."""
    return f"{found.document_id[-12:]} {found.start} {found.stop} {found.code_id[-12:]}"


def kept(project: Project, name: str, make: Callable[[], R], *arguments: Any) -> R:
    """What is learned, kept until the project or the encoder changes."""
    return state.kept(project, name, make, encoders.chosen(), *arguments)


def quiet(text: str) -> None:
    """A sentence that explains."""
    st.html(f'<p class="qk-quiet">{escaped(text)}</p>')


def count(text: str) -> None:
    """A sentence that counts."""
    st.html(f'<p class="qk-count">{escaped(text)}</p>')


def none(text: str) -> None:
    """The sentence where there is nothing."""
    st.html(f'<p class="qk-nothing">{escaped(text)}</p>')
