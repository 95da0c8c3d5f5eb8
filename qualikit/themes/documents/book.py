"""The book of verbatims as a value: every passage quoted, theme by theme, under its number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualikit.store import Store
from qualikit.themes.consensus.stances import is_theme
from qualikit.themes.documents.gathering import Quoted, quote
from qualikit.themes.documents.numbering import numbers
from qualikit.themes.documents.options import Options
from qualikit.themes.documents.people import names
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Column, Row
from qualikit.themes.reading.reader import reader_of
from qualikit.themes.verbatims import own_verbatims

if TYPE_CHECKING:
    from qualikit.themes.themes import Themes


@dataclass(frozen=True)
class Book:
    """``themes``: those of which something is quoted, in reading order, each with its passages by territory. ``named``:
    people are under the names that the project has."""

    project: str
    territory: str
    themes: tuple[tuple[Row, tuple[tuple[Column, tuple[Quoted, ...]], ...]], ...]
    matrix: Matrix
    named: bool

    @property
    def passages(self) -> dict[int, Quoted]:
        """Each passage once, by its number."""
        return {quoted.number: quoted for _row, _column, quoted in self.quoted()}

    def quoted(self) -> Iterator[tuple[Row, Column, Quoted]]:
        """Every place at which a passage is quoted."""
        for row, groups in self.themes:
            for column, some in groups:
                for quoted in some:
                    yield row, column, quoted


def gather_book(store: Store, coder: str, themes: Themes, options: Options) -> Book:
    """The passages chosen, picked or all (``options.verbatims``), of one territory or of all. Raises MatrixError."""
    matrix = themes.matrix(columns="territory")
    columns = [matrix.column(options.territory)] if options.territory else list(matrix.columns)
    matrix = themes.with_verbatims(matrix, options.verbatims)
    reader = reader_of(store)
    book = reader.codebook
    rows = [row for row in matrix.rows if (code := book.get(row.code_id)) is not None and is_theme(book, code)]
    found = {
        (row.code_id, column.value): verbatims
        for row in rows
        for column in columns
        if (verbatims := own_verbatims(row, matrix.cell(row, column)))
    }
    passages = {verbatim.passage.coding_id: verbatim.passage for some in found.values() for verbatim in some}
    ordered = sorted((id for id in passages if id in reader.number_of), key=reader.number_of.__getitem__)
    with store.read() as connection:
        called = names(connection, options.named)
    quoted = quote((passages[id] for id in ordered), numbers(store, coder, ordered), called)
    groups = []
    for row in rows:
        some = tuple(
            (
                column,
                tuple(
                    quoted[verbatim.passage.coding_id]
                    for verbatim in found[row.code_id, column.value]
                    if verbatim.passage.coding_id in quoted
                ),
            )
            for column in columns
            if (row.code_id, column.value) in found
        )
        if some:
            groups.append((row, some))
    return Book(
        store.name,
        columns[0].label if options.territory else "",
        tuple(groups),
        matrix,
        called.named,
    )
