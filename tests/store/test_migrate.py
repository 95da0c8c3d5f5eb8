"""The schema's versions: the migrations make what the code expects, and an old file is copied before it changes."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from importlib.resources import files as package_files
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

import qualikit.themes.tables  # noqa: F401  every room's tables
from qualikit.project import Project
from qualikit.store import Store, files, metadata, migrate
from tests.store.conftest import add_code

LATER = '''"""A later schema."""
import sqlalchemy as sa
from alembic import op

revision = "0900"
down_revision = "{head}"


def upgrade() -> None:
    with op.batch_alter_table("codes") as batch:
        batch.add_column(sa.Column("mood", sa.Text, nullable=True))
    {then}
'''


@pytest.fixture
def later_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Pretend, when called, that this qualikit has one more migration."""

    def pretend(then: str = "pass") -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(str(package_files("qualikit.store") / "migrations"), folder)
        head = f"{migrate.latest():04}"
        (folder / "versions" / "0900_later.py").write_text(LATER.format(head=head, then=then), "utf-8")
        monkeypatch.setattr(migrate, "MIGRATIONS", folder)

    return pretend


def test_the_migrations_make_the_tables_that_the_code_expects(store):
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_a_new_project_is_what_the_migrations_come_to_one_after_the_other(store):
    def content(connection: sa.Connection) -> dict[str, object]:
        made = sa.text("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema")
        found: dict[str, object] = {  # constraints come in any order
            "schema": {
                (*row, *sorted(part.strip("()\n\t ") for part in sql.split(", \n\t")))
                for *row, sql in connection.execute(made)
            }
        }
        for table in sa.inspect(connection).get_table_names():
            found[table] = connection.execute(sa.text(f'SELECT * FROM "{table}"')).all()
        return found

    with store.read() as connection:
        ours = content(connection)
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        migrate.upgrade(connection)
        theirs = content(connection)
    engine.dispose()

    assert {"coders", "codings", "text_versions"} <= set(ours)
    assert {table: rows for table, rows in ours.items() if rows != theirs.get(table)}.keys() == {"info"}  # its name


def test_an_older_project_is_copied_beside_itself_then_brought_up_to_date(store, later_schema):
    with store.write("Camille") as transaction:
        add_code(transaction, "Météo")
    store.close()
    later_schema()

    again = Store.open(store.path)

    with again.read() as connection:
        assert connection.execute(sa.text("SELECT name, mood FROM codes")).all() == [("Météo", None)]
    again.close()
    [copy] = files.backups(store.path)
    assert "avant mise à jour" in copy.path.name
    old = sa.create_engine(f"sqlite:///{copy.path}")
    with old.connect() as connection:
        assert "mood" not in {column["name"] for column in sa.inspect(connection).get_columns("codes")}
    old.dispose()


@pytest.mark.parametrize("action", ["code.add", "comments.import"])
def test_a_project_of_the_first_schema_knows_which_text_is_current(tmp_path, action):
    """Tables that others point at are made anew: nothing of what points at them is lost. Actions are undone and done
    again in the columns of today, whichever action it was that made a code."""
    with closing(sqlite3.connect(tmp_path / "ancien.qualikit")) as old:
        old.executescript((Path(__file__).parent / "first_schema.sql").read_text("utf-8"))
        old.execute("UPDATE events SET action = ? WHERE action = 'code.add'", [action])
        old.commit()

    with Project.open(tmp_path / "ancien.qualikit", coder="Camille") as project:
        assert project.check() == []
        assert project.corpus.text("a") == "P1 : Oui, bien sûr."
        assert [coding.quote for coding in project.coding.codings("a")] == ["Oui"]
        assert project.corpus.document("a").text_version_id == "00000000-0000-4000-8000-000000000003"
        assert [(version.number, version.coder) for version in project.corpus.versions("a")] == [(1, "Camille")]
        project.history.undo()
        assert project.coding.codings("a") == []
        project.history.undo()
        project.history.undo()
        assert project.corpus.documents() == []
        project.history.redo()
        assert project.corpus.text("a") == "P1 : Oui, bien sûr."
        project.history.redo()
        assert [code.active for code in project.coding.codebook] == [True]


def test_a_migration_that_fails_half_way_leaves_the_old_schema_whole(store, later_schema):
    with store.write("Camille") as transaction:
        add_code(transaction, "Météo")
    store.close()
    later_schema(then='raise RuntimeError("half way")')

    with pytest.raises(RuntimeError):
        Store.open(store.path)

    plain = sa.create_engine(f"sqlite:///{store.path}")
    with plain.connect() as connection:
        assert "mood" not in {column["name"] for column in sa.inspect(connection).get_columns("codes")}
        assert connection.execute(sa.text("SELECT name FROM codes")).all() == [("Météo",)]
    plain.dispose()
