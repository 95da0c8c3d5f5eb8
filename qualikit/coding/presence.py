"""Who is coding what now. Kept beside the project's history: a sign of life is no event and makes nothing anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.store import Store, coders, now, preferences

KEY = "coder.presence"
"""Under this key of a coder's preferences: the document open before them, and when that was last so."""
BEAT = 30.0
"""Seconds between two signs of life on one document: the disk is spared."""
SILENCE = 120.0
"""Seconds without one after which somebody is gone."""


@dataclass(frozen=True)
class Presence:
    """A coder with a document before them. ``at`` is their last sign of life, ISO 8601 in UTC."""

    coder: str
    document_id: str
    title: str
    at: str


def be_here(store: Store, coder: str, document_id: str) -> None:
    """A sign of life of that coder on that document. Raises ProjectBusy, ReadOnlyProject."""
    store.set_preference(coder, KEY, {"document": document_id, "at": now()})


def others_here(store: Store, coder: str) -> list[Presence]:
    """The other coders who gave a sign of life within ``SILENCE``, by name; of each the document they had last."""
    since = (datetime.now(UTC) - timedelta(seconds=SILENCE)).isoformat(timespec="microseconds")
    query = (
        sa.select(coders.c.name, preferences.c.value)
        .join(coders, coders.c.id == preferences.c.coder_id)
        .where(preferences.c.key == KEY, coders.c.name != coder)
        .order_by(coders.c.name)
    )
    with store.read() as connection:
        signs = {name: value for name, value in connection.execute(query) if _is_recent(value, since)}
        wanted = {value["document"] for value in signs.values()}
        titles = dict(
            connection.execute(
                sa.select(documents.c.id, documents.c.title).where(present, documents.c.id.in_(wanted))
            ).all()
        )
    return [
        Presence(name, value["document"], titles[value["document"]], value["at"])
        for name, value in signs.items()
        if value["document"] in titles
    ]


def _is_recent(value: object, since: str) -> bool:
    """A sign of life as we write it, and not too old; preferences come from browsers too."""
    if not isinstance(value, dict):
        return False
    document, at = value.get("document"), value.get("at")
    return isinstance(document, str) and isinstance(at, str) and at >= since
