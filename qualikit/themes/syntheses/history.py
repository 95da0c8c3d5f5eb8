"""What a synthesis was: read from the journal of what was done, by whoever did it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qualikit.errors import NotFound
from qualikit.i18n import _, ngettext
from qualikit.store import Transaction, coders, events
from qualikit.themes.syntheses.writing import BRING_BACK, DRAFT, WRITE, find_code, place, write_synthesis
from qualikit.themes.tables import syntheses

Row = dict[str, Any]

_ONE_SITTING = timedelta(minutes=10)
"""Texts that one person saves one after the other within this time are one version, the last of them: a text is saved
while it is being written."""
_SHORTER = 0.7
"""Where less than this share of a text is left, it stays a version of its own: it may be missed."""

_NAMES_REPLACED = "pseudonyms.apply"


@dataclass(frozen=True)
class Version:
    """What stood in a cell after an action. ``seq`` numbers it; ``text`` is empty where there was none any more;
    ``label`` says the action in the user's words."""

    seq: int
    at: str
    coder: str
    action: str
    label: str
    text: str
    status: str

    @property
    def when(self) -> datetime:
        """When, on this machine's clock."""
        return datetime.fromisoformat(self.at).astimezone()


@dataclass(frozen=True)
class SynthesisHistory:
    """The versions of one cell, the latest first. ``hidden``: how many stand before names were replaced by pseudonyms:
    they hold the names, and are not shown."""

    versions: tuple[Version, ...] = ()
    hidden: int = 0

    @property
    def hidden_said(self) -> str:
        """Why some are not shown, in words; empty where all are."""
        if not self.hidden:
            return ""
        return ngettext(
            "{n} version d'avant les pseudonymes n'est pas montrée : elle porte les noms.",
            "{n} versions d'avant les pseudonymes ne sont pas montrées : elles portent les noms.",
            self.hidden,
        ).format(n=self.hidden)

    def version(self, seq: int) -> Version:
        """Raises NotFound."""
        found = next((version for version in self.versions if version.seq == seq), None)
        if found is None:
            raise NotFound(
                _("Cette synthèse n'a pas de version numéro {seq}.").format(seq=seq),
                _("Les numéros se lisent dans son historique."),
            )
        return found


def read_history(connection: sa.Connection, code: str, dimension: str, value: str) -> SynthesisHistory:
    """The history of one cell. Raises NotFound, MatrixError."""
    code_id, _name = find_code(connection, code)
    cell = (code_id, *place(dimension, value))
    found: list[Version] = []
    hidden = 0
    for event, before, after in _states(connection, cell):
        if event.action == _NAMES_REPLACED:
            hidden, found = hidden + len(found), []
        if before == after:
            continue
        text, status = after if after is not None else ("", DRAFT)
        version = Version(event.seq, event.at, event.coder, event.action, event.label, text, status)
        if found and _goes_on(found[-1], version):
            found[-1] = version
        else:
            found.append(version)
    return SynthesisHistory(tuple(reversed(found)), hidden)


def bring_back(transaction: Transaction, code: str, dimension: str, value: str, seq: int) -> None:
    """Write again what a version said, as one event. Raises NotFound, MatrixError."""
    version = read_history(transaction.connection, code, dimension, value).version(seq)
    write_synthesis(transaction, code, dimension, value, version.text, action=BRING_BACK)


def _goes_on(last: Version, version: Version) -> bool:
    return (
        (last.action, last.coder) == (version.action, version.coder) == (WRITE, version.coder)
        and version.when - last.when < _ONE_SITTING
        and len(version.text) > _SHORTER * len(last.text)
    )


def _states(
    connection: sa.Connection, cell: tuple[str, str, str]
) -> Iterator[tuple[Any, tuple[str, str] | None, tuple[str, str] | None]]:
    """Each event that touched syntheses, with text and status of the cell before and after it."""
    touches = sa.cast(events.c.changes, sa.Text).like('%"table": "syntheses"%')
    replaced = events.c.action == _NAMES_REPLACED
    query = (
        sa.select(
            events.c.seq, events.c.at, events.c.action, events.c.label, events.c.changes, coders.c.name.label("coder")
        )
        .join(coders)
        .where(touches | replaced)
        .order_by(events.c.seq)
    )
    rows: dict[str, Row] = {}
    for event in connection.execute(query):
        for change in event.changes:
            if change["table"] == syntheses.name and change["before"] is not None:
                rows[change["id"]] = {**rows.get(change["id"], {}), **change["before"]}
        before = _standing(rows, cell)
        for change in event.changes:
            if change["table"] == syntheses.name:
                _follow(rows, change)
        yield event, before, _standing(rows, cell)


def _follow(rows: dict[str, Row], change: Mapping[str, Any]) -> None:
    """A record may hold some columns only: the others are as they were."""
    if change["after"] is None:
        rows.pop(change["id"], None)
    else:
        rows[change["id"]] = {**rows.get(change["id"], {}), **change["after"]}


def _standing(rows: Mapping[str, Row], cell: tuple[str, str, str]) -> tuple[str, str] | None:
    for row in rows.values():
        if (row.get("code_id"), row.get("dimension"), row.get("value")) == cell:
            return row.get("text", ""), row.get("status", DRAFT)
    return None
