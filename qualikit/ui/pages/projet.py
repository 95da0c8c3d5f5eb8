"""The page Projet: choose an evaluation, then what is in it, how far the coding is, what waits."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import places, state
from qualikit.ui.messages import empty, escaped
from qualikit.ui.pages import projet_choice, projet_tables


def show(project: Project | None) -> None:
    """Draw the page."""
    if project is None:
        projet_choice.welcome()
        return
    _head(project)
    documents = state.kept(project, "documents", project.corpus.documents)
    if not documents:
        with empty(
            _("Une évaluation toute neuve"),
            _(
                "Elle attend ses transcriptions, ses notes d'observation et ses rapports. "
                "Cette page dira ensuite ce qu'elle contient, où en est le codage et ce qui reste à faire."
            ),
            icon="inventory_2",
            key="projet",
        ):
            if st.button(_("Importer des documents"), type="primary", key="import_documents"):
                places.go("corpus")
            projet_choice.sample_button("empty_sample")
    else:
        left, right = st.columns([3, 2], gap="large")
        with left:
            projet_tables.contents(project, documents)
            projet_tables.coding(project, documents)
            projet_tables.here(project)
        with right:
            projet_tables.waiting(project, documents)
            _safety(project)
    with st.expander(_("Changer de projet"), key="change_project"):
        projet_choice.choices()


def _head(project: Project) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.title(_("Projet"), anchor=False, width="content")
        if project.path is not None:
            st.html(f'<p class="qk-quiet qk-beside">{escaped(project.path)}</p>')


def _safety(project: Project) -> None:
    """Backups: when the last one was made, and one more now."""
    from qualikit.store.files import back_up, backups

    if project.path is None:
        return
    st.subheader(_("Sauvegarde"), anchor=False)
    made = backups(project.path)
    if made:
        when = made[0].made.astimezone()
        sentence = _("La dernière date du {day} à {time}").format(day=f"{when:%d/%m/%Y}", time=f"{when:%H:%M}")
        count = ngettext("{n} copie", "{n} copies", len(made)).format(n=len(made))
        folder = made[0].path.parent.name
        st.html(
            f'<p class="qk-quiet">{escaped(sentence)} ({escaped(count)}, '
            f"{escaped(_('dossier « {folder} »').format(folder=folder))}).</p>"
        )
    else:
        none = _("Aucune copie encore. Chaque changement est déjà enregistré ; une copie protège du reste.")
        st.html(f'<p class="qk-quiet">{escaped(none)}</p>')
    st.button(
        _("Sauvegarder maintenant"),
        key="back_up",
        icon=":material/save:",
        on_click=lambda: state.act(back_up, project.path, done=_("Sauvegarde faite")),
    )
