"""Notices: each once, to those who can be reached, the urgent ones first, tried again with growing pauses."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from storage import agenda
from storage.engine import outbox
from storage.engine.outbox import BACK_OFF, MAX_TRIES, Priority
from storage.engine.tables import Notice, Outcome, Person
from storage.joining.tables import JoiningNotice
from tests.support.book import NOW, Book, id_of

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
KIND = JoiningNotice.PARTNER_SIGNED


def enqueue(book: Book, person: Person, key: str = "a", **given: object) -> None:
    book.run(outbox.enqueue, [id_of(person)], KIND, key, NOW, **given)  # type: ignore[arg-type] # passed on


def due(book: Book, after: timedelta = SECOND, limit: int = 10, but: tuple[int, ...] = ()) -> list[str]:
    return [found.notice.key for found in book.run(outbox.due, NOW + after, limit, but)]


def test_notice_with_the_same_key_is_stored_once_for_each_person(book: Book) -> None:
    anna, ben = book.contact("Anna"), book.contact("Ben")
    enqueue(book, anna)
    enqueue(book, anna)
    book.run(outbox.enqueue, [id_of(anna), id_of(ben)], KIND, "a", NOW)
    assert book.told(KIND) == ["Anna", "Ben"]


def test_notice_that_was_sent_is_not_enqueued_again(book: Book) -> None:
    anna = book.contact("Anna")
    enqueue(book, anna)
    book.run(outbox.finish, id_of(book.all(Notice)[0]), Outcome.SENT, NOW)
    enqueue(book, anna)
    assert book.told(KIND) == ["Anna"]
    assert due(book) == []


def test_people_without_telegram_or_unreachable_are_left_out(book: Book) -> None:
    people = (
        book.contact("Anna"),
        book.contact("Without Telegram", telegram_id=None),
        book.contact("Blocked", unreachable_since=NOW),
    )
    book.run(outbox.enqueue, [id_of(person) for person in people], KIND, "a", NOW)
    book.run(outbox.enqueue, select(col(Person.id)), KIND, "b", NOW)
    assert book.told(KIND) == ["Anna", "Anna"]


def test_urgent_notices_go_first_and_none_before_its_time(book: Book) -> None:
    anna = book.contact("Anna")
    enqueue(book, anna, "broadcast", priority=Priority.BROADCAST)
    enqueue(book, anna, "later", due_at=NOW + DAY)
    enqueue(book, anna, "personal, second", due_at=NOW + SECOND)
    enqueue(book, anna, "personal, first")
    assert due(book) == ["personal, first", "personal, second", "broadcast"]
    assert due(book, limit=1) == ["personal, first"]
    assert book.run(outbox.next_due, NOW + SECOND) == NOW + DAY
    on_its_way = next(id_of(row) for row in book.all(Notice) if row.key == "personal, first")
    assert due(book, but=(on_its_way,)) == ["personal, second", "broadcast"]


def test_pauses_grow_until_it_is_given_up(book: Book) -> None:
    enqueue(book, book.contact("Anna"))
    pauses, now = [], NOW
    for _ in range(MAX_TRIES):
        book.run(outbox.try_later, book.all(Notice)[0], "TimedOut: x", now)
        notice = book.all(Notice)[0]
        assert notice.outcome is None
        assert due(book, notice.due_at - NOW - timedelta(microseconds=1)) == []
        assert due(book, notice.due_at - NOW) == ["a"]
        pauses.append(notice.due_at - now)
        now = notice.due_at
    assert pauses[: len(BACK_OFF)] == list(BACK_OFF)
    assert pauses == sorted(pauses)
    assert timedelta(days=1) < now - NOW < timedelta(days=3)
    book.run(outbox.try_later, book.all(Notice)[0], "TimedOut: x", now)
    notice = book.all(Notice)[0]
    assert (notice.outcome, notice.error) == (Outcome.FAILED, "TimedOut: x")
    assert book.run(outbox.count_failed, NOW) == 1
    assert book.run(outbox.count_failed, now + SECOND) == 0


def test_depth_counts_what_is_due_and_unsent(book: Book) -> None:
    anna = book.contact("Anna")
    assert tuple(book.run(outbox.depth, NOW)) == (0, None)
    for key, due_at in (("a", NOW), ("b", NOW + SECOND), ("later", NOW + DAY), ("sent", NOW - DAY)):
        enqueue(book, anna, key, due_at=due_at)
    book.run(outbox.finish, id_of(book.all(Notice, col(Notice.id))[-1]), Outcome.SENT, NOW)
    assert tuple(book.run(outbox.depth, NOW + SECOND)) == (2, NOW)


@pytest.mark.parametrize(("days", "left"), [(89, ["sent", "waiting"]), (91, ["waiting"])])
def test_sent_notices_are_forgotten_after_ninety_days(book: Book, days: int, left: list[str]) -> None:
    anna = book.contact("Anna")
    enqueue(book, anna, "sent")
    book.run(outbox.finish, id_of(book.all(Notice)[0]), Outcome.SENT, NOW)
    enqueue(book, anna, "waiting")
    book.run(agenda.tidy, book.pact, NOW + days * DAY)
    assert [row.key for row in book.all(Notice, col(Notice.key))] == left
