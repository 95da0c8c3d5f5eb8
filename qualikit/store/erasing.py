"""Deleting for good: rows with all that hangs on them, what the history and the caches remember, freed bytes, copies.

Two steps. What is in the database goes in the caller's transaction, all or nothing, and that transaction leaves a note
of what is to be done to the files. The files come after, and where that is cut short the note has it finished when the
project is next opened.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from qualikit.errors import ProjectBusy
from qualikit.i18n import _
from qualikit.store import files
from qualikit.store.journal import PROPOSED, QUOTES, Transaction, unanswered
from qualikit.store.schema import POINTS_AT_ANY, UNDO_FROM, events, info, metadata, operations, preferences
from qualikit.store.search import erase_index
from qualikit.store.vectors import erase_vectors

if TYPE_CHECKING:
    from qualikit.store.core import Store

LEFT = "erasing"
"""Under this key of ``info``: what remains to be done to the files, {"key": whether the key's file goes too}."""

_TOGETHER = 500
_PATIENCE_S = 30.0


def cascade(connection: sa.Connection, table: sa.Table, ids: Iterable[str]) -> dict[str, int]:
    """Delete rows, and before them every row that refers to them, of whatever room. How many went, by table."""
    gone: dict[str, int] = {}
    listed = list(ids)
    for first in range(0, len(listed), _TOGETHER):
        _cascade(connection, table, listed[first : first + _TOGETHER], gone)
    return gone


def _cascade(connection: sa.Connection, table: sa.Table, ids: list[str], gone: dict[str, int]) -> None:
    if not ids:
        return
    for other in metadata.sorted_tables:
        if "id" not in other.c:
            continue
        for column in other.columns:
            points = any(key.column.table is table for key in column.foreign_keys)
            if (points and other is not table) or column.info.get(POINTS_AT_ANY):
                found = connection.execute(sa.select(other.c.id).where(column.in_(ids))).scalars().all()
                for some in range(0, len(found), _TOGETHER):
                    _cascade(connection, other, list(found[some : some + _TOGETHER]), gone)
    deleted = connection.execute(sa.delete(table).where(table.c.id.in_(ids))).rowcount
    gone[table.name] = gone.get(table.name, 0) + deleted


def forget_history(transaction: Transaction) -> None:
    """Events keep who, when and what kind of action, without rows nor names; undo ends here. What coders had open or
    pinned, the words of refusals, the index of words and vectors go too: they hold something of the texts."""
    connection = transaction.connection
    kinds = connection.execute(sa.select(events.c.action).distinct()).scalars().all()
    for action in kinds:
        if action not in _KEPT_LABELS:
            connection.execute(
                sa.update(events).where(events.c.action == action).values(label=plain_label(action), changes=[])
            )
    connection.execute(sa.update(events).where(events.c.action.in_(_KEPT_LABELS)).values(changes=[]))
    refused = operations.c.refusal.is_not(None)
    connection.execute(sa.update(operations).where(refused).values(refusal=_("Cette action avait été refusée.")))
    connection.execute(sa.delete(preferences))
    _forget_proposals(connection)
    erase_index(connection)
    erase_vectors(connection)
    for forget in ON_FORGETTING:
        forget()


ON_FORGETTING: list[Callable[[], None]] = []
"""What empties the memory of this process: rooms that remember texts add theirs."""


def _forget_proposals(connection: sa.Connection) -> None:
    """What a machine proposed and nobody answered goes; of what was answered, the words that quote another place."""
    for table in metadata.sorted_tables:
        if PROPOSED not in table.info:
            continue
        connection.execute(sa.delete(table).where(unanswered(table)))
        for column in table.columns:
            if column.info.get(QUOTES):
                connection.execute(sa.update(table).values({column.name: ""}))


def close_history(transaction: Transaction, action: str, label: str) -> None:
    """Record what was done for good, with a label that names nobody; nothing up to here is undone any more."""
    event = transaction.note(action, label)
    set_info(transaction.connection, UNDO_FROM, event.seq)


_KEPT_LABELS = ("key.remove", "person.remove", "document.erase")
"""Actions whose labels name nobody from the start, and whose counts are the record that must stay."""


def plain_label(action: str) -> str:
    """What an action was, in words that name nothing."""
    family = action.partition(".")[0]
    whole = {
        "document.import": _("document importé"),
        "document.remove": _("document retiré"),
        "codebook.import": _("grille importée"),
        "coding.add": _("code posé"),
        "coding.remove": _("code retiré"),
        "pseudonyms.apply": _("pseudonymes appliqués"),
    }
    if action in whole:
        return whole[action]
    families = {
        "document": _("document modifié"),
        "participant": _("participant modifié"),
        "attributes": _("attributs modifiés"),
        "code": _("grille modifiée"),
        "codebook": _("grille modifiée"),
        "coding": _("codage modifié"),
        "codings": _("codages modifiés"),
        "memo": _("mémo modifié"),
        "synthesis": _("synthèse modifiée"),
        "verbatim": _("verbatim choisi ou écarté"),
        "text": _("texte corrigé"),
        "suggestion": _("réponse à une suggestion"),
        "suggestions": _("suggestions demandées"),
        "question": _("guide d'entretien modifié"),
        "guide": _("guide d'entretien modifié"),
        "query": _("recherche gardée ou modifiée"),
        "endpoint": _("modèle de langue réglé ou interrogé"),
    }
    return families.get(family, _("changement"))


def set_info(connection: sa.Connection, key: str, value: Any) -> None:
    """Have a fact about the project; None takes it away."""
    connection.execute(sa.delete(info).where(info.c.key == key))
    if value is not None:
        connection.execute(sa.insert(info).values(key=key, value=value))


def leave_note(transaction: Transaction, *, key: bool = False) -> None:
    """Say in the transaction that deletes rows what :func:`finish` has to do to the files, beside what an earlier one
    that was cut short still has to."""
    before = transaction.connection.execute(sa.select(info.c.value).where(info.c.key == LEFT)).scalar() or {}
    set_info(transaction.connection, LEFT, {"key": key or bool(before.get("key"))})


def finish(store: Store) -> None:
    """Do to the files what the note says: freed bytes overwritten, copies deleted and one made anew, the key's file.

    Harmless to repeat. Raises ProjectBusy where another program reads the project all the while; the note stays, and
    the work is done when the project is next opened.
    """
    with store.read() as connection:
        left = connection.execute(sa.select(info.c.value).where(info.c.key == LEFT)).scalar()
    if left is None:
        return
    path = store.path
    if path is not None:
        store.engine.dispose()  # connections that lie idle here would hold the log
        compact(path)
        erase_backups(path)
        if left.get("key"):
            key_file(path).unlink(missing_ok=True)
            key_file(path).with_name(key_file(path).name + ".partiel").unlink(missing_ok=True)
    with store.maintain() as connection:
        set_info(connection, LEFT, None)
    if path is not None:
        files.back_up(path)


def key_file(path: Path) -> Path:
    """Where the key of the pseudonyms of a project is: beside it."""
    return path.with_suffix(".cle")


def compact(path: Path) -> None:
    """Write the project anew without its freed pages, and empty its log. Raises ProjectBusy."""
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("VACUUM")
            end = time.monotonic() + _PATIENCE_S
            while connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > end:
                    raise _busy()
                time.sleep(0.1)
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise _busy() from error
        raise


def leave_log(path: Path) -> None:
    """Have a project that nobody has open be one file, as copies are."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _busy() -> ProjectBusy:
    return ProjectBusy(
        _("Le projet est ouvert ailleurs : ses octets libérés n'ont pas pu être effacés."),
        _("Fermez les autres fenêtres, puis rouvrez le projet : l'effacement se terminera à l'ouverture."),
    )


def erase_backups(path: Path) -> int:
    """Delete every copy that this tool made of a project, unfinished ones included; how many there were."""
    folder = files.backup_folder(path)
    found = [file for file in folder.glob("*") if file.name.endswith((files.SUFFIX, f"{files.SUFFIX}.partiel"))]
    found += [file for file in folder.glob("*") if file.name.endswith(("-wal", "-shm", "-journal"))]
    for file in found:
        file.unlink(missing_ok=True)
    return len(found)


def copy_of(path: Path, partial: Path) -> None:
    """A copy of a project that may be in use, at that place."""
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
        source.backup(copy)
