"""What passages are gathered by: codes and how they stand to one another, and where, by whom, from what.

A query is a value: made from code, from what is typed (``parsing``), from the page, from JSON; the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date as Date
from enum import StrEnum
from typing import Any

from qualikit.coding.model import Origin
from qualikit.corpus.model import SourceKind
from qualikit.errors import SearchError
from qualikit.i18n import _

MOST_CODES = 64
DEEPEST = 32
FARTHEST = 100
NEAR_TURNS = 3


class Relation(StrEnum):
    """How a passage of one code has to stand to one of the other. Both are in the same document."""

    OVERLAPPING = "overlapping"
    """They share a character."""
    INSIDE = "inside"
    """One holds all of the other."""
    SAME = "same"
    """They are the same words."""
    TURN = "turn"
    """A turn has words of both."""
    NEAR = "near"
    """Between them are so many turns at most: 1 is the turn before or after."""
    DOCUMENT = "document"


@dataclass(frozen=True)
class Term:
    """Passages of a code and of those under it; ``alone``: of itself only. ``code`` is an id or a name; ``name`` what
    the code of an id was called when the query was kept."""

    code: str
    alone: bool = False
    name: str = field(default="", compare=False)


@dataclass(frozen=True)
class Both:
    """Passages of the first part that stand so to one of every other part."""

    parts: tuple[Expression, ...]
    relation: Relation = Relation.OVERLAPPING
    distance: int = NEAR_TURNS


@dataclass(frozen=True)
class Either:
    """Passages of any part."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Without:
    """Passages of ``kept`` that stand so to none of ``refused``."""

    kept: Expression
    refused: Expression
    relation: Relation = Relation.OVERLAPPING
    distance: int = NEAR_TURNS


Expression = Term | Both | Either | Without


@dataclass(frozen=True)
class Query:
    """Which passages. Every part that is empty narrows nothing; without ``codes``, every passage that is coded.

    Names are compared without case and accents; an empty one stands for what has no value. A participant's own
    territory, kind of actor and other attributes win over the document's, as in the matrix.

    - ``participants``, ``documents``: ids or names.
    - ``coders``: whose codings are read. Empty: those of whoever asks, unless ``everyone``.
    - ``origins``: by hand, accepted suggestions, from files.
    - ``said_from``, ``said_until``: date of the document, both included.
    - ``memo``, ``verbatim``: True: only with; False: only without; None: both.
    """

    codes: Expression | None = None
    territories: tuple[str, ...] = ()
    sources: tuple[SourceKind, ...] = ()
    actors: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    coders: tuple[str, ...] = ()
    everyone: bool = False
    origins: tuple[Origin, ...] = ()
    said_from: Date | None = None
    said_until: Date | None = None
    memo: bool | None = None
    verbatim: bool | None = None

    def __post_init__(self) -> None:
        if self.codes is not None:
            _check(self.codes)
        if self.said_from and self.said_until and self.said_from > self.said_until:
            raise SearchError(
                _("La date de fin est avant la date de début."), _("Échangez-les, ou laissez-en une vide.")
            )

    @property
    def terms(self) -> list[Term]:
        """The codes that it names, in order."""
        return list(terms_of(self.codes)) if self.codes is not None else []

    def to_json(self) -> dict[str, Any]:
        """The query as JSON values; what narrows nothing is left out."""
        found: dict[str, Any] = {}
        for each in fields(self):
            value = getattr(self, each.name)
            if value != each.default:
                found[each.name] = _plain(value)
        return found

    @classmethod
    def from_json(cls, made: object) -> Query:
        """The query that :meth:`to_json` made. Raises SearchError."""
        if not isinstance(made, Mapping):
            raise _unreadable("")
        values: dict[str, Any] = {}
        for name, value in made.items():
            reader = _READERS.get(name)
            if reader is None:
                raise _unreadable(str(name))
            try:
                values[name] = reader(value)
            except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
                raise _unreadable(name) from error
        return cls(**values)


def terms_of(expression: Expression) -> Iterator[Term]:
    """The codes of an expression, in order."""
    match expression:
        case Term():
            yield expression
        case Both(parts) | Either(parts):
            for part in parts:
                yield from terms_of(part)
        case Without(kept, refused):
            yield from terms_of(kept)
            yield from terms_of(refused)


def mapped(expression: Expression, change: Callable[[Term], Term]) -> Expression:
    """The expression with each of its codes changed."""
    match expression:
        case Term():
            return change(expression)
        case Both(parts) | Either(parts):
            return replace(expression, parts=tuple(mapped(part, change) for part in parts))
        case Without(kept, refused):
            return replace(expression, kept=mapped(kept, change), refused=mapped(refused, change))


def _check(expression: Expression) -> None:
    if _depth(expression) > DEEPEST:
        raise SearchError(_("Cette recherche a trop de parenthèses."), _("Écrivez-la plus simplement."))
    if sum(1 for _term in terms_of(expression)) > MOST_CODES:
        raise SearchError(_("Cette recherche a trop de codes."), _("Il en faut {n} au plus.").format(n=MOST_CODES))
    for each in _nodes(expression):
        if isinstance(each, Both | Without) and not 0 <= each.distance <= FARTHEST:
            raise SearchError(
                _("« à {n} tours au plus » n'est pas possible.").format(n=each.distance),
                _("Donnez un nombre entre 0 et {most}.").format(most=FARTHEST),
            )


def _nodes(expression: Expression) -> Iterator[Expression]:
    yield expression
    for part in _parts(expression):
        yield from _nodes(part)


def _parts(expression: Expression) -> tuple[Expression, ...]:
    match expression:
        case Term():
            return ()
        case Both(parts) | Either(parts):
            return parts
        case Without(kept, refused):
            return kept, refused


def _depth(expression: Expression) -> int:
    deepest, waiting = 1, [(expression, 1)]
    while waiting:
        each, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting += [(part, depth + 1) for part in _parts(each)]
    return deepest


# -- JSON


def _plain(value: Any) -> Any:
    if isinstance(value, Term):
        return {"code": value.code, "alone": value.alone, **({"name": value.name} if value.name else {})}
    if isinstance(value, Both):
        return {"and": _plain(value.parts), **_relation(value)}
    if isinstance(value, Either):
        return {"or": _plain(value.parts)}
    if isinstance(value, Without):
        return {"kept": _plain(value.kept), "without": _plain(value.refused), **_relation(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, Date) else str(value) if isinstance(value, StrEnum) else value


def _relation(value: Both | Without) -> dict[str, Any]:
    distance = {"distance": value.distance} if value.distance != NEAR_TURNS or value.relation is Relation.NEAR else {}
    return {"relation": value.relation.value, **distance}


def _expression(made: Any, depth: int = 0) -> Expression | None:
    if made is None:
        return None
    if depth > DEEPEST:
        raise SearchError(_("Cette recherche a trop de parenthèses."), _("Écrivez-la plus simplement."))

    def part(value: Any) -> Expression:
        found = _expression(value, depth + 1)
        if found is None:
            raise ValueError("an expression with nothing in it")
        return found

    def parts(values: Any) -> tuple[Expression, ...]:
        if not isinstance(values, list) or not values:
            raise ValueError("no parts")
        return tuple(map(part, values))

    if "code" in made:
        return Term(_text(made["code"]), _boolean(made.get("alone", False)), _text(made.get("name", "")))
    if "or" in made:
        return Either(parts(made["or"]))
    relation = Relation(made.get("relation", Relation.OVERLAPPING))
    distance = made.get("distance", NEAR_TURNS)
    if type(distance) is not int:
        raise ValueError("a distance that is no number")
    if "and" in made:
        return Both(parts(made["and"]), relation, distance)
    return Without(part(made["kept"]), part(made["without"]), relation, distance)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not text")
    value.encode()
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return tuple(map(_text, value))


def _attributes(value: Any) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((_text(name), _texts(values)) for name, values in value)


def _maybe(reader: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else reader(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "codes": _expression,
    **dict.fromkeys(("territories", "actors", "participants", "documents", "coders"), _texts),
    "sources": lambda value: tuple(map(SourceKind, _texts(value))),
    "origins": lambda value: tuple(map(Origin, _texts(value))),
    "attributes": _attributes,
    "everyone": _boolean,
    **dict.fromkeys(("said_from", "said_until"), _maybe(Date.fromisoformat)),
    **dict.fromkeys(("memo", "verbatim"), _maybe(_boolean)),
}


def _unreadable(name: str) -> SearchError:
    what = _("Cette recherche n'a pas pu être lue : « {name} ».") if name else _("Cette recherche n'a pas pu être lue.")
    return SearchError(
        what.format(name=name[:60]), _("Elle vient peut-être d'une version plus récente de qualikit : refaites-la.")
    )
