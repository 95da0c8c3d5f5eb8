"""What is asked of the documents: territories, verbatims, how people are called, the firm's template."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from qualikit.errors import TemplateRefused
from qualikit.i18n import _
from qualikit.themes.documents.readiness import Readiness
from qualikit.themes.exporters.word.template import Template, marks
from qualikit.themes.verbatims import Choice
from qualikit.ui import messages
from qualikit.ui.messages import plain

MOST = 4
"""Territories whose synthesis is made without being asked for."""


@dataclass(frozen=True)
class Asked:
    """What the page was asked."""

    territories: tuple[str, ...]
    verbatims: Choice
    named: bool | None
    template: Template | None


def show(ready: Readiness) -> Asked:
    """Draw the options."""
    st.subheader(_("Options"), anchor=False)
    labels = {each.territory: each.label for each in ready.territories}
    coded = [each.territory for each in ready.territories if each.codings and each.territory]
    territories = st.multiselect(
        _("Synthèses des territoires"),
        list(labels),
        default=coded[:MOST],
        format_func=lambda value: labels.get(value, value),
        placeholder=_("Aucun territoire"),
        key="exports_territories",
        persist_state="session",
    )
    quoted: dict[Choice, str] = {
        "auto": _("Retenus, ou deux proposés par case"),
        "chosen": _("Retenus seulement"),
        "all": _("Tous les passages"),
        "none": _("Aucun"),
    }
    verbatims = st.selectbox(
        _("Verbatims cités"),
        list(quoted),
        format_func=quoted.__getitem__,
        key="exports_quoted",
        persist_state="session",
    )
    called = {"auto": _("Selon le document"), "names": _("Sous leur nom"), "numbers": _("Sous un numéro")}
    named = st.selectbox(
        _("Les personnes"),
        list(called),
        format_func=called.__getitem__,
        key="exports_named",
        persist_state="session",
        help=_(
            "Selon le document : par leur nom dans la synthèse ; dans le recueil et l'annexe, par leur nom si ce sont "
            "des pseudonymes, sinon par un numéro et leur type d'acteur."
        ),
    )
    return Asked(tuple(territories), verbatims, {"names": True, "numbers": False}.get(named), _template())


def _template() -> Template | None:
    file = st.file_uploader(
        _("Modèle Word de votre structure"),
        type=["docx", "dotx", "docm", "dotm"],
        key="exports_template",
        help=_("Ses styles, ses en-têtes et sa page sont pris ; les styles qui manquent sont ajoutés."),
    )
    with st.popover(_("Ce qu'un modèle peut contenir"), icon=":material/info:", type="tertiary"):
        st.markdown("\n".join(f"- `{{{{{name}}}}}` : {plain(words)}" for name, words in marks().items()))
        st.caption(
            _(
                "Sans aucune de ces marques, le texte du modèle n'est pas repris : seulement ses styles, ses en-têtes, "
                "ses pieds de page et sa mise en page."
            )
        )
    if file is None:
        return None
    try:
        return Template.read(file.getvalue(), file.name)
    except TemplateRefused as refusal:
        messages.error(refusal)
        return None
