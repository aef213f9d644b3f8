"""Lists to print: what the caterer, the porter and the office find on theirs."""

import io

import pytest
from pypdf import PdfReader

from domain.basics.pact import Pact
from domain.events.event import Ask
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.events import lists
from storage.engine.database import Database
from storage.events import changing, guest_list
from tests.support.book import Book, id_of

T = Texts("de", Pact().timezone)


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


def printed(file: File) -> str:
    pages = PdfReader(io.BytesIO(file.content)).pages
    assert pages[0].mediabox.width > pages[0].mediabox.height
    return "\n".join(page.extract_text() for page in pages)


def test_caterer_gets_numbers_porter_names_and_office_everything(book: Book) -> None:
    anna = book.contact("Anna Öğüt", email="anna@a.de", phone="+492151123456")
    event = book.event()
    book.acts(changing.toggle_question, book.staff(), id_of(event), Ask.FOOD)
    book.answers(anna, event, 2)
    found = book.run(guest_list.guests, id_of(event))
    caterer = printed(lists.caterer(guest_list.count(event, found), book.pact, T))
    porter = printed(lists.porter(event, found, book.pact, T))
    office = printed(lists.guests(event, found, book.pact, T))
    assert "Anna" not in caterer
    assert "2" in caterer.partition("Zusammen")[2]
    assert "Anna Öğüt" in porter
    assert "anna@a.de" not in porter
    for words in ("Anna Öğüt", "anna@a.de", "+49 2151 123456", "1 / 1"):
        assert words in office


def test_guests_by_the_hundred_have_titles_and_numbers_on_each_page(book: Book) -> None:
    anna = book.contact("Anna")
    event = book.event()
    book.answers(anna, event, 1)
    found = book.run(guest_list.guests, id_of(event)) * 80
    pages = PdfReader(io.BytesIO(lists.porter(event, found, book.pact, T).content)).pages
    texts = [page.extract_text() for page in pages]
    assert len(texts) > 1
    assert all("Organisation" in text for text in texts)
    assert f"{len(texts)} / {len(texts)}" in texts[-1]
