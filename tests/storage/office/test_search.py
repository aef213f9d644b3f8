"""The office finds requests, organisations and events by a word."""

from datetime import timedelta

import pytest

from domain.basics.refusals import OnlyForStaff
from storage.events import changing
from storage.office.search import search
from tests.support.book import NOW, Book, id_of


@pytest.mark.parametrize("words", ["koenigs", "KÖNIGS", "hof königs", "stadtwaldhaus", "Krefeld Königs"])
def test_events_are_found_with_letters_folded(book: Book, words: str) -> None:
    office = book.staff()
    event = book.event(place="Stadtwaldhaus", address="Hüttenallee 108, Krefeld", host="Hof Königs")
    book.event()
    assert [one.id for one in book.acts(search, office, words).events] == [event.id]


def test_coming_events_stand_first_and_cancelled_ones_are_among_them(book: Book) -> None:
    office = book.staff()
    past, later, soon = (book.event(NOW + timedelta(days=days)) for days in (1, 40, 20))
    book.acts(changing.cancel, office, id_of(soon), "krank")
    found = book.at(NOW + timedelta(days=10)).acts(search, office, "rundgang").events
    assert [one.id for one in found] == [soon.id, later.id, past.id]


def test_nothing_is_found_by_nothing_and_only_the_office_looks(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    book.event()
    assert not book.acts(search, office, " - ").events
    with pytest.raises(OnlyForStaff):
        book.acts(search, anna, "rundgang")
