"""The key leaves: what could still say who is who goes with it, for good, and what remains can be given away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from qualikit.corpus.removing import passages_tables
from qualikit.corpus.tables import documents, participants, source_files, text_versions, turns
from qualikit.errors import ProjectExists, ReadOnlyProject
from qualikit.i18n import _, ngettext
from qualikit.store import QUIET, Store, Transaction, coders, erasing, events
from qualikit.store.files import backups, is_there, with_suffix


@dataclass(frozen=True)
class Leaving:
    """What goes with the key: files, earlier texts, passages set aside on them, documents already removed, actions of
    the history whose content goes, backups."""

    originals: int = 0
    versions: int = 0
    aside: int = 0
    removed: int = 0
    actions: int = 0
    backups: int = 0

    def sentences(self) -> list[str]:
        """What goes, one sentence each, for the user to read before."""
        said = (
            (
                self.originals,
                ngettext(
                    "{n} fichier d'origine est supprimé.", "{n} fichiers d'origine sont supprimés.", self.originals
                ),
            ),
            (
                self.versions,
                ngettext(
                    "{n} version antérieure d'un texte est supprimée.",
                    "{n} versions antérieures des textes sont supprimées.",
                    self.versions,
                ),
            ),
            (
                self.aside,
                ngettext(
                    "{n} codage mis de côté sur un texte antérieur disparaît.",
                    "{n} codages mis de côté sur des textes antérieurs disparaissent.",
                    self.aside,
                ),
            ),
            (
                self.removed,
                ngettext(
                    "{n} document retiré du corpus est supprimé.",
                    "{n} documents retirés du corpus sont supprimés.",
                    self.removed,
                ),
            ),
            (
                self.actions,
                ngettext(
                    "{n} action de l'historique garde sa date et son auteur, sans son contenu.",
                    "{n} actions de l'historique gardent leur date et leur auteur, sans leur contenu.",
                    self.actions,
                ),
            ),
            (
                self.backups,
                ngettext(
                    "{n} sauvegarde est supprimée, et une nouvelle est faite.",
                    "{n} sauvegardes sont supprimées, et une nouvelle est faite.",
                    self.backups,
                ),
            ),
        )
        found = [sentence.format(n=n) for n, sentence in said if n]
        return [*found, _("Plus rien de ce qui précède ne peut être annulé, et la clé ne peut pas être refaite.")]


def foreseen(connection: sa.Connection, path: Path | None = None) -> Leaving:
    """What :func:`leave` would take."""

    def count(query: sa.Select[Any]) -> int:
        return int(connection.execute(query).scalar_one())

    old = _old_versions()
    return Leaving(
        originals=count(
            sa.select(sa.func.count()).select_from(source_files).where(source_files.c.content.is_not(None))
        ),
        versions=count(sa.select(sa.func.count()).select_from(old.subquery())),
        aside=sum(
            count(sa.select(sa.func.count()).select_from(table).where(table.c.text_version_id.in_(old)))
            for table in passages_tables()
            if QUIET not in table.info
        ),
        removed=count(sa.select(sa.func.count()).select_from(documents).where(documents.c.removed)),
        actions=count(sa.select(sa.func.count()).select_from(events)),
        backups=len(backups(path)) if path is not None else 0,
    )


@dataclass(frozen=True)
class Left:
    """The key's last leaving: when (ISO 8601), by which coder; ``alone``: no file came into the project after it."""

    at: str
    coder: str
    alone: bool


def last_left(connection: sa.Connection) -> Left | None:
    """When a key last left the project, as the history has it."""
    gone = (
        sa.select(events.c.at, coders.c.name)
        .join(coders)
        .where(events.c.action == "key.remove")
        .order_by(events.c.seq.desc())
        .limit(1)
    )
    row = connection.execute(gone).first()
    if row is None:
        return None
    came = sa.select(source_files.c.sha256).where(source_files.c.content.is_not(None)).limit(1)
    return Left(row.at, row.name, connection.execute(came).first() is None)


def _old_versions() -> sa.Select[Any]:
    """Ids of texts that are not the current one of their document, where that is there."""
    current = sa.select(documents.c.text_version_id).where(sa.not_(documents.c.removed))
    there = sa.select(documents.c.id).where(sa.not_(documents.c.removed))
    return sa.select(text_versions.c.id).where(
        text_versions.c.document_id.in_(there), text_versions.c.id.not_in(current)
    )


def leave(store: Store, coder: str) -> Leaving:
    """Delete for good all that goes with the key, then the key. Raises ProjectBusy where the files must wait."""
    with store.write(coder) as transaction:
        gone = foreseen(transaction.connection, store.path)
        _erase(transaction)
        erasing.close_history(transaction, "key.remove", _("clé des pseudonymes retirée"))
        erasing.leave_note(transaction, key=True)
    erasing.finish(store)
    return gone


def hand_over(store: Store, coder: str, place: Path) -> Path:
    """A copy without key nor anything that goes with it. It appears under its name only when whole; the project it is
    made from is not touched. Raises ProjectExists, ReadOnlyProject."""
    assert store.path is not None
    place = with_suffix(place.expanduser().absolute())
    if is_there(place):
        raise ProjectExists(
            _("Il y a déjà un fichier « {name} » à cet endroit.").format(name=place.name), _("Choisissez un autre nom.")
        )
    partial = place.with_name(place.name + ".partiel")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        erasing.copy_of(store.path, partial)
        copy = Store.at(partial)
        try:
            with copy.write(coder) as transaction:
                _erase(transaction)
                erasing.close_history(transaction, "key.remove", _("copie faite pour être remise, sans clé"))
                erasing.set_info(transaction.connection, erasing.LEFT, None)  # what the project's own files wait for
        finally:
            copy.close()
        erasing.compact(partial)
        erasing.leave_log(partial)
        partial.replace(place)
    except OSError as error:
        raise ReadOnlyProject(
            _("La copie ne peut pas être écrite dans le dossier « {folder} ».").format(folder=place.parent),
            _("Choisissez un dossier où vous pouvez écrire. Le projet n'a pas été touché."),
        ) from error
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            partial.with_name(partial.name + ending).unlink(missing_ok=True)
    return place


def _erase(transaction: Transaction) -> None:
    connection = transaction.connection
    taken_away = connection.execute(sa.select(documents.c.id).where(documents.c.removed)).scalars().all()
    erasing.cascade(connection, documents, taken_away)
    erasing.cascade(connection, text_versions, connection.execute(_old_versions()).scalars().all())
    left = sa.select(text_versions.c.id)
    # What the coder wrote about a correction may hold what was corrected.
    connection.execute(sa.update(text_versions).values(note=None))
    connection.execute(sa.update(text_versions).where(text_versions.c.base_id.not_in(left)).values(base_id=None))
    used = sa.select(documents.c.sha256)
    connection.execute(sa.delete(source_files).where(source_files.c.sha256.not_in(used)))
    connection.execute(sa.update(source_files).values(content=None, name=""))
    erase_unheard(connection)
    erasing.forget_history(transaction)


def erase_unheard(connection: sa.Connection) -> None:
    """Delete the participants who speak in no text any more."""
    heard = sa.select(turns.c.participant_id).where(turns.c.participant_id.is_not(None))
    gone = connection.execute(sa.select(participants.c.id).where(participants.c.id.not_in(heard))).scalars().all()
    erasing.cascade(connection, participants, gone)
