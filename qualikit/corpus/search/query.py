"""What is typed in the search field, understood.

    pluie                   the word and its family (pluies), accents and case aside
    =pluies                 that form only
    "au pied des tours"     these words in this order, as they are written
    médiat*                 words that begin so
    pluie vélo              both in one turn (also: pluie ET vélo)
    pluie OU neige          one or the other
    pluie SAUF vélo         without the other in the same turn (also: pluie -vélo)
    (pluie OU neige) vélo   parentheses
    pluie PROCHE/5 vélo     at most five words between them, in either order

AND, OR, NOT, NEAR are understood too; in capitals only, since « et » and « ou » are words. What stands where it means
nothing is taken as words; what cannot be guessed is refused with what to change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from qualikit.errors import SearchError
from qualikit.i18n import _
from qualikit.store.conditions import FORM, All, Condition, Near, Phrase, Some, phrases_of
from qualikit.text import normalise, stem, tokens

MOST_WORDS = 64
MOST_PARENTHESES = 32
FARTHEST = 100
DEFAULT_DISTANCE = 10

AND, OR, NOT, NEAR_NAMES = {"ET", "AND"}, {"OU", "OR"}, {"SAUF", "NOT"}, {"PROCHE", "NEAR"}
_NEAR = re.compile(rf"(?:{'|'.join(sorted(NEAR_NAMES))})(?:/(\d{{1,4}}))?")
QUOTES = {'"': '"', "«": "»", "“": "”", "„": "”", "‟": "”"}
CLOSING = "»”"
"""Quotation marks that open nothing."""
_PART = re.compile(r"[^\s()\"«»“”„‟]+")
_APART = re.compile(r"[,;:!?…&+|]+")
_ELIDED = frozenset(["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
_APOSTROPHES = "'’ʼ"


@dataclass(frozen=True)
class _Word:
    """One thing typed: ``kind`` is word, quote, open, close, minus, or a possible operator: and, or, not, near."""

    kind: str
    text: str
    exact: bool = False
    distance: int = DEFAULT_DISTANCE


def parse(typed: str) -> Condition:
    """The condition that a passage has to meet. Raises SearchError, in words for the user."""
    words = _lexed(normalise(typed).encode("utf-8", "ignore").decode())
    condition = _Parser(_settled(words)).whole()
    if sum(1 for _each in phrases_of(condition)) > MOST_WORDS:
        raise SearchError(_("Cette recherche a trop de mots."), _("Il en faut {n} au plus.").format(n=MOST_WORDS))
    return condition


# -- what is typed, word by word


def _lexed(typed: str) -> list[_Word]:
    found: list[_Word] = []
    place = 0
    while place < len(typed):
        sign = typed[place]
        if sign.isspace() or sign in CLOSING:
            place += 1
        elif sign in "()":
            found.append(_Word("open" if sign == "(" else "close", sign))
            place += 1
        elif sign in QUOTES:
            end = closing(typed, place)
            found.append(_Word("quote", typed[place + 1 : end], exact=True))
            place = end + 1
        elif (
            sign in "-\u2212" and (place == 0 or typed[place - 1] in " \u00a0\u202f\t\n(") and _begins(typed, place + 1)
        ):
            found.append(_Word("minus", sign))
            place += 1
        elif sign == "=" and typed[place + 1 : place + 2] in QUOTES:  # a quotation is exact by itself
            place += 1
        else:
            part = _PART.match(typed, place)
            assert part is not None
            found.append(_named(part[0]))
            place = part.end()
    return found


def closing(typed: str, place: int) -> int:
    """Where the quotation that begins there ends."""
    wanted = QUOTES[typed[place]]
    ends = [end for end in (typed.find(sign, place + 1) for sign in {wanted, '"' if wanted != "»" else "»"}) if end > 0]
    if not ends:
        raise SearchError(
            _("Il manque un guillemet à la fin de « {words} ».").format(words=typed[place + 1 :].strip()[:60]),
            _("Fermez les guillemets, ou retirez celui qui est de trop."),
        )
    return min(ends)


def _begins(typed: str, place: int) -> bool:
    return place < len(typed) and (typed[place].isalnum() or typed[place] in "(=" or typed[place] in QUOTES)


def _named(part: str) -> _Word:
    for kind, names in (("and", AND), ("or", OR), ("not", NOT)):
        if part in names:
            return _Word(kind, part)
    if (near := _NEAR.fullmatch(part)) is not None:
        return _Word("near", part, distance=min(FARTHEST, int(near[1])) if near[1] else DEFAULT_DISTANCE)
    if part.startswith("="):
        return _Word("word", part.lstrip("="), exact=True)
    return _Word("word", part)


def _settled(words: list[_Word]) -> list[_Word]:
    """Operators that have nothing on a side are words, parentheses without their other half are nothing."""
    words = _paired([word for word in words if word.kind != "word" or tokens(word.text)])
    found: list[_Word] = []
    for number, word in enumerate(words):
        before = found[-1].kind if found else "open"
        after = words[number + 1].kind if number + 1 < len(words) else "close"
        closed = before in {"word", "quote", "close"}
        follows = after in {"word", "quote", "open", "minus"} or (after == "not" and word.kind == "and")
        needed = {"and": closed and follows, "or": closed and follows, "near": closed and follows, "not": follows}
        found.append(word if needed.get(word.kind, True) else _Word("word", word.text))
    return found


def _paired(words: list[_Word]) -> list[_Word]:
    open_, useless, depth = [], set(), 0
    for number, word in enumerate(words):
        if word.kind == "open":
            open_.append(number)
            depth = max(depth, len(open_))
        elif word.kind == "close":
            if not open_:
                useless.add(number)
            elif open_.pop() == number - 1:
                useless |= {number - 1, number}
    useless |= set(open_)
    if depth > MOST_PARENTHESES:
        raise SearchError(_("Cette recherche a trop de parenthèses."), _("Écrivez-la plus simplement."))
    kept = [word for number, word in enumerate(words) if number not in useless]
    return kept if len(kept) == len(words) else _paired(kept)


# -- what they mean together


class _Parser:
    """Or, then and, then near: the loosest first. A value of None is something without words."""

    def __init__(self, words: list[_Word]) -> None:
        self._words = words
        self._place = 0

    def whole(self) -> Condition:
        condition = self._either()
        if condition is None:
            raise SearchError(
                _("Il n'y a aucun mot à chercher."),
                _("Écrivez un mot, ou plusieurs : pluie, vélo, « sans rendez-vous »."),
            )
        return condition

    def _next(self) -> str:
        return self._words[self._place].kind if self._place < len(self._words) else "end"

    def _take(self) -> _Word:
        self._place += 1
        return self._words[self._place - 1]

    def _either(self) -> Condition | None:
        parts = [self._both()]
        while self._next() == "or":
            self._take()
            parts.append(self._both())
        return _some(part for part in parts if part is not None)

    def _both(self) -> Condition | None:
        parts: list[Condition] = []
        without: list[Condition] = []
        while self._next() not in {"or", "close", "end"}:
            if self._next() == "and":
                self._take()
            negative = False
            while self._next() in {"not", "minus"}:
                self._take()
                negative = True
            if (part := self._near()) is not None:
                (without if negative else parts).append(part)
        if without and not parts:
            raise SearchError(
                _("Une recherche ne peut pas avoir seulement des mots à écarter."),
                _("Donnez au moins un mot à trouver : pluie SAUF vélo."),
            )
        if not without and len(parts) == 1:
            return parts[0]
        return All(tuple(parts), tuple(without)) if parts else None

    def _near(self) -> Condition | None:
        side = self._one()
        pairs: list[Condition] = []
        while self._next() == "near":
            distance = self._take().distance
            other = self._one()
            if side is not None and other is not None:
                pairs.append(_pairs(side, other, distance))
            side = other or side
        return side if not pairs else pairs[0] if len(pairs) == 1 else All(tuple(pairs))

    def _one(self) -> Condition | None:
        word = self._take()
        if word.kind == "open":
            inside = self._either()
            self._take()  # parentheses are in pairs
            return inside
        return _said(word)


def _some(parts: Iterable[Condition]) -> Condition | None:
    flat = [each for part in parts for each in (part.parts if isinstance(part, Some) else (part,))]
    different = tuple(dict.fromkeys(flat))
    return None if not different else different[0] if len(different) == 1 else Some(different)


def _pairs(left: Condition, right: Condition, distance: int) -> Condition:
    """« (pluie OU neige) PROCHE/5 vélo » is one or the other of two nearnesses."""
    sides = []
    for side in (left, right):
        choices = side.parts if isinstance(side, Some) else (side,)
        if not all(isinstance(each, Phrase) for each in choices) or len(choices) > 8:
            raise SearchError(
                _("PROCHE relie deux mots, ou deux expressions entre guillemets."),
                _("Entre parenthèses, de chaque côté, il n'y a place que pour OU : (pluie OU neige) PROCHE/5 vélo."),
            )
        sides.append([each for each in choices if isinstance(each, Phrase)])
    found = _some(Near(one, other, distance) for one in sides[0] for other in sides[1])
    assert found is not None
    return found


def _said(word: _Word) -> Condition | None:
    if word.kind == "quote":
        return _expression(word.text, exact=True)
    parts = [_expression(part, exact=word.exact) for part in _APART.split(word.text)]
    known = tuple(part for part in parts if part is not None)
    return None if not known else known[0] if len(known) == 1 else All(known)


def _expression(text: str, *, exact: bool) -> Condition | None:
    text = text.strip().strip(".…").lstrip("*")
    prefix = text.endswith("*")
    text = text.rstrip("*")
    found = tokens(text)
    if not found:
        return None
    if "*" in text:
        raise SearchError(
            _("L'astérisque ne peut être qu'à la fin d'un mot : « {word} ».").format(word=text[:60]),
            _("Écrivez le début du mot, puis l'astérisque : médiat*."),
        )
    if prefix and len(found[-1].form) < 2:
        raise SearchError(
            _("« {word}* » est trop court : presque tout commence ainsi.").format(word=found[-1].form),
            _("Donnez au moins deux lettres avant l'astérisque."),
        )
    if not exact:
        bare = [
            each
            for each in found
            if not (each.form in _ELIDED and text[each.stop : each.stop + 1] in tuple(_APOSTROPHES))
        ]
        found = bare or found
    exact = exact or prefix
    return Phrase(tuple(FORM + each.form if exact else stem(each.form) for each in found), prefix)
