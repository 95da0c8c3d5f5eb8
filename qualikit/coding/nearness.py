"""How near two words of one family are: « vélos » says « vélo », « d'abord » says little of « aborder »."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from qualikit.text import fold, stem, word_form

FAMILY = 0.8
"""What a word counts for that is only of the keyword's family: « vélos » for « vélo »."""
DISTANT = 0.4
"""The same of what shares little more than a beginning, or differs by its accents: « arrête » for « arrêté »."""
_LONG = 6
"""Letters that two words share from which on they are taken to be of one family, however they end."""
_ENDINGS = ("s", "x", "e", "es")
_SHORT = 4


@lru_cache(maxsize=100_000)
def nearness(wanted: str, said: str) -> float:
    """Of two written words that have one stem: 1 where one is the other, case aside. Accents that are left out are no
    difference, others are."""
    one, other = (unicodedata.normalize("NFC", word).lower() for word in (wanted, said))
    if one == other:
        return 1.0
    forms = fold(one), fold(other)
    if forms[0] == forms[1]:
        return 1.0 if one.isascii() or other.isascii() else DISTANT
    short, long = sorted(forms, key=len)
    if long.startswith(short) and long[len(short) :] in _ENDINGS:
        return FAMILY if len(short) >= _SHORT or long[len(short) :] in _ENDINGS[:2] else DISTANT
    return FAMILY if len(stem(word_form(said))) >= _LONG else DISTANT
