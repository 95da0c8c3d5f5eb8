"""Hits found in the order of the documents' titles and of their texts, a page at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qualikit.corpus.search.hits import Hit, HitCount
from qualikit.corpus.search.locate import Locator
from qualikit.corpus.search.narrowing import Allowed, Narrowing, whose_words_count
from qualikit.corpus.search.shelf import Desk, Indexed
from qualikit.corpus.tables import turns
from qualikit.store.conditions import Condition
from qualikit.store.search import SLOT, candidates, indexed_texts, passages

FIRST_BATCH, LARGEST_BATCH = 64, 1_024
"""Passages looked at together: few at first, for the first page; more where most of them do not answer."""


@dataclass(frozen=True)
class _Found:
    """A passage that answers, with the places of its answers in the text."""

    indexed: Indexed
    row: Any
    answers: Sequence[tuple[int, int]]


def hits(
    desk: Desk,
    condition: Condition,
    narrowing: Narrowing,
    *,
    after: tuple[int, int] | None = None,
    limit: int | None = None,
    context: int,
) -> list[Hit]:
    """The first ``limit`` hits after a place; ``context``: characters of ``left`` and of ``right``, cut at a word."""
    made: list[Hit] = []
    for found in _found(desk, condition, narrowing, after, limit):
        for start, stop in found.answers:
            if limit is not None and len(made) >= limit:
                return made
            made.append(_hit(desk, found, start, stop, context))
    return made


def count(desk: Desk, condition: Condition, narrowing: Narrowing, at_most: int) -> HitCount:
    """How many hits there are, counted up to ``at_most``."""
    total, documents = 0, set()
    for found in _found(desk, condition, narrowing):
        total += len(found.answers)
        documents.add(found.indexed.slot)
        if total > at_most:
            return HitCount(at_most, len(documents), complete=False)
    return HitCount(total, len(documents))


# -- which passages


def _found(
    desk: Desk,
    condition: Condition,
    narrowing: Narrowing,
    after: tuple[int, int] | None = None,
    limit: int | None = None,
) -> Iterator[_Found]:
    """The passages that answer, in order; ``limit``: about as many are wanted."""
    allowed = whose_words_count(desk, narrowing)
    locator = Locator(condition)
    slots: Sequence[int] = [each.slot for each in desk.shelf.documents if each.slot in allowed]
    if after is not None:
        slots = _from(desk, slots, after[0] // SLOT)
    for number, run in enumerate(_runs(slots)):
        goes_on = number == 0 and after is not None and after[0] // SLOT == run[0]
        first = after[0] if goes_on and after is not None else run[0] * SLOT
        for found in _in_run(desk, locator, narrowing, allowed, run, first, limit):
            answers = found.answers
            if found.row.id == (after or (None,))[0]:
                answers = [answer for answer in answers if answer[0] > after[1]]  # type: ignore[index]
            if answers:
                yield _Found(found.indexed, found.row, answers)


def _from(desk: Desk, slots: Sequence[int], slot: int) -> Sequence[int]:
    """Those that come, in the order of titles, from the document of that slot on; all of them when it has gone."""
    order = [each.slot for each in desk.shelf.documents]
    if slot not in order:
        return slots
    later = set(order[order.index(slot) :])
    return [each for each in slots if each in later]


def _runs(slots: Sequence[int]) -> Iterator[Sequence[int]]:
    """The stretches in which slots rise: documents in the order of their titles were mostly indexed in that order."""
    first = 0
    for number in range(1, len(slots) + 1):
        if number == len(slots) or slots[number] < slots[number - 1]:
            yield slots[first:number]
            first = number


def _in_run(
    desk: Desk,
    locator: Locator,
    narrowing: Narrowing,
    allowed: Allowed,
    run: Sequence[int],
    first: int,
    limit: int | None,
) -> Iterator[_Found]:
    last = run[-1] * SLOT + SLOT - 1
    here = set(run)
    # Where few of the passages count, more are looked at together from the start.
    thin = len(run) * 3 <= len(desk.shelf.documents) or allowed[run[0]] is not None
    batch = FIRST_BATCH * 4 if thin and run[-1] != run[0] else FIRST_BATCH
    seen = given = 0
    while first <= last:
        rows = _rows(desk, locator.condition, first, last, batch)
        for row in rows:
            people = allowed[row.slot] if row.slot in here else _NOBODY
            if people is None or row.participant_id in people:
                found = _answers(desk, locator, narrowing, row)
                if found is not None:
                    given += 1
                    yield found
        if len(rows) < batch:
            return
        seen += len(rows)
        # As many as are still wanted, going by the share that answered; twice as many where that says nothing.
        more = batch * 2 if limit is None or not given else int(1.25 * max(1, limit - given) * seen / given)
        batch = min(LARGEST_BATCH, max(FIRST_BATCH, more))
        first = rows[-1].id + 1
        if first // SLOT not in here:  # straight to the next document that counts
            place = bisect_left(run, first // SLOT)
            if place == len(run):
                return
            first = run[place] * SLOT


_NOBODY: frozenset[str | None] = frozenset()


def _rows(desk: Desk, condition: Condition, first: int, last: int, limit: int) -> Sequence[Any]:
    """Passages that may answer, with who says them."""
    found = candidates(desk.connection, condition, first, last, limit)
    query = (
        sa.select(
            passages.c.id,
            passages.c.slot,
            passages.c.turn,
            passages.c.start,
            passages.c.stop,
            passages.c.text,
            turns.c.participant_id,
            turns.c.label,
            turns.c.time,
        )
        .select_from(found)
        .join(passages, passages.c.id == found.c.id)
        .join(indexed_texts, indexed_texts.c.slot == passages.c.slot)
        .outerjoin(
            turns, (turns.c.text_version_id == indexed_texts.c.text_version_id) & (turns.c.index == passages.c.turn)
        )
    )
    # Sorted here: they come in order, or nearly, and the database would copy every text to sort them.
    return sorted(desk.connection.execute(query).all(), key=lambda row: row.id)


def _answers(desk: Desk, locator: Locator, narrowing: Narrowing, row: Any) -> _Found | None:
    indexed = desk.shelf.by_slot[row.slot]
    within = None if narrowing.within is None else narrowing.within.of(indexed.version_id)
    if within is not None and not within.touch(row.start, row.stop):
        return None
    answers = [(row.start + start, row.start + stop) for start, stop in locator(row.text)]
    if within is not None:
        answers = [answer for answer in answers if within.hold(*answer)]
    if narrowing.outside is not None:
        outside = narrowing.outside.of(indexed.version_id)
        answers = [answer for answer in answers if not outside.touch(*answer)]
    return _Found(indexed, row, answers) if answers else None


# -- a hit


def _hit(desk: Desk, found: _Found, start: int, stop: int, context: int) -> Hit:
    row, text, document = found.row, found.row.text, found.indexed.document
    first, last = start - row.start, stop - row.start  # in the passage
    person = desk.shelf.people.get(row.participant_id) if row.participant_id else None
    return Hit(
        document=document.id,
        title=document.title,
        version=found.indexed.version_id,
        start=start,
        stop=stop,
        left=text[_left(text, first, context) : first],
        match=text[first:last],
        right=text[last : _right(text, last, context)],
        speaker=person.name if person is not None else row.label,
        turn=row.turn,
        time=row.time,
        territory=(person.attributes.get("territory") if person is not None else None) or document.territory,
        source_kind=document.source_kind,
        passage_start=row.start,
        passage_stop=row.stop,
        place=(row.id, start),
    )


def _left(text: str, start: int, context: int) -> int:
    place = max(0, start - context)
    while 0 < place < start and not text[place - 1].isspace():
        place += 1
    return place if place < start else max(0, start - context)


def _right(text: str, stop: int, context: int) -> int:
    place = min(len(text), stop + context)
    while stop < place < len(text) and not text[place].isspace():
        place -= 1
    return place if place > stop else min(len(text), stop + context)
