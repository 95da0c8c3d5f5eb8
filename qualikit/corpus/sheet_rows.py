"""The cells of a sheet of attributes as the values that they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.attributes import Kind, kinds_of, typed
from qualikit.corpus.guess import parse_date
from qualikit.corpus.model import Document, Participant
from qualikit.corpus.naming import attribute_key, own_value, parse_role, source_kind
from qualikit.corpus.pairing import EXACT
from qualikit.corpus.sheet_plan import ATTRIBUTE, Option, PlannedRow
from qualikit.corpus.tables import documents, turns
from qualikit.errors import ImportRefused
from qualikit.sheets import Sheet, plain_cell


@dataclass(frozen=True)
class Known:
    """The project as a sheet may speak of it."""

    documents: Sequence[Document]
    people: Sequence[Participant]
    labels: Mapping[str, Mapping[str, set[str]]]
    """Document → participant → the labels that lead to them there."""
    kinds: Mapping[str, Kind]


def read_known(connection: sa.Connection) -> Known:
    """What the project holds, read once for a whole sheet."""
    found = [queries.document_from(row) for row in connection.execute(queries.select_documents())]
    version = {document.text_version_id: document.id for document in found}
    spoken = (
        sa.select(turns.c.text_version_id, turns.c.participant_id, turns.c.label)
        .join(documents, documents.c.text_version_id == turns.c.text_version_id)
        .where(queries.present, turns.c.participant_id.is_not(None))
        .distinct()
    )
    labels: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for version_id, person, label in connection.execute(spoken):
        labels[version[version_id]][person].add(label or "")
    return Known(found, queries.participants_of(connection), labels, kinds_of(connection))


def attribute_fields(own: Mapping[str, str]) -> dict[str, str]:
    """Attributes by field, ours under our names."""
    return {ATTRIBUTE + name: own_value(own, name) for name in map(attribute_key, own)}


def columns_of(sheet: Sheet, ours: Mapping[str, str | None], keys: set[str | None]) -> dict[str, str]:
    """Column → field, in the order of the sheet."""
    fields = {column: name for name, column in ours.items() if column is not None}
    return {
        column: fields.get(column) or ATTRIBUTE + attribute_key(column)
        for column in sheet.columns
        if column not in keys
    }


def planned(
    number: int,
    name: str,
    row: Mapping[str, str],
    columns: Mapping[str, str],
    known: Known,
    options: tuple[Option, ...],
    best: Option | None,
) -> PlannedRow:
    """A row with its values as they would be kept, or the reason why one cannot be."""
    values: dict[str, str] = {}
    problem = ""
    for column, into in columns.items():
        text = cell(row[column])
        if not text:
            continue
        try:
            values[into] = _value(into, text, known.kinds)
        except ImportRefused as error:
            problem = problem or str(error)
    return PlannedRow(
        number,
        name,
        values,
        options,
        best.target if best is not None else None,
        best is not None and best.score == EXACT,
        problem,
    )


def _value(into: str, text: str, kinds: Mapping[str, Kind]) -> str:
    parsers: dict[str, Callable[[str], Any]] = {
        "source_kind": lambda written: source_kind(written).value,
        "role": lambda written: parse_role(written).value,
        "date": lambda written: str(parse_date(written) or ""),
    }
    if into in parsers:
        return str(parsers[into](text))
    return typed(kinds.get(into.removeprefix(ATTRIBUTE), Kind.TEXT), text)


def cell(text: str) -> str:
    """A cell on one line: its lines one after the other."""
    lines = (" ".join(line.split()) for line in plain_cell(text).split("\n"))
    return " ; ".join(filter(None, lines))
