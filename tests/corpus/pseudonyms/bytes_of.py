"""Whether words are anywhere in a folder: in the bytes of every file, and inside the archives that a project holds."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

ARCHIVE = b"word/document.xml"
"""Stands in the bytes of every Word file, whose words are packed and would not be found."""


def written(word: str) -> Iterator[bytes]:
    """The ways in which a word may stand in a file."""
    for form in {word, word.upper(), word.lower()}:
        yield form.encode("utf-8")
        yield form.encode("utf-16-le")
        yield form.encode("utf-16-be")
        yield json.dumps(form)[1:-1].encode()
        yield form.encode("cp1252")


def found(folder: Path, words: Iterable[str]) -> list[tuple[str, str]]:
    """(file, word) for every word that is in a file of the folder, archives within files opened."""
    words = list(words)
    places = []
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            for content in (data, *_archives(file)):
                places += [(file.name, word) for word in words if any(form in content for form in written(word))]
    return places


def _archives(file: Path) -> Iterator[bytes]:
    """What is in each archive that a project keeps."""
    if file.suffix != ".qualikit":
        return
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        for (content,) in connection.execute("SELECT content FROM source_files").fetchall():
            if content is not None and zipfile.is_zipfile(io.BytesIO(content)):
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    yield from (archive.read(name) for name in archive.namelist())


def has_archives(folder: Path) -> bool:
    """Whether a Word file, or a piece of one, is in the bytes of a file there."""
    return any(ARCHIVE in file.read_bytes() for file in folder.rglob("*") if file.is_file())
