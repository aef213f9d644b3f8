"""After a lost answer a notice says where one stands: at the question of the open form, or in the menu."""

import pytest

from domain.basics.pact import Pact
from handlers.chat.texts import Texts
from handlers.fields import NOTICES
from storage.engine import forms, lost_answers, outbox
from storage.engine.database import Database
from storage.engine.inbox import Taken, finish, store
from storage.engine.tables import EngineNotice, Person
from tests.support.book import NOW, Book


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


ENGLISH = Texts("en", Pact().timezone)


def told(book: Book, person: Person) -> str:
    taken = Taken(1, person.telegram_id or 0, NOW, "{}")
    book.run(store, [taken])
    book.run(finish, 1, to_answer=True)
    book.run(lost_answers.enqueue, taken, NOW)
    (addressed,) = book.run(outbox.due, NOW, 9)
    assert addressed.notice.kind == EngineNotice.LOST_ANSWER
    data = book.acts(NOTICES.load, addressed.person, addressed.notice)
    return str(NOTICES.render(EngineNotice.LOST_ANSWER, data, Pact(), NOW, ENGLISH).text)


def test_question_of_the_open_form_is_asked_again(book: Book) -> None:
    anna = book.person("Anna", telegram_id=100)
    book.acts(forms.start, anna, "join", "contact")
    said = told(book, anna)
    assert "may not have reached you" in said
    assert "first and last name" in said.lower()


def test_menu_is_shown_where_no_form_is_open(book: Book) -> None:
    said = told(book, book.person("Anna", telegram_id=100))
    assert "may not have reached you" in said
    assert "Joining is voluntary" in said
