"""Moments at which people are reminded of an event: planned with it, moved with it, worked off once."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import SelectBase, exists
from sqlmodel import Session, col, delete, func, select

from domain.events import EventState, Status, overdue_to_send, reminder_times
from domain.pact import Pact
from storage import membership, outbox
from storage.database import touch_agenda
from storage.outbox import Priority
from storage.tables import Event, NoticeKind, Person, Reminder, ReminderKind, Rsvp


def plan(session: Session, event: Event, pact: Pact, now: datetime) -> None:
    """(Re)write an event's reminders; those whose time is over already are left out."""
    assert event.id is not None
    forget(session, event.id)
    times = {
        ReminderKind.START: reminder_times(event.starts_at, pact.reminder_leads, now),
        ReminderKind.NUDGE: reminder_times(event.answer_by or event.starts_at, pact.nudge_leads, now),
    }
    for kind, due in times.items():
        for lead, due_at in due.items():
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
    due: dict[tuple[int, ReminderKind], list[datetime]] = defaultdict(list)
    for reminder in session.exec(select(Reminder).where(col(Reminder.due_at) <= now)):
        due[reminder.event_id, reminder.kind].append(reminder.due_at)
    for (event_id, kind), moments in due.items():
        event = session.get_one(Event, event_id)
        moment = event.starts_at if kind is ReminderKind.START else event.answer_by or event.starts_at
        due_at = overdue_to_send(moments, moment, now)
        if due_at and event.state is EventState.PUBLISHED:
            _enqueue(session, event_id, kind, due_at, now)
    session.exec(delete(Reminder).where(col(Reminder.due_at) <= now))


def _enqueue(session: Session, event_id: int, kind: ReminderKind, due_at: datetime, now: datetime) -> None:
    recipients, notice, priority = {
        ReminderKind.START: (_coming(event_id), NoticeKind.EVENT_REMINDER, Priority.PERSONAL),
        ReminderKind.NUDGE: (_silent(event_id), NoticeKind.EVENT_NUDGE, Priority.BROADCAST),
    }[kind]
    key = f"event:{event_id}:{kind}:{due_at.isoformat()}"
    outbox.enqueue(session, recipients, notice, key, now, subject_id=event_id, priority=priority)


def _coming(event_id: int) -> SelectBase:
    return select(col(Rsvp.person_id)).where(col(Rsvp.event_id) == event_id, col(Rsvp.status) == Status.YES)


def _silent(event_id: int) -> SelectBase:
    """Contacts of partners from which nobody has answered."""
    answered = exists().where(
        col(Rsvp.event_id) == event_id, col(Rsvp.organisation_id) == col(Person.organisation_id)
    )
    return membership.contacts().where(~answered)
