"""An office that plans a year."""

import pytest

from tests.storage.programme.year import Year
from tests.support.book import Book


@pytest.fixture
def year(book: Book) -> Year:
    return Year(book, book.staff())
