"""Choosing an evaluation: a new one, one that exists, the sample."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qualikit import settings
from qualikit.errors import QualikitError
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.store.files import SUFFIX
from qualikit.ui import messages, places, state
from qualikit.ui.messages import escaped, plain

SHOWN = 40  # project files listed in one folder


def welcome() -> None:
    """The first page: what this is, and three large choices."""
    st.html(
        f'<div class="qk-welcome"><h1>{escaped(_("Du terrain au rapport"))}</h1><p>'
        + escaped(
            _(
                "Importez vos transcriptions, codez-les avec votre grille, lisez-les par thème et par territoire. "
                "Tout reste sur cette machine."
            )
        )
        + "</p></div>"
    )
    choices()


def choices() -> None:
    """New, open, sample."""
    new, known, sample = st.columns(3, gap="medium")
    with new.container(border=True, key="choice-new", height="stretch"):
        _card("note_add", _("Nouvelle évaluation"), _("Un projet vide, dans un fichier à vous."))
        _new()
    with known.container(border=True, key="choice-open", height="stretch"):
        _card("folder_open", _("Ouvrir"), _("Un projet qui se trouve déjà sur cette machine."))
        _open()
    with sample.container(border=True, key="choice-sample", height="stretch"):
        _card(
            "school",
            _("Essayer l'exemple"),
            _(
                "Une évaluation fictive, déjà codée par deux personnes : neuf documents de deux territoires. "
                "Tout peut y être essayé."
            ),
        )
        sample_button("sample")


def _card(icon: str, title: str, text: str) -> None:
    st.html(
        f'<div class="qk-card"><span class="qk-card-icon" aria-hidden="true">{escaped(icon)}</span>'
        f"<h3>{escaped(title)}</h3><p>{escaped(text)}</p></div>"
    )


def default_folder() -> Path:
    """Where projects are put unless told: next to the last one, or in the user's documents."""
    for recent in settings.recent_projects():
        return recent.parent
    documents = Path.home() / "Documents"
    return documents if documents.is_dir() else Path.home()


def _new() -> None:
    with st.form("new_project", border=False):
        name = st.text_input(_("Nom de l'évaluation"), placeholder=_("Aide numérique itinérante 2024"), key="new_name")
        folder = st.text_input(_("Dossier"), value=str(default_folder()), key="new_folder")
        coder = st.text_input(
            _("Votre nom"),
            value=settings.known_coder(),
            placeholder=_("Camille"),
            help=_("Ce que vous codez est noté sous ce nom : prénom, initiales, comme votre équipe vous appelle."),
            key="new_coder",
        )
        if st.form_submit_button(_("Créer"), type="primary"):
            _create(name.strip(), folder.strip(), coder.strip())


def _create(name: str, folder: str, coder: str) -> None:
    if not name:
        messages.error(_("Donnez un nom à l'évaluation."))
        return
    if not coder:
        messages.error(_("Dites qui code ici : votre nom, ou vos initiales."))
        return
    state.set_coder(coder)
    file_name = "".join("-" if character in '/\\:*?"<>|' else character for character in name).strip(". ")
    try:
        with Project.create(Path(folder).expanduser() / f"{file_name}{SUFFIX}", name=name, coder=state.coder()) as made:
            place = made.path
        assert place is not None
        state.use_project(place)
    except QualikitError as refusal:
        messages.error(refusal)
        return
    places.go("corpus")


def _open() -> None:
    recent = settings.recent_projects()
    for number, path in enumerate(recent[:5]):
        st.button(
            plain(path.stem),
            key=f"recent_{number}",
            icon=":material/history:",
            type="tertiary",
            help=plain(str(path)),
            on_click=state.act,
            args=(state.use_project, path),
        )
    written = (
        st.text_input(
            _("Fichier ou dossier"),
            key="open_path",
            value="" if recent else str(default_folder()),
            placeholder=str(default_folder()),
            help=_("Le chemin d'un projet (« .qualikit » à la fin), ou d'un dossier dont les projets seront listés."),
        )
        .strip()
        .strip('"')
    )
    place = Path(written).expanduser() if written else None
    if place is not None and place.is_dir():
        _folder(place)
    elif st.button(_("Ouvrir"), key="open_project", disabled=place is None, type="secondary" if recent else "primary"):
        try:
            state.use_project(place)
        except QualikitError as refusal:
            messages.error(refusal)
            return
        places.go("projet")


def _folder(folder: Path) -> None:
    """The projects of a folder, each a click away."""
    try:
        found = sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: path.stat().st_mtime, reverse=True)
    except OSError:
        messages.error(_("Le dossier « {folder} » ne peut pas être lu.").format(folder=folder))
        return
    if not found:
        st.caption(_("Il n'y a pas de projet dans ce dossier."))
    for number, path in enumerate(found[:SHOWN]):
        st.button(
            plain(path.stem),
            key=f"found_{number}",
            icon=":material/description:",
            type="tertiary",
            help=plain(str(path)),
            on_click=state.act,
            args=(state.use_project, path),
        )


def sample_button(key: str) -> None:
    """Build the sample evaluation, or open the one built before."""
    label = _("Ouvrir l'exemple") if key == "sample" else _("Essayer l'exemple")
    if not st.button(label, key=key, icon=":material/play_arrow:"):
        return
    from qualikit.ui import example

    try:
        with st.spinner(_("L'exemple se prépare…")):
            state.use_project(example.sample_project())
    except QualikitError as refusal:
        messages.error(refusal)
        return
    places.go("projet")
