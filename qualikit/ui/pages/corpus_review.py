"""Codings whose words went away when the text was corrected: put back or removed, one by one or at once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.coding.aside import Proposal
from qualikit.coding.model import Coding
from qualikit.corpus.model import Turn
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.messages import escaped

SURE = 95.0
"""Score from which a place is taken without being looked at."""
FIRST = 20
"""Cards drawn at once."""


def show(project: Project, chosen: DocumentSummary, text: str, turns: Sequence[Turn]) -> None:
    """Draw those of the chosen document."""
    aside = state.kept(project, "aside of", lambda: project.coding.set_aside(chosen.id), chosen.id)
    if not aside:
        st.caption(_("Rien à revoir : tous les codages de ce document portent sur le texte actuel."))
        return
    found = state.kept(project, "proposals", lambda: project.coding.proposals(aside), chosen.id)
    st.markdown(
        _(
            "Les mots de ces codages ont disparu dans une correction. Replacez chacun sur les mots d'aujourd'hui, ou "
            "retirez-le. Ils ne comptent nulle part en attendant."
        )
    )
    sure = sum(1 for place in found.values() if place.score >= SURE)
    if sure > 1:
        st.button(
            ngettext("Replacer {n} codage retrouvé", "Replacer les {n} codages retrouvés", sure).format(n=sure),
            key="put_all_back",
            icon=":material/done_all:",
            on_click=state.act,
            args=(project.coding.accept_proposals, SURE, chosen.id),
            kwargs={"done": _("Codages replacés")},
        )
    ordered = sorted(aside, key=lambda coding: -found[coding.id].score if coding.id in found else 0.0)
    for coding in ordered[:FIRST]:
        _card(project, coding, found.get(coding.id), text, turns)
    if len(aside) > FIRST:
        left = len(aside) - FIRST
        st.caption(ngettext("Et {n} autre, ensuite.", "Et {n} autres, ensuite.", left).format(n=left))


def _card(project: Project, coding: Coding, place: Proposal | None, text: str, turns: Sequence[Turn]) -> None:
    code = project.coding.codebook.get(coding.code_id)
    with st.container(border=True, key=f"aside-{coding.id}", gap="small"):
        name, color = (code.name, code.color) if code else ("", "gray")
        st.html(
            f'<p class="qk-source"><span class="qk-swatch qk-inline" style="background:{escaped(color)}"></span> '
            f'<b>{escaped(name)}</b> <span class="qk-quiet">{escaped(coding.coder)}</span></p>'
            f'<blockquote class="qk-quote qk-gone"><span aria-hidden="true">−</span> '
            f"{escaped(coding.quote.strip())}</blockquote>"
        )
        if place is not None:
            speaker = next((turn.label for turn in turns if turn.stop > place.span.start), None)
            likely = _("Peut-être ici (ressemblance : {score} %)").format(score=int(place.score))
            st.html(
                f'<p class="qk-quiet">{escaped(likely)}{escaped(f", {speaker}" if speaker else "")}</p>'
                f'<blockquote class="qk-quote qk-come"><span aria-hidden="true">+</span> '
                f"{escaped(place.words)}</blockquote>"
            )
        else:
            st.html(
                f'<p class="qk-quiet">{escaped(_("Ces mots, ou des mots proches, ne sont plus dans le texte."))}</p>'
            )
        with st.container(horizontal=True, vertical_alignment="center"):
            if place is not None:
                st.button(
                    _("Replacer ici"),
                    key=f"put_back {coding.id}",
                    icon=":material/check:",
                    on_click=state.act,
                    args=(project.coding.put_back, coding.id, place.span.start, place.span.stop, place.words),
                    kwargs={"done": _("Codage replacé")},
                )
                places.link(
                    "coder",
                    _("Voir dans le texte"),
                    icon=":material/my_location:",
                    document=coding.document_id,
                    debut=str(place.span.start),
                    fin=str(place.span.stop),
                )
            _elsewhere(project, coding, text)
            st.button(
                _("Retirer le codage"),
                key=f"remove_aside {coding.id}",
                icon=":material/delete:",
                type="tertiary",
                on_click=state.act,
                args=(project.coding.remove_aside, coding.id),
                kwargs={"done": _("Codage retiré")},
            )


def _elsewhere(project: Project, coding: Coding, text: str) -> None:
    with st.popover(_("Replacer ailleurs…"), icon=":material/edit_location:"):
        words = st.text_area(
            _("Les mots à coder, tels qu'ils sont dans le texte actuel"), key=f"elsewhere {coding.id}", height=96
        ).strip()
        times = text.count(words) if words else 0
        if words and times != 1:
            st.caption(
                _("Ces mots ne sont pas dans le texte.")
                if not times
                else _("Ces mots y sont {n} fois : prenez-en davantage.").format(n=times)
            )
        start = text.find(words) if times == 1 else 0
        st.button(
            _("Replacer"),
            key=f"put_elsewhere {coding.id}",
            type="primary",
            disabled=times != 1,
            on_click=state.act,
            args=(project.coding.put_back, coding.id, start, start + len(words), words),
            kwargs={"done": _("Codage replacé")},
        )
