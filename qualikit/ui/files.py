"""Files between the browser and the services, which read and write paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any


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
