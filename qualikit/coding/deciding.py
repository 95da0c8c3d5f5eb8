"""What a coder makes of a suggestion: accepted, accepted with another code, or refused, each one event of theirs."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from qualikit.coding import outbox, queries
from qualikit.coding.model import Origin
from qualikit.coding.retiring import refuse_retired
from qualikit.coding.suggestions import Status
from qualikit.coding.tables import codes, codings, decisions, suggestions
from qualikit.corpus.queries import present
from qualikit.corpus.tables import documents
from qualikit.errors import CodingRefused
from qualikit.i18n import _
from qualikit.store import Change, Transaction, new_id, now


def decide(transaction: Transaction, operation: outbox.Accept | outbox.Reject) -> None:
    """Do as the operation says. What was decided the same way before stays as it is. Raises CodingRefused."""
    suggestion = _suggestion(transaction, operation.id)
    if isinstance(operation, outbox.Reject):
        _reject(transaction, suggestion)
    else:
        _accept(transaction, suggestion, operation)


def _reject(transaction: Transaction, suggestion: Any) -> None:
    if _decided(transaction, suggestion, Status.REJECTED, None):
        return
    label = _("suggestion refusée : code {name}").format(name=suggestion.name)
    with transaction.event("suggestion.reject", label) as change:
        change.insert(decisions, decision_row(transaction, suggestion.id, Status.REJECTED, None, None))


def _accept(transaction: Transaction, suggestion: Any, operation: outbox.Accept) -> None:
    code = queries.code_name(transaction.connection, operation.code_id or suggestion.code_id)
    if code is None:
        raise CodingRefused(_("Ce code n'est plus dans la grille."))
    verdict = Status.ACCEPTED if code.id == suggestion.code_id else Status.CORRECTED
    if _decided(transaction, suggestion, verdict, code.id):
        return
    refuse_retired(code.name, code.active)
    if suggestion.text_version_id != suggestion.current:
        raise CodingRefused(_("Le texte a été corrigé depuis cette suggestion."), _("Rechargez la page."))
    same = queries.same_coding(
        transaction.connection,
        suggestion.text_version_id,
        suggestion.start,
        suggestion.stop,
        code.id,
        transaction.coder_id,
    )
    if same is None and queries.coding_exists(transaction.connection, operation.uuid):
        raise CodingRefused(_("Ce codage est déjà enregistré."), _("Rechargez la page."))
    label = (
        _("suggestion acceptée : code {name}")
        if verdict is Status.ACCEPTED
        else _("suggestion acceptée avec le code {name}")
    )
    with transaction.event("suggestion.accept", label.format(name=code.name)) as change:
        if same is None:
            change.insert(codings, coding_row(transaction, suggestion, operation.uuid, code.id))
        change.insert(decisions, decision_row(transaction, suggestion.id, verdict, code.id, same or operation.uuid))


def settle(
    transaction: Transaction, change: Change, version_id: str, start: int, stop: int, code_id: str, coding_id: str
) -> None:
    """A coding made by hand is what suggestions propose to the letter: they are accepted with it, in its event."""
    own = sa.select(decisions.c.suggestion_id).where(decisions.c.coder_id == transaction.coder_id)
    query = sa.select(suggestions.c.id).where(
        suggestions.c.text_version_id == version_id,
        suggestions.c.start == start,
        suggestions.c.stop == stop,
        suggestions.c.code_id == code_id,
        suggestions.c.id.not_in(own),
    )
    for id in transaction.connection.execute(query).scalars().all():
        change.insert(decisions, decision_row(transaction, id, Status.ACCEPTED, code_id, coding_id))


def _suggestion(transaction: Transaction, id: str) -> Any:
    query = (
        sa.select(suggestions, codes.c.name, documents.c.text_version_id.label("current"))
        .join(codes, codes.c.id == suggestions.c.code_id)
        .join(documents, documents.c.id == suggestions.c.document_id)
        .where(suggestions.c.id == id, present)
    )
    row = transaction.connection.execute(query).first()
    if row is None:
        raise CodingRefused(_("Cette suggestion n'existe plus."), _("Demandez-en de nouvelles."))
    return row


def _decided(transaction: Transaction, suggestion: Any, verdict: Status, code_id: str | None) -> bool:
    """True when this coder decided so before. Raises CodingRefused when they decided otherwise."""
    query = sa.select(decisions.c.verdict, decisions.c.code_id).where(
        decisions.c.suggestion_id == suggestion.id, decisions.c.coder_id == transaction.coder_id
    )
    row = transaction.connection.execute(query).first()
    if row is None:
        return False
    if (row.verdict, row.code_id) != (verdict.value, code_id):
        raise CodingRefused(
            _("Vous avez déjà répondu à cette suggestion."), _("« Annuler » revient sur votre réponse.")
        )
    return True


def decision_row(
    transaction: Transaction, suggestion_id: str, verdict: Status, code_id: str | None, coding_id: str | None
) -> dict[str, Any]:
    return {
        "id": new_id(),
        "suggestion_id": suggestion_id,
        "coder_id": transaction.coder_id,
        "verdict": verdict.value,
        "code_id": code_id,
        "coding_id": coding_id,
        "created": now(),
    }


def coding_row(
    transaction: Transaction, suggestion: Any, id: str, code_id: str, origin: Origin = Origin.SUGGESTION
) -> dict[str, Any]:
    return {
        "id": id,
        "document_id": suggestion.document_id,
        "text_version_id": suggestion.text_version_id,
        "start": suggestion.start,
        "stop": suggestion.stop,
        "quote": suggestion.quote,
        "code_id": code_id,
        "coder_id": transaction.coder_id,
        "origin": origin.value,
        "created": now(),
    }
