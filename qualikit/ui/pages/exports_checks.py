"""What to know before the documents leave: names, themes without a synthesis, drafts, texts without a code."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qualikit.i18n import _, ngettext
from qualikit.themes.documents.readiness import OfTerritory, Readiness
from qualikit.themes.wording import listed
from qualikit.ui import places
from qualikit.ui.messages import escaped
from qualikit.ui.pages.exports_making import Made
from qualikit.ui.pages.exports_options import Asked

_SHOWN = 3


def show(ready: Readiness, asked: Asked, made: Sequence[Made]) -> bool:
    """Draw the checks; whether documents that hold names may leave."""
    st.subheader(_("Avant de remettre"), anchor=False)
    lines = [*_names(ready), *_texts(ready)]
    for each in ready.territories:
        if each.territory in asked.territories:
            lines += _territory(each)
    st.html("".join(f'<p class="qk-note {kind}">{escaped(words)}</p>' for kind, words in lines))
    to_write = any(each.drafts or each.without for each in ready.territories if each.territory in asked.territories)
    if to_write and st.button(
        _("Écrire les synthèses"), key="exports_write", type="tertiary", icon=":material/edit_note:"
    ):
        places.go("syntheses")
    held = any(not one.found.clean for one in made)
    if not held:
        return False
    if st.button(_("Aller aux pseudonymes"), key="exports_names", type="tertiary", icon=":material/badge:"):
        places.go("pseudonymes")
    return st.checkbox(_("Remettre même les documents qui contiennent des noms"), key="exports_allow")


def _names(ready: Readiness) -> list[tuple[str, str]]:
    if ready.pseudonymised:
        return [("", _("Les textes portent des pseudonymes ; chaque document est relu avant de pouvoir être pris."))]
    if ready.has_key:
        return [("qk-doubt", _("Il y a une clé de pseudonymes, mais ils n'ont pas encore été mis dans les textes."))]
    return [
        (
            "qk-doubt",
            _(
                "Aucun pseudonyme n'a été mis dans les textes : les noms qui y sont dits restent dans les documents. "
                "Seuls les numéros et les adresses y sont cherchés."
            ),
        )
    ]


def _texts(ready: Readiness) -> list[tuple[str, str]]:
    found = []
    if ready.uncoded:
        n, total = len(ready.uncoded), ready.documents
        said = ngettext(
            "{n} document sur {total} n'a aucun codage : {titles}.",
            "{n} documents sur {total} n'ont aucun codage : {titles}.",
            n,
        )
        found.append(("qk-doubt", said.format(n=n, total=total, titles=_some(ready.uncoded))))
    if not ready.chosen:
        found.append(("", _("Aucun passage n'a été choisi comme verbatim : deux par case sont proposés.")))
    return found


def _territory(each: OfTerritory) -> list[tuple[str, str]]:
    found = []
    if each.without:
        said = ngettext(
            "{territory} : {n} thème codé sur {total} n'a pas de synthèse ({names}).",
            "{territory} : {n} thèmes codés sur {total} n'ont pas de synthèse ({names}).",
            len(each.without),
        )
        names = _some(tuple(name for _id, name in each.without))
        found.append(
            ("qk-doubt", said.format(territory=each.label, n=len(each.without), total=each.themes, names=names))
        )
    if each.proposed:
        said = ngettext(
            "{territory} : {n} synthèse contient encore la proposition automatique.",
            "{territory} : {n} synthèses contiennent encore la proposition automatique.",
            each.proposed,
        )
        found.append(("qk-doubt", said.format(territory=each.label, n=each.proposed)))
    if each.drafts:
        said = ngettext(
            "{territory} : {n} synthèse sur {total} n'est pas validée.",
            "{territory} : {n} synthèses sur {total} ne sont pas validées.",
            each.drafts,
        )
        found.append(("", said.format(territory=each.label, n=each.drafts, total=each.written)))
    return found


def _some(names: tuple[str, ...]) -> str:
    return listed(names) if len(names) <= _SHOWN else ", ".join(names[:_SHOWN]) + "…"
