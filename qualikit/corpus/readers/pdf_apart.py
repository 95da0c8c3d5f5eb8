"""Questions put to the process that opens PDF files, one at a time; one that dies or does not answer is replaced."""

from __future__ import annotations

import atexit
import json
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any

SECONDS = 9.0
SECONDS_PER_MEGABYTE = 4.0
"""A thousand pages of text weigh about three megabytes and take two seconds."""
_WORKER = Path(__file__).with_name("pdf_worker.py")


class _Process:
    def __init__(self) -> None:
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, data: bytes) -> dict[str, Any]:
        """What it answers about those bytes; an ``error`` where it died of them, or took too long."""
        over = Event()
        with self._lock:
            try:
                process = self._running()
                with _limited(process, SECONDS + SECONDS_PER_MEGABYTE * len(data) / 2**20, over):
                    return _exchange(process, data)
            except (OSError, EOFError, ValueError):
                self._end()
                return {"error": "slow" if over.is_set() else "broken"}

    def close(self) -> None:
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is not None:
            self._end()
        if self._process is None:
            hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows, no console flashes up
            # -P: the folder of the script, which has names of the standard library in it, is not searched.
            self._process = subprocess.Popen(
                [sys.executable, "-P", str(_WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=hidden,
            )
            assert self._process.stdout is not None
            self._process.stdout.read(8)  # it says that it is ready
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            try:
                if pipe is not None:
                    pipe.close()
            except OSError:
                continue
        process.wait()


@contextmanager
def _limited(process: subprocess.Popen[bytes], seconds: float, over: Event) -> Iterator[None]:
    """Kill the process when the time is over, and say so."""

    def kill() -> None:
        over.set()
        process.kill()

    timer = Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _exchange(process: subprocess.Popen[bytes], data: bytes) -> dict[str, Any]:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(struct.pack("<Q", len(data)) + data)
    process.stdin.flush()
    head = process.stdout.read(8)
    if len(head) < 8:
        raise EOFError
    (length,) = struct.unpack("<Q", head)
    answer = process.stdout.read(length)
    if len(answer) < length:
        raise EOFError
    found: dict[str, Any] = json.loads(answer)
    return found


_process = _Process()
ask = _process.ask
atexit.register(_process.close)
