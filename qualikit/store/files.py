"""A project as a file: recognised before it is opened, copied before it is migrated, backed up while in use."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qualikit.errors import BackupFailed, DamagedProject, ForeignFile, ProjectMissing, ReadOnlyProject
from qualikit.i18n import _

SUFFIX = ".qualikit"
APPLICATION_ID = 0x514B4954  # "QKIT", in the header of every project file
BACKUPS_KEPT = 10
_HEADER = 100  # bytes of an SQLite header (https://www.sqlite.org/fileformat2.html#the_database_header)
_MAGIC = b"SQLite format 3\x00"


def with_suffix(path: Path) -> Path:
    """The path as a project file's: ``.qualikit`` is added where missing."""
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def is_there(path: Path) -> bool:
    """True when something is at that place; a name that no disk takes, or a folder that is closed, holds nothing."""
    try:
        return path.exists()
    except OSError:
        return False


def recognise(path: Path) -> None:
    """Look at the bytes of a file and refuse, without opening it as a database, what cannot be one of our projects.

    Raises ProjectMissing, ReadOnlyProject, ForeignFile, DamagedProject. The file is left as it was.
    """
    if not is_there(path):
        raise ProjectMissing(
            _("Il n'y a pas de projet à cet endroit : {path}.").format(path=path),
            _("Vérifiez le nom du fichier, ou créez une nouvelle évaluation."),
        )
    if not path.is_file():
        raise ForeignFile(
            _("« {name} » n'est pas un fichier de projet.").format(name=path.name),
            _("Choisissez un fichier qui se termine par « .qualikit »."),
        )
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise ReadOnlyProject(
            _("Le projet « {name} » ne peut pas être lu.").format(name=path.name),
            _("Vérifiez que vous avez le droit de le lire et d'y écrire."),
        ) from error
    size = path.stat().st_size
    if not header.startswith(_MAGIC[: len(header)]) or not header:
        raise _foreign(path)
    if len(header) < _HEADER:
        raise _damaged(path)
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _foreign(path)
    page_size = int.from_bytes(header[16:18], "big")
    page_size = 65536 if page_size == 1 else page_size
    pages = int.from_bytes(header[28:32], "big")
    wal = path.with_name(path.name + "-wal")
    # A log left by a killed process still holds pages of the file: SQLite puts them back at the next opening.
    if size < pages * page_size and not (wal.exists() and wal.stat().st_size):
        raise _damaged(path)
    _refuse_read_only(path)


def _refuse_read_only(path: Path) -> None:
    # The mode is looked at as well as asked for: an administrator may write where the file says not to.
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(path, os.W_OK):
        raise ReadOnlyProject(
            _("Le projet « {name} » est en lecture seule : rien ne pourrait y être enregistré.").format(name=path.name),
            _("Retirez la protection en écriture du fichier, ou copiez-le dans un dossier à vous."),
        )
    if not os.access(path.parent, os.W_OK):
        raise ReadOnlyProject(
            _("Le dossier du projet « {name} » est en lecture seule.").format(name=path.name),
            _("Copiez le fichier dans un dossier où vous pouvez écrire."),
        )


def _foreign(path: Path) -> ForeignFile:
    return ForeignFile(
        _("« {name} » n'est pas un projet qualikit.").format(name=path.name),
        _("Le fichier n'a pas été touché. Choisissez un fichier qui se termine par « .qualikit »."),
    )


def _damaged(path: Path) -> DamagedProject:
    return DamagedProject(
        _("Le projet « {name} » est abîmé ou incomplet : il n'a pas été ouvert ni modifié.").format(name=path.name),
        _("Reprenez la dernière sauvegarde du dossier « {folder} ».").format(folder=backup_folder(path).name),
    )


def damaged(path: Path | None) -> DamagedProject:
    """The error for a file that SQLite itself finds malformed."""
    return _damaged(path or Path("projet"))


def refuse_active_schema(path: Path) -> None:
    """Refuse a file whose schema holds triggers, views, or a virtual table that is not the index of words: ours never
    does, and a stranger's could act through them."""
    # Immutable leaves no file beside this one; where a log is there already, its pages must be seen.
    mode = "mode=ro" if path.with_name(path.name + "-wal").exists() else "immutable=1"
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True)) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        try:
            found = connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'"
                " AND NOT (name = 'search_words' AND sql LIKE 'CREATE VIRTUAL TABLE search_words USING fts5(%')"
            ).fetchone()
        except sqlite3.DatabaseError as error:
            raise _damaged(path) from error
    if found[0]:
        raise _foreign(path)


def stamp(path: Path) -> None:
    """Write our application id into a new file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


@dataclass(frozen=True)
class Backup:
    """One copy of a project: where it is, when it was made (UTC)."""

    path: Path
    made: datetime


def backup_folder(path: Path) -> Path:
    """Where the copies of a project are kept: beside it, under its own name."""
    return path.with_name(f"{path.stem} - sauvegardes")


def backups(path: Path) -> list[Backup]:
    """The copies of a project, the newest first."""
    found = [
        Backup(file, datetime.fromtimestamp(file.stat().st_mtime, UTC))
        for file in backup_folder(path).glob(f"*{SUFFIX}")
    ]
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def back_up(path: Path, reason: str = "", keep: int = BACKUPS_KEPT) -> Backup:
    """Copy a project that may be in use, through SQLite's own backup call; the oldest copies past ``keep`` go.

    The copy appears under its name only when whole. Raises BackupFailed.
    """
    folder = backup_folder(path)
    now = datetime.now(UTC)
    name = f"{path.stem} {now.astimezone():%Y-%m-%d %Hh%M %S-%f}{f' {reason}' if reason else ''}{SUFFIX}"
    partial = folder / f"{name}.partiel"
    try:
        folder.mkdir(exist_ok=True)
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.replace(folder / name)
    except (OSError, sqlite3.Error) as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise BackupFailed(
            _("La sauvegarde de « {name} » n'a pas pu être écrite.").format(name=path.name),
            _("Vérifiez la place libre et les droits du dossier « {folder} ».").format(folder=folder.name),
        ) from error
    for old in backups(path)[keep:]:
        old.path.unlink(missing_ok=True)
    return Backup(folder / name, now)


def daily_backup(path: Path) -> Backup | None:
    """A copy for today, where the project has changed since the last one and that is a day old. Raises BackupFailed."""
    last = next(iter(backups(path)), None)
    if last is not None:
        written = max(file.stat().st_mtime for file in (path, path.with_name(path.name + "-wal")) if file.exists())
        if written <= last.made.timestamp() or datetime.now(UTC) - last.made < timedelta(days=1):
            return None
    return back_up(path)
