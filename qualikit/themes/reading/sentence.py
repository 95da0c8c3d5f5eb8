"""A query said in French, and its codes written as they could be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qualikit.coding.model import Origin
from qualikit.coding.outbox import UUID
from qualikit.corpus.model import attribute_label, source_kind_label
from qualikit.corpus.search.query import AND, NEAR_NAMES, NOT, OR, QUOTES
from qualikit.i18n import _, ngettext
from qualikit.themes.reading.parsing import SUFFIXES
from qualikit.themes.reading.query import Both, Either, Expression, Query, Relation, Term, Without

Names = Mapping[str, str]
"""What is behind an id: names of codes, people, titles."""


def relation_label(relation: Relation) -> str:
    """« qui se recouvrent »."""
    return {
        Relation.OVERLAPPING: _("qui se recouvrent"),
        Relation.INSIDE: _("l'un dans l'autre"),
        Relation.SAME: _("sur les mêmes mots"),
        Relation.TURN: _("dans le même tour de parole"),
        Relation.NEAR: _("à quelques tours de parole"),
        Relation.DOCUMENT: _("dans le même document"),
    }[relation]


def origin_label(origin: Origin) -> str:
    """« posés à la main »."""
    return {
        Origin.HAND: _("posés à la main"),
        Origin.SUGGESTION: _("acceptés parmi les suggestions"),
        Origin.IMPORT: _("venus d'un fichier"),
    }[origin]


# -- as it is said


def sentence(query: Query, names: Names | None = None) -> str:
    """« Dysfonctionnements et Météo (qui se recouvrent), à Laval, par type d'acteur : usagers »."""
    names = names or {}
    said = _said(query.codes, names) if query.codes is not None else _("Tous les passages codés")
    return ", ".join([said, *(words for _part, words in conditions(query, names))])


def conditions(query: Query, names: Names) -> Iterator[tuple[str, str]]:
    """What a query is narrowed to besides its codes: name of the part, and how it is said."""
    if query.territories:
        yield "territories", _("à {names}").format(names=_or(query.territories, _("sans territoire")))
    if query.sources:
        yield "sources", _("dans : {names}").format(names=_or([source_kind_label(each) for each in query.sources]))
    if query.documents:
        yield "documents", _("dans {names}").format(names=_or([_document(id, names) for id in query.documents]))
    if query.said_from or query.said_until:
        yield "dates", _dates(query)
    if query.actors:
        yield "actors", _("dits par : {names}").format(names=_or(query.actors, _("sans type d'acteur")))
    if query.participants:
        yield "participants", _("dits par {names}").format(names=_or([called(id, names) for id in query.participants]))
    for number, (name, values) in enumerate(query.attributes):
        said = _("{name} : {values}").format(name=attribute_label(name), values=_or(values, _("sans valeur")))
        yield f"attributes {number}", said
    yield from _marks(query)


def _dates(query: Query) -> str:
    first, last = (f"{each:%d/%m/%Y}" if each else "" for each in (query.said_from, query.said_until))
    if first and last:
        return _("entre le {first} et le {last}").format(first=first, last=last)
    return _("à partir du {first}").format(first=first) if first else _("jusqu'au {last}").format(last=last)


def _marks(query: Query) -> Iterator[tuple[str, str]]:
    if query.coders:
        yield "coders", _("codés par {names}").format(names=_or(query.coders))
    elif query.everyone:
        yield "coders", _("par tous les codeurs")
    if query.origins:
        yield "origins", _or([origin_label(each) for each in query.origins])
    if query.memo is not None:
        yield "memo", _("avec un mémo") if query.memo else _("sans mémo")
    if query.verbatim is not None:
        yield "verbatim", _("choisis comme verbatims") if query.verbatim else _("qui ne sont pas des verbatims")


def _or(values: Sequence[str], nothing: str = "") -> str:
    said = [value or nothing for value in values]
    return said[0] if len(said) == 1 else _("{names} ou {last}").format(names=", ".join(said[:-1]), last=said[-1])


def _document(id: str, names: Names) -> str:
    name = called(id, names)
    return name if name == _gone() else _("« {name} »").format(name=name)


def called(id: str, names: Names) -> str:
    """The name behind an id, or the name itself; an id that nothing bears is shown to nobody."""
    return names.get(id) or (_gone() if re.fullmatch(UUID, id) else id)


def _gone() -> str:
    return _("ce qui n'est plus dans le projet")


def _said(expression: Expression, names: Names, *, inside: bool = False) -> str:
    match expression:
        case Term(code, alone, name):
            said = names.get(code) or name or code
            return _("{code} (sans les codes dessous)").format(code=said) if alone else said
        case Either(parts):
            said = _or([_said(part, names, inside=True) for part in parts])
        case Both(parts):
            head = [_said(part, names, inside=True) for part in parts]
            said = _("{names} et {last}").format(names=", ".join(head[:-1]), last=head[-1])
            said = f"{said} ({_how(expression)})"
        case Without(kept, refused):
            said = _("{kept} sans {refused} ({how})").format(
                kept=_said(kept, names, inside=True), refused=_said(refused, names, inside=True), how=_how(expression)
            )
    return f"[{said}]" if inside else said


def _how(expression: Both | Without) -> str:
    if expression.relation is Relation.NEAR:
        n = expression.distance
        return ngettext("à {n} tour au plus", "à {n} tours au plus", n).format(n=n)
    if isinstance(expression, Without):
        return {
            Relation.OVERLAPPING: _("qui le recouvre"),
            Relation.INSIDE: _("ni dedans, ni autour"),
            Relation.SAME: _("sur les mêmes mots"),
            Relation.TURN: _("dans le même tour de parole"),
            Relation.DOCUMENT: _("dans le même document"),
        }[expression.relation]
    return relation_label(expression.relation)


# -- as it is written


def written(expression: Expression | None, names: Names | None = None) -> str:
    """The codes as :func:`qualikit.themes.reading.parsing.parse` reads them."""
    return "" if expression is None else _written(expression, names or {})


def _written(expression: Expression, names: Names, *, inside: bool = False) -> str:
    match expression:
        case Term(code, alone, name):
            return ("=" if alone else "") + _name(names.get(code) or name or code)
        case Either(parts):
            said = " OU ".join(_written(part, names, inside=True) for part in parts)
        case Both(parts):
            said = f" {_operator('ET', expression)} ".join(_written(part, names, inside=True) for part in parts)
        case Without(kept, refused):
            sides = [_written(part, names, inside=True) for part in (kept, refused)]
            said = f" {_operator('SAUF', expression)} ".join(sides)
    return f"({said})" if inside else said


def _operator(word: str, expression: Both | Without) -> str:
    if expression.relation is Relation.NEAR:
        return f"{'PROCHE' if word == 'ET' else word}/{expression.distance}"
    suffix = next(name for name, relation in SUFFIXES.items() if relation is expression.relation)
    return word if expression.relation is Relation.OVERLAPPING else f"{word}/{suffix}"


def _name(name: str) -> str:
    """The name as it is; in quotation marks where it would be read as something else."""
    operators = AND | OR | NOT | NEAR_NAMES
    plain = not any(sign in name for sign in (*QUOTES, "»", "”", "(", ")", "/", "=", "\u00a0"))
    if plain and not any(word in operators for word in name.split()):
        return name
    if '"' not in name:
        return f'"{name}"'
    return f"“{name}”"
