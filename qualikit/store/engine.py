"""One ``connect(url)``: the engine, with each database's way of making transactions safe."""

from __future__ import annotations

import sqlite3
from typing import Any

import sqlalchemy as sa

BUSY_TIMEOUT_S = 60
WRITE, REBUILD = "qualikit_write", "qualikit_rebuild"
"""Options of a connection: it will write; it will make tables anew, with others pointing at them."""


def file_url(path: object) -> str:
    """The URL of a project file."""
    return sa.URL.create("sqlite", database=str(path)).render_as_string()


def connect(url: str) -> sa.Engine:
    """An engine on the database at ``url``.

    SQLite: write-ahead log, foreign keys, and transactions that begin with BEGIN IMMEDIATE when they will write
    (with the driver's own deferred BEGIN, two writers lose updates without an error).
    """
    engine = sa.create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT_S} if url.startswith("sqlite") else {},
        hide_parameters=True,  # what people said has no place in a log
    )
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _configure_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: Any) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "trusted_schema = OFF",  # a stranger's file must not run functions from its schema
        "cell_size_check = ON",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_S * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",  # what the interface calls saved survives a power cut
        "secure_delete = ON",  # removed words leave no trace in freed pages
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get(WRITE, False)
    if options.get(REBUILD, False):  # inside a transaction the pragma would do nothing
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def lock_for_writing(connection: sa.Connection) -> None:
    """One writer at a time per project, so that the sequence of events has no holes for those who poll it.

    SQLite has it from BEGIN IMMEDIATE; PostgreSQL takes an advisory lock until the end of the transaction.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(sa.func.current_schema()))))
