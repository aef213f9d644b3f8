"""Events and the answers to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, or_
from sqlmodel import Session, col, func, select, update

from domain import events as rules
from domain import refusals
from domain.events import EventState, Party, Standing, Status
from domain.pact import Pact
from storage import outbox, reminders
from storage.outbox import Priority
from storage.people import check_staff
from storage.tables import Event, NoticeKind, Person, Rsvp

PAGE = 6  # events on one screen of a phone


@dataclass(frozen=True)
class Card:
    """An event as one person sees it. `position` is the own place on the waiting list, from 1."""

    event: Event
    status: Status | None
    party: int
    taken: int
    waiting: int
    position: int | None
    is_partner: bool
    is_staff: bool
    now: datetime

    @property
    def free(self) -> int | None:
        return rules.free_seats(self.event.capacity, self.taken)


@dataclass(frozen=True)
class Page:
    cards: tuple[Card, ...]
    number: int
    pages: int


@dataclass(frozen=True)
class NewEvent:
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    address: str = ""
    host: str = ""
    description: str = ""
    capacity: int | None = None
    seats_per_company: int | None = None
    answer_by: datetime | None = None


def publish(session: Session, staff: Person, new: NewEvent, pact: Pact, now: datetime) -> Event:
    """Add an event, tell every partner's contact, and plan its reminders."""
    check_staff(staff)
    event = add(session, new, pact, now, created_by=staff)
    outbox.enqueue(
        session,
        select(col(Person.id)).where(col(Person.organisation_id).is_not(None)),
        NoticeKind.EVENT_PUBLISHED,
        f"event:{event.id}:published",
        now,
        subject_id=event.id,
        priority=Priority.BROADCAST,
    )
    return event


def add(
    session: Session, new: NewEvent, pact: Pact, now: datetime, *, created_by: Person | None = None
) -> Event:
    """Add an event without telling anybody."""
    rules.check_schedule(new.starts_at, new.ends_at, new.answer_by, now)
    event = Event(**vars(new), created_by_id=created_by.id if created_by else None, created_at=now)
    session.add(event)
    session.flush()
    reminders.plan(session, event, pact, now)
    return event


def move(
    session: Session, staff: Person, event_id: int, starts_at: datetime, pact: Pact, now: datetime
) -> Event:
    """Give an event a new start; its length stays, its deadline moves along, who answered is told."""
    check_staff(staff)
    event = get_event(session, event_id, lock=True)
    _check_ahead(event, now)
    shift = starts_at - event.starts_at
    event.ends_at += shift
    event.starts_at = starts_at
    if event.answer_by:
        event.answer_by += shift
    rules.check_schedule(event.starts_at, event.ends_at, event.answer_by, now)
    session.add(event)
    session.flush()
    reminders.plan(session, event, pact, now)
    _tell_involved(
        session, event, NoticeKind.EVENT_MOVED, f"moved:{starts_at.isoformat()}:{now.isoformat()}", now
    )
    return event


def cancel(session: Session, staff: Person, event_id: int, reason: str, now: datetime) -> Event:
    check_staff(staff)
    event = get_event(session, event_id, lock=True)
    _check_ahead(event, now)
    event.state = EventState.CANCELLED
    event.reason = reason
    session.add(event)
    reminders.forget(session, event_id)
    _tell_involved(session, event, NoticeKind.EVENT_CANCELLED, "cancelled", now)
    return event


def _check_ahead(event: Event, now: datetime) -> None:
    if event.state is EventState.CANCELLED:
        raise refusals.EventIsCancelled
    if now >= event.starts_at:
        raise refusals.EventHasStarted


def _tell_involved(session: Session, event: Event, kind: NoticeKind, what: str, now: datetime) -> None:
    involved = select(col(Rsvp.person_id)).where(Rsvp.event_id == event.id, Rsvp.status != Status.NO)
    outbox.enqueue(session, involved, kind, f"event:{event.id}:{what}", now, subject_id=event.id)


def get_event(session: Session, event_id: int, *, lock: bool = False) -> Event:
    """The event; with `lock`, no other transaction decides about its seats until this one ends."""
    statement = select(Event).where(Event.id == event_id)
    event = session.exec(statement.with_for_update() if lock else statement).one_or_none()
    if event is None:
        raise refusals.EventIsGone
    return event


def respond(session: Session, person: Person, event_id: int, wish: int, now: datetime) -> Card:
    """Record that `person` wants `wish` seats (0: does not come), and let those who wait move up."""
    if person.organisation_id is None:
        raise refusals.OnlyForPartners
    event = get_event(session, event_id, lock=True)
    own = session.get(Rsvp, (event_id, person.id))
    standing = _standing(session, event_id, person, own)
    status = rules.decide_answer(event, standing, wish, now)
    _record(session, own, event_id, person, status, wish, now)
    if standing.own_status is Status.YES and (status is Status.NO or wish < standing.own_party):
        move_up(session, event, now)
    return card(session, person, event, now)


def _standing(session: Session, event_id: int, person: Person, own: Rsvp | None) -> Standing:
    seated = case((col(Rsvp.status) == Status.YES, col(Rsvp.party)), else_=0)
    colleagues = case((col(Rsvp.organisation_id) == person.organisation_id, col(Rsvp.party)), else_=0)
    taken, by_organisation = session.exec(
        select(func.coalesce(func.sum(seated), 0), func.coalesce(func.sum(colleagues), 0)).where(
            Rsvp.event_id == event_id, Rsvp.person_id != person.id, col(Rsvp.status) != Status.NO
        )
    ).one()
    return Standing(taken, by_organisation, own.status if own else None, own.party if own else 0)


def _record(
    session: Session,
    own: Rsvp | None,
    event_id: int,
    person: Person,
    status: Status,
    wish: int,
    now: datetime,
) -> None:
    if own is None:
        assert person.id is not None
        own = Rsvp(
            event_id=event_id, person_id=person.id, status=status, party=wish, asked_at=now, changed_at=now
        )
    if own.status is Status.NO:
        own.asked_at = now
    own.organisation_id, own.status, own.party, own.changed_at = person.organisation_id, status, wish, now
    session.add(own)
    session.flush()


def move_up(session: Session, event: Event, now: datetime) -> None:
    """Give free seats to those who wait, in order of arrival, and tell them."""
    assert event.id is not None
    waiting = session.exec(
        select(Rsvp.person_id, Rsvp.party)
        .where(Rsvp.event_id == event.id, Rsvp.status == Status.WAITING)
        .order_by(col(Rsvp.asked_at), col(Rsvp.person_id))
    ).all()
    free = rules.free_seats(event.capacity, _taken(session, event.id))
    moving = [party.person_id for party in rules.who_moves_up((Party(*row) for row in waiting), free)]
    if not moving:
        return
    session.exec(
        update(Rsvp)
        .where(col(Rsvp.event_id) == event.id, col(Rsvp.person_id).in_(moving))
        .values(status=Status.YES, changed_at=now)
    )
    key = f"event:{event.id}:moved_up:{now.isoformat()}"
    outbox.enqueue(session, moving, NoticeKind.MOVED_UP, key, now, subject_id=event.id)


def _taken(session: Session, event_id: int) -> int:
    return session.exec(
        select(func.coalesce(func.sum(Rsvp.party), 0)).where(
            Rsvp.event_id == event_id, Rsvp.status == Status.YES
        )
    ).one()


def show(session: Session, person: Person, event_id: int, now: datetime) -> Card:
    return card(session, person, get_event(session, event_id), now)


def card(session: Session, person: Person, event: Event, now: datetime) -> Card:
    assert event.id is not None
    return _cards(session, person, [event], now)[0]


def coming(session: Session, person: Person, now: datetime, number: int = 0) -> Page:
    """A page of the events that have not ended, soonest first; pages count from 0."""
    ahead: ColumnElement[bool] = and_(col(Event.ends_at) > now, col(Event.state) == EventState.PUBLISHED)
    total = session.exec(select(func.count()).select_from(Event).where(ahead)).one()
    pages = max(-(-total // PAGE), 1)
    number = min(max(number, 0), pages - 1)
    events = session.exec(
        select(Event)
        .where(ahead)
        .order_by(col(Event.starts_at), col(Event.id))
        .offset(number * PAGE)
        .limit(PAGE)
    ).all()
    return Page(tuple(_cards(session, person, events, now)), number, pages)


def _cards(session: Session, person: Person, events: Sequence[Event], now: datetime) -> list[Card]:
    ids = [event.id for event in events]
    is_yes, is_waiting = col(Rsvp.status) == Status.YES, col(Rsvp.status) == Status.WAITING
    counts = {
        event_id: (taken, waiting)
        for event_id, taken, waiting in session.exec(
            select(
                Rsvp.event_id,
                func.sum(case((is_yes, col(Rsvp.party)), else_=0)),
                func.sum(case((is_waiting, col(Rsvp.party)), else_=0)),
            )
            .where(col(Rsvp.event_id).in_(ids), or_(is_yes, is_waiting))
            .group_by(col(Rsvp.event_id))
        )
    }
    own = {
        rsvp.event_id: rsvp
        for rsvp in session.exec(select(Rsvp).where(col(Rsvp.event_id).in_(ids), Rsvp.person_id == person.id))
    }
    return [
        _one_card(session, person, event, own.get(event.id or 0), counts.get(event.id or 0, (0, 0)), now)
        for event in events
    ]


def _one_card(
    session: Session, person: Person, event: Event, own: Rsvp | None, counts: tuple[int, int], now: datetime
) -> Card:
    return Card(
        event=event,
        status=own.status if own else None,
        party=own.party if own else 0,
        taken=counts[0],
        waiting=counts[1],
        position=_position(session, own) if own and own.status is Status.WAITING else None,
        is_partner=person.organisation_id is not None,
        is_staff=person.is_staff,
        now=now,
    )


def _position(session: Session, own: Rsvp) -> int:
    ahead = or_(
        col(Rsvp.asked_at) < own.asked_at,
        and_(col(Rsvp.asked_at) == own.asked_at, col(Rsvp.person_id) < own.person_id),
    )
    return (
        1
        + session.exec(
            select(func.count()).where(Rsvp.event_id == own.event_id, Rsvp.status == Status.WAITING, ahead)
        ).one()
    )
