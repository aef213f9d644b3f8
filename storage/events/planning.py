"""The office's work on events: drafts, copies, publishing, who is invited. Later changes: `changing.py`."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, delete, func, select

from domain.basics import refusals
from domain.basics.calendar import days_later
from domain.basics.pact import Pact
from domain.events import event as rules
from domain.events.event import EventKind, EventState
from domain.events.refusals import EventDoesNotFit, EventHasMoved
from domain.partners.organisations import Category, Kind, Size
from storage.engine import outbox
from storage.engine.database import touch_agenda
from storage.engine.outbox import Priority
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import changing, reminders
from storage.events.seating import get_event
from storage.events.tables import Event, EventHost, EventNotice
from storage.partners import membership
from storage.partners.tables import Organisation

MOST_NAMED = 3
COPIED = (
    *("title", "kind", "place", "address", "latitude", "longitude", "host", "description", "picture"),
    *("questions", "capacity", "seats_per_company", "audience"),
)


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
    kind: EventKind = EventKind.MEETING


def add(session: Session, new: NewEvent, pact: Pact, now: datetime) -> Event:
    """Add an event that is open for answers, without telling anybody."""
    event = _add(session, new, now)
    reminders.plan(session, event, pact, now)
    return event


def draft(turn: Turn, new: NewEvent) -> Event:
    """An event that only staff see until it is published."""
    check_staff(turn.person)
    if new.answer_by and new.answer_by <= turn.now:
        raise EventDoesNotFit
    event = _add(turn.session, new, turn.now)
    event.state, event.created_by_id = EventState.DRAFT, turn.person.id
    turn.session.flush()
    return event


def _add(session: Session, new: NewEvent, now: datetime) -> Event:
    rules.check_schedule(new.starts_at, new.ends_at, new.answer_by, now)
    event = Event(**vars(new), created_at=now, door_code=secrets.token_urlsafe(9))
    session.add(event)
    session.flush()
    return event


def copy(turn: Turn, event_id: int) -> Event:
    """A draft with the same particulars in the first week that fits, and nothing of the old answers."""
    check_staff(turn.person)
    old, days = get_event(turn.session, event_id), 0
    while days_later(old.starts_at, days, turn.pact.timezone) <= turn.now:
        days += 7
    starts_at, ends_at = (days_later(one, days, turn.pact.timezone) for one in (old.starts_at, old.ends_at))
    new = NewEvent(old.title, starts_at, ends_at)
    event = draft(turn, new)
    for column in COPIED:
        setattr(event, column, getattr(old, column))
    put_hosts(turn.session, event, hosts(turn.session, event_id), turn.now)
    return event


def publish(turn: Turn, event_id: int, edition: int | None = None) -> Event:
    """Open a draft for answers and tell the contacts of those who are invited.

    `edition` is the draft's that was looked at.
    """
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    if event.state is not EventState.DRAFT or edition not in (None, event.edition):
        raise EventHasMoved
    changing.note_who(event, turn.person, turn.now)
    return _publish(turn.session, event, turn.pact, turn.now)


def _publish(session: Session, event: Event, pact: Pact, now: datetime) -> Event:
    rules.check_publication(event, now)
    event.state, event.publish_at = EventState.PUBLISHED, None
    session.add(event)
    session.flush()
    reminders.plan(session, event, pact, now)
    _invite(session, event, event.audience, now)
    return event


def _invite(session: Session, event: Event, audience: list[int] | None, now: datetime) -> None:
    outbox.enqueue(
        session,
        reminders.invited(audience),
        EventNotice.EVENT_PUBLISHED,
        f"event:{event.id}:published",
        now,
        subject_id=event.id,
        priority=Priority.BROADCAST,
    )


def publish_later(turn: Turn, event_id: int, at: datetime) -> Event:
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    if event.state is not EventState.DRAFT:
        raise refusals.ButtonIsOutdated
    if at <= turn.now:
        raise EventDoesNotFit
    rules.check_publication(event, at)
    event.publish_at = at
    event.edition += 1
    changing.note_who(event, turn.person, turn.now)
    turn.session.add(event)
    turn.session.flush()
    touch_agenda(turn.session)
    return event


def discard(turn: Turn, event_id: int, edition: int | None = None) -> None:
    """A draft that nobody has seen; `edition` is the one that was looked at."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    if event.state is not EventState.DRAFT or edition not in (None, event.edition):
        raise EventHasMoved
    turn.session.exec(delete(EventHost).where(col(EventHost.event_id) == event_id))
    turn.session.delete(event)
    turn.session.flush()


def work_off(session: Session, pact: Pact, now: datetime) -> None:
    """Drafts whose time to be published has come; one that nobody could answer any more stays a draft."""
    due = select(Event).where(Event.state == EventState.DRAFT, col(Event.publish_at) <= now).with_for_update()
    for event in session.exec(due).all():
        if now < (event.answer_by or event.starts_at):
            _publish(session, event, pact, now)
        event.publish_at = None
        session.add(event)


def next_due(session: Session, now: datetime) -> datetime | None:
    due = select(func.min(Event.publish_at)).where(Event.state == EventState.DRAFT)
    return session.exec(due.where(col(Event.publish_at) > now)).one()


def invite_only(turn: Turn, event_id: int, organisations: Collection[int] | None) -> Event:
    """Whom a draft will be published to; None: all partners. Its hosts are always among them."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    if event.state is not EventState.DRAFT:
        raise refusals.ButtonIsOutdated
    with_hosts = None if organisations is None else sorted({*organisations, *hosts(turn.session, event_id)})
    event.audience = with_hosts
    event.edition += 1
    changing.note_who(event, turn.person, turn.now)
    turn.session.add(event)
    turn.session.flush()
    return event


def invite_more(turn: Turn, event_id: int, organisations: Collection[int]) -> Event:
    """Partners who were forgotten, after an event was published to a choice."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    if event.state is not EventState.PUBLISHED or event.audience is None:
        raise refusals.ButtonIsOutdated
    rules.check_publication(event, turn.now)
    new = _admit(event, organisations)
    changing.note_who(event, turn.person, turn.now)
    turn.session.add(event)
    turn.session.flush()
    _invite(turn.session, event, new, turn.now)
    return event


def _admit(event: Event, organisations: Collection[int]) -> list[int]:
    """Let organisations into the choice of those who are invited; gives the new ones, none where all are."""
    if event.audience is None:
        return []
    new = sorted({*organisations} - {*event.audience})
    event.audience = sorted({*event.audience, *new})
    return new


def hosts(session: Session, event_id: int) -> list[int]:
    """Ids of the organisations that host it."""
    return list(session.exec(select(EventHost.organisation_id).where(EventHost.event_id == event_id)))


def put_hosts(
    session: Session, event: Event, organisations: Collection[int], now: datetime, staff: Person | None = None
) -> None:
    """Who hosts the event; their names stand on the card, the first one's first. They are invited, too."""
    changing.check_stands(event)
    session.exec(delete(EventHost).where(col(EventHost.event_id) == event.id))
    names = []
    for organisation_id in organisations:
        names.append(session.get_one(Organisation, organisation_id).name)
        session.add(EventHost(event_id=event.id, organisation_id=organisation_id))
    event.host = ", ".join(names)[:160]
    changing.count_change(event)
    if staff:
        changing.note_who(event, staff, now)
    new = _admit(event, organisations)
    session.add(event)
    session.flush()
    if event.state is EventState.PUBLISHED and now < event.starts_at:
        _invite(session, event, new, now)


def at_the_same_time(
    session: Session, starts_at: datetime, ends_at: datetime, but: int | None = None
) -> list[str]:
    """Titles of other events that take place or are planned then."""
    meets = col(Event.starts_at) < ends_at, col(Event.ends_at) > starts_at
    stands = col(Event.state) != EventState.CANCELLED, col(Event.id) != (but or 0)
    found = select(Event.title).where(*meets, *stands).order_by(col(Event.starts_at), col(Event.id))
    return list(session.exec(found.limit(MOST_NAMED)))


def drafts(session: Session) -> list[Event]:
    """Events that partners do not see yet."""
    waiting = select(Event).where(Event.state == EventState.DRAFT).order_by(col(Event.starts_at))
    return list(session.exec(waiting))


def organisations_that(session: Session, audience: str) -> list[int]:
    """Ids of today's partners of a kind: `initial`, `companies`, `small` (companies up to 249 people)."""
    is_company = col(Organisation.category) == Category.COMPANY
    which = {
        "initial": col(Organisation.kind) == Kind.INITIAL,
        "companies": is_company,
        "small": and_(is_company, col(Organisation.size).in_((Size.MICRO, Size.SMALL, Size.MEDIUM))),
    }[audience]
    chosen = membership.partners().where(which).order_by(col(Organisation.id))
    return [found for found in session.exec(chosen) if found is not None]
