"""The theme matrix as a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualikit.coding.names import name_key
from qualikit.errors import MatrixError
from qualikit.i18n import _
from qualikit.themes import wording
from qualikit.themes.dimensions import DIMENSIONS, Dimension
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
    "synthesis",
)


@dataclass(frozen=True)
class Matrix:
    """Themes by the values of one dimension, as counted at one moment.

    ``cells`` holds every pair (``row.code_id``, ``column.value``), totals included; the total row and column count each
    person, document and coding once, so they are not sums. ``coders`` are those whose codings are counted.
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

    @property
    def reads_by(self) -> Dimension:
        """What the columns are values of."""
        return DIMENSIONS[self.dimension]

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
        """The row of a code, by id or by name; ``TOTAL`` for the last. Raises MatrixError."""
        if isinstance(code, Row):
            return code
        for row in (*self.rows, self.total_row):
            if row.code_id == code:
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
        return self.cells[self.row(row).code_id, self.column(column).value]

    def coding_ids(self, row: Row | str, column: Column | str = TOTAL) -> list[str]:
        """Ids of the codings that a cell counts, in the order of the documents. Raises MatrixError."""
        if self.counted is None:
            return []
        places = self.counted.codings(self.row(row).code_id, self.column(column).value)
        return [self.counted.facts.coding_ids[place] for place in places.tolist()]

    def to_records(self, *, totals: bool = False) -> Iterator[dict[str, Any]]:
        """The tidy table, one dictionary a cell: path, code, depth, column, then ``FIGURES``.

        Without totals, ``own_codings`` adds up; ``codings`` does not down a tree, where a code counts those under it.
        """
        for row in (*self.rows, self.total_row) if totals else self.rows:
            for column in (*self.columns, self.total_column) if totals else self.columns:
                cell = self.cells[row.code_id, column.value]
                yield {
                    "path": " › ".join(row.path) or row.name,
                    "code": row.name,
                    "depth": row.depth,
                    "column": column.label,
                    "codings": cell.codings,
                    "own_codings": cell.own_codings,
                    "passages": cell.passages,
                    "people": cell.people,
                    "people_total": cell.people_total,
                    "share": round(cell.share, 4),
                    "sessions": cell.sessions,
                    "sessions_total": cell.sessions_total,
                    "synthesis": cell.synthesis.whole if cell.synthesis else "",
                }

    def to_tidy(self, *, totals: bool = False) -> pd.DataFrame:
        """One row a cell, as :meth:`to_records` has them."""
        import pandas as pd

        return pd.DataFrame(list(self.to_records(totals=totals)), columns=["path", "code", "depth", "column", *FIGURES])

    def to_frame(self, value: str = "codings", *, totals: bool = True) -> pd.DataFrame:
        """Codes down, columns across, one of ``FIGURES`` in the cells. Raises MatrixError for another name."""
        import pandas as pd

        if value not in FIGURES:
            raise MatrixError(
                _("Une matrice ne contient pas « {name} ».").format(name=value),
                _("Il y a : {names}.").format(names=", ".join(FIGURES)),
            )
        rows = [*self.rows, *([self.total_row] if totals else [])]
        columns = [*self.columns, *([self.total_column] if totals else [])]
        records = {
            (row.code_id, column.value): self.cells[row.code_id, column.value] for row in rows for column in columns
        }
        return pd.DataFrame(
            [[_figure(records[row.code_id, column.value], value) for column in columns] for row in rows],
            index=pd.Index([row.name for row in rows], name="code"),
            columns=pd.Index([column.label for column in columns], name=self.dimension),
        )


def _figure(cell: Cell, name: str) -> Any:
    if name == "synthesis":
        return cell.synthesis.whole if cell.synthesis else ""
    return getattr(cell, name)
