"""What the matrix is narrowed to: a saved query, and conditions chosen here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from qualikit.corpus.model import SourceKind, attribute_label, source_kind_label
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.reading.query import Query
from qualikit.ui import state

_LISTS = ("coders", "territories", "sources", "actors", "participants", "documents", "codes")
_PREFIX = "matrice_"


class Filters:
    """What was chosen. ``asked`` is what the services take, ``key`` tells one choice from another."""

    def __init__(self, where: Query | str | None, codes: Sequence[str], levels: int | None) -> None:
        self.asked: dict[str, Any] = {"where": where, "codes": list(codes) or None, "levels": levels}
        self.key = (str(where.to_json()) if isinstance(where, Query) else where, tuple(codes), levels)


def show(project: Project) -> Filters:
    """Draw the choice, and give what is chosen."""
    chosen = [name for name in (*_LISTS, "query", "attribute_values", "levels") if _kept(name)]
    label = _("Filtres ({n})").format(n=len(chosen)) if chosen else _("Filtres")
    with st.popover(label, icon=":material/filter_alt:", key="matrice_filters"):
        return _chosen(project)


def _kept(name: str) -> Any:
    return st.session_state.get(_PREFIX + name)


def _chosen(project: Project) -> Filters:
    found = state.kept(project, "matrix choices", project.themes.choices)
    saved = {each.id: each for each in state.kept(project, "queries", project.themes.queries.list)}
    query = st.selectbox(
        _("Recherche gardée"),
        list(saved),
        index=None,
        format_func=lambda id: saved[id].name if id in saved else "",
        placeholder=_("Aucune"),
        help=_("Une recherche de passages de « Lire par code », gardée sous un nom."),
        key=_PREFIX + "query",
        persist_state="session",
        disabled=not saved,
    )
    coders = state.kept(project, "usage by coder", lambda: project.coding.usage_counts("coder"))
    parts: dict[str, tuple[str, ...]] = {
        "coders": _several("coders", _("Codages de"), list(coders), _("Tous les codeurs")),
        "territories": _several("territories", _("Territoires"), found["territories"], _("Tous les territoires")),
        "sources": _several(
            "sources",
            _("Types de source"),
            {kind.value: source_kind_label(kind) for kind in SourceKind},
            _("Tous les types de source"),
        ),
        "actors": _several("actors", _("Types d'acteur"), found["actors"], _("Tous les acteurs")),
        "participants": _several("participants", _("Personnes"), found["participants"], _("Toutes")),
        "documents": _several("documents", _("Documents"), found["documents"], _("Tous les documents")),
    }
    attributes = _attributes(found["attributes"])
    book = project.coding.codebook
    families = _several(
        "codes", _("Familles de codes"), {code.id: code.name for code in book.roots()}, _("Toute la grille")
    )
    levels = _levels(max((len(book.ancestors(code.id)) for code in book), default=0) + 1)
    codes = [id for family in families for id in (family, *(below.id for below in book.descendants(family)))]
    return Filters(_where(saved[query].query if query in saved else None, parts, attributes), codes, levels)


def _several(name: str, label: str, options: dict[str, str] | list[str], nothing: str) -> tuple[str, ...]:
    names = options if isinstance(options, dict) else {each: each for each in options}
    chosen = st.multiselect(
        label,
        list(names),
        format_func=lambda id: names.get(id, ""),
        placeholder=nothing,
        key=_PREFIX + name,
        persist_state="session",
    )
    return tuple(chosen)


def _attributes(known: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not known:
        return ()
    pairs = {f"{name}={value}": (name, value) for name, values in known.items() for value in values}
    chosen = _several(
        "attribute_values",
        _("Autres attributs"),
        {
            key: _("{name} : {value}").format(name=attribute_label(name), value=value)
            for key, (name, value) in pairs.items()
        },
        _("Toutes les valeurs"),
    )
    by_name: dict[str, list[str]] = {}
    for key in chosen:
        name, value = pairs[key]
        by_name.setdefault(name, []).append(value)
    return tuple((name, tuple(values)) for name, values in by_name.items())


def _levels(deepest: int) -> int | None:
    if deepest < 2:
        return None
    names = {1: _("Les familles seules"), **{n: _("{n} niveaux").format(n=n) for n in range(2, deepest)}}
    level = st.selectbox(
        _("Grille repliée"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=_("Toute la grille"),
        help=_("Un code compte les codes repliés sous lui."),
        key=_PREFIX + "levels",
        persist_state="session",
    )
    return int(level) if level is not None else None


def _where(
    saved: Query | None, parts: dict[str, tuple[str, ...]], attributes: tuple[tuple[str, tuple[str, ...]], ...]
) -> Query | None:
    """The saved query with what is chosen here in its place; every coder's codings unless it says otherwise."""
    chosen: dict[str, Any] = {name: values for name, values in parts.items() if values}
    if "sources" in chosen:
        chosen["sources"] = tuple(map(SourceKind, chosen["sources"]))
    if attributes:
        chosen["attributes"] = attributes
    if saved is None and not chosen:
        return None
    return replace(saved or Query(everyone=not parts["coders"]), **chosen)
