"""Keywords that are patterns.

médiat*             any letters in place of the star, within one word, accents and case aside: médiation, médiateur
prise* en charge    a star in a phrase
/trott?inettes?/    a regular expression, on the text as it is written, case aside
"""

from __future__ import annotations

import re
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
PATIENCE = 2.0
"""Seconds that a regular expression may take over one passage: some take for ever where nothing is found."""

BETWEEN = re.compile(r"[\s\-\u2010-\u2015'’·/]*")
"""What may part the words of a phrase; a comma may not."""
_PART = re.compile(r"[^\s\-\u2010-\u2015'’·/]+")
_WHOLE = re.compile(r"\s*/(?:[^/\\]|\\.)+/\s*(?=[;,\n]|$)")
"""A regular expression, whole, where a list of keywords may hold one."""


@dataclass(frozen=True)
class Pattern:
    """A keyword that is a pattern, ready to be looked for."""

    keyword: str
    words: tuple[re.Pattern[str], ...] = ()
    """Of each word of a phrase with stars; none of a regular expression."""
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
            here = read[first : first + len(self.words)]
            if (
                first >= free
                and all(word.fullmatch(token.form) for word, token in zip(self.words, here, strict=True))
                and all(BETWEEN.fullmatch(text, one.stop, other.start) for one, other in pairwise(here))
            ):
                free = first + len(self.words)
                yield Span(here[0].start, here[-1].stop)

    def _expressed(self, text: str) -> Iterator[Span]:
        assert self.expression is not None
        try:
            for match in self.expression.finditer(text, timeout=PATIENCE):
                if match.end() > match.start():
                    yield Span(match.start(), match.end())
        except TimeoutError:
            raise CodebookError(
                _("Le motif « {pattern} » de la grille demande trop de calcul.").format(pattern=self.keyword),
                _("Simplifiez-le : évitez les répétitions dans des répétitions, comme « (a+)+ »."),
            ) from None

    def stands_in(self, text: str) -> bool:
        """Whether it stands somewhere in a text."""
        return next(self.places(text), None) is not None


@lru_cache(maxsize=2_000)
def pattern_of(keyword: str) -> Pattern | None:
    """The pattern that a keyword is; None where it is words like any, or what cannot be a pattern."""
    if _is_expression(keyword):
        try:
            return Pattern(keyword, expression=_compiled(keyword))
        except regex.error:
            return None
    if STAR not in keyword:
        return None
    words = []
    for part in _PART.findall(keyword):
        letters = [fold("".join(filter(str.isalnum, piece))) for piece in part.split(STAR)]
        if not any(letters):
            continue
        words.append(re.compile(r"\w*".join(map(re.escape, letters))))
    return Pattern(keyword, tuple(words)) if words else None


def patterns_of(keywords: Iterable[str]) -> list[Pattern]:
    """Those of the keywords that are patterns."""
    return [found for keyword in keywords if (found := pattern_of(keyword)) is not None]


def plain(keywords: Iterable[str]) -> list[str]:
    """Those of the keywords that are words, and no patterns."""
    return [keyword for keyword in keywords if pattern_of(keyword) is None]


def refuse_bad_pattern(keyword: str) -> None:
    """Raise CodebookError where a keyword is a regular expression that cannot be read, or that anything meets."""
    if not _is_expression(keyword):
        return
    if len(keyword) > LONGEST:
        raise CodebookError(
            _("Le motif « {pattern} » est trop long.").format(pattern=keyword[:60] + "…"),
            _("Il en faut {n} caractères au plus.").format(n=LONGEST),
        )
    try:
        anything = _compiled(keyword).fullmatch("") is not None
    except regex.error as error:
        raise CodebookError(
            _("Le motif « {pattern} » ne peut pas être lu (caractère {n}).").format(
                pattern=keyword, n=(getattr(error, "pos", None) or 0) + 2
            ),
            _("Corrigez cette expression régulière, ou retirez les barres obliques qui l'entourent."),
        ) from error
    if anything:
        raise CodebookError(
            _("Le motif « {pattern} » se trouve partout, même dans un texte vide.").format(pattern=keyword),
            _("Demandez-lui au moins une lettre."),
        )


def parted(text: str, separators: str) -> list[str]:
    """The keywords of a list, cut at each of the separators, but for those inside a regular expression."""
    found: list[str] = []
    place = 0
    cut = re.compile(f"[{re.escape(separators)}]")
    while place <= len(text):
        if (whole := _WHOLE.match(text, place)) is not None:
            end = whole.end()
        else:
            match = cut.search(text, place)
            end = match.start() if match else len(text)
        found.append(text[place:end].strip())
        place = end + 1
    return [each for each in found if each]


def _is_expression(keyword: str) -> bool:
    return len(keyword) > 2 and keyword[0] == keyword[-1] == "/"


def _compiled(keyword: str) -> regex.Pattern[str]:
    return regex.compile(keyword[1:-1], regex.IGNORECASE)
