"""The section « Moyens »: what can run here, what each costs, which encoder is used."""

from __future__ import annotations

import streamlit as st

from qualikit.coding import encoders
from qualikit.coding.able import Ability, abilities
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state
from qualikit.ui.messages import escaped, leave_note, plain
from qualikit.ui.pages import assistance_cards as cards


def show(project: Project) -> None:
    """Draw the section."""
    found = abilities()
    chosen = encoders.chosen()
    st.header(_("Comparer les passages"), anchor=False)
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
    _model(project)
    st.header(_("Les assistants"), anchor=False)
    for each in found:
        if each.kind == "assistant":
            mark = "✓" if not each.missing else "–"
            label = each.label[:1].upper() + each.label[1:]
            st.html(
                f'<p>{mark} <b>{escaped(label)}</b> <span class="qk-quiet">{escaped(each.missing or each.cost)}'
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


def _model(project: Project) -> None:
    """The language model of the project: set, allowed by naming its host, forbidden again."""
    st.header(_("Un modèle de langue à vous"), anchor=False)
    cards.quiet(
        _(
            "Éteint tant que vous ne l'avez pas réglé et permis. Il peut tourner sur cet ordinateur (Ollama, LM "
            "Studio, llama.cpp…) ou sur un serveur de votre structure. Les passages lui sont alors envoyés, avec les "
            "définitions des codes ; les noms sont d'abord remplacés si le projet a des pseudonymes."
        )
    )
    model = project.coding.endpoint
    setting = model.setting
    with st.form("endpoint", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        url = st.text_input(
            _("Adresse"), setting.url if setting else "", placeholder="http://localhost:11434", key="endpoint_url"
        )
        name = st.text_input(
            _("Nom du modèle"), setting.model if setting else "", placeholder="mistral-small", key="endpoint_model"
        )
        if st.form_submit_button(_("Garder")):
            state.act(model.set, url, name)
            st.rerun()
    if setting is None:
        return
    if setting.allowed and setting.consent is not None:
        st.success(
            plain(
                _("Permis par {coder} : des passages peuvent être envoyés à {host}.").format(
                    coder=setting.consent.coder, host=setting.host
                )
            )
        )
        st.button(_("Retirer cet accord"), key="endpoint_withdraw", on_click=state.act, args=(model.withdraw,))
        if project.corpus.pseudonyms.has_key:
            cards.quiet(
                _("La clé des pseudonymes est demandée à chaque fois : qualikit suggest PROJET --assistant endpoint.")
            )
        else:
            st.warning(_("Ce projet n'a pas de pseudonymes : les noms dits dans les textes partiraient tels quels."))
    else:
        host = st.text_input(
            _("Pour permettre l'envoi, écrivez le nom de l'hôte : {host}").format(host=plain(setting.host)),
            key="endpoint_host",
        )
        st.button(
            _("Permettre l'envoi à cet hôte"),
            key="endpoint_consent",
            disabled=not host.strip(),
            on_click=state.act,
            args=(model.consent, host.strip()),
        )
    calls = model.calls()
    if calls:
        st.dataframe(model.calls_frame(), hide_index=True, key="endpoint_calls")
