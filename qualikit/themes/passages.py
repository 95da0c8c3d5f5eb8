"""Codings read back with who speaks, where, and when: what it takes to quote them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from qualikit.coding.queries import in_text, parts
from qualikit.coding.tables import codes, codings, memos
from qualikit.corpus.model import Role, SourceKind
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents, participants, turns
from qualikit.store import coders
from qualikit.text import natural
from qualikit.themes.dimensions import Person, Source, territory_of
from qualikit.themes.model import Passage
from qualikit.themes.tables import verbatims


def read_passages(connection: sa.Connection, coding_ids: Sequence[str]) -> list[Passage]:
    """The passages of these codings in the order given; those that are gone are left out."""
    found: dict[str, Passage] = {}
    for some in parts(coding_ids):
        spoken = _turns(connection, some)
        notes = _memos(connection, some)
        query = (
            sa.select(
                codings,
                codes.c.name.label("code"),
                coders.c.name.label("coder"),
                documents.c.title,
                documents.c.source_kind,
                documents.c.territory,
                documents.c.attributes,
                verbatims.c.id.label("chosen"),
            )
            .join(codes, codes.c.id == codings.c.code_id)
            .join(coders, coders.c.id == codings.c.coder_id)
            .join(documents, documents.c.id == codings.c.document_id)
            .outerjoin(verbatims, verbatims.c.id == codings.c.id)
            .where(codings.c.id.in_(some), present, in_text)
        )
        for row in connection.execute(query):
            found[row.id] = _passage(row, spoken.get(row.id, []), notes.get(row.id, ""))
    return [found[id] for id in coding_ids if id in found]


def chosen_ids(connection: sa.Connection) -> list[str]:
    """Ids of the codings chosen to be quoted, in the order of the documents and of the text."""
    query = (
        sa.select(codings.c.id, codings.c.start, documents.c.title, documents.c.id.label("document"))
        .join(verbatims, verbatims.c.id == codings.c.id)
        .join(documents, documents.c.id == codings.c.document_id)
        .where(present, in_text)
    )
    rows = sorted(connection.execute(query), key=lambda row: (natural(row.title), row.document, row.start, row.id))
    return [row.id for row in rows]


def _turns(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[Any]]:
    """For each coding the turns that it touches, in order, with who speaks in them."""
    query = (
        sa.select(
            codings.c.id,
            turns.c.index,
            turns.c.label,
            turns.c.time,
            ((turns.c.speech_start < codings.c.stop) & (turns.c.speech_stop > codings.c.start)).label("heard"),
            participants.c.id.label("person"),
            participants.c.name,
            participants.c.role,
            participants.c.attributes,
        )
        .select_from(codings)
        .join(
            turns,
            (turns.c.text_version_id == codings.c.text_version_id)
            & (turns.c.start < codings.c.stop)
            & (turns.c.stop > codings.c.start),
        )
        .outerjoin(participants, participants.c.id == turns.c.participant_id)
        .where(codings.c.id.in_(ids))
        .order_by(codings.c.id, turns.c.index)
    )
    found: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        found.setdefault(row.id, []).append(row)
    return found


def _memos(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    query = (
        sa.select(memos.c.target_id, memos.c.text)
        .where(memos.c.target_kind == "coding", memos.c.target_id.in_(ids))
        .order_by(memos.c.created)
    )
    found: dict[str, list[str]] = {}
    for target, text in connection.execute(query):
        found.setdefault(target, []).append(text)
    return {target: "\n\n".join(texts) for target, texts in found.items()}


def _passage(row: Any, touched: list[Any], memo: str) -> Passage:
    heard = [turn for turn in touched if turn.heard and turn.person is not None]
    counted = [turn for turn in heard if turn.role == Role.PARTICIPANT.value]
    speaking = {turn.person: turn for turn in reversed(counted or heard)}
    speaking = dict(reversed(speaking.items()))
    numbered = [turn for turn in heard or touched if turn.label is not None or turn.person is not None]
    timed = numbered or touched
    first = counted[0] if counted else None
    person = Person(first.person, first.name, first.attributes) if first else None
    source = Source(row.document_id, row.title, row.source_kind, row.territory, row.attributes)
    return Passage(
        coding_id=row.id,
        code_id=row.code_id,
        code=row.code,
        document_id=row.document_id,
        document=row.title,
        source_kind=SourceKind(row.source_kind),
        territory=territory_of(source, person) or None,
        start=row.start,
        stop=row.stop,
        quote=row.quote,
        speakers=tuple(turn.name for turn in speaking.values()),
        turn=numbered[0].index + 1 if numbered else None,
        last_turn=numbered[-1].index + 1 if numbered else None,
        time=timed[0].time if timed else None,
        coder=row.coder,
        memo=memo,
        chosen=row.chosen is not None,
    )
