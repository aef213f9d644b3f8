"""Trouble is told to staff at once, once a day of each kind, and only while there is any."""

from datetime import timedelta

from sqlmodel import col

from storage import agenda
from storage.engine import alarms, inbox, outbox
from storage.engine.alarms import Trouble
from storage.engine.outbox import LATE, LATE_TRIES
from storage.engine.tables import EngineNotice, Notice, Outcome
from storage.events.tables import EventNotice
from tests.support.book import NOW, Book, id_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def park(book: Book, number: int) -> None:
    book.run(inbox.store, inbox.read([{"update_id": number}], NOW))
    book.run(inbox.note_failure, number, "KeyError: x", park=True)


def test_parked_update_is_told_to_all_staff_once_a_day(book: Book) -> None:
    book.staff("Olga")
    book.staff("Otto")
    book.contact("Anna")
    book.run(agenda.work_off, book.pact, NOW)
    assert book.told(EngineNotice.ALARM) == []
    park(book, 7)
    for minutes in range(3):
        book.run(agenda.work_off, book.pact, NOW + minutes * MINUTE)
    park(book, 8)
    book.run(agenda.work_off, book.pact, NOW + 3 * MINUTE)
    assert book.told(EngineNotice.ALARM) == ["Olga", "Otto"]
    assert book.run(alarms.find, NOW) == Trouble(2, 0)
    for notice in book.all(Notice):
        book.run(outbox.finish, id_of(notice), Outcome.SENT, NOW)
    book.run(agenda.work_off, book.pact, NOW + 2 * DAY)  # by then the digest says it
    assert book.told(EngineNotice.ALARM) == ["Olga", "Otto"]


def test_notice_that_does_not_get_out_is_told(book: Book) -> None:
    book.staff("Olga")
    anna = book.contact("Anna")
    book.run(outbox.enqueue, [id_of(anna)], EventNotice.SEAT_OFFERED, "a", NOW)
    book.run(agenda.work_off, book.pact, NOW + LATE - MINUTE)
    assert book.told(EngineNotice.ALARM) == []
    book.run(agenda.work_off, book.pact, NOW + LATE)
    assert book.told(EngineNotice.ALARM) == ["Olga"]
    first = book.all(Notice, col(Notice.id))[0]
    book.run(outbox.finish, id_of(first), Outcome.SENT, NOW + LATE)
    assert book.run(alarms.find, NOW + LATE + MINUTE).late_notices == 0


def test_notice_that_is_put_off_again_and_again_is_late_too(book: Book) -> None:
    book.run(outbox.enqueue, [id_of(book.contact("Anna"))], EventNotice.SEAT_OFFERED, "a", NOW)
    for tries in range(LATE_TRIES):
        assert book.run(outbox.count_late, NOW) == 0, tries
        book.run(outbox.try_later, book.all(Notice)[0], "TimedOut: x", NOW)
    assert book.run(outbox.count_late, NOW) == 1


def test_words_of_an_update_that_failed_are_not_kept_for_ever(book: Book) -> None:
    park(book, 7)
    book.run(agenda.tidy, book.pact, NOW + 29 * DAY)
    assert book.run(inbox.count_parked) == 1
    book.run(agenda.tidy, book.pact, NOW + 31 * DAY)
    assert book.run(inbox.count_parked) == 0
