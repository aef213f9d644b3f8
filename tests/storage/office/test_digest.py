"""The staff's digest: once a day and person, with what is new since their last and what is open."""

from datetime import datetime, timedelta

from sqlmodel import col

from domain.ideas.ideas import Topic
from domain.joining.requests import RequestState
from domain.office.digest import Digest
from storage import agenda
from storage.engine import inbox, outbox
from storage.engine.tables import Notice, Outcome, Person
from storage.events import planning
from storage.events.tables import EventNotice
from storage.ideas import board
from storage.ideas.board import NewIdea
from storage.office import digest
from storage.office.tables import OfficeNotice
from storage.partners import reach
from tests.support.book import NOW, Book, id_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MONDAY = NOW - 2 * HOUR  # 08:00 in Krefeld


def gather(book: Book, staff: Person, now: datetime = NOW) -> Digest:
    return book.run(digest.gather, staff, now)


def test_digest_is_enqueued_once_a_day_and_person_also_when_it_was_missed(book: Book) -> None:
    book.staff("Olga", created_at=MONDAY - DAY)
    book.contact("Partner")
    for now in (MONDAY - MINUTE, MONDAY, MONDAY + MINUTE, MONDAY + 8 * HOUR):
        book.run(agenda.work_off, book.pact, now)
    assert book.told(OfficeNotice.DIGEST) == ["Olga"]
    book.staff("Otto", created_at=MONDAY + 8 * HOUR)
    book.run(agenda.work_off, book.pact, MONDAY + 9 * HOUR)
    assert book.told(OfficeNotice.DIGEST) == ["Olga"]  # Otto was not there yet at eight
    book.run(agenda.work_off, book.pact, MONDAY + DAY + 3 * HOUR)  # down at 08:00, back at 11:00
    assert book.told(OfficeNotice.DIGEST) == ["Olga", "Olga", "Otto"]
    book.run(agenda.work_off, book.pact, MONDAY + 5 * DAY)  # Saturday
    assert len(book.told(OfficeNotice.DIGEST)) == 3


def test_digest_counts_answers_people_and_silent_organisations(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=3)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.contact("Silent")
    book.person("Colleague", organisation="Silent GmbH")
    book.answers(anna, event, 2)
    book.answers(ben, event, 2)
    book.answers(cem, event, 0)
    unanswered, gone = book.event(NOW + 40 * DAY), book.event(NOW + 5 * DAY)
    book.run(planning.cancel, office, id_of(gone), "Sturm", NOW)
    counts = gather(book, office).events
    assert [(c.event_id, c.yes, c.no, c.waiting, c.unanswered, c.capacity) for c in counts] == [
        (event.id, 2, 1, 2, 1, 3),
        (unanswered.id, 0, 0, 0, 4, None),
    ]


def test_digest_counts_only_invited_organisations_as_silent(book: Book) -> None:
    office = book.staff()
    anna, ben, _ = (book.contact(name) for name in ("Anna", "Ben", "Not invited"))
    book.person("Ben's colleague", organisation="Ben GmbH")
    event = book.event_for(anna, ben)
    book.answers(anna, event, 1)
    assert [count.unanswered for count in gather(book, office).events] == [1]


def test_digest_names_events_that_have_ended_since_the_last_one(book: Book) -> None:
    office, event = book.staff(), book.event(NOW + DAY)
    assert gather(book, office, event.starts_at).ended == ()
    assert gather(book, office, event.ends_at + HOUR).ended == ((event.id, "Rundgang"),)
    book.run(planning.cancel, office, id_of(event), "Sturm", NOW)
    assert gather(book, office, event.ends_at + HOUR).ended == ()


def test_digest_shows_what_is_new_since_the_last_one_and_all_that_waits(book: Book) -> None:
    office = book.staff(created_at=NOW - DAY)
    old = book.asks_to_join(book.person("Anna"), "A GmbH")
    book.run(board.hand_in, book.contact("Ben"), NewIdea(Topic.OTHER, "alt"), book.pact, NOW)
    book.run(digest.enqueue, book.pact, NOW)
    book.run(outbox.finish, id_of(book.all(Notice, col(Notice.id))[-1]), Outcome.SENT, NOW + MINUTE)
    later = NOW + HOUR
    new = book.asks_to_join(book.person("Cem"), "C GmbH")
    new.received_at = later
    book.add(new)
    book.run(board.hand_in, book.contact("Dora"), NewIdea(Topic.PROJECT, "neu " * 100), book.pact, later)
    found = gather(book, office, NOW + DAY)
    assert found.since == NOW + MINUTE
    assert found.new_requests == ((new.id, "C GmbH"),)
    assert [(number, name) for number, name, _ in found.waiting_requests] == [
        (old.id, "A GmbH"),
        (new.id, "C GmbH"),
    ]
    assert found.idea_count == 1
    assert [len(text) <= digest.SHORT for _, text in found.ideas] == [True]
    book.declines(office, old)
    assert [name for _, name, _ in gather(book, office, NOW + DAY).waiting_requests] == ["C GmbH"]
    assert old.state is RequestState.RECEIVED


def test_digest_of_the_day_covers_the_time_since_the_one_before(book: Book) -> None:
    """While today's is being sent it is not taken for the last one."""
    office = book.staff(created_at=NOW - DAY)
    for day in (0, 1):
        book.run(digest.enqueue, book.pact, NOW + day * DAY)
    yesterday, today = book.all(Notice, col(Notice.id))
    for notice in (yesterday, today):
        book.run(outbox.finish, id_of(notice), Outcome.SENT, notice.created_at)
    found = book.run(lambda session: digest.gather(session, office, NOW + DAY, before=today))
    assert found.since == NOW
    long_ago = book.run(digest.gather, office, NOW + 30 * DAY)
    assert long_ago.since == NOW + 23 * DAY


def test_digest_shows_trouble(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    book.run(reach.mark_unreachable, id_of(anna), NOW)
    book.run(reach.mark_unreachable, id_of(book.person("Stranger")), NOW)
    book.run(inbox.store, inbox.read([{"update_id": 7}], NOW))
    book.run(inbox.note_failure, 7, "KeyError: x", park=True)
    book.run(outbox.enqueue, [id_of(office)], EventNotice.SEAT_OFFERED, "a", NOW)
    book.run(outbox.finish, id_of(book.all(Notice)[0]), Outcome.FAILED, NOW)
    found = gather(book, office)
    assert found.unreachable == (("Anna", "Anna GmbH"),)
    assert (found.parked_updates, found.failed_notices) == (1, 1)
    assert not found.is_quiet


def test_digest_of_an_empty_pact_is_quiet(book: Book) -> None:
    assert gather(book, book.staff()).is_quiet


def test_first_digest_covers_the_week_so_that_a_weekend_hides_nothing(book: Book) -> None:
    staff = book.staff()
    assert book.run(digest.gather, staff, NOW).since == NOW - 7 * DAY
