"""Arrivals: seats that are checked in by staff or by a code at the door, walk-ins, and their corrections."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.basics import refusals
from domain.events import event as rules
from domain.events.event import Status
from domain.events.refusals import (
    DoorCodeIsUnknown,
    DoorIsClosed,
    EventIsOver,
    HouseIsFull,
    NoSeatInYourName,
    SeatIsGone,
)
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.events import answers, answers_by_office, guest_list, views
from storage.events.guest_list import Guest
from storage.events.seating import get_event
from storage.events.tables import Event, Rsvp, Seat


@dataclass(frozen=True)
class Arrival:
    """Somebody at the door. `since` is when they were checked in before; `is_another_day`: nothing is noted.

    `missing` are heads of the same party who are not there yet.
    """

    event: Event
    guest: Guest
    guests: list[Guest]
    since: datetime | None = None
    is_another_day: bool = False

    @property
    def there(self) -> int:
        return sum(guest.arrived_at is not None for guest in self.guests)

    @property
    def missing(self) -> int:
        party = [guest for guest in self.guests if guest.person_id == self.guest.person_id]
        return sum(guest.arrived_at is None for guest in party)


def check_in(
    turn: Turn, event_id: int, person_id: int, number: int, *, is_scanned: bool = False, anyway: bool = False
) -> Arrival:
    """Note that somebody is there; doing it again changes nothing.

    Before the door opens, and for a code that is scanned after the end, only knowingly.
    """
    check_staff(turn.person)
    event = get_event(turn.session, event_id)
    is_early, is_late = turn.now < event.starts_at - rules.DOOR_OPENS, is_scanned and turn.now > event.ends_at
    if (is_early or is_late) and not anyway:
        _check_seat(turn.session, event, person_id, number)
        arrival = _arrival(turn.session, event, person_id, number, None)
        return Arrival(event, arrival.guest, arrival.guests, is_another_day=True)
    return _arrive(turn, event, person_id, number)


def check_in_party(turn: Turn, event_id: int, person_id: int) -> Arrival:
    """All of one answer: by staff, or by whoever answered and has checked in at the door themselves."""
    event, first = get_event(turn.session, event_id), turn.session.get(Seat, (event_id, person_id, 0))
    if not turn.person.is_staff:
        is_there = turn.person.id == person_id and first is not None and first.arrived_at is not None
        if not is_there or turn.now > event.ends_at:
            raise refusals.OnlyForStaff
    own = _check_seat(turn.session, event, person_id, 0)
    since = [_note_arrival(turn, event, person_id, number) for number in range(own.party)]
    return _arrival(turn.session, event, person_id, 0, since[0])


def door_code(turn: Turn, event_id: int) -> Event:
    """The event with the code that is put up at the door; events of an older version get theirs now."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    event.door_code = event.door_code or secrets.token_urlsafe(9)
    turn.session.add(event)
    turn.session.flush()
    return event


def arrive_oneself(turn: Turn, event_id: int, code: str) -> Arrival | Event:
    """Somebody has scanned the code at the door; the event alone where they may still ask to be let in."""
    event = get_event(turn.session, event_id)
    _check_door(event, code, turn.now)
    own = turn.session.get(Rsvp, (event_id, turn.person.id))
    if own and own.status is Status.YES:
        return _arrive(turn, event, turn.person.id, 0)
    if not views.is_invited(turn.person, event):
        raise NoSeatInYourName
    return event


def come_in(turn: Turn, event_id: int, code: str) -> Arrival:
    """A partner at the door without a seat has one, while there are any."""
    event = get_event(turn.session, event_id, lock=True)
    _check_door(event, code, turn.now)
    if not views.is_invited(turn.person, event):
        raise NoSeatInYourName
    own, before = turn.session.get(Rsvp, (event_id, turn.person.id)), None
    if own is None or own.status is not Status.YES:
        before = answers.as_it_stands(turn.session, event_id, turn.person.id)
        wish = own.offered if own and own.status is Status.OFFERED else 1
        if (
            answers.answer(turn.session, event, turn.person, wish, turn.pact, turn.now).status
            is Status.WAITING
        ):
            raise HouseIsFull
    return _arrive(turn, event, turn.person.id, 0, before)


def _check_door(event: Event, code: str, now: datetime) -> None:
    rules.check_state(event)
    if not event.door_code or code != event.door_code:
        raise DoorCodeIsUnknown
    if now < event.starts_at - rules.DOOR_OPENS:
        raise DoorIsClosed(event.starts_at - rules.DOOR_OPENS)
    if now > event.ends_at:
        raise EventIsOver


def _check_seat(session: Session, event: Event, person_id: int, number: int) -> Rsvp:
    rules.check_state(event)
    own = session.get(Rsvp, (event.id, person_id), populate_existing=True)
    if own is None or own.status is not Status.YES or not 0 <= number < own.party:
        raise SeatIsGone
    return own


def _arrive(
    turn: Turn,
    event: Event,
    person_id: int,
    number: int,
    replaced: dict[str, Any] | None = None,
) -> Arrival:
    _check_seat(turn.session, event, person_id, number)
    since = _note_arrival(turn, event, person_id, number, replaced)
    return _arrival(turn.session, event, person_id, number, since)


def _note_arrival(
    turn: Turn,
    event: Event,
    person_id: int,
    number: int,
    replaced: dict[str, Any] | None = None,
) -> datetime | None:
    """Gives when they were checked in before."""
    key = (event.id, person_id, number)
    seat = turn.session.get(Seat, key) or Seat(event_id=key[0], person_id=person_id, number=number)
    since = seat.arrived_at
    if since is None:
        seat.arrived_at, seat.arrived_by_id, seat.replaced = turn.now, turn.person.id, replaced
        turn.session.add(seat)
        turn.session.flush()
    return since


def _arrival(session: Session, event: Event, person_id: int, number: int, since: datetime | None) -> Arrival:
    found = guest_list.guests(session, event.id)
    guest = next(one for one in found if (one.person_id, one.number) == (person_id, number))
    return Arrival(event, guest, found, since)


def undo(turn: Turn, event_id: int, person_id: int, number: int) -> None:
    """They are not there after all; for a walk-in stands again what stood before."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    own = turn.session.get(Rsvp, (event_id, person_id), populate_existing=True)
    seat = turn.session.get(Seat, (event_id, person_id, number))
    if own is None or seat is None:
        return
    replaced = seat.replaced
    seat.arrived_at = seat.arrived_by_id = seat.replaced = None
    turn.session.add(seat)
    turn.session.flush()
    if replaced and own.status is Status.YES and own.party == 1:
        answers.put_back(turn.session, event, own, replaced, turn.now)


def walk_in(turn: Turn, event_id: int, person_id: int) -> Arrival:
    """Somebody who comes without having answered is in and there, also beyond the capacity."""
    check_staff(turn.person)
    own, before = turn.session.get(Rsvp, (event_id, person_id)), None
    if own is None or own.status is not Status.YES:
        before = answers.as_it_stands(turn.session, event_id, person_id)
        answers_by_office.enter(turn, event_id, person_id, 1, beyond_capacity=True)
    return _arrive(turn, get_event(turn.session, event_id), person_id, 0, before)
