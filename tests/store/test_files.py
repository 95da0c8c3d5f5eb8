"""A project as a file: what cannot be opened says why, and is left as it was."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from qualikit.coding.tables import codes
from qualikit.errors import (
    BackupFailed,
    DamagedProject,
    ForeignFile,
    NewerProject,
    ProjectExists,
    ProjectMissing,
    ReadOnlyProject,
)
from qualikit.store import Store, files
from tests.store.conftest import add_code


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """A closed project with enough in it to fill several pages."""
    store = Store.create(tmp_path / "projet", "Projet")
    with store.write("Camille") as transaction:
        for number in range(200):
            add_code(transaction, f"code {number}", definition="définition " * 20)
    store.close()
    return tmp_path / "projet.qualikit"


def fingerprint(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


class DescribeANewProject:
    def it_says_when_its_name_is_one_that_no_disk_takes(self, tmp_path):
        with pytest.raises(ReadOnlyProject):
            Store.create(tmp_path / ("x" * 300), "X")

    def it_gets_the_suffix_and_our_application_id(self, tmp_path):
        Store.create(tmp_path / "évaluation 2024", "É").close()

        header = (tmp_path / "évaluation 2024.qualikit").read_bytes()[:100]
        assert header[68:72] == b"QKIT"

    def it_is_found_again_under_the_name_it_was_given(self, tmp_path):
        Store.create(tmp_path / "éval.2024", "É").close()

        store = Store.open(tmp_path / "éval.2024")
        assert store.path == tmp_path / "éval.2024.qualikit"
        store.close()

    def it_never_takes_the_place_of_a_file(self, project_file):
        before = fingerprint(project_file.parent)

        with pytest.raises(ProjectExists):
            Store.create(project_file, "autre")
        assert fingerprint(project_file.parent) == before

    def it_says_where_it_cannot_be_made(self, tmp_path):
        (tmp_path / "fichier").write_text("pas un dossier")

        with pytest.raises(ReadOnlyProject, match="ne peut pas être créé"):
            Store.create(tmp_path / "fichier" / "projet", "p")


class DescribeOpening:
    def it_finds_everything_again(self, project_file):
        store = Store.open(project_file)
        with store.read() as connection:
            assert connection.execute(sa.select(sa.func.count()).select_from(codes)).scalar() == 200
        assert store.name == "Projet"
        store.close()

    def it_says_when_there_is_nothing(self, tmp_path):
        with pytest.raises(ProjectMissing):
            Store.open(tmp_path / "rien.qualikit")

    @pytest.mark.parametrize(
        "content",
        [b"", b"Bonjour, je suis un texte.\n" * 50, b"PK\x03\x04" + bytes(500), b"\x00" * 4096],
        ids=["empty", "text", "zip", "zeros"],
    )
    def it_refuses_what_is_not_a_database(self, tmp_path, content):
        (tmp_path / "x.qualikit").write_bytes(content)
        before = fingerprint(tmp_path)

        with pytest.raises(ForeignFile):
            Store.open(tmp_path / "x.qualikit")
        assert fingerprint(tmp_path) == before

    def it_refuses_somebody_elses_database(self, tmp_path):
        with closing(sqlite3.connect(tmp_path / "autre.sqlite3")) as connection:
            connection.execute("CREATE TABLE t (x)")
            connection.commit()
        before = fingerprint(tmp_path)

        with pytest.raises(ForeignFile):
            Store.open(tmp_path / "autre.sqlite3")
        assert fingerprint(tmp_path) == before

    def it_refuses_a_file_that_carries_a_trigger(self, project_file):
        with closing(sqlite3.connect(project_file)) as connection:
            connection.execute("CREATE TRIGGER mine AFTER INSERT ON codes BEGIN DELETE FROM events; END")
            connection.commit()
        before = fingerprint(project_file.parent)

        with pytest.raises(ForeignFile):
            Store.open(project_file)
        assert fingerprint(project_file.parent) == before

    def it_says_that_nothing_is_there_under_a_name_that_no_disk_takes(self, tmp_path):
        with pytest.raises(ProjectMissing):
            Store.open(tmp_path / ("x" * 300))

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may read anything")
    def it_refuses_a_file_that_it_may_not_read(self, project_file):
        project_file.chmod(0o000)

        with pytest.raises(ReadOnlyProject, match="ne peut pas être lu"):
            Store.open(project_file)

    def it_refuses_a_folder(self, tmp_path):
        with pytest.raises(ForeignFile):
            Store.open(tmp_path)

    @pytest.mark.parametrize("part", [0.001, 0.1, 0.5, 0.9, 0.999])
    def it_refuses_a_truncated_project(self, project_file, part):
        content = project_file.read_bytes()
        project_file.write_bytes(content[: max(20, int(len(content) * part))])
        before = fingerprint(project_file.parent)

        with pytest.raises(DamagedProject, match="sauvegarde"):
            Store.open(project_file)
        assert fingerprint(project_file.parent) == before

    def it_refuses_a_project_whose_schema_page_is_spoilt(self, project_file):
        content = bytearray(project_file.read_bytes())
        content[100:1000] = os.urandom(900)
        project_file.write_bytes(content)
        before = fingerprint(project_file.parent)

        with pytest.raises(DamagedProject):
            Store.open(project_file)
        assert fingerprint(project_file.parent) == before

    def it_says_so_in_the_middle_of_work_when_a_page_is_spoilt(self, project_file):
        with closing(sqlite3.connect(project_file)) as connection:
            (size,) = connection.execute("PRAGMA page_size").fetchone()
            (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'codes'").fetchone()
        content = bytearray(project_file.read_bytes())
        content[(page - 1) * size : page * size] = bytes(size)
        project_file.write_bytes(content)

        store = Store.open(project_file)
        with pytest.raises(DamagedProject), store.read() as connection:
            connection.execute(sa.select(codes)).all()
        assert store.integrity()
        store.close()

    def it_refuses_a_newer_project_and_names_the_version_it_needs(self, project_file):
        with closing(sqlite3.connect(project_file)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '0999'")
            connection.execute("""UPDATE info SET value = '"7.2.0"' WHERE key = 'needs_version'""")
            connection.commit()
        before = fingerprint(project_file.parent)

        with pytest.raises(NewerProject, match=r"7\.2\.0"):
            Store.open(project_file)
        assert fingerprint(project_file.parent) == before

    def it_refuses_a_read_only_project(self, project_file):
        project_file.chmod(0o444)
        before = fingerprint(project_file.parent)

        with pytest.raises(ReadOnlyProject, match="lecture seule"):
            Store.open(project_file)
        assert fingerprint(project_file.parent) == before


class DescribeABackup:
    def it_is_a_whole_project_of_its_own_made_while_the_project_is_in_use(self, store):
        with store.write("Camille") as transaction:
            add_code(transaction, "Météo")

        backup = files.back_up(store.path)

        copy = Store.open(backup.path)
        with copy.read() as connection:
            assert connection.execute(sa.select(codes.c.name)).scalars().all() == ["Météo"]
        copy.close()
        assert files.backups(store.path)[0].path == backup.path

    def it_gives_way_to_newer_ones(self, store):
        for _ in range(5):
            files.back_up(store.path, keep=3)

        assert len(files.backups(store.path)) == 3

    def it_is_made_once_a_day_when_something_has_changed(self, store):
        with store.write("Camille") as transaction:
            add_code(transaction, "Météo")

        assert files.daily_backup(store.path) is not None
        assert files.daily_backup(store.path) is None

    def it_says_when_it_cannot_be_made(self, store):
        files.backup_folder(store.path).write_text("a file stands where the folder should")

        with pytest.raises(BackupFailed):
            files.back_up(store.path)
