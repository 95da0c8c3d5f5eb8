"""The index of words of a project: derived from its texts, made at the first search, dropped whenever that is simpler.

One row a passage (a turn, or a paragraph of what nobody says). SQLite: FTS5, without the texts themselves; PostgreSQL:
a ``tsvector``. Both are fed the same terms, folded and stemmed by the caller, whose ``kind`` says how: an index of
another kind is made anew. None of it is in the project's history, nor in its migrations.

The number of a passage is ``slot * SLOT + its place in the text``: each document has a slot, and passages are read in
the order of their numbers, never ranked (measured on frequent words: 629 ms against 12).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.errors import StoreError
from qualikit.i18n import _
from qualikit.store.conditions import FORM, All, Condition, Near, Phrase, Some

SLOT = 1 << 20
"""Passages that a document may have."""

_big = sa.BigInteger().with_variant(sa.Integer, "sqlite")
# Apart from the project's own tables: neither migrations nor undo know them.
_index = sa.MetaData()

_about = sa.Table(
    "search_about",
    _index,
    sa.Column("kind", sa.String(200), primary_key=True),
    sa.Column("generation", sa.String(36), nullable=False),
)
indexed_texts = sa.Table(
    "search_texts",
    _index,
    sa.Column("slot", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("document_id", sa.String(36), nullable=False, unique=True),
    sa.Column("text_version_id", sa.String(36), nullable=False),
)
"""Which text of which document is in the index."""
passages = sa.Table(
    "search_passages",
    _index,
    sa.Column("id", _big, primary_key=True, autoincrement=False),
    sa.Column("slot", sa.Integer, nullable=False),
    sa.Column("turn", sa.Integer, nullable=False),  # index of the turn it is in
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("stop", sa.Integer, nullable=False),
    # The words as they are, once more: reading fifty whole texts for fifty lines took ten times longer.
    sa.Column("text", sa.Text, nullable=False),
)

_CREATE_FTS5 = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "stems, forms, content='', columnsize=0, prefix='3', tokenize=\"ascii tokenchars '='\")"
)


@dataclass(frozen=True)
class IndexedPassage:
    """A passage with its words, each as (form, stem)."""

    turn: int
    start: int
    stop: int
    text: str
    words: Sequence[tuple[str, str]]


def generation(connection: sa.Connection, kind: str) -> str | None:
    """Names the state of the index, and changes with it; None: there is none, or it is of another kind."""
    # Asked at every search: an inspector would take longer than the search.
    is_there = (
        "SELECT count(*) FROM sqlite_master WHERE name = 'search_about'"
        if connection.dialect.name == "sqlite"
        else "SELECT count(to_regclass('search_about'))"
    )
    if not connection.exec_driver_sql(is_there).scalar():
        return None
    return connection.execute(sa.select(_about.c.generation).where(_about.c.kind == kind)).scalar()


def make_index(connection: sa.Connection, kind: str) -> None:
    """An empty index of that kind, where there is none; one of another kind is erased first."""
    if generation(connection, kind) is not None:
        return
    erase_index(connection)
    _index.create_all(connection)
    try:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(_CREATE_FTS5)
        else:
            connection.exec_driver_sql("ALTER TABLE search_passages ADD COLUMN terms tsvector NOT NULL")
            connection.exec_driver_sql("CREATE INDEX ix_search_passages_terms ON search_passages USING gin (terms)")
    except sa.exc.OperationalError as error:
        if "fts5" not in str(error.orig).lower():
            raise
        raise StoreError(
            _("La recherche n'est pas possible avec ce Python : sa bibliothèque SQLite n'a pas FTS5."),
            _("Installez Python depuis python.org, ou celui de votre système."),
        ) from error
    connection.execute(sa.insert(_about).values(kind=kind, generation=_new()))


def erase_index(connection: sa.Connection) -> None:
    """Take the whole index out of the project, inside a writing transaction; the next search makes it anew.

    For whoever removes what people said: an index keeps words after the text they were in. Dropped whole, its pages
    are freed, and overwritten (``secure_delete``); once the write-ahead log is written into the file and cut short
    (``PRAGMA wal_checkpoint(TRUNCATE)``, or closing the project), none of its words is in the project's bytes.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE IF EXISTS search_words")
    _index.drop_all(connection)


def put_text(
    connection: sa.Connection,
    document_id: str,
    version_id: str,
    found: Sequence[IndexedPassage],
    slot: int | None = None,
) -> None:
    """Put a document's text into the index, into the slot that :func:`drop_text` freed or the next one. What is past
    ``SLOT`` passages is left out."""
    if slot is None:
        last = connection.execute(sa.select(sa.func.max(indexed_texts.c.slot))).scalar()
        slot = 1 if last is None else int(last) + 1
    connection.execute(sa.insert(indexed_texts).values(slot=slot, document_id=document_id, text_version_id=version_id))
    rows = [
        {
            "id": slot * SLOT + number,
            "slot": slot,
            "turn": each.turn,
            "start": each.start,
            "stop": each.stop,
            "text": each.text,
        }
        for number, each in enumerate(found[:SLOT])
    ]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(sa.insert(passages), rows)
        connection.exec_driver_sql(
            "INSERT INTO search_words (rowid, stems, forms) VALUES (?, ?, ?)",
            [(row["id"], *_columns(each.words)) for row, each in zip(rows, found, strict=False)],
        )
    else:
        insert = sa.text(
            "INSERT INTO search_passages (id, slot, turn, start, stop, text, terms)"
            " VALUES (:id, :slot, :turn, :start, :stop, :text, array_to_tsvector(CAST(:terms AS text[])))"
        )
        connection.execute(
            insert, [{**row, "terms": sorted(_terms(each.words))} for row, each in zip(rows, found, strict=False)]
        )


def drop_text(
    connection: sa.Connection, document_id: str, words_of: Callable[[str], Sequence[tuple[str, str]]]
) -> int | None:
    """Take a document's text out of the index; its slot, None where it was not there. ``words_of`` gives the words of a
    passage as they were put in: FTS5 forgets only what it is told again."""
    slot = connection.execute(
        sa.select(indexed_texts.c.slot).where(indexed_texts.c.document_id == document_id)
    ).scalar()
    if slot is None:
        return None
    if connection.dialect.name == "sqlite":
        known = sa.select(passages.c.id, passages.c.text).where(
            passages.c.id.between(slot * SLOT, slot * SLOT + SLOT - 1)
        )
        gone = [(id, *_columns(words_of(text))) for id, text in connection.execute(known)]
        if gone:
            connection.exec_driver_sql(
                "INSERT INTO search_words (search_words, rowid, stems, forms) VALUES ('delete', ?, ?, ?)", gone
            )
    connection.execute(sa.delete(passages).where(passages.c.id.between(slot * SLOT, slot * SLOT + SLOT - 1)))
    connection.execute(sa.delete(indexed_texts).where(indexed_texts.c.slot == slot))
    return int(slot)


def index_changed(connection: sa.Connection) -> None:
    """Say that the index is not what it was: what others remember of it no longer counts."""
    connection.execute(sa.update(_about).values(generation=_new()))


def candidates(connection: sa.Connection, condition: Condition, first: int, last: int, limit: int) -> sa.Subquery:
    """A table of one column, ``id``: in order, the first passages from ``first`` to ``last`` that may meet a condition.
    None that meets it is left out; the caller looks whether they do."""
    if connection.dialect.name == "sqlite":
        words = sa.table("search_words", sa.column("rowid", sa.Integer), sa.column("search_words", sa.Text))
        id, meets = words.c.rowid, words.c.search_words.match(_fts5(condition))
    else:
        from sqlalchemy.dialects.postgresql import TSQUERY

        id = passages.c.id
        meets = sa.literal_column("search_passages.terms").op("@@")(sa.cast(_tsquery(condition), TSQUERY))
    within = id.between(first, last)
    return sa.select(id.label("id")).where(meets, within).order_by(id).limit(limit).subquery("candidates")


def _new() -> str:
    from qualikit.store.journal import new_id

    return new_id()


def _columns(words: Sequence[tuple[str, str]]) -> tuple[str, str]:
    return " ".join([stem for _form, stem in words]), " ".join([FORM + form for form, _stem in words])


def _terms(words: Sequence[tuple[str, str]]) -> set[str]:
    return {stem for _form, stem in words} | {FORM + form for form, _stem in words}


def _fts5(condition: Condition) -> str:
    """As FTS5 reads it. Terms are letters and digits: there is nothing in them to escape."""
    match condition:
        case Phrase():
            return f'"{" ".join(condition.terms)}"{" *" if condition.prefix else ""}'
        case Near():
            return f"NEAR({_fts5(condition.left)} {_fts5(condition.right)}, {condition.distance})"
        case Some():
            return f"({' OR '.join(map(_fts5, condition.parts))})"
        case All():
            asked = f"({' AND '.join(map(_fts5, condition.parts))})"
            without = [_fts5(each) for each in condition.without if _is_sure(each, phrases=True)]
            return f"({asked} NOT ({' OR '.join(without)}))" if without else asked


def _tsquery(condition: Condition) -> str:
    """As PostgreSQL reads it. Without places, which a tsvector keeps only up to a point: words, not phrases."""
    match condition:
        case Phrase():
            terms = [f"'{term}'" for term in condition.terms]
            return f"({' & '.join(terms)}{':*' if condition.prefix else ''})"
        case Near():
            return f"({_tsquery(condition.left)} & {_tsquery(condition.right)})"
        case Some():
            return f"({' | '.join(map(_tsquery, condition.parts))})"
        case All():
            without = [f"!{_tsquery(each)}" for each in condition.without if _is_sure(each, phrases=False)]
            return f"({' & '.join([*map(_tsquery, condition.parts), *without])})"


def _is_sure(condition: Condition, *, phrases: bool) -> bool:
    """True where every passage that the database finds does meet the condition: only then may those be left out."""
    match condition:
        case Phrase():
            return phrases or len(condition.terms) == 1
        case Near():
            return False
        case Some():
            return all(_is_sure(each, phrases=phrases) for each in condition.parts)
        case All():
            return all(_is_sure(each, phrases=phrases) for each in (*condition.parts, *condition.without))
