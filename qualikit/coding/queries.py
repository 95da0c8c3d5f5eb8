"""How the coding is read from its tables: rows made into values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.coding.model import Code, Codebook, CodeKind, Coding, Memo, Origin, Position
from qualikit.coding.tables import codes, codings, memos
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents, participants, text_versions, turns
from qualikit.store import Transaction, coders, info, metadata, now, operations

NAME, DESCRIPTION = "codebook_name", "codebook_description"
"""Under these keys of ``info``: what the codebook is called and what it is for."""

_MANY = 500  # ids in one query: databases bound the number of parameters


def code_from(row: Any) -> Code:
    """A row of ``codes`` as a value."""
    return Code(
        id=row.id,
        name=row.name,
        parent_id=row.parent_id,
        position=row.position,
        definition=row.definition,
        use=row.use,
        avoid=row.avoid,
        keywords=tuple(row.keywords),
        example=row.example,
        color=row.color,
        shortcut=row.shortcut,
        kind=CodeKind(row.kind),
        value=Position(row.value) if row.value else None,
        active=row.active,
    )


def codebook(connection: sa.Connection) -> Codebook:
    """The project's codebook."""
    query = sa.select(info.c.key, info.c.value).where(info.c.key.in_([NAME, DESCRIPTION]))
    about = {row.key: row.value for row in connection.execute(query)}
    rows = connection.execute(sa.select(codes))
    return Codebook.of((code_from(row) for row in rows), about.get(NAME, ""), about.get(DESCRIPTION, ""))


def name_codebook(connection: sa.Connection, book: Codebook) -> None:
    """Keep the name and the description of a codebook where the project has none yet; not an event."""
    for key, value in ((NAME, book.name), (DESCRIPTION, book.description)):
        if value and connection.execute(sa.select(info.c.key).where(info.c.key == key)).first() is None:
            connection.execute(sa.insert(info).values(key=key, value=value))


in_text = codings.c.text_version_id == documents.c.text_version_id
"""Condition: the coding stands in the document's current text. One that lost its words when the text was corrected
stays on the text that had them: it is set aside, to be looked at."""


def select_codings(*columns: Any, standing: bool | None = True) -> sa.Select[Any]:
    """Codings of the documents that are there, with their coder and document joined, in the order of the text.

    ``standing``: those in the current text; False: those set aside; None: both.
    """
    query = (
        sa.select(*(columns or (codings, coders.c.name.label("coder"))))
        .select_from(codings)
        .join(coders, coders.c.id == codings.c.coder_id)
        .join(documents, documents.c.id == codings.c.document_id)
        .where(present)
        .order_by(
            documents.c.title, codings.c.document_id, codings.c.start, codings.c.stop, codings.c.created, codings.c.id
        )
    )
    return query if standing is None else query.where(in_text if standing else sa.not_(in_text))


def narrowed(
    query: sa.Select[Any], document: str | None = None, code: str | None = None, coder: str | None = None
) -> sa.Select[Any]:
    """The query for one document and code (by id) and one coder (by name); None: all."""
    for column, value in ((codings.c.document_id, document), (codings.c.code_id, code), (coders.c.name, coder)):
        if value is not None:
            query = query.where(column == value)
    return query


def at(query: sa.Select[Any], start: int, stop: int) -> sa.Select[Any]:
    """The query for the codings of exactly that passage."""
    return query.where(codings.c.start == start, codings.c.stop == stop)


FRAME = ("document", "start", "stop", "quote", "code", "coder", "origin", "created", "id", "document_id", "code_id")


def select_frame() -> sa.Select[Any]:
    """The columns of ``FRAME``, one row a coding."""
    return select_codings(
        documents.c.title,
        codings.c.start,
        codings.c.stop,
        codings.c.quote,
        codes.c.name,
        coders.c.name,
        codings.c.origin,
        codings.c.created,
        codings.c.id,
        codings.c.document_id,
        codings.c.code_id,
    ).join(codes, codes.c.id == codings.c.code_id)


def coder_names(connection: sa.Connection) -> list[str]:
    """Names of all coders, in order."""
    return list(connection.execute(sa.select(coders.c.name).order_by(coders.c.name)).scalars())


def coding_from(row: Any) -> Coding:
    """A row of :func:`select_codings` as a value."""
    return Coding(
        id=row.id,
        document_id=row.document_id,
        text_version_id=row.text_version_id,
        start=row.start,
        stop=row.stop,
        quote=row.quote,
        code_id=row.code_id,
        coder=row.coder,
        origin=Origin(row.origin),
        created=row.created,
    )


def coding(connection: sa.Connection, id: str) -> Coding | None:
    """The coding of that id, or None."""
    row = connection.execute(select_codings(standing=None).where(codings.c.id == id)).first()
    return coding_from(row) if row is not None else None


def coding_exists(connection: sa.Connection, id: str) -> bool:
    """True when that id is taken, were it in a document that was removed."""
    return connection.execute(sa.select(codings.c.id).where(codings.c.id == id)).first() is not None


def same_coding(
    connection: sa.Connection, version_id: str, start: int, stop: int, code_id: str, coder_id: str
) -> str | None:
    """Id of the coding of that very passage with that code by that coder, or None."""
    query = sa.select(codings.c.id).where(
        codings.c.text_version_id == version_id,
        codings.c.start == start,
        codings.c.stop == stop,
        codings.c.code_id == code_id,
        codings.c.coder_id == coder_id,
    )
    return connection.execute(query).scalar()


@dataclass(frozen=True)
class Passage:
    """What the current text of a document holds at a place; ``words`` is shorter than asked where the text ends."""

    document_id: str
    version_id: str
    text_hash: str
    words: str


def passage(connection: sa.Connection, document_id: str, start: int, stop: int) -> Passage | None:
    """``[start, stop)`` of a document's current text, without bringing the rest of it; None: no such document."""
    query = (
        sa.select(
            text_versions.c.document_id,
            text_versions.c.id,
            text_versions.c.text_hash,
            sa.func.substr(text_versions.c.text, start + 1, max(0, stop - start)),
        )
        .join(documents, documents.c.text_version_id == text_versions.c.id)
        .where(present, documents.c.id == document_id)
    )
    row = connection.execute(query).first()
    return Passage(*row) if row is not None else None


def document_titles(connection: sa.Connection) -> list[tuple[str, str]]:
    """Id and title of every document that is there."""
    return [tuple(row) for row in connection.execute(sa.select(documents.c.id, documents.c.title).where(present))]


def coded_passages(connection: sa.Connection, version_id: str) -> set[tuple[int, int, str, str]]:
    """Start, stop, code and coder (ids) of every coding of a text."""
    columns = (codings.c.start, codings.c.stop, codings.c.code_id, codings.c.coder_id)
    query = sa.select(*columns).where(codings.c.text_version_id == version_id)
    return {tuple(row) for row in connection.execute(query)}


@dataclass(frozen=True)
class CodeName:
    """As much of a code as an operation needs."""

    id: str
    name: str
    active: bool


def code_name(connection: sa.Connection, id: str) -> CodeName | None:
    """The code of that id, or None; reads one row where the codebook reads all."""
    row = connection.execute(sa.select(codes.c.id, codes.c.name, codes.c.active).where(codes.c.id == id)).first()
    return CodeName(*row) if row is not None else None


@dataclass(frozen=True)
class Outcome:
    """What became of an operation; ``refusal`` is None when it was done."""

    refusal: str | None


def outcome(connection: sa.Connection, uuid: str) -> Outcome | None:
    """What became of the operation of that uuid, or None when it was never seen."""
    row = connection.execute(sa.select(operations.c.refusal).where(operations.c.uuid == uuid)).first()
    return Outcome(row[0]) if row is not None else None


def keep_outcome(transaction: Transaction, uuid: str, refusal: str | None) -> None:
    """Remember it, so that the same operation sent again gets the same answer."""
    values = {"uuid": uuid, "coder_id": transaction.coder_id, "at": now(), "refusal": refusal}
    transaction.connection.execute(sa.insert(operations).values(values))


def count_codings(
    connection: sa.Connection, by: str, document: str | None = None, coder: str | None = None
) -> dict[str, int]:
    """Number of codings by ``code``, ``document`` (ids) or ``coder`` (names); those that have none are left out."""
    column = {"code": codings.c.code_id, "document": codings.c.document_id, "coder": coders.c.name}[by]
    query = select_codings(column, sa.func.count()).order_by(None).group_by(column)
    return {row[0]: row[1] for row in connection.execute(narrowed(query, document=document, coder=coder))}


def select_memos(
    document: str | None = None, coding: str | None = None, coder: str | None = None, *, around: bool = False
) -> sa.Select[Any]:
    """Memos on what is there, the oldest first: on a document and its codings, on one coding, by one coder.

    ``around``: with a document, those on the people who speak in it and on the codes too. One whose coding was undone
    by its coder is out of sight with it.
    """
    on_person, on_code = sa.select(participants.c.id), sa.select(codes.c.id)
    on_document = sa.select(documents.c.id).where(present)
    on_coding = sa.select(codings.c.id).join(documents, documents.c.id == codings.c.document_id).where(present)
    if document is not None:
        on_document = on_document.where(documents.c.id == document)
        on_coding = on_coding.where(documents.c.id == document)
        speak = sa.select(turns.c.participant_id).join(
            documents, documents.c.text_version_id == turns.c.text_version_id
        )
        on_person = on_person.where(participants.c.id.in_(speak.where(documents.c.id == document)))
    targets = [on_document, on_coding, *([on_person, on_code] if document is None or around else [])]
    query = (
        sa.select(memos, coders.c.name.label("coder"))
        .join(coders, coders.c.id == memos.c.coder_id)
        .where(sa.or_(*(memos.c.target_id.in_(target) for target in targets)))
        .order_by(memos.c.created)
    )
    if coding is not None:
        query = query.where(memos.c.target_id == coding)
    return query if coder is None else query.where(coders.c.name == coder)


def select_code_memos(code_id: str) -> sa.Select[Any]:
    """Memos on a code, the oldest first."""
    return (
        sa.select(memos, coders.c.name.label("coder"))
        .join(coders, coders.c.id == memos.c.coder_id)
        .where(memos.c.target_id == code_id)
        .order_by(memos.c.created)
    )


def participant_exists(connection: sa.Connection, id: str) -> bool:
    """True where there is a participant of that id."""
    return connection.execute(sa.select(participants.c.id).where(participants.c.id == id)).first() is not None


def memo_from(row: Any) -> Memo:
    """A row of :func:`select_memos` as a value."""
    return Memo(row.id, row.target_kind, row.target_id, row.coder, row.text, row.created, row.updated)


def own_memo(connection: sa.Connection, target_id: str, coder_id: str) -> Any | None:
    """Id and text of a coder's memo on something, or None."""
    query = sa.select(memos.c.id, memos.c.text).where(memos.c.target_id == target_id, memos.c.coder_id == coder_id)
    return connection.execute(query).first()


def ids_of(connection: sa.Connection, column: sa.Column[Any], among: Iterable[str]) -> list[str]:
    """Ids of the rows of the column's table whose ``column`` is among those."""
    id = column.table.c.id
    return [
        found
        for some in parts(among)
        for found in connection.execute(sa.select(id).where(column.in_(some)).order_by(id)).scalars()
    ]


def parts(ids: Iterable[str]) -> Iterator[list[str]]:
    """The ids in lists short enough for one query, in order."""
    listed = list(ids)
    for first in range(0, len(listed), _MANY):
        yield listed[first : first + _MANY]


def pointing_at(table: sa.Table) -> list[sa.Column[Any]]:
    """Columns of other tables, of whatever room, that refer to the rows of this one."""
    return [
        key.parent
        for other in metadata.sorted_tables
        if other is not table and "id" in other.c
        for key in other.foreign_keys
        if key.column.table is table
    ]
