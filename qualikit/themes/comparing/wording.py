"""What a comparison says of itself: how it was tested, whether a difference can be told from chance."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qualikit.i18n import _, decimal, ngettext, number
from qualikit.themes.wording import listed

if TYPE_CHECKING:
    from qualikit.themes.comparing.model import Test, Unit


def unit_words(unit: Unit, n: int) -> str:
    """« 8 personnes », « 1 document »."""
    if unit == "people":
        return ngettext("{n} personne", "{n} personnes", n).format(n=number(n))
    return ngettext("{n} document", "{n} documents", n).format(n=number(n))


def p_value(p: float) -> str:
    """« 0,012 », « < 0,001 », « – » where no test was made."""
    if math.isnan(p):
        return "–"
    return f"<\u00a0{decimal(0.001, 3)}" if p < 0.001 else decimal(p, 3 if p < 0.1 else 2)


def points(difference: float) -> str:
    """« +32 points » of a difference of shares."""
    n = round(100 * difference)
    written = f"{n:+d}".replace("-", "\u2212") if n else "0"
    return ngettext("{n} point", "{n} points", abs(n)).format(n=written)


def test_said(test: Test) -> str:
    """How the differences were held against chance, or why they could not be."""
    present = [size for size in test.sizes if size]
    if len(present) < 2:
        return _("Aucun test possible : il faut au moins deux groupes où quelqu'un parle.")
    against = _(" contre ").join(unit_words(test.unit, size) for size in present)
    if not test.possible:
        return _impossible(test, against)
    said = [_how(test, against), _corrected(test)]
    if test.strata:
        said.append(_strata(test))
    if test.least * test.looked_at > 0.05 and test.correction == "holm":
        said.append(
            _(
                "Si peu de répartitions ne donnent pas de p sous {least} : une fois corrigé pour {n} codes, même "
                "l'écart le plus grand ne se distinguerait pas du hasard. Regardez moins de codes."
            ).format(least=p_value(test.least), n=test.looked_at)
        )
    return " ".join(said)


def _impossible(test: Test, against: str) -> str:
    if test.arrangements == 1 and test.strata:
        why = _(
            "les échanges se font seulement entre {kinds}, et rien de ce qui est de même nature n'est présent dans "
            "deux groupes ({against})."
        ).format(kinds=_stratum_words(test), against=against)
    else:
        ways = ngettext("il n'y a que {n} façon", "il n'y a que {n} façons", test.arrangements)
        why = _("avec {against}, {ways} de répartir ; la plus petite valeur de p possible est {least}.").format(
            against=against, ways=ways.format(n=number(test.arrangements)), least=decimal(test.least)
        )
        if test.strata:
            why += " " + _strata(test)
    return _("Aucun test possible : {why}").format(why=why)


def _how(test: Test, against: str) -> str:
    if test.exact:
        ways = _("les {n} répartitions possibles").format(n=number(test.arrangements))
    else:
        ways = _("{n} répartitions tirées au sort, graine fixe").format(n=number(test.draws))
    return _(
        "Chaque écart est comparé à ceux qu'on trouve quand {units} changent de groupe au hasard, sans séparer ce "
        "qui y est dit ({against} ; {ways})."
    ).format(
        units=_("des personnes entières") if test.unit == "people" else _("des documents entiers"),
        against=against,
        ways=ways,
    )


def _corrected(test: Test) -> str:
    if test.correction == "holm":
        return ngettext(
            "Les valeurs de p sont corrigées pour {n} code regardé (Holm) : une seule fausse alerte parmi tous a au "
            "plus 5 chances sur 100.",
            "Les valeurs de p sont corrigées pour {n} codes regardés (Holm) : une seule fausse alerte parmi tous a au "
            "plus 5 chances sur 100.",
            test.looked_at,
        ).format(n=test.looked_at)
    return ngettext(
        "Les valeurs de p sont corrigées pour {n} mot regardé (Benjamini et Hochberg) : parmi les mots signalés, au "
        "plus 5 sur 100 environ le sont à tort.",
        "Les valeurs de p sont corrigées pour {n} mots regardés (Benjamini et Hochberg) : parmi les mots signalés, au "
        "plus 5 sur 100 environ le sont à tort.",
        test.looked_at,
    ).format(n=test.looked_at)


def _stratum_words(test: Test) -> str:
    return _("personnes de même type d'acteur") if test.unit == "people" else _("documents de même type de source")


def _strata(test: Test) -> str:
    return _("Les échanges se font seulement entre {kinds} ({names}).").format(
        kinds=_stratum_words(test), names=listed(test.strata)
    )


def verdict(p: float, test: Test, *, level: float = 0.05) -> str:
    """Whether a difference can be told from chance, in a few words."""
    if not test.possible:
        return _("aucun test possible")
    if math.isnan(p):
        return _("rien à comparer")
    return _("se distingue du hasard") if p <= level else _("ne se distingue pas du hasard")


def short_verdict(p: float, test: Test, *, level: float = 0.05) -> str:
    """The same in one word, under « Au-delà du hasard »."""
    if not test.possible:
        return _("pas de test")
    return "–" if math.isnan(p) else _("oui") if p <= level else _("non")


def dependence(unit: Unit, groups_in_sessions: bool) -> str:
    """That people of one focus group are not independent, and what can be done about it."""
    if unit == "sessions" or not groups_in_sessions:
        return ""
    return _(
        "Les personnes d'un même focus group s'entendent et se répondent : elles ne sont pas indépendantes, et le test "
        "qui échange des personnes est trop optimiste. L'unité « documents » échange des séances entières."
    )
