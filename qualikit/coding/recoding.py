"""The browser's operations on the codebook: each an event of its own, undone like a coding."""

from __future__ import annotations

from qualikit.coding import outbox, queries
from qualikit.coding.codes import arrange, insert_code, move_code, update_code
from qualikit.coding.merging import merge, merge_label, plan_merge
from qualikit.coding.model import Code, Codebook
from qualikit.coding.names import clean_name
from qualikit.coding.retiring import action_of, active_label, set_active
from qualikit.coding.splitting import NewCode, plan_split, split, split_label
from qualikit.errors import CodebookError
from qualikit.i18n import _
from qualikit.store import Transaction


def apply_to_codebook(transaction: Transaction, operation: outbox.CodeOperation) -> None:
    """Do it. Raises CodebookError with the reason why not."""
    book = queries.codebook(transaction.connection)
    match operation:
        case outbox.AddCode():
            _add(transaction, book, operation)
        case outbox.UpdateCode():
            _update(transaction, book, operation)
        case outbox.MoveCode():
            code = _found(book, operation.id)
            parent = None if operation.parent_id is None else _found(book, operation.parent_id).id
            with transaction.event("code.move", _("code {name} déplacé").format(name=code.name)) as change:
                move_code(change, book, code, parent, operation.position)
        case outbox.MergeCode():
            source, into = _found(book, operation.id), _found(book, operation.into)
            plan = plan_merge(transaction.connection, book, [source], into)
            with transaction.event("code.merge", merge_label(plan)) as change:
                merge(change, plan)
        case outbox.SplitCode():
            parts = [NewCode(part.name, part.codings, part.id) for part in operation.parts]
            shared = plan_split(transaction.connection, book, _found(book, operation.id), parts)
            with transaction.event("code.split", split_label(shared)) as change:
                split(change, shared)


def _add(transaction: Transaction, book: Codebook, operation: outbox.AddCode) -> None:
    parent = None if operation.parent_id is None else _found(book, operation.parent_id).id
    if operation.uuid in book:
        raise CodebookError(_("Ce code existe déjà."), _("Rechargez la page."))
    label = _("code {name} créé").format(name=clean_name(operation.name))
    with transaction.event("code.add", label) as change:
        id = insert_code(change, book, {"name": operation.name}, parent, id=operation.uuid)
        if operation.position is not None:
            ids = [each.id for each in book.children(parent)]
            ids.insert(operation.position, id)
            arrange(change, ids, book)


def _update(transaction: Transaction, book: Codebook, operation: outbox.UpdateCode) -> None:
    code = _found(book, operation.id)
    given = {"name": operation.name, "color": operation.color, "shortcut": operation.shortcut}
    fields = {name: value for name, value in given.items() if value is not None}
    active = operation.active
    if active is not None and not fields:
        action, label = action_of(active), active_label(code, active)
    else:
        action, label = "code.update", _("code {name} modifié").format(name=code.name)
    with transaction.event(action, label) as change:
        if active is not None:
            set_active(change, book, code, active)
        if fields:
            update_code(change, book, code, fields)


def _found(book: Codebook, id: str) -> Code:
    code = book.get(id)
    if code is None:
        raise CodebookError(_("Ce code n'est plus dans la grille."))
    return code
