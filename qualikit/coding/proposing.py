"""Proposals answered outside of the text: one at a time from a list, or many at once, each as one event.

What is answered is first kept as a suggestion, so that it teaches and is counted like those of the browser coder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from qualikit.coding import queries
from qualikit.coding.assistants import Assistant, Level, reaches, stored_name
from qualikit.coding.assisted import Found
from qualikit.coding.codes import insert_code
from qualikit.coding.deciding import coding_row, decision_row
from qualikit.coding.model import Codebook, Origin
from qualikit.coding.retiring import refuse_retired
from qualikit.coding.suggestions import Status
from qualikit.coding.tables import codings, decisions, suggestions
from qualikit.corpus.queries import find_document, text_version
from qualikit.errors import CodingRefused
from qualikit.i18n import _, ngettext
from qualikit.store import Change, Transaction, new_id, now

EXAMPLE = 300
"""Characters of the first passage of a group that become the example of its code."""


class _Passage(NamedTuple):
    """What a coding is made on, as a suggestion names it."""

    document_id: str
    text_version_id: str
    start: int
    stop: int
    quote: str


def answer(
    transaction: Transaction, assistant: Assistant, found: Sequence[Found], code_id: str | None, label: str
) -> int:
    """Accept proposals, each with its own code, or with ``code_id`` where that is given; refuse them where it is empty.
    How many codings came. Raises CodingRefused where a text has moved on."""
    book = queries.codebook(transaction.connection)
    made = 0
    action = "suggestion.reject" if code_id == "" else "suggestion.accept"
    with transaction.event(action, label) as change:
        for each in found:
            made += _answer(transaction, change, book, assistant, each, code_id)
    return made


def name_group(transaction: Transaction, name: str, keywords: Sequence[str], found: Sequence[Found], n: int) -> str:
    """Make a code of passages that no code speaks of, and put it on the first ``n``, as one event; the id of the code.
    The coder says so, nobody proposed it: the codings count as made by hand. Raises CodebookError, CodingRefused."""
    book = queries.codebook(transaction.connection)
    label = ngettext("code {name} créé sur {n} passage", "code {name} créé sur {n} passages", n) if n else ""
    label = (label or _("code {name} ajouté")).format(name=name, n=n)
    fields = {"name": name, "keywords": list(keywords), "example": found[0].words[:EXAMPLE] if found else ""}
    with transaction.event("codebook.add", label) as change:
        code_id = insert_code(change, book, fields)
        for each in found[:n]:
            passage = _Passage(each.document_id, _version_of(transaction, each), each.start, each.stop, each.words)
            change.insert(codings, coding_row(transaction, passage, new_id(), code_id, Origin.HAND))
    return code_id


def _version_of(transaction: Transaction, found: Found) -> str:
    """The text that a passage is in. Raises CodingRefused where it does not say so any more."""
    document = find_document(transaction.connection, found.document_id)
    version = None if document is None else text_version(transaction.connection, document)
    if version is None or version.text[found.start : found.stop] != found.words:
        raise CodingRefused(_("Le texte a changé depuis cette proposition."), _("Rechargez la page."))
    return version.id


def _answer(
    transaction: Transaction, change: Change, book: Codebook, assistant: Assistant, found: Found, code_id: str | None
) -> int:
    version_id = _version_of(transaction, found)
    if book.get(found.code_id) is None:
        raise CodingRefused(_("Ce code n'est plus dans la grille."))
    suggestion = _kept(transaction, change, assistant, found, version_id)
    if suggestion is None:
        return 0
    verdict = Status.REJECTED
    coding_id = None
    chosen = None
    came = 0
    if code_id != "":
        code = book.get(code_id or found.code_id)
        if code is None:
            raise CodingRefused(_("Ce code n'est plus dans la grille."))
        refuse_retired(code.name, code.active)
        chosen = code.id
        verdict = Status.ACCEPTED if code.id == found.code_id else Status.CORRECTED
        same = queries.same_coding(
            transaction.connection, version_id, found.start, found.stop, code.id, transaction.coder_id
        )
        coding_id = same
        if same is None:
            coding_id = new_id()
            passage = _Passage(found.document_id, version_id, found.start, found.stop, found.words)
            change.insert(codings, coding_row(transaction, passage, coding_id, code.id))
            came = 1
    change.insert(decisions, decision_row(transaction, suggestion, verdict, chosen, coding_id))
    return came


def _kept(transaction: Transaction, change: Change, assistant: Assistant, found: Found, version_id: str) -> str | None:
    """The id of the suggestion that says this, made where it is not there; None where this coder has answered it."""
    own = sa.select(decisions.c.suggestion_id).where(decisions.c.coder_id == transaction.coder_id)
    query = sa.select(suggestions.c.id, suggestions.c.id.in_(own)).where(
        suggestions.c.text_version_id == version_id,
        suggestions.c.start == found.start,
        suggestions.c.stop == found.stop,
        suggestions.c.code_id == found.code_id,
        suggestions.c.assistant == stored_name(assistant, transaction.coder_id),
    )
    row = transaction.connection.execute(query).first()
    if row is not None:
        return None if row[1] else str(row[0])
    id = new_id()
    change.insert(
        suggestions,
        {
            "id": id,
            "document_id": found.document_id,
            "text_version_id": version_id,
            "start": found.start,
            "stop": found.stop,
            "quote": found.words,
            "code_id": found.code_id,
            "score": found.score,
            "reason": found.reason,
            "assistant": stored_name(assistant, transaction.coder_id),
            "assistant_version": assistant.version,
            "parameters": dict(assistant.parameters),
            "created": now(),
        },
    )
    return id


def batch_label(found: Sequence[Found]) -> str:
    """What coding these at once is called."""
    n = len(found)
    return ngettext("{n} passage codé en lot", "{n} passages codés en lot", n).format(n=n)


def at_least(found: Iterable[Found], least: Level) -> list[Found]:
    """Those of that level or a surer one."""
    return [each for each in found if reaches(each.score, least)]
