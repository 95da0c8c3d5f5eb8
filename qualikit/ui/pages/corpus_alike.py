"""People of several documents who may be one: proposed with their reasons, taken or refused."""

from __future__ import annotations

import streamlit as st

from qualikit.corpus.alike import Alike
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped
from qualikit.ui.pages import corpus_chosen

SHOWN = 8


def show(project: Project) -> None:
    """The proposals, folded; nothing where there is none."""
    proposals = state.kept(project, "alike", project.corpus.people.alike, st.session_state.get("alike_turn", 0))
    if not proposals:
        return
    said = ngettext(
        "Une personne est peut-être là deux fois", "{n} personnes sont peut-être là plusieurs fois", len(proposals)
    ).format(n=len(proposals))
    with st.expander(said, icon=":material/group_add:", key="people_alike"):
        for proposal in proposals[:SHOWN]:
            _card(project, proposal)
        if len(proposals) > SHOWN:
            left = len(proposals) - SHOWN
            st.caption(ngettext("Et {n} autre, ensuite.", "Et {n} autres, ensuite.", left).format(n=left))


def _card(project: Project, proposal: Alike) -> None:
    key = proposal.key
    with st.container(horizontal=True, vertical_alignment="center", key=f"alike-{key}"):
        who = " = ".join(
            f"<b>{escaped(person.name)}</b> ({escaped(', '.join(place.title for place in person.places[:2]))})"
            for person in proposal.people
        )
        why = _("{score} sur 100 : {why}").format(score=proposal.score, why=", ".join(proposal.why))
        st.html(f'<p>{who}</p><p class="qk-quiet">{escaped(why)}</p>', width="stretch")
        with st.popover(_("Réunir…"), icon=":material/merge:", key=f"alike merge {key}", on_change="rerun") as popover:
            if popover.open:
                corpus_chosen.merging(project, proposal.people, key=key, after=lambda: None)

        def refuse() -> None:
            state.act(project.corpus.people.keep_apart, proposal)
            st.session_state["alike_turn"] = st.session_state.get("alike_turn", 0) + 1

        st.button(_("Ce n'est pas la même"), key=f"alike apart {key}", type="tertiary", on_click=refuse)
