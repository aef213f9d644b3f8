"""Whom the office finds when somebody has called or written."""

import pytest

from storage.events import answers_by_office, guest_list
from tests.support.book import Book, id_of


@pytest.mark.parametrize("words", ["yildiz", "Koenigs", "ayse markovic", "02151 123456", "+49 2151 123456"])
def test_who_called_is_found_in_letters_of_any_keyboard_and_by_number(book: Book, words: str) -> None:
    ayse = book.person("Ayşe Yıldız-Marković", organisation="Königs KG", phone="+492151123456")
    book.contact("Ben", phone="+492151999999")
    found = book.acts(answers_by_office.find, book.staff(), id_of(book.event()), words)
    assert [person.id for person, _ in found.people] == [ayse.id]


def test_organisation_without_contacts_is_found_by_its_number(book: Book) -> None:
    seide = book.organisation("Seide KG")
    seide.phone = "+492151123456"
    book.add(seide)
    found = book.acts(answers_by_office.find, book.staff(), id_of(book.event()), "02151-123456")
    assert [one.name for one in found.silent] == ["Seide KG"]


@pytest.mark.parametrize("words", ["yildiz", "koenigs"])
def test_guest_at_the_door_is_found_in_letters_of_any_keyboard(book: Book, words: str) -> None:
    ayse, event = book.person("Ayşe Yıldız", organisation="Königs KG"), book.event()
    book.answers(ayse, event, 1)
    _, guests = book.acts(guest_list.find, book.staff(), id_of(event), words)
    assert [guest.name for guest in guests] == ["Ayşe Yıldız"]
