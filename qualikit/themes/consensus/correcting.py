"""Cells of a grid put right by hand, or confirmed: kept with their reason until somebody takes them back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualikit.coding.part import found_code
from qualikit.coding.queries import codebook
from qualikit.corpus.queries import find_document
from qualikit.errors import MatrixError, NotFound
from qualikit.i18n import _
from qualikit.store import Transaction, new_id, now
from qualikit.text import normalise
from qualikit.themes.consensus.building import themes_grid
from qualikit.themes.consensus.model import Cell, Held, letter
from qualikit.themes.consensus.reading import Group, Present, read_material
from qualikit.themes.consensus.stances import is_theme
from qualikit.themes.tables import grid_cells


def correct_cell(
    transaction: Transaction, document: str, code: str, participant: str, value: Held | str, reason: str
) -> None:
    """Set a cell by hand, whatever its passages say, now or later. What they say now may be confirmed without a reason.

    One event; none where nothing changes. Raises NotFound, MatrixError.
    """
    held = _held(value)
    reason = normalise(reason).strip()
    document_id, code_id, name, person, cell = _cell(transaction.connection, document, code, participant)
    if held is not cell.derived and not reason:
        raise MatrixError(
            _("Une case corrigée à la main doit dire pourquoi."),
            _("Écrivez la raison en une phrase : elle paraîtra avec la grille."),
        )
    known = _row(transaction.connection, document_id, code_id, person.id)
    if known is not None and (known.value, known.reason) == (held.value, reason):
        return
    said = (
        _("case corrigée : {name}, {person} : {value}")
        if held is not cell.derived
        else _("case confirmée : {name}, {person} : {value}")
    )
    label = said.format(name=name, person=person.name, value=letter(held))
    values = {"value": held.value, "reason": reason, "coder_id": transaction.coder_id, "updated": now()}
    with transaction.event("grid.correct", label) as change:
        if known is not None:
            change.update(grid_cells, known.id, **values)
        else:
            place = {"document_id": document_id, "code_id": code_id, "participant_id": person.id}
            change.insert(grid_cells, {"id": new_id(), **place, **values})


def release_cell(transaction: Transaction, document: str, code: str, participant: str) -> None:
    """Take the correction of a cell back: its passages say it again. One event; none where there was none. Raises
    NotFound."""
    document_id, code_id, name, person, _unread = _cell(transaction.connection, document, code, participant)
    known = _row(transaction.connection, document_id, code_id, person.id)
    if known is not None:
        label = _("correction retirée : {name}, {person}").format(name=name, person=person.name)
        with transaction.event("grid.release", label) as change:
            change.delete(grid_cells, known.id)


def _held(value: Held | str) -> Held:
    named = {letter(each): each for each in Held} | {each.value: each for each in Held}
    found = named.get(str(value).strip().upper())
    if found is None:
        raise MatrixError(
            _("Une case ne peut pas valoir « {value} ».").format(value=value),
            _("Il y a : {names}.").format(names=", ".join(Held)),
        )
    return found


def _cell(connection: sa.Connection, document: str, code: str, participant: str) -> tuple[str, str, str, Present, Cell]:
    document_id = find_document(connection, document)
    if document_id is None:
        raise NotFound(_("Il n'y a pas de document nommé « {name} » dans le projet.").format(name=document))
    theme = found_code(codebook(connection), code)
    if not is_theme(codebook(connection), theme):
        raise MatrixError(
            _("« {name} » est une position, pas un thème.").format(name=theme.name),
            _("Une case se corrige sur la ligne d'un thème."),
        )
    grid = themes_grid(read_material(connection, [document_id]), codes={theme.id})
    group: Group = grid.group(document_id)
    person = grid.participant(group, participant)
    return document_id, theme.id, theme.name, person, grid.cell(theme.id, person, group)


def _row(connection: sa.Connection, document_id: str, code_id: str, person_id: str) -> Any:
    return connection.execute(
        sa.select(grid_cells).where(
            grid_cells.c.document_id == document_id,
            grid_cells.c.code_id == code_id,
            grid_cells.c.participant_id == person_id,
        )
    ).first()
