"""The room with the database in it. Other rooms take what they need from here."""

from qualikit.store.core import Store, set_preference
from qualikit.store.journal import (
    CURRENT_TEXT,
    KEPT_WHEN_REMOVED,
    PART_OF_ROW,
    SPANS,
    Change,
    Event,
    Transaction,
    new_id,
    now,
)
from qualikit.store.schema import (
    DERIVED_FROM,
    POINTS_AT_ANY,
    SAYS_OF,
    SaysOf,
    coders,
    events,
    id_column,
    info,
    metadata,
    operations,
    preferences,
    reference,
)

__all__ = [
    "CURRENT_TEXT",
    "DERIVED_FROM",
    "KEPT_WHEN_REMOVED",
    "PART_OF_ROW",
    "POINTS_AT_ANY",
    "SAYS_OF",
    "SPANS",
    "Change",
    "Event",
    "SaysOf",
    "Store",
    "Transaction",
    "coders",
    "events",
    "id_column",
    "info",
    "metadata",
    "new_id",
    "now",
    "operations",
    "preferences",
    "reference",
    "set_preference",
]
