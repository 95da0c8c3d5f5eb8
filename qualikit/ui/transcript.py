"""Turns as they are read outside the coder: who speaks, when, what is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from qualikit.corpus.model import Role, Turn
from qualikit.corpus.times import clock
from qualikit.i18n import _, ngettext
from qualikit.ui.messages import escaped

FIRST = 40


def show(
    text: str,
    turns: Sequence[Turn],
    names: Mapping[str, tuple[str, Role]],
    *,
    key: str,
    height: int = 460,
    headings: Sequence[int] = (),
) -> None:
    """Draw turns in a column that scrolls; ``names``: label → name and role; ``headings``: indices of turns that are
    titles. The first ones at once, all on request."""
    titles = set(headings)
    whole = len(turns) <= FIRST or bool(st.session_state.get(f"{key} whole"))
    with st.container(height=height, key=f"transcript-{key}"):
        st.html(
            '<div class="qk-transcript">'
            + "".join(
                f'<p class="qk-heading">{escaped(turn.speech.of(text))}</p>'
                if turn.index in titles
                else _turn(text, turn, names)
                for turn in (turns if whole else turns[:FIRST])
            )
            + "</div>"
        )
        if not whole:
            left = len(turns) - FIRST
            st.button(
                ngettext("Voir le tour suivant", "Voir les {n} tours suivants", left).format(n=left),
                key=f"{key} more",
                type="tertiary",
                on_click=lambda: st.session_state.__setitem__(f"{key} whole", True),
            )


def _turn(text: str, turn: Turn, names: Mapping[str, tuple[str, Role]]) -> str:
    speech = escaped(text[turn.speech_start : turn.speech_stop]).replace("\n", "<br>")
    time = f"<time>{clock(turn.time)}</time>" if turn.time is not None else ""
    if turn.label is None and time:
        return f'<div class="qk-turn"><div class="qk-who">{time}</div><p>{speech}</p></div>'
    if turn.label is None:
        return f'<p class="qk-nobody">{speech}</p>' if speech else ""
    name, role = names.get(turn.label, (turn.label, Role.PARTICIPANT))
    silent = "" if speech else f"<i>{escaped(_('(rien)'))}</i>"
    return (
        f'<div class="qk-turn qk-{role.value}"><div class="qk-who">{escaped(name)}{time}</div>'
        f"<p>{speech}{silent}</p></div>"
    )
