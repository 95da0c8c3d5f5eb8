"""From what somebody gives (files, folders, zip archives) to single files, named first and read one at a time."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from qualikit.corpus.archives import Drawer, entries
from qualikit.corpus.files import (
    Item,
    PassedOver,
    Refused,
    SourceFile,
    file_at,
    is_archive,
    is_left_behind,
    is_leftover,
    linked,
    sorted_out,
    unopened,
)
from qualikit.errors import UnreadableFile
from qualikit.i18n import _
from qualikit.text import natural

MAX_FILES = 20_000
"""Files in one folder, with those under it: more is a disk given by mistake."""

Given = str | Path | SourceFile | tuple[str, BinaryIO]
"""A path, a file held elsewhere, or the name of an archive with the stream that holds it."""


@dataclass(frozen=True)
class Found:
    """What is in what was given: files to read, in order; what is refused at sight; other formats, by place."""

    files: tuple[SourceFile, ...] = ()
    refused: tuple[Refused, ...] = ()
    passed_over: tuple[str, ...] = ()


def gather(given: str | Path | SourceFile | Iterable[Given]) -> Found:
    """The files that are named, those of the folders and of the archives, recursively; only their names are read. One
    path alone is that one, not its characters, of which « . » and « / » are folders.

    Links are not followed and archives inside archives not opened: each is refused with its reason. What programs leave
    behind (``~$…``, ``.DS_Store``, ``__MACOSX``, hidden files) is nobody's document and is not mentioned.
    """
    drawer = Drawer()
    if isinstance(given, str | Path | SourceFile):
        given = [given]
    items = [item for one in given for item in _items(one, drawer)]
    return Found(
        tuple(item for item in items if isinstance(item, SourceFile)),
        tuple(item for item in items if isinstance(item, Refused)),
        tuple(item.place for item in items if isinstance(item, PassedOver)),
    )


def _items(one: Given, drawer: Drawer) -> Iterator[Item]:
    if isinstance(one, tuple):
        yield from _not_empty(one[0], entries(one[0], one[1], drawer))
        return
    if isinstance(one, SourceFile):
        yield one
        return
    path = Path(one).expanduser()
    if path.is_dir():
        yield from _not_empty(str(one), _inside(path, drawer))
    elif path.suffix.lower() == ".zip":
        yield from _not_empty(path.name, entries(path.name, path, drawer))
    elif is_archive(path.name):
        yield Refused(path.name, unopened(path.name), path.name)
    elif not is_leftover(path.name):
        yield file_at(path, path.absolute().parent.name, str(one))


def _not_empty(name: str, items: Iterator[Item]) -> Iterator[Item]:
    """The items, and a word about what has nothing in it to read."""
    empty = True
    for item in items:
        empty = empty and isinstance(item, PassedOver)
        yield item
    if empty:
        from qualikit.corpus.readers import extensions

        error = UnreadableFile(
            _("« {name} » ne contient aucun fichier que qualikit sache lire.").format(name=name),
            _("Formats lus : {extensions}.").format(extensions=", ".join(extensions())),
        )
        yield Refused(name, error, name)


def _inside(top: Path, drawer: Drawer) -> Iterator[Item]:
    """What is in a folder and under it, in the order in which a person would list it."""
    root = Path(os.path.abspath(top))
    waiting: list[tuple[Path, str]] = [(root, root.name)]
    seen = 0
    while waiting:
        folder, place = waiting.pop()
        below: list[tuple[Path, str]] = []
        try:
            with os.scandir(folder) as found:
                listed = sorted(found, key=lambda entry: natural(entry.name))
        except OSError:
            yield Refused(folder.name, _closed(folder.name), place)
            continue
        seen += len(listed)
        if seen > MAX_FILES:
            yield Refused(top.name, _too_many(top.name), place)
            return
        for entry in listed:
            name = unicodedata.normalize("NFC", entry.name)
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_left_behind(f"{name}/" if is_folder else name):
                continue
            if _is_link(entry):
                yield Refused(name, linked(name), f"{place}/{name}")
            elif is_folder:
                below.append((Path(entry.path), f"{place}/{name}"))
            elif not entry.is_file(follow_symlinks=False):
                yield PassedOver(f"{place}/{name}")  # a device, a socket: reading one might never end
            elif name.lower().endswith(".zip"):
                yield from _not_empty(f"{place}/{name}", entries(name, Path(entry.path), drawer, place))
            else:
                yield sorted_out(file_at(Path(entry.path), place))
        waiting += reversed(below)


def _is_link(entry: os.DirEntry[str]) -> bool:
    junction = getattr(entry, "is_junction", None)
    return entry.is_symlink() or (junction is not None and bool(junction()))


def _closed(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("Le dossier « {name} » ne peut pas être ouvert.").format(name=name),
        _("Vérifiez que vous avez le droit de le lire."),
    )


def _too_many(name: str) -> UnreadableFile:
    return UnreadableFile(
        _("Le dossier « {name} » contient plus de {n} fichiers.").format(name=name, n=MAX_FILES),
        _("Choisissez un dossier qui ne contient que ceux de l'évaluation."),
    )
