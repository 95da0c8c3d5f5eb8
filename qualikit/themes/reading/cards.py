"""Passages read back to be shown or quoted: with what stands around them and beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qualikit.coding.queries import in_text, parts
from qualikit.coding.tables import codings, memos
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents, text_versions
from qualikit.store import coders
from qualikit.themes.model import Passage
from qualikit.themes.passages import read_passages
from qualikit.themes.reading.finding import Found

AROUND = 400
"""Characters of the text on each side."""


@dataclass(frozen=True)
class Beside:
    """A coding that a passage stands to: its code, its words, and its place in the same text."""

    code: str
    quote: str
    start: int
    stop: int


@dataclass(frozen=True)
class Card:
    """A passage to be read. ``passage`` is one's own coding where there is one, else the first; ``coding_ids`` are all
    that are alike, ``coders`` who made them. ``mine``: one of them is of whoever asks. ``memos``: coder and text.
    ``before`` and ``after`` are what the text holds around it."""

    passage: Passage
    coding_ids: tuple[str, ...]
    coders: tuple[str, ...]
    mine: bool
    chosen: tuple[str, ...]
    """Those of the codings that are verbatims."""
    codes: tuple[str, ...]
    """Ids of the other codes that touch its words."""
    beside: tuple[Beside, ...]
    memos: tuple[tuple[str, str], ...]
    before: str
    after: str


def read_cards(
    connection: sa.Connection, found: Found, passages: Sequence[int], around: int = AROUND
) -> list[Card | None]:
    """The cards of these passages, in the order given; None for one whose codings are all gone since."""
    facts = found.reader.facts
    rows = {each: found.codings_of(each).tolist() for each in passages}
    beside = {each: found.beside(each) for each in passages}
    ids = [facts.coding_ids[row] for some in rows.values() for row in some]
    there = {each.coding_id: each for each in read_passages(connection, ids)}
    edges = _around(connection, list(there), around) if around else {}
    notes = _memos(connection, list(there))
    other = [facts.coding_ids[row] for some in beside.values() for row in some]
    words = _words(connection, other)
    cards: list[Card | None] = []
    for each in passages:
        known = [there[id] for id in (facts.coding_ids[row] for row in rows[each]) if id in there]
        if not known:
            cards.append(None)
            continue
        passage = known[0]
        before, after = edges.get(passage.coding_id, ("", ""))
        readable = {note.coder for note in known} | {found.me}
        cards.append(
            Card(
                passage=passage,
                coding_ids=tuple(one.coding_id for one in known),
                coders=tuple(dict.fromkeys(one.coder for one in known)),
                mine=passage.coder == found.me,
                chosen=tuple(one.coding_id for one in known if one.chosen),
                codes=tuple(facts.codebook.codes[place].id for place in found.codes_there(each)),
                beside=tuple(
                    Beside(
                        facts.codebook.codes[int(facts.code[row])].id,
                        words.get(facts.coding_ids[row], ""),
                        int(facts.start[row]),
                        int(facts.stop[row]),
                    )
                    for row in beside[each]
                ),
                memos=tuple(
                    (coder, text)
                    for one in known
                    for coder, text in notes.get(one.coding_id, [])
                    if coder in readable or found.query.everyone
                ),
                before=before,
                after=after,
            )
        )
    return cards


def _around(connection: sa.Connection, ids: Sequence[str], around: int) -> dict[str, tuple[str, str]]:
    # substr counts from 1; what would begin before the text begins with it, and is that much shorter.
    first = sa.case((codings.c.start > around, codings.c.start - around), else_=0)
    found: dict[str, tuple[str, str]] = {}
    for some in parts(ids):
        query = (
            sa.select(
                codings.c.id,
                sa.func.substr(text_versions.c.text, first + 1, codings.c.start - first),
                sa.func.substr(text_versions.c.text, codings.c.stop + 1, around),
            )
            .join(text_versions, text_versions.c.id == codings.c.text_version_id)
            .where(codings.c.id.in_(some))
        )
        for id, before, after in connection.execute(query):
            found[id] = (_from_a_word(before, around), _to_a_word(after, around))
    return found


def _memos(connection: sa.Connection, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for some in parts(ids):
        query = (
            sa.select(memos.c.target_id, coders.c.name, memos.c.text)
            .join(coders, coders.c.id == memos.c.coder_id)
            .where(memos.c.target_kind == "coding", memos.c.target_id.in_(some))
            .order_by(memos.c.created)
        )
        for target, coder, text in connection.execute(query):
            found.setdefault(target, []).append((coder, text))
    return found


def _words(connection: sa.Connection, ids: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in parts(dict.fromkeys(ids)):
        query = (
            sa.select(codings.c.id, codings.c.quote)
            .join(documents, documents.c.id == codings.c.document_id)
            .where(codings.c.id.in_(some), present, in_text)
        )
        found.update((id, quote) for id, quote in connection.execute(query))
    return found


def _from_a_word(before: str, around: int) -> str:
    """What stands before, from the first whole word on where it was cut."""
    return re.sub(r"^\S*\s+", "", before, count=1) if len(before) >= around else before


def _to_a_word(after: str, around: int) -> str:
    """What stands after, to the last whole word where it was cut."""
    return re.sub(r"\s+\S*$", "", after, count=1) if len(after) >= around else after
