"""The section Manuel of the page Grille: the codebook printed in Word for those who code."""

from __future__ import annotations

import streamlit as st

from qualikit.coding.model import Codebook
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import downloads, state
from qualikit.ui.messages import escaped


def show(project: Project, book: Codebook) -> None:
    """Draw the section."""
    left, right = st.columns([5, 6], gap="large")
    with left:
        st.subheader(_("Manuel de codage"), anchor=False)
        st.caption(
            _(
                "Un document Word : l'arbre en titres, et pour chaque code sa définition, ses règles, ses mots-clés et "
                "des exemples pris dans le corpus ; les versions de la grille à la fin. Tout s'y modifie."
            )
        )
        title = st.text_input(_("Titre"), value=_("Manuel de codage"), key="manual_title")
        versions = {
            version.number: version for version in state.kept(project, "codebook versions", project.coding.versions)
        }
        number = st.selectbox(
            _("Grille"),
            [None, *versions],
            format_func=lambda one: (
                _("La grille de maintenant")
                if one is None
                else _("Version {n}, {name}").format(n=one, name=versions[one].name)
            ),
            key="manual_version",
        )
        examples = st.number_input(_("Exemples par code, au plus"), 0, 9, 1, key="manual_examples")
        named = st.toggle(
            _("Dire qui parle et dans quel document"),
            key="manual_named",
            help=_("Sinon, un exemple ne dit que le type de source et le territoire."),
        )
        counts = st.toggle(_("Dire combien chaque code est employé"), value=True, key="manual_counts")
        if (place := downloads.popover("write_manual", _("Écrire le manuel"), primary=True)).open:
            with place:
                downloads.leaving(
                    project,
                    f"{title}, {project.name}",
                    lambda path: project.themes.export_manual(
                        path, title=title, examples=int(examples), named=named, counts=counts, version=number
                    ),
                    key="manual",
                    formats=("docx",),
                )
    with right:
        st.subheader(_("Ce qui manque encore"), anchor=False)
        _missing(book)


def _missing(book: Codebook) -> None:
    """Codes without a definition, a rule or an example: what a colleague would ask about."""
    asked = {
        _("Définition"): [not code.definition for code in book],
        _("Quand l'employer"): [not code.use for code in book],
        _("Exemple écrit"): [not code.example for code in book],
    }
    rows = [place for place in range(len(book)) if any(lacks[place] for lacks in asked.values())]
    if not rows:
        st.caption(_("Chaque code a une définition, une règle et un exemple."))
        return
    st.html(f'<p class="qk-quiet">{escaped(_("Sans exemple écrit, le manuel en prend un dans le corpus."))}</p>')
    st.dataframe(
        {
            _("Code"): [book.path(book.codes[place].id) for place in rows],
            **{name: [_("manque") if lacks[place] else "" for place in rows] for name, lacks in asked.items()},
        },
        hide_index=True,
        height=380,
        key="manual_missing",
    )
