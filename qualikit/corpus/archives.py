"""Zip archives opened without trust: nothing is unpacked on the disk, each entry is read whole or refused by name.

An entry can only be what it is called in the archive: no path outside, no link, no password, no archive again, and no
more bytes than a transcript has.
"""

from __future__ import annotations

import io
import stat
import struct
import threading
import unicodedata
import zipfile
import zlib
from binascii import crc32
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from qualikit.corpus.files import (
    MAX_FILE,
    Item,
    PassedOver,
    Refused,
    SourceFile,
    is_left_behind,
    linked,
    sorted_out,
    too_large,
    unopenable,
)
from qualikit.errors import UnreadableFile
from qualikit.i18n import _
from qualikit.text import natural

MAX_ENTRIES = 10_000
MAX_DIRECTORY = 8 * 2**20
"""Bytes of an archive's list of contents: far more than that many names take."""
MAX_TOTAL = 2 * 2**30
"""Bytes of all that would be read out of one archive."""
MAX_RATIO = 200
RATIO_MATTERS = 16 * 2**20
"""Text shrinks 3 to 10 times; what shrinks more than MAX_RATIO, and is large, was made to harm."""

_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError,
    struct.error, UnicodeError,
)  # fmt: skip
_END, _END_SIZE = b"PK\x05\x06", 22
_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_FRENCH = frozenset("àâäçéèêëîïôöùûüÿæœÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸÆŒ«»°’–\u00a0")


class Drawer:
    """The archives of one batch, of which one at a time is held open. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._origin: Any = None
        self._zip: zipfile.ZipFile | None = None

    def _opened(self, origin: Path | BinaryIO) -> zipfile.ZipFile:
        if self._zip is None or self._origin is not origin:
            self.close()
            self._zip, self._origin = zipfile.ZipFile(origin), origin
        return self._zip

    def infos(self, origin: Path | BinaryIO) -> list[zipfile.ZipInfo]:
        """What the archive says that it contains."""
        with self._lock:
            return self._opened(origin).infolist()

    def read(self, origin: Path | BinaryIO, info: zipfile.ZipInfo, name: str) -> bytes:
        """Bytes of one entry. Raises UnreadableFile."""
        try:
            with self._lock, self._opened(origin).open(info) as stream:
                data = stream.read(MAX_FILE + 1)
        except (*_BROKEN, MemoryError) as error:
            raise UnreadableFile(
                _("« {name} » est endommagé dans l'archive, ou comprimé d'une façon inconnue.").format(name=name),
                _("Refaites l'archive, ou donnez le fichier lui-même."),
            ) from error
        if len(data) > MAX_FILE:
            raise too_large(name)
        return data

    def close(self) -> None:
        """Give the file back."""
        if self._zip is not None:
            self._zip.close()
        self._zip = self._origin = None


def entries(name: str, origin: Path | BinaryIO, drawer: Drawer, folder: str = "") -> Iterator[Item]:
    """What is in an archive, by name. ``folder``: where the archive itself stands.

    Where the archive as a whole is not to be trusted, one refusal under its own name.
    """
    place = "/".join(part for part in (folder, PurePath(name).stem) if part)
    whole = "/".join(part for part in (folder, name) if part)
    try:
        _refuse_endless(name, origin)
        infos = drawer.infos(origin)
    except UnreadableFile as error:
        yield Refused(name, error, whole)
        return
    except OSError:
        yield Refused(name, unopenable(name), whole)
        return
    except (*_BROKEN, MemoryError):
        yield Refused(name, _not_an_archive(name), whole)
        return
    wanted = [(path, info) for path, info in _named(infos) if not info.is_dir() and not is_left_behind(path)]
    if (refusal := _refusal(name, infos, wanted)) is not None:
        yield Refused(name, refusal, whole)
        return
    for path, info in sorted(wanted, key=lambda one: natural(one[0])):
        yield _entry(path, info, place, partial(drawer.read, origin, info))


def _entry(path: str, info: zipfile.ZipInfo, place: str, read: Any) -> Item:
    *folders, name = [part for part in path.split("/") if part] or [path]
    item = sorted_out(SourceFile(name, partial(read, name), "/".join([place, *folders])))
    if isinstance(item, PassedOver):
        return item
    mode = info.external_attr >> 16
    error: UnreadableFile | None = None
    if _leads_outside(path):
        error = UnreadableFile(
            _("« {name} » porte dans l'archive le nom d'un endroit qui est hors d'elle.").format(name=path),
            _("Un tel fichier n'est jamais ouvert. Donnez-le lui-même, s'il est sûr."),
        )
    elif stat.S_ISLNK(mode):
        error = linked(name)
    elif info.flag_bits & 1:
        error = UnreadableFile(
            _("« {name} » est protégé par un mot de passe dans l'archive.").format(name=name),
            _("Décompressez l'archive avec son mot de passe, puis donnez le dossier ou les fichiers."),
        )
    elif info.file_size > MAX_FILE:
        error = too_large(name)
    elif info.file_size > RATIO_MATTERS and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        error = _bomb(name)
    return item if error is None else Refused(name, error, f"{place}/{path}")


def _refuse_endless(name: str, origin: Path | BinaryIO) -> None:
    """Before the list of contents is read into memory: is it as short as such lists are?"""
    if isinstance(origin, Path):
        with origin.open("rb") as stream:
            _refuse_endless(name, stream)
        return
    size = origin.seek(0, io.SEEK_END)
    origin.seek(max(0, size - 2**16 - _END_SIZE))
    tail = origin.read()
    end = tail[tail.rfind(_END) :] if _END in tail else b""
    if len(end) >= _END_SIZE and int.from_bytes(end[12:16], "little") > MAX_DIRECTORY:
        raise _too_many(name)


def _refusal(
    name: str, infos: Sequence[zipfile.ZipInfo], wanted: Sequence[tuple[str, zipfile.ZipInfo]]
) -> UnreadableFile | None:
    """Why an archive is refused as a whole."""
    names = {info.filename for info in infos}
    if "[Content_Types].xml" in names or "mimetype" in names:
        return UnreadableFile(
            _("« {name} » est un document, et non une archive.").format(name=name),
            _("Rendez-lui son extension : .docx pour un document Word, .odt pour un document LibreOffice."),
        )
    if len(infos) > MAX_ENTRIES:
        return _too_many(name)
    if wanted and all(info.flag_bits & 1 for _path, info in wanted):
        return UnreadableFile(
            _("L'archive « {name} » est protégée par un mot de passe.").format(name=name),
            _("Décompressez-la avec son mot de passe, puis donnez le dossier ou les fichiers."),
        )
    # Entries that share their bytes: a small archive that would never end.
    places = sorted((info.header_offset, info.header_offset + info.compress_size) for info in infos if info.file_size)
    if any(one[1] > other[0] for one, other in pairwise(places)):
        return _bomb(name)
    read = (info.file_size for path, info in wanted if isinstance(sorted_out(_bare(path)), SourceFile))
    return _bomb(name) if sum(read) > MAX_TOTAL else None


def _bare(path: str) -> SourceFile:
    return SourceFile(path.rpartition("/")[2], bytes)


def _named(infos: Sequence[zipfile.ZipInfo]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    for info in infos:
        yield unicodedata.normalize("NFC", entry_name(info)).replace("\\", "/"), info


def entry_name(info: zipfile.ZipInfo) -> str:
    """The name of an entry, accents right: archives say what they are written in, or (Windows, macOS) do not.

    Python reads names that say nothing as cp437, which loses no byte. macOS writes UTF-8; Windows in France cp850,
    which cp437 agrees with for small letters only; some old tools cp1252. The reading with the most French in it wins.
    """
    name = info.orig_filename.partition("\0")[0]
    if info.flag_bits & _UTF8 or name.isascii():
        return name
    raw = name.encode("cp437")
    if said := _unicode_path(info.extra, raw):
        return said
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        readings = [raw.decode(encoding, "replace") for encoding in ("cp850", "cp1252", "cp437")]
        return max(readings, key=lambda reading: sum(c in _FRENCH for c in reading if not c.isascii()))


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in UTF-8 that Info-ZIP and 7-Zip add beside the other; empty where there is none, or of another name."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        field, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and len(field) > 5 and int.from_bytes(field[1:5], "little") == crc32(raw):
            return field[5:].decode("utf-8", "replace")
    return ""


def _leads_outside(path: str) -> bool:
    return path.startswith("/") or path[1:3] == ":/" or ".." in path.split("/")


def _not_an_archive(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("« {name} » est endommagé ou incomplet, ou n'est pas une archive zip.").format(name=name),
        _("Refaites l'archive, ou donnez le dossier ou les fichiers eux-mêmes."),
    )


def _too_many(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("L'archive « {name} » contient plus de {n} fichiers.").format(name=name, n=MAX_ENTRIES),
        _("Décompressez-la, puis donnez seulement les fichiers de l'évaluation."),
    )


def _bomb(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("« {name} » a été refusé : une fois décompressé, il serait démesuré.").format(name=name),
        _("S'il est sûr, décompressez l'archive, puis donnez le fichier lui-même."),
    )
