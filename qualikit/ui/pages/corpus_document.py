"""One document: who speaks in it, what is said, and taking it away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.model import Participant, Role, role_label, source_kind_label
from qualikit.corpus.naming import attribute_key, own_value
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import places, state, transcript, typed
from qualikit.ui.messages import escaped, plain
from qualikit.ui.pages import corpus_correct
from qualikit.ui.pages.corpus_list import CHOSEN
from qualikit.ui.sheet import sheet

ACTOR, FIELD = "actor", "attribute "
WIDTHS = {ACTOR: 95, "territory": 85}


def chosen(documents: Sequence[DocumentSummary]) -> DocumentSummary | None:
    """The open document, or the one that the address asks for; None where the list is to be shown."""
    if places.asked("territoire") or places.asked("type"):  # a figure that leads to some documents of the list
        _close()
    if asked := places.asked("document"):
        st.session_state[CHOSEN] = asked
        st.query_params.pop("document", None)
        if part := places.asked("volet"):
            corpus_correct.open_on(asked, part)
            st.query_params.pop("volet", None)
    return next((document for document in documents if document.id == st.session_state.get(CHOSEN)), None)


def show(project: Project, chosen: DocumentSummary) -> None:
    """Draw the open document."""
    with st.container(border=True, key="document"):
        _head(project, chosen)
        participants = state.kept(project, "people of", lambda: project.corpus.participants(chosen.document), chosen.id)
        turns = state.kept(project, "turns", lambda: project.corpus.turns(chosen.document), chosen.id)
        words = state.kept(project, "text", lambda: project.corpus.text(chosen.document), chosen.id)
        if corpus_correct.is_open(chosen.id):
            corpus_correct.show(project, chosen, participants, turns, words)
            return
        people, text = st.columns([6, 6], gap="medium")
        with people:
            _people(project, chosen, participants, turns)
        with text:
            by_id = {person.id: person for person in participants}
            names = {
                turn.label: (by_id[turn.participant_id].name, by_id[turn.participant_id].role)
                for turn in turns
                if turn.label is not None and turn.participant_id in by_id
            }
            transcript.show(words, turns, names, key=f"document {chosen.id}")


def _head(project: Project, chosen: DocumentSummary) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="document-head"):
        st.subheader(plain(chosen.title), anchor=False, width="content")
        facts = [source_kind_label(chosen.document.source_kind), chosen.document.territory]
        if not chosen.document.file_name.startswith(chosen.title):
            facts.append(chosen.document.file_name)
        st.html(f'<p class="qk-quiet">{escaped(" · ".join(fact for fact in facts if fact))}</p>', width="content")
        st.space("stretch")
        waiting = len(state.kept(project, "aside of", lambda: project.coding.set_aside(chosen.id), chosen.id))
        if not corpus_correct.is_open(chosen.id):
            if waiting:
                review = ngettext("{n} codage à revoir", "{n} codages à revoir", waiting).format(n=waiting)
                st.button(
                    review,
                    icon=":material/rule:",
                    key="review_document",
                    on_click=corpus_correct.open_on,
                    args=(chosen.id, corpus_correct.REVIEW),
                )
            st.button(
                _("Corriger le texte"),
                icon=":material/edit:",
                key="correct_document",
                on_click=corpus_correct.open_on,
                args=(chosen.id,),
            )
        if st.button(_("Coder ce document"), type="primary", icon=":material/ink_highlighter:", key="code_document"):
            places.go("coder", document=chosen.id)
        _remove(project, chosen)
        st.button(
            _("Fermer"),
            key="close_document",
            icon=":material/close:",
            type="tertiary",
            on_click=_close,
        )


def _close() -> None:
    st.session_state.pop(CHOSEN, None)
    corpus_correct.leave()


def _remove(project: Project, chosen: DocumentSummary) -> None:
    with st.popover(_("Retirer…"), icon=":material/delete:", key="remove_document", on_change="rerun") as popover:
        if not popover.open:
            return
        by_coder = project.coding.usage_counts("coder", document=chosen.id)
        st.markdown(plain(_("Retirer « {title} » du projet ?").format(title=chosen.title)))
        n = sum(by_coder.values())
        if n:
            codings = ngettext("{n} codage", "{n} codages", n).format(n=n)
            coders = ngettext("d'un codeur", "de {n} codeurs", len(by_coder)).format(n=len(by_coder))
            gone = ngettext("ne sera plus visible.", "ne seront plus visibles.", n)
            st.markdown(plain(f"{codings} {coders} {gone}"))
        else:
            st.markdown(plain(_("Aucun codage n'y est posé.")))
        st.caption(_("« Annuler », en haut de la page, ramène tout."))
        if st.button(_("Retirer"), type="primary", key="remove_document_now"):
            state.act(project.corpus.remove_document, chosen.id, done=_("Document retiré"))
            st.session_state.pop(CHOSEN, None)
            st.rerun()


def _people(project: Project, chosen: DocumentSummary, people: Sequence[Participant], turns: Sequence[Any]) -> None:
    if not people:
        st.caption(_("Personne ne parle dans ce document : il se lit comme un texte suivi."))
        return
    spoken: dict[str, int] = {}
    for turn in turns:
        if turn.participant_id is not None:
            spoken[turn.participant_id] = spoken.get(turn.participant_id, 0) + 1
    attributes = state.kept(project, "attributes", project.corpus.attributes.all)
    borne = {attribute_key(name) for person in people for name in person.attributes}
    own = [each for each in attributes if each.ours or each.name in borne]
    own = sorted(own, key=lambda each: each.name != ACTOR)
    records = [
        {
            "id": person.id,
            "name": person.name,
            "role": role_label(person.role),
            **{FIELD + each.name: typed.shown(each, own_value(person.attributes, each.name)) for each in own},
            "turns": spoken.get(person.id, 0),
        }
        for person in people
    ]
    make = st.column_config
    columns = {
        "name": make.TextColumn(_("Nom"), required=True, width=125),
        "role": make.SelectboxColumn(_("Rôle"), options=[role_label(role) for role in Role], required=True, width=95),
        **{
            FIELD + each.name: typed.column(
                each,
                width=WIDTHS.get(each.name, 110),
                help=_("Le sien, s'il n'est pas celui du document") if each.name == "territory" else None,
            )
            for each in own
        },
        "turns": make.NumberColumn(_("Tours"), width=55),
    }
    sheet(
        f"participants {chosen.id}",
        records,
        columns,
        lambda id, changes: _save(project, id, changes),
        revision=project.revision,
        locked=("turns",),
    )
    st.caption(_("L'animation et l'observation ne comptent jamais parmi ceux qui ont donné un avis."))


def _save(project: Project, id: str, changes: dict[str, Any]) -> None:
    roles = {role_label(role): role for role in Role}
    described: dict[str, Any] = {}
    if "name" in changes:
        described["name"] = changes["name"] or ""
    if "role" in changes:
        described["role"] = roles[changes["role"]]
    own = {name.removeprefix(FIELD): typed.kept(value) for name, value in changes.items() if name.startswith(FIELD)}
    if own:
        described["attributes"] = own
    project.corpus.people.describe([id], **described)
