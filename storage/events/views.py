"""Events as people see them. Answers are in `answers.py`, planning in `planning.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy
from sqlalchemy import ColumnElement, and_, bindparam
from sqlmodel import Session, SQLModel, col, select

from domain.events.event import OUT, EventState, Reader, Status, free_seats
from domain.events.refusals import EventIsGone
from storage.engine.prepared import Prepared
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import own_answers, seating
from storage.events.own_answers import OWN_COLUMNS, RSVP, Colleague, Own
from storage.events.seating import get_event
from storage.events.tables import Event, Rsvp, Seat
from storage.partners import membership

PAGE = 6  # events on one screen of a phone


_HOSTS = SQLModel.metadata.tables["event_host"].columns
_HOST = Prepared(
    sqlalchemy.select(_HOSTS.event_id).where(
        _HOSTS.event_id == bindparam("event_id"),
        _HOSTS.organisation_id == bindparam("organisation_id"),
    )
)


@dataclass(frozen=True)
class Card:
    """An event as one person sees it. `position` is the own place on the waiting list, from 1."""

    event: Event
    status: Status | None
    party: int
    position: int | None
    is_partner: bool
    is_staff: bool
    now: datetime
    offered: int = 0
    offered_until: datetime | None = None
    one_is_enough: bool = False
    replies: dict[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    colleagues: tuple[Colleague, ...] = ()
    is_host: bool = False
    room: int | None = None  # seats that colleagues leave this person; None: no limit
    was_there: bool = False  # and may say how it was
    undone_until: datetime | None = None  # until when a tap brings back what they had before
    is_sure: bool = False  # they have said once more that they come
    sequence: int = 0  # of their entry in calendars, on top of the event's

    @property
    def is_past(self) -> bool:
        return self.now >= self.event.ends_at

    @property
    def can_be_undone(self) -> bool:
        return self.undone_until is not None and self.now <= self.undone_until

    @property
    def free(self) -> int | None:
        return seating.free(self.event)

    @property
    def reader(self) -> Reader:
        if self.is_staff:
            return Reader.OFFICE
        if self.status is Status.YES or self.is_host:
            return Reader.GUESTS
        return Reader.PARTNERS if self.is_partner else Reader.EVERYBODY


@dataclass(frozen=True)
class Page:
    """Events of one month, or a part of it; `first` is one of its moments."""

    cards: tuple[Card, ...]
    number: int
    pages: int
    first: datetime | None = None
    is_past: bool = False
    is_for_partner: bool = False


def may_see(person: Person, event: Event) -> bool:
    """Staff see drafts too; strangers see what all partners are invited to."""
    if person.is_staff:
        return True
    return event.state is not EventState.DRAFT and (
        event.audience is None or person.organisation_id in event.audience
    )


def is_invited(person: Person, event: Event) -> bool:
    if person.organisation_id is None or event.state is EventState.DRAFT:
        return False
    return event.audience is None or person.organisation_id in event.audience


def is_host(turn: Turn, event_id: int) -> bool:
    """Whether somebody is a contact of the host or of a co-organiser."""
    return membership.partner_of(turn.session, turn.person) is not None and _hosts(
        turn.session, turn.person, event_id
    )


def _hosts(session: Session, person: Person, event_id: int) -> bool:
    key = {"event_id": event_id, "organisation_id": person.organisation_id}
    return _HOST.first(session, **key) is not None


def show(turn: Turn, event_id: int) -> Card:
    return card(turn.session, turn.person, get_event(turn.session, event_id), turn.now)


def card(session: Session, person: Person, event: Event, now: datetime, *, for_staff: bool = False) -> Card:
    """With what colleagues have answered; a draft, and what is not for this organisation, only for staff."""
    own, others = own_answers.find_all(session, event, person, now)
    if own.status is None and not (for_staff or may_see(person, event)):
        raise EventIsGone
    found = _card(session, person, event, own, now, is_of_partner=others.is_partner)
    took_place = found.is_past and event.state is EventState.PUBLISHED
    return replace(
        found,
        colleagues=others.answered,
        room=free_seats(event.seats_per_company, others.seats),
        names=names(session, event.id, person.id, own.party),
        is_host=others.is_partner and _hosts(session, person, event.id),
        was_there=bool(own.status) and took_place and person.id in who_was_there(session, event.id),
    )


def to_bring(turn: Turn, event_id: int) -> list[Person]:
    """Colleagues who are not coming so far, also those who said no."""
    answered = select(Rsvp.person_id).where(Rsvp.event_id == event_id, col(Rsvp.status).not_in(OUT))
    return list(
        turn.session.exec(
            select(Person)
            .where(
                col(Person.organisation_id).is_not(None),
                Person.organisation_id == turn.person.organisation_id,
                Person.id != turn.person.id,
                col(Person.id).not_in(answered),
            )
            .order_by(col(Person.name), col(Person.id))
        )
    )


def coming(turn: Turn, number: int = 0) -> Page:
    """The events of a month that have not ended, soonest first; months without any are left out.

    What is cancelled stands among them until then.
    """
    is_known = col(Event.state).in_((EventState.PUBLISHED, EventState.CANCELLED))
    which = and_(col(Event.ends_at) > turn.now, is_known)
    return _page(turn, number, which, is_past=False)


def past(turn: Turn, number: int = 0) -> Page:
    """Those that have ended, the latest first."""
    which = and_(col(Event.ends_at) <= turn.now, col(Event.state) == EventState.PUBLISHED)
    return _page(turn, number, which, is_past=True)


def _page(turn: Turn, number: int, which: ColumnElement[bool], *, is_past: bool) -> Page:
    rows = turn.session.exec(  # sorted here, or SQLite goes through all events in the order of their start
        select(Event.id, Event.starts_at, Event.audience).where(which)
    )
    in_order = sorted(rows, key=itemgetter(1, 0), reverse=is_past)
    visible = [
        row
        for row in in_order
        if turn.person.is_staff or row[2] is None or turn.person.organisation_id in row[2]
    ]
    pages = _by_month(visible, turn.pact.timezone)
    number = min(max(number, 0), max(len(pages) - 1, 0))
    chosen = [row[0] for row in pages[number]] if pages else []
    found = {event.id: event for event in turn.session.exec(select(Event).where(col(Event.id).in_(chosen)))}
    events = [found[event_id] for event_id in chosen]
    first = events[0].starts_at if events else None
    is_of_partner = membership.partner_of(turn.session, turn.person) is not None
    cards = _cards(turn, events, is_of_partner=is_of_partner)
    return Page(tuple(cards), number, max(len(pages), 1), first, is_past, is_of_partner)


def _by_month(rows: Sequence[Any], zone: ZoneInfo) -> list[list[Any]]:
    """In pages that are of one month each."""
    months = (list(group) for _, group in groupby(rows, lambda row: _month(row[1], zone)))
    return [month[at : at + PAGE] for month in months for at in range(0, len(month), PAGE)]


def open_to_all(session: Session, now: datetime) -> list[Event]:
    """Coming events that all partners are invited to."""
    rows = session.exec(
        select(Event).where(
            col(Event.ends_at) > now,
            Event.state == EventState.PUBLISHED,
            col(Event.audience).is_(sqlalchemy.null()),
        )
    )
    return sorted(rows, key=attrgetter("starts_at", "id"))  # as in _page


def is_open_to_all(session: Session, event_id: int) -> bool:
    """Whether there is such an event, and all partners are invited to it."""
    event = session.get(Event, event_id)
    return event is not None and event.state is not EventState.DRAFT and event.audience is None


def _month(moment: datetime, zone: ZoneInfo) -> tuple[int, int]:
    local = moment.astimezone(zone)
    return local.year, local.month


def mine(turn: Turn) -> list[Card]:
    """What this person has answered to coming events, the no's as well."""
    events = turn.session.exec(
        select(Event)
        .join(Rsvp, col(Rsvp.event_id) == col(Event.id))
        .where(Rsvp.person_id == turn.person.id, col(Event.ends_at) > turn.now)
        .order_by(col(Event.starts_at))
    ).all()
    is_of_partner = membership.partner_of(turn.session, turn.person) is not None
    return _cards(turn, events, is_of_partner=is_of_partner)


def names(session: Session, event_id: int, person_id: int, party: int) -> tuple[str, ...]:
    """Of the colleagues who come along, as far as they are known."""
    if party <= 1:
        return ()
    known = select(Seat.name).where(
        Seat.event_id == event_id, Seat.person_id == person_id, col(Seat.number).between(1, party - 1)
    )
    return tuple(session.exec(known.where(Seat.name != "").order_by(col(Seat.number))))


def who_was_there(session: Session, event_id: int) -> list[int]:
    """People of whose party somebody arrived; where nobody was checked in, all who had said yes."""
    arrived = select(Seat.person_id).where(Seat.event_id == event_id, col(Seat.arrived_at).is_not(None))
    there = list(session.exec(arrived.distinct()))
    if there:
        return there
    return list(
        session.exec(select(Rsvp.person_id).where(Rsvp.event_id == event_id, Rsvp.status == Status.YES))
    )


def _cards(turn: Turn, events: Sequence[Event], *, is_of_partner: bool) -> list[Card]:
    ids = [event.id for event in events]
    answers = turn.session.execute(
        sqlalchemy.select(RSVP.event_id, *OWN_COLUMNS).where(
            RSVP.event_id.in_(ids), RSVP.person_id == turn.person.id
        )
    )
    own = {event_id: Own(*answer) for event_id, *answer in answers}
    return [
        _card(
            turn.session,
            turn.person,
            event,
            own.get(event.id, own_answers.unanswered(turn.now)),
            turn.now,
            is_of_partner=is_of_partner,
        )
        for event in events
    ]


def _card(
    session: Session, person: Person, event: Event, own: Own, now: datetime, *, is_of_partner: bool
) -> Card:
    return Card(
        event=event,
        status=own.status,
        party=own.party,
        position=(
            own_answers.position(session, event.id, person.id, own.asked_at)
            if own.status is Status.WAITING
            else None
        ),
        is_partner=is_of_partner and is_invited(person, event),
        is_staff=person.is_staff,
        now=now,
        offered=own.offered,
        offered_until=own.offered_until,
        one_is_enough=own.one_is_enough,
        replies=own.replies,
        undone_until=own.undone_until(),
        is_sure=own.confirmed_at is not None,
        sequence=own.sequence,
    )


def has_answered(session: Session, event_id: int, organisation_id: int | None) -> bool:
    """Whether anybody of an organisation has answered, with yes or no."""
    answers = select(Rsvp.person_id).where(Rsvp.event_id == event_id, Rsvp.organisation_id == organisation_id)
    return session.exec(answers.limit(1)).first() is not None
