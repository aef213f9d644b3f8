"""Questions to the office: the list of those that wait for it."""

from sqlmodel import Session

from domain.basics.pact import Pact
from storage.engine.tables import Person
from storage.office import inquiries
from tests.support.book import NOW, Book, id_of


def ask(session: Session, person: Person, texts: list[str], pact: Pact) -> None:
    inquiry_id = None
    for text in texts:
        inquiry_id = id_of(inquiries.ask(session, person, inquiry_id, text, pact, NOW).inquiry)


def test_threads_that_wait_have_their_newest_lines_each_in_as_few_statements_as_one(book: Book) -> None:
    book.staff()
    book.acts(ask, book.contact("Anna"), ["Hallo"], book.pact)
    few = book.statements(inquiries.waiting)
    texts = [f"Frage {number}" for number in range(inquiries.SHOWN + 2)]
    book.acts(ask, book.person("Ben"), texts, book.pact)
    threads = book.run(inquiries.waiting)
    assert [(one.person.name, one.organisation) for one in threads] == [("Anna", "Anna GmbH"), ("Ben", "")]
    assert [[line.text for line in one.lines] for one in threads] == [["Hallo"], texts[2:]]
    assert book.statements(inquiries.waiting) == few
