"""The store of one project: opened, read, written to, one transaction at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from qualikit.errors import DamagedProject, ProjectBusy, ProjectExists, ReadOnlyProject, StoreError
from qualikit.i18n import _
from qualikit.store import erasing, files, journal, likes, migrate
from qualikit.store.engine import REBUILD, WRITE, connect, file_url, lock_for_writing
from qualikit.store.schema import coders, events, info, preferences


class Store:
    """The database of one project. Made with :meth:`create` or :meth:`open`; safe to share between threads."""

    def __init__(self, engine: sa.Engine, path: Path | None) -> None:
        self.engine = engine
        self.path = path
        """The project file; None for a database on a server."""

    @classmethod
    def create(cls, place: str | Path, name: str) -> Store:
        """A new, empty project in a file (``.qualikit`` is added where missing) or at a database's URL.

        Raises ProjectExists, ReadOnlyProject.
        """
        from qualikit import __version__

        path = _as_path(place)
        if path is not None:
            path = files.with_suffix(path)
            if files.is_there(path):
                raise ProjectExists(
                    _("Il y a déjà un fichier « {name} » à cet endroit.").format(name=path.name),
                    _("Choisissez un autre nom, ou ouvrez ce projet."),
                )
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                files.stamp(path)
            except (OSError, sqlite3.Error) as error:
                raise ReadOnlyProject(
                    _("Le projet ne peut pas être créé dans le dossier « {folder} ».").format(folder=path.parent),
                    _("Choisissez un dossier où vous pouvez écrire."),
                ) from error
        store = cls(connect(file_url(path) if path else str(place)), path)
        with store._transaction(write=True) as connection:
            migrate.create(connection)
            connection.execute(
                sa.insert(info),
                [
                    {"key": "name", "value": name},
                    {"key": "created", "value": journal.now()},
                    {"key": "needs_version", "value": __version__},
                ],
            )
        return store

    @classmethod
    def open(cls, place: str | Path) -> Store:
        """An existing project. An older one is copied beside itself, then brought up to date.

        Raises ProjectMissing, ForeignFile, DamagedProject, NewerProject, ReadOnlyProject; in each case the file is
        left as it was.
        """
        path = _as_path(place)
        if path is not None:
            path = path if files.is_there(path) else files.with_suffix(path)
            files.recognise(path)
            files.refuse_active_schema(path)
        store = cls(connect(file_url(path) if path else str(place)), path)
        try:
            store._bring_up_to_date(path.name if path else str(place))
            store._finish_erasing()
        except Exception:
            store.close()
            raise
        return store

    @classmethod
    def at(cls, path: Path) -> Store:
        """A project file of ours that is up to date, under whatever name: a copy while it is being made."""
        return cls(connect(file_url(path)), path)

    def _bring_up_to_date(self, name: str) -> None:
        from qualikit import __version__

        with self.read() as connection:
            migrate.refuse_newer(connection, name)
            if migrate.current(connection) == migrate.latest():
                return
        if self.path is not None:
            files.back_up(self.path, reason=_("avant mise à jour"))
        with self._transaction(write=True, rebuild=True) as connection:
            migrate.upgrade(connection)
            connection.execute(sa.update(info).where(info.c.key == "needs_version").values(value=__version__))
            if self._orphans(connection):
                raise files.damaged(self.path)
        self.engine.dispose()  # the next connection watches references again

    def _finish_erasing(self) -> None:
        """What was deleted for good and then cut short goes to its end; one who reads elsewhere only delays it."""
        with suppress(ProjectBusy):
            erasing.finish(self)

    @property
    def name(self) -> str:
        """The project's name."""
        with self.read() as connection:
            return str(connection.execute(sa.select(info.c.value).where(info.c.key == "name")).scalar_one())

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the project throughout."""
        with self._transaction(write=False) as connection:
            yield connection

    @contextmanager
    def write(self, coder: str) -> Iterator[journal.Transaction]:
        """A writing transaction by the coder of that name: all of it is durable at the end, or none of it happened."""
        with self._transaction(write=True) as connection:
            lock_for_writing(connection)
            yield journal.Transaction(connection, coder)

    @contextmanager
    def maintain(self) -> Iterator[sa.Connection]:
        """A writing transaction on what is derived from the project and can be made again: nobody's, not an event."""
        with self._transaction(write=True) as connection:
            lock_for_writing(connection)
            yield connection

    def revision(self) -> int:
        """Number of the last event: the cache key of everything derived from the project."""
        with self.read() as connection:
            return int(connection.execute(sa.select(sa.func.coalesce(sa.func.max(events.c.seq), 0))).scalar_one())

    def preference(self, coder: str, key: str, default: Any = None) -> Any:
        """What that coder set under ``key``: any JSON value."""
        with self.read() as connection:
            row = connection.execute(
                sa.select(preferences.c.value).join(coders).where(coders.c.name == coder, preferences.c.key == key)
            ).first()
        return row[0] if row is not None else default

    def set_preference(self, coder: str, key: str, value: Any) -> None:
        """Remember a JSON value for that coder; not an event, not undone."""
        with self.write(coder) as transaction:
            set_preference(transaction, key, value)

    def integrity(self) -> list[str]:
        """What the database itself finds wrong with its file and its references, one sentence each."""
        problems = []
        if self.engine.dialect.name == "sqlite":
            try:
                with self.read() as connection:
                    pages = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check(20)")]
                    orphans = self._orphans(connection)
            except DamagedProject as error:
                return [str(error)]
            problems += [_("Le fichier est abîmé : {detail}.").format(detail=page) for page in pages if page != "ok"]
            problems += [
                _("La table « {table} » renvoie à une ligne de « {target} » qui n'existe pas.").format(
                    table=row[0], target=row[2]
                )
                for row in orphans
            ]
        return problems

    def _orphans(self, connection: sa.Connection) -> list[tuple[Any, ...]]:
        """(table, row, table it refers to, …) of rows that refer to one that is not there; a server has none."""
        if connection.dialect.name != "sqlite":
            return []
        return [tuple(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]

    def close(self) -> None:
        """Give the file back: pending log pages are written into it."""
        self.engine.dispose()

    @contextmanager
    def _transaction(self, *, write: bool, rebuild: bool = False) -> Iterator[sa.Connection]:
        try:
            # The options must stand before BEGIN is said.
            options = {WRITE: write, REBUILD: rebuild}
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except sa.exc.DatabaseError as error:
            raise self._translated(error) from error

    def _translated(self, error: sa.exc.DatabaseError) -> Exception:
        """The database's complaint as one of ours; a complaint about our own SQL stays as it is."""
        message = str(error.orig).lower()
        if "malformed" in message or "not a database" in message:
            return files.damaged(self.path)
        if "locked" in message:
            return ProjectBusy(
                _("Le projet est occupé par un autre programme depuis plus d'une minute."),
                _("Fermez l'autre programme, ou réessayez dans un moment. Rien n'a été perdu."),
            )
        if "readonly" in message:
            return ReadOnlyProject(
                _("Le projet est devenu impossible à modifier."),
                _("Vérifiez que son fichier n'a pas été déplacé ni protégé en écriture."),
            )
        if "disk is full" in message or "disk i/o" in message:
            return StoreError(
                _("Le disque est plein ou ne répond plus : rien de plus n'a été enregistré."),
                _("Libérez de la place, puis recommencez."),
            )
        return error


def set_preference(transaction: journal.Transaction, key: str, value: Any) -> None:
    """Remember a JSON value for the transaction's coder."""
    likes.write(transaction.connection, transaction.coder_id, key, value)


def _as_path(place: str | Path) -> Path | None:
    return None if isinstance(place, str) and "://" in place else Path(place).expanduser().absolute()
