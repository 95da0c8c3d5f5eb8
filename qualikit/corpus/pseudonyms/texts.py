"""A document given a text with edits of known places: turns and passages follow to their exact places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.model import TextVersion, Turn
from qualikit.corpus.shifting import Edit, Shift, edited
from qualikit.corpus.tables import documents, text_versions, turns
from qualikit.store import Change, metadata, new_id, now
from qualikit.text import Span, count_words, text_hash

Label = Callable[[str], str]


def passages_tables() -> list[sa.Table]:
    """Tables of any room whose rows are passages of a text version, each with its quote."""
    wanted = {"id", "text_version_id", "start", "stop", "quote"}
    return [table for table in metadata.sorted_tables if wanted <= set(table.c.keys())]


def renew(change: Change, version: TextVersion, edits: Sequence[Edit], reason: str, label: Label) -> int:
    """A new current text for the document of ``version``, in the event that the caller opened; ``label`` renames who
    speaks. Passages follow; one that would become the same as another stays with the text before, set aside. How many
    did."""
    connection = change.connection
    text, shift = edited(version.text, edits), Shift(edits)
    number = connection.execute(
        sa.select(sa.func.max(text_versions.c.number)).where(text_versions.c.document_id == version.document_id)
    ).scalar_one()
    id = new_id()
    values = {"id": id, "document_id": version.document_id, "number": number + 1, "reason": reason, "created": now()}
    connection.execute(sa.insert(text_versions).values(**values, **described(text)))
    moved = [shift.turn(turn) for turn in queries.turns_of(connection, version.id)]
    if moved:
        connection.execute(sa.insert(turns), [turn_row(_named(turn, label), id) for turn in moved])
    aside = 0
    for table in passages_tables():
        seen: set[tuple[Any, ...]] = set()
        for row in connection.execute(sa.select(table).where(table.c.text_version_id == version.id)).mappings().all():
            span = shift.span(Span(row["start"], row["stop"]))
            same = (span.start, span.stop, row.get("code_id"), row.get("coder_id"))
            if same in seen:
                aside += 1
                continue
            seen.add(same)
            place = {"text_version_id": id, "start": span.start, "stop": span.stop, "quote": span.of(text)}
            change.update(table, row["id"], **place)
    change.update(documents, version.document_id, text_version_id=id)
    return aside


def described(text: str) -> dict[str, Any]:
    """The columns of a text version that follow from its text."""
    return {"text": text, "text_hash": text_hash(text), "words": count_words(text)}


def turn_row(turn: Turn, version_id: str) -> dict[str, Any]:
    """A new row of ``turns``."""
    names = ("index", "start", "stop", "speech_start", "speech_stop", "label", "participant_id", "time", "time_stop")
    return {"id": new_id(), "text_version_id": version_id, **{name: getattr(turn, name) for name in names}}


def _named(turn: Turn, label: Label) -> Turn:
    return turn if turn.label is None else replace(turn, label=label(turn.label))
