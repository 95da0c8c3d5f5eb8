"""The documents of the project: filtered, described as in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.attributes import Attribute, Kind, kind_label
from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.corpus.naming import attribute_key, own_value, replaced
from qualikit.corpus.queries import DocumentSummary
from qualikit.i18n import _, ngettext
from qualikit.project import Project
from qualikit.text import fold
from qualikit.ui import downloads, places, state, typed
from qualikit.ui.sheet import sheet

CHOSEN = "corpus_document"
NOWHERE = "-"
MOST = 18
"""Lines of the sheet on the screen; past that it scrolls."""
COUNTS = ("words", "turns", "participants", "codings")


def show(project: Project, documents: Sequence[DocumentSummary]) -> None:
    """Draw the filters and the sheet."""
    shown = _filters(project, documents)
    if not shown:
        st.info(_("Aucun document ne répond à ces filtres."), icon=":material/filter_alt_off:")
        return
    codings = state.kept(project, "usage by document", lambda: project.coding.usage_counts("document"))
    attributes = state.kept(project, "attributes", project.corpus.attributes.all)
    territory = next(attribute for attribute in attributes if attribute.name == "territory")
    own = _own(attributes, documents)
    records = [_record(document, codings.get(document.id, 0), own) for document in shown]
    sheet(
        "documents",
        records,
        _columns(territory, own),
        lambda id, changes: _save(project, id, changes),
        revision=project.revision,
        locked=COUNTS,
        height=38 + 35 * min(len(records), MOST),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(
            ngettext("{n} document sur {total}", "{n} documents sur {total}", len(shown)).format(
                n=len(shown), total=len(documents)
            )
            + " · "
            + _("Une case se modifie d'un double-clic ; elle est enregistrée aussitôt."),
            width="content",
        )
        st.space("stretch")
        _new_attribute(project, own)
        downloads.buttons(_("Documents"), project.corpus.attributes.export, key="documents")


def _filters(project: Project, documents: Sequence[DocumentSummary]) -> list[DocumentSummary]:
    asked_territory, asked_kind = places.asked("territoire"), places.asked("type")
    if asked_territory or asked_kind:
        st.session_state["filter_territory"] = [asked_territory] if asked_territory else []
        st.session_state["filter_kind"] = [asked_kind] if asked_kind in list(SourceKind) else []
        for name in ("territoire", "type"):
            st.query_params.pop(name, None)
    used = {document.document.territory or NOWHERE for document in documents}
    territories = [where for where in (*project.corpus.territories(), NOWHERE) if where in used]
    kinds = [kind.value for kind in SourceKind if any(d.document.source_kind is kind for d in documents)]
    for name, options in (("filter_territory", territories), ("filter_kind", kinds)):
        kept = [value for value in st.session_state.get(name, []) if value in options]
        st.session_state[name] = kept
    with st.container(key="documents-filters"):
        words, territory, kind = st.columns([4, 4, 4])
    wanted = words.text_input(
        _("Chercher un titre"),
        key="filter_title",
        placeholder=_("Chercher un titre"),
        label_visibility="collapsed",
        persist_state="session",
    )
    chosen_territories = territory.multiselect(
        _("Territoires"),
        territories,
        format_func=lambda value: _("Sans territoire") if value == NOWHERE else value,
        placeholder=_("Tous les territoires"),
        label_visibility="collapsed",
        key="filter_territory",
        persist_state="session",
    )
    chosen_kinds = kind.multiselect(
        _("Types de source"),
        kinds,
        format_func=lambda value: source_kind_label(SourceKind(value)),
        placeholder=_("Tous les types de source"),
        label_visibility="collapsed",
        key="filter_kind",
        persist_state="session",
    )
    return [
        document
        for document in documents
        if fold(wanted or "") in fold(document.title)
        and (not chosen_territories or (document.document.territory or NOWHERE) in chosen_territories)
        and (not chosen_kinds or document.document.source_kind.value in chosen_kinds)
    ]


def _own(attributes: Sequence[Attribute], documents: Sequence[DocumentSummary]) -> list[Attribute]:
    """Those with a column: borne by a document, borne by nobody yet, or asked for."""
    borne = {attribute_key(name) for document in documents for name in document.document.attributes}
    asked = st.session_state.get("new_attributes", [])
    return [
        attribute
        for attribute in attributes
        if attribute.name in borne or (not attribute.ours and not attribute.participants) or attribute.name in asked
    ]


def _record(document: DocumentSummary, codings: int, own: Sequence[Attribute]) -> dict[str, Any]:
    described = document.document
    return {
        "id": document.id,
        "open": _("Ouvrir"),
        "title": document.title,
        "kind": source_kind_label(described.source_kind),
        "territory": described.territory,
        "date": described.date,
        **{f"attribute {each.name}": typed.shown(each, own_value(described.attributes, each.name)) for each in own},
        "words": document.words,
        "turns": document.turns,
        "participants": document.participants,
        "codings": codings,
    }


def _columns(territory: Attribute, own: Sequence[Attribute]) -> dict[str, Any]:
    make = st.column_config
    return {
        "open": make.ButtonColumn("", width=66, type="tertiary", key="open_document", on_click=_open, pinned=True),
        "title": make.TextColumn(_("Titre"), width=285, required=True),
        "kind": make.SelectboxColumn(
            _("Type de source"), width=135, required=True, options=[source_kind_label(kind) for kind in SourceKind]
        ),
        "territory": typed.column(territory, width=110),
        "date": make.DateColumn(_("Date"), format="DD/MM/YYYY", width=100),
        **{f"attribute {each.name}": typed.column(each) for each in own},
        "words": make.NumberColumn(_("Mots"), format="localized", width=70),
        "turns": make.NumberColumn(_("Tours"), format="localized", width=65),
        "participants": make.NumberColumn(_("Personnes"), format="localized", width=85),
        "codings": make.NumberColumn(_("Codages"), format="localized", width=80),
    }


def _open() -> None:
    click = st.session_state.get("open_document")
    held = st.session_state.get("documents held")
    if click is not None and held is not None:
        st.session_state[CHOSEN] = held["records"][click["row"]]["id"]


def _save(project: Project, id: str, changes: dict[str, Any]) -> None:
    kinds = {source_kind_label(kind): kind for kind in SourceKind}
    described: dict[str, Any] = {}
    if "title" in changes:
        described["title"] = changes["title"] or ""
    if "kind" in changes:
        described["source_kind"] = kinds[changes["kind"]]
    for name in ("territory", "date"):
        if name in changes:
            described[name] = changes[name] or ""
    own = {name.removeprefix("attribute "): value for name, value in changes.items() if name.startswith("attribute ")}
    if own:
        before = project.corpus.document(id).attributes
        described["attributes"] = replaced(before, {name: typed.kept(value) for name, value in own.items()})
    project.corpus.update_document(id, **described)


def _new_attribute(project: Project, own: Sequence[Attribute]) -> None:
    with (
        st.popover(_("Ajouter une colonne"), icon=":material/add:", type="tertiary", key="new_attribute"),
        st.form("new attribute", border=False, clear_on_submit=True),
    ):
        name = st.text_input(_("Nom de l'attribut"), placeholder=_("Quartier")).strip()
        kind = st.selectbox(_("Nature"), list(Kind), format_func=kind_label)
        if st.form_submit_button(_("Ajouter")) and name and attribute_key(name) not in {each.name for each in own}:
            known = {each.name for each in project.corpus.attributes.all()}
            if attribute_key(name) not in known:
                state.act(project.corpus.attributes.describe, name, kind=kind)
            st.session_state["new_attributes"] = [*st.session_state.get("new_attributes", []), attribute_key(name)]
            st.rerun()
