"""Copies of a database: a back-up of an SQLite file while the bot runs, and the move to another database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import sqlalchemy
from sqlalchemy import Connection, Table, func, text
from sqlmodel import SQLModel

from storage.engine.database import Database

AT_ONCE = 1000  # rows


class CopyFailed(Exception):
    """Nothing was changed; the message says why."""


def back_up(database: Database, file: Path) -> None:
    """A complete file under its name, or none. What is written meanwhile is in it or not, as a whole."""
    if not database.is_sqlite:
        raise CopyFailed("PostgreSQL has its own tool: pg_dump --format=custom --file=FILE DATABASE_URL")
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"file:{database.url.database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(unfinished)) as target,
    ):
        source.backup(target)
        (verdict,) = target.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise CopyFailed(f"the copy is damaged: {verdict}")
    unfinished.replace(file)


def move(source: Database, target: Database) -> dict[str, int]:
    """Copy every row into the empty, migrated `target`, in one transaction; gives the rows of each table."""
    tables = SQLModel.metadata.sorted_tables
    with source.engine.connect() as given, target.engine.begin() as taking:
        for table in tables:
            if _count(taking, table):
                raise CopyFailed(f"there are rows already in {table.name} of {target.url.database}")
        counts = {table.name: _copy(given, taking, table) for table in tables}
        for table in tables:
            if _count(given, table) != _count(taking, table):
                raise CopyFailed(f"{table.name} has another number of rows than before")
        if not target.is_sqlite:
            _set_counters(taking, tables)
    return counts


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(sqlalchemy.select(func.count()).select_from(table)).scalar_one()


def _copy(given: Connection, taking: Connection, table: Table) -> int:
    copied = 0
    for rows in given.execute(sqlalchemy.select(table)).mappings().partitions(AT_ONCE):
        taking.execute(table.insert(), [dict(row) for row in rows])
        copied += len(rows)
    return copied


def _set_counters(connection: Connection, tables: list[Table]) -> None:
    """Or the next new row would get a number that is taken."""
    for table in tables:
        counter = connection.execute(
            text("SELECT pg_get_serial_sequence(:table, 'id') WHERE :has_id"),
            {"table": f'"{table.name}"', "has_id": "id" in table.columns},
        ).scalar()
        if counter:
            highest = func.coalesce(func.max(table.columns.id), 0) + 1
            connection.execute(
                sqlalchemy.select(func.setval(counter, highest, False)).select_from(table)
            )  # setval's own signature
