"""What the office enters about organisations."""

from datetime import date

import pytest

from handlers.chat.questions import Submission
from handlers.partners.organisations import ENDED
from storage.engine.database import Database
from storage.partners.tables import Organisation
from tests.support.book import TODAY, Book


@pytest.mark.parametrize(
    ("answer", "left_on"),
    [(ENDED.questions[0].options[0].value, TODAY), ("2026-11-20", date(2026, 11, 20))],
)
def test_partnership_ends_today_or_on_a_day(sqlite: Database, answer: str | int, left_on: date) -> None:
    book = Book(sqlite)
    office, partner = book.staff(), book.organisation("A GmbH")
    given = {"day": answer}
    book.acts(ENDED.submit, office, Submission(given, partner.id))
    assert [one.left_on for one in book.all(Organisation)] == [left_on]
