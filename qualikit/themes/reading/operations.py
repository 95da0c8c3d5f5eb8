"""What is done to passages while they are read: the operations of the coder, and those that this room adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qualikit.coding import outbox
from qualikit.coding.model import OperationResult
from qualikit.coding.operations import apply_operations
from qualikit.errors import CodingRefused, NotFound
from qualikit.store import Store, Transaction
from qualikit.themes import verbatims


def apply(store: Store, coder: str, operations: Sequence[object]) -> OperationResult:
    """Apply a batch as :func:`qualikit.coding.operations.apply_operations` does. Besides its own operations there is
    ``verbatim``: ``ids`` of codings, ``on`` true to choose them for the report, false to take the choice back."""
    return apply_operations(store, coder, None, operations, extra={"verbatim": _verbatim})


def _verbatim(transaction: Transaction, sent: Mapping[Any, Any]) -> None:
    ids, on = sent.get("ids"), sent.get("on")
    if not isinstance(ids, list) or not 0 < len(ids) <= outbox.MOST_TOGETHER or not isinstance(on, bool):
        raise CodingRefused(outbox.not_understood())
    if not all(isinstance(id, str) and len(id) <= 36 for id in ids):
        raise CodingRefused(outbox.not_understood())
    try:
        if len(ids) == 1:
            (verbatims.choose if on else verbatims.unchoose)(transaction, ids[0])
        else:
            verbatims.choose_many(transaction, ids, on=on)
    except NotFound as gone:
        raise CodingRefused(gone.what, gone.todo) from gone
