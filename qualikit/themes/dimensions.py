"""What a matrix can be read by: territory, source, actor, document, participant, period, any attribute; code, coder.

A dimension gives every voice (one participant in one document) and every document (for what no participant says in it)
one value; code and coder are of the coding itself, and say nothing of who could have spoken. To add one, make a
:class:`Dimension` and put it in ``DIMENSIONS`` (what syntheses are written by), ``PERIODS`` or ``OF_CODINGS``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualikit.corpus.model import SourceKind, attribute_label, source_kind_label
from qualikit.corpus.naming import OURS, own_value
from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.text import fold, natural
from qualikit.themes.model import TOTAL, UNSPECIFIED


class Source(NamedTuple):
    """A document, as far as counting goes."""

    id: str
    title: str
    kind: str
    territory: str | None
    attributes: Mapping[str, str]
    date: str | None = None
    """ISO 8601, of what was said or seen."""


class Person(NamedTuple):
    """A participant who counts."""

    id: str
    name: str
    attributes: Mapping[str, str]


@dataclass(frozen=True)
class Dimension:
    """One way to read across.

    ``value_of(document, person)`` is what a coding of that person's words in that document falls under; with None for
    the person, a coding of words that nobody counted says. ``documents_have_it``: the value is one of the document, so
    that a document without any is worth a column. ``people`` and ``sessions`` tell whether these figures say anything:
    a participant is one person, a document one session. ``of_codings``: the value is the coding's own.
    """

    name: str
    label: Callable[[], str]
    without: Callable[[], str]
    value_of: Callable[[Source, Person | None], str]
    documents_have_it: bool = False
    people: bool = True
    sessions: bool = True
    of_codings: bool = False


def territory_of(document: Source, person: Person | None) -> str:
    """The person's own territory, or the document's."""
    own = own_value(person.attributes, "territory") if person else ""
    return _free(own or (document.territory or "").strip())


def _actor_of(document: Source, person: Person | None) -> str:
    own = own_value(person.attributes, "actor") if person else ""
    return _free(own or own_value(document.attributes, "actor"))


def _free(value: str) -> str:
    """A value that somebody typed, kept apart from the mark of the total column."""
    return f"{value} " if value == TOTAL else value


DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension(
            "territory", lambda: _("Territoire"), lambda: _("Sans territoire"), territory_of, documents_have_it=True
        ),
        Dimension(
            "source",
            lambda: _("Type de source"),
            lambda: _("Sans type de source"),
            lambda document, _person: document.kind,
            documents_have_it=True,
        ),
        Dimension("actor", lambda: _("Type d'acteur"), lambda: _("Sans type d'acteur"), _actor_of),
        Dimension(
            "document",
            lambda: _("Document"),
            lambda: _("Sans document"),
            lambda document, _person: document.id,
            documents_have_it=True,
            sessions=False,
        ),
        Dimension(
            "participant",
            lambda: _("Participant"),
            lambda: _("Hors participants"),
            lambda _document, person: person.id if person else UNSPECIFIED,
            people=False,
        ),
    )
}


def _period(name: str, label: Callable[[], str], cut: Callable[[str], str]) -> Dimension:
    return Dimension(
        name, label, lambda: _("Sans date"), lambda document, _person: cut(document.date or ""), documents_have_it=True
    )


PERIODS: dict[str, Dimension] = {
    each.name: each
    for each in (
        _period("month", lambda: _("Mois"), lambda day: day[:7] if len(day) >= 7 else ""),
        _period(
            "quarter",
            lambda: _("Trimestre"),
            lambda day: f"{day[:4]}-T{(int(day[5:7]) + 2) // 3}" if len(day) >= 7 else "",
        ),
        _period("year", lambda: _("Année"), lambda day: day[:4]),
    )
}

OF_CODINGS: dict[str, Dimension] = {
    each.name: each
    for each in (
        Dimension("code", lambda: _("Code"), lambda: "", lambda _document, _person: UNSPECIFIED, of_codings=True),
        Dimension("coder", lambda: _("Codeur"), lambda: "", lambda _document, _person: UNSPECIFIED, of_codings=True),
    )
}


def dimension(name: str) -> Dimension:
    """The dimension of that name, among those that syntheses are written by. Raises MatrixError, which lists them."""
    if name not in DIMENSIONS:
        raise _unknown(name, DIMENSIONS)
    return DIMENSIONS[name]


def attribute(name: str, *, documents_have_it: bool = False) -> Dimension:
    """An attribute as a dimension: a participant's own value, or the document's."""

    def value(document: Source, person: Person | None) -> str:
        own = own_value(person.attributes, name) if person else ""
        return _free(own or own_value(document.attributes, name))

    return Dimension(
        name,
        lambda: attribute_label(name),
        lambda: _("Sans {attribute}").format(attribute=attribute_label(name)),
        value,
        documents_have_it=documents_have_it,
    )


def attribute_names(documents: Sequence[Source], people: Sequence[Person], listed: Iterable[str] = ()) -> list[str]:
    """Names of the attributes that a matrix can be read by, ours apart: those that the project describes, then the
    others, by name."""
    ours = {fold(name) for names in OURS.values() for name in names} | set(_every())
    described = [*(each.attributes for each in documents), *(each.attributes for each in people)]
    borne = {name for attributes in described for name, value in attributes.items() if value}
    known = [name for name in listed if fold(name) not in ours]
    return [*known, *sorted((name for name in borne - set(known) if fold(name) not in ours), key=natural)]


def read_by(
    name: str, documents: Sequence[Source] = (), people: Sequence[Person] = (), listed: Iterable[str] = ()
) -> Dimension:
    """What a row or a column stands for: any dimension, or an attribute of these documents and people by its name.
    Raises MatrixError, which lists them."""
    if (found := _every().get(name)) is not None:
        return found
    known = attribute_names(documents, people, listed)
    same = [each for each in known if each == name] or [each for each in known if fold(each) == fold(name)]
    if not same:
        raise _unknown(name, [*_every(), *known])
    held = any(own_value(document.attributes, same[0]) for document in documents)
    return attribute(same[0], documents_have_it=held)


def known_as(name: str) -> Dimension:
    """The dimension that a matrix says it was read by."""
    return _every().get(name) or attribute(name)


def _every() -> dict[str, Dimension]:
    return {"code": OF_CODINGS["code"], **DIMENSIONS, "coder": OF_CODINGS["coder"], **PERIODS}


def _unknown(name: str, known: Iterable[str]) -> MatrixError:
    return MatrixError(
        _("Une matrice ne peut pas être lue par « {name} ».").format(name=name),
        _("Il y a : {names}.").format(names=", ".join(known)),
    )


def headings(
    kind: Dimension,
    values: set[str],
    documents: Sequence[Source],
    people: Sequence[Person],
    homes: Mapping[str, str],
    order: Sequence[str] = (),
) -> dict[str, str]:
    """Label of each value, in the order in which they are read; the column of what has no value comes last.

    ``order``: the values that the project lists, which come first, as it lists them.
    Two participants of the same name are told apart by where they speak (``homes``: a document's title by person).
    """
    if kind.name == "source":
        known = {source.value: source_kind_label(source) for source in SourceKind}
        places = {value: place for place, value in enumerate(known)}
        ordered = sorted(values, key=lambda value: (places.get(value, len(places)), value))
        return {value: known.get(value, value) for value in ordered}
    labels = {value: value.strip() for value in values}
    if kind.name in PERIODS:
        said = {value: period_label(value) for value in sorted(values - {UNSPECIFIED})}
        return said | ({UNSPECIFIED: kind.without()} if UNSPECIFIED in values else {})
    if kind.name == "document":
        labels = _apart([(source.id, source.title, "") for source in documents if source.id in values])
    if kind.name == "participant":
        labels = _apart(
            [(person.id, person.name, homes.get(person.id, "")) for person in people if person.id in values]
        )
    if UNSPECIFIED in values:
        labels[UNSPECIFIED] = kind.without()
    listed = {value: place for place, value in enumerate(order)}
    ordered = sorted(
        values,
        key=lambda value: (value == UNSPECIFIED, listed.get(value, len(listed)), natural(labels[value]), value),
    )
    return {value: labels[value] for value in ordered}


def _apart(named: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Labels by id: the name; where several share it, what else is known of each; at last a number."""
    names = Counter(name for _id, name, _more in named)
    full = {id: f"{name} ({more})" if names[name] > 1 and more else name for id, name, more in named}
    again = Counter(full.values())
    seen: Counter[str] = Counter()
    labels = {}
    for id, name in full.items():
        seen[name] += 1
        labels[id] = f"{name} ({seen[name]})" if again[name] > 1 else name
    return labels


def period_label(value: str) -> str:
    """« février 2024 », « 1er trimestre 2024 », « 2024 »."""
    year, _dash, part = value.partition("-")
    if part.startswith("T"):
        names = (_("1er trimestre"), _("2e trimestre"), _("3e trimestre"), _("4e trimestre"))
        return f"{names[int(part[1:]) - 1]} {year}"
    if part:
        return f"{_months()[int(part) - 1]} {year}"
    return year


def _months() -> tuple[str, ...]:
    return (
        _("janvier"), _("février"), _("mars"), _("avril"), _("mai"), _("juin"), _("juillet"), _("août"),
        _("septembre"), _("octobre"), _("novembre"), _("décembre"),
    )  # fmt: skip
