"""What people said after an event, and what the office made of it."""

from datetime import datetime

from sqlmodel import Session, select

from domain import feedback as rules
from domain import refusals
from domain.events import EventState
from domain.feedback import Aspect, Opinion, Results
from storage import outbox, reminders, seats
from storage.outbox import Priority
from storage.people import check_staff
from storage.seating import get_event
from storage.tables import Event, Feedback, NoticeKind, Person


def give(
    session: Session,
    person: Person,
    event_id: int,
    now: datetime,
    *,
    score: int | None = None,
    keep: Aspect | None = None,
    change: Aspect | None = None,
    wish: str | None = None,
) -> Feedback:
    """One tap of somebody who was there; a later one replaces it."""
    assert person.id is not None
    event = get_event(session, event_id)
    if now < event.ends_at:
        raise refusals.EventHasNotEnded
    if person.id not in seats.who_was_there(session, event_id):
        raise refusals.NotAtTheDoor
    if score is not None and not rules.WORST <= score <= rules.BEST:
        raise refusals.ButtonIsOutdated
    found = session.get(Feedback, (event_id, person.id)) or Feedback(
        event_id=event_id, person_id=person.id, given_at=now
    )
    given = {"score": score, "keep": keep, "change": change, "wish": wish}
    for name, value in given.items():
        if value is not None:
            setattr(found, name, value)
    session.add(found)
    session.flush()
    return found


def own_wish(session: Session, person: Person, event_id: int) -> str:
    found = session.get(Feedback, (event_id, person.id))
    return found.wish if found else ""


def results(session: Session, staff: Person, event_id: int) -> tuple[Event, Results, int | None, list[str]]:
    """The event, what the taps come to, how many seats stayed empty (None: not counted), and the wishes."""
    check_staff(staff)
    event = get_event(session, event_id)
    given = session.exec(select(Feedback).where(Feedback.event_id == event_id)).all()
    opinions = [Opinion(one.score, one.keep, one.change) for one in given]
    found = rules.evaluate(opinions, asked=len(seats.who_was_there(session, event_id)))
    return event, found, seats.no_shows(session, event_id), [one.wish for one in given if one.wish]


def write_recap(session: Session, staff: Person, event_id: int, text: str, now: datetime) -> Event:
    event = _ended(session, staff, event_id, now)
    event.recap = text
    event.version += 1
    session.add(event)
    session.flush()
    return event


def add_picture(session: Session, staff: Person, event_id: int, picture: str, now: datetime) -> Event:
    event = _ended(session, staff, event_id, now)
    event.recap_pictures = [*event.recap_pictures, picture][-10:]  # as many as an album holds
    session.add(event)
    session.flush()
    return event


def send_recap(session: Session, staff: Person, event_id: int, now: datetime) -> Event:
    """To everybody who was invited, once."""
    event = _ended(session, staff, event_id, now)
    if not event.recap:
        raise refusals.ButtonIsOutdated
    outbox.enqueue(
        session,
        reminders.invited(event.audience),
        NoticeKind.EVENT_RECAP,
        f"event:{event_id}:recap",
        now,
        subject_id=event_id,
        priority=Priority.BROADCAST,
    )
    return event


def _ended(session: Session, staff: Person, event_id: int, now: datetime) -> Event:
    check_staff(staff)
    event = get_event(session, event_id, lock=True)
    if now < event.ends_at or event.state is not EventState.PUBLISHED:
        raise refusals.EventHasNotEnded
    return event


def send_note(session: Session, person: Person, event_id: int, note: str, now: datetime) -> Event:
    """The host's one note on how to arrive, to everybody who comes."""
    seats.for_host(session, person, event_id)
    event = get_event(session, event_id, lock=True)
    if event.arrival_note:
        raise refusals.NoteIsSent
    if event.state is not EventState.PUBLISHED:
        raise refusals.EventIsNotPublished
    if now >= event.starts_at:
        raise refusals.EventHasStarted
    event.arrival_note = note
    event.version += 1
    session.add(event)
    session.flush()
    coming = reminders.coming(event_id)
    outbox.enqueue(session, coming, NoticeKind.EVENT_NOTE, f"event:{event_id}:note", now, subject_id=event_id)
    return event
