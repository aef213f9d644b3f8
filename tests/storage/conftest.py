"""The same tests on both databases."""

import pytest

from storage.database import Database
from tests.support.book import Book


@pytest.fixture
def book(database: Database) -> Book:
    return Book(database)
