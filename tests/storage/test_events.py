"""Answers to events in the database: seats, the waiting list, and who is told what."""

import asyncio
import contextlib
import random
from datetime import timedelta

import pytest
from sqlmodel import Session, col

from domain import refusals
from domain.events import EventState, Status
from storage import events
from storage.events import NewEvent
from storage.tables import Event, NoticeKind, Person, Reminder, Rsvp
from tests.support.book import NOW, Book, id_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
YES, NO, WAITING = Status.YES, Status.NO, Status.WAITING


async def test_five_hundred_at_once_fill_a_hundred_seats_and_the_rest_wait_in_order(book: Book) -> None:
    event = book.event(capacity=100)
    host = book.organisation("A GmbH")

    def invite(session: Session) -> list[Person]:
        people = [
            Person(name=f"{n}", telegram_id=n, language="de", organisation_id=host.id, created_at=NOW)
            for n in range(1, 501)
        ]
        session.add_all(people)
        session.flush()
        return people

    people = book.run(invite)
    taps = [
        book.database.run(events.respond, person, id_of(event), 1, NOW + timedelta(microseconds=n))
        for n, person in enumerate(people)
    ]
    twice = [book.database.run(events.respond, person, id_of(event), 1, NOW + DAY) for person in people[:50]]
    await asyncio.gather(*taps, *twice)
    rows = book.all(Rsvp, col(Rsvp.asked_at), col(Rsvp.person_id))
    assert [row.person_id for row in rows] == [person.id for person in people]
    assert sum(row.status is YES for row in rows) == 100
    waiting = [row for row in rows if row.status is WAITING]
    cards = {person.id: book.sees(person, event) for person in (people[0], people[-1])}
    assert len(waiting) == 400
    assert cards[people[-1].id].position == 400
    assert (cards[people[0].id].event.taken, cards[people[0].id].free) == (100, 0)
    if book.database.is_sqlite:  # one writer: whoever tapped first is in
        assert [row.status for row in rows] == [YES] * 100 + [WAITING] * 400


def test_first_whose_party_fits_moves_up_and_is_told(book: Book) -> None:
    event = book.event(capacity=3)
    anna, ben, cem, dora = (book.contact(name) for name in ("Anna", "Ben", "Cem", "Dora"))
    book.answers(anna, event, 2)
    book.answers(ben, event, 1)
    book.answers(cem, event, 2, NOW + MINUTE)
    waits = book.answers(dora, event, 1, NOW + 2 * MINUTE)
    assert (waits.status, waits.position, waits.event.waiting) == (WAITING, 2, 3)
    book.answers(ben, event, 0, NOW + 3 * MINUTE)
    assert book.told(NoticeKind.MOVED_UP) == ["Dora"]
    assert [book.sees(person, event).status for person in (anna, ben, cem, dora)] == [YES, NO, WAITING, YES]
    book.answers(anna, event, 0, NOW + 4 * MINUTE)
    assert book.told(NoticeKind.MOVED_UP) == ["Dora", "Cem"]


def test_fewer_colleagues_make_room_too(book: Book) -> None:
    event = book.event(capacity=3)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 3)
    book.answers(ben, event, 2)
    assert book.answers(anna, event, 2).status is YES
    assert book.told(NoticeKind.MOVED_UP) == []
    assert book.answers(anna, event, 1).event.taken == 3
    assert book.told(NoticeKind.MOVED_UP) == ["Ben"]


def test_who_moves_up_a_second_time_is_told_again(book: Book) -> None:
    event = book.event(capacity=1)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    for round_ in range(2):
        start = NOW + round_ * HOUR
        book.answers(anna, event, 1, start)
        book.answers(ben, event, 1, start + MINUTE)
        book.answers(anna, event, 0, start + 2 * MINUTE)
        book.answers(ben, event, 0, start + 3 * MINUTE)
    assert book.told(NoticeKind.MOVED_UP) == ["Ben", "Ben"]


def test_seats_are_counted_right_through_hundreds_of_changing_answers(book: Book) -> None:
    """After each: no seat given twice, nobody left waiting who fits, the counters as the answers say."""
    event, dice = book.event(capacity=10), random.Random(1)  # the same changes each time
    people = [book.contact(f"{number}") for number in range(8)]
    for minute in range(200):
        person, wish = dice.choice(people), dice.choice((0, 0, 1, 2, 3, 5))
        with contextlib.suppress(refusals.NotEnoughSeats):
            book.answers(person, event, wish, NOW + minute * MINUTE)
        rows = book.all(Rsvp)
        taken = sum(row.party for row in rows if row.status is YES)
        waiting = [row.party for row in rows if row.status is WAITING]
        counted = book.all(Event)[0]
        assert (counted.taken, counted.waiting) == (taken, sum(waiting))
        assert taken <= 10
        assert all(party > 10 - taken for party in waiting)


def test_yes_becomes_no_on_a_full_event(book: Book) -> None:
    event = book.event(capacity=1)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    assert book.answers(anna, event, 0).status is NO
    assert book.answers(ben, event, 1).status is YES


def test_asking_again_keeps_the_place_in_line_and_a_no_gives_it_up(book: Book) -> None:
    event = book.event(capacity=1)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.answers(anna, event, 1)
    book.answers(ben, event, 1, NOW + MINUTE)
    book.answers(cem, event, 1, NOW + 2 * MINUTE)
    assert book.answers(ben, event, 2, NOW + 3 * MINUTE).position == 1
    book.answers(ben, event, 0, NOW + 4 * MINUTE)
    assert book.answers(ben, event, 1, NOW + 5 * MINUTE).position == 2


def test_seats_of_an_organisation_count_all_its_people_also_those_who_wait(book: Book) -> None:
    event = book.event(capacity=1, seats_per_company=2)
    anna, ben, cem = (book.person(name, organisation="A GmbH") for name in ("Anna", "Ben", "Cem"))
    book.answers(anna, event, 1)
    assert book.answers(ben, event, 1).status is WAITING
    with pytest.raises(refusals.TooManyForOrganisation) as caught:
        book.answers(cem, event, 1)
    assert caught.value.allowed == 0
    assert len(book.all(Rsvp)) == 2
    assert book.answers(book.contact("Dora"), event, 2).status is WAITING


def test_who_declined_takes_no_seat_of_the_organisation(book: Book) -> None:
    event = book.event(seats_per_company=1)
    anna, ben = (book.person(name, organisation="A GmbH") for name in ("Anna", "Ben"))
    book.answers(anna, event, 1)
    book.answers(anna, event, 0)
    assert book.answers(ben, event, 1).status is YES


def test_only_contacts_of_partners_answer(book: Book) -> None:
    event = book.event()
    for outsider in (book.person("Stranger"), book.staff()):
        with pytest.raises(refusals.OnlyForPartners):
            book.answers(outsider, event, 1)
    with pytest.raises(refusals.EventIsGone):
        book.run(events.respond, book.contact("Anna"), 999, 1, NOW)


def test_publishing_tells_every_contact_once_and_nobody_else(book: Book) -> None:
    office = book.staff()
    book.contact("Anna")
    book.person("Ben", organisation="A GmbH")
    book.person("Stranger")
    book.contact("Without Telegram", telegram_id=None)
    book.contact("Unreachable", unreachable_since=NOW)
    new = NewEvent("Rundgang", NOW + DAY, NOW + DAY + HOUR)
    event = book.run(events.publish, office, new, book.pact, NOW)
    assert book.told(NoticeKind.EVENT_PUBLISHED) == ["Anna", "Ben"]
    assert event.created_by_id == office.id


def test_only_staff_publish_move_and_cancel(book: Book) -> None:
    anna, event = book.contact("Anna"), book.event()
    new = NewEvent("Rundgang", NOW + DAY, NOW + DAY + HOUR)
    with pytest.raises(refusals.OnlyForStaff):
        book.run(events.publish, anna, new, book.pact, NOW)
    with pytest.raises(refusals.OnlyForStaff):
        book.run(events.move, anna, id_of(event), NOW + DAY, book.pact, NOW)
    with pytest.raises(refusals.OnlyForStaff):
        book.run(events.cancel, anna, id_of(event), "darum", NOW)
    assert [(e.state, e.starts_at) for e in book.all(Event)] == [(event.state, event.starts_at)]


def test_who_comes_and_who_waits_is_told_that_the_event_moved_or_is_cancelled(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1, answer_by=NOW + 20 * DAY)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.contact("Silent")
    book.answers(anna, event, 1)
    book.answers(ben, event, 1)
    book.answers(cem, event, 0)
    moved = book.run(events.move, office, id_of(event), event.starts_at + DAY, book.pact, NOW)
    assert sorted(book.told(NoticeKind.EVENT_MOVED)) == ["Anna", "Ben"]
    assert moved.ends_at - moved.starts_at == event.ends_at - event.starts_at
    assert moved.answer_by == NOW + 21 * DAY
    book.run(events.move, office, id_of(event), event.starts_at + 2 * DAY, book.pact, NOW + HOUR)
    assert len(book.told(NoticeKind.EVENT_MOVED)) == 4
    book.run(events.cancel, office, id_of(event), "Sturm", NOW + 2 * HOUR)
    assert sorted(book.told(NoticeKind.EVENT_CANCELLED)) == ["Anna", "Ben"]


def test_cancelled_or_begun_event_is_neither_answered_nor_moved_nor_cancelled_again(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    cancelled, begun = book.event(), book.event(NOW + HOUR)
    book.run(events.cancel, office, id_of(cancelled), "Sturm", NOW)
    for event, refusal, now in (
        (cancelled, refusals.EventIsCancelled, NOW),
        (begun, refusals.EventHasStarted, NOW + HOUR),
    ):
        with pytest.raises(refusal):
            book.answers(anna, event, 1, now)
        with pytest.raises(refusal):
            book.run(events.move, office, id_of(event), NOW + 9 * DAY, book.pact, now)
        with pytest.raises(refusal):
            book.run(events.cancel, office, id_of(event), "nochmal", now)
    assert book.all(Rsvp) == []


def test_event_cannot_move_into_the_past_and_then_nothing_is_changed(book: Book) -> None:
    office, event = book.staff(), book.event()
    planned = book.all(Reminder)
    with pytest.raises(refusals.EventDoesNotFit):
        book.run(events.move, office, id_of(event), NOW - HOUR, book.pact, NOW)
    assert book.all(Event)[0].starts_at == event.starts_at
    assert len(book.all(Reminder)) == len(planned) > 0


def test_coming_events_are_paged_soonest_first_without_those_that_ended_or_are_cancelled(book: Book) -> None:
    anna = book.contact("Anna")
    for days in range(8, 0, -1):
        book.event(NOW + days * DAY)
    book.add(Event(title="Alt", starts_at=NOW - DAY, ends_at=NOW - HOUR, created_at=NOW - DAY))
    running = book.add(Event(title="Jetzt", starts_at=NOW - HOUR, ends_at=NOW + HOUR, created_at=NOW - DAY))
    off = Event(title="Aus", starts_at=NOW + DAY, ends_at=NOW + 2 * DAY, created_at=NOW)
    off.state = EventState.CANCELLED
    book.add(off)
    first, last = (book.run(events.coming, anna, NOW, number) for number in (0, 99))
    assert (first.pages, first.number, len(first.cards), last.number, len(last.cards)) == (2, 0, 6, 1, 3)
    assert [card.event.starts_at for card in (*first.cards, *last.cards)] == [
        running.starts_at,
        *(NOW + days * DAY for days in range(1, 9)),
    ]
    assert book.run(events.coming, anna, NOW, -5).number == 0
