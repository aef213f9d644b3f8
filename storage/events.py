"""Events and the answers to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import ColumnElement, and_, bindparam, or_
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel, col, func, select, update

from domain import events as rules
from domain import refusals
from domain.events import EventState, Party, Standing, Status
from domain.pact import Pact
from storage import membership, outbox, reminders
from storage.outbox import Priority
from storage.people import check_staff
from storage.tables import Event, Notice, NoticeKind, Person, Rsvp

# The way of a tap: statements written once, on tables instead of entities, cost a fifth of the usual ones.
_RSVP = SQLModel.metadata.tables["rsvp"].columns
_OF_EVENT = _RSVP.event_id == bindparam("event_id")
_OWN = sqlalchemy.select(_RSVP.status, _RSVP.party, _RSVP.asked_at).where(
    _OF_EVENT, _RSVP.person_id == bindparam("person_id")
)
_ORGANISATION = SQLModel.metadata.tables["organisation"].columns
_LEFT_ON = sqlalchemy.select(_ORGANISATION.left_on).where(_ORGANISATION.id == bindparam("organisation_id"))
_BY_COLLEAGUES = sqlalchemy.select(func.coalesce(func.sum(_RSVP.party), 0), _LEFT_ON.scalar_subquery()).where(
    _OF_EVENT,
    _RSVP.organisation_id == bindparam("organisation_id"),
    _RSVP.person_id != bindparam("person_id"),
    _RSVP.status != Status.NO,
)
_AHEAD = sqlalchemy.select(func.count()).where(
    _OF_EVENT,
    _RSVP.status == Status.WAITING,
    _RSVP.asked_at <= bindparam("asked_at"),
    or_(_RSVP.asked_at < bindparam("asked_at"), _RSVP.person_id < bindparam("person_id")),
)
_CHANGING = ("organisation_id", "status", "party", "asked_at", "changed_at")
_ADD = sqlalchemy.insert(SQLModel.metadata.tables["rsvp"])
_CHANGE = (
    sqlalchemy.update(SQLModel.metadata.tables["rsvp"])
    .where(_RSVP.event_id == bindparam("of_event"), _RSVP.person_id == bindparam("of_person"))
    .values({column: bindparam(column) for column in _CHANGING})
)
_EVENT = select(Event).where(Event.id == bindparam("event_id"))
_EVENT_LOCKED = _EVENT.with_for_update()
_COUNT = (
    sqlalchemy.update(SQLModel.metadata.tables["event"])
    .where(SQLModel.metadata.tables["event"].columns.id == bindparam("event_id"))
    .values(taken=bindparam("taken"), waiting=bindparam("waiting"))
)

PAGE = 6  # events on one screen of a phone


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

    @property
    def free(self) -> int | None:
        return rules.free_seats(self.event.capacity, self.event.taken)


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
        membership.contacts(),
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
    declined = select(Rsvp.person_id).where(Rsvp.event_id == event.id, Rsvp.status == Status.NO)
    answered = select(Rsvp.person_id).where(Rsvp.event_id == event.id)
    invited = select(Notice.person_id).where(
        Notice.kind == NoticeKind.EVENT_PUBLISHED,
        Notice.subject_id == event.id,
        col(Notice.person_id).in_(membership.contacts()),
    )
    involved = select(col(Person.id)).where(
        or_(col(Person.id).in_(answered), col(Person.id).in_(invited)), col(Person.id).not_in(declined)
    )
    outbox.enqueue(session, involved, kind, f"event:{event.id}:{what}", now, subject_id=event.id)


def get_event(session: Session, event_id: int, *, lock: bool = False) -> Event:
    """The event; with `lock`, no other transaction decides about its seats until this one ends."""
    statement = _EVENT_LOCKED if lock else _EVENT
    event: Event | None = session.execute(statement, {"event_id": event_id}).scalar_one_or_none()
    if event is None:
        raise refusals.EventIsGone
    return event


def respond(session: Session, person: Person, event_id: int, wish: int, now: datetime) -> Card:
    """Record that `person` wants `wish` seats (0: does not come), and let those who wait move up.

    Contacts of a former partner may only give seats back.
    """
    if person.organisation_id is None or person.id is None:
        raise refusals.OnlyForPartners
    event = get_event(session, event_id, lock=True)
    key = {"event_id": event_id, "person_id": person.id}
    own = session.execute(_OWN, key).one_or_none() or _Own(None, 0, now)
    of_organisation = {**key, "organisation_id": person.organisation_id}
    by_colleagues, left_on = session.execute(_BY_COLLEAGUES, of_organisation).one()
    if left_on and wish:
        raise refusals.OnlyForPartners
    seated = own.party if own.status is Status.YES else 0
    standing = Standing(event.taken - seated, by_colleagues, own.status, own.party)
    status = rules.decide_answer(event, standing, wish, now)

    asked_at = now if own.status in (None, Status.NO) else own.asked_at
    answer = {
        "organisation_id": person.organisation_id,
        "status": status,
        "party": wish,
        "asked_at": asked_at,
    }
    _record(session, key, {**answer, "changed_at": now}, is_new=own.status is None)
    waited = own.party if own.status is Status.WAITING else 0
    in_now, waits_now = (wish if status is kind else 0 for kind in (Status.YES, Status.WAITING))
    _count(session, event, taken=in_now - seated, waiting=waits_now - waited)
    if in_now < seated:
        move_up(session, event, now)
    position = _position(session, event_id, person.id, asked_at) if status is Status.WAITING else None
    return Card(event, status, wish, position, is_partner=not left_on, is_staff=person.is_staff, now=now)


def has_answered(session: Session, event_id: int, organisation_id: int | None) -> bool:
    """Whether anybody of an organisation has answered, with yes or no."""
    answers = select(Rsvp.person_id).where(Rsvp.event_id == event_id, Rsvp.organisation_id == organisation_id)
    return session.exec(answers.limit(1)).first() is not None


class _Own(NamedTuple):
    """The answer so far; no status where there is none."""

    status: Status | None
    party: int
    asked_at: datetime


def _record(session: Session, key: dict[str, int], values: dict[str, Any], *, is_new: bool) -> None:
    if is_new:
        session.execute(_ADD, {**key, **values})
    else:
        session.execute(_CHANGE, {"of_event": key["event_id"], "of_person": key["person_id"], **values})


def _count(session: Session, event: Event, *, taken: int, waiting: int) -> None:
    """Add to the people who are in and who wait; the event's row is locked."""
    if taken or waiting:
        counts = {"taken": event.taken + taken, "waiting": event.waiting + waiting}
        session.execute(_COUNT, {"event_id": event.id, **counts})
        for name, value in counts.items():
            set_committed_value(event, name, value)


def move_up(session: Session, event: Event, now: datetime) -> None:
    """Give free seats to those who wait, in order of arrival, and tell them."""
    assert event.id is not None
    waiting = session.exec(
        select(Rsvp.person_id, Rsvp.party)
        .where(Rsvp.event_id == event.id, Rsvp.status == Status.WAITING)
        .order_by(col(Rsvp.asked_at), col(Rsvp.person_id))
    ).all()
    free = rules.free_seats(event.capacity, event.taken)
    moving = rules.who_moves_up((Party(*row) for row in waiting), free)
    if not moving:
        return
    ids, seats = [party.person_id for party in moving], sum(party.size for party in moving)
    session.exec(
        update(Rsvp)
        .where(col(Rsvp.event_id) == event.id, col(Rsvp.person_id).in_(ids))
        .values(status=Status.YES, changed_at=now)
    )
    _count(session, event, taken=seats, waiting=-seats)
    key = f"event:{event.id}:moved_up:{now.isoformat()}"
    outbox.enqueue(session, ids, NoticeKind.MOVED_UP, key, now, subject_id=event.id)


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
    answers = session.exec(select(Rsvp).where(col(Rsvp.event_id).in_(ids), Rsvp.person_id == person.id))
    own = {answer.event_id: answer for answer in answers}
    return [_card(session, person, event, own.get(event.id or 0), now) for event in events]


def _card(session: Session, person: Person, event: Event, own: Rsvp | None, now: datetime) -> Card:
    waits = own is not None and own.status is Status.WAITING
    return Card(
        event=event,
        status=own.status if own else None,
        party=own.party if own else 0,
        position=_position(session, own.event_id, own.person_id, own.asked_at) if own and waits else None,
        is_partner=membership.partner_of(session, person) is not None,
        is_staff=person.is_staff,
        now=now,
    )


def _position(session: Session, event_id: int, person_id: int, asked_at: datetime) -> int:
    ahead = {"event_id": event_id, "person_id": person_id, "asked_at": asked_at}
    ahead_of_me: int = session.execute(_AHEAD, ahead).scalar_one()
    return 1 + ahead_of_me


def hand_over(session: Session, leaver: Person, successor: Person, now: datetime) -> None:
    """Answers to coming events pass on; where the successor has an own one, the leaver's becomes a no."""
    coming = select(Event.id).where(col(Event.starts_at) > now)
    answers = session.exec(
        select(Rsvp).where(Rsvp.person_id == leaver.id, col(Rsvp.event_id).in_(coming))
    ).all()
    for answer in answers:
        if session.get(Rsvp, (answer.event_id, successor.id)) is None:
            session.exec(
                update(Rsvp)
                .where(col(Rsvp.event_id) == answer.event_id, col(Rsvp.person_id) == leaver.id)
                .values(person_id=successor.id)
            )
        elif answer.status is not Status.NO:
            respond(session, leaver, answer.event_id, 0, now)
