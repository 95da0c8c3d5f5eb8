"""Cells of a grid put right by hand, or confirmed: kept with their reason until somebody takes them back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.coding.part import found_code
from qualikit.corpus.guide.questions import find_question, read_questions
from qualikit.corpus.queries import find_document
from qualikit.errors import MatrixError, NotFound
from qualikit.i18n import _
from qualikit.store import Transaction, new_id, now
from qualikit.text import normalise
from qualikit.themes.consensus.building import questions_grid, themes_grid
from qualikit.themes.consensus.grid import Grid
from qualikit.themes.consensus.model import Cell, Held, letter
from qualikit.themes.consensus.reading import read_material
from qualikit.themes.consensus.stances import is_theme
from qualikit.themes.tables import grid_cells, question_cells


@dataclass(frozen=True)
class _Place:
    """A cell of a grid: the table that keeps what is set there, what its row points at, and what it says now."""

    table: sa.Table
    keys: dict[str, str]
    name: str
    person: str
    cell: Cell


def correct_cell(
    transaction: Transaction,
    document: str,
    row: str,
    participant: str,
    value: Held | str,
    reason: str,
    *,
    questions: bool = False,
    seen: Held | str | None = None,
) -> None:
    """Set a cell by hand, whatever its passages say, now or later. What they say may be confirmed without a reason:
    ``seen``, what they say in the grid that was looked at, which may be of one coder or without the codes below; None:
    what they say in that of everybody. ``row``: a theme, or, of a grid of ``questions``, a question.

    One event; none where nothing changes. Raises NotFound, MatrixError.
    """
    held = _held(value)
    reason = normalise(reason).strip()
    place = _place(transaction.connection, document, row, participant, questions=questions)
    derived = place.cell.derived if seen is None else _held(seen)
    if held is not derived and not reason:
        raise MatrixError(
            _("Une case corrigée à la main doit dire pourquoi."),
            _("Écrivez la raison en une phrase : elle paraîtra avec la grille."),
        )
    known = _known(transaction.connection, place)
    if known is not None and (known.value, known.reason) == (held.value, reason):
        return
    said = (
        _("case corrigée : {name}, {person} : {value}")
        if held is not derived
        else _("case confirmée : {name}, {person} : {value}")
    )
    label = said.format(name=place.name, person=place.person, value=letter(held))
    values = {"value": held.value, "reason": reason, "coder_id": transaction.coder_id, "updated": now()}
    with transaction.event("grid.correct", label) as change:
        if known is not None:
            change.update(place.table, known.id, **values)
        else:
            change.insert(place.table, {"id": new_id(), **place.keys, **values})


def release_cell(
    transaction: Transaction, document: str, row: str, participant: str, *, questions: bool = False
) -> None:
    """Take the correction of a cell back: its passages say it again; were it of a question that is put there no more.
    One event; none where there was none. Raises NotFound."""
    place = _place(transaction.connection, document, row, participant, questions=questions, any_row=True)
    known = _known(transaction.connection, place)
    if known is not None:
        label = _("correction retirée : {name}, {person}").format(name=place.name, person=place.person)
        with transaction.event("grid.release", label) as change:
            change.delete(place.table, known.id)


def _held(value: Held | str) -> Held:
    named = {letter(each): each for each in Held} | {each.value: each for each in Held}
    found = named.get(str(value).strip().upper())
    if found is None:
        raise MatrixError(
            _("Une case ne peut pas valoir « {value} ».").format(value=value),
            _("Il y a : {names}.").format(names=", ".join(Held)),
        )
    return found


def _place(
    connection: sa.Connection, document: str, row: str, participant: str, *, questions: bool, any_row: bool = False
) -> _Place:
    """``any_row``: were it a row that no grid shows any more."""
    document_id = find_document(connection, document)
    if document_id is None:
        raise NotFound(_("Il n'y a pas de document nommé « {name} » dans le projet.").format(name=document))
    material = read_material(connection, [document_id])
    if questions:
        question = find_question(read_questions(connection), row)
        grid = questions_grid(connection, material, questions=[question])
        if not any_row and not grid.was_asked(question.id, document_id):
            raise MatrixError(
                _("Cette question n'est pas posée dans « {name} ».").format(name=grid.group(document_id).title),
                _("Marquez dans Coder l'endroit où elle est posée."),
            )
        return _found(grid, question_cells, "question_id", question.id, document_id, participant)
    theme = found_code(material.book, row)
    if not any_row and not is_theme(material.book, theme):
        raise MatrixError(
            _("« {name} » est une position, pas un thème.").format(name=theme.name),
            _("Une case se corrige sur la ligne d'un thème."),
        )
    grid = themes_grid(material, codes={theme.id})
    return _found(grid, grid_cells, "code_id", theme.id, document_id, participant)


def _found(grid: Grid, table: sa.Table, column: str, row: str, document_id: str, participant: str) -> _Place:
    group = grid.group(document_id)
    person = grid.participant(group, participant)
    keys = {"document_id": document_id, column: row, "participant_id": person.id}
    return _Place(table, keys, grid.row(row).name, person.name, grid.cell(row, person, group))


def _known(connection: sa.Connection, place: _Place) -> Any:
    conditions = [place.table.c[column] == id for column, id in place.keys.items()]
    return connection.execute(sa.select(place.table).where(*conditions)).first()
