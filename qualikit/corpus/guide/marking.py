"""Where questions are put in the texts: marked by hand or from proposals, taken away; each action one event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from qualikit.corpus import queries
from qualikit.corpus.guide.model import MarkOrigin, Proposal, Question, QuestionMark
from qualikit.corpus.guide.questions import read_questions
from qualikit.corpus.guide.stretches import beginning, stretches
from qualikit.corpus.model import Turn
from qualikit.corpus.tables import documents, question_marks, questions, text_versions
from qualikit.errors import GuideRefused
from qualikit.i18n import _, ngettext
from qualikit.store import Transaction, coders, new_id, now
from qualikit.text import Span


def read_marks(
    connection: sa.Connection, *, document_id: str | None = None, question_id: str | None = None, standing: bool = True
) -> list[QuestionMark]:
    """Marks in the current texts of the documents that are there, in the order of titles and of texts; ``standing``
    False: those that lost their words when a text was corrected."""
    in_text = question_marks.c.text_version_id == documents.c.text_version_id
    query = (
        sa.select(question_marks, coders.c.name.label("coder"))
        .join(documents, documents.c.id == question_marks.c.document_id)
        .join(coders, coders.c.id == question_marks.c.coder_id)
        .join(questions, questions.c.id == question_marks.c.question_id)
        .where(queries.present, in_text if standing else sa.not_(in_text))
        .order_by(
            documents.c.title,
            question_marks.c.document_id,
            question_marks.c.start,
            questions.c.position,
            question_marks.c.id,
        )
    )
    if document_id is not None:
        query = query.where(question_marks.c.document_id == document_id)
    if question_id is not None:
        query = query.where(question_marks.c.question_id == question_id)
    return [_mark_from(row) for row in connection.execute(query)]


def read_stretches(connection: sa.Connection, document_id: str) -> dict[str, list[Span]]:
    """Question → what is said under it in a document's current text, in the order of the text."""
    marks = read_marks(connection, document_id=document_id)
    if not marks:
        return {}
    found: dict[str, list[Span]] = {}
    for stretch in stretches(queries.turns_of(connection, marks[0].text_version_id), marks):
        found.setdefault(stretch.question_id, []).append(Span(stretch.start, stretch.stop))
    return found


def mark(
    transaction: Transaction,
    document_id: str,
    span: Span,
    question: Question,
    *,
    quote: str | None = None,
    text_hash: str | None = None,
    id: str | None = None,
) -> str:
    """Mark that a question is put there; the mark's id. A turn in which it is marked already keeps that mark.

    ``quote``, ``text_hash``: what the caller saw; refused where the text says something else. Raises GuideRefused.
    """
    row = transaction.connection.execute(
        sa.select(text_versions.c.id, text_versions.c.text, text_versions.c.text_hash)
        .join(documents, documents.c.text_version_id == text_versions.c.id)
        .where(queries.present, documents.c.id == document_id)
    ).first()
    if row is None:
        raise GuideRefused(_("Ce document n'est plus dans le projet."))
    if text_hash is not None and text_hash != row.text_hash:
        raise GuideRefused(
            _("Le texte a été corrigé depuis que vous l'avez ouvert : la question n'a pas été marquée."),
            _("Rechargez la page."),
        )
    words = span.of(row.text)
    if not words.strip() or span.stop > len(row.text):
        raise GuideRefused(_("Il n'y a pas de paroles à cet endroit du texte."))
    if quote is not None and quote != words:
        raise GuideRefused(
            _("Le passage ne correspond pas au texte à cet endroit."), _("Rechargez la page, puis recommencez.")
        )
    turns = queries.turns_of(transaction.connection, row.id)
    there = _same_turn(turns, span.start, read_marks(transaction.connection, document_id=document_id), question.id)
    if there is not None:
        return there.id
    if id is not None and transaction.connection.execute(_of_id(id)).first() is not None:
        raise GuideRefused(_("Cette question est déjà marquée."), _("Rechargez la page."))
    label = _("question {n} marquée").format(n=question.number)
    with transaction.event("question.mark", label) as change:
        made = _row(transaction, question.id, document_id, row.id, span, words, MarkOrigin.HAND, id)
        change.insert(question_marks, made)
    return str(made["id"])


def unmark(transaction: Transaction, ids: Sequence[str]) -> int:
    """Take marks away, whosever they are; how many were there. Raises GuideRefused where none was."""
    wanted = sa.select(question_marks.c.id, question_marks.c.question_id).where(question_marks.c.id.in_(ids))
    rows = transaction.connection.execute(wanted).all()
    if not rows:
        raise GuideRefused(_("Cette question n'est plus marquée à cet endroit."))
    numbers = {question.id: question.number for question in read_questions(transaction.connection)}
    label = (
        _("question {n} démarquée").format(n=numbers[rows[0].question_id])
        if len(rows) == 1
        else ngettext("{n} question démarquée", "{n} questions démarquées", len(rows)).format(n=len(rows))
    )
    with transaction.event("question.unmark", label) as change:
        change.delete(question_marks, *(row.id for row in rows))
    return len(rows)


def accept(transaction: Transaction, proposals: Iterable[Proposal]) -> int:
    """Mark what was proposed and chosen, in one event; how many marks that makes. Those whose text, document or
    question is no longer what it was are left, as are those that are marked already."""
    connection = transaction.connection
    known = {question.id for question in read_questions(connection)}
    rows: list[dict[str, Any]] = []
    by_document: dict[str, list[Proposal]] = {}
    for proposal in proposals:
        by_document.setdefault(proposal.document_id, []).append(proposal)
    for document_id, these in by_document.items():
        row = connection.execute(
            sa.select(text_versions.c.id, text_versions.c.text)
            .join(documents, documents.c.text_version_id == text_versions.c.id)
            .where(queries.present, documents.c.id == document_id)
        ).first()
        if row is None:
            continue
        turns, marks = queries.turns_of(connection, row.id), read_marks(connection, document_id=document_id)
        for each in these:
            span = Span(each.start, each.stop)
            if each.text_version_id != row.id or each.question_id not in known or span.of(row.text) != each.quote:
                continue
            if _same_turn(turns, each.start, marks, each.question_id) is not None:
                continue
            made = _row(transaction, each.question_id, document_id, row.id, span, each.quote, MarkOrigin.GUIDE)
            rows.append(made)
            marks.append(_mark_from_values(made, transaction.coder))
    if rows:
        label = ngettext("{n} question trouvée et marquée", "{n} questions trouvées et marquées", len(rows))
        with transaction.event("question.accept", label.format(n=len(rows))) as change:
            for made in rows:
                change.insert(question_marks, made)
    return len(rows)


def _of_id(id: str) -> sa.Select[tuple[str]]:
    return sa.select(question_marks.c.id).where(question_marks.c.id == id)


def _same_turn(
    turns: Sequence[Turn], place: int, marks: Iterable[QuestionMark], question_id: str
) -> QuestionMark | None:
    starts = [turn.start for turn in turns]
    begin = beginning(turns, starts, place)
    theirs = (each for each in marks if each.question_id == question_id)
    return next((each for each in theirs if beginning(turns, starts, each.start) == begin), None)


def _row(
    transaction: Transaction,
    question_id: str,
    document_id: str,
    version_id: str,
    span: Span,
    quote: str,
    origin: MarkOrigin,
    id: str | None = None,
) -> dict[str, Any]:
    return {
        "id": id or new_id(),
        "question_id": question_id,
        "document_id": document_id,
        "text_version_id": version_id,
        "start": span.start,
        "stop": span.stop,
        "quote": quote,
        "origin": origin.value,
        "coder_id": transaction.coder_id,
        "created": now(),
    }


def _mark_from_values(values: dict[str, Any], coder: str) -> QuestionMark:
    own = {name: value for name, value in values.items() if name != "coder_id"}
    return QuestionMark(**{**own, "origin": MarkOrigin(values["origin"])}, coder=coder)


def _mark_from(row: Any) -> QuestionMark:
    return QuestionMark(
        id=row.id,
        question_id=row.question_id,
        document_id=row.document_id,
        text_version_id=row.text_version_id,
        start=row.start,
        stop=row.stop,
        quote=row.quote,
        origin=MarkOrigin(row.origin),
        coder=row.coder,
        created=row.created,
    )
