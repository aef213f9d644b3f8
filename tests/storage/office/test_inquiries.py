"""Questions to the office: the list of those that wait for it."""

from datetime import timedelta

import pytest

from domain.office.refusals import AnsweredSince, InquiryIsGone
from storage.engine import outbox
from storage.engine.tables import Notice, Outcome, Person
from storage.engine.turn import Turn
from storage.office import inquiries
from storage.office.inquiries import Thread
from tests.support.book import NOW, Book, id_of


def ask(turn: Turn, texts: list[str]) -> None:
    inquiry_id = None
    for text in texts:
        inquiry_id = id_of(inquiries.ask(turn, inquiry_id, text).inquiry)


def test_threads_that_wait_have_their_newest_lines_each_in_as_few_statements_as_one(book: Book) -> None:
    book.staff()
    book.acts(ask, book.contact("Anna"), ["Hallo"])
    few = book.statements(inquiries.waiting)
    texts = [f"Frage {number}" for number in range(inquiries.SHOWN + 2)]
    book.acts(ask, book.person("Ben"), texts)
    threads = book.run(inquiries.waiting)
    assert [(one.person.name, one.organisation) for one in threads] == [("Anna", "Anna GmbH"), ("Ben", "")]
    assert [[line.text for line in one.lines] for one in threads] == [["Hallo"], texts[2:]]
    assert book.statements(inquiries.waiting) == few


def corrects(book: Book, person: Person, thread: Thread, text: str) -> bool:
    line_id, now = thread.lines[-1].id, NOW + timedelta(minutes=1)
    return book.at(now).acts(inquiries.correct, person, line_id, lambda _old: text)


def has_reached_all(book: Book) -> None:
    for notice in book.all(Notice):
        book.run(outbox.finish, id_of(notice), Outcome.SENT, NOW)


def test_corrected_words_are_read_by_the_other_side_once(book: Book) -> None:
    eve, olga = book.person("Eve"), book.staff("Olga")
    asked = book.acts(inquiries.ask, eve, None, "Wan?")
    assert corrects(book, eve, asked, "Wann?")
    assert book.told("inquiry") == ["Olga"]  # it was not on its way yet
    has_reached_all(book)
    assert corrects(book, eve, asked, "Wann denn?")
    assert not corrects(book, eve, asked, "Wann denn?")
    assert book.told("inquiry") == ["Olga", "Olga"]
    has_reached_all(book)
    answered = book.acts(inquiries.answer, olga, id_of(asked.inquiry), "Im Mia.")
    has_reached_all(book)
    assert corrects(book, olga, answered, "Im Mai.")
    assert book.told("inquiry_answer") == ["Eve", "Eve"]
    (line,) = [one for one in book.run(inquiries.thread, asked.inquiry).lines if one.is_office]
    assert (line.text, line.corrected_at) == ("Im Mai.", NOW + timedelta(minutes=1))


def test_words_that_were_answered_or_are_of_another_are_not_corrected(book: Book) -> None:
    eve, olga = book.person("Eve"), book.staff("Olga")
    asked = book.acts(inquiries.ask, eve, None, "Wann?")
    with pytest.raises(InquiryIsGone):
        corrects(book, olga, asked, "Wo?")
    book.acts(inquiries.answer, olga, id_of(asked.inquiry), "Im Mai.")
    with pytest.raises(AnsweredSince):
        corrects(book, eve, asked, "Wo?")
