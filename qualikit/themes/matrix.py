"""The theme matrix as a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualikit.coding.names import name_key
from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.themes import wording
from qualikit.themes.dimensions import Dimension, known_as
from qualikit.themes.model import TOTAL, Cell, Column, Row

if TYPE_CHECKING:
    import pandas as pd

    from qualikit.themes.counting import Counted

FIGURES = (
    "codings",
    "own_codings",
    "passages",
    "people",
    "people_total",
    "share",
    "sessions",
    "sessions_total",
    "words",
    "words_total",
    "words_share",
    "presence",
    "synthesis",
)
"""What a cell can be asked for, in the order of the tidy table. Words are None where they were not counted, presence
where nothing could be said."""


@dataclass(frozen=True)
class Matrix:
    """The values of one dimension by those of another, mostly themes by territory, as counted at one moment.

    ``rows_by`` and ``dimension`` say what rows and columns are. ``cells`` holds every pair (``row.key``,
    ``column.value``), totals included; the total row and column count each person, document and coding once, so they
    are not sums. ``coders`` are those whose codings are counted; ``value`` is what cells show first; ``said``: what the
    matrix is narrowed to, in words.
    """

    dimension: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    total_row: Row
    total_column: Column
    cells: Mapping[tuple[str, str], Cell]
    coders: tuple[str, ...] = ()
    nested: bool = True
    counted: Counted | None = field(default=None, repr=False, compare=False)
    """Which codings each cell holds, for reading its passages."""
    rows_by: str = "code"
    value: str = "codings"
    said: str = ""

    @property
    def reads_by(self) -> Dimension:
        """What the columns are values of."""
        return known_as(self.dimension)

    @property
    def reads_down(self) -> Dimension:
        """What the rows are values of."""
        return known_as(self.rows_by)

    @property
    def shows_people(self) -> bool:
        """False where each row or column is one person."""
        return self.reads_by.people and self.reads_down.people

    @property
    def shows_sessions(self) -> bool:
        """False where each row or column is one document."""
        return self.reads_by.sessions and self.reads_down.sessions

    @property
    def corner(self) -> str:
        """What stands above the names of the rows."""
        return _("Thème") if self.rows_by == "code" else self.reads_down.label()

    @property
    def title(self) -> str:
        """« Matrice thématique par territoire », « Type d'acteur par territoire »."""
        if self.rows_by == "code":
            return _("Matrice thématique par {dimension}").format(dimension=self.reads_by.label().lower())
        return _("{rows} par {columns}").format(rows=self.corner, columns=self.reads_by.label().lower())

    @property
    def most(self) -> int:
        """The largest number of codings in a cell, totals apart."""
        return max(
            (self.cells[row.key, column.value].codings for row in self.rows for column in self.columns), default=0
        )

    @property
    def is_empty(self) -> bool:
        """True when no coding is counted."""
        return self.cell(TOTAL).codings == 0

    @property
    def doubles(self) -> int:
        """How many codings stand where another of the same code already does."""
        whole = self.cell(TOTAL)
        return whole.codings - whole.passages

    @property
    def explanation(self) -> str:
        """What is counted and out of how many, in a paragraph for the reader."""
        return wording.explanation(self)

    def row(self, code: Row | str) -> Row:
        """The row of a code or a value, by id or by name; ``TOTAL`` for the last. Raises MatrixError."""
        if isinstance(code, Row):
            return code
        for row in (*self.rows, self.total_row):
            if row.key == code:
                return row
        for row in self.rows:
            if name_key(row.name) == name_key(code):
                return row
        raise MatrixError(_("La matrice n'a pas de ligne « {name} ».").format(name=code), _("Vérifiez le nom du code."))

    def column(self, value: Column | str) -> Column:
        """A column, by value or by label; ``TOTAL`` for the last. Raises MatrixError."""
        if isinstance(value, Column):
            return value
        for column in (*self.columns, self.total_column):
            if column.value == value:
                return column
        for column in self.columns:
            if column.label == value:
                return column
        raise MatrixError(
            _("La matrice n'a pas de colonne « {name} ».").format(name=value),
            _("Il y a : {names}.").format(names=", ".join(column.label for column in self.columns)),
        )

    def cell(self, row: Row | str, column: Column | str = TOTAL) -> Cell:
        """One cell, by code (id or name) and by column (value or label). Raises MatrixError."""
        if isinstance(row, str) and isinstance(column, str) and (row, column) in self.cells:
            return self.cells[row, column]
        return self.cells[self.row(row).key, self.column(column).value]

    def coding_ids(self, row: Row | str, column: Column | str = TOTAL) -> list[str]:
        """Ids of the codings that a cell counts, in the order of the documents. Raises MatrixError."""
        if self.counted is None:
            return []
        places = self.counted.codings(self.row(row).key, self.column(column).value)
        return [self.counted.facts.coding_ids[place] for place in places.tolist()]

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the columns of the tidy table: path, code (``row`` where rows are no codes), depth, column, then
        ``FIGURES``; words only where they were counted."""
        figures = (name for name in FIGURES if self.value == "words" or not name.startswith("words"))
        return ("path", "code" if self.rows_by == "code" else "row", "depth", "column", *figures)

    def to_records(self, *, totals: bool = False) -> Iterator[dict[str, Any]]:
        """The tidy table, one dictionary a cell, as ``fields`` names it.

        Without totals, ``own_codings`` adds up; ``codings`` does not down a tree, where a code counts those under it.
        """
        named = self.fields[1]
        for row in (*self.rows, self.total_row) if totals else self.rows:
            for column in (*self.columns, self.total_column) if totals else self.columns:
                cell = self.cells[row.key, column.value]
                about = {"path": " › ".join(row.path) or row.name, named: row.name, "depth": row.depth}
                figures = {name: _rounded(_figure(cell, name)) for name in self.fields[4:]}
                yield {**about, "column": column.label, **figures}

    def to_tidy(self, *, totals: bool = False) -> pd.DataFrame:
        """One row a cell, as :meth:`to_records` has them."""
        import pandas as pd

        return pd.DataFrame(list(self.to_records(totals=totals)), columns=list(self.fields))

    def to_frame(self, value: str | None = None, *, totals: bool = True) -> pd.DataFrame:
        """Rows down, columns across, one of ``FIGURES`` in the cells: ``value``, unless told otherwise.

        Raises MatrixError for another name.
        """
        import pandas as pd

        value = value or self.value
        if value not in FIGURES:
            raise MatrixError(
                _("Une matrice ne contient pas « {name} ».").format(name=value),
                _("Il y a : {names}.").format(names=", ".join(FIGURES)),
            )
        rows = [*self.rows, *([self.total_row] if totals else [])]
        columns = [*self.columns, *([self.total_column] if totals else [])]
        records = {(row.key, column.value): self.cells[row.key, column.value] for row in rows for column in columns}
        return pd.DataFrame(
            [[_figure(records[row.key, column.value], value) for column in columns] for row in rows],
            index=pd.Index([row.name for row in rows], name=self.rows_by),
            columns=pd.Index([column.label for column in columns], name=self.dimension),
        )


def _figure(cell: Cell, name: str) -> Any:
    if name == "synthesis":
        return cell.synthesis.whole if cell.synthesis else ""
    return getattr(cell, name)


def _rounded(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value
