"""What a search is narrowed to: a line of filters, the rarer ones folded away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.ui import state

NAMES = ("territory", "source", "actor", "document", "participant", "code", "without_code", "coded_by")
SWITCHES = ("uncoded", "without_moderators")


class Chosen:
    """The filters as the services take them; ``key`` tells them from others."""

    def __init__(self) -> None:
        lists = {name: tuple(st.session_state.get(_key(name)) or ()) for name in NAMES}
        switches = {name: bool(st.session_state.get(_key(name))) for name in SWITCHES}
        self.key = (*lists.values(), *switches.values())
        self.count = sum(map(bool, self.key))
        self.asked: dict[str, Any] = {
            **{name: list(chosen) or None for name, chosen in lists.items()},
            "uncoded": switches["uncoded"],
            "moderators": not switches["without_moderators"],
        }


def _key(name: str) -> str:
    return f"search_{name}"


def forget() -> None:
    """No filter any more."""
    for name in (*NAMES, *SWITCHES):
        st.session_state.pop(_key(name), None)


def take(*, moderators: bool, **lists: list[str]) -> None:
    """These filters and no others: lists of values by their names."""
    forget()
    for name, values in lists.items():
        st.session_state[_key(name)] = values
    st.session_state[_key("without_moderators")] = not moderators


def show(project: Project) -> Chosen:
    """Draw the filters."""
    documents = state.kept(project, "documents", project.corpus.documents)
    people = state.kept(project, "participants", project.corpus.participants)
    described = [document.document for document in documents]
    territories = sorted(
        {value for value in (document.territory for document in described) if value}
        | {value for value in (person.attributes.get("territory") for person in people) if value}
    )
    actors = sorted(
        {value for value in (document.attributes.get("actor") for document in described) if value}
        | {value for value in (person.attributes.get("actor") for person in people) if value}
    )
    kinds = [kind.value for kind in SourceKind if any(document.source_kind is kind for document in described)]
    with st.container(key="search-filters"):
        one, two, three, more = st.columns([4, 4, 4, 2.4], vertical_alignment="center")
        with one:
            _several("territory", _("Territoires"), territories, _("Tous les territoires"))
        with two:
            _several("source", _("Types de source"), kinds, _("Tous les types de source"), _kind)
        with three:
            _several("actor", _("Types d'acteur"), actors, _("Tous les types d'acteur"))
        folded = sum(bool(st.session_state.get(_key(name))) for name in (*NAMES[3:], *SWITCHES))
        label = _("Filtres ({n})").format(n=folded) if folded else _("Plus de filtres")
        with more, st.popover(label, icon=":material/filter_alt:", key="search_filters", width="stretch"):
            _folded(project, {document.id: document.title for document in documents}, people)
    return Chosen()


def _folded(project: Project, titles: dict[str, str], people: Sequence[Any]) -> None:
    names = {person.id: person.name for person in people}
    book = project.coding.codebook
    codes = {code.id: book.path(code.id) for code in book}
    coders = list(state.kept(project, "usage by coder", lambda: project.coding.usage_counts("coder")))
    _several("document", _("Documents"), list(titles), _("Tous les documents"), titles.get, label=True)
    _several("participant", _("Qui parle"), list(names), _("Tout le monde"), names.get, label=True)
    st.toggle(
        _("Sans ce que disent ceux qui animent ou observent"),
        key=_key("without_moderators"),
        persist_state="session",
    )
    if codes:
        _several("code", _("Dans les passages codés"), list(codes), _("Codés ou non"), codes.get, label=True)
        if len(coders) > 1:
            _several("coded_by", _("Codés par"), coders, _("N'importe qui"), label=True)
        _several("without_code", _("Hors des passages codés"), list(codes), _("Rien à écarter"), codes.get, label=True)
        st.toggle(_("Hors de tout passage codé"), key=_key("uncoded"), persist_state="session")
    st.button(_("Effacer les filtres"), key="search_forget", type="tertiary", on_click=forget)


def _kind(value: str) -> str:
    return source_kind_label(SourceKind(value))


def _several(
    name: str, words: str, options: Sequence[str], anything: str, show: Any = None, *, label: bool = False
) -> None:
    kept = st.session_state.get(_key(name))
    if kept and any(value not in options for value in kept):  # gone from the project since
        st.session_state[_key(name)] = [value for value in kept if value in options]
    st.multiselect(
        words,
        options,
        format_func=lambda value: (show(value) if show else value) or "",
        placeholder=anything,
        label_visibility="visible" if label else "collapsed",
        key=_key(name),
        disabled=not options,
        persist_state="session",
    )
