"""What the night forgets: by the periods of the register, over years; who is silent is asked first."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from domain.joining.requests import EntryKind
from domain.privacy.refusals import PeriodIsOutOfBounds
from storage import agenda
from storage.engine import loose_texts, people
from storage.engine.people import ERASED, Writer
from storage.engine.tables import LooseText, Person
from storage.joining.tables import CaseEntry
from storage.office import inquiries
from storage.office.tables import InquiryLine
from storage.privacy import erasure, periods, retention
from storage.privacy.register import KEPT, days_of
from storage.privacy.retention import SILENT, TO_ANSWER
from storage.privacy.tables import PrivacyNotice, Review
from tests.support.book import NOW, Book
from tests.support.marked import fill

DAY = timedelta(days=1)


def night(book: Book, now: datetime) -> None:
    while book.run(agenda.tidy, book.pact, now):
        pass


def oldest(session: Session) -> dict[str, datetime]:
    """Of each table with a period that counts from a moment in its rows."""
    found = {}
    for kept in KEPT:
        if kept.since:
            which = [kept.which()] if kept.which else []
            moments = session.execute(select(kept.columns[kept.since]).where(*which)).scalars()
            found[kept.name] = min((one for one in moments if one), default=None)
    return {name: moment for name, moment in found.items() if moment}


def test_in_three_years_of_nights_nothing_grows_older_than_its_period(book: Book) -> None:
    fill(book)
    for number in range(0, 3 * 365 + 60, 30):
        now = NOW + number * DAY
        anna = book.run(people.seen, Writer(10_000 + number, "Anna", "de"), now)
        book.at(now).acts(loose_texts.keep, anna, "Moin", None)
        if number % 90 == 0:
            inquiry = book.at(now).acts(inquiries.ask, anna, None, "Wann?").inquiry
            book.at(now).acts(inquiries.answer, book.staff(f"Olga {number}"), inquiry.id, "Bald")
        night(book, now)
        days = book.run(days_of)
        too_old = {
            kept.name
            for kept in KEPT
            if kept.name in (moments := book.run(oldest))
            if moments[kept.name] < now - days[kept.period.name] * DAY
        }
        assert too_old == set()
        assert book.run(retention.overdue, now) == []
    assert min(line.written_at for line in book.all(InquiryLine)) >= now - 730 * DAY - 90 * DAY
    assert {one.name for one in book.all(Person) if one.telegram_id == 10_000} == set()


def test_who_is_silent_for_two_years_is_asked_then_forgotten_and_any_sign_of_life_is_enough(
    book: Book,
) -> None:
    anna, ben, cem = (book.person(name) for name in ("Anna", "Ben", "Cem"))
    contact, office = book.contact("Dora"), book.staff()
    for after in (SILENT, SILENT + DAY):
        night(book, NOW + after)
    assert sorted(book.told(PrivacyNotice.STAY)) == ["Anna", "Ben", "Cem"]
    book.run(people.seen, Writer(ben.telegram_id or 0, "Ben", "de"), NOW + SILENT + 2 * DAY)
    night(book, NOW + SILENT + TO_ANSWER)
    assert [one.name for one in book.all(Person, Person.id)][:3] == ["Anna", "Ben", "Cem"]
    night(book, NOW + SILENT + TO_ANSWER + 2 * DAY)
    assert [one.name for one in book.all(Person, Person.id)] == [
        ERASED,
        "Ben",
        ERASED,
        contact.name,
        office.name,
    ]
    assert anna.id != cem.id


def test_office_shortens_a_period_within_its_bounds_and_the_night_follows(book: Book) -> None:
    office, anna = book.staff(), book.person("Anna")
    number = periods.CHANGEABLE.index("words") + 1
    for days in (0, 8):
        with pytest.raises(PeriodIsOutOfBounds):
            book.acts(periods.change, office, number, days)
    book.acts(periods.change, office, number, 2)
    book.acts(loose_texts.keep, anna, "Moin", None)
    night(book, NOW + DAY)
    assert len(book.all(LooseText)) == 1
    night(book, NOW + 3 * DAY)
    assert book.all(LooseText) == []


def test_text_that_nobody_looks_through_is_emptied_after_a_week(book: Book) -> None:
    anna, ben = book.person("Anna Amsel"), book.person("Ben")
    request = book.asks_to_join(ben, "B GmbH")
    book.add(
        CaseEntry(request_id=request.id, person_id=ben.id, kind=EntryKind.NOTE, text="Amsel?", written_at=NOW)
    )
    book.acts(erasure.erase, anna)
    night(book, NOW + 6 * DAY)
    assert book.all(Review)[0].done_at is None
    night(book, NOW + 8 * DAY)
    assert "Amsel?" not in str(book.everything())
    assert book.all(Review)[0].done_at
