"""The section « Oubliés, douteux »: passages that look like a code and do not bear it, codings that do not look like
theirs."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.assisted import Found
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped
from qualikit.ui.pages import assistance_cards as cards

MOST = 20
KEPT = "assistance_kept"
"""Preference: ids of codings that this coder looked at and left as they are."""


def show(project: Project) -> None:
    """Draw the section."""
    kinds = {"missed": _("En ai-je oublié ?"), "doubtful": _("Est-ce à sa place ?")}
    named = cards.active(project)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            _("Quoi"),
            list(kinds),
            format_func=kinds.__getitem__,
            default="missed",
            required=True,
            key="review_kind",
            label_visibility="collapsed",
        )
        code = st.selectbox(
            _("Code"),
            [None, *named],
            format_func=lambda id: _("Tous les codes") if id is None else named[id],
            key="review_code",
        )
    if not state.kept(project, "usage mine", lambda: project.coding.usage_counts(coder=project.coder)):
        cards.none(
            _(
                "Cette liste compare vos codages entre eux : elle se remplira quand vous aurez codé "
                "quelques passages "
                "dans au moins deux documents."
            )
        )
        return
    if kind == "missed":
        _missed(project, code)
    else:
        _doubtful(project, code)


def _missed(project: Project, code: str | None) -> None:
    found = cards.kept(project, "missed", lambda: project.coding.missed(code, MOST), code)
    n = len(found)
    if not n:
        cards.none(_("Rien ne semble avoir été oublié."))
        return
    said = ngettext(
        "Un passage ressemble à un code que vous n'y avez pas posé. Il est jugé sans les codages de son document.",
        "{n} passages ressemblent à un code que vous n'y avez pas posé, les plus sûrs d'abord. "
        "Chacun est jugé sans "
        "les codages de son document.",
        n,
    )
    st.html(f'<p class="qk-quiet">{escaped(said.format(n=n))}</p>')
    for each in found:
        key = f"missed {cards.place_of(each)}"
        with st.container(border=True, key=f"card-{key}"):
            st.html(cards.words(each, each.reason))
            cards.proposal(project, each, key)
            with st.container(horizontal=True, horizontal_alignment="right"):
                cards.alike(each, f"alike {key}")
                cards.in_text(each, f"text {key}")


def _doubtful(project: Project, code: str | None) -> None:
    kept = set(project.preference(KEPT) or [])
    listed = cards.kept(project, "doubtful", lambda: project.coding.doubtful(code, 200), code)
    found = [each for each in listed if each.coding_id not in kept][:MOST]
    n = len(found)
    if not n:
        cards.none(_("Aucun de vos codages ne semble hors de sa place."))
        return
    said = ngettext(
        "Un de vos codages ressemble peu à ce que vous avez codé ainsi ailleurs.",
        "{n} de vos codages ressemblent peu à ce que vous avez codé ainsi ailleurs, les moins "
        "ressemblants d'abord. "
        "Un passage court, ou qui ne se comprend que par ce qui l'entoure, peut y être à tort.",
        n,
    )
    st.html(f'<p class="qk-quiet">{escaped(said.format(n=n))}</p>')
    for each in found:
        _doubt(project, each, kept)


def _doubt(project: Project, found: Found, kept: set[str]) -> None:
    key = f"doubt {found.coding_id[-12:]}"
    with st.container(border=True, key=f"card-{key}"):
        st.html(f'{cards.words(found)}<p class="qk-quiet">{escaped(found.reason)}</p>')
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                _("Laisser"),
                icon=":material/check:",
                key=f"keep {key}",
                on_click=lambda: project.set_preference(KEPT, sorted({*kept, found.coding_id})),
            )
            st.button(
                _("Retirer le codage"),
                icon=":material/delete:",
                key=f"remove {key}",
                on_click=state.act,
                args=(project.coding.remove, found.coding_id),
            )
            st.space("stretch")
            cards.alike(found, f"alike {key}")
            cards.in_text(found, f"text {key}")
