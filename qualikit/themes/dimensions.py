"""What a matrix can be read across: territory, source, actor, document, participant.

A dimension gives every voice (one participant in one document) and every document (for what no participant says in it)
one value. To add one, make a :class:`Dimension` and put it in ``DIMENSIONS``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from qualikit.corpus.model import SourceKind, source_kind_label
from qualikit.corpus.naming import own_value
from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.text import natural
from qualikit.themes.model import TOTAL, UNSPECIFIED


class Source(NamedTuple):
    """A document, as far as counting goes."""

    id: str
    title: str
    kind: str
    territory: str | None
    attributes: Mapping[str, str]


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
    a participant is one person, a document one session.
    """

    name: str
    label: Callable[[], str]
    without: Callable[[], str]
    value_of: Callable[[Source, Person | None], str]
    documents_have_it: bool = False
    people: bool = True
    sessions: bool = True


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


def dimension(name: str) -> Dimension:
    """The dimension of that name. Raises MatrixError, which lists them."""
    if name not in DIMENSIONS:
        raise MatrixError(
            _("Une matrice ne peut pas être lue par « {name} ».").format(name=name),
            _("Colonnes possibles : {names}.").format(names=", ".join(DIMENSIONS)),
        )
    return DIMENSIONS[name]


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
