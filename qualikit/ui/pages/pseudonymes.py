"""The page Pseudonymes: names found, read again, replaced, looked for once more; then the key that says who is who."""

from __future__ import annotations

import streamlit as st

from qualikit.corpus.pseudonyms.model import Decision
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import jobs, messages, places, state
from qualikit.ui.messages import escaped
from qualikit.ui.pages import (
    projet_choice,
    pseudonymes_apply,
    pseudonymes_check,
    pseudonymes_find,
    pseudonymes_key,
    pseudonymes_person,
    pseudonymes_review,
)

STEP = "pseudonyms_step"


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "documents", project.corpus.documents):
        _empty()
        return
    key = pseudonymes_key.opened(project)
    with st.container(horizontal=True, vertical_alignment="bottom", key="pseudonyms-head"):
        st.title(_("Pseudonymes"), anchor=False, width="content")
        if key is not None:
            st.html(
                f'<p class="qk-quiet qk-beside">{escaped(_("Clé ouverte : {name}").format(name=key.path.name))}</p>'
            )
            st.space("stretch")
            st.button(
                _("Refermer la clé"),
                icon=":material/lock:",
                type="tertiary",
                key="close_key",
                on_click=pseudonymes_key.close,
            )
    if key is None:
        pseudonymes_key.locked(project)
    else:
        _steps(project, key)
    pseudonymes_person.show(project, key)


def _empty() -> None:
    with messages.empty(
        _("Aucun nom à remplacer"),
        _(
            "Cette page cherche les noms de personnes, de lieux, les téléphones et les adresses dans vos textes, et "
            "les remplace par des pseudonymes. Importez d'abord des documents."
        ),
        icon="badge",
        key="pseudonyms",
    ):
        if st.button(_("Importer des documents"), type="primary", key="pseudonyms_import"):
            places.go("corpus")
        projet_choice.sample_button("pseudonyms_sample")


def _steps(project: Project, key: pseudonymes_key.Key) -> None:
    pending = sum(entry.decision is Decision.PENDING for entry in key.entries)
    names = {
        "find": _("1. Chercher"),
        "review": _("2. Relire ({n} à décider)").format(n=pending) if pending else _("2. Relire"),
        "apply": _("3. Appliquer"),
        "check": _("4. Contrôler"),
        "key": _("5. Clé"),
    }
    if STEP not in st.session_state:
        st.session_state[STEP] = "review" if key.entries else "find"
    step = st.segmented_control(
        _("Étapes"),
        list(names),
        format_func=names.__getitem__,
        key=STEP,
        required=True,
        label_visibility="collapsed",
    )
    jobs.show()
    match step:
        case "find":
            pseudonymes_find.show(project, key)
        case "review":
            pseudonymes_review.show(project, key)
        case "apply":
            pseudonymes_apply.show(project, key, pending)
        case "check":
            pseudonymes_check.show(project, key)
        case _:
            pseudonymes_key.show(project, key)
