"""How a search is written, with examples that can be tried."""

from __future__ import annotations

import streamlit as st

from qualikit.i18n import _
from qualikit.ui.messages import escaped


def _ways() -> list[tuple[str, str]]:
    return [
        (_("pluie"), _("le mot et sa famille : pluie, pluies, PLUIE ; les accents ne comptent pas")),
        (_('"au pied"'), _("ces mots tels quels, dans cet ordre")),
        (_("médiat*"), _("tout ce qui commence ainsi : médiation, médiatrice…")),
        (_("pluie vélo"), _("les deux dans un même tour de parole")),
        (_("pluie OU froid"), _("l'un ou l'autre")),
        (_("pluie SAUF vélo"), _("le premier, sans le second dans le même tour")),
        (_("pluie PROCHE/5 vélo"), _("à cinq mots l'un de l'autre au plus, dans un ordre ou dans l'autre")),
        (_("=pluies"), _("cette forme seulement")),
        (_("(pluie OU froid) vélo"), _("des parenthèses pour dire ce qui va ensemble")),
    ]


def table() -> None:
    """Every way of writing a search."""
    rows = "".join(
        f"<tr><th><code>{escaped(typed)}</code></th><td>{escaped(finds)}</td></tr>" for typed, finds in _ways()
    )
    note = _("ET, OU, SAUF et PROCHE s'écrivent en capitales. L'apostrophe sépare : l'atelier trouve atelier.")
    st.html(f'<table class="qk-ways">{rows}</table><p class="qk-quiet">{escaped(note)}</p>')


def examples(field: str) -> None:
    """The page before anything is typed: what it is for, and some searches to try. ``field``: key of the field."""

    def write(typed: str) -> None:
        st.session_state[field] = typed

    with st.container(key="search-examples"):
        said = _("Tout ce qui a été dit d'un sujet, dans tous les documents, chaque mot dans sa phrase. Par exemple :")
        st.html(f'<p class="qk-quiet">{escaped(said)}</p>')
        for place, (typed, finds) in enumerate(_ways()[:8]):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                with st.container(width=210):
                    st.button(typed, key=f"search_example_{place}", on_click=write, args=(typed,), width="stretch")
                st.html(f'<span class="qk-quiet">{escaped(finds)}</span>')
