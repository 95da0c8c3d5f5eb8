"""What the corpus is made of: documents, voices, dates, and who was not heard. Counted, with every denominator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.model import Document, Role, SourceKind, role_label, source_kind_label
from qualikit.corpus.naming import listed_values
from qualikit.corpus.people import Person, read_people
from qualikit.i18n import _
from qualikit.text import natural

if TYPE_CHECKING:
    import pandas as pd

Sheets = list[tuple[str, list[str], list[list[Any]]]]


@dataclass(frozen=True)
class Counts:
    """A table of counts: ``rows`` and ``columns`` in order, empty cells among them; « » for what has no value."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[tuple[str, str], int]
    total: int

    def at(self, row: str, column: str) -> int:
        return self.cells.get((row, column), 0)

    def row_total(self, row: str) -> int:
        return sum(self.at(row, column) for column in self.columns)

    def column_total(self, column: str) -> int:
        return sum(self.at(row, column) for row in self.rows)


@dataclass(frozen=True)
class Voice:
    """One person, in one document or over all: turns, words, and the share of the words that this is.

    ``of_participants`` is of what the participants say, None for who is not one; ``of_all`` of what everybody says.
    """

    id: str
    name: str
    role: Role
    documents: int
    turns: int
    words: int
    of_participants: float | None
    of_all: float


@dataclass(frozen=True)
class Session:
    """One document in which people speak: words said by participants, by those who moderate, by those who observe."""

    id: str
    title: str
    territory: str
    kind: SourceKind
    voices: tuple[Voice, ...]
    participants: int
    moderators: int
    observers: int

    @property
    def words(self) -> int:
        return self.participants + self.moderators + self.observers

    @property
    def moderators_share(self) -> float:
        """Of all that is said, from 0 to 1."""
        return self.moderators / self.words if self.words else 0.0


@dataclass(frozen=True)
class Dates:
    """The dates covered by the documents of a territory, or of all; how many of them say theirs."""

    territory: str | None
    first: Date | None
    last: Date | None
    dated: int
    documents: int


@dataclass(frozen=True)
class Composition:
    """``documents``: territory × kind of source; ``heard``: kind of actor × territory, the participants who speak, each
    once in a cell; ``people``: how many they are in all; ``voices`` over all documents, ``sessions`` one by one."""

    documents: Counts
    heard: Counts
    people: int
    voices: tuple[Voice, ...]
    sessions: tuple[Session, ...]
    dates: tuple[Dates, ...]

    @property
    def unheard(self) -> tuple[tuple[str, str], ...]:
        """(Kind of actor, territory) from which nobody was heard."""
        return tuple(
            (actor, territory)
            for actor in self.heard.rows
            for territory in self.heard.columns
            if actor and territory and not self.heard.at(actor, territory)
        )

    def visited(self, territory: str) -> int:
        """Documents from a territory: where there is none, nobody could be heard."""
        return self.documents.row_total(territory)

    def to_frames(self) -> dict[str, pd.DataFrame]:
        """The tables by name, as :meth:`to_sheets` has them."""
        import pandas as pd

        return {name: pd.DataFrame(rows, columns=columns) for name, columns, rows in self.to_sheets()}

    def to_sheets(self) -> Sheets:
        """Name, columns and rows of each table, in the user's words; shares from 0 to 1."""
        return [*_count_sheets(self), *_voice_sheets(self), _date_sheet(self)]


def read_composition(connection: sa.Connection) -> Composition:
    """Count the documents that are there, and those who speak in them."""
    found = [queries.document_from(row) for row in connection.execute(queries.select_documents())]
    people = read_people(connection)
    listed = listed_values(connection)
    heard: dict[tuple[str, str], set[str]] = {}
    for person in people:
        for place in person.places:
            if person.role is Role.PARTICIPANT:
                heard.setdefault((place.actor, place.territory), set()).add(person.id)
    territories = _ordered(
        {*((document.territory or "").strip() for document in found), *(where for _actor, where in heard)},
        listed.get("territory", ()),
    )
    actors = _ordered({actor for actor, _where in heard}, listed.get("actor", ()))
    participants = sum(1 for person in people if person.role is Role.PARTICIPANT)
    by_kind = Counter(((document.territory or "").strip(), document.source_kind.value) for document in found)
    where_heard = tuple(
        territory for territory in territories if territory or any(actor_where[1] == "" for actor_where in heard)
    )
    return Composition(
        Counts(territories, tuple(kind.value for kind in SourceKind), by_kind, len(found)),
        Counts(actors, where_heard, {cell: len(ids) for cell, ids in heard.items()}, participants),
        participants,
        _voices([(person, person.turns, person.words, len(person.places)) for person in people]),
        _sessions(found, people),
        _dates(found, territories),
    )


def _ordered(values: set[str], listed: Sequence[str]) -> tuple[str, ...]:
    """Listed ones first, used or not: an empty line is what they are listed for. What has no value comes last."""
    others = sorted(values - set(listed) - {""}, key=natural)
    return (*listed, *others, *([""] if "" in values else []))


def _voices(said: Sequence[tuple[Person, int, int, int]]) -> tuple[Voice, ...]:
    whole = sum(words for _person, _turns, words, _documents in said)
    theirs = sum(words for person, _turns, words, _documents in said if person.role is Role.PARTICIPANT)
    voices = [
        Voice(
            person.id,
            person.name,
            person.role,
            documents,
            turns,
            words,
            (words / theirs if theirs else 0.0) if person.role is Role.PARTICIPANT else None,
            words / whole if whole else 0.0,
        )
        for person, turns, words, documents in said
    ]
    return tuple(sorted(voices, key=lambda voice: (-voice.words, natural(voice.name), voice.id)))


def _sessions(found: Sequence[Document], people: Sequence[Person]) -> tuple[Session, ...]:
    by_document: dict[str, list[tuple[Person, int, int, int]]] = {}
    for person in people:
        for place in person.places:
            by_document.setdefault(place.document_id, []).append((person, place.turns, place.words, 1))
    sessions = []
    for document in found:
        if said := by_document.get(document.id):
            words: Counter[Role] = Counter()
            for person, _turns, n, _one in said:
                words[person.role] += n
            sessions.append(
                Session(
                    document.id,
                    document.title,
                    (document.territory or "").strip(),
                    document.source_kind,
                    _voices(said),
                    words[Role.PARTICIPANT],
                    words[Role.MODERATOR],
                    words[Role.OBSERVER],
                )
            )
    return tuple(sorted(sessions, key=lambda session: natural(session.title)))


def _dates(found: Sequence[Document], territories: Sequence[str]) -> tuple[Dates, ...]:
    def covered(territory: str | None, those: Sequence[Document]) -> Dates:
        days = sorted(document.date for document in those if document.date is not None)
        return Dates(territory, days[0] if days else None, days[-1] if days else None, len(days), len(those))

    by_territory = {
        territory: [document for document in found if (document.territory or "").strip() == territory]
        for territory in territories
    }
    return (*(covered(where, those) for where, those in by_territory.items()), covered(None, found))


# -- as tables


def territory_label(territory: str) -> str:
    """A territory for the user, that of what has none included."""
    return territory or _("Sans territoire")


def actor_label(actor: str) -> str:
    """A kind of actor for the user, that of who has none included."""
    return actor or _("Non indiqué")


def _count_sheets(made: Composition) -> Sheets:
    kinds = made.documents.columns
    documents = [
        [
            territory_label(territory),
            *(made.documents.at(territory, kind) for kind in kinds),
            made.documents.row_total(territory),
        ]
        for territory in made.documents.rows
    ]
    totals = [_("Ensemble"), *(made.documents.column_total(kind) for kind in kinds), made.documents.total]
    heard = [
        [actor_label(actor), *(made.heard.at(actor, territory) for territory in made.heard.columns)]
        for actor in made.heard.rows
    ]
    labels = [source_kind_label(SourceKind(kind)) for kind in kinds]
    return [
        (_("Documents"), [_("Territoire"), *labels, _("Ensemble")], [*documents, totals]),
        (_("Qui a été entendu"), [_("Type d'acteur"), *map(territory_label, made.heard.columns)], heard),
    ]


def _voice_sheets(made: Composition) -> Sheets:
    figures = [_("Tours"), _("Mots"), _("Part des mots des participants"), _("Part de tous les mots")]
    over_all = [
        [
            voice.name,
            role_label(voice.role),
            voice.documents,
            voice.turns,
            voice.words,
            voice.of_participants,
            voice.of_all,
        ]
        for voice in made.voices
    ]
    by_document = [
        [
            session.title,
            voice.name,
            role_label(voice.role),
            voice.turns,
            voice.words,
            voice.of_participants,
            voice.of_all,
        ]
        for session in made.sessions
        for voice in session.voices
    ]
    sessions = [
        [
            session.title,
            territory_label(session.territory),
            source_kind_label(session.kind),
            session.words,
            session.participants,
            session.moderators,
            session.observers,
            session.moderators_share,
        ]
        for session in made.sessions
    ]
    return [
        (_("Personnes"), [_("Nom"), _("Rôle"), _("Documents"), *figures], over_all),
        (_("Personnes par document"), [_("Document"), _("Nom"), _("Rôle"), *figures], by_document),
        (
            _("Part de l'animation"),
            [
                _("Document"),
                _("Territoire"),
                _("Type de source"),
                _("Mots dits"),
                _("par les participants"),
                _("par l'animation"),
                _("par l'observation"),
                _("Part de l'animation"),
            ],
            sessions,
        ),
    ]


def _date_sheet(made: Composition) -> tuple[str, list[str], list[list[Any]]]:
    rows = [
        [
            _("Ensemble") if each.territory is None else territory_label(each.territory),
            each.first,
            each.last,
            each.dated,
            each.documents,
        ]
        for each in made.dates
    ]
    columns = [_("Territoire"), _("Première date"), _("Dernière date"), _("Documents datés"), _("Documents")]
    return _("Dates"), columns, rows
