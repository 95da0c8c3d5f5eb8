"""Operations on codings: the only way in, for the browser, the command line and files alike.

An operation is decided once: its uuid is kept with the outcome, and a browser may send it again as often as it likes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qualikit.coding import asking, outbox, queries
from qualikit.coding.codes import checked_name, insert_code
from qualikit.coding.deciding import decide, settle
from qualikit.coding.many import recode_many, remove_many
from qualikit.coding.model import Coding, OperationResult, Origin, Refusal
from qualikit.coding.names import clean_name, clean_text
from qualikit.coding.recoding import apply_to_codebook
from qualikit.coding.removal import remove_codings
from qualikit.coding.retiring import refuse_retired
from qualikit.coding.tables import codings, memos
from qualikit.corpus.queries import find_document
from qualikit.errors import CodebookError, CodingRefused, GuideRefused, UndoRefused
from qualikit.i18n import _
from qualikit.store import Change, Store, Transaction, new_id, now, set_preference

Extra = Mapping[str, Callable[[Transaction, Mapping[Any, Any]], None]]
"""Operations of the rooms above, by name: each takes what was sent, checks it, and raises CodingRefused."""


def apply_operations(
    store: Store, coder: str, document_id: str | None, operations: Sequence[object], extra: Extra | None = None
) -> OperationResult:
    """Apply a batch in one transaction; durable when it returns.

    ``operations`` are dicts as the browser sends them: ``add``, ``remove``, ``recode``, ``rebound``, ``memo``,
    ``recode_many``, ``remove_many``, ``new_code``, ``accept``, ``reject``, ``mark``, ``unmark``, ``undo``, ``redo``,
    ``pref``, those on the codebook (see ``outbox``), and those of ``extra``. Places are in code points, half-open.
    One that names another document (``doc``) is applied to that one. Each is an event of its own; one that is
    refused, malformed ones included, leaves the others alone. One whose uuid was seen before gets its first outcome
    and changes nothing.
    """
    if not operations:
        return OperationResult()
    acked: dict[str, None] = {}
    refused: dict[str, Refusal] = {}
    with store.write(coder) as transaction:
        for raw in operations:
            uuid = outbox.uuid_of(raw)
            refusal = _outcome(transaction, document_id, uuid, raw, extra or {})
            if refusal is None:
                acked[uuid] = None
            else:
                refused[uuid] = Refusal(uuid, refusal)
    return OperationResult(tuple(acked), tuple(refused.values()))


def _outcome(transaction: Transaction, document_id: str | None, uuid: str, raw: object, extra: Extra) -> str | None:
    """Why the operation is refused, now or the first time it came; None when it is done."""
    nameable = re.fullmatch(outbox.UUID, uuid) is not None
    if nameable:
        known = queries.outcome(transaction.connection, uuid)
        if known is not None:
            return known.refusal
    above = extra.get(str(raw.get("op"))) if nameable and isinstance(raw, Mapping) else None
    operation = outbox.parse(raw) if above is None else None
    if operation is None and above is None:
        refusal = outbox.not_understood()
    else:
        try:
            with transaction.connection.begin_nested():  # one that is refused on its way leaves nothing half done
                if above is not None and isinstance(raw, Mapping):
                    above(transaction, raw)
                elif operation is not None:
                    _apply(transaction, operation, operation.document_id or document_id)
            refusal = None
        except (CodingRefused, CodebookError, GuideRefused, UndoRefused) as error:
            refusal = str(error)
    if nameable:
        queries.keep_outcome(transaction, uuid, refusal)
    return refusal


def _apply(  # noqa: PLR0912  one line an operation
    transaction: Transaction, operation: outbox.Operation, document_id: str | None
) -> None:
    match operation:
        case outbox.Add():
            _add(transaction, operation, document_id)
        case outbox.NewCode():
            _new_code(transaction, operation, document_id)
        case outbox.Rebound():
            _rebound(transaction, operation)
        case outbox.Remove():
            _remove(transaction, operation)
        case outbox.Recode():
            _recode(transaction, operation)
        case outbox.RecodeMany():
            recode_many(transaction, operation.ids, operation.code_id)
        case outbox.RemoveMany():
            remove_many(transaction, operation.ids)
        case outbox.WriteMemo():
            _memo(transaction, operation, document_id)
        case outbox.MarkQuestion() | outbox.UnmarkQuestion():
            asking.decide(transaction, operation, document_id)
        case outbox.Undo():
            transaction.undo()
        case outbox.Redo():
            transaction.redo()
        case outbox.CodeOperation():
            apply_to_codebook(transaction, operation)
        case outbox.Accept() | outbox.Reject():
            decide(transaction, operation)
        case outbox.SetPreference():
            set_preference(transaction, operation.key, operation.value)


def _add(transaction: Transaction, operation: outbox.Add, document_id: str | None) -> None:
    code = _code(transaction, operation.code_id)
    passage = _passage(transaction, operation, document_id)
    if _is_there(transaction, operation, passage, code.id):
        return  # the passage bears this code already: what was asked for is so
    refuse_retired(code.name, code.active)
    with transaction.event("coding.add", _("code {name} posé").format(name=code.name)) as change:
        _insert(transaction, change, _row(transaction, operation, passage, code.id))


def _new_code(transaction: Transaction, operation: outbox.NewCode, document_id: str | None) -> None:
    name = checked_name(operation.name)
    passage = _passage(transaction, operation, document_id)
    book = queries.codebook(transaction.connection)
    code = book.by_name(name)
    if code is not None and _is_there(transaction, operation, passage, code.id):
        return
    if code is not None:
        refuse_retired(code.name, code.active)
    label = _("code {name} posé") if code else _("code {name} créé et posé")
    with transaction.event("coding.new_code", label.format(name=code.name if code else clean_name(name))) as change:
        code_id = code.id if code else insert_code(change, book, {"name": name})
        _insert(transaction, change, _row(transaction, operation, passage, code_id))


def _insert(transaction: Transaction, change: Change, row: dict[str, Any]) -> None:
    change.insert(codings, row)
    settle(transaction, change, row["text_version_id"], row["start"], row["stop"], row["code_id"], row["id"])


def _remove(transaction: Transaction, operation: outbox.Remove) -> None:
    coding = _own(transaction, operation.id)
    code = _code(transaction, coding.code_id)
    with transaction.event("coding.remove", _("code {name} retiré").format(name=code.name)) as change:
        remove_codings(change, [coding.id])


def _recode(transaction: Transaction, operation: outbox.Recode) -> None:
    coding = _own(transaction, operation.id)
    before, after = _code(transaction, coding.code_id), _code(transaction, operation.code_id)
    if before.id == after.id:
        return
    refuse_retired(after.name, after.active)
    _refuse_same(transaction, coding, coding.text_version_id, coding.start, coding.stop, after)
    label = _("code {before} remplacé par {after}").format(before=before.name, after=after.name)
    with transaction.event("coding.recode", label) as change:
        change.update(codings, coding.id, code_id=after.id)


def _rebound(transaction: Transaction, operation: outbox.Rebound) -> None:
    coding = _own(transaction, operation.id)
    code = _code(transaction, coding.code_id)
    passage = _passage(transaction, operation, coding.document_id)
    _refuse_same(transaction, coding, passage.version_id, operation.start, operation.stop, code)
    label = _("passage du code {name} ajusté").format(name=code.name)
    with transaction.event("coding.rebound", label) as change:
        change.update(
            codings,
            coding.id,
            text_version_id=passage.version_id,
            start=operation.start,
            stop=operation.stop,
            quote=passage.words,
        )


def _memo(transaction: Transaction, operation: outbox.WriteMemo, document_id: str | None) -> None:
    if operation.id is None:
        kind, target = "document", _document(transaction, document_id)
    else:
        kind, target = operation.on, _target(transaction, operation.on, operation.id)
    text = clean_text(operation.text)
    memo = queries.own_memo(transaction.connection, target, transaction.coder_id)
    if (memo.text if memo else "") == text:
        return
    if not text:
        with transaction.event("memo.remove", _("mémo effacé")) as change:
            change.delete(memos, memo.id)  # type: ignore[union-attr]
    elif memo:
        with transaction.event("memo.update", _("mémo modifié")) as change:
            change.update(memos, memo.id, text=text, updated=now())
    else:
        with transaction.event("memo.add", _("mémo écrit")) as change:
            at = now()
            change.insert(
                memos,
                {
                    "id": new_id(),
                    "target_kind": kind,
                    "target_id": target,
                    "coder_id": transaction.coder_id,
                    "text": text,
                    "created": at,
                    "updated": at,
                },
            )


def _target(transaction: Transaction, kind: str, id: str) -> str:
    """Id of what a memo is written on. Raises CodingRefused where it is gone."""
    if kind == "participant":
        if not queries.participant_exists(transaction.connection, id):
            raise CodingRefused(_("Cette personne n'est plus dans le projet."))
        return id
    return _code(transaction, id).id if kind == "code" else _coding(transaction, id).id


def _row(
    transaction: Transaction, operation: outbox.Add | outbox.NewCode, passage: queries.Passage, code_id: str
) -> dict[str, Any]:
    return {
        "id": operation.uuid,
        "document_id": passage.document_id,
        "text_version_id": passage.version_id,
        "start": operation.start,
        "stop": operation.stop,
        "quote": passage.words,
        "code_id": code_id,
        "coder_id": transaction.coder_id,
        "origin": Origin.HAND.value,
        "created": now(),
    }


def _passage(
    transaction: Transaction, operation: outbox.Add | outbox.NewCode | outbox.Rebound, document_id: str | None
) -> queries.Passage:
    """The passage that the operation is about, found in the text as it is now. Raises CodingRefused."""
    start, stop = operation.start, operation.stop
    if stop <= start or not operation.quote.strip():
        raise CodingRefused(_("Aucun passage n'est sélectionné."))
    found = queries.passage(transaction.connection, document_id, max(0, start), stop) if document_id else None
    if found is None:
        raise CodingRefused(_("Ce document n'est plus dans le projet."))
    if operation.text_hash is not None and operation.text_hash != found.text_hash:
        raise CodingRefused(
            _("Le texte a été corrigé depuis que vous l'avez ouvert : « {words} » n'a pas été codé.").format(
                words=_shortened(operation.quote)
            ),
            _("Rechargez la page."),
        )
    if start < 0 or len(found.words) < stop - start:
        raise CodingRefused(_("Le passage sort du texte."))
    if found.words != operation.quote:
        raise CodingRefused(_("Le passage ne correspond pas au texte à cet endroit."), _("Rechargez la page."))
    return found


def _shortened(words: str, length: int = 60) -> str:
    line = " ".join(words.split())
    return line if len(line) <= length else f"{line[:length].rstrip()}…"


def _is_there(
    transaction: Transaction, operation: outbox.Add | outbox.NewCode, passage: queries.Passage, code_id: str
) -> bool:
    same = queries.same_coding(
        transaction.connection,
        passage.version_id,
        operation.start,
        operation.stop,
        code_id,
        transaction.coder_id,
    )
    if same is None and queries.coding_exists(transaction.connection, operation.uuid):
        raise CodingRefused(_("Ce codage est déjà enregistré."), _("Rechargez la page."))
    return same is not None


def _refuse_same(
    transaction: Transaction, coding: Coding, version_id: str, start: int, stop: int, code: queries.CodeName
) -> None:
    """Two codings by one coder never become one without being seen: the second's memo would be lost."""
    same = queries.same_coding(transaction.connection, version_id, start, stop, code.id, transaction.coder_id)
    if same is not None and same != coding.id:
        raise CodingRefused(_("Ce passage porte déjà le code {name}.").format(name=code.name))


def _coding(transaction: Transaction, id: str) -> Coding:
    coding = queries.coding(transaction.connection, id)
    if coding is None:
        raise CodingRefused(_("Ce codage n'existe plus."))
    return coding


def _own(transaction: Transaction, id: str) -> Coding:
    coding = _coding(transaction, id)
    if coding.coder != transaction.coder:
        raise CodingRefused(
            _("Ce codage est celui de {coder} : seul {coder} peut le modifier.").format(coder=coding.coder)
        )
    return coding


def _code(transaction: Transaction, id: str) -> queries.CodeName:
    code = queries.code_name(transaction.connection, id)
    if code is None:
        raise CodingRefused(_("Ce code n'est plus dans la grille."))
    return code


def _document(transaction: Transaction, id: str | None) -> str:
    if id is None or find_document(transaction.connection, id) != id:
        raise CodingRefused(_("Ce document n'est plus dans le projet."))
    return id
