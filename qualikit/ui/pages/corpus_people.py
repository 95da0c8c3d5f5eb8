"""The section Personnes: all who speak, over all documents, described many at once, made one, told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.attributes import Attribute
from qualikit.corpus.model import Role, role_label
from qualikit.corpus.naming import own_value
from qualikit.corpus.people import Person
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.text import fold
from qualikit.ui import downloads, state, typed
from qualikit.ui.pages import corpus_alike, corpus_chosen
from qualikit.ui.sheet import sheet

CHOSEN = "people_chosen"
MOST = 14
"""Lines of the sheet on the screen; past that it scrolls."""
FIELD = "attribute "


def show(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """Draw the section."""
    people = state.kept(project, "people over all", project.corpus.people.all)
    if not people:
        st.info(
            _("Personne ne parle dans ces documents : ils se lisent comme des textes suivis."), icon=":material/group:"
        )
        return
    attributes = state.kept(project, "attributes", project.corpus.attributes.all)
    corpus_alike.show(project)
    shown = _filters(people, documents)
    chosen: set[str] = st.session_state.setdefault(CHOSEN, set())
    chosen &= {person.id for person in people}
    corpus_chosen.show(project, [person for person in people if person.id in chosen], attributes, forget=_forget)
    if not shown:
        st.info(_("Personne ne répond à ces filtres."), icon=":material/filter_alt_off:")
        return
    used = [each for each in attributes if each.ours or each.participants]
    sheet(
        f"people {st.session_state.get('people_turn', 0)}",
        [_record(person, used, chosen) for person in shown],
        _columns(used),
        lambda id, changes: _save(project, id, changes),
        revision=project.revision,
        locked=("documents", "turns", "words"),
        height=38 + 35 * min(len(shown), MOST),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            ngettext("{n} personne sur {total}", "{n} personnes sur {total}", len(shown)).format(
                n=len(shown), total=len(people)
            )
            + " · "
            + _("Cochez des lignes pour les décrire ensemble ou les réunir. Une case se modifie d'un double-clic."),
            width="content",
        )
        st.space("stretch")
        st.button(
            _("Tout cocher"),
            key="people_all",
            type="tertiary",
            on_click=lambda: _choose({person.id for person in shown}),
        )
        downloads.buttons(
            _("Personnes"), lambda path: project.corpus.attributes.export(path, "participants"), key="people"
        )


def _filters(people: Sequence[Person], documents: Sequence[DocumentSummary]) -> list[Person]:
    with st.container(key="people-filters"):
        words, where, role = st.columns([4, 4, 4])
    wanted = words.text_input(
        _("Chercher une personne"),
        key="people_name",
        placeholder=_("Chercher un nom, un acteur, un territoire"),
        label_visibility="collapsed",
    )
    titles = {document.id: document.title for document in documents if document.participants}
    for name, options in (("people_documents", list(titles)), ("people_roles", list(Role))):
        st.session_state[name] = [value for value in st.session_state.get(name, []) if value in options]
    homes = where.multiselect(
        _("Documents"),
        list(titles),
        format_func=titles.__getitem__,
        placeholder=_("Tous les documents"),
        label_visibility="collapsed",
        key="people_documents",
    )
    roles = role.multiselect(
        _("Rôles"),
        list(Role),
        format_func=role_label,
        placeholder=_("Tous les rôles"),
        label_visibility="collapsed",
        key="people_roles",
    )

    def matches(person: Person) -> bool:
        said = [person.name, *person.labels, *person.actors, *person.territories, *person.attributes.values()]
        return fold(wanted or "") in fold(" ".join(said))

    return [
        person
        for person in people
        if (not roles or person.role in roles)
        and (not homes or any(place.document_id in homes for place in person.places))
        and matches(person)
    ]


def _record(person: Person, used: Sequence[Attribute], chosen: set[str]) -> dict[str, Any]:
    titles = [place.title for place in person.places]
    return {
        "id": person.id,
        "chosen": person.id in chosen,
        "name": person.name,
        "role": role_label(person.role),
        **{FIELD + each.name: typed.shown(each, own_value(person.attributes, each.name)) for each in used},
        "documents": titles[0] if len(titles) == 1 else f"{len(titles)} : {', '.join(titles)}",
        "turns": person.turns,
        "words": person.words,
    }


def _columns(used: Sequence[Attribute]) -> dict[str, Any]:
    make = st.column_config
    own = _("Le sien ; une case vide prend celui du document")
    return {
        "chosen": make.CheckboxColumn("", width=40, pinned=True),
        "name": make.TextColumn(_("Nom"), width=200, required=True),
        "role": make.SelectboxColumn(_("Rôle"), width=105, required=True, options=[role_label(role) for role in Role]),
        **{FIELD + each.name: typed.column(each, help=own if each.name == "territory" else None) for each in used},
        "documents": make.TextColumn(_("Documents"), width=260),
        "turns": make.NumberColumn(_("Tours"), format="localized", width=65),
        "words": make.NumberColumn(_("Mots"), format="localized", width=70),
    }


def _save(project: Project, id: str, changes: dict[str, Any]) -> None:
    if "chosen" in changes:
        chosen: set[str] = st.session_state.setdefault(CHOSEN, set())
        (chosen.add if changes["chosen"] else chosen.discard)(id)
    roles = {role_label(role): role for role in Role}
    given: dict[str, Any] = {}
    if "name" in changes:
        given["name"] = changes["name"] or ""
    if "role" in changes:
        given["role"] = roles[changes["role"]]
    own = {key.removeprefix(FIELD): typed.kept(value) for key, value in changes.items() if key.startswith(FIELD)}
    if own:
        given["attributes"] = own
    if given:
        project.corpus.people.describe([id], **given)


def _choose(ids: set[str]) -> None:
    st.session_state[CHOSEN] = ids
    st.session_state["people_turn"] = st.session_state.get("people_turn", 0) + 1  # the sheet shows it when made anew


def _forget() -> None:
    _choose(set())
