"""The key on the page: made, opened, given another passphrase, left out of a copy, removed for good."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from qualikit.corpus.pseudonyms.key import Key, strength_words
from qualikit.corpus.pseudonyms.model import Style, style_label
from qualikit.errors import KeyRefused
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, plain

OPEN = "pseudonyms_key"


def opened(project: Project) -> Key | None:
    """The key that this tab has open, as it is on the disk now; None: none, or it is no longer there."""
    key: Key | None = st.session_state.get(OPEN)
    if key is None:
        return None
    try:
        if key.path != project.corpus.pseudonyms.place:
            raise KeyRefused("")
        key.reload()
    except KeyRefused:
        close()
        return None
    return key


def close() -> None:
    """Forget the passphrase."""
    st.session_state.pop(OPEN, None)


def locked(project: Project) -> None:
    """What to do where no key is open."""
    service = project.corpus.pseudonyms
    if project.path is None:
        st.info(plain(_("Les pseudonymes se font dans un projet qui est un fichier sur cette machine.")))
        return
    if service.has_key:
        _open(project)
    else:
        _create(project)


def _left(project: Project) -> None:
    """What the history says of a key that was removed, as long as there is no new one."""
    left = state.kept(project, "pseudonyms left", project.corpus.pseudonyms.left)
    if left is None:
        return
    day = f"{datetime.fromisoformat(left.at).astimezone():%d/%m/%Y}"
    if left.alone:
        said = _("Clé retirée le {day} par {coder} : ce projet peut être remis.")
    else:
        said = _("Clé retirée le {day} par {coder}. Des documents sont entrés depuis : des noms peuvent y être encore.")
    st.info(plain(said.format(day=day, coder=left.coder)))


def _create(project: Project) -> None:
    _left(project)
    left, right = st.columns([6, 5], gap="large")
    with left:
        st.markdown(
            plain(
                _(
                    "Les noms sont cherchés sur cette machine, puis relus par vous, puis remplacés dans les textes, "
                    "les titres, les étiquettes et les mémos. Qui est devenu qui s'écrit dans une clé : un fichier "
                    "à part, à côté du projet, verrouillé par une phrase de passe. Le projet lui-même n'en garde rien."
                )
            )
        )
        st.markdown(
            plain(
                _(
                    "Notez la phrase de passe dans un endroit sûr. Personne ne peut la retrouver : sans elle, on ne "
                    "saura plus qui est qui, et de nouveaux documents ne recevront pas les mêmes pseudonymes."
                )
            )
        )
    with right.form("create_key", border=True):
        st.subheader(_("Créer la clé"), anchor=False)
        style = st.selectbox(_("Les personnes s'appelleront"), list(Style), format_func=style_label, key="key_style")
        first = st.text_input(_("Phrase de passe"), type="password", key="key_first", autocomplete="new-password")
        again = st.text_input(_("Encore une fois"), type="password", key="key_again", autocomplete="new-password")
        st.caption(_("Quatre ou cinq mots sans lien entre eux font une phrase de passe solide."))
        if st.form_submit_button(_("Créer la clé"), type="primary"):
            if first != again:
                st.error(plain(_("Les deux phrases de passe ne sont pas les mêmes.")))
            elif _keep(lambda: project.corpus.pseudonyms.create_key(first, style)):
                st.rerun()
            elif first:
                st.caption(plain(strength_words(first)))


def _open(project: Project) -> None:
    left, _right = st.columns([5, 6])
    with left.form("open_key", border=True):
        st.subheader(_("Ouvrir la clé"), anchor=False)
        st.caption(
            plain(_("La clé « {name} » est à côté du projet.").format(name=project.corpus.pseudonyms.place.name))
        )
        typed = st.text_input(_("Phrase de passe"), type="password", key="key_typed", autocomplete="current-password")
        if st.form_submit_button(_("Ouvrir"), type="primary") and _keep(
            lambda: project.corpus.pseudonyms.open_key(typed)
        ):
            st.rerun()
    with st.expander(_("La phrase de passe est perdue")):
        st.markdown(
            plain(
                _(
                    "Elle ne se retrouve pas. Vous pouvez retirer la clé sans l'ouvrir : qualikit ne pourra pas "
                    "contrôler qu'aucun nom ne reste dans les textes."
                )
            )
        )
        _remove(project, None)


def _keep(make: object) -> bool:
    """Have the key that ``make`` gives be the open one; False, with the reason on the page, where it cannot."""
    try:
        with st.spinner(_("La clé s'ouvre…")):
            st.session_state[OPEN] = make()  # type: ignore[operator]
    except KeyRefused as refusal:
        st.error(plain(str(refusal)))
        return False
    return True


def show(project: Project, key: Key) -> None:
    """Step 5: where the key is, and what can be done with it."""
    place = _("La clé est le fichier {path}. Copiez-la ailleurs que le projet, et ne l'envoyez jamais avec lui.")
    st.html(f'<p class="qk-quiet">{escaped(place.format(path=key.path))}</p>')
    left, right = st.columns(2, gap="large")
    with left.container(border=True, key="key-copy", height="stretch"):
        st.subheader(_("Copie à remettre"), anchor=False)
        st.markdown(
            plain(
                _(
                    "Pour un collègue ou un client : une copie du projet sans clé, sans fichiers d'origine, sans "
                    "textes antérieurs ni contenu de l'historique. Votre projet, lui, garde tout."
                )
            )
        )
        _copy(project, key)
    with right.container(border=True, key="key-passphrase", height="stretch"):
        st.subheader(_("Phrase de passe"), anchor=False)
        _passphrase(key)
    with st.container(border=True, key="key-remove"):
        st.subheader(_("Retirer la clé pour de bon"), anchor=False)
        st.markdown(plain(_("Plus personne ne pourra dire qui est qui, vous compris. Avec la clé :")))
        _remove(project, key)


def _copy(project: Project, key: Key) -> None:
    assert project.path is not None
    default = project.path.with_name(_("{name} à remettre").format(name=project.path.stem) + project.path.suffix)
    with st.form("copy_form", border=False):
        place = st.text_input(_("Fichier"), value=str(default), key="copy_place")
        if st.form_submit_button(_("Écrire la copie"), icon=":material/outbox:"):
            with st.spinner(_("La copie s'écrit…")):
                made = state.act(project.corpus.pseudonyms.hand_over, key, Path(place.strip()))
            if made is not None:
                st.success(plain(_("Copie écrite : {path}").format(path=made)))
            else:
                st.rerun()


def _passphrase(key: Key) -> None:
    with st.form("passphrase_form", border=False, clear_on_submit=True):
        first = st.text_input(_("Nouvelle phrase de passe"), type="password", key="passphrase_first")
        again = st.text_input(_("Encore une fois"), type="password", key="passphrase_again")
        if st.form_submit_button(_("Changer"), icon=":material/key:"):
            if first != again:
                st.error(plain(_("Les deux phrases de passe ne sont pas les mêmes.")))
                return
            try:
                key.change_passphrase(first)
            except KeyRefused as refusal:
                st.error(plain(str(refusal)))
            else:
                st.success(plain(_("La phrase de passe est changée.") + " " + strength_words(first)))


def _remove(project: Project, key: Key | None) -> None:
    for sentence in project.corpus.pseudonyms.foreseen().sentences():
        st.html(f'<p class="qk-note">{escaped(sentence)}</p>')
    sure = st.checkbox(_("J'ai compris que cela ne s'annule pas"), key="remove_sure")
    st.button(
        _("Retirer la clé"),
        key="remove_key",
        icon=":material/delete_forever:",
        disabled=not sure,
        on_click=_removed,
        args=(project, key),
    )


def _removed(project: Project, key: Key | None) -> None:
    gone = state.act(
        project.corpus.pseudonyms.remove_key,
        key,
        done=_("La clé est retirée. Rien dans le projet ne dit plus qui est qui."),
    )
    st.session_state["remove_sure"] = False
    if gone is not None:
        close()
