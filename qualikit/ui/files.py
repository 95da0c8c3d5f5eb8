"""Files between the browser and the services, which read and write paths."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from os import SEEK_END
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from qualikit.corpus.files import SourceFile

if TYPE_CHECKING:
    from qualikit.corpus.sources import Given


class _Nameless:
    """A file on the disk without a name, closed, and so gone, when nobody wants it any more."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="qualikit-")  # noqa: SIM115

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __del__(self) -> None:
        self._file.close()


class Spool:
    """Files that were dropped, kept out of memory in one file without a name: nobody else can open it, and it is gone
    with the tab or with the application, however brutally that ends. Safe to share between threads."""

    def __init__(self) -> None:
        self._file = _Nameless()
        self._lock = threading.Lock()

    def keep(self, data: bytes) -> Callable[[], bytes]:
        """Keep these bytes; what is returned gives them back."""
        with self._lock:
            start = self._file.seek(0, SEEK_END)
            self._file.write(data)
        return partial(self._read, start, len(data))

    def _read(self, start: int, size: int) -> bytes:
        with self._lock:
            self._file.seek(start)
            return bytes(self._file.read(size))


def dropped(uploads: Iterable[Any]) -> list[Given]:
    """What was dropped, as the corpus takes it: files, and archives each in a stream of its own."""
    spool = Spool()
    given: list[Given] = []
    for upload in uploads:
        folder, _slash, name = str(upload.name).replace("\\", "/").rpartition("/")
        if name.lower().endswith(".zip"):
            stream = _Nameless()
            stream.write(upload.getvalue())
            given.append((name, cast(BinaryIO, stream)))
        else:
            given.append(SourceFile(name, spool.keep(upload.getvalue()), folder))
    return given


@contextmanager
def uploaded_path(upload: Any) -> Iterator[Path]:
    """A path that holds, for the time of the block, the file that was dropped, under its own name."""
    with TemporaryDirectory(prefix="qualikit-") as folder:
        path = Path(folder) / (PurePath(upload.name).name or "fichier")
        path.write_bytes(upload.getvalue())
        yield path


def written(write: Callable[[Path], object], file_name: str) -> bytes:
    """The bytes that ``write`` puts into a file of that name."""
    with TemporaryDirectory(prefix="qualikit-") as folder:
        path = Path(folder) / file_name
        write(path)
        return path.read_bytes()


def safe_name(name: str, default: str = "qualikit") -> str:
    """A name that every system takes for a file."""
    kept = "".join("-" if character in '/\\:*?"<>|' or ord(character) < 32 else character for character in name)
    return kept.strip(". ")[:120] or default
