"""The matrix as a table: people out of those who could have said it, and tint for how many did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualikit.i18n import _, ngettext, number
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column, Row
from qualikit.themes.values import figure, impossible, strength, written
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid

HEIGHT = "max(20rem, calc(100vh - 15.5rem))"


def show(matrix: Matrix, picked: tuple[str, str] | None) -> tuple[str, str] | None:
    """Draw the table; the cell clicked, or None."""
    shown = _Shown.of(matrix)
    rows = [*matrix.rows, matrix.total_row]
    columns = [*matrix.columns, matrix.total_column]
    impossible_cell = GridCell("", sub=impossible(), title=_("Sans objet : personne ne pouvait le dire."), live=False)
    cells = {}
    for row in rows:
        for column in columns:
            cell = matrix.cells[row.key, column.value]
            if cell.codings or cell.synthesis is not None:
                cells[row.key, column.value] = GridCell(
                    shown.main(cell),
                    sub=shown.sub(cell),
                    tint=0.0 if row.is_total else shown.tint(cell),
                    title=shown.sentence(cell),
                    sort=figure(cell, shown.value) or 0,
                    marks=_marks(cell),
                )
            elif not cell.possible:
                cells[row.key, column.value] = impossible_cell
    return grid(
        [_row(row, matrix) for row in rows],
        [_column(column, matrix, shown) for column in columns],
        cells,
        key="matrix",
        corner=matrix.corner,
        under=_("en grand : {value}").format(value=_large(shown.value)),
        picked=picked,
        height=HEIGHT,
        caption=matrix.title,
        nothing=_("Personne ne l'a dit."),
    )


def _large(value: str) -> str:
    return {
        "codings": _("les codages"),
        "people": _("les personnes"),
        "sessions": _("les documents"),
        "words": _("les mots"),
        "presence": _("dit ou non"),
    }[value]


@dataclass(frozen=True)
class _Shown:
    """How a cell is written: the matrix's value in large, the others under it."""

    value: str
    people: bool
    sessions: bool
    most: float

    @classmethod
    def of(cls, matrix: Matrix) -> _Shown:
        # One document a column, as when they are participants, would only repeat « 1/1 ».
        sessions = matrix.shows_sessions and any(cell.sessions_total > 1 for cell in _inside(matrix))
        value = matrix.value
        if (value == "people" and not matrix.shows_people) or (value == "sessions" and not sessions):
            value = "codings"
        largest = max((cell.words_share or 0.0 for cell in _inside(matrix)), default=0.0)
        most = largest if value == "words" else matrix.most
        return cls(value, matrix.shows_people, sessions, most or 1.0)

    def main(self, cell: Cell) -> str:
        if self.value == "codings":
            return number(cell.codings)
        return written(cell, self.value).split(" (")[0]

    def sub(self, cell: Cell) -> str:
        parts = []
        if self.value == "words":
            parts.append(written(cell, "words").rpartition("(")[2].rstrip(")"))
        if self.value not in ("codings", "presence"):
            parts.append(ngettext("{n} cod.", "{n} cod.", cell.codings).format(n=number(cell.codings)))
        if self.people and self.value != "people" and cell.people_total:
            parts.append(_("{n}/{total} pers.").format(n=cell.people, total=cell.people_total))
        if self.sessions and self.value in ("codings", "presence") and cell.sessions_total:
            parts.append(_("{n}/{total} doc.").format(n=cell.sessions, total=cell.sessions_total))
        return " · ".join(parts)

    def tint(self, cell: Cell) -> float:
        if self.value == "codings" and self.people:
            return cell.share
        if self.value == "words":
            return (cell.words_share or 0.0) / self.most
        return strength(cell, self.value, self.most) * (0.6 if self.value == "presence" else 1.0)

    def sentence(self, cell: Cell) -> str:
        return sentence(cell, people=self.people, sessions=self.sessions)


def _inside(matrix: Matrix) -> Iterator[Cell]:
    return (matrix.cells[row.key, column.value] for row in matrix.rows for column in matrix.columns)


def _row(row: Row, matrix: Matrix) -> GridRow:
    counted = [] if row.is_total else _denominators(row.people, row.sessions, matrix)
    return GridRow(
        row.key,
        row.name,
        depth=row.depth,
        parent=row.parent_id if row.depth else None,
        color=row.color if matrix.rows_by == "code" and not row.is_total else None,
        title=row.definition or " · ".join(counted),
        total=row.is_total,
    )


def _column(column: Column, matrix: Matrix, shown: _Shown) -> GridColumn:
    # Everybody could speak of every code: repeating it above each column would say nothing.
    told = (
        []
        if matrix.reads_by.of_codings and not column.is_total
        else _denominators(column.people, column.sessions, matrix)
    )
    return GridColumn(column.value, column.label, " · ".join(told), total=column.is_total)


def _denominators(people: int, sessions: int, matrix: Matrix) -> list[str]:
    parts = []
    if matrix.shows_people and people:
        parts.append(ngettext("{n} pers.", "{n} pers.", people).format(n=people))
    if matrix.shows_sessions and sessions:
        parts.append(ngettext("{n} doc.", "{n} doc.", sessions).format(n=sessions))
    return parts


def _marks(cell: Cell) -> str:
    chosen = sum(1 for verbatim in cell.verbatims if not verbatim.automatic)
    return ("✎" if cell.synthesis is not None else "") + ("❝" if chosen else "")


def sentence(cell: Cell, *, people: bool, sessions: bool) -> str:
    """A cell's figures in words."""
    parts = [ngettext("{n} codage", "{n} codages", cell.codings).format(n=cell.codings)]
    if cell.passages != cell.codings:
        parts.append(ngettext("{n} passage", "{n} passages", cell.passages).format(n=cell.passages))
    if people:
        parts.append(
            ngettext("{n} personne sur {total}", "{n} personnes sur {total}", cell.people).format(
                n=cell.people, total=cell.people_total
            )
        )
    if sessions:
        parts.append(
            ngettext("{n} document sur {total}", "{n} documents sur {total}", cell.sessions).format(
                n=cell.sessions, total=cell.sessions_total
            )
        )
    if cell.words is not None:
        parts.append(
            ngettext("{n} mot sur {total}", "{n} mots sur {total}", cell.words).format(
                n=number(cell.words), total=number(cell.words_total or 0)
            )
        )
    if cell.synthesis is not None:
        parts.append(_("synthèse écrite"))
    return ", ".join(parts)
