"""The application: navigation in the order of the work, the line at the top, the page asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from qualikit.errors import QualikitError
from qualikit.i18n import _, language, use_language
from qualikit.project import Project
from qualikit.ui import jobs, messages, places, state, topline
from qualikit.ui.coder.registration import frontend_files
from qualikit.ui.pages import (
    assistance,
    chercher,
    coder,
    consensus,
    corpus,
    exports,
    grille,
    lire,
    matrice,
    projet,
    pseudonymes,
    syntheses,
    territoires,
)

HERE = Path(__file__).parent
LIVING = {"coder", "lire", "matrice", "syntheses"}
"""Pages whose work does not draw the page anew: the line at the top looks by itself."""


def main() -> None:
    """Draw the page asked for; Streamlit calls it at each interaction."""
    use_language(state.language())
    project, refusal = _project()
    pages = {
        "projet": _page(projet.show, project, _("Projet"), ":material/home_work:", "projet", default=True),
        "corpus": _page(corpus.show, project, _("Corpus"), ":material/folder_open:", "corpus"),
        "chercher": _page(chercher.show, project, _("Chercher"), ":material/search:", "chercher"),
        "grille": _page(grille.show, project, _("Grille"), ":material/account_tree:", "grille"),
        "coder": _page(coder.show, project, _("Coder"), ":material/ink_highlighter:", "coder"),
        "lire": _page(lire.show, project, _("Lire par code"), ":material/library_books:", "lire"),
        "matrice": _page(matrice.show, project, _("Matrice"), ":material/grid_on:", "matrice"),
        "consensus": _page(consensus.show, project, _("Consensus"), ":material/balance:", "consensus"),
        "territoires": _page(territoires.show, project, _("Territoires"), ":material/compare_arrows:", "territoires"),
        "syntheses": _page(syntheses.show, project, _("Synthèses"), ":material/edit_note:", "syntheses"),
        "exports": _page(exports.show, project, _("Exports"), ":material/ios_share:", "exports"),
        "assistance": _page(assistance.show, project, _("Assistance"), ":material/lightbulb:", "assistance"),
        "pseudonymes": _page(pseudonymes.show, project, _("Pseudonymes"), ":material/badge:", "pseudonymes"),
    }
    places.know(pages)
    # Before the navigation: with no icon of our own, Streamlit would fetch that of the page's entry from the network.
    st.set_page_config(page_icon=str(HERE / "icon.svg"), layout="wide")
    chosen = st.navigation(list(pages.values()))
    name = next(name for name, page in pages.items() if page == chosen)
    st.set_page_config(
        page_title=f"{chosen.title} · {project.name if project else 'qualikit'}",
        initial_sidebar_state="collapsed" if name == "coder" and project else "expanded",
    )
    st.html(HERE / "style.css")
    _browser(data={"language": language(), "ahead": frontend_files()}, key="qk_browser")
    state.write_address(project)
    with st.container(key=f"page-{name}"):
        topline.show(project, living=name in LIVING)
        jobs.settle()
        messages.show_left()
        if refusal is not None:
            messages.error(refusal)
        with messages.guarded():
            chosen.run()
        jobs.show_aside()


_browser = st.components.v2.component("qualikit_page", js=(HERE / "page.js").read_text("utf-8"))


def _project() -> tuple[Project | None, QualikitError | None]:
    """The tab's project; one that cannot be opened is said, and left, so that another can be chosen."""
    try:
        return state.project(), None
    except QualikitError as refusal:
        state.close_project()
        return None, refusal


def _page(
    show: Callable[[Project], None] | Callable[[Project | None], None],
    project: Project | None,
    title: str,
    icon: str,
    path: str,
    *,
    default: bool = False,
) -> st.Page:
    draw = partial(_draw, show, project, path)
    return st.Page(draw, title=title, icon=icon, url_path="" if default else path, default=default)


def _draw(show: Callable[..., None], project: Project | None, path: str) -> None:
    if project is None and path != "projet":
        with messages.empty(
            _("Aucun projet n'est ouvert"),
            _(
                "Cette page montre ce qu'il y a dans une évaluation. "
                "Créez-en une, ouvrez la vôtre, ou essayez l'exemple."
            ),
            icon="folder_off",
            key="project",
        ):
            if st.button(_("Choisir un projet"), type="primary", key="choose_project"):
                places.go("projet")
        return
    show(project)
