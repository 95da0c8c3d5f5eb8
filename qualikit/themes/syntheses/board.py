"""All cells with what is written in them: what is left to write, and what has moved since it was validated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from qualikit.coding.tables import codings
from qualikit.i18n import _, ngettext
from qualikit.store import events
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Column, Row, Synthesis
from qualikit.themes.syntheses.writing import VALIDATED


class Status(StrEnum):
    """How far a cell is."""

    TODO = "todo"
    DRAFT = "draft"
    VALIDATED = "validated"


def status_label(status: Status) -> str:
    """Its name for the user."""
    return {
        Status.TODO: _("à écrire"),
        Status.DRAFT: _("brouillon"),
        Status.VALIDATED: _("validée"),
    }[status]


@dataclass(frozen=True)
class BoardCell:
    """One theme in one column. ``later``: ids of the codings that came into the cell after its synthesis was
    validated."""

    row: Row
    column: Column
    cell: Cell
    later: tuple[str, ...] = ()

    @property
    def synthesis(self) -> Synthesis | None:
        return self.cell.synthesis

    @property
    def status(self) -> Status:
        if self.synthesis is None:
            return Status.TODO
        return Status.VALIDATED if self.synthesis.status == VALIDATED else Status.DRAFT

    @property
    def wanted(self) -> bool:
        """Something bears the code itself here. Of a theme that only gathers others, a synthesis can be written, but
        is not missed; nor is that of all columns together."""
        return self.cell.own_codings > 0 and not self.column.is_total

    @property
    def said(self) -> str:
        """What has to be looked at since it was written, in words; empty where there is nothing."""
        found = []
        if self.later:
            n = len(self.later)
            found.append(
                ngettext("{n} passage codé depuis la validation", "{n} passages codés depuis la validation", n).format(
                    n=n
                )
            )
        if self.synthesis is not None and self.synthesis.broken:
            n = self.synthesis.broken
            found.append(ngettext("{n} citation perdue", "{n} citations perdues", n).format(n=n))
        return ", ".join(found)

    def to_record(self) -> dict[str, Any]:
        """A row of the tidy table. Times are ISO 8601 in UTC."""
        written = self.synthesis
        return {
            "path": " › ".join(self.row.path) or self.row.name,
            "code": self.row.name,
            "column": self.column.label,
            "value": self.column.value,
            "status": self.status.value,
            "wanted": self.wanted,
            "passages": self.cell.passages,
            "people": self.cell.people,
            "people_total": self.cell.people_total,
            "sessions": self.cell.sessions,
            "sessions_total": self.cell.sessions_total,
            "later": len(self.later),
            "broken": written.broken if written else 0,
            "coder": written.coder if written else None,
            "updated": written.updated if written else None,
            "validated": written.validated if written else None,
            "validated_by": written.validated_by if written else None,
            "text": written.whole if written else "",
        }


@dataclass(frozen=True)
class Board:
    """Every cell of a matrix, the column of the whole included, by (id of the code, value of the column)."""

    matrix: Matrix
    cells: Mapping[tuple[str, str], BoardCell]

    @property
    def wanted(self) -> list[BoardCell]:
        """The cells where a synthesis is expected, theme by theme."""
        return [cell for cell in self.cells.values() if cell.wanted]

    @property
    def left(self) -> list[BoardCell]:
        """Those of them where nothing is written yet."""
        return [cell for cell in self.wanted if cell.status is Status.TODO]

    @property
    def moved(self) -> list[BoardCell]:
        """Validated syntheses with passages that came after, or with citations of passages that are no more."""
        return [
            cell
            for cell in self.cells.values()
            if cell.status is Status.VALIDATED and (cell.later or (cell.synthesis and cell.synthesis.broken))
        ]

    def counts(self) -> dict[Status, int]:
        """How many of the cells where a synthesis is expected are in each state."""
        found = Counter(cell.status for cell in self.wanted)
        return {status: found[status] for status in Status}

    @property
    def used(self) -> list[BoardCell]:
        """The cells where something is coded or written, theme by theme."""
        return [cell for cell in self.cells.values() if cell.cell.codings or cell.synthesis is not None]

    def to_records(self) -> Iterator[dict[str, Any]]:
        """The tidy table, one dictionary for each of :attr:`used`."""
        return (cell.to_record() for cell in self.used)


def read_board(connection: sa.Connection, matrix: Matrix) -> Board:
    """The board of a matrix of codes."""
    cells = {
        (row.code_id, column.value): BoardCell(row, column, matrix.cell(row, column))
        for row in matrix.rows
        for column in (*matrix.columns, matrix.total_column)
    }
    stamps = {
        key: cell.synthesis.validated
        for key, cell in cells.items()
        if cell.synthesis is not None and cell.synthesis.validated
    }
    if stamps:
        came = _came(connection, min(stamps.values()))
        for key, stamp in stamps.items():
            later = tuple(id for id in matrix.coding_ids(*key) if came.get(id, "") > stamp)
            if later:
                cells[key] = replace(cells[key], later=later)
    return Board(matrix, cells)


def _came(connection: sa.Connection, since: str) -> dict[str, str]:
    """When each coding came to its code, of those that did after a moment: made, brought back, or put there from
    another code."""
    made = sa.select(codings.c.id, codings.c.created).where(codings.c.created > since)
    found = {row.id: row.created for row in connection.execute(made)}
    query = (
        sa.select(events.c.at, events.c.changes)
        .where(events.c.at > since, sa.cast(events.c.changes, sa.Text).like('%"table": "codings"%'))
        .order_by(events.c.seq)
    )
    for event in connection.execute(query):
        found.update(dict.fromkeys(_moved(event.changes), event.at))
    return found


def _moved(changes: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for change in changes:
        before, after = change["before"], change["after"]
        if change["table"] != codings.name or after is None or "code_id" not in after:
            continue
        if before is None or before["code_id"] != after["code_id"]:
            yield change["id"]
