"""What is done to the people who are ticked: described together, made one, or one of them told apart in two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from qualikit.corpus.attributes import Attribute
from qualikit.corpus.merging import conflict_words
from qualikit.corpus.model import Role, role_label
from qualikit.corpus.people import Person
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, plain


def show(
    project: Project, chosen: Sequence[Person], attributes: Sequence[Attribute], forget: Callable[[], None]
) -> None:
    """A bar of what can be done; nothing where nobody is ticked."""
    if not chosen:
        return
    with st.container(border=True, key="people-chosen"), st.container(horizontal=True, vertical_alignment="center"):
        said = ngettext("{n} personne cochée", "{n} personnes cochées", len(chosen)).format(n=len(chosen))
        st.html(f"<b>{escaped(said)}</b>", width="content")
        _describe(project, chosen, attributes)
        if len(chosen) > 1:
            _merge(project, chosen, forget)
        elif sum(len(place.labels) for place in chosen[0].places) > 1:
            _split(project, chosen[0], forget)
        st.space("stretch")
        st.button(_("Tout décocher"), key="people_none", type="tertiary", on_click=forget)


def _describe(project: Project, chosen: Sequence[Person], attributes: Sequence[Attribute]) -> None:
    ids = [person.id for person in chosen]
    with st.popover(_("Décrire"), icon=":material/edit:", key="people_describe"):
        role = st.selectbox(
            _("Rôle"), list(Role), index=None, format_func=role_label, placeholder=_("Inchangé"), key="many_role"
        )
        given: dict[str, str] = {}
        for each in attributes:
            if not each.ours and not each.participants:
                continue
            value = st.selectbox(
                plain(each.label),
                each.choices,
                index=None,
                accept_new_options=True,
                placeholder=_("Inchangé") if each.choices else _("Inchangé ; écrivez une première valeur"),
                key=f"many {each.name}",
            )
            if value is not None:
                given[each.name] = value

        def apply() -> None:
            done = ngettext("{n} personne décrite", "{n} personnes décrites", len(ids)).format(n=len(ids))
            state.act(project.corpus.people.describe, ids, role=role, attributes=given or None, done=done)
            for key in ("many_role", *(f"many {each.name}" for each in attributes)):
                st.session_state.pop(key, None)

        st.button(
            ngettext("Appliquer à la personne cochée", "Appliquer aux {n} personnes cochées", len(ids)).format(
                n=len(ids)
            ),
            key="many_apply",
            type="primary",
            disabled=role is None and not given,
            on_click=apply,
        )


def _merge(project: Project, chosen: Sequence[Person], forget: Callable[[], None]) -> None:
    with st.popover(_("Réunir…"), icon=":material/merge:", key="people_merge", on_change="rerun") as popover:
        if popover.open:
            merging(project, chosen, key="chosen", after=forget)


def merging(project: Project, people: Sequence[Person], *, key: str, after: Callable[[], None]) -> None:
    """Who stays, under which name, what is said differently; then the act."""
    by_id = {person.id: person for person in people}
    kept = st.selectbox(
        _("La personne qui reste"),
        sorted(by_id, key=lambda id: -by_id[id].turns),
        format_func=lambda id: f"{by_id[id].name} ({', '.join(place.title for place in by_id[id].places[:2])})",
        key=f"merge kept {key}",
    )
    name = st.text_input(_("Son nom"), by_id[kept].name, key=f"merge name {key} {kept}")
    plan = project.corpus.people.plan_merge(people, into=by_id[kept], name=name)
    n = len(plan.titles)
    lines = [
        ngettext("Elle parle dans {n} document.", "Elle parle dans {n} documents.", n).format(n=n),
        *(conflict_words(conflict) for conflict in plan.conflicts),
    ]
    lines += [_("{noun} la suivent.").format(noun=each.noun) for each in plan.following]
    st.html("".join(f'<p class="qk-note">{escaped(line)}</p>' for line in lines))
    if plan.together:
        said = _("Ces personnes parlent l'une avec l'autre dans « {title} » : est-ce bien la même ?")
        st.warning(plain(said.format(title=plan.together[0])))

    def act() -> None:
        done = _("« {name} » est une seule personne").format(name=plan.name)
        state.act(project.corpus.people.merge, people, into=by_id[kept], name=name, done=done)
        after()

    st.button(
        ngettext("Réunir {n} personne", "Réunir {n} personnes", len(people)).format(n=len(people)),
        key=f"merge now {key}",
        type="primary",
        on_click=act,
    )


def _split(project: Project, person: Person, forget: Callable[[], None]) -> None:
    places = {f"{place.document_id} {label}": (place, label) for place in person.places for label in place.labels}

    def said(key: str) -> str:
        place, label = places[key]
        return f"{label} ({place.title})"

    with st.popover(_("Distinguer…"), icon=":material/call_split:", key="people_split"):
        st.caption(_("Ce qui est dit ainsi devient une personne à part, avec le même rôle et les mêmes attributs."))
        gone = st.multiselect(
            _("Ce qui est à quelqu'un d'autre"),
            list(places),
            format_func=said,
            placeholder=_("Choisissez"),
            key="split_of",
        )
        first = places[gone[0]][1] if gone else ""
        name = st.text_input(_("Son nom"), first, key=f"split name {first}")
        labels = {places[key][1] for key in gone}
        homes = {places[key][0].document_id for key in gone}
        # What shares both a document and a label with what was chosen would go too.
        whole = [key for key, (place, label) in places.items() if place.document_id in homes and label in labels]

        def act() -> None:
            done = _("« {name} » est une personne à part").format(name=name)
            state.act(project.corpus.people.split, person, homes, labels=sorted(labels), name=name, done=done)
            forget()

        st.button(
            _("Distinguer"),
            key="split_now",
            type="primary",
            disabled=not gone or len(whole) == len(places) or len(whole) != len(gone),
            on_click=act,
        )
