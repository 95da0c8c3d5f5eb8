"""A wire between a browser and a server that a test can cut, and random work over it. For test_coder_safety.py."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from coder_bed import CODES, Desk

from qualikit.project import Project

NOTHING_WAITS = """Object.keys(localStorage).every(key => !key.startsWith('qualikit:outbox:')
  || JSON.parse(localStorage.getItem(key)).op === 'pref')"""


class Line:
    """A port of loopback that leads to another one until it is cut."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._up = threading.Event()
        self._up.set()
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            try:
                if not self._up.is_set():
                    raise OSError("cut")
                far = socket.create_connection(("127.0.0.1", self._target), timeout=10)
                far.settimeout(None)
            except OSError:
                near.close()
                continue
            with self._lock:
                self._ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(1 << 16):
                other.sendall(data)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
            with self._lock:
                self._ends.discard(end)

    def cut(self) -> None:
        """What is under way is lost, whichever way it went; nothing new comes through."""
        self._up.clear()
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self._up.set()

    def close(self) -> None:
        self.cut()
        self._door.close()


WORDS = ("triporteur", "garage", "panneau", "autonome", "démarches", "horaires", "médiatrice", "rendez-vous")


class Storm:
    """Someone who codes, recodes and undoes at random while lines break, pages are read again and servers die.

    ``model`` is what the file must hold in the end: pairs of a word and the name of a code.
    """

    def __init__(self, desk: Desk, app: Any, line: Line, seed: int) -> None:
        self.desk, self.app, self.line = desk, app, line
        self.random = random.Random(seed)
        self.model: set[tuple[str, str]] = set()
        self._done: list[set[tuple[str, str]]] = []
        self._undone: list[set[tuple[str, str]]] = []
        self.log: list[str] = []

    def run(self, steps: int, *, trouble: float = 0.2) -> Storm:
        for _step in range(steps):
            deeds = (self._code, self._code, self._code, self._undo, self._redo)
            troubles = (self._cut, self._reload, self._kill)
            deed: Callable[[], None] = self.random.choice(troubles if self.random.random() < trouble else deeds)
            deed()
        self._calm()
        return self

    def _change(self, change: set[tuple[str, str]]) -> None:
        self.model ^= change

    def _code(self) -> None:
        word = self.random.choice(WORDS)
        self.desk.press("Escape").drag(word)
        for digit in self.random.sample(range(1, 10), self.random.randint(1, 4)):
            self.log.append(f"{word} {digit}")
            self.desk.press(str(digit))
            change = {(word, CODES[digit - 1])}
            self._change(change)
            self._done.append(change)
            self._undone.clear()

    def _undo(self) -> None:
        if self._done:
            self.log.append("undo")
            self.desk.press("Control+z")
            self._undone.append(self._done.pop())
            self._change(self._undone[-1])

    def _redo(self) -> None:
        if self._undone:
            self.log.append("redo")
            self.desk.press("Control+Shift+Z")
            self._done.append(self._undone.pop())
            self._change(self._done[-1])

    def _cut(self) -> None:
        """Cut, go on, and mended at the next trouble or at the end."""
        self._calm()
        self.log.append("cut")
        self.line.cut()

    def _reload(self) -> None:
        self._calm()
        self.log.append("reload")
        self.desk.page.reload()
        self.desk.ready()

    def _kill(self) -> None:
        self._calm()
        self.log.append("kill")
        self.app.kill()

    def _calm(self) -> None:
        self.line.mend()
        if self.app.process is None:
            self.app.start()


def pairs(place: Path) -> set[tuple[str, str]]:
    """Words coded in the file and names of their codes, each once."""
    with Project.open(place) as project:
        book = project.coding.codebook
        found = [(coding.quote, code.name) for coding in project.coding.codings() if (code := book.get(coding.code_id))]
    assert len(found) == len(set(found)), found
    return set(found)
