"""Brings a database to the newest schema, and writes new migrations.

`python -m storage.engine.migrate "what changes"` compares the tables with the migrations and writes the next.
"""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.engine.copies import Tell, nobody_looks
from storage.engine.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parents[1] / "migrations"
VERSIONS = HERE / "versions"
ONE_AT_A_TIME = 2023_0504  # PostgreSQL advisory lock: two processes that start together migrate in turn


class MigrationBreaksReferences(Exception):
    """Rows would point at rows that are not there; nothing was changed."""


def migrate(database: Database, tell: Tell = nobody_looks) -> None:
    """Apply what is missing. An interrupted run leaves a state from which the next goes on."""
    if _is_newest(database):
        return
    if database.is_sqlite:
        _migrate_sqlite(database, tell)
        return
    with database.engine.begin() as connection:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        upgrade(connection, tell=tell)


def _is_newest(database: Database) -> bool:
    """Told without alembic, which takes a third of a second to load."""
    newest = max(file.name for file in VERSIONS.glob("*.py"))
    with database.engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return version is not None and newest.startswith(f"{version}_")


def _migrate_sqlite(database: Database, tell: Tell) -> None:
    """Changing a column copies its table and drops the old one, which foreign keys would forbid meanwhile.

    They can only be switched outside of a transaction, and are checked before it ends.
    """
    with database.engine.connect() as connection:
        _switch_foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                upgrade(connection, tell=tell)
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
                if broken:
                    raise MigrationBreaksReferences(broken)
        finally:
            _switch_foreign_keys(connection, "ON")
        connection.connection.execute("VACUUM")  # what copied tables leave in free pages may be personal


def _switch_foreign_keys(connection: Connection, state: str) -> None:
    connection.connection.execute(f"PRAGMA foreign_keys={state}")


def upgrade(connection: Connection, to: str = "head", tell: Tell = nobody_looks) -> None:
    from alembic import command  # noqa: PLC0415 # a third of a second that a start need not pay

    command.upgrade(_config(connection, tell), to)


def _config(connection: Connection, tell: Tell = nobody_looks) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 # as above

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    config.attributes["tell"] = tell
    return config


def write_next(message: str) -> None:
    from alembic import command  # noqa: PLC0415 # as above

    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/empty.db")
        migrate(database)
        with database.engine.begin() as connection:
            number = len(list(VERSIONS.glob("*.py"))) + 1
            command.revision(_config(connection), message, autogenerate=True, rev_id=f"{number:04}")
        database.close()


if __name__ == "__main__":
    write_next(sys.argv[1])
