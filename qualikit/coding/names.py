"""Names of codes: cleaned, and compared the way a reader would."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from qualikit.coding.patterns import parted
from qualikit.text import fold, normalise

NAME_MAX = 200
"""Longest name of a code, in characters: longer ones are whole sentences selected by mistake."""

_BLANKS = re.compile(r"[ \t\n]+")


def _whole(text: str) -> str:
    """Halves of UTF-16 pairs, which an escape in a file can make, replaced: no database takes them."""
    return normalise(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def clean_name(name: str) -> str:
    """The name on one line, without blanks around it; no-break spaces inside stay."""
    return _BLANKS.sub(" ", _whole(name)).strip()


def name_key(name: str) -> str:
    """What two names are compared by: « Météo » and « meteo » have the same."""
    return " ".join(fold(normalise(name)).split())


def clean_text(text: str) -> str:
    """A definition, a memo…: lines kept, blanks around it gone."""
    return _whole(text).strip()


def clean_keywords(keywords: Iterable[str]) -> tuple[str, ...]:
    """Keywords each once, in order. ``;`` separates them wherever it stands but in a regular expression: sheets write
    them so."""
    words = (clean_name(word) for keyword in keywords for word in parted(keyword, ";"))
    return tuple(dict.fromkeys(word for word in words if word))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant, or None."""
    by_key = {name_key(each): each for each in known}
    found = get_close_matches(name_key(name), by_key, n=1, cutoff=0.7)
    return by_key[found[0]] if found else None
