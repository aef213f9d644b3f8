"""What the office enters for others."""

from handlers.chat.questions import Submission
from handlers.events.answers_by_office import NAMES_FOR
from storage.engine.database import Database
from tests.support.book import Book


def test_office_may_write_names_with_commas_as_guests_do(sqlite: Database) -> None:
    book = Book(sqlite)
    office, anna, event = book.staff(), book.contact("Anna"), book.event()
    book.answers(anna, event, 3)
    answers = {"names": "Eva Beispiel, Max Muster", "event_id": event.id, "person_id": anna.id}
    book.acts(NAMES_FOR.submit, office, Submission(answers, 0))
    assert book.sees(anna, event).names == ("Eva Beispiel", "Max Muster")
