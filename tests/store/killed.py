"""Run as a process: writes codings in children that are killed, or several at once, and prints what was acknowledged.

    python killed.py kill PROJECT DOCUMENT TIMES SEED     children killed at random moments, one after the other
    python killed.py crowd PROJECT DOCUMENT PROCESSES EACH     children that write at the same time
    python killed.py import PROJECT FOLDER TIMES SEED     children that import a folder and are killed in the middle

Prints one line for each coding acknowledged to a child: the last letter of its coder, start and stop; or for each file
that a child had begun after one was saved: the name of the saved one. A process apart, so that forking is safe.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import uuid

from qualikit import Project
from qualikit.coding.operations import apply_operations
from qualikit.corpus.queries import text_version
from qualikit.store import Store


def write_codings(project: str, document: str, coder: str, out: int, each: int | None = None) -> None:
    """Add codings one by one; the place of each is written to ``out`` only once the store has answered."""
    store = Store.open(project)
    with store.read() as connection:
        version = text_version(connection, document)
    done = 0
    while each is None or done < each:
        start = random.randrange(len(version.text) - 50)
        stop = start + random.randrange(5, 50)  # never white space alone, which is no passage
        operation = {
            "uuid": str(uuid.uuid4()),
            "op": "add",
            "start": start,
            "end": stop,
            "quote": version.text[start:stop],
            "code": "code",
            "textHash": version.hash,
        }
        result = apply_operations(store, coder, document, [operation])
        assert not result.refused, result.refused
        os.write(out, f"{coder[-1]}:{start}-{stop}\n".encode())  # one write of less than a pipe's atom
        done += 1
    store.close()


def import_folder(project: str, folder: str, out: int) -> None:
    """Import a folder; the name of each file is written to ``out`` only once the next one is begun."""
    before = ""

    def told(_done: int, _total: int, name: str) -> None:
        nonlocal before
        if before:
            os.write(out, f"{before}\n".encode())
        before = name

    with Project.open(project, coder="Camille") as opened:
        opened.corpus.import_files([folder], told)


def child(write, *arguments) -> int:
    """Fork one that writes; its number."""
    number = os.fork()
    if number == 0:
        random.seed()
        try:
            write(*arguments)
        except BaseException as error:  # noqa: BLE001  a child must never run its parent's code
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
        os._exit(0)
    return number


def killed(write, dice: random.Random, longest: float, *arguments) -> None:
    """A child that writes without end, killed at a random moment: one time in four while it begins, else once it has
    something to show, however long that took on a machine that is busy, and at most ``longest`` seconds later. What it acknowledged is printed."""
    ours, its = os.pipe()
    victim = child(write, *arguments, its)
    os.close(its)
    said = b""
    if dice.random() < 0.25:
        time.sleep(dice.uniform(0.005, 0.12))
    else:
        said = os.read(ours, 4096)
        time.sleep(dice.uniform(0.0, longest))
    os.kill(victim, signal.SIGKILL)
    os.waitpid(victim, 0)
    while more := os.read(ours, 65_536):
        said += more
    os.close(ours)
    os.write(1, said)


def main() -> None:
    mode, project, document, count, last = sys.argv[1:]
    if mode == "kill":
        dice = random.Random(int(last))
        for _ in range(int(count)):
            killed(write_codings, dice, 0.1, project, document, "Camille")
    elif mode == "import":
        dice = random.Random(int(last))
        for _ in range(int(count)):
            killed(import_folder, dice, 0.6, project, document)
    else:
        crowd = [child(write_codings, project, document, f"codeur {n}", 1, int(last)) for n in range(int(count))]
        failed = [number for number in crowd if os.waitpid(number, 0)[1] != 0]
        sys.exit(len(failed))


if __name__ == "__main__":
    main()
