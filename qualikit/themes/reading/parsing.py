"""Codes and how they stand to one another, as they are typed.

    Météo                          passages of the code and of those under it
    =Météo                         of the code alone
    Lien social                    a name of several words; « Lien social » where it holds a bracket or an operator
    Météo ET Freins                passages of Météo that overlap one of Freins
    Météo ET/tour Freins           a turn has words of both; also dans (one in the other), identique, document
    Météo PROCHE/3 Freins          three turns at most from one to the other
    Météo SAUF Freins              that overlap none of Freins; SAUF/tour, SAUF/3…
    (Météo OU Matériel) ET Freins  one or the other

AND, OR, NOT, NEAR are understood too; in capitals only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualikit.coding.model import Codebook
from qualikit.coding.names import name_key, nearest
from qualikit.corpus.search.query import AND, CLOSING, NEAR_NAMES, NOT, OR, QUOTES, closing
from qualikit.errors import SearchError
from qualikit.i18n import _
from qualikit.text import normalise
from qualikit.themes.reading.query import (
    DEEPEST,
    FARTHEST,
    NEAR_TURNS,
    Both,
    Either,
    Expression,
    Relation,
    Term,
    Without,
    mapped,
)

SUFFIXES = {
    "recouvre": Relation.OVERLAPPING,
    "dans": Relation.INSIDE,
    "identique": Relation.SAME,
    "tour": Relation.TURN,
    "document": Relation.DOCUMENT,
}
"""What may stand after ET/ and SAUF/, besides a number of turns."""

_PART = re.compile(r"[^\s()\"«»“”„‟]+")


@dataclass(frozen=True)
class _Sign:
    """One thing typed: ``kind`` is name, open, close, and, or, not; ``place`` is where it begins, from 0."""

    kind: str
    text: str
    place: int
    relation: Relation = Relation.OVERLAPPING
    distance: int = NEAR_TURNS
    alone: bool = False


def parse(typed: str) -> Expression:
    """The expression that was typed. Raises SearchError, which says where it cannot be read."""
    typed = normalise(typed).encode("utf-8", "ignore").decode()
    return _Parser(typed, _joined(_signs(typed), typed)).whole()


def _signs(typed: str) -> list[_Sign]:
    found: list[_Sign] = []
    place, alone = 0, False
    while place < len(typed):
        sign = typed[place]
        if sign.isspace() or sign in CLOSING:
            place += 1
        elif sign in "()":
            found.append(_Sign("open" if sign == "(" else "close", sign, place))
            place += 1
        elif sign in QUOTES:
            end = closing(typed, place)
            found.append(_Sign("quoted", typed[place + 1 : end].strip(), place, alone=alone))
            place, alone = end + 1, False
        elif sign == "=":
            alone = True
            place += 1
        else:
            part = _PART.match(typed, place)
            assert part is not None
            found.append(_named(part[0], place, alone))
            place, alone = part.end(), False
    return found


def _named(part: str, place: int, alone: bool) -> _Sign:
    word, slash, after = part.partition("/")
    if word in NEAR_NAMES and (not after or after.isdecimal()):
        return _Sign("and", part, place, Relation.NEAR, _turns(after, place) if after else NEAR_TURNS)
    if part in OR:
        return _Sign("or", part, place)
    for kind, names in (("and", AND), ("not", NOT)):
        if word in names and not slash:
            return _Sign(kind, part, place)
        if word in names:
            return _Sign(kind, part, place, *_suffix(after, part, place))
    return _Sign("word", part, place, alone=alone)


def _suffix(after: str, part: str, place: int) -> tuple[Relation, int]:
    if after.isdecimal():
        return Relation.NEAR, _turns(after, place)
    relation = {name_key(name): found for name, found in SUFFIXES.items()}.get(name_key(after))
    if relation is None:
        raise SearchError(
            _("« {part} », au caractère {place}, n'est pas compris.").format(part=part[:60], place=place + 1),
            _("Après la barre il peut y avoir : {names}, ou un nombre de tours.").format(names=", ".join(SUFFIXES)),
        )
    return relation, NEAR_TURNS


def _turns(digits: str, place: int) -> int:
    if len(digits) > 4 or int(digits) > FARTHEST:
        raise SearchError(
            _("Au caractère {place}, « {digits} » tours sont trop.").format(place=place + 1, digits=digits[:20]),
            _("Donnez un nombre entre 0 et {most}.").format(most=FARTHEST),
        )
    return int(digits)


def _joined(signs: list[_Sign], typed: str) -> list[_Sign]:
    """Words that follow each other are one name, with what stands between them as it was typed."""
    found: list[_Sign] = []
    last_end = 0
    for sign in signs:
        before = found[-1] if found else None
        if sign.kind == "word" and before is not None and before.kind == "word" and not sign.alone:
            text = before.text + typed[last_end : sign.place] + sign.text
            found[-1] = _Sign("word", text, before.place, alone=before.alone)
        else:
            found.append(sign)
        last_end = sign.place + len(sign.text)
    return [
        _Sign("name", sign.text, sign.place, alone=sign.alone) if sign.kind in {"word", "quoted"} else sign
        for sign in found
    ]


class _Parser:
    """Or the loosest; and, not and near as tight as each other, from left to right."""

    def __init__(self, typed: str, signs: list[_Sign]) -> None:
        self._typed = typed
        self._signs = signs
        self._place = 0
        self._depth = 0

    def whole(self) -> Expression:
        if not self._signs:
            raise SearchError(
                _("Il n'y a aucun code à chercher."), _("Écrivez le nom d'un code, ou plusieurs : Météo ET Freins.")
            )
        found = self._either()
        if self._place < len(self._signs):
            sign = self._signs[self._place]
            if sign.kind == "close":
                raise self._wrong(_("une parenthèse se ferme qui n'a pas été ouverte"))
            raise self._wrong(_("il manque ET, OU ou SAUF avant « {name} »").format(name=sign.text[:60]))
        return found

    def _next(self) -> str:
        return self._signs[self._place].kind if self._place < len(self._signs) else "end"

    def _take(self) -> _Sign:
        self._place += 1
        return self._signs[self._place - 1]

    def _either(self) -> Expression:
        parts = [self._both()]
        while self._next() == "or":
            self._take()
            parts.append(self._both())
        flat = [each for part in parts for each in (part.parts if isinstance(part, Either) else (part,))]
        different = tuple(dict.fromkeys(flat))
        return different[0] if len(different) == 1 else Either(different)

    def _both(self) -> Expression:
        found = self._one()
        chained = False  # what stands on the left was made here, not in parentheses
        while self._next() in {"and", "not"}:
            sign = self._take()
            if sign.kind == "and" and self._next() == "not":
                sign = self._take()
            other = self._one()
            if sign.kind == "not":
                found = Without(found, other, sign.relation, sign.distance)
            elif (
                chained
                and isinstance(found, Both)
                and (found.relation, found.distance)
                == (
                    sign.relation,
                    sign.distance,
                )
            ):
                found = Both((*found.parts, other), sign.relation, sign.distance)
            else:
                found = Both((found, other), sign.relation, sign.distance)
            chained = True
        return found

    def _one(self) -> Expression:
        if self._next() == "open":
            self._depth += 1
            if self._depth > DEEPEST:
                raise SearchError(_("Cette recherche a trop de parenthèses."), _("Écrivez-la plus simplement."))
            self._take()
            inside = self._either()
            if self._next() != "close":
                raise self._wrong(_("il manque une parenthèse fermante"))
            self._take()
            self._depth -= 1
            return inside
        if self._next() != "name":
            if self._next() == "not":
                raise self._wrong(_("SAUF a besoin d'un code avant lui, dont les passages sont à garder"))
            raise self._wrong(_("un nom de code est attendu"))
        sign = self._take()
        if not sign.text:
            self._place -= 1
            raise self._wrong(_("il n'y a rien entre les guillemets"))
        return Term(sign.text, sign.alone)

    def _wrong(self, what: str) -> SearchError:
        """Says where: the place in what was typed, and what stands before it."""
        sign = self._signs[self._place] if self._place < len(self._signs) else None
        place = sign.place if sign else len(self._typed.rstrip())
        before = self._typed[:place].strip()
        where = (
            _("Au caractère {place}, après « {before} »").format(place=place + 1, before=before[-40:])
            if before
            else _("Au début")
        )
        return SearchError(
            _("{where} : {what}.").format(where=where, what=what),
            _("Par exemple : Météo ET (Freins OU Matériel) ; mettez entre guillemets un nom qui contient ET ou OU."),
        )


def resolved(expression: Expression, codebook: Codebook) -> Expression:
    """The expression with the ids of its codes. Raises SearchError for one that the codebook does not have."""
    return mapped(expression, lambda term: _resolved(term, codebook))


def _resolved(term: Term, codebook: Codebook) -> Term:
    code = codebook.get(term.code) or codebook.by_name(term.code)
    if code is None and term.name:
        code = codebook.by_name(term.name)
    if code is not None:
        return Term(code.id, term.alone, code.name)
    name = term.name or term.code
    near = nearest(name, (each.name for each in codebook))
    raise SearchError(
        _("Il n'y a pas de code « {name} » dans la grille.").format(name=name[:80]),
        _("Vouliez-vous dire « {near} » ?").format(near=near) if near else _("Vérifiez le nom du code."),
    )
