"""The whole project as tidy tables: one row a thing, one column a fact, the same words in every table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.coding.model import Codebook, CodeKind, Position, position_label
from qualikit.coding.queries import codebook, select_codings, select_memos
from qualikit.coding.tables import codings
from qualikit.corpus.model import role_label, source_kind_label
from qualikit.corpus.naming import OURS, bearing_names
from qualikit.corpus.people import Person, read_people
from qualikit.corpus.queries import DocumentSummary, summaries
from qualikit.corpus.tables import participants
from qualikit.corpus.times import clock
from qualikit.i18n import _
from qualikit.store import Store, coders
from qualikit.text import natural
from qualikit.themes.dimensions import DIMENSIONS
from qualikit.themes.documents.numbering import numbers
from qualikit.themes.documents.options import Options
from qualikit.themes.documents.people import Names, names
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import TOTAL, Passage
from qualikit.themes.passages import read_passages
from qualikit.themes.syntheses import column_label
from qualikit.themes.tables import positions, syntheses

if TYPE_CHECKING:
    from qualikit.themes.themes import Themes

Progress = Callable[[int, int, str], bool | None]


@dataclass(frozen=True)
class Table:
    """``about``: what a row is. ``columns``: heading and width in characters."""

    name: str
    about: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Annex:
    """The tables of a project; ``named``: people are under the names that it has."""

    project: str
    tables: tuple[Table, ...]
    named: bool


def gather_annex(store: Store, coder: str, themes: Themes, options: Options) -> Annex:
    """Everything, each passage under its number."""
    matrix = themes.matrix(columns="territory")
    with store.read() as connection:
        ids = list(connection.execute(select_codings(codings.c.id)).scalars())
    numbered = numbers(store, coder, ids)
    with store.read() as connection:
        called = names(connection, options.named)
        book = codebook(connection)
        passages = read_passages(connection, ids)
        found = summaries(connection)
        titles = _titles(found, called)
        tables = (
            _documents(found, titles),
            _people(read_people(connection), called, titles),
            _codes(book, matrix),
            _codings(connection, passages, numbered, book, called, titles),
            _matrix(matrix),
            _syntheses(connection, book),
            _verbatims(passages, numbered, called, titles),
            _positions(connection, numbered, called),
            _memos(connection, numbered, titles, book),
        )
    return Annex(store.name, tables, called.named)


def _titles(found: Sequence[DocumentSummary], called: Names) -> dict[str, str]:
    """What each document is called: its title, or a number, its kind of source and its territory."""
    if called.named:
        return {each.id: each.title for each in found}
    labels = {}
    for number, each in enumerate(sorted(found, key=lambda each: each.id), 1):
        about = (source_kind_label(each.document.source_kind), each.document.territory or "")
        labels[each.id] = _("Document {n}").format(n=number) + f" ({', '.join(part for part in about if part)})"
    return labels


def _attributes(held: Sequence[dict[str, str] | Any]) -> list[str]:
    """Names of the attributes, those that have a column of their own left out."""
    ours = {name for names in OURS for each in held for name in bearing_names(each, names)}
    return sorted({name for each in held for name in each} - ours, key=natural)


def _documents(found: Sequence[DocumentSummary], titles: dict[str, str]) -> Table:
    more = _attributes([each.document.attributes for each in found])
    columns = (
        (_("Document"), 36), (_("Type de source"), 18), (_("Territoire"), 16), (_("Date"), 12), (_("Mots"), 9),
        (_("Tours de parole"), 9), (_("Personnes qui parlent"), 10), *((name, 18) for name in more),
    )  # fmt: skip
    rows = [
        [
            titles[each.id], source_kind_label(each.document.source_kind), each.document.territory or "",
            each.document.date, each.words, each.turns, each.participants,
            *(each.document.attributes.get(name, "") for name in more),
        ]
        for each in found
    ]  # fmt: skip
    return Table(_("Documents"), _("une ligne par document du corpus"), columns, rows)


def _people(people: Sequence[Person], called: Names, titles: dict[str, str]) -> Table:
    more = _attributes([person.attributes for person in people])
    columns = (
        (_("Personne"), 28), (_("Rôle"), 14), (_("Type d'acteur"), 18), (_("Territoire"), 16), (_("Documents"), 10),
        (_("Tours de parole"), 9), (_("Mots"), 9), (_("Où"), 48), *((name, 18) for name in more),
    )  # fmt: skip
    rows = [
        [
            called.person(person.id, person.name), role_label(person.role), ", ".join(person.actors),
            ", ".join(person.territories), len(person.places), person.turns, person.words,
            ", ".join(titles.get(place.document_id, "") for place in person.places),
            *(person.attributes.get(name, "") for name in more),
        ]
        for person in sorted(people, key=lambda person: (natural(called.person(person.id, person.name)), person.id))
    ]  # fmt: skip
    return Table(_("Participants"), _("une ligne par personne qui parle, animation comprise"), columns, rows)


def _codes(book: Codebook, matrix: Matrix) -> Table:
    columns = (
        (_("Chemin"), 40), (_("Code"), 26), (_("Niveau"), 8), (_("Nature"), 12), (_("Définition"), 60),
        (_("Quand l'employer"), 48), (_("Quand ne pas l'employer"), 48), (_("Mots-clés"), 36), (_("Couleur"), 10),
        (_("En retrait"), 10), (_("Codages du code seul"), 10), (_("Codages, sous-codes compris"), 12),
    )  # fmt: skip
    rows = []
    for code in book:
        cell = matrix.cell(code.id, TOTAL)
        nature = position_label(code.value) if code.kind is CodeKind.POSITION and code.value else _("Thème")
        rows.append(
            [
                book.path(code.id), code.name, book.depth(code.id) + 1, nature, code.definition, code.use, code.avoid,
                ", ".join(code.keywords), code.color, "" if code.active else _("oui"), cell.own_codings, cell.codings,
            ]
        )  # fmt: skip
    return Table(_("Codes"), _("une ligne par code de la grille"), columns, rows)


def _codings(
    connection: sa.Connection,
    passages: Sequence[Passage],
    numbered: Any,
    book: Codebook,
    called: Names,
    titles: dict[str, str],
) -> Table:
    columns = (
        (_("N° du passage"), 9), (_("Code"), 24), (_("Chemin"), 36), (_("Document"), 32), (_("Type de source"), 16),
        (_("Territoire"), 14), (_("Qui parle"), 24), (_("Tour"), 7), (_("Temps"), 9), (_("Début"), 8), (_("Fin"), 8),
        (_("Passage"), 80), (_("Codeur"), 14), (_("Origine"), 12), (_("Codé le"), 12), (_("Verbatim choisi"), 9),
    )  # fmt: skip
    about = {
        row.id: (row.origin, str(row.created)[:10])
        for row in connection.execute(select_codings(codings.c.id, codings.c.origin, codings.c.created))
    }
    origins = {"hand": _("à la main"), "suggestion": _("suggestion acceptée"), "import": _("fichier importé")}
    rows = []
    for passage in passages:
        origin, day = about[passage.coding_id]
        rows.append(
            [
                numbered[passage.coding_id], passage.code, book.path(passage.code_id), titles[passage.document_id],
                source_kind_label(passage.source_kind), passage.territory or "", called.speakers(passage),
                passage.turn, clock(passage.time) if passage.time is not None else "", passage.start, passage.stop,
                passage.quote, passage.coder, origins.get(origin, origin), day, _("oui") if passage.chosen else "",
            ]
        )  # fmt: skip
    return Table(_("Codages"), _("une ligne par codage ; un passage codé deux fois garde son numéro"), columns, rows)


def _matrix(matrix: Matrix) -> Table:
    columns = (
        (_("Chemin"), 44), (_("Code"), 28), (_("Territoire"), 20), (_("Codages"), 10), (_("Codages du code seul"), 12),
        (_("Passages"), 10), (_("Personnes"), 10), (_("Personnes possibles"), 12), (_("Part des personnes"), 11),
        (_("Documents"), 10), (_("Documents possibles"), 12),
    )  # fmt: skip
    keys = (
        "path", "code", "column", "codings", "own_codings", "passages", "people", "people_total", "share", "sessions",
        "sessions_total",
    )  # fmt: skip
    rows = [[record[key] for key in keys] for record in matrix.to_records()]
    return Table(
        _("Matrice"), _("une ligne par thème et par territoire ; un thème compte ceux rangés sous lui"), columns, rows
    )


def _syntheses(connection: sa.Connection, book: Codebook) -> Table:
    columns = (
        (_("Thème"), 28), (_("Selon"), 16), (_("Colonne"), 20), (_("Synthèse"), 90), (_("État"), 12),
        (_("Écrite par"), 14), (_("Le"), 12),
    )  # fmt: skip
    query = sa.select(syntheses, coders.c.name.label("coder")).join(coders, coders.c.id == syntheses.c.coder_id)
    rows = []
    for row in connection.execute(query):
        code = book.get(row.code_id)
        by = DIMENSIONS[row.dimension].label() if row.dimension in DIMENSIONS else ""
        rows.append(
            [
                code.name if code else "", by, column_label(connection, row.dimension, row.value), row.text,
                _("validée") if row.status == "validated" else _("brouillon"), row.coder, str(row.updated)[:10],
            ]
        )  # fmt: skip
    places = {code.name: place for place, code in enumerate(book)}
    rows.sort(key=lambda row: (places.get(row[0], len(places)), row[1], natural(row[2])))
    return Table(_("Synthèses"), _("une ligne par synthèse écrite"), columns, rows)


def _verbatims(passages: Sequence[Passage], numbered: Any, called: Names, titles: dict[str, str]) -> Table:
    columns = (
        (_("N° du passage"), 9), (_("Thème"), 26), (_("Territoire"), 16), (_("Verbatim"), 90), (_("Qui parle"), 24),
        (_("Document"), 32), (_("Tour"), 7),
    )  # fmt: skip
    rows = [
        [
            numbered[passage.coding_id], passage.code, passage.territory or "", passage.quote, called.speakers(passage),
            titles[passage.document_id], passage.turn,
        ]
        for passage in passages
        if passage.chosen
    ]  # fmt: skip
    return Table(_("Verbatims"), _("une ligne par passage choisi pour être cité"), columns, rows)


def _positions(connection: sa.Connection, numbered: Any, called: Names) -> Table:
    columns = (
        (_("N° du passage"), 9), (_("Personne"), 28), (_("Position"), 14), (_("Forte"), 8), (_("Dit par"), 14),
    )  # fmt: skip
    query = (
        sa.select(positions, participants.c.name.label("person"), coders.c.name.label("coder"))
        .join(participants, participants.c.id == positions.c.participant_id)
        .join(coders, coders.c.id == positions.c.coder_id)
        .order_by(positions.c.created, positions.c.id)
    )
    rows = [
        [
            numbered.get(row.coding_id), called.person(row.participant_id, row.person),
            position_label(Position(row.value)) if row.value in list(Position) else _("Aucune"),
            _("oui") if row.strong else "", row.coder,
        ]
        for row in connection.execute(query)
        if row.coding_id in numbered
    ]  # fmt: skip
    return Table(_("Positions"), _("une ligne par position donnée directement à un passage"), columns, rows)


def _memos(connection: sa.Connection, numbered: Any, titles: dict[str, str], book: Codebook) -> Table:
    columns = ((_("Sur"), 14), (_("Lequel"), 36), (_("Mémo"), 90), (_("Écrit par"), 14), (_("Le"), 12))
    rows = []
    for row in connection.execute(select_memos()):
        code = book.get(row.target_id)
        about: dict[str, tuple[str, Any]] = {
            "coding": (_("passage"), numbered.get(row.target_id)),
            "document": (_("document"), titles.get(row.target_id)),
            "code": (_("code"), code.name if code else None),
        }
        what, which = about.get(row.target_kind, ("", None))
        if which is not None:
            rows.append([what, str(which), row.text, row.coder, str(row.created)[:10]])
    return Table(_("Mémos"), _("une ligne par note écrite sur un passage, un document ou un code"), columns, rows)
