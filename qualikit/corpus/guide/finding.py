"""Where each question of the guide seems to be put, by the guide's text: proposals, never more.

Questions are looked for in what moderators say; in a document where nobody is one, in every turn. What is compared is
a sentence, or up to three that follow each other in one turn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.guide.likeness import Asked, Likeness, families, likeness, prepare
from qualikit.corpus.guide.marking import read_marks
from qualikit.corpus.guide.model import Proposal
from qualikit.corpus.guide.questions import read_questions
from qualikit.corpus.guide.stretches import beginning
from qualikit.corpus.model import Document, Participant, Role, Turn
from qualikit.i18n import _
from qualikit.text import Span, sentence

LEAST = 35
"""Score below which nothing is proposed."""
_TOGETHER = 3
"""Sentences that may make one question."""
_AGAIN = 6.0
"""How much less than its best place a question may score elsewhere in a document and be proposed there too."""
_NUMBERED = 12.0
"""What a turn that begins with the number of the question is worth more: transcribers note it."""
_LIKELY, _VOTES = 50, 2
"""Score of a place whose number is believed, and how many such places must agree."""
_NUMBER = re.compile(r"\s*(?:[^\W\d]{1,12}\W{1,3}){0,3}?(\d{1,3})\s?[.):°–—-]")
_CONTEXT = 160
"""Characters shown on either side."""


def propose(connection: sa.Connection, document: Document, *, least: float = LEAST) -> list[Proposal]:
    """Where the questions that are not marked in a document seem to be put in it, in the order of the guide."""
    guide = read_questions(connection)
    asked = prepare((question.id, question.number, question.text) for question in guide)
    if not asked:
        return []
    version = queries.text_version(connection, document.id)
    turns = queries.turns_of(connection, version.id)
    people = {person.id: person for person in queries.participants_of(connection, version.id)}
    marks = read_marks(connection, document_id=document.id)
    starts = [turn.start for turn in turns]
    taken = {(mark.question_id, beginning(turns, starts, mark.start)) for mark in marks}
    marked = {mark.question_id for mark in marks}
    found = []
    for place in places(version.text, turns, people, [each for each in asked if each.id not in marked], least):
        question, turn, span = place.question, place.turn, place.span
        if (question.id, beginning(turns, starts, span.start)) in taken:
            continue
        who = people.get(turn.participant_id or "")
        found.append(
            Proposal(
                question.id,
                document.id,
                document.title,
                version.id,
                span.start,
                span.stop,
                span.of(version.text),
                turn.index,
                who.name if who else turn.label,
                round(place.score),
                _reason(place),
                _before(version.text, span.start, turn),
                _after(version.text, span.stop, turn),
            )
        )
    return found


class Place(NamedTuple):
    """Where a question may be put. ``numbered``: the turn begins with its number."""

    question: Asked
    turn: Turn
    span: Span
    like: Likeness
    score: float
    numbered: bool


def places(
    text: str,
    turns: Sequence[Turn],
    people: dict[str, Participant],
    asked: Sequence[Asked],
    least: float,
) -> list[Place]:
    """The places of each question that score at least so much: the best in the text, and those nearly as good."""
    best: dict[tuple[str, int], Place] = {}
    for turn, span in _windows(text, _listened(turns, people)):
        said = families(span.of(text))
        if not said:
            continue
        for question in asked:
            like = likeness(question, said)
            if like.score < least - _NUMBERED:
                continue
            known = best.get((question.id, turn.index))
            if known is None or like.score > known[4] + (0.01 if len(span) < len(known[2]) else 1.0):
                best[question.id, turn.index] = Place(question, turn, span, like, like.score, numbered=False)
    shift = _shift(text, list(best.values()))
    found = [_with_number(text, place, shift) for place in best.values()]
    top: dict[str, float] = {}
    for place in found:
        top[place.question.id] = max(top.get(place.question.id, 0.0), place.score)
    kept = [place for place in found if place.score >= max(least, top[place.question.id] - _AGAIN)]
    return sorted(kept, key=lambda place: (place.question.number, -place.score, place.span.start))


def _shift(text: str, found: Sequence[Place]) -> int | None:
    """What is added to a question's number in the guide to have the one that the transcriber wrote, where they wrote
    them: some begin at nought. None where too few of the likeliest places say so."""
    votes = Counter(
        number - place.question.number
        for place in found
        if place.score >= _LIKELY and (number := _number(text, place.turn)) is not None
    )
    [(shift, n)] = votes.most_common(1) or [(0, 0)]
    return shift if n >= _VOTES and n * 2 > votes.total() else None


def _with_number(text: str, place: Place, shift: int | None) -> Place:
    if shift is None or _number(text, place.turn) != place.question.number + shift:
        return place
    return place._replace(score=min(100.0, place.score + _NUMBERED), numbered=True)


def _listened(turns: Sequence[Turn], people: dict[str, Participant]) -> list[Turn]:
    """The turns in which a question may be put: the moderators', or all where nobody is one."""
    moderators = {id for id, person in people.items() if person.role is Role.MODERATOR}
    return [turn for turn in turns if turn.participant_id in moderators] if moderators else list(turns)


def _windows(text: str, turns: Sequence[Turn]) -> Iterator[tuple[Turn, Span]]:
    for turn in turns:
        sentences = list(_sentences(text, turn))
        for first in range(len(sentences)):
            for last in range(first, min(len(sentences), first + _TOGETHER)):
                yield turn, Span(sentences[first].start, sentences[last].stop)


def _sentences(text: str, turn: Turn) -> Iterator[Span]:
    place = turn.speech_start
    while place < turn.speech_stop:
        found = sentence(text, place, place + 1, turn.speech)
        if found.stop <= place:
            return
        yield Span(max(place, found.start), found.stop)
        place = found.stop
        while place < turn.speech_stop and text[place].isspace():
            place += 1


def _number(text: str, turn: Turn) -> int | None:
    found = _NUMBER.match(text, turn.speech_start, turn.speech_stop)
    return int(found[1]) if found else None


def _reason(place: Place) -> str:
    if place.numbered:
        return _("{why} ; le tour commence par son numéro").format(why=place.like.reason)
    return place.like.reason


def _before(text: str, start: int, turn: Turn) -> str:
    words = text[max(turn.speech_start, start - _CONTEXT) : start]
    return words if start - _CONTEXT <= turn.speech_start else "…" + words.partition(" ")[2]


def _after(text: str, stop: int, turn: Turn) -> str:
    words = text[stop : stop + _CONTEXT]
    return words if stop + _CONTEXT >= len(text) else words.rpartition(" ")[0] + "…"
