"""A matrix made from the project: its sides, its cells, the syntheses and verbatims that stand in them."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.store import Store
from qualikit.text import natural
from qualikit.themes import syntheses, verbatims
from qualikit.themes.axes import axis, rows_of
from qualikit.themes.counting import count
from qualikit.themes.dimensions import (
    DIMENSIONS,
    PERIODS,
    Dimension,
    attribute,
    attribute_names,
    headings,
    read_by,
)
from qualikit.themes.facts import Facts
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import UNSPECIFIED, Column, Row
from qualikit.themes.narrowing import Scope, asked_codes, of_codes, read_narrowed
from qualikit.themes.passages import chosen_ids, read_passages
from qualikit.themes.reading.reader import reader_of
from qualikit.themes.said import read_said
from qualikit.themes.values import checked


def make(
    store: Store,
    me: str,
    rows: str,
    columns: str,
    scope: Scope,
    *,
    value: str = "codings",
) -> Matrix:
    """See :meth:`qualikit.themes.Themes.matrix`."""
    checked(value)
    narrowed = read_narrowed(store, me, scope)
    facts, nested = narrowed.facts, scope.nested
    down, across = _sides(facts, rows, columns)
    chosen = asked_codes(facts.codebook, scope.codes)
    if chosen is not None and "code" not in (down.name, across.name):
        facts = of_codes(facts, chosen, nested=nested)
    lines = rows_of(facts.codebook, chosen, scope.levels)
    with store.read() as connection:
        words = read_said(connection, facts) if value == "words" else None
        written = syntheses.read_syntheses(connection) if "code" in (down.name, across.name) else []
        counted_ids = set(facts.coding_ids)
        quoted = read_passages(connection, [id for id in chosen_ids(connection) if id in counted_ids])
    rows_found, columns_found, cells, counted = count(
        facts,
        axis(facts, down, lines, nested=nested),
        axis(facts, across, lines, nested=nested),
        words,
    )
    for each in written:
        if each.dimension in (syntheses.WHOLE, across.name if down.name == "code" else down.name):
            key = (each.code_id, each.value) if down.name == "code" else (each.value, each.code_id)
            if key in cells:
                cells[key] = replace(cells[key], synthesis=each)
    headings = [Column(line.key, line.name, line.people, line.sessions, depth=line.depth) for line in columns_found]
    matrix = Matrix(
        dimension=across.name,
        rows=tuple(_plain(line, down) for line in rows_found[:-1]),
        columns=tuple(headings[:-1]),
        total_row=_plain(rows_found[-1], down),
        total_column=headings[-1],
        cells=cells,
        coders=tuple(facts.coders),
        nested=nested,
        counted=counted,
        rows_by=down.name,
        value=value,
        said=narrowed.said,
    )
    return verbatims.put_chosen(matrix, quoted)


def _plain(line: Row, kind: Dimension) -> Row:
    """Everybody could speak of every code: the figures would say nothing of the row."""
    return replace(line, people=0, sessions=0) if kind.of_codings else line


def _sides(facts: Facts, rows: str, columns: str) -> tuple[Dimension, Dimension]:
    down, across = (read_by(name, facts.documents, facts.people, facts.orders) for name in (rows, columns))
    if down.name == across.name == "code":
        raise MatrixError(
            _("Une matrice ne croise pas les codes avec eux-mêmes."),
            _("Pour voir quels codes se rencontrent, demandez les cooccurrences."),
        )
    if down.name == across.name:
        raise MatrixError(
            _("Les lignes et les colonnes d'une matrice ne peuvent pas être la même chose (« {name} »).").format(
                name=down.name
            ),
            _("Choisissez autre chose en lignes ou en colonnes, par exemple : code."),
        )
    return down, across


def keeps_syntheses(matrix: Matrix) -> bool:
    """Whether a text can be written for a cell: of a theme and of a column that syntheses are written by."""
    names = {matrix.rows_by, matrix.dimension}
    return "code" in names and bool(names - {"code"} & set(DIMENSIONS))


def sides(store: Store) -> list[str]:
    """Names of what rows and columns can be: ours, then the attributes that somebody or some document bears."""
    facts = reader_of(store).facts
    own = attribute_names(facts.documents, facts.people, facts.orders)
    return ["code", *DIMENSIONS, *own, *PERIODS, "coder"]


class Choices(TypedDict):
    """Values that are there: names, titles by id, names by id, values by attribute."""

    territories: list[str]
    actors: list[str]
    participants: dict[str, str]
    documents: dict[str, str]
    attributes: dict[str, list[str]]


def choices(store: Store) -> Choices:
    """What a matrix can be narrowed to, in the order in which it is read."""
    facts = reader_of(store).facts

    def values(kind: Dimension) -> list[str]:
        found = {kind.value_of(document, None) for document in facts.documents}
        found |= {
            kind.value_of(facts.documents[document], facts.people[person])
            for document, person in zip(facts.voice_document.tolist(), facts.voice_person.tolist(), strict=True)
        }
        order = facts.orders.get(kind.name, ())
        return list(headings(kind, found - {UNSPECIFIED}, facts.documents, facts.people, {}, order))

    people = {facts.people[person].id: facts.people[person].name for person in facts.voice_person.tolist()}
    return {
        "territories": values(DIMENSIONS["territory"]),
        "actors": values(DIMENSIONS["actor"]),
        "participants": dict(sorted(people.items(), key=lambda each: natural(each[1]))),
        "documents": {source.id: source.title for source in facts.documents},
        "attributes": {
            name: values(attribute(name)) for name in attribute_names(facts.documents, facts.people, facts.orders)
        },
    }
