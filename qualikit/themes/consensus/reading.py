"""What a consensus grid is made from, read from the tables: who is present, what is coded, what was set by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.coding.model import Codebook, Position
from qualikit.coding.queries import codebook, in_text, parts
from qualikit.coding.tables import codings
from qualikit.corpus.model import Role, SourceKind
from qualikit.corpus.queries import current_versions, present
from qualikit.corpus.tables import documents, participants, turns
from qualikit.errors import MatrixError, NotFound
from qualikit.i18n import _
from qualikit.store import coders
from qualikit.text import natural
from qualikit.themes.consensus.model import Correction, Held
from qualikit.themes.tables import grid_cells, positions, question_cells, verbatims

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

NOTHING = "none"
"""What ``positions.value`` says where an evaluator found that there is no position."""


@dataclass(frozen=True)
class Present:
    """A participant of one document."""

    id: str
    name: str


@dataclass(frozen=True)
class Group:
    """A document and those who are present in it: participants who have a turn, in the order of their names;
    moderators and observers are not among them."""

    id: str
    title: str
    territory: str
    participants: tuple[Present, ...]

    @property
    def label(self) -> str:
        """« Aubagne — FG usagers »."""
        return f"{self.territory} — {self.title}" if self.territory else self.title


@dataclass(frozen=True)
class Turns:
    """Turns of participants, in the order of the documents and of the texts. ``document`` and ``person`` are places in
    ``groups`` and in ``people``; ``number`` counts from 1 in the document."""

    document: Ints
    person: Ints
    start: Ints
    stop: Ints
    number: list[int]
    time: list[float | None]
    people: list[str]

    def speech(self, turn: int) -> tuple[int, int]:
        """Where the words of a turn begin and end."""
        return int(self.start[turn]), int(self.stop[turn])


@dataclass(frozen=True)
class Coded:
    """Codings of the documents. ``document`` is a place in the groups, ``code`` a place in the codebook."""

    ids: list[str]
    document: Ints
    start: Ints
    stop: Ints
    code: Ints
    coder: list[str]
    quote: list[str]
    chosen: frozenset[str]


@dataclass(frozen=True)
class Material:
    """All of it."""

    book: Codebook
    groups: tuple[Group, ...]
    versions: tuple[str, ...]
    """The current text of each group."""
    turns: Turns
    coded: Coded
    by_hand: Mapping[tuple[str, str], tuple[Position | None, bool]]
    """(coding, participant) → the position set there, None for none, and whether it is strong."""
    corrections: Mapping[tuple[str, str, str], Correction] = field(default_factory=dict)
    """(document, code or question, participant) → the cell set by hand."""


def read_material(
    connection: sa.Connection,
    titles: Sequence[str] = (),
    sources: Sequence[str | SourceKind] | None = None,
    coder: str | None = None,
) -> Material:
    """What is coded, by one coder or by all, in the documents of these titles or ids, else of these kinds of source,
    else in the focus groups; where there is none, wherever two participants speak. Raises NotFound, MatrixError."""
    rows = _documents(connection, titles, sources)
    by_name = not titles and sources is None
    found = [row for row in rows if row.source_kind == SourceKind.FOCUS_GROUP.value] if by_name else rows
    spoken = _turns(connection, found or rows)
    if by_name and not found:
        several = {document for document in set(spoken[0]) if len({*_of(spoken, document)}) > 1}
        rows = [row for place, row in enumerate(rows) if place in several]
        spoken = _turns(connection, rows)
        found = rows
    groups, made = _groups(connection, found, spoken)
    book = codebook(connection)
    coded = _codings(connection, found, book, coder)
    return Material(
        book,
        groups,
        tuple(row.version for row in found),
        made,
        coded,
        _by_hand(connection, coded.ids),
        _corrections(connection, [row.id for row in found]),
    )


def _documents(
    connection: sa.Connection, titles: Sequence[str], sources: Sequence[str | SourceKind] | None
) -> list[Any]:
    query = (
        sa.select(
            documents.c.id,
            documents.c.title,
            documents.c.source_kind,
            documents.c.territory,
            current_versions.c.id.label("version"),
        )
        .join(current_versions, current_versions.c.document_id == documents.c.id)
        .where(present)
    )
    rows = sorted(connection.execute(query), key=lambda row: (natural(row.territory or ""), natural(row.title), row.id))
    known, wanted = {name for row in rows for name in (row.id, row.title)}, set(titles)
    for title in titles:
        if title not in known:
            raise NotFound(
                _("Il n'y a pas de document « {name} » dans le projet.").format(name=title), _("Vérifiez le titre.")
            )
    for source in sources or ():
        if source not in list(SourceKind):
            raise MatrixError(
                _("« {name} » n'est pas un type de source.").format(name=source),
                _("Il y a : {names}.").format(names=", ".join(SourceKind)),
            )
    if titles:
        rows = [row for row in rows if row.id in wanted or row.title in wanted]
    if sources is not None:
        rows = [row for row in rows if row.source_kind in sources]
    return rows


def _turns(connection: sa.Connection, rows: Sequence[Any]) -> list[list[Any]]:
    """Turns of participants, column by column: document, person, start and stop of the speech, number, time, name."""
    place = {row.version: number for number, row in enumerate(rows)}
    columns: list[list[Any]] = [[] for _column in range(7)]
    for some in parts(list(place)):
        query = (
            sa.select(
                turns.c.text_version_id,
                turns.c.participant_id,
                turns.c.speech_start,
                turns.c.speech_stop,
                turns.c.index,
                turns.c.time,
                participants.c.name,
            )
            .join(participants, participants.c.id == turns.c.participant_id)
            .where(turns.c.text_version_id.in_(some), participants.c.role == Role.PARTICIPANT.value)
        )
        for row in connection.execute(query):
            for column, value in zip(columns, (place[row[0]], *row[1:]), strict=True):
                column.append(value)
    order = sorted(range(len(columns[0])), key=lambda n: (columns[0][n], columns[2][n]))
    return [[column[n] for n in order] for column in columns]


def _of(spoken: list[list[Any]], document: int) -> set[str]:
    return {person for place, person in zip(spoken[0], spoken[1], strict=True) if place == document}


def _groups(connection: sa.Connection, rows: Sequence[Any], spoken: list[list[Any]]) -> tuple[tuple[Group, ...], Turns]:
    import numpy as np

    people = {id: number for number, id in enumerate(dict.fromkeys(spoken[1]))}
    heard: list[dict[str, str]] = [{} for _row in rows]
    for document, person, name in zip(spoken[0], spoken[1], spoken[6], strict=True):
        heard[document][person] = name
    groups = tuple(
        Group(row.id, row.title, (row.territory or "").strip(), _named(names))
        for row, names in zip(rows, heard, strict=True)
    )
    return groups, Turns(
        np.array(spoken[0], dtype=np.int64),
        np.array([people[id] for id in spoken[1]], dtype=np.int64),
        np.array(spoken[2], dtype=np.int64),
        np.array(spoken[3], dtype=np.int64),
        [number + 1 for number in spoken[4]],
        spoken[5],
        list(people),
    )


def _named(names: Mapping[str, str]) -> tuple[Present, ...]:
    """Those present, by name; two of one name are told apart by a number."""
    found, seen = [], dict[str, int]()
    for id, name in sorted(names.items(), key=lambda each: (natural(each[1]), each[0])):
        seen[name] = seen.get(name, 0) + 1
        found.append(Present(id, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    return tuple(found)


def _codings(connection: sa.Connection, rows: Sequence[Any], book: Codebook, coder: str | None) -> Coded:
    import numpy as np

    if coder is not None and coder not in set(connection.execute(sa.select(coders.c.name)).scalars()):
        raise NotFound(_("Il n'y a pas de codeur « {name} » dans le projet.").format(name=coder), _("Vérifiez le nom."))
    place = {row.id: number for number, row in enumerate(rows)}
    code_place = {code.id: number for number, code in enumerate(book.codes)}
    names = {row.id: row.name for row in connection.execute(sa.select(coders.c.id, coders.c.name))}
    columns: list[list[Any]] = [[] for _column in range(7)]
    for some in parts(list(place)):
        query = (
            sa.select(
                codings.c.id,
                codings.c.document_id,
                codings.c.start,
                codings.c.stop,
                codings.c.code_id,
                codings.c.coder_id,
                codings.c.quote,
            )
            .join(documents, documents.c.id == codings.c.document_id)
            .where(codings.c.document_id.in_(some), in_text)
        )
        if coder is not None:
            query = query.where(codings.c.coder_id.in_([id for id, name in names.items() if name == coder]))
        for batch in connection.execute(query).partitions(2000):  # few rows are ever alive at once
            for column, values in zip(columns, zip(*batch, strict=True), strict=True):
                column.extend(values)
    ids, quotes = columns[0], columns[6]
    document = np.array([place[id] for id in columns[1]], dtype=np.int64)
    code = np.array([code_place[id] for id in columns[4]], dtype=np.int64)
    start, stop = np.array(columns[2], dtype=np.int64), np.array(columns[3], dtype=np.int64)
    by = [names[id] for id in columns[5]]
    # In the order of the texts; where codings are alike, by the names of those who made them.
    told = np.array(by, dtype=np.str_) if by else np.zeros(0, dtype=np.str_)
    order = np.lexsort((np.array(ids, dtype=np.str_), told, stop, start, document))
    turned = order.tolist()
    chosen = frozenset(connection.execute(sa.select(verbatims.c.id)).scalars())
    return Coded(
        [ids[n] for n in turned],
        document[order],
        start[order],
        stop[order],
        code[order],
        [by[n] for n in turned],
        [quotes[n] for n in turned],
        chosen,
    )


def _by_hand(
    connection: sa.Connection, coding_ids: Sequence[str]
) -> dict[tuple[str, str], tuple[Position | None, bool]]:
    wanted = set(coding_ids)
    rows = connection.execute(sa.select(positions)).all()
    return {
        (row.coding_id, row.participant_id): (None if row.value == NOTHING else Position(row.value), bool(row.strong))
        for row in rows
        if row.coding_id in wanted
    }


def _corrections(connection: sa.Connection, document_ids: Sequence[str]) -> dict[tuple[str, str, str], Correction]:
    wanted = set(document_ids)
    found = {}
    for table, of_row in ((grid_cells, grid_cells.c.code_id), (question_cells, question_cells.c.question_id)):
        query = sa.select(
            table.c.document_id, of_row, table.c.participant_id, table.c.value, table.c.reason, coders.c.name,
            table.c.updated,
        ).join(coders, coders.c.id == table.c.coder_id)  # fmt: skip
        for document, row, person, value, reason, coder, updated in connection.execute(query):
            if document in wanted:
                found[document, row, person] = Correction(Held(value), reason, coder, updated)
    return found
