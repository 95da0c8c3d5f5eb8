"""The page Territoires: who is compared with whom; what they talk about, how they say it, what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.i18n import _
from qualikit.project import Project
from qualikit.themes.comparing.model import UNITS
from qualikit.ui import downloads, places, sections, state
from qualikit.ui.messages import empty, escaped
from qualikit.ui.pages import (
    projet_choice,
    territoires_codes,
    territoires_exports,
    territoires_passages,
    territoires_words,
)

BY, GROUPS = "compare_by", "compare_groups"


class Asked:
    """What is compared: the dimension, the groups (values), what it is narrowed to."""

    def __init__(self, by: str, groups: Sequence[str], narrowed: dict[str, Any]) -> None:
        self.by = by
        self.groups = list(groups)
        self.narrowed = narrowed
        self.key = (by, *groups, repr(narrowed))


def show(project: Project) -> None:
    """Draw the page."""
    if not state.kept(project, "participants", project.corpus.participants):
        _empty()
        return
    with st.container(horizontal=True, vertical_alignment="bottom", key="compare-head"):
        st.title(_("Territoires"), anchor=False, width="content")
        by = _by(project)
        known = state.kept(project, "compare groups", lambda: project.themes.comparable_groups(by), by)
        groups = _groups(by, known)
        narrowed = _filters(project)
        asked = Asked(by, groups, narrowed)
        if (export := downloads.popover("compare_export", disabled=len(groups) < 2)).open:
            with export:
                territoires_exports.show(project, asked)
    part = sections.choose(
        "compare_part",
        _("Ce qui est comparé"),
        {"codes": _("De quoi ils parlent"), "mots": _("Comment ils le disent"), "passages": _("Ce qu'ils disent")},
    )
    if len(groups) < 2:
        _too_few(known)
        return
    if part == "mots":
        territoires_words.show(project, asked)
    elif part == "passages":
        territoires_passages.show(project, asked)
    else:
        territoires_codes.show(project, asked)


def _empty() -> None:
    with empty(
        _("Personne n'a encore la parole"),
        _(
            "Cette page compare des territoires, ou d'autres groupes : de quoi leurs participants parlent, avec quels "
            "mots, ce qu'ils disent de chaque thème, et ce qui, là-dedans, se distingue du hasard. Il faut d'abord des "
            "documents où l'on sait qui parle."
        ),
        icon="compare_arrows",
        key="territoires",
    ):
        if st.button(_("Importer des documents"), type="primary", key="compare_import"):
            places.go("corpus")
        projet_choice.sample_button("compare_sample")


def _too_few(known: Sequence[Any]) -> None:
    if len(known) >= 2:
        st.html(f'<p class="qk-nothing">{escaped(_("Choisissez au moins deux groupes à comparer."))}</p>')
        return
    with empty(
        _("Il n'y a qu'un groupe") if known else _("Aucun groupe n'est renseigné"),
        _(
            "Pour comparer, il faut au moins deux valeurs, portées par des personnes qui parlent ou par leurs "
            "documents. Elles se remplissent dans « Corpus », document par document ou par un tableau d'attributs ; ou "
            "bien comparez par autre chose, en haut de la page."
        ),
        icon="compare_arrows",
        key="compare-groups",
    ):
        if st.button(_("Renseigner les documents"), type="primary", key="compare_describe"):
            places.go("corpus")


def _by(project: Project) -> str:
    ways = dict(state.kept(project, "comparable", project.themes.comparable))
    if st.session_state.get(BY) not in ways:
        st.session_state[BY] = "territory"
    return str(
        st.selectbox(
            _("Comparer par"),
            list(ways),
            format_func=ways.__getitem__,
            key=BY,
            persist_state="session",
            label_visibility="collapsed",
            width=190,
        )
    )


def _groups(by: str, known: Sequence[Any]) -> list[str]:
    labels = {group.value: group.label for group in known}
    people = {group.value: group.people for group in known}
    key = f"{GROUPS} {by}"
    kept = st.session_state.get(key)
    if kept is None or any(value not in labels for value in kept):
        # The two where most people were heard; three or more make a map.
        first = sorted(labels, key=lambda value: -people[value])[:2]
        st.session_state[key] = [value for value in labels if value in first]
    return list(
        st.multiselect(
            _("Groupes"),
            list(labels),
            format_func=lambda value: f"{labels[value]} ({people[value]})",
            key=key,
            persist_state="session",
            label_visibility="collapsed",
            placeholder=_("Au moins deux groupes"),
            help=_("Entre parenthèses : les personnes entendues."),
        )
    )


def _filters(project: Project) -> dict[str, Any]:
    coders = list(state.kept(project, "usage by coder", lambda: project.coding.usage_counts("coder")))
    book = project.coding.codebook
    names = ("coder", "sources", "codes")
    used = sum(1 for name in names if st.session_state.get(f"compare_{name}"))
    used += st.session_state.get("compare_unit", UNITS[0]) != UNITS[0]
    label = _("Filtres ({n})").format(n=used) if used else _("Filtres")
    units = {"people": _("Personnes"), "sessions": _("Documents")}
    with st.popover(label, icon=":material/filter_alt:", key="compare_filters"):
        coder = st.selectbox(
            _("Codages de"),
            coders,
            index=None,
            placeholder=_("Tous les codeurs"),
            key="compare_coder",
            persist_state="session",
        )
        sources = st.multiselect(
            _("Types de source"),
            [kind.value for kind in SourceKind],
            format_func=lambda kind: source_kind_label(SourceKind(kind)),
            placeholder=_("Tous les types de source"),
            key="compare_sources",
            persist_state="session",
        )
        codes = st.multiselect(
            _("Codes, avec ceux sous eux"),
            [code.id for code in book],
            format_func=lambda id: book.path(id) if id in book else "",
            placeholder=_("Toute la grille"),
            key="compare_codes",
            persist_state="session",
            help=_("Moins de codes regardés : des écarts plus faciles à distinguer du hasard."),
        )
        unit = st.segmented_control(
            _("Unité comptée et échangée dans le test"),
            list(UNITS),
            format_func=units.__getitem__,
            default=UNITS[0],
            required=True,
            key="compare_unit",
            persist_state="session",
            help=_(
                "Les personnes d'un même focus group ne sont pas indépendantes : l'unité « Documents » en tient compte."
            ),
        )
    return {
        "coder": coder,
        "sources": sources or None,
        "codes": [id for id in codes if id in book] or None,
        "unit": unit,
    }
