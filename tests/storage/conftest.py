"""The same tests on both databases."""

from collections.abc import Iterator

import pytest

from storage.engine.database import Database
from tests.support.book import Book
from tests.support.databases import empty


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)


@pytest.fixture
def side_by_side(migrated_url: str) -> Iterator[Book]:
    """On PostgreSQL alone, where transactions do not wait for each other."""
    database = Database(migrated_url)
    empty(database)
    yield Book(database)
    database.close()
