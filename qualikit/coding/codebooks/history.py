"""Who changed what in the codebook, when and why: read from the events that did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.codebooks.comparing import CodeChange, change_of
from qualikit.coding.names import clean_text
from qualikit.coding.tables import change_notes, codes
from qualikit.errors import NotFound
from qualikit.i18n import _
from qualikit.store import Transaction, coders, events, new_id, now

NOTE, VERSION = "codebook.note", "codebook.version"


@dataclass(frozen=True)
class CodebookChange:
    """One action that changed the codebook, or named a version of it. ``seq`` numbers it among all the project's
    actions; ``note`` says why; ``undone``: it was taken back since. ``codes`` is empty where what changed was erased
    from the history with somebody's personal data."""

    seq: int
    at: datetime
    coder: str
    action: str
    label: str
    codes: tuple[CodeChange, ...]
    undone: bool = False
    note: str = ""

    @property
    def day(self) -> date:
        """The day on which it was done, on this machine's clock."""
        return self.at.astimezone().date()


def read_log(connection: sa.Connection) -> list[CodebookChange]:
    """Every change of the codebook, the latest first."""
    touches = sa.cast(events.c.changes, sa.Text).like('%"table": "codes"%')
    named = events.c.action.like("code.%") | events.c.action.like("codebook.%")
    query = (
        sa.select(events, coders.c.name.label("coder"))
        .join(coders)
        .where(events.c.kind == "do", touches | named, events.c.action != NOTE)
        .order_by(events.c.seq)
    )
    undone = _undone(connection)
    notes = {row.event_seq: row.text for row in connection.execute(sa.select(change_notes))}
    names = {code.id: code.name for code in queries.codebook(connection)}
    found = []
    for row in connection.execute(query):
        found.append(
            CodebookChange(
                row.seq,
                datetime.fromisoformat(row.at),
                row.coder,
                row.action,
                row.label,
                _codes(row.changes, names),
                row.seq in undone,
                notes.get(row.seq, ""),
            )
        )
    return found[::-1]


def _undone(connection: sa.Connection) -> set[int]:
    taken_back: set[int] = set()
    query = sa.select(events.c.kind, events.c.target).where(events.c.target.is_not(None)).order_by(events.c.seq)
    for kind, target in connection.execute(query):
        (taken_back.add if kind == "undo" else taken_back.discard)(target)
    return taken_back


def _codes(changes: Iterable[Mapping[str, Any]], names: dict[str, str]) -> tuple[CodeChange, ...]:
    """What one event did to each code. ``names`` are those of then: they follow the events."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    for change in changes:
        if change["table"] != codes.name:
            continue
        id, before, after = change["id"], change["before"], change["after"]
        if id not in first:
            first[id], last[id] = before, after
        else:  # of a record of some columns, those that it did not have are as they were
            first[id] = {**(before or {}), **first[id]} if first[id] is not None else None
            last[id] = {**(last[id] or {}), **after} if after is not None else None
        for row in (before, after):
            if row and "name" in row:
                names[id] = row["name"]
    made = (change_of(id, first[id], last[id], names) for id in first)
    return tuple(each for each in made if each is not None)


def write_note(transaction: Transaction, seq: int, text: str) -> None:
    """Say why a change was made; an empty text takes it away. One event. Raises NotFound."""
    text = clean_text(text)
    known = next((change for change in read_log(transaction.connection) if change.seq == seq), None)
    if known is None:
        raise NotFound(
            _("La grille n'a pas de changement numéro {seq}.").format(seq=seq),
            _("Les numéros se lisent dans le journal de la grille."),
        )
    there = transaction.connection.execute(sa.select(change_notes.c.id).where(change_notes.c.event_seq == seq)).scalar()
    with transaction.event(NOTE, _("motif noté : {label}").format(label=known.label)) as change:
        values = {"text": text, "coder_id": transaction.coder_id, "updated": now()}
        if there is not None and not text:
            change.delete(change_notes, there)
        elif there is not None:
            change.update(change_notes, there, **values)
        elif text:
            change.insert(change_notes, {"id": new_id(), "event_seq": seq, **values})
