"""Where the measured databases live: SQLite files, or a PostgreSQL server."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import make_url


@contextmanager
def new_database(name: str, server: str | None = None) -> Iterator[str]:
    """The URL of an SQLite file, or of a database on that server; it is dropped at the end."""
    if server is None:
        with tempfile.TemporaryDirectory() as folder:
            yield f"sqlite:///{folder}/{name}.db"
    else:
        with postgresql_database(name, server) as url:
            yield url


@contextmanager
def postgresql_database(name: str, server: str, how: str = "") -> Iterator[str]:
    """Made and dropped on connections of their own: the server may be started anew meanwhile."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" {how}')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
