"""The section « Moyens »: what can run here, what each costs, which encoder is used."""

from __future__ import annotations

import streamlit as st

from qualikit.coding import encoders
from qualikit.coding.able import Ability, abilities
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, leave_note
from qualikit.ui.pages import assistance_cards as cards


def show(project: Project) -> None:
    """Draw the section."""
    found = abilities()
    chosen = encoders.chosen()
    st.subheader(_("Comparer les passages"), anchor=False)
    cards.quiet(
        _(
            "Un encodeur place chaque passage près de ceux qui disent la même chose. Il tourne sur "
            "cet ordinateur ; "
            "changer d’encodeur fait relire le corpus une fois."
        )
    )
    for each in found:
        if each.kind == "encoder":
            _encoder(each, chosen)
    with st.form("encoder_folder", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        folder = st.text_input(
            _("Le dossier d'un modèle « sentence-transformers »"),
            key="encoder_model",
            placeholder=_("/dossier/du/modèle"),
        )
        if st.form_submit_button(_("Le prendre")) and folder.strip():
            _choose(f"sentence-transformers:{folder.strip()}")
            st.rerun()
    st.subheader(_("Les assistants"), anchor=False)
    for each in found:
        if each.kind == "assistant":
            mark = "✓" if not each.missing else "–"
            st.html(
                f'<p>{mark} <b>{escaped(each.label[:1].upper() + each.label[1:])}</b> <span class="qk-quiet">{escaped(each.missing or each.cost)}'
                f"</span></p>"
            )


def _encoder(ability: Ability, chosen: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"encoder-{ability.name.partition(':')[0]}"):
        own = ability.name == chosen
        mark = "●" if own else "○"
        st.html(
            f'<p>{mark} <b>{escaped(ability.label)}</b><br><span class="qk-quiet">'
            f"{escaped(ability.missing or ability.cost)}</span></p>",
            width="stretch",
        )
        st.button(
            _("Choisi") if own else _("Prendre"),
            key=f"choose {ability.name}",
            disabled=own or bool(ability.missing),
            on_click=_choose,
            args=(ability.name,),
        )


def _choose(spec: str) -> None:
    state.act(encoders.choose, spec)
    if encoders.chosen() == spec:
        leave_note(_("Encodeur changé"))
