"""The words of a text with their places, and where sentences begin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from qualikit.corpus.pseudonyms import lists
from qualikit.text import fold

_WORD = re.compile(r"[^\W\d_]+|\d+")
_INSIDE = re.compile(r"(?<=[^\n:])(?<=\s)[^\W\d_]+")
_STARTERS = '>#.!?…:;«»"“”\n—–•)]('
_SKIPPED = " \t\u00a0\u202f'’*_-"


@lru_cache(maxsize=65_536)
def folded(word: str) -> str:
    """``fold``, remembered: a corpus has few different words."""
    return fold(word)


@dataclass(frozen=True)
class Word:
    """One run of letters, or of figures."""

    text: str
    start: int
    stop: int

    @property
    def key(self) -> str:
        return folded(self.text)

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def words_of(text: str) -> list[Word]:
    """Every word of a text, in order: letters and figures apart, hyphens and apostrophes between words."""
    return [Word(match.group(), *match.span()) for match in _WORD.finditer(text)]


def keys_of(form: str) -> tuple[str, ...]:
    """The words of a form as they are compared."""
    return tuple(folded(word) for word in _WORD.findall(form))


def is_title(text: str, title: Word, word: Word) -> bool:
    """Whether the word before another is a title of it: « M. Petit », « madame Petit », but not « me voir »."""
    between = text[title.stop : word.start]
    if title.key not in lists.TITLES or not 0 < len(between) <= 3 or "\n" in between or between.strip(" .\u00a0\u202f"):
        return False
    if len(title.key) > 3:
        return "." not in between  # « merci madame. Il »
    return len(title.key) > 2 or title.capital or between.startswith(".")


def begins_sentence(text: str, start: int) -> bool:
    """Whether what stands there is the first word of a sentence, a line, a quotation, or what follows a label."""
    position = start - 1
    while position >= 0 and text[position] in _SKIPPED:
        position -= 1
    return position < 0 or text[position] in _STARTERS


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether two words stand next to each other as parts of one name would."""
    between = text[left.stop : right.start]
    return len(between) <= 2 and "\n" not in between and not between.strip(" \t\u00a0\u202f-'’.")


def is_lower_case(text: str) -> bool:
    """Whether a transcript is written without capitals: of 100 words or more that do not begin a line, fewer than one
    in a hundred has one."""
    inside = [word[0] for word in _INSIDE.findall(text)]
    return len(inside) >= 100 and sum(letter.isupper() for letter in inside) * 100 < len(inside)
