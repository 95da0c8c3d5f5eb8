"""Keywords that are patterns.

médiat*             any letters in place of the star, within one word, accents and case aside: médiation, médiateur
prise* en charge    a star in a phrase; a star alone is any one word: prise * charge
/trott?inettes?/    a regular expression, on the text as it is written, case aside
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import regex

from qualikit.errors import CodebookError
from qualikit.i18n import _
from qualikit.text import Span, Token, fold, tokens

STAR = "*"
LONGEST = 300
"""Characters of a pattern."""
PATIENCE = 0.5
"""Seconds that a regular expression may take over one passage: some take for ever where nothing is found."""
BUDGET = 20.0
"""Seconds that it may take in all over passages for which it is slow."""
_SLOW = 0.02

BETWEEN = re.compile(r"[\s\-\u2010-\u2015'’·/]*")
"""What may part the words of a phrase; a comma may not."""
_PART = re.compile(r"[^\s\-\u2010-\u2015'’·/]+")
_EXPRESSION = r"/(?:[^/\\]|\\.)+/"
_IS_EXPRESSION = re.compile(_EXPRESSION, re.DOTALL)
_LISTED = re.compile(rf"\s*{_EXPRESSION}\s*(?=[;,\n]|$)")
_RECURSIVE = re.compile(r"\(\?(?:R|\d|&|P>)")
_SAMPLE = "Le médiateur, Mme Roux, vient à 14 h 30 ; la pluie (hiver 2024) n'arrête pas l'été.\nC'est un vélo-cargo."
_UNREAD = (regex.error, ValueError, TypeError, OverflowError, MemoryError, RecursionError)
"""What compiling an expression may raise."""


@dataclass(frozen=True)
class StarWord:
    """A word of a phrase: what it begins with, what follows each star, what it ends with."""

    pieces: tuple[str, ...]

    def fits(self, form: str) -> bool:
        """Whether a word (folded) is one. In one pass, however many stars there are."""
        if len(self.pieces) == 1:
            return form == self.pieces[0]
        first, *middle, last = self.pieces
        if not form.startswith(first) or not form.endswith(last):
            return False
        place, end = len(first), len(form) - len(last)
        for piece in middle:
            found = form.find(piece, place, end)
            if found < 0:
                return False
            place = found + len(piece)
        return place <= end


@dataclass(frozen=True)
class Pattern:
    """A keyword that is a pattern, ready to be looked for."""

    keyword: str
    words: tuple[StarWord, ...] = ()
    """Of a phrase with stars; none of a regular expression."""
    expression: regex.Pattern[str] | None = None

    def places(self, text: str, read: Sequence[Token] | None = None) -> Iterator[Span]:
        """Where it stands in a text (code points), from left to right; ``read``: the words of the text, where they are
        known. Raises CodebookError for a regular expression that does not come to an end."""
        if self.expression is not None:
            yield from self._expressed(text)
            return
        read = tokens(text) if read is None else read
        free = 0
        for first in range(len(read) - len(self.words) + 1):
            if first < free or not self.words[0].fits(read[first].form):
                continue
            here = read[first : first + len(self.words)]
            if all(word.fits(token.form) for word, token in zip(self.words, here, strict=True)) and all(
                BETWEEN.fullmatch(text, one.stop, other.start) for one, other in pairwise(here)
            ):
                free = first + len(self.words)
                yield Span(here[0].start, here[-1].stop)

    def stands_in(self, text: str, read: Sequence[Token] | None = None) -> bool:
        """Whether it stands somewhere in a text."""
        return next(self.places(text, read), None) is not None

    def _expressed(self, text: str) -> list[Span]:
        assert self.expression is not None
        began = time.perf_counter()
        try:
            matches = self.expression.finditer(text, timeout=PATIENCE)
            found = [Span(match.start(), match.end()) for match in matches if match.end() > match.start()]
        except TimeoutError:
            raise self._too_slow() from None
        took = time.perf_counter() - began
        if took > _SLOW:
            _slow[self.keyword] = _slow.get(self.keyword, 0.0) + took
            if _slow[self.keyword] > BUDGET:
                del _slow[self.keyword]
                raise self._too_slow()
        return found

    def _too_slow(self) -> CodebookError:
        return CodebookError(
            _("Le motif « {pattern} » de la grille demande trop de calcul.").format(pattern=self.keyword),
            _("Simplifiez-le : évitez les répétitions dans des répétitions, comme « (a+)+ »."),
        )


_slow: dict[str, float] = {}
"""Seconds that expressions took where they were slow."""


@lru_cache(maxsize=2_000)
def pattern_of(keyword: str) -> Pattern | None:
    """The pattern that a keyword is; None where it is words like any, or what cannot be a pattern."""
    if is_expression(keyword):
        try:
            _refuse_expression(keyword)
        except CodebookError:
            return None
        return Pattern(keyword, expression=_compiled(keyword))
    if STAR not in keyword:
        return None
    words = []
    for part in _PART.findall(keyword):
        pieces = [fold("".join(filter(str.isalnum, piece))) for piece in re.split(r"\*+", part)]
        if STAR in part or any(pieces):
            words.append(StarWord(tuple(pieces)))
    if not any(any(word.pieces) for word in words):
        return None
    return Pattern(keyword, tuple(words))


def patterns_of(keywords: Iterable[str]) -> list[Pattern]:
    """Those of the keywords that are patterns."""
    return [found for keyword in keywords if (found := pattern_of(keyword)) is not None]


def plain(keywords: Iterable[str]) -> list[str]:
    """Those of the keywords that are words, and no patterns."""
    return [keyword for keyword in keywords if pattern_of(keyword) is None]


def is_expression(keyword: str) -> bool:
    """Whether a keyword is written as a regular expression: between slashes, with none inside but after ``\\``."""
    return _IS_EXPRESSION.fullmatch(keyword) is not None


def refuse_bad_pattern(keyword: str) -> None:
    """Raise CodebookError where a keyword is a regular expression that cannot be read, takes no letter, or seems to be
    one and is cut."""
    if len(keyword) > LONGEST and (keyword[0] == "/" or STAR in keyword):
        raise CodebookError(
            _("Le motif « {pattern} » est trop long.").format(pattern=keyword[:60] + "…"),
            _("Il en faut {n} caractères au plus.").format(n=LONGEST),
        )
    if is_expression(keyword):
        _refuse_expression(keyword)
    elif len(keyword) > 2 and keyword[0] == "/" and (keyword[-1] == "/" or "\\" in keyword):
        raise CodebookError(
            _("Le motif « {pattern} » ne peut pas être lu.").format(pattern=keyword),
            _("Dans une expression régulière, une barre oblique s'écrit « \\/ »."),
        )


def _refuse_expression(keyword: str) -> None:
    try:
        if _RECURSIVE.search(keyword):
            raise ValueError("recursion")
        compiled = _compiled(keyword)
        found = list(compiled.finditer(_SAMPLE, timeout=PATIENCE))
        anything = compiled.fullmatch("", timeout=PATIENCE) is not None
    except (*_UNREAD, TimeoutError) as error:
        place = getattr(error, "pos", None)
        where = "" if place is None else " " + _("(caractère {n})").format(n=place + 2)
        raise CodebookError(
            _("Le motif « {pattern} » ne peut pas être lu{where}.").format(pattern=keyword, where=where),
            _("Corrigez cette expression régulière, ou retirez les barres obliques qui l'entourent."),
        ) from error
    if anything or (found and all(match.end() == match.start() for match in found)):
        raise CodebookError(
            _("Le motif « {pattern} » se trouve partout, sans prendre aucune lettre.").format(pattern=keyword),
            _("Demandez-lui au moins une lettre."),
        )


def parted(text: str, separators: str) -> list[str]:
    """The keywords of a list, cut at each of the separators, but for those inside a regular expression."""
    found: list[str] = []
    begin = place = 0
    while place <= len(text):
        if (whole := _LISTED.match(text, place)) is not None:
            end = whole.end()
        else:
            end = next((n for n in range(place, len(text)) if text[n] in ",;\n"), len(text))
        if end == len(text) or text[end] in separators:
            found.append(text[begin:end].strip())
            begin = end + 1
        place = end + 1
    return [each for each in found if each]


def _compiled(keyword: str) -> regex.Pattern[str]:
    return regex.compile(keyword[1:-1], regex.IGNORECASE)
