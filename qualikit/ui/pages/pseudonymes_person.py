"""A person taken out at their request, for good: chosen, what goes said, then done."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.people import Person
from qualikit.corpus.pseudonyms.key import Key
from qualikit.errors import QualikitError
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, plain


def show(project: Project, key: Key | None) -> None:
    """Draw the section, folded."""
    st.space("small")
    with st.expander(_("Retirer une personne à sa demande"), icon=":material/person_remove:"):
        st.markdown(
            plain(
                _(
                    "Une personne peut demander que ce qu'elle a dit disparaisse. Ses paroles sont retirées de tous "
                    "les textes, avec les codages qui ne portent que sur elles ; il reste qu'une personne a été "
                    "retirée, quand et par qui. Cela ne s'annule pas."
                )
            )
        )
        if key is None and project.path is not None and project.corpus.pseudonyms.has_key:
            st.info(plain(_("Ouvrez d'abord la clé : elle connaît peut-être cette personne.")))
            return
        choices = _choices(state.kept(project, "all people", project.corpus.people.all))
        left, right = st.columns(2)
        name = left.selectbox(
            _("Personne"),
            list(choices),
            format_func=choices.__getitem__,
            index=None,
            placeholder=_("Choisir une personne"),
            key="remove_person_name",
        )
        also = right.text_input(
            _("Autres noms sous lesquels on l'appelle"),
            key="remove_person_also",
            placeholder=_("séparés par des virgules"),
        )
        mentions = st.checkbox(
            _("Remplacer aussi son nom quand d'autres le disent"), value=True, key="remove_person_mentions"
        )
        if name is None:
            return
        others = tuple(one.strip() for one in also.split(",") if one.strip())
        try:
            with st.spinner(_("Ce qui disparaîtrait est compté…")):
                before = state.kept(
                    project,
                    "removal",
                    lambda: project.corpus.foresee_removal(name, key, also=others, mentions=mentions),
                    *(name, others, mentions, hash(key.entries) if key is not None else None),
                )
        except QualikitError as refusal:
            st.error(plain(str(refusal)))
            return
        for sentence in before.sentences():
            st.html(f'<p class="qk-note">{escaped(sentence)}</p>')
        sure = st.checkbox(_("J'ai compris que cela ne s'annule pas"), key="remove_person_sure")
        st.button(
            _("Retirer cette personne"),
            key="remove_person",
            icon=":material/delete_forever:",
            disabled=not sure,
            on_click=_remove,
            args=(project, name, key, others, mentions),
        )


def _choices(people: Sequence[Person]) -> dict[str, str]:
    """Who can be taken out, by what is asked for: all of a name; each of them, by id, where several have it."""
    named: dict[str, list[Person]] = {}
    for person in people:
        named.setdefault(person.name, []).append(person)
    choices: dict[str, str] = {}
    for name, those in named.items():
        titles = [", ".join(place.title for place in person.places) for person in those]
        choices[name] = f"{name} ({', '.join(titles)})" if len(those) > 1 else name
        if len(those) > 1:
            choices |= {person.id: f"{name} ({title})" for person, title in zip(those, titles, strict=True)}
    return choices


def _remove(project: Project, name: str, key: Key | None, also: tuple[str, ...], mentions: bool) -> None:
    state.act(
        lambda: project.corpus.remove_person(name, key, also=also, mentions=mentions),
        done=_("La personne est retirée."),
    )
    st.session_state["remove_person_sure"] = False
