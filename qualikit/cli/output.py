"""What the commands write: sentences, tables, JSON and bytes on stdout; complaints on stderr."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import typer


def prepare() -> None:
    """Accents must never stop a command: into a file or a pipe they go as UTF-8, to an old terminal as it can."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "") -> None:
    """One line, or several, on stdout."""
    _write(lambda: sys.stdout.write(text + "\n"))


def complain(text: str) -> None:
    """One line, or several, on stderr."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201


def emit(data: bytes) -> None:
    """Bytes on stdout as they are: a console that translates line ends does not touch them."""
    sys.stdout.flush()
    _write(lambda: sys.stdout.buffer.write(data))


def emit_json(value: Any) -> None:
    """A value as JSON in UTF-8, and nothing else."""
    emit(json.dumps(value, ensure_ascii=False, indent=2, default=str).encode() + b"\n")


def speaker() -> Callable[[str], None]:
    """A ``say`` for other threads: bound to the stdout of now, and silent once nobody listens."""
    listener = sys.stdout

    def speak(text: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            print(text, file=listener, flush=True)

    return speak


def _write(write: Callable[[], Any]) -> None:
    try:
        write()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has what it wanted (« qualikit text … | head »). What Python would still flush on its way out goes
        # nowhere rather than into a complaint.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        raise typer.Exit(0) from None


def through_a_file(ending: str, write: Callable[[Path], object]) -> bytes:
    """What ``write`` puts into a file of that ending, for those who want it on stdout."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"qualikit{ending}"
        write(path)
        return path.read_bytes()


def table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Columns wide enough for all that is in them; figures to the right; nothing is cut."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(header), *cells]) for i in range(len(header))]
    figures = [bool(rows) and all(isinstance(row[i], int | None) for row in rows) for i in range(len(header))]
    lines = [list(header), ["─" * width for width in widths], *cells]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, figures, strict=True)
        ).rstrip()
        for line in lines
    )
