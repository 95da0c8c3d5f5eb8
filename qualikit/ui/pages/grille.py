"""The page Grille: what one looks for in the texts, and what becomes of it."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.model import Codebook
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.ui import sections, state
from qualikit.ui.messages import empty, escaped
from qualikit.ui.pages import (
    grille_code,
    grille_codes,
    grille_exchange,
    grille_import,
    grille_manual,
    grille_saturation,
    grille_usage,
    grille_versions,
)

SECTION = "grille_section"
SECTIONS = {
    "codes": grille_codes.show,
    "versions": grille_versions.show,
    "manuel": grille_manual.show,
    "usage": grille_usage.show,
    "saturation": grille_saturation.show,
}


def show(project: Project) -> None:
    """Draw the page; ``?partie=`` in the address chooses a section."""
    book = project.coding.codebook
    if not book and not grille_import.waiting():
        _empty(project)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="grille-head"):
        st.title(_("Grille"), anchor=False, width="content")
        st.html(f'<p class="qk-quiet qk-beside">{escaped(_size(book))}</p>', width="content")
        section = _section()
        st.space("stretch")
        with st.popover(_("Nouveau code"), icon=":material/add:", type="primary", key="new_code"):
            grille_code.new(project, parent=None, key="root")
        with st.popover(_("Importer"), icon=":material/upload:", key=grille_exchange.key()):
            grille_exchange.importing(project)
        with st.popover(_("Exporter"), icon=":material/download:", key="export_codebook"):
            grille_exchange.exporting(project)
    grille_exchange.report()
    if grille_import.waiting():
        grille_import.show(project)
    else:
        SECTIONS[section](project, book)


def _section() -> str:
    names = {
        "codes": _("Codes"),
        "versions": _("Versions"),
        "manuel": _("Manuel"),
        "usage": _("Emploi"),
        "saturation": _("Saturation"),
    }
    return sections.choose(SECTION, _("Partie de la grille"), names, first_by=("code",))


def _size(book: Codebook) -> str:
    return ngettext("{n} code", "{n} codes", len(book)).format(n=len(book))


def _empty(project: Project) -> None:
    with empty(
        _("La grille est vide"),
        _(
            "La grille dit ce que vous cherchez dans les textes : un arbre de codes, chacun avec sa définition. "
            "Partez de la grille livrée, faite pour une évaluation, et changez-la au fil de la "
            "lecture ; ou apportez la vôtre."
        ),
        icon="account_tree",
        key="grille",
    ):
        st.button(
            _("Partir de la grille livrée"),
            type="primary",
            key="shipped_codebook",
            on_click=state.act,
            args=(grille_exchange.import_shipped, project),
        )
        with st.popover(_("Importer la vôtre"), icon=":material/upload:", key=grille_exchange.key()):
            grille_exchange.importing(project)
        with st.popover(_("Créer un premier code"), icon=":material/add:", key="new_code"):
            grille_code.new(project, parent=None, key="root")
    grille_exchange.report()
