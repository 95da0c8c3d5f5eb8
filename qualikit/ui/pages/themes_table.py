"""The matrix as a table: people out of those who could have said it, and tint for how many did."""

from __future__ import annotations

from qualikit.i18n import _, ngettext
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column, Row
from qualikit.ui.figures import number
from qualikit.ui.grid import GridCell, GridColumn, GridRow, grid

HEIGHT = "max(20rem, calc(100vh - 12.5rem))"


def show(matrix: Matrix, picked: tuple[str, str] | None) -> tuple[str, str] | None:
    """Draw the table; the cell clicked, or None."""
    people = matrix.reads_by.people
    # One document a column, as when they are participants, would only repeat « 1/1 ».
    sessions = matrix.reads_by.sessions and any(column.sessions > 1 for column in matrix.columns)
    rows = [*matrix.rows, matrix.total_row]
    columns = [*matrix.columns, matrix.total_column]
    inside = [matrix.cells[row.code_id, column.value] for row in matrix.rows for column in matrix.columns]
    most = max((cell.codings for cell in inside), default=1)
    cells = {}
    for row in rows:
        for column in columns:
            cell = matrix.cells[row.code_id, column.value]
            if cell.codings or cell.synthesis is not None:
                share = cell.share if people else cell.codings / max(most, 1)
                cells[row.code_id, column.value] = GridCell(
                    number(cell.codings),
                    sub=_sub(cell, people=people, sessions=sessions),
                    tint=0.0 if row.is_total else share,
                    title=sentence(cell, people=people, sessions=sessions),
                    sort=cell.codings,
                    marks=_marks(cell),
                )
    return grid(
        [_row(row) for row in rows],
        [_column(column, people=people, sessions=sessions) for column in columns],
        cells,
        key="matrix",
        corner=_("Thème"),
        under=_("en grand : les codages"),
        picked=picked,
        height=HEIGHT,
        caption=_("Matrice thématique"),
    )


def _row(row: Row) -> GridRow:
    return GridRow(
        row.code_id,
        row.name,
        depth=row.depth,
        parent=row.parent_id if row.depth else None,
        color=None if row.is_total else row.color,
        title=row.definition,
        total=row.is_total,
    )


def _column(column: Column, *, people: bool, sessions: bool) -> GridColumn:
    parts = []
    if people:
        parts.append(ngettext("{n} pers.", "{n} pers.", column.people).format(n=column.people))
    if sessions:
        parts.append(ngettext("{n} doc.", "{n} doc.", column.sessions).format(n=column.sessions))
    return GridColumn(column.value, column.label, " · ".join(parts), total=column.is_total)


def _sub(cell: Cell, *, people: bool, sessions: bool) -> str:
    parts = []
    if people and cell.people_total:
        parts.append(_("{n}/{total} pers.").format(n=cell.people, total=cell.people_total))
    if sessions and cell.sessions_total:
        parts.append(_("{n}/{total} doc.").format(n=cell.sessions, total=cell.sessions_total))
    return " · ".join(parts)


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
    if cell.synthesis is not None:
        parts.append(_("synthèse écrite"))
    return ", ".join(parts)
