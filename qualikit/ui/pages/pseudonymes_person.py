"""A person taken out at their request, for good: chosen, what goes said, then done."""

from __future__ import annotations

import streamlit as st

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
        people = state.kept(project, "people", project.corpus.participants)
        names = list(dict.fromkeys(person.name for person in people))
        left, right = st.columns(2)
        name = left.selectbox(
            _("Personne"), names, index=None, placeholder=_("Choisir une personne"), key="remove_person_name"
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
                before = project.corpus.foresee_removal(name, key, also=others, mentions=mentions)
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


def _remove(project: Project, name: str, key: Key | None, also: tuple[str, ...], mentions: bool) -> None:
    state.act(
        lambda: project.corpus.remove_person(name, key, also=also, mentions=mentions),
        done=_("La personne est retirée."),
    )
    st.session_state["remove_person_sure"] = False
