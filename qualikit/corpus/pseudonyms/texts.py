"""A document given its text anew, with edits of known places: turns and passages follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qualikit.corpus import revising
from qualikit.corpus.correction import Reason
from qualikit.corpus.model import Turn
from qualikit.rebasing import Edit
from qualikit.store import Change, Transaction

Label = Callable[[str], str]


def renew(transaction: Transaction, change: Change, document_id: str, edits: Sequence[Edit], label: Label) -> int:
    """A new current text for a document, in the event that the caller opened; ``label`` renames who speaks, were their
    label written nowhere in the text. How many passages were set aside."""
    planned = revising.plan(transaction.connection, document_id, edits=edits)
    turns = tuple(_named(turn, label) for turn in planned.correction.turns)
    planned = replace(planned, correction=replace(planned.correction, turns=turns))
    made = revising.carry_out(transaction, change, planned, reason=Reason.PSEUDONYMS)
    return sum(followed.words is None for followed in made.reviewed)


def _named(turn: Turn, label: Label) -> Turn:
    return turn if turn.label is None else replace(turn, label=label(turn.label))
