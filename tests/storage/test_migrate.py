"""Migrations lead to the tables as they are in the code, and running them again is harmless."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlmodel import SQLModel

from storage.database import Database
from storage.migrate import migrate
from storage.tables import Organisation
from tests.support.book import Book


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, SQLModel.metadata))


def test_migrated_schema_equals_the_tables(database: Database) -> None:
    with database.engine.connect() as connection:
        assert differences(connection) == []


def test_migrating_again_changes_nothing(book: Book) -> None:
    book.organisation("A GmbH")
    migrate(book.database)
    assert [row.name for row in book.all(Organisation)] == ["A GmbH"]


def test_migration_that_fails_leaves_nothing_half_done(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    database = Database(database_url)
    with monkeypatch.context() as patch:
        patch.setattr("alembic.runtime.migration.MigrationContext._ensure_version_table", fail)
        with pytest.raises(RuntimeError, match="power cut"):
            migrate(database)
    with database.engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    migrate(database)
    with database.engine.connect() as connection:
        assert differences(connection) == []
    database.close()
