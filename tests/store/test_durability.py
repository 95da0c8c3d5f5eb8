"""What was acknowledged is there, whatever happens to the processes that write."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from qualikit import Project
from qualikit.checking import check
from qualikit.coding.tables import codes, codings
from qualikit.corpus.tables import documents, source_files, text_versions, turns
from qualikit.store import Store, coders, events
from qualikit.text import text_hash
from tests.conftest import ROOT
from tests.store.conftest import code_row

TEXT = "On n'a pas pu venir, il pleuvait 🌧. Le triporteur était resté à Aubagne.\n" * 200


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one document and one code, closed."""
    store = Store.create(tmp_path / "p", "p")
    with store.write("Camille") as transaction:
        connection = transaction.connection
        digest = hashlib.sha256(TEXT.encode()).hexdigest()
        connection.execute(sa.insert(source_files).values(sha256=digest, name="a.txt", content=TEXT.encode()))
        connection.execute(
            sa.insert(documents).values(
                id="document",
                title="a",
                source_kind="interview",
                attributes={},
                file_name="a.txt",
                sha256=digest,
                reader="txt",
                reader_version="1",
                text_version_id="version",
                created="2024-01-01T00:00:00+00:00",
                removed=False,
            )
        )
        connection.execute(
            sa.insert(text_versions).values(
                id="version",
                document_id="document",
                number=1,
                reason="import",
                text=TEXT,
                text_hash=text_hash(TEXT),
                words=0,
                created="2024-01-01T00:00:00+00:00",
            )
        )
        whole = {"start": 0, "stop": len(TEXT), "speech_start": 0, "speech_stop": len(TEXT)}
        connection.execute(sa.insert(turns).values(id="turn", text_version_id="version", index=0, **whole))
        with transaction.event("code.add", "code Météo ajouté") as change:
            change.insert(codes, {**code_row("Météo"), "id": "code"})
    store.close()
    return tmp_path / "p.qualikit"


def run(*arguments: object) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_hundred_kills_lose_nothing_that_was_acknowledged(project):
    acknowledged = run("kill", project, "document", 100, 1234)

    store = Store.open(project)
    with store.read() as connection:
        rows = connection.execute(sa.select(codings.c.id, codings.c.start, codings.c.stop)).all()
        logged = {change["id"] for (changes,) in connection.execute(sa.select(events.c.changes)) for change in changes}
    assert len(acknowledged) > 100, "the children were killed before they had written anything worth testing"
    assert set(acknowledged) <= {f"e:{row.start}-{row.stop}" for row in rows}
    assert {row.id for row in rows} <= logged  # none without its event, so each can be undone
    assert check(store) == []
    store.close()


def test_imports_that_are_killed_leave_whole_documents_only(project, tmp_path):
    folder = tmp_path / "terrain"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:03}.txt").write_text(f"Chercheuse : Et {number} ?\nMme Roux : Oui.\n" * 200, "utf-8")
    acknowledged = run("import", project, folder, 12, 99)

    with Project.open(project) as opened:
        saved = {summary.document.file_name: summary for summary in opened.corpus.documents()}
        assert opened.check() == []
        assert len(acknowledged) > 20, "the children were killed before they had imported anything worth testing"
        assert set(acknowledged) <= saved.keys()
        for name, summary in saved.items():
            if name != "a.txt":
                assert (summary.turns, summary.participants) == (400, 2)
                assert opened.corpus.original(summary.document) == (folder / name).read_bytes()


def test_six_processes_that_write_at_once_lose_nothing(project):
    acknowledged = run("crowd", project, "document", 6, 40)

    store = Store.open(project)
    with store.read() as connection:
        by_coder = connection.execute(
            sa.select(coders.c.name, sa.func.count()).join(codings).group_by(coders.c.name).order_by(coders.c.name)
        ).all()
        numbers = list(connection.execute(sa.select(events.c.seq).order_by(events.c.seq)).scalars())
    assert len(acknowledged) == 240
    # Coding the same words twice with the same code is once: a child that draws a place again adds nothing.
    assert by_coder == [
        (f"codeur {n}", len({place for place in acknowledged if place.startswith(f"{n}:")})) for n in range(6)
    ]
    assert numbers == list(range(1, 2 + len(set(acknowledged))))  # no holes: one who polls misses nothing
    assert check(store) == []
    store.close()


def test_a_crash_in_the_middle_of_an_import_leaves_nothing_of_it(project):
    store = Store.open(project)

    def interrupted() -> None:
        with store.write("Camille") as transaction:
            transaction.connection.execute(sa.update(documents).values(title="b"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    with store.read() as connection:
        assert connection.execute(sa.select(documents.c.title)).scalar() == "a"
    store.close()
