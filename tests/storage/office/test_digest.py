"""The staff's digest: once a day and person, with what is new since their last and what is open."""

from datetime import datetime, time, timedelta

from sqlmodel import col

from domain.ideas.ideas import Topic
from domain.joining.requests import RequestState
from domain.office.digest import Digest, News, Part, Wish
from storage import agenda
from storage.engine import inbox, outbox
from storage.engine.tables import EngineNotice, Notice, Outcome, Person
from storage.events import changing
from storage.events.tables import EventNotice
from storage.ideas import board
from storage.ideas.board import NewIdea
from storage.joining import cases
from storage.office import digest, news, staff
from storage.office.tables import OfficeNotice
from storage.partners import reach
from tests.support.book import NOW, Book, id_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
MONDAY = NOW - 2 * HOUR  # 08:00 in Krefeld


def gather(book: Book, staff: Person, now: datetime = NOW) -> Digest:
    return book.run(digest.gather, staff, now)


def digests(book: Book) -> list[Notice]:
    return [one for one in book.all(Notice, col(Notice.id)) if one.kind == OfficeNotice.DIGEST]


def sends_digests(book: Book, now: datetime) -> list[Notice]:
    book.run(digest.enqueue, book.pact, now)
    return [one for one in digests(book) if one.created_at == now]


def arrives(book: Book, notice: Notice, at: datetime) -> None:
    book.run(outbox.finish, id_of(notice), Outcome.SENT, at)


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
    book.acts(changing.cancel, office, id_of(gone), "Sturm")
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
    book.acts(changing.cancel, office, id_of(event), "Sturm")
    assert gather(book, office, event.ends_at + HOUR).ended == ()


def test_digest_shows_what_is_new_since_the_last_one_and_all_that_waits(book: Book) -> None:
    office = book.staff(created_at=NOW - DAY)
    old = book.asks_to_join(book.person("Anna"), "A GmbH")
    book.at(NOW - MINUTE).acts(board.hand_in, book.contact("Ben"), NewIdea(Topic.OTHER, "alt"))
    book.run(digest.enqueue, book.pact, NOW)
    arrives(book, digests(book)[-1], NOW + MINUTE)
    later = NOW + HOUR
    new = book.asks_to_join(book.person("Cem"), "C GmbH")
    new.received_at = later
    book.add(new)
    book.at(later).acts(board.hand_in, book.contact("Dora"), NewIdea(Topic.PROJECT, "neu " * 100))
    found = gather(book, office, NOW + DAY)
    assert found.since == NOW
    assert (found.news[News.REQUEST], found.news[News.IDEA]) == (1, 1)
    assert [(one.id, one.name, one.is_new) for one in found.waiting.shown] == [
        (old.id, "A GmbH", False),
        (new.id, "C GmbH", True),
    ]
    assert not found.new_requests  # each stands once
    assert found.idea_count == 1
    assert [len(text) <= digest.SHORT for _, text in found.ideas] == [True]
    book.declines(office, old)
    assert [one.name for one in gather(book, office, NOW + DAY).waiting.shown] == ["C GmbH"]
    assert old.state is RequestState.RECEIVED


def test_digest_of_the_day_covers_the_time_since_the_one_before(book: Book) -> None:
    """While today's is being sent it is not taken for the last one."""
    office = book.staff(created_at=NOW - DAY)
    for day in (0, 1):
        book.run(digest.enqueue, book.pact, NOW + day * DAY)
    yesterday, today = digests(book)
    for notice in (yesterday, today):
        book.run(outbox.finish, id_of(notice), Outcome.SENT, notice.created_at)
    found = book.run(lambda session: digest.gather(session, office, NOW + DAY, before=today))
    assert found.since == NOW
    long_ago = book.run(digest.gather, office, NOW + 30 * DAY)
    assert long_ago.since == NOW + DAY  # nothing is missed, however long somebody was away


def test_digest_shows_trouble(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    book.run(reach.mark_unreachable, id_of(anna), NOW)
    book.run(reach.mark_unreachable, id_of(book.person("Stranger")), NOW)
    book.run(inbox.store, inbox.read([{"update_id": 7}], NOW))
    book.run(inbox.note_failure, 7, "KeyError: x", park=True)
    book.run(outbox.enqueue, [id_of(office)], EventNotice.SEAT_OFFERED, "a", NOW)
    book.run(outbox.finish, id_of(book.all(Notice)[0]), Outcome.FAILED, NOW)
    found = gather(book, office)
    assert [(one.name, one.is_new) for one in found.silent.shown] == [("Anna GmbH", True)]
    assert not found.unreachable  # she stands with her organisation
    assert (found.parked_updates, found.failed_notices) == (1, 1)
    assert not found.is_quiet


def test_digest_of_an_empty_pact_is_quiet(book: Book) -> None:
    assert gather(book, book.staff()).is_quiet


def test_first_digest_covers_the_week_so_that_a_weekend_hides_nothing(book: Book) -> None:
    staff = book.staff()
    assert book.run(digest.gather, staff, NOW).since == NOW - 7 * DAY


def test_nothing_is_missed_and_nothing_stands_in_two_digests_however_late_one_is_sent(book: Book) -> None:
    """Ideas before, while and after a digest is made and sent; one asked for between changes nothing."""
    office, eve = book.staff(created_at=NOW - 30 * DAY), book.contact("Eve")
    friday = MONDAY - 3 * DAY
    moments = [friday - HOUR, friday + MINUTE, friday + 2 * HOUR, MONDAY - HOUR, MONDAY + MINUTE]
    for number, at in enumerate(moments):
        book.at(at).acts(board.hand_in, eve, NewIdea(Topic.OTHER, f"Idee {number}"))
    (first,) = sends_digests(book, friday)
    arrives(book, first, friday + HOUR)  # Telegram was away meanwhile
    (second,) = sends_digests(book, MONDAY)
    seen = []
    for notice in (first, second):
        gather(book, office, MONDAY + 5 * DAY)
        span = book.run(digest.span, office, MONDAY + 5 * DAY, notice)
        seen.append([item.name for item in book.run(news.page, *span, 0, 10)])
    assert seen == [["Idee 0"], ["Idee 1", "Idee 2", "Idee 3"]]
    assert book.run(lambda session: digest.gather(session, office, NOW, before=second)).idea_count == 3


def test_somebody_chooses_when_and_what(book: Book) -> None:
    olga, _otto = (book.staff(name, created_at=MONDAY - DAY) for name in ("Olga", "Otto"))
    wish = Wish(at=time(7, 30), days=frozenset((1,)), without=frozenset((Part.IDEAS, Part.CHART)))
    book.acts(staff.set_wish, olga, wish)
    book.run(digest.enqueue, book.pact, MONDAY)
    assert book.told(OfficeNotice.DIGEST) == ["Otto"]
    assert book.run(digest.next_due, book.pact, MONDAY) == MONDAY + DAY - 30 * MINUTE
    book.run(digest.enqueue, book.pact, MONDAY + DAY - 30 * MINUTE)
    assert book.told(OfficeNotice.DIGEST) == ["Otto", "Olga"]
    assert book.told(OfficeNotice.CHART) == ["Otto"]
    book.acts(board.hand_in, book.contact("Eve"), NewIdea(Topic.OTHER, "neu"))
    assert gather(book, olga, NOW + HOUR).is_quiet


def test_case_without_a_next_step_is_heard_of_after_two_weeks(book: Book) -> None:
    office = book.staff()
    request = book.asks_to_join(book.person("Anna"), "A GmbH")
    book.acts(cases.step, office, id_of(request), RequestState.AGREEMENT_SENT)
    assert gather(book, office, NOW + 13 * DAY).is_quiet
    assert [one.name for one in gather(book, office, NOW + 15 * DAY).overdue.shown] == ["A GmbH"]
    book.at(NOW + DAY).acts(cases.set_due, office, id_of(request), None)
    found = gather(book, office, NOW + 15 * DAY)
    assert ([one.name for one in found.stalled.shown], found.overdue.total) == (["A GmbH"], 0)


def test_movement_of_answers_and_whom_nobody_reaches_stand_with_the_event(book: Book) -> None:
    office, event = book.staff(created_at=NOW - DAY), book.event()
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.contact("Gone", telegram_id=None)
    book.answers(anna, event, 2)
    book.run(digest.enqueue, book.pact, NOW)
    arrives(book, digests(book)[-1], NOW)
    book.answers(ben, event, 0, NOW + HOUR)
    (count,) = gather(book, office, NOW + DAY).events
    assert (count.yes, count.no, count.new_yes, count.new_no) == (2, 1, 0, 1)
    assert count.unreached == 1
    assert count.unanswered == 1


def test_clock_that_jumps_or_a_weekend_asleep_raises_no_alarm(book: Book) -> None:
    book.staff("Olga", created_at=NOW - 9 * DAY)
    anna = book.contact("Anna")
    book.run(outbox.enqueue, [id_of(anna)], EventNotice.SEAT_OFFERED, "a", NOW - 3 * DAY)
    book.run(agenda.work_off, book.pact, NOW, NOW)  # awake again this very moment
    assert book.told(EngineNotice.ALARM) == []
    book.run(agenda.work_off, book.pact, NOW + outbox.LATE, NOW)
    assert book.told(EngineNotice.ALARM) == ["Olga"]
