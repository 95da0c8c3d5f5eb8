"""What is dropped into a page, on its way to the corpus."""

from __future__ import annotations

import os
import sys
import threading
from dataclasses import dataclass

import pytest

from qualikit.corpus.sources import gather
from qualikit.ui.files import Spool, dropped
from tests.corpus.zip_file import archive


@dataclass
class Upload:
    name: str
    content: bytes

    def getvalue(self) -> bytes:
        return self.content


def test_files_and_archives_are_gathered_as_if_they_were_on_the_disk():
    found = gather(
        dropped(
            [
                Upload("a.txt", b"un"),
                Upload("Terrain/Laval/b.txt", b"deux"),
                Upload("envoi.ZIP", archive({"Aubagne/c.txt": b"trois"})),
            ]
        )
    )
    assert [(file.place, file.read()) for file in found.files] == [
        ("a.txt", b"un"),
        ("Terrain/Laval/b.txt", b"deux"),
        ("envoi/Aubagne/c.txt", b"trois"),
    ]
    assert [file.read() for file in reversed(found.files)] == [b"trois", b"deux", b"un"]


def test_what_is_kept_comes_back_whole_to_many_threads_at_once():
    spool = Spool()
    kept = {number: spool.keep(bytes([number]) * (number + 1) * 1_000) for number in range(40)}
    wrong = []

    def read() -> None:
        wrong.extend(n for n, read in kept.items() if read() != bytes([n]) * (n + 1) * 1_000)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks at the files that the process holds open")
def test_what_is_kept_has_no_name_and_leaves_nothing():
    def held() -> set[str]:
        return {os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if n.isdigit() and _is_link(n)}

    def _is_link(n: str) -> bool:
        return os.path.lexists(f"/proc/self/fd/{n}")

    before = held()
    read = Spool().keep(b"des mots")
    (mine,) = {place for place in held() - before if "deleted" in place or "qualikit" in place}
    assert not os.path.exists(mine.removesuffix(" (deleted)"))
    assert read() == b"des mots"
    del read
    assert not {place for place in held() - before if "deleted" in place or "qualikit" in place}
