"""At the door: who is let in when, by whom, and how that is taken back."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col

from domain.basics import refusals
from domain.basics.refusals import Refusal
from domain.events.event import DOOR_OPENS, Status
from domain.events.refusals import (
    DoorCodeIsUnknown,
    DoorIsClosed,
    EventIsOver,
    HouseIsFull,
    NoSeatInYourName,
    SeatIsGone,
)
from storage.engine.tables import Person
from storage.events import answers_by_office, door
from storage.events.door import Arrival
from storage.events.tables import Event, Rsvp, Seat
from tests.support.book import NOW, Book, id_of, turn_of

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
START = NOW + 30 * DAY
OPEN = START - DOOR_OPENS


class Door:
    """An event, somebody of the office at its door, and what happens there."""

    def __init__(self, book: Book) -> None:
        self.book, self.office, self.anna = book, book.staff(), book.contact("Anna")
        self.event = book.event(START, capacity=3)
        self.event_id = id_of(self.event)
        self.code = book.acts(door.door_code, self.office, self.event_id).door_code or ""

    def checks_in(self, number: int = 0, now: datetime = START, **how: bool) -> Arrival:
        return self.book.at(now).acts(
            door.check_in, self.office, self.event_id, id_of(self.anna), number, **how
        )

    def checks_in_party(self, by: Person, now: datetime = START) -> Arrival:
        return self.book.at(now).acts(door.check_in_party, by, self.event_id, id_of(self.anna))

    def scans(self, person: Person, now: datetime = START, code: str = "") -> Arrival | Event:
        return self.book.at(now).acts(door.arrive_oneself, person, self.event_id, code or self.code)

    def comes_in(self, person: Person, now: datetime = START) -> Arrival:
        return self.book.at(now).acts(door.come_in, person, self.event_id, self.code)

    def walks_in(self, person: Person, now: datetime = START) -> Arrival:
        return self.book.at(now).acts(door.walk_in, self.office, self.event_id, id_of(person))

    def undoes(self, person: Person, number: int = 0) -> None:
        self.book.at(START).acts(door.undo, self.office, self.event_id, id_of(person), number)

    @property
    def there(self) -> list[int]:
        """Who has arrived, as numbers within Anna's party."""
        seats = self.book.all(Seat, col(Seat.number))
        return [seat.number for seat in seats if seat.arrived_at and seat.person_id == self.anna.id]


@pytest.fixture
def at(book: Book) -> Door:
    return Door(book)


def test_check_in_before_the_door_opens_is_noted_only_knowingly(at: Door) -> None:
    at.book.answers(at.anna, at.event, 2)
    assert at.checks_in(now=OPEN - MINUTE).is_another_day
    assert at.there == []
    assert not at.checks_in(now=OPEN).is_another_day
    assert not at.checks_in(1, now=OPEN - MINUTE, anyway=True).is_another_day
    assert at.there == [0, 1]


def test_code_scanned_after_the_end_is_noted_only_knowingly(at: Door) -> None:
    at.book.answers(at.anna, at.event, 2)
    late = at.event.ends_at + MINUTE
    assert at.checks_in(now=late, is_scanned=True).is_another_day
    assert at.there == []
    at.checks_in(now=late, is_scanned=True, anyway=True)
    at.checks_in(1, now=late)
    assert at.there == [0, 1]


def test_second_check_in_says_since_when_and_changes_nothing(at: Door) -> None:
    at.book.answers(at.anna, at.event, 3)
    first = at.checks_in()
    assert (first.since, first.there, first.missing) == (None, 1, 2)
    again = at.checks_in(now=START + MINUTE)
    assert (again.since, again.there) == (START, 1)
    assert at.book.all(Seat)[0].arrived_at == START


def test_office_checks_in_a_party_at_one_go(at: Door) -> None:
    at.book.answers(at.anna, at.event, 3)
    at.checks_in(1)
    arrival = at.checks_in_party(at.office, START + MINUTE)
    assert (arrival.there, arrival.missing) == (3, 0)
    assert [seat.arrived_at for seat in at.book.all(Seat, col(Seat.number))] == [
        START + MINUTE,
        START,
        START + MINUTE,
    ]


def test_whoever_answered_checks_in_their_party_once_they_are_there_themselves(at: Door) -> None:
    ben = at.book.contact("Ben")
    at.book.answers(at.anna, at.event, 2)
    with pytest.raises(refusals.OnlyForStaff):
        at.checks_in_party(at.anna)
    at.scans(at.anna)
    for person, now in ((ben, START), (at.anna, at.event.ends_at + MINUTE)):
        with pytest.raises(refusals.OnlyForStaff):
            at.checks_in_party(person, now)
    assert at.there == [0]
    at.checks_in_party(at.anna)
    assert at.there == [0, 1]


@pytest.mark.parametrize(
    ("code", "now", "refused"),
    [
        ("made up", START, DoorCodeIsUnknown),
        ("", OPEN - MINUTE, DoorIsClosed),
        ("", START + DAY, EventIsOver),
    ],
)
def test_code_at_the_door_counts_there_and_then_alone(
    at: Door, code: str, now: datetime, refused: type[Refusal]
) -> None:
    at.book.answers(at.anna, at.event, 1)
    with pytest.raises(refused):
        at.scans(at.anna, now, code)
    assert at.there == []
    at.scans(at.anna, OPEN)
    assert at.there == [0]


def test_code_at_the_door_stays_the_same_and_is_the_offices(at: Door) -> None:
    assert at.code
    assert at.book.acts(door.door_code, at.office, at.event_id).door_code == at.code
    with pytest.raises(refusals.OnlyForStaff):
        at.book.acts(door.door_code, at.anna, at.event_id)


def test_partner_without_a_seat_comes_in_while_there_are_any(at: Door) -> None:
    ben = at.book.contact("Ben")
    assert isinstance(at.scans(at.anna), Event)  # may still ask to be let in
    assert at.there == []
    at.comes_in(at.anna)
    assert at.there == [0]
    at.book.answers(at.book.contact("Cem"), at.event, 2)
    with pytest.raises(HouseIsFull):
        at.comes_in(ben)
    assert ben.id not in {row.person_id for row in at.book.all(Rsvp)}  # nor on the waiting list


def test_who_is_not_invited_does_not_come_in(at: Door) -> None:
    guest = at.book.person("Gast")
    for act in (at.scans, at.comes_in):
        with pytest.raises(NoSeatInYourName):
            act(guest)
    assert at.book.all(Rsvp) == []


def test_walk_in_with_a_seat_keeps_their_party(at: Door) -> None:
    at.book.answers(at.anna, at.event, 2)
    at.walks_in(at.anna)
    assert at.there == [0]
    assert [(row.party, row.entered_by_id) for row in at.book.all(Rsvp)] == [(2, None)]


def test_undone_walk_in_is_off_the_list_and_an_undone_arrival_keeps_its_seat(at: Door) -> None:
    guest = at.book.acts(answers_by_office.add_guest, at.office, "Gast")
    at.book.answers(at.anna, at.event, 2)
    at.checks_in_party(at.office)
    at.walks_in(guest)
    assert at.book.all(Event)[0].taken == 3
    at.undoes(guest)
    at.undoes(at.anna, 1)
    at.undoes(at.anna, 9)  # nobody's
    assert at.there == [0]
    assert [(row.person_id, row.status, row.party) for row in at.book.all(Rsvp)] == [
        (at.anna.id, Status.YES, 2)
    ]
    assert at.book.all(Event)[0].taken == 2


def test_whose_seat_is_gone_is_not_checked_in(at: Door) -> None:
    at.book.answers(at.anna, at.event, 1)
    at.book.answers(at.anna, at.event, 0)
    with pytest.raises(SeatIsGone):
        at.checks_in()
    with pytest.raises(SeatIsGone):
        at.checks_in_party(at.office)


def test_who_waits_is_not_checked_in_nor_is_a_head_that_no_answer_names(at: Door) -> None:
    at.book.answers(at.book.contact("Ben"), at.event, 2)
    at.book.answers(at.anna, at.event, 2)
    with pytest.raises(SeatIsGone):
        at.checks_in()
    at.book.answers(at.anna, at.event, 1)
    for number in (1, -1):
        with pytest.raises(SeatIsGone):
            at.checks_in(number)
    assert at.there == []


def test_only_the_office_lets_in_and_takes_back(at: Door) -> None:
    own = (at.event_id, id_of(at.anna))

    def walk_in(session: Session) -> None:
        door.walk_in(turn_of(session, at.anna), *own)

    def undo(session: Session) -> None:
        door.undo(turn_of(session, at.anna), *own, 0)

    def check_in(session: Session) -> None:
        door.check_in(turn_of(session, at.anna), *own, 0)

    for act in (walk_in, undo, check_in):
        with pytest.raises(refusals.OnlyForStaff):
            at.book.run(act)
