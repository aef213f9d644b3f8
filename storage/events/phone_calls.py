"""Whom the office has to ring: people with a seat, or in line for one, to whom the bot cannot write."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import sqlalchemy
from sqlmodel import Session, col, func, or_, select

from domain.events.event import OUT, EventState, Status
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event, EventNotice, Rsvp
from storage.partners import reach
from storage.partners.tables import Organisation

PHONE = func.coalesce(func.nullif(Person.phone, ""), func.nullif(Organisation.phone, ""), "")
_CALL = (col(Person.name), func.coalesce(Organisation.name, ""), PHONE)
CANNOT_BE_WRITTEN_TO = or_(col(Person.telegram_id).is_(None), col(Person.unreachable_since).is_not(None))


class Call(NamedTuple):
    """`phone` is the person's own number, or their organisation's; empty where neither is known."""

    name: str
    organisation: str
    phone: str


class OfferByPhone(NamedTuple):
    person_id: int
    call: Call
    event: Event
    seats: int
    until: datetime
    changed_at: datetime


def about(session: Session, event_id: int) -> list[Call]:
    """Who must be rung when the event moves or is cancelled."""
    rows = session.execute(
        sqlalchemy.select(*_CALL)
        .join(Rsvp, col(Rsvp.person_id) == col(Person.id))
        .join(Organisation, col(Organisation.id) == col(Rsvp.organisation_id), isouter=True)
        .where(col(Rsvp.event_id) == event_id, col(Rsvp.status).not_in(OUT), CANNOT_BE_WRITTEN_TO)
        .order_by(col(Person.name))
    )
    return [Call(*row) for row in rows]


def ask_for(session: Session, event_id: int, offered: Iterable[int], now: datetime) -> None:
    """Ask all staff to ring those among the `offered` to whom the bot cannot write."""
    silent = select(col(Person.id)).where(col(Person.id).in_(list(offered)), CANNOT_BE_WRITTEN_TO)
    staff = people.staff_ids()
    for person_id in session.exec(silent).all():
        key = f"event:{event_id}:call:{person_id}:{now.isoformat()}"
        outbox.enqueue(session, staff, EventNotice.CALL_OFFERED, key, now, subject_id=person_id)


def note_unreachable(session: Session, person_id: int, now: datetime) -> None:
    """Somebody has blocked the bot or is gone; a seat that is held for them is a call from now on."""
    if not person_id:
        return  # a stranger
    was_reachable = people.is_reachable(session.get_one(Person, person_id))
    reach.mark_unreachable(session, person_id, now)
    if was_reachable:
        for offer in open_offers(session, person_id, now):
            ask_for(session, offer.event.id, [person_id], now)


def ask_about(turn: Turn, event: Event) -> None:
    """Whoever moved or cancelled an event has the calls to make as a message that stays."""
    if about(turn.session, event.id):
        key = f"event:{event.id}:calls:{event.sequence}"
        outbox.tell(turn, [turn.person.id], EventNotice.CALL_CHANGED, key, event.id)


def open_offers(session: Session, person_id: int, now: datetime) -> list[OfferByPhone]:
    rows = session.execute(
        sqlalchemy.select(Event, col(Rsvp.offered), col(Rsvp.offered_until), col(Rsvp.changed_at), *_CALL)
        .join(Rsvp, col(Rsvp.event_id) == col(Event.id))
        .join(Person, col(Person.id) == col(Rsvp.person_id))
        .join(Organisation, col(Organisation.id) == col(Rsvp.organisation_id), isouter=True)
        .where(
            col(Person.id) == person_id,
            col(Rsvp.status) == Status.OFFERED,
            col(Rsvp.offered_until) > now,
            col(Event.state) == EventState.PUBLISHED,
        )
    )
    return [
        OfferByPhone(person_id, Call(*call), event, seats, until, changed_at)
        for event, seats, until, changed_at, *call in rows
    ]
