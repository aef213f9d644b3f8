"""Who sits on which seat: the list of guests, arrivals at the door, counts for the host."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select, update

from domain import events as rules
from domain import refusals
from domain.events import Status
from domain.pact import Pact
from storage import answers
from storage.people import check_staff
from storage.seating import get_event
from storage.tables import Event, EventHost, Organisation, Person, Rsvp, Seat

KEPT = timedelta(days=90)  # after the event, for the recap and for questions about it


@dataclass(frozen=True)
class Guest:
    """One head of a party. `number` 0 is the person who answered; others may have no name yet."""

    person_id: int
    number: int
    name: str
    answered_by: str
    organisation: str
    party: int
    replies: dict[str, str]
    entered_by: str
    arrived_at: datetime | None


@dataclass(frozen=True)
class Counts:
    """What a host needs to know, without names. `replies` counts people for food, parties for the rest."""

    event: Event
    people: int
    organisations: int
    waiting: int
    arrived: int
    replies: dict[str, dict[str, int]]


def guests(session: Session, event_id: int) -> list[Guest]:
    """Everybody with a seat, by organisation and name."""
    entered_by = select(Person.id, Person.name).subquery()
    rows = session.exec(
        select(Rsvp, Person.name, func.coalesce(Organisation.name, ""), func.coalesce(entered_by.c.name, ""))
        .join(Person, col(Person.id) == col(Rsvp.person_id))
        .join(Organisation, col(Organisation.id) == col(Rsvp.organisation_id), isouter=True)
        .join(entered_by, entered_by.c.id == col(Rsvp.entered_by_id), isouter=True)
        .where(Rsvp.event_id == event_id, Rsvp.status == Status.YES)
    ).all()
    known = {
        (seat.person_id, seat.number): seat
        for seat in session.exec(select(Seat).where(Seat.event_id == event_id))
    }
    found = []
    for rsvp, name, organisation, by in rows:
        for number in range(rsvp.party):
            seat = known.get((rsvp.person_id, number))
            own = name if number == 0 else seat.name if seat else ""
            arrived_at = seat.arrived_at if seat else None
            found.append(
                Guest(
                    *(rsvp.person_id, number, own, name, organisation, rsvp.party, rsvp.replies, by),
                    arrived_at,
                )
            )
    return sorted(found, key=lambda guest: (guest.organisation.casefold(), guest.answered_by, guest.number))


def for_staff(session: Session, staff: Person, event_id: int) -> tuple[Event, list[Guest]]:
    check_staff(staff)
    return get_event(session, event_id), guests(session, event_id)


def count(event: Event, found: Sequence[Guest]) -> Counts:
    replies: dict[str, dict[str, int]] = {}
    for guest in found:
        for ask, value in guest.replies.items():
            if ask in event.questions and (ask == rules.Ask.FOOD or guest.number == 0):
                counted = replies.setdefault(ask, {})
                counted[value] = counted.get(value, 0) + 1
    return Counts(
        event,
        people=len(found),
        organisations=len({guest.organisation for guest in found if guest.organisation}),
        waiting=event.waiting + event.held,
        arrived=sum(guest.arrived_at is not None for guest in found),
        replies=replies,
    )


def for_host(session: Session, person: Person, event_id: int) -> Counts:
    """For a contact of the host, and for staff."""
    event = get_event(session, event_id)
    is_host = (
        person.organisation_id is not None
        and session.get(EventHost, (event_id, person.organisation_id)) is not None
    )
    if not (is_host or person.is_staff):
        raise refusals.OnlyForStaff
    return count(event, guests(session, event_id))


def find(session: Session, staff: Person, event_id: int, words: str) -> tuple[Event, list[Guest]]:
    """Guests in whose name or organisation all the words begin a word, or stand."""
    event, found = for_staff(session, staff, event_id)
    wanted = words.casefold().split()
    return event, [
        guest
        for guest in found
        if all(word in f"{guest.name} {guest.answered_by} {guest.organisation}".casefold() for word in wanted)
    ]


def find_contacts(session: Session, staff: Person, words: str, limit: int = 12) -> list[tuple[Person, str]]:
    """People in the register by a part of their name or organisation, also those without Telegram."""
    check_staff(staff)
    rows = session.exec(
        select(Person, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id))
        .order_by(col(Person.name))
    ).all()
    wanted = words.casefold().split()
    found = [
        (person, organisation)
        for person, organisation in rows
        if all(word in f"{person.name} {organisation}".casefold() for word in wanted)
    ]
    return found[:limit]


def check_in(
    session: Session, staff: Person, event_id: int, person_id: int, number: int, now: datetime
) -> Guest:
    """Note that somebody is there; doing it again changes nothing."""
    check_staff(staff)
    return _arrive(session, staff, event_id, person_id, number, now)


def door_code(session: Session, staff: Person, event_id: int) -> Event:
    """The event with the code that is put up at the door; events of an older version get theirs now."""
    check_staff(staff)
    event = get_event(session, event_id, lock=True)
    event.door_code = event.door_code or secrets.token_urlsafe(9)
    session.add(event)
    session.flush()
    return event


def arrive_oneself(session: Session, person: Person, event_id: int, code: str, now: datetime) -> Event:
    """Somebody has scanned the code at the door with their own phone."""
    event = get_event(session, event_id)
    if not event.door_code or code != event.door_code:
        raise refusals.NotAtTheDoor
    if not event.starts_at - rules.DOOR_OPENS <= now <= event.ends_at:
        raise refusals.NotAtTheDoor
    _arrive(session, person, event_id, person.id or 0, 0, now)
    return event


def _arrive(session: Session, by: Person, event_id: int, person_id: int, number: int, now: datetime) -> Guest:
    own = session.get(Rsvp, (event_id, person_id))
    if own is None or own.status is not Status.YES or not 0 <= number < own.party:
        raise refusals.NotAtTheDoor
    seat = session.get(Seat, (event_id, person_id, number)) or Seat(
        event_id=event_id, person_id=person_id, number=number
    )
    if seat.arrived_at is None:
        seat.arrived_at, seat.arrived_by_id = now, by.id
        session.add(seat)
        session.flush()
    return next(
        guest for guest in guests(session, event_id) if (guest.person_id, guest.number) == (person_id, number)
    )


def undo(session: Session, staff: Person, event_id: int, person_id: int, number: int) -> None:
    """They are not there after all."""
    check_staff(staff)
    seat = session.get(Seat, (event_id, person_id, number))
    if seat:
        seat.arrived_at = seat.arrived_by_id = None
        session.add(seat)
        session.flush()


def walk_in(session: Session, staff: Person, event_id: int, name: str, pact: Pact, now: datetime) -> Guest:
    """Somebody who comes without having answered is in and there, also beyond the capacity."""
    check_staff(staff)
    person = add_guest(session, staff, name, pact, now)
    assert person.id is not None
    answers.enter(session, staff, event_id, person.id, 1, pact, now, beyond_capacity=True)
    return check_in(session, staff, event_id, person.id, 0, now)


def add_guest(session: Session, staff: Person, name: str, pact: Pact, now: datetime) -> Person:
    """Somebody without Telegram and without an organisation in the register."""
    check_staff(staff)
    person = Person(name=name[:128], language=pact.language, created_at=now)
    session.add(person)
    session.flush()
    return person


def no_shows(session: Session, event_id: int) -> int | None:
    """How many seats stayed empty; None where nobody was checked in."""
    found = guests(session, event_id)
    arrived = sum(guest.arrived_at is not None for guest in found)
    return len(found) - arrived if arrived else None


def tidy(session: Session, now: datetime) -> None:
    """Names of colleagues and what guests eat are forgotten when the event is long over."""
    over = select(Event.id).where(col(Event.ends_at) < now - KEPT)
    session.exec(update(Seat).where(col(Seat.event_id).in_(over), col(Seat.name) != "").values(name=""))
    told = [row for row in session.exec(select(Rsvp).where(col(Rsvp.event_id).in_(over))) if row.replies]
    for row in told:
        row.replies = {}
        session.add(row)
