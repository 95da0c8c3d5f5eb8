"""Positions set by hand on passages: what a participant holds there, and whether a statement or an example carries
it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from qualikit.coding.model import Position, position_label
from qualikit.coding.queries import ids_of, parts
from qualikit.coding.tables import codes, codings
from qualikit.corpus.model import Role
from qualikit.corpus.tables import participants, turns
from qualikit.errors import CodingRefused, NotFound
from qualikit.i18n import _
from qualikit.store import Transaction, new_id, now
from qualikit.themes.consensus.reading import NOTHING
from qualikit.themes.tables import positions


def set_position(
    transaction: Transaction,
    coding_ids: Sequence[str],
    participant: str,
    value: Position | str | None,
    *,
    strong: bool = False,
) -> None:
    """Say what a participant (id or name) holds in a passage: in these codings, which are read as one.

    On codings of a theme it is what they hold of it, instead of what the codings of positions say there; on the coding
    of a position, what that coding says wherever it bears. None: no position. One event; none where nothing changes.
    Raises NotFound, CodingRefused.
    """
    connection = transaction.connection
    held = _value(value)
    found = _found(connection, coding_ids)
    person_id, name = _speaker(connection, found, participant)
    wanted = {"value": held.value if held else NOTHING, "strong": bool(strong and held not in {None, Position.NUANCE})}
    there = {row.coding_id: row for row in connection.execute(_at(list(found), person_id))}
    fresh = [id for id in found if id not in there]
    changed = [row.id for row in there.values() if (row.value, bool(row.strong)) != (wanted["value"], wanted["strong"])]
    if not fresh and not changed:
        return
    label = _("position : {name}, {code} : {value}").format(
        name=name, code=next(iter(found.values())), value=_said(held, strong=bool(wanted["strong"]))
    )
    with transaction.event("position.set", label) as change:
        stamp = {**wanted, "coder_id": transaction.coder_id, "created": now()}
        change.update_many(positions, dict.fromkeys(changed, stamp))
        change.insert(
            positions, *({"id": new_id(), "coding_id": id, "participant_id": person_id, **stamp} for id in fresh)
        )


def remove_position(transaction: Transaction, coding_ids: Sequence[str], participant: str) -> None:
    """Take back what was set there by hand: the codings of positions say it again. One event; none where nothing was
    set. Raises NotFound, CodingRefused."""
    connection = transaction.connection
    found = _found(connection, coding_ids)
    person_id, name = _speaker(connection, found, participant)
    gone = [row.id for row in connection.execute(_at(list(found), person_id))]
    if gone:
        label = _("position retirée : {name}, {code}").format(name=name, code=next(iter(found.values())))
        with transaction.event("position.remove", label) as change:
            change.delete(positions, *gone)


def _value(value: Position | str | None) -> Position | None:
    if value is None or value == NOTHING:
        return None
    if value not in list(Position):
        raise CodingRefused(
            _("« {name} » n'est pas une position.").format(name=value),
            _("Il y a : {names}.").format(names=", ".join([*Position, NOTHING])),
        )
    return Position(value)


def _said(held: Position | None, *, strong: bool) -> str:
    if held is None:
        return _("aucune")
    word = position_label(held).lower()
    return _("{position}, appuyé").format(position=word) if strong else word


def _found(connection: sa.Connection, coding_ids: Sequence[str]) -> dict[str, str]:
    """The name of the code of each coding. Raises NotFound."""
    found: dict[str, str] = {}
    for some in parts(list(dict.fromkeys(coding_ids))):
        query = sa.select(codings.c.id, codes.c.name).join(codes, codes.c.id == codings.c.code_id)
        found |= {row.id: row.name for row in connection.execute(query.where(codings.c.id.in_(some)))}
    ordered = {id: found[id] for id in coding_ids if id in found}
    if not ordered or len(ordered) < len(set(coding_ids)):
        raise NotFound(_("Ce codage n'est plus dans le projet."), _("Relisez la page, puis recommencez."))
    return ordered


def _speaker(
    connection: sa.Connection, coding_ids: Sequence[str] | dict[str, str], participant: str
) -> tuple[str, str]:
    """Id and name of the participant, whose words each of the codings must hold. Raises NotFound, CodingRefused."""
    query = (
        sa.select(codings.c.id, participants.c.id.label("person"), participants.c.name, participants.c.role)
        .select_from(codings)
        .join(
            turns,
            (turns.c.text_version_id == codings.c.text_version_id)
            & (turns.c.speech_start < codings.c.stop)
            & (turns.c.speech_stop > codings.c.start),
        )
        .join(participants, participants.c.id == turns.c.participant_id)
        .where(codings.c.id.in_(list(coding_ids)))
        .where((participants.c.id == participant) | (participants.c.name == participant))
    )
    rows: list[Any] = list(connection.execute(query))
    if not rows:
        known = ids_of(connection, participants.c.id, [participant])
        named = connection.execute(sa.select(participants.c.id).where(participants.c.name == participant)).first()
        if not known and named is None:
            raise NotFound(_("Il n'y a pas de participant « {name} » dans le projet.").format(name=participant))
    person = rows[0].person if rows else ""
    if not rows or {row.id for row in rows if row.person == person} != set(coding_ids):
        raise CodingRefused(
            _("Ce passage ne contient aucune parole de ce participant."),
            _("Choisissez un passage où il ou elle parle."),
        )
    if rows[0].role != Role.PARTICIPANT.value:
        raise CodingRefused(
            _("« {name} » n'est pas un participant : l'animation et les observateurs n'ont pas de position.").format(
                name=rows[0].name
            ),
            _("Changez son rôle dans Corpus s'il est faux."),
        )
    return person, rows[0].name


def _at(coding_ids: Sequence[str], person_id: str) -> sa.Select[Any]:
    return sa.select(positions).where(positions.c.coding_id.in_(coding_ids), positions.c.participant_id == person_id)
