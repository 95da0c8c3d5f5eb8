"""Everything that people wrote in a project besides the transcripts: titles, names, attributes, memos, definitions.

Found by the types of the columns, so that what a room adds to the project later is found too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from qualikit.corpus.tables import source_files, text_versions, turns
from qualikit.i18n import _
from qualikit.store import (
    DERIVED_FROM,
    Change,
    beside_ids,
    coders,
    events,
    info,
    metadata,
    operations,
    preferences,
)

_SHORTEST = 200  # a bounded column shorter than this holds a code, a date, an id
_APART = (events, operations, preferences, coders, info, source_files, text_versions, turns)
"""The texts themselves, and what has rules of its own."""
_ALIKE = 1_000  # names that may become the same one
_MEASURED = ("created", "needs_version")
_NOT_PROSE = ("text_hash", "sha256", "quote", "reader", "territory")

Rewrite = Callable[[str], str]


@dataclass(frozen=True)
class Written:
    """One value that somebody wrote: where, and the words, or what JSON holds of them."""

    table: sa.Table
    id: str
    column: str
    value: Any

    @property
    def strings(self) -> list[str]:
        return list(_strings(self.value))


@cache
def columns() -> tuple[tuple[sa.Table, sa.Column[Any]], ...]:
    """The columns that hold what people wrote, of every table with an id."""
    return tuple(
        (table, column)
        for table in metadata.sorted_tables
        if table not in _APART and "id" in table.c
        for column in table.columns
        if column.name not in _NOT_PROSE and not column.foreign_keys and DERIVED_FROM not in column.info
        if isinstance(column.type, sa.JSON)
        or (isinstance(column.type, sa.String) and (column.type.length or _SHORTEST) >= _SHORTEST)
    )


def written(connection: sa.Connection) -> Iterator[Written]:
    """Every such value that is not empty, table by table."""
    for table, column in columns():
        for id, value in connection.execute(sa.select(table.c.id, column)):
            if value:
                yield Written(table, id, column.name, value)


def changes(
    connection: sa.Connection, words: Rewrite, whole: frozenset[str] = frozenset()
) -> Iterator[tuple[Written, Any]]:
    """What :func:`rewrite` would change: each value, and what it would become."""

    def each(text: str) -> str:
        if text in whole:
            return text
        inside = _packed(text)
        return beside_ids(text, words) if inside is None else json.dumps(_mapped(inside, each), ensure_ascii=False)

    for one in list(written(connection)):
        after = _mapped(one.value, each)
        if after != one.value:
            yield one, after


def rewrite(change: Change, words: Rewrite, whole: frozenset[str] = frozenset()) -> int:
    """Pass everything written through ``words``, in the event that the caller opened; how many values changed.

    Strings that are exactly one of ``whole`` (a territory) are left as they are.
    """
    changed = 0
    for one, after in changes(change.connection, words, whole):
        _update(change, one, after)
        changed += 1
    return changed


def _update(change: Change, one: Written, after: Any) -> None:
    """Set it, with the columns that follow it. Of two codes named after one person the second is numbered: what must be
    told apart by its name cannot bear the same one."""
    number, value = 1, after
    while True:
        values = {one.column: value}
        for column in one.table.columns:
            source, follow = column.info.get(DERIVED_FROM, ("", None))
            if source == one.column and follow is not None:
                values[column.name] = follow(value)
        try:
            with change.connection.begin_nested():
                change.update(one.table, one.id, **values)
            return
        except sa.exc.IntegrityError:
            if not isinstance(after, str) or number == _ALIKE:
                raise
            number += 1
            value = f"{after} ({number})"


def facts(connection: sa.Connection) -> dict[str, str]:
    """What was written about the project as a whole: its name, what its codebook is called and is for."""
    found = connection.execute(sa.select(info.c.key, info.c.value)).all()
    return {row.key: row.value for row in found if isinstance(row.value, str) and row.key not in _MEASURED}


def rewrite_facts(connection: sa.Connection, words: Rewrite) -> None:
    """Pass them through ``words``; no part of the history, as when they were set."""
    for key, value in facts(connection).items():
        if (after := words(value)) != value:
            connection.execute(sa.update(info).where(info.c.key == key).values(value=after))


def _packed(text: str) -> Any:
    """What JSON holds that was itself written as text (the rule of a document's speakers), or None."""
    if not text.startswith("{"):
        return None
    try:
        return json.loads(text)
    except ValueError:
        return None


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        inside = _packed(value)
        if inside is None:
            yield value
        else:
            yield from _strings(inside)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _mapped(value: Any, words: Rewrite) -> Any:
    if isinstance(value, str):
        return words(value)
    if isinstance(value, dict):
        return {words(key): _mapped(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [_mapped(inner, words) for inner in value]
    return value


def place_words(table: sa.Table) -> str:
    """Where a value stands, for the user."""
    return {
        "documents": _("titre ou description d'un document"),
        "participants": _("nom ou attribut d'un participant"),
        "memos": _("mémo"),
        "codes": _("grille de codage"),
        "codebook_versions": _("version de la grille de codage"),
        "change_notes": _("motif d'un changement de la grille"),
        "syntheses": _("synthèse"),
        "questions": _("guide d'entretien"),
    }.get(table.name, _("autre texte du projet"))
