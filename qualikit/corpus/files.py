"""Single files as they are brought in: what can be read, refused with its reason, or passed over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from qualikit.errors import QualikitError, UnreadableFile
from qualikit.i18n import _

MAX_FILE = 200 * 2**20
"""Bytes of one file: as many as the application lets through."""

_ARCHIVES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".cab"}
_TEXTS = {".doc", ".dot", ".wpd", ".wps", ".pages", ".rtf", ".odt", ".ott", ".pdf", ".xls", ".ods", ".numbers"}
"""Formats that may hold what somebody said: one that is not read is refused, in a folder too, not passed over."""
_LEFT_BEHIND = re.compile(
    r"~\$.*|~wrl\d+\.tmp|\._.*|\.ds_store|thumbs\.db|desktop\.ini|icon\r|.*\.qualikit(-wal|-shm)?", re.IGNORECASE
)
_LEFT_FOLDERS = {"__macosx", "$recycle.bin", "system volume information"}


@dataclass(frozen=True)
class SourceFile:
    """One file to be read: ``read`` gives its bytes each time it is asked, or raises a QualikitError.

    ``folder``: where it stood in what was given, ``"Terrain/Aubagne"``, the name of an archive included; it takes part
    in guessing the territory and the kind. A file that holds several documents becomes several of these.
    """

    name: str
    read: Callable[[], bytes]
    folder: str = ""
    given: str = ""
    """Its path, where it was given by name."""

    @property
    def place(self) -> str:
        """The file as somebody finds it again: ``Terrain/Aubagne/Entretien 1.docx``, or as it was given."""
        return self.given or (f"{self.folder}/{self.name}" if self.folder else self.name)


@dataclass(frozen=True)
class Refused:
    """A file that did not go in, and why. ``place``: its name with the folders that it stood in."""

    file_name: str
    error: QualikitError
    place: str = ""


@dataclass(frozen=True)
class PassedOver:
    """A file of no format that could hold what was said: a picture, a recording."""

    place: str


Item = SourceFile | Refused | PassedOver


def file_at(path: Path, folder: str, given: str = "") -> SourceFile:
    """A file of this machine."""
    return SourceFile(unicodedata.normalize("NFC", path.name), partial(read_path, path), folder, given)


def read_path(path: Path) -> bytes:
    """The bytes of a file of this machine. Raises UnreadableFile."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise unopenable(path.name) from error
    if len(data) > MAX_FILE:
        raise too_large(path.name)
    return data


def unopenable(name: str) -> UnreadableFile:
    """The error for a file that is not there, or that the system keeps."""
    return UnreadableFile(
        _("« {name} » ne peut pas être ouvert.").format(name=name),
        _("Vérifiez que le fichier existe et que vous avez le droit de le lire."),
    )


def too_large(name: str) -> UnreadableFile:
    """The error for a file that no transcript is as large as."""
    return UnreadableFile(
        _("« {name} » est trop gros ({size} Mo au plus).").format(name=name, size=MAX_FILE // 2**20),
        _("Retirez-en les images, ou découpez-le en plusieurs fichiers."),
    )


def is_left_behind(place: str) -> bool:
    """Whether a file, named with its folders, is hidden or was left there by a program or a system."""
    *folders, name = place.split("/")
    hidden = any(part.startswith(".") and part.strip(".") for part in (*folders, name))
    return hidden or not _LEFT_FOLDERS.isdisjoint(map(str.lower, folders)) or is_leftover(name)


def is_archive(name: str) -> bool:
    """Whether the name is that of an archive, of whatever format."""
    return PurePath(name).suffix.lower() in _ARCHIVES


def sorted_out(file: SourceFile) -> Item:
    """A file met on the way, not named by anybody: it is taken, refused with its reason, or passed over."""
    from qualikit.corpus.readers import extensions, reader_for

    ending = PurePath(file.name).suffix.lower()
    if ending in extensions():
        return file
    if is_archive(file.name):
        return Refused(file.name, unopened(file.name), file.place)
    if ending in _TEXTS:
        try:
            reader_for(file.name)
        except QualikitError as error:
            return Refused(file.name, error, file.place)
    return PassedOver(file.place)


def is_leftover(name: str) -> bool:
    """Whether a program or a system leaves files of that name."""
    return _LEFT_BEHIND.fullmatch(name) is not None


def linked(name: str) -> UnreadableFile:
    """The error for a link to another place."""
    return UnreadableFile(
        _("« {name} » est un lien vers un autre endroit : il n'est pas suivi.").format(name=name),
        _("Donnez le fichier lui-même."),
    )


def unopened(name: str) -> UnreadableFile:
    """The error for an archive that is not opened."""
    if name.lower().endswith(".zip"):
        return UnreadableFile(
            _("« {name} » est une archive dans une archive : elle n'est pas ouverte.").format(name=name),
            _("Décompressez-la, puis donnez le dossier ou les fichiers."),
        )
    return UnreadableFile(
        _("« {name} » est une archive d'un autre format que .zip : elle n'est pas ouverte.").format(name=name),
        _("Décompressez-la, puis donnez le dossier ou les fichiers."),
    )
