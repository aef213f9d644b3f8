"""Copies of a database: a back-up while the bot runs, and the move to another database."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import IO

import pyrage
import sqlalchemy
from pyrage.x25519 import Recipient
from sqlalchemy import URL, Connection, Table, func, text
from sqlmodel import SQLModel

from storage.engine.database import Database

AT_ONCE = 1000  # rows, or pages of a file
Tell = Callable[[int, int], None]  # how much is done, of how much


def nobody_looks(_done: int, _total: int) -> None:
    """Where there is no terminal."""


class CopyFailed(Exception):
    """Nothing was changed; the message says why."""


def back_up(database: Database, file: Path, key: str = "", tell: Tell = nobody_looks) -> Path:
    """A complete file or none; gives its name. What is written meanwhile is in it or not, as a whole."""
    target = sealed_name(file, key)
    unfinished = target.with_name(f"{target.name}.part")
    unfinished.unlink(missing_ok=True)
    try:
        if not database.is_sqlite:
            _dump(database, unfinished, key)
        elif key:
            _copy_sealed(database, unfinished, key, tell)
        else:
            _copy_file(database, unfinished, tell)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target


def sealed_name(file: Path, key: str) -> Path:
    return file.with_name(f"{file.name}.age") if key else file


def sealed(content: bytes, key: str) -> bytes:
    """Encrypted to a public key of age, if there is one: only whoever has the private one can read it."""
    return pyrage.encrypt(content, [Recipient.from_str(key)]) if key else content


def _seal(giving: IO[bytes], taking: IO[bytes], key: str) -> None:
    if key:
        pyrage.encrypt_io(giving, taking, [Recipient.from_str(key)])
    else:
        shutil.copyfileobj(giving, taking)


def _copy_file(database: Database, file: Path, tell: Tell) -> None:
    """Page by page, in a transaction: without it each writing of the bot would begin it anew."""
    with (
        closing(sqlite3.connect(f"file:{database.url.database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(file)) as target,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=AT_ONCE, progress=lambda _state, left, total: tell(total - left, total))
        (verdict,) = target.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise CopyFailed(f"the copy is damaged: {verdict}")


def _copy_sealed(database: Database, file: Path, key: str, tell: Tell) -> None:
    """By way of a copy beside the database, so that nothing readable gets to where back-ups are kept."""
    beside = Path(f"{database.url.database}.copy")
    beside.unlink(missing_ok=True)
    try:
        _copy_file(database, beside, tell)
        with beside.open("rb") as giving, file.open("wb") as taking:
            _seal(giving, taking, key)
    finally:
        beside.unlink(missing_ok=True)


def _dump(database: Database, file: Path, key: str) -> None:
    """The password goes apart, for everybody on the machine sees a command."""
    full = database.url
    url = URL.create("postgresql", full.username, None, full.host, full.port, full.database, full.query)
    tool = shutil.which("pg_dump")
    if not tool:
        raise CopyFailed("there is no pg_dump here, which comes with PostgreSQL's programs for clients")
    command = [tool, "--format=custom", f"--dbname={url.render_as_string()}"]
    environment = {**os.environ, "PGPASSWORD": full.password or ""}
    with (
        file.open("wb") as taking,
        subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as dump,  # noqa: S603 # no shell
    ):
        assert dump.stdout
        _seal(dump.stdout, taking, key)
    if dump.returncode:
        raise CopyFailed("pg_dump could not make a back-up")


def narrow(database: Database) -> None:
    """Take from others on the machine what former versions left readable: the file, and a folder of its own.

    A folder that holds anything else, like `/tmp`, is left as it is.
    """
    if not database.is_sqlite or not database.url.database:
        return
    file = Path(database.url.database)
    inside = [found for found in file.parent.iterdir() if found.is_file() and _is_ours(found)]
    for found in inside:
        if re.fullmatch(re.escape(file.name) + r"([-.].*)?", found.name):
            found.chmod(0o600)
    if _is_ours(file.parent) and len(inside) == len(list(file.parent.iterdir())):
        file.parent.chmod(0o700)


def _is_ours(path: Path) -> bool:
    return path.stat().st_uid == os.geteuid()


def move(source: Database, target: Database, tell: Tell = nobody_looks) -> dict[str, int]:
    """Copy every row into the empty, migrated `target`, in one transaction; gives the rows of each table."""
    tables = SQLModel.metadata.sorted_tables
    with source.engine.connect() as given, target.engine.begin() as taking:
        for table in tables:
            if _count(taking, table):
                raise CopyFailed(f"there are rows already in {table.name} of {target.url.database}")
        counts: dict[str, int] = {}
        total = sum(_count(given, table) for table in tables)
        for table in tables:
            further = partial(_further, tell, sum(counts.values()), total)
            counts[table.name] = _copy(given, taking, table, further)
        for table in tables:
            if _count(given, table) != _count(taking, table):
                raise CopyFailed(f"{table.name} has another number of rows than before")
        if not target.is_sqlite:
            _set_counters(taking, tables)
    return counts


def _further(tell: Tell, before: int, total: int, done: int) -> None:
    tell(before + done, total)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(sqlalchemy.select(func.count()).select_from(table)).scalar_one()


def _copy(given: Connection, taking: Connection, table: Table, tell: Callable[[int], None]) -> int:
    copied = 0
    for rows in given.execute(sqlalchemy.select(table)).mappings().partitions(AT_ONCE):
        taking.execute(table.insert(), [dict(row) for row in rows])
        copied += len(rows)
        tell(copied)
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
