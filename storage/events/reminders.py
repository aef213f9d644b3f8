"""Moments at which people are reminded of an event: planned with it, moved with it, worked off once."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col, delete, func, select

from domain.basics.calendar import ahead_of
from domain.basics.pact import Pact
from domain.events.event import (
    CONFIRM_BEFORE,
    THANK_AFTER,
    Ask,
    EventState,
    Status,
    overdue_to_send,
    reminder_times,
)
from storage.engine import outbox, people, wishes
from storage.engine.database import touch_agenda
from storage.engine.outbox import Priority
from storage.engine.tables import Person
from storage.events import views
from storage.events.tables import Event, EventNotice, Reminder, ReminderKind, Rsvp
from storage.partners import membership

_NOTICES = {
    ReminderKind.START: (EventNotice.EVENT_REMINDER, Priority.PERSONAL),
    ReminderKind.NUDGE: (EventNotice.EVENT_NUDGE, Priority.BROADCAST),
    ReminderKind.CONFIRM: (EventNotice.EVENT_CONFIRM, Priority.PERSONAL),
    ReminderKind.THANKS: (EventNotice.EVENT_THANKS, Priority.BROADCAST),
    ReminderKind.LISTS: (EventNotice.PORTER_LIST, Priority.PERSONAL),
}
LISTS_BEFORE = timedelta(days=1)  # where answers have no deadline
THANKS_MAKE_SENSE = timedelta(days=7)  # after a stop of the bot; later nobody remembers


def _planned(event: Event, pact: Pact) -> dict[ReminderKind, tuple[datetime, Sequence[timedelta]]]:
    """Each by how long before which moment it comes."""
    lists = (event.answer_by, (timedelta(),)) if event.answer_by else (event.starts_at, (LISTS_BEFORE,))
    return {
        ReminderKind.START: (event.starts_at, pact.reminder_leads),
        ReminderKind.NUDGE: (event.answer_by or event.starts_at, pact.nudge_leads),
        ReminderKind.CONFIRM: (event.starts_at, (CONFIRM_BEFORE,)),
        ReminderKind.THANKS: (event.ends_at, (-THANK_AFTER,)),
        ReminderKind.LISTS: lists,
    }


def plan(session: Session, event: Event, pact: Pact, now: datetime) -> None:
    """(Re)write an event's reminders. Of those whose time is over stay the ones that are still to be sent."""
    zone, planned = pact.timezone, _planned(event, pact)
    for reminder in session.exec(select(Reminder).where(Reminder.event_id == event.id)).all():
        lead = timedelta(seconds=reminder.lead_seconds)
        if reminder.due_at > now or reminder.due_at != ahead_of(planned[reminder.kind][0], lead, zone):
            session.delete(reminder)
    session.flush()
    for kind, (moment, leads) in planned.items():
        for lead, due_at in reminder_times(moment, leads, now, zone).items():
            seconds = int(lead.total_seconds())
            session.add(Reminder(event_id=event.id, kind=kind, lead_seconds=seconds, due_at=due_at))
    touch_agenda(session)


def forget(session: Session, event_id: int) -> None:
    session.exec(delete(Reminder).where(col(Reminder.event_id) == event_id))


def next_due(session: Session, now: datetime) -> datetime | None:
    return session.exec(select(func.min(Reminder.due_at)).where(col(Reminder.due_at) > now)).one()


def upcoming(session: Session, now: datetime, limit: int) -> list[tuple[Reminder, Event]]:
    rows = session.exec(
        select(Reminder, Event)
        .join(Event, col(Event.id) == col(Reminder.event_id))
        .where(col(Reminder.due_at) > now)
        .order_by(col(Reminder.due_at))
        .limit(limit)
    )
    return [(reminder, event) for reminder, event in rows]


def work_off(session: Session, now: datetime) -> None:
    """Turn what is due into notices. Of several missed for one event only the last goes out."""
    due: dict[tuple[int, ReminderKind], dict[datetime, timedelta]] = defaultdict(dict)
    for reminder in session.exec(select(Reminder).where(col(Reminder.due_at) <= now)):
        lead = timedelta(seconds=reminder.lead_seconds)
        due[reminder.event_id, reminder.kind][reminder.due_at] = lead
    for (event_id, kind), leads in due.items():
        event = session.get_one(Event, event_id)
        due_at = overdue_to_send([*leads], _makes_sense_until(event, kind), now)
        if due_at and event.state is EventState.PUBLISHED:
            _enqueue(session, event, kind, due_at, leads[due_at], now)
    session.exec(delete(Reminder).where(col(Reminder.due_at) <= now))


def _makes_sense_until(event: Event, kind: ReminderKind) -> datetime:
    match kind:
        case ReminderKind.NUDGE:
            return event.answer_by or event.starts_at
        case ReminderKind.THANKS:
            return event.ends_at + THANKS_MAKE_SENSE
    return event.starts_at


def _enqueue(
    session: Session, event: Event, kind: ReminderKind, due_at: datetime, lead: timedelta, now: datetime
) -> None:
    if kind is ReminderKind.CONFIRM and not event.waiting:
        return
    (notice, priority), whom = _NOTICES[kind], _whom(session, event, kind, lead)
    if kind is ReminderKind.LISTS and Ask.FOOD in event.questions:
        caterer = f"event:{event.id}:caterer:{due_at.isoformat()}"
        outbox.enqueue(session, whom, EventNotice.CATERER_LIST, caterer, now, subject_id=event.id)
    key = f"event:{event.id}:{kind}:{due_at.isoformat()}"
    outbox.enqueue(session, whom, notice, key, now, subject_id=event.id, priority=priority)


def _whom(session: Session, event: Event, kind: ReminderKind, lead: timedelta) -> Any:
    match kind:
        case ReminderKind.NUDGE:
            return silent(event)
        case ReminderKind.THANKS:
            return views.who_was_there(session, event.id)
        case ReminderKind.START:
            return coming(event.id).where(col(Rsvp.person_id).not_in(wishes.not_so_early(session, lead)))
        case ReminderKind.LISTS:
            return people.staff_ids()
    return coming(event.id)


def coming(event_id: int) -> Any:
    return select(col(Rsvp.person_id)).where(col(Rsvp.event_id) == event_id, col(Rsvp.status) == Status.YES)


def silent(event: Event) -> Any:
    """Contacts of invited organisations from which nobody has answered."""
    answered = exists().where(
        col(Rsvp.event_id) == event.id, col(Rsvp.organisation_id) == col(Person.organisation_id)
    )
    return invited(event.audience).where(~answered)


def invited(audience: list[int] | None) -> Any:
    """Contacts of those partners that are in `audience`; of all where it is None."""
    contacts = membership.contacts()
    return contacts if audience is None else contacts.where(col(Person.organisation_id).in_(audience))
