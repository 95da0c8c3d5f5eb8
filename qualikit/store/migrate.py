"""The schema's versions: made, compared, brought up to date."""

from __future__ import annotations

from contextlib import closing
from functools import cache
from importlib.resources import files

import sqlalchemy as sa

from qualikit.errors import NewerProject
from qualikit.i18n import _
from qualikit.store.engine import REBUILD, WRITE, connect
from qualikit.store.schema import info

MIGRATIONS = files("qualikit.store") / "migrations"


def _config(connection: sa.Connection) -> object:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def latest() -> int:
    """Number of the newest schema this qualikit knows; revisions are named 0001, 0002…"""
    folder = MIGRATIONS / "versions"
    return max(int(file.name[:4]) for file in folder.iterdir() if file.name[:4].isdigit())


def current(connection: sa.Connection) -> int:
    """Number of the schema of an open database; 0 where there is none yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return 0
    version = sa.table("alembic_version", sa.column("version_num"))
    found = connection.execute(sa.select(version.c.version_num)).scalar()
    return int(found) if found else 0


def refuse_newer(connection: sa.Connection, name: str) -> None:
    """Raises NewerProject, with the version that the project needs, where its schema is later than ours."""
    if current(connection) <= latest():
        return
    needs = connection.execute(sa.select(info.c.value).where(info.c.key == "needs_version")).scalar() or "?"
    raise NewerProject(
        _("Le projet « {name} » a été enregistré par une version plus récente de qualikit.").format(name=name),
        _(
            "Installez qualikit {version} ou une version suivante, puis rouvrez-le. Le fichier n'a pas été touché."
        ).format(version=needs),
    )


def create(connection: sa.Connection) -> None:
    """The newest schema in an empty database, inside its transaction.

    On SQLite in one go, as the migrations leave it: walking through them takes ten times as long, project by project.
    """
    if connection.dialect.name != "sqlite":
        upgrade(connection)
        return
    for statement in _newest(str(MIGRATIONS)):
        connection.exec_driver_sql(statement)


@cache
def _newest(migrations: str) -> tuple[str, ...]:
    """The statements that make what the migrations of that folder come to."""
    engine = connect("sqlite://")
    try:
        with closing(engine.connect().execution_options(**{WRITE: True, REBUILD: True})) as connection:
            upgrade(connection)
            made = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"
                " AND name NOT GLOB 'sqlite_*'"  # SQLite's own
                " AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow')"  # a virtual table's own
                " ORDER BY rowid"
            )
            return (*made.scalars(), f"INSERT INTO alembic_version VALUES ('{current(connection):04}')")
    finally:
        engine.dispose()


def upgrade(connection: sa.Connection) -> None:
    """Bring the schema of an open database, inside its transaction, up to the newest."""
    from alembic import command

    command.upgrade(_config(connection), "head")  # type: ignore[arg-type]
