"""Who speaks how much: in one document, or over all; and the part of those who lead the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.composition import Composition, Session, Voice
from qualikit.corpus.model import Role, role_label
from qualikit.i18n import _, language, ngettext, number, percent
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid
from qualikit.ui.messages import escaped

BARS = 30
"""People with a bar: the rest are in the table."""
_PERCENT = {"fr": "format(100 * datum.value, '.0f') + '\u202f%'", "en": "format(datum.value, '.0%')"}
SHADES = {Role.PARTICIPANT: "#1d5c77", Role.MODERATOR: "#b9c4c9", Role.OBSERVER: "#e3e7e9"}
"""Told apart in grey too: dark, middling, light."""


def show(made: Composition) -> None:
    """The choice of a document, its voices, and the moderators' part in all."""
    if not made.sessions:
        return
    st.subheader(_("Qui parle, et combien"), anchor=False)
    by_id = {session.id: session for session in made.sessions}
    if st.session_state.get("speaking_document") not in (None, *by_id):
        del st.session_state["speaking_document"]
    chosen = st.selectbox(
        _("Document"),
        [None, *by_id],
        format_func=lambda id: by_id[id].title if id else _("Tous les documents"),
        key="speaking_document",
        label_visibility="collapsed",
    )
    session = by_id.get(chosen or "")
    voices = session.voices if session else made.voices
    left, right = st.columns([5, 6], gap="medium")
    with left:
        _chart(voices)
        st.html(f'<p class="qk-quiet qk-explained">{escaped(_explained(voices, session))}</p>')
    with right:
        _table(voices, several=any(voice.documents > 1 for voice in voices))
    st.subheader(_("Part de l'animation"), anchor=False)
    _moderators(made.sessions)


def _chart(voices: Sequence[Voice]) -> None:
    import altair as alt
    import pandas as pd

    shown = [voice for voice in voices if voice.words][:BARS]
    if not shown:
        return
    names = _apart([voice.name for voice in shown])
    role, words, share, name = _("Rôle"), _("Mots"), _("Part de tous les mots"), _("Nom")
    frame = pd.DataFrame(
        {
            name: names,
            role: [role_label(voice.role) for voice in shown],
            words: [voice.words for voice in shown],
            share: [voice.of_all for voice in shown],
            "label": [share_words(voice.of_all) for voice in shown],
        }
    )
    roles = [each for each in Role if any(voice.role is each for voice in shown)]
    base = alt.Chart(frame).encode(
        y=alt.Y(f"{name}:N", sort=names, title=None, axis=alt.Axis(labelLimit=190, labelOverlap=False)),
        x=alt.X(
            f"{share}:Q",
            title=share,
            axis=alt.Axis(labelExpr=_PERCENT[language()], tickCount=5),
            scale=alt.Scale(nice=True),
        ),
        tooltip=[name, role, words, "label"],
    )
    bars = base.mark_bar(stroke="#5b6a70", strokeWidth=0.5).encode(
        color=alt.Color(
            f"{role}:N",
            scale=alt.Scale(domain=[role_label(each) for each in roles], range=[SHADES[each] for each in roles]),
            legend=alt.Legend(orient="top", title=None, symbolType="square", symbolStrokeWidth=0.5)
            if len(roles) > 1
            else None,
        )
    )
    labels = base.mark_text(align="left", dx=4, color="#75808a").encode(text="label:N")
    st.altair_chart((bars + labels).properties(height=22 * len(shown) + 70), key="speaking_chart")


def _apart(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def share_words(share: float) -> str:
    """« 12 % », and « < 1 % » for what is not nothing."""
    return f"< {percent(0.01)}" if 0 < share < 0.005 else percent(share)


def _explained(voices: Sequence[Voice], session: Session | None) -> str:
    words = sum(voice.words for voice in voices)
    people = sum(1 for voice in voices if voice.role is Role.PARTICIPANT)
    where = _("dans ce document") if session else _("dans tous les documents")
    return ngettext(
        "Parts de {words} mots dits {where}, par {n} participant et ceux qui animent ou observent.",
        "Parts de {words} mots dits {where}, par {n} participants et ceux qui animent ou observent.",
        people,
    ).format(words=number(words), where=where, n=people)


def _table(voices: Sequence[Voice], *, several: bool) -> None:
    rows, cells = [], {}
    for voice in voices:
        rows.append(GridRow(voice.id, voice.name))
        own = voice.of_participants
        figures: dict[str, tuple[str, Any]] = {
            "role": (role_label(voice.role), role_label(voice.role)),
            "documents": (str(voice.documents), voice.documents),
            "turns": (number(voice.turns), voice.turns),
            "words": (number(voice.words), voice.words),
            "own": (share_words(own) if own is not None else "–", own if own is not None else -1),
            "all": (share_words(voice.of_all), voice.of_all),
        }
        for column, (said, sort) in figures.items():
            cells[voice.id, column] = GridCell(said, sort=sort, live=False)
    columns = [
        GridColumn("role", _("Rôle"), text=True),
        *([GridColumn("documents", _("Documents"))] if several else []),
        GridColumn("turns", _("Tours")),
        GridColumn("words", _("Mots")),
        GridColumn("own", _("Part"), sub=_("des participants")),
        GridColumn("all", _("Part"), sub=_("de tous")),
    ]
    grid(rows, columns, cells, key="speaking", corner=_("Nom"), height="32rem", caption=_("Parole de chaque personne"))


def _moderators(sessions: Sequence[Session]) -> None:
    rows, cells = [], {}
    for session in sessions:
        rows.append(GridRow(session.id, session.title))
        share = session.moderators_share
        people = sum(1 for voice in session.voices if voice.role is Role.PARTICIPANT)
        figures: dict[str, tuple[str, float]] = {
            "people": (str(people), people),
            "words": (number(session.words), session.words),
            "moderators": (number(session.moderators), session.moderators),
            "share": (share_words(share) if session.moderators else _("personne n'anime"), share),
        }
        for column, (said, sort) in figures.items():
            cells[session.id, column] = GridCell(said, sort=sort, live=False, tint=share if column == "share" else 0)
    grid(
        rows,
        [
            GridColumn("people", _("Participants")),
            GridColumn("words", _("Mots dits")),
            GridColumn("moderators", _("par l'animation")),
            GridColumn("share", _("Part de l'animation"), sub=_("de tous les mots dits")),
        ],
        cells,
        key="moderators",
        corner=_("Document"),
        height="24rem",
        caption=_("Part de la parole de ceux qui animent, par document"),
    )
