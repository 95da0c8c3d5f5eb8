"""The section Attributs: what documents and participants are described by, and the lists that order it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.corpus.attributes import Attribute, Kind, Value, kind_label
from qualikit.corpus.queries import DocumentSummary
from qualikit.errors import QualikitError
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.text import natural
from qualikit.ui import messages, state
from qualikit.ui.messages import escaped, plain

EDITED = "attribute_value"
SHOWN = 60
"""Values with their own line: an attribute of more is text, and its sheet the place to change it."""


def show(project: Project, _documents: Sequence[DocumentSummary]) -> None:
    """Draw the section."""
    attributes = state.kept(project, "attributes", project.corpus.attributes.all)
    by_name = {attribute.name: attribute for attribute in attributes}
    left, right = st.columns([4, 8], gap="large")
    with left:
        if st.session_state.get("attribute") not in by_name:
            st.session_state["attribute"] = "territory"
        name = st.radio(
            _("Attribut"),
            list(by_name),
            format_func=lambda name: plain(by_name[name].label),
            captions=[_captions(attribute) for attribute in attributes],
            key="attribute",
            label_visibility="collapsed",
        )
        _new(project)
    with right:
        _one(project, by_name[name])


def _captions(attribute: Attribute) -> str:
    return plain(f"{kind_label(attribute.kind)} · {_borne(attribute.documents, attribute.participants)}")


def _borne(documents: int, participants: int) -> str:
    parts = []
    if documents:
        parts.append(ngettext("{n} document", "{n} documents", documents).format(n=documents))
    if participants:
        parts.append(ngettext("{n} personne", "{n} personnes", participants).format(n=participants))
    return ", ".join(parts) or _("pas encore porté")


def _new(project: Project) -> None:
    with (
        st.popover(_("Ajouter un attribut"), icon=":material/add:", type="tertiary", key="attribute_new"),
        st.form("attribute new", border=False, clear_on_submit=True),
    ):
        name = st.text_input(_("Nom de l'attribut"), placeholder=_("Quartier")).strip()
        kind = st.selectbox(_("Nature"), list(Kind), format_func=kind_label)
        if st.form_submit_button(_("Ajouter")) and name:
            state.act(project.corpus.attributes.describe, name, kind=kind)
            st.rerun()


def _one(project: Project, attribute: Attribute) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(plain(attribute.label), anchor=False, width="content")
        st.space("stretch")
        if not attribute.ours:
            _kind(project, attribute)
            _remove(project, attribute)
    if attribute.name == "territory":
        st.caption(_("Cet ordre est celui des colonnes de la matrice, des filtres et des tableaux."))
    if attribute.kind is Kind.CHOICE:
        _list(project, attribute)
    else:
        _values(attribute)


def _kind(project: Project, attribute: Attribute) -> None:
    key = f"kind {attribute.name} {attribute.kind}"
    st.selectbox(
        _("Nature"),
        list(Kind),
        index=list(Kind).index(attribute.kind),
        format_func=kind_label,
        key=key,
        label_visibility="collapsed",
        width=130,
        on_change=lambda: state.act(project.corpus.attributes.describe, attribute.name, kind=st.session_state[key]),
    )


def _remove(project: Project, attribute: Attribute) -> None:
    with st.popover(_("Retirer…"), icon=":material/delete:", key="attribute_remove"):
        st.markdown(
            plain(
                _("« {name} » sera retiré de : {borne}.").format(
                    name=attribute.label, borne=_borne(attribute.documents, attribute.participants)
                )
            )
        )
        st.caption(_("« Annuler », en haut de la page, ramène tout."))
        st.button(
            _("Retirer"),
            type="primary",
            key="attribute_remove_now",
            on_click=lambda: state.act(project.corpus.attributes.remove, attribute.name, done=_("Attribut retiré")),
        )


def _values(attribute: Attribute) -> None:
    if not attribute.values:
        st.caption(
            _("Aucune valeur encore : elles se remplissent dans « Documents », « Personnes », ou par un tableau.")
        )
        return
    st.dataframe(
        [
            {_("Valeur"): value.text, _("Documents"): value.documents, _("Personnes"): value.participants}
            for value in attribute.values
        ],
        hide_index=True,
    )


def _list(project: Project, attribute: Attribute) -> None:
    order = list(attribute.choices)

    def put(values: list[str]) -> None:
        state.act(project.corpus.attributes.describe, attribute.name, choices=values)

    with st.container(gap=None, key="attribute-values"):
        for place, value in enumerate(attribute.values[:SHOWN]):
            name, borne, acts = st.columns([5, 4, 4], vertical_alignment="center")
            name.markdown(plain(value.text))
            borne.html(f'<span class="qk-quiet">{escaped(_borne(value.documents, value.participants))}</span>')
            with acts.container(horizontal=True, horizontal_alignment="right", gap="small", wrap=False):
                _moves(place, order, put)
                st.button(
                    _("Renommer"),
                    key=f"rename value {place}",
                    icon=":material/edit:",
                    type="tertiary",
                    on_click=lambda value=value: st.session_state.__setitem__(EDITED, (attribute.name, value.text)),
                )
            if st.session_state.get(EDITED) == (attribute.name, value.text):
                _rename(project, attribute, value)
    if len(attribute.values) > SHOWN:
        st.caption(_("Les {n} premières valeurs sur {total}.").format(n=SHOWN, total=len(attribute.values)))
    with st.form("value new", border=False, clear_on_submit=True):
        field, button = st.columns([5, 8], vertical_alignment="bottom")
        new = field.text_input(
            _("Ajouter une valeur"), placeholder=_("Ajouter une valeur"), label_visibility="collapsed"
        ).strip()
        with button.container(horizontal=True):
            added = st.form_submit_button(_("Ajouter"), icon=":material/add:")
            sorted_ = st.form_submit_button(_("Ranger par ordre alphabétique"), type="tertiary")
        if added and new:
            put([*order, new])
            st.rerun()
        if sorted_:
            put(sorted(order, key=natural))
            st.rerun()


def _moves(place: int, order: list[str], put: object) -> None:
    for step, icon, words in ((-1, "arrow_upward", _("Monter")), (1, "arrow_downward", _("Descendre"))):
        other = place + step

        def move(other: int = other) -> None:
            moved = list(order)
            moved.insert(other, moved.pop(place))
            put(moved)

        st.button(
            words,
            key=f"value-move-{'up' if step < 0 else 'down'}-{place}",
            icon=f":material/{icon}:",
            help=words,
            type="tertiary",
            disabled=not 0 <= other < len(order),
            on_click=move,
        )


def _rename(project: Project, attribute: Attribute, value: Value) -> None:
    def close() -> None:
        st.session_state.pop(EDITED, None)

    with st.container(border=True, key="value-rename"):
        new = st.text_input(_("Nouveau nom"), value.text, key=f"rename to {attribute.name} {value.text}").strip()
        if new and new != value.text:
            try:
                plan = project.corpus.attributes.plan_rename(attribute.name, value.text, new)
            except QualikitError as refusal:
                messages.error(refusal)
                return
            parts = [_borne(plan.documents, plan.participants), *(each.noun for each in plan.following)]
            joins = new in attribute.choices
            said = (
                _("« {old} » et « {new} » ne feront plus qu'un : {parts}.")
                if joins
                else _("« {old} » s'appellera « {new} » partout : {parts}.")
            )
            st.markdown(plain(said.format(old=value.text, new=new, parts=", ".join(parts))))
            if plan.joined:
                _joined(plan)
        with st.container(horizontal=True):
            st.button(
                _("Réunir") if new in attribute.choices and new != value.text else _("Renommer"),
                key="value_rename_now",
                type="primary",
                disabled=not new or new == value.text,
                on_click=lambda: (
                    state.act(project.corpus.attributes.rename, attribute.name, value.text, new, done=_("C'est fait")),
                    close(),
                ),
            )
            if not value.documents and not value.participants:
                st.button(
                    _("Retirer de la liste"),
                    key="value_remove",
                    on_click=lambda: (
                        state.act(project.corpus.attributes.remove_value, attribute.name, value.text),
                        close(),
                    ),
                )
            st.button(_("Annuler"), key="value_rename_not", type="tertiary", on_click=close)


def _joined(plan: object) -> None:
    n = plan.joined
    st.warning(
        ngettext(
            "{n} texte déjà écrit est mis à la suite d'un autre : relisez-le ensuite.",
            "{n} textes déjà écrits sont mis à la suite d'autres : relisez-les ensuite.",
            n,
        ).format(n=n)
    )
    with st.expander(_("Voir ces textes"), key="value_joined"):
        for each in plan.following:
            for first, second in each.joined:
                st.html(f'<p class="qk-quote">{escaped(first)}</p><p class="qk-quote">{escaped(second)}</p><hr>')
