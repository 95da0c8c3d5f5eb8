"""What is said under a question: the turns gathered under its marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.guide.marking import read_marks
from qualikit.corpus.guide.model import Answer, Coverage, Question, QuestionMark
from qualikit.corpus.guide.questions import read_questions
from qualikit.corpus.guide.stretches import stretches
from qualikit.corpus.model import Document, Role
from qualikit.corpus.naming import own_value
from qualikit.text import fold

if TYPE_CHECKING:
    import pandas as pd


def read_answers(
    connection: sa.Connection,
    question: Question,
    *,
    document_id: str | None = None,
    territory: str | None = None,
    participant: str | None = None,
    moderators: bool = True,
) -> list[Answer]:
    """The turns under a question, in the order of titles and of texts. ``territory``: the speaker's own, else the
    document's; ``participant``: an id or a name. With one of these two, moderators' turns are left out, as with
    ``moderators`` false."""
    texts = {row.id: queries.document_from(row) for row in connection.execute(queries.select_documents())}
    found: list[Answer] = []
    marked = dict.fromkeys(
        mark.document_id for mark in read_marks(connection, document_id=document_id, question_id=question.id)
    )
    for id in marked:
        found += _answers(connection, texts[id], question.id)
    if territory is not None:
        found = [each for each in found if fold(each.territory or "") == fold(territory)]
    if participant is not None:
        wanted = fold(participant)
        found = [each for each in found if each.participant_id == participant or fold(each.speaker or "") == wanted]
    if not moderators or territory is not None or participant is not None:
        found = [each for each in found if each.role is not Role.MODERATOR]
    return found


def _answers(connection: sa.Connection, document: Document, question_id: str) -> list[Answer]:
    version = queries.text_version(connection, document.id)
    turns = queries.turns_of(connection, version.id)
    people = {person.id: person for person in queries.participants_of(connection, version.id)}
    marks = {mark.id: mark for mark in read_marks(connection, document_id=document.id)}
    found: dict[int, Answer] = {}
    for stretch in stretches(turns, marks.values()):
        if stretch.question_id != question_id:
            continue
        for turn in turns:
            start, stop = max(turn.speech_start, stretch.start), min(turn.speech_stop, stretch.stop)
            if start >= stop or start in found:
                continue
            person = people.get(turn.participant_id or "")
            found[start] = Answer(
                question_id,
                stretch.mark_id,
                document.id,
                document.title,
                (own_value(person.attributes, "territory") if person else None) or document.territory,
                turn.participant_id,
                person.name if person else turn.label,
                person.role if person else None,
                turn.index,
                start,
                stop,
                version.text[start:stop].rstrip(),
                turn.time,
                turn.start <= marks[stretch.mark_id].start < turn.stop,
            )
    return [found[start] for start in sorted(found)]


def read_coverage(connection: sa.Connection) -> Coverage:
    """Every question against every document."""
    marks: dict[tuple[str, str], list[QuestionMark]] = {}
    for mark in read_marks(connection):
        marks.setdefault((mark.question_id, mark.document_id), []).append(mark)
    documents = tuple((row.id, row.title) for row in connection.execute(queries.select_documents()))
    return Coverage(
        tuple(read_questions(connection)), documents, {place: tuple(these) for place, these in marks.items()}
    )


COLUMNS = ("question", "document", "territory", "participant", "role", "turn", "asks", "text", "start", "stop", "time")


def frame(answers: Sequence[Answer], question: Question) -> pd.DataFrame:
    """One row an answer, the columns of ``COLUMNS``; ``turn`` from 0, ``start`` and ``stop`` in code points, ``time``
    in seconds."""
    import pandas as pd

    rows = [
        (
            question.label,
            each.title,
            each.territory,
            each.speaker,
            each.role.value if each.role else None,
            each.turn,
            each.asks,
            each.text,
            each.start,
            each.stop,
            each.time,
        )
        for each in answers
    ]
    return pd.DataFrame.from_records(rows, columns=list(COLUMNS))
