"""What a search for names finds, and what is decided of it: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from qualikit.i18n import _


class Kind(StrEnum):
    """What a name is the name of."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    PHONE = "phone"
    MAIL = "mail"
    ADDRESS = "address"
    NUMBER = "number"
    LINK = "link"
    DATE = "date"
    OTHER = "other"


class Gender(StrEnum):
    """As the words around a name say it; unknown where they do not."""

    WOMAN = "woman"
    MAN = "man"
    UNKNOWN = "unknown"


class Decision(StrEnum):
    """What becomes of a name."""

    REPLACE = "replace"
    KEEP = "keep"
    PENDING = "pending"


class Style(StrEnum):
    """How people are called once their names are gone."""

    NAMES = "names"
    NUMBERS = "numbers"
    CODES = "codes"


def kind_label(kind: Kind) -> str:
    """Name of the kind for the user."""
    return {
        Kind.PERSON: _("Personne"),
        Kind.PLACE: _("Lieu"),
        Kind.ORGANISATION: _("Organisme"),
        Kind.PHONE: _("Téléphone"),
        Kind.MAIL: _("Adresse électronique"),
        Kind.ADDRESS: _("Adresse"),
        Kind.NUMBER: _("Numéro"),
        Kind.LINK: _("Lien ou compte"),
        Kind.DATE: _("Date de naissance"),
        Kind.OTHER: _("Autre nom"),
    }[kind]


def decision_label(decision: Decision) -> str:
    """The decision in the user's words."""
    return {
        Decision.REPLACE: _("Remplacer"),
        Decision.KEEP: _("Garder"),
        Decision.PENDING: _("À décider"),
    }[decision]


def style_label(style: Style) -> str:
    """The style in the user's words."""
    return {
        Style.NAMES: _("Prénoms et noms inventés"),
        Style.NUMBERS: _("« Personne 1 », « Personne 2 »…"),
        Style.CODES: _("« P01 », « P02 »…"),
    }[style]


@dataclass(frozen=True)
class Found:
    """One place where a name may stand: ``[start, stop)`` of a text in code points, ``score`` between 0 and 1."""

    start: int
    stop: int
    form: str
    kind: Kind
    score: float
    source: str
    """What found it: speaker, given, title, pattern, list, model, capital."""


@dataclass(frozen=True)
class Entry:
    """One person, place, number… under all the forms it takes, with what replaces it.

    ``firsts`` and ``lasts`` are the given and family names among the forms of a person. ``whole``: the pseudonym stands
    for any form, title included (« Personne 3 »); else given name goes for given name and family name for family name.
    """

    id: str
    kind: Kind
    forms: tuple[str, ...]
    firsts: tuple[str, ...] = ()
    lasts: tuple[str, ...] = ()
    gender: Gender = Gender.UNKNOWN
    pseudonym: str = ""
    whole: bool = True
    decision: Decision = Decision.PENDING
    score: float = 0.0
    source: str = ""

    @property
    def name(self) -> str:
        """The fullest form."""
        return self.forms[0] if self.forms else ""

    def having(self, **values: Any) -> Entry:
        """The same with other values."""
        return replace(self, **values)

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind.value,
            "forms": list(self.forms),
            "firsts": list(self.firsts),
            "lasts": list(self.lasts),
            "gender": self.gender.value,
            "pseudonym": self.pseudonym,
            "whole": self.whole,
            "decision": self.decision.value,
            "score": round(self.score, 3),
            "source": self.source,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Entry:
        return cls(
            id=str(value["id"]),
            kind=Kind(value["kind"]),
            forms=tuple(map(str, value["forms"])),
            firsts=tuple(map(str, value["firsts"])),
            lasts=tuple(map(str, value["lasts"])),
            gender=Gender(value["gender"]),
            pseudonym=str(value["pseudonym"]),
            whole=bool(value["whole"]),
            decision=Decision(value["decision"]),
            score=float(value["score"]),
            source=str(value["source"]),
        )


@dataclass(frozen=True)
class Match:
    """A form of an entry at ``[start, stop)`` of a text."""

    start: int
    stop: int
    entry: Entry


@dataclass(frozen=True)
class Context:
    """A place where a name stands, with the words around it; ``after`` is what would stand instead of ``match``."""

    document: str
    left: str
    match: str
    right: str
    replacement: str = ""


@dataclass(frozen=True)
class Renamed:
    """A title, a name or an attribute that would change: what it is, what it says, what it would say."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class OtherTexts:
    """What would change besides the documents' texts: ``shown``, each as it would read, and how many ``others``
    (file names, memos, codes…)."""

    shown: tuple[Renamed, ...] = ()
    others: int = 0


@dataclass(frozen=True)
class Counted:
    """An entry with how often it stands in the texts and titles of documents: in all, and by title of document."""

    entry: Entry
    count: int
    documents: Mapping[str, int] = field(default_factory=dict)
