"""Questions of the guide marked in the text from the browser."""

from __future__ import annotations

from qualikit.coding import outbox
from qualikit.corpus.guide import marking
from qualikit.corpus.guide.questions import read_questions
from qualikit.errors import GuideRefused
from qualikit.i18n import _
from qualikit.store import Transaction
from qualikit.text import Span


def decide(
    transaction: Transaction, operation: outbox.MarkQuestion | outbox.UnmarkQuestion, document_id: str | None
) -> None:
    """Put a mark, or take one away. Raises GuideRefused."""
    if isinstance(operation, outbox.UnmarkQuestion):
        marking.unmark(transaction, [operation.id])
        return
    asked = {question.id: question for question in read_questions(transaction.connection)}
    question = asked.get(operation.question_id)
    if question is None:
        raise GuideRefused(_("Cette question n'est plus dans le guide."))
    if not 0 <= operation.start < operation.stop:
        raise GuideRefused(_("Aucun passage n'est sélectionné."))
    marking.mark(
        transaction,
        document_id or "",
        Span(operation.start, operation.stop),
        question,
        quote=operation.quote,
        text_hash=operation.text_hash,
        id=operation.uuid,
    )
