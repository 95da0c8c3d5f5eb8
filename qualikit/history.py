"""What was done in a project, and undo and redo for the one who works."""

from __future__ import annotations

import sqlalchemy as sa

from qualikit.errors import UndoRefused
from qualikit.store import Event, Store, coders, events
from qualikit.store.undoing import next_redo, next_undo


class History:
    """The events of a project. Undo and redo follow one coder's own actions and persist over restarts."""

    def __init__(self, store: Store, coder: str) -> None:
        self._store = store
        self._coder = coder

    def events(self, *, after: int = 0, limit: int | None = None) -> list[Event]:
        """Everything done by everybody, the latest first; ``after``: only events numbered above it."""
        query = (
            sa.select(events.c.seq, events.c.at, coders.c.name, events.c.kind, events.c.action, events.c.label)
            .join(coders)
            .where(events.c.seq > after)
            .order_by(events.c.seq.desc())
            .limit(limit)
        )
        with self._store.read() as connection:
            return [Event(*row) for row in connection.execute(query)]

    def undo(self) -> Event:
        """Take back this coder's last action. Raises UndoRefused where its rows moved on, or nothing is left; asked
        again at once, it leaves that action as it is and takes back the one before."""
        with self._store.write(self._coder) as transaction:
            try:
                return transaction.undo()
            except UndoRefused as error:
                refusal = error  # raised after the transaction: that it was refused is remembered
        raise refusal

    def redo(self) -> Event:
        """Do again this coder's last action taken back. Raises UndoRefused."""
        with self._store.write(self._coder) as transaction:
            return transaction.redo()

    def next(self) -> tuple[str | None, str | None]:
        """What undo would take back and what redo would do again, in the words of the interface."""
        with self._store.read() as connection:
            known = connection.execute(sa.select(coders.c.id).where(coders.c.name == self._coder)).scalar()
            if known is None:
                return None, None
            return next_undo(connection, known), next_redo(connection, known)
