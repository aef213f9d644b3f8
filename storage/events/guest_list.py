"""Who sits on which seat: the list of guests, and counts of them for the host."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import Text, cast, null
from sqlmodel import Session, col, func, or_, select, update

from domain.basics import refusals
from domain.basics.names import fold
from domain.events import event as rules
from domain.events.event import Status
from storage.engine import people
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import views
from storage.events.phone_calls import PHONE
from storage.events.seating import get_event
from storage.events.tables import Event, Rsvp, Seat
from storage.partners.tables import Organisation

REPLIES_KEPT = timedelta(days=1)  # after the event
KEPT = timedelta(days=90)  # after the event, for the recap and for questions about it
AT_ONCE = 10  # events


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
    phone: str = ""
    email: str = ""
    is_sure: bool = False  # they have said once more that they come

    @property
    def called(self) -> str:
        """Without where a guest is from, which the office types behind a comma."""
        return self.name if self.organisation else self.name.partition(",")[0].strip()

    @property
    def origin(self) -> str:
        return self.organisation or self.name.partition(",")[2].strip()

    @property
    def by_name(self) -> tuple[bool, str, str, str, int]:
        """The order of badges and of the porter's list; who has no name comes last."""
        words = fold(self.called).split()
        return not words, words[-1] if words else "", fold(self.called), self.origin, self.number


@dataclass(frozen=True)
class Counts:
    """What a host needs to know, without names. `replies` counts people for food, parties for the rest.

    Those who have not said stand under UNSAID.
    """

    event: Event
    people: int
    organisations: int
    waiting: int
    arrived: int
    sure: int
    replies: Mapping[str, Mapping[str, int]]


def guests(session: Session, event_id: int) -> list[Guest]:
    """Everybody with a seat, by organisation and name."""
    entered_by = select(Person.id, Person.name).subquery()
    named, by = func.coalesce(Organisation.name, ""), func.coalesce(entered_by.c.name, "")
    rows = session.execute(
        sqlalchemy.select(Rsvp, col(Person.name), named, by, PHONE, col(Person.email))
        .join(Person, col(Person.id) == col(Rsvp.person_id))
        .join(Organisation, col(Organisation.id) == col(Rsvp.organisation_id), isouter=True)
        .join(entered_by, entered_by.c.id == col(Rsvp.entered_by_id), isouter=True)
        .where(col(Rsvp.event_id) == event_id, col(Rsvp.status) == Status.YES)
    )
    known = {
        (seat.person_id, seat.number): seat
        for seat in session.exec(select(Seat).where(Seat.event_id == event_id))
    }
    found = [
        _guest(row, number, known.get((row[0].person_id, number)))
        for row in rows
        for number in range(row[0].party)
    ]
    return sorted(found, key=lambda guest: (guest.organisation.casefold(), guest.answered_by, guest.number))


def _guest(row: Any, number: int, seat: Seat | None) -> Guest:
    """One of a party; 0 is who has answered for all of them."""
    rsvp, name, organisation, entered, phone, email = row
    own = name if number == 0 else seat.name if seat else ""
    return Guest(
        *(rsvp.person_id, number, own, name, organisation, rsvp.party, rsvp.replies, entered),
        seat.arrived_at if seat else None,
        phone,
        email,
        rsvp.confirmed_at is not None,
    )


def for_staff(turn: Turn, event_id: int) -> tuple[Event, list[Guest]]:
    check_staff(turn.person)
    return get_event(turn.session, event_id), guests(turn.session, event_id)


def count(event: Event, found: Sequence[Guest]) -> Counts:
    replies: dict[str, Counter[str]] = defaultdict(Counter)
    for guest in found:
        for ask in event.questions:
            if ask == rules.Ask.FOOD or guest.number == 0:
                replies[ask][guest.replies.get(ask, rules.UNSAID)] += 1
    return Counts(
        event,
        people=len(found),
        organisations=len({guest.organisation for guest in found if guest.organisation}),
        waiting=event.waiting,
        arrived=sum(guest.arrived_at is not None for guest in found),
        sure=sum(guest.is_sure for guest in found),
        replies=replies,
    )


def for_host(turn: Turn, event_id: int) -> Counts:
    """For a contact of the host, and for staff."""
    event = get_event(turn.session, event_id)
    if not (turn.person.is_staff or views.is_host(turn, event_id)):
        raise refusals.OnlyForStaff
    return count(event, guests(turn.session, event_id))


def find(turn: Turn, event_id: int, words: str) -> tuple[Event, list[Guest]]:
    """Guests in whose name or organisation all the words begin a word, or stand."""
    event, found = for_staff(turn, event_id)
    wanted = fold(words).split()
    return event, [
        guest
        for guest in found
        if all(word in fold(f"{guest.name} {guest.answered_by} {guest.organisation}") for word in wanted)
    ]


def no_shows(session: Session, event_id: int) -> int | None:
    """How many seats stayed empty; None where nobody was checked in."""
    found = guests(session, event_id)
    arrived = sum(guest.arrived_at is not None for guest in found)
    return len(found) - arrived if arrived else None


def forget_replies(session: Session, now: datetime, kept: timedelta = REPLIES_KEPT) -> None:
    """What guests told of access, food and photos was for the event alone."""
    over = select(Event.id).where(col(Event.ends_at) < now - kept, ~col(Event.is_tidied))
    has_told = cast(col(Rsvp.replies), Text) != "{}"
    session.exec(update(Rsvp).where(col(Rsvp.event_id).in_(over), has_told).values(replies={}))


def tidy(session: Session, now: datetime, kept: timedelta = KEPT) -> bool:
    """Names of colleagues and guests are forgotten when the event is long over.

    Of a few events at a time; whether there are more.
    """
    is_over = col(Event.ends_at) < now - kept
    over = session.exec(select(Event.id).where(is_over, ~col(Event.is_tidied)).limit(AT_ONCE)).all()
    has_names = or_(col(Seat.name) != "", col(Seat.replaced).is_not(sqlalchemy.null()))
    session.exec(
        update(Seat)
        .where(col(Seat.event_id).in_(over), has_names)
        .values(name="", replaced=sqlalchemy.null())
    )
    has_told = cast(col(Rsvp.replies), Text) != "{}"
    session.exec(update(Rsvp).where(col(Rsvp.event_id).in_(over), has_told).values(replies={}))
    session.exec(update(Rsvp).where(col(Rsvp.event_id).in_(over)).values(before=null()))
    session.exec(update(Event).where(col(Event.id).in_(over)).values(is_tidied=True))
    _forget_guests(session, now - kept)
    return len(over) == AT_ONCE


def _forget_guests(session: Session, until: datetime) -> None:
    """Who was entered by the office for an event, and comes to none that is later."""
    still_needed = select(Rsvp.person_id).join(Event).where(col(Event.ends_at) >= until)
    is_guest = (col(Person.telegram_id).is_(None), col(Person.organisation_id).is_(None))
    session.exec(
        update(Person)
        .where(*is_guest, col(Person.created_at) < until, col(Person.id).not_in(still_needed))
        .where(col(Person.name) != people.ERASED)
        .values(name=people.ERASED, phone="")
    )
