"""How alike the names of two people are, from 0 to 100, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qualikit.corpus.labels import Shape, same_spelt_otherwise, shape, tidy
from qualikit.corpus.vocabulary import CIVILITIES, PARTICLES, PEOPLE
from qualikit.i18n import _
from qualikit.text import fold

_WOMEN = frozenset({"mme", "mmes", "mlle", "mlles", "madame", "mademoiselle", "mrs", "ms"})
_MEN = frozenset({"m", "mr", "mm", "monsieur"})
_WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Likeness:
    """``score`` from 0 (nothing) to 100 (the same), ``why`` in the user's words."""

    score: int
    why: str


@dataclass(frozen=True)
class _Name:
    civility: str
    words: tuple[str, ...]
    """The name itself, folded, without particles."""


@lru_cache(maxsize=8192)
def _name(written: str) -> _Name:
    words = _WORDS.findall(fold(tidy(written)))
    civility = words[0] if len(words) > 1 and words[0] in CIVILITIES else ""
    rest = words[1:] if civility else words
    return _Name(civility, tuple(word for word in rest if word not in PARTICLES) or tuple(rest))


@lru_cache(maxsize=8192)
def is_generic(name: str) -> bool:
    """True for what many people are called: « P1 », « Animatrice », « Usager 3 », « JL », « Mme A »."""
    found = shape(name)
    if found in {Shape.ROLE, Shape.CODE, Shape.INITIALS}:
        return True
    words = _name(name).words
    return not words or all(len(word) < 3 or word in PEOPLE for word in words)


def surnames(name: str) -> bool:
    """True where a name has more than a first name to it: a civility, or two words."""
    found = _name(name)
    return bool(found.civility) or len(found.words) > 1


def tokens(name: str) -> tuple[str, ...]:
    """The words by which a name may be found again."""
    return _name(name).words


def likeness(one: str, other: str) -> Likeness:
    """How alike two names are, whoever bears them."""
    first, second = _name(one), _name(other)
    if one == other:
        return Likeness(100, _("même nom"))
    if not first.words or not second.words:
        return Likeness(0, "")
    return _whole(one, other, first, second) or _partly(first, second)


def _whole(one: str, other: str, first: _Name, second: _Name) -> Likeness | None:
    """What two names whose words are all the same, or nearly, have between them; None for any others."""
    if {first.civility, second.civility} & _WOMEN and {first.civility, second.civility} & _MEN:
        return Likeness(20, _("l'un est un homme, l'autre une femme"))
    if first.words == second.words:
        if first.civility == second.civility or not surnames(one) or not surnames(other):
            return Likeness(98, _("même nom, écrit autrement"))
        return Likeness(96, _("même nom, sans la civilité"))
    if sorted(first.words) == sorted(second.words):
        return Likeness(95, _("mêmes mots, dans un autre ordre"))
    if same_spelt_otherwise(one, other) or same_spelt_otherwise(" ".join(first.words), " ".join(second.words)):
        return Likeness(90, _("une faute de frappe les sépare"))
    return None


def _partly(first: _Name, second: _Name) -> Likeness:
    shorter, longer = sorted((first.words, second.words), key=len)
    if any(word.isdigit() for word in (*shorter, *longer)):
        return Likeness(0, "")
    if set(shorter) < set(longer) and any(len(word) >= 3 for word in shorter):
        return Likeness(80, _("l'un des deux noms est plus complet"))
    if len(shorter) == len(longer) > 1:
        initials = [_initial(a, b) for a, b in zip(shorter, longer, strict=True)]
        same = [a == b and len(a) >= 3 for a, b in zip(shorter, longer, strict=True)]
        if any(same) and all(a or b for a, b in zip(initials, same, strict=True)):
            return Likeness(78, _("même nom, prénom abrégé"))
    return Likeness(0, "")


def _initial(one: str, other: str) -> bool:
    short, full = sorted((one, other), key=len)
    return len(short) == 1 < len(full) and full.startswith(short)
