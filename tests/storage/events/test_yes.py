"""What comes with a yes, as each person has chosen it once."""

import pytest

from storage.engine import wishes
from storage.engine.database import Database
from storage.events.tables import EventNotice
from tests.support.book import Book

WITH_YES = (EventNotice.CALENDAR_ENTRY, EventNotice.ENTRY_CODE)


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


def test_code_for_the_door_comes_with_a_yes_for_whoever_wants_it(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.acts(wishes.toggle_code, anna)
    event = book.event()
    for person in (anna, ben):
        book.answers(person, event, 1)
    assert [book.told(kind) for kind in WITH_YES] == [["Anna", "Ben"], ["Anna"]]


def test_no_code_comes_with_a_no(book: Book) -> None:
    anna = book.contact("Anna")
    book.acts(wishes.toggle_code, anna)
    book.answers(anna, book.event(), 0)
    assert [book.told(kind) for kind in WITH_YES] == [[], []]
