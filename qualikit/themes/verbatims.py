"""Verbatims: which passages the report quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import sqlalchemy as sa

from qualikit.coding.queries import ids_of
from qualikit.coding.tables import codings
from qualikit.errors import MatrixError, NotFound
from qualikit.i18n import _, ngettext
from qualikit.store import Transaction, now
from qualikit.themes import picking
from qualikit.themes.matrix import Matrix
from qualikit.themes.model import Cell, Passage, Row, Verbatim
from qualikit.themes.passages import read_passages
from qualikit.themes.tables import verbatims

Choice = Literal["auto", "chosen", "all", "none"]
"""Which passages an export quotes: those chosen, completed by the fairest two where a cell has none (``auto``); only
those chosen; every passage; none."""

CHOICES: tuple[Choice, ...] = ("auto", "chosen", "all", "none")


def checked(choice: str) -> Choice:
    """The choice of that name. Raises MatrixError, which lists them."""
    found = next((each for each in CHOICES if each == choice), None)
    if found is None:
        raise MatrixError(
            _("Les verbatims ne peuvent pas être choisis par « {name} ».").format(name=choice),
            _("Il y a : {names}.").format(names=", ".join(CHOICES)),
        )
    return found


def choose(transaction: Transaction, coding_id: str) -> None:
    """Choose a coding to be quoted, as one event; nothing happens when it already is. Raises NotFound."""
    connection = transaction.connection
    quote = connection.execute(sa.select(codings.c.quote).where(codings.c.id == coding_id)).scalar()
    if quote is None:
        raise NotFound(_("Ce codage n'est plus dans le projet."), _("Relisez la page, puis recommencez."))
    if connection.execute(sa.select(verbatims.c.id).where(verbatims.c.id == coding_id)).first() is not None:
        return
    with transaction.event("verbatim.choose", _("verbatim choisi : « {quote} »").format(quote=_short(quote))) as change:
        change.insert(verbatims, {"id": coding_id, "coder_id": transaction.coder_id, "created": now()})


def unchoose(transaction: Transaction, coding_id: str) -> None:
    """Take the choice back, as one event; nothing happens when there is none."""
    quote = transaction.connection.execute(sa.select(codings.c.quote).where(codings.c.id == coding_id)).scalar()
    label = _("verbatim écarté : « {quote} »").format(quote=_short(quote or ""))
    with transaction.event("verbatim.unchoose", label) as change:
        change.delete(verbatims, coding_id)


def choose_many(transaction: Transaction, coding_ids: Sequence[str], *, on: bool) -> None:
    """Choose these codings to be quoted, or none of them any more, as one event. Raises NotFound when all are gone."""
    connection = transaction.connection
    there = ids_of(connection, codings.c.id, dict.fromkeys(coding_ids))
    if not there:
        raise NotFound(_("Ces codages ne sont plus dans le projet."), _("Relisez la page, puis recommencez."))
    already = set(ids_of(connection, verbatims.c.id, there))
    changed = [id for id in there if (id in already) is not on]
    if not changed:
        return
    n = len(changed)
    if on:
        label = ngettext("{n} verbatim choisi", "{n} verbatims choisis", n).format(n=n)
        with transaction.event("verbatim.choose", label) as change:
            at = now()
            change.insert(verbatims, *({"id": id, "coder_id": transaction.coder_id, "created": at} for id in changed))
    else:
        label = ngettext("{n} verbatim écarté", "{n} verbatims écartés", n).format(n=n)
        with transaction.event("verbatim.unchoose", label) as change:
            change.delete(verbatims, *changed)


def _short(quote: str, length: int = 40) -> str:
    line = " ".join(quote.split(" ")).replace("\n", " ")
    return line if len(line) <= length else f"{line[:length].rstrip()}…"


def put_chosen(matrix: Matrix, passages: list[Passage]) -> Matrix:
    """The matrix with the chosen passages in the cells that count them."""
    import numpy as np

    counted = matrix.counted
    if counted is None or not passages:
        return matrix
    chosen = {passage.coding_id: Verbatim(passage) for passage in passages}
    ids = counted.facts.coding_ids
    places = np.array([number for number, id in enumerate(ids) if id in chosen], dtype=np.int64)
    members = counted.members[np.isin(counted.members % max(len(ids), 1), places)]
    keys = list(matrix.cells)  # in the order of their numbers
    found: dict[tuple[str, str], list[Verbatim]] = {}
    for member in members.tolist():
        cell, place = divmod(member, len(ids))
        found.setdefault(keys[cell], []).append(chosen[ids[place]])
    return _with(matrix, {key: _once(some) for key, some in found.items()})


def _once(verbatims: list[Verbatim]) -> list[Verbatim]:
    """Each passage once under its code, where two coders' readings of it were both chosen."""
    return list(
        {(v.passage.code_id, v.passage.document_id, v.passage.start, v.passage.stop): v for v in verbatims}.values()
    )


def put_for_export(connection: sa.Connection, matrix: Matrix, choice: Choice) -> Matrix:
    """The matrix with the verbatims that an export quotes: in each cell, those of the code itself. Where rows are no
    themes, none is quoted."""
    if choice == "none" or matrix.rows_by != "code":
        return replace(matrix, cells={key: replace(cell, verbatims=()) for key, cell in matrix.cells.items()})
    if choice == "chosen" or matrix.counted is None:
        return matrix
    wanted = {
        (row.code_id, column.value): picking.every(matrix.counted, row, column)
        if choice == "all"
        else picking.fair(matrix.counted, row, column)
        for row in matrix.rows
        for column in matrix.columns
        if _to_fill(row, matrix.cell(row, column), choice)
    }
    ids = list(dict.fromkeys(id for some in wanted.values() for id in some))
    passages = {passage.coding_id: passage for passage in read_passages(connection, ids)}
    more = {
        key: [Verbatim(passages[id], automatic=choice == "auto") for id in some if id in passages]
        for key, some in wanted.items()
        if some
    }
    return _with(matrix, more)


def _to_fill(row: Row, cell: Cell, choice: Choice) -> bool:
    return cell.own_codings > 0 and (choice == "all" or not own_verbatims(row, cell))


def _with(matrix: Matrix, found: Mapping[tuple[str, str], list[Verbatim]]) -> Matrix:
    cells = dict(matrix.cells)
    cells.update({key: replace(cells[key], verbatims=tuple(some)) for key, some in found.items()})
    return replace(matrix, cells=cells)


def own_verbatims(row: Row, cell: Cell) -> list[Verbatim]:
    """A cell's verbatims that carry the code itself, and not one under it: those have a place of their own."""
    return [verbatim for verbatim in cell.verbatims if verbatim.passage.code_id == row.code_id]
