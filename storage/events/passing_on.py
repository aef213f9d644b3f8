"""Answers of whoever leaves, or was two rows, pass on to somebody else."""

from datetime import datetime

from sqlmodel import Session, col, select, update

from domain.events.event import OUT, Status
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import answers, seating
from storage.events.seating import get_event
from storage.events.tables import Event, Rsvp, Seat


def keep_one(turn: Turn, contact: Person) -> None:
    """Where both rows of one human have answered, the contact's stands, unless only the other is in."""
    of_contact = select(Rsvp.event_id).where(Rsvp.person_id == contact.id)
    both = select(Rsvp.event_id).where(Rsvp.person_id == turn.person.id, col(Rsvp.event_id).in_(of_contact))
    for event_id in sorted(turn.session.exec(both)):
        event = get_event(turn.session, event_id, lock=True)
        own, entered = (turn.session.get_one(Rsvp, (event_id, one.id)) for one in (turn.person, contact))
        answers.take_off(
            turn.session, event, entered if entered.status in OUT and own.status not in OUT else own
        )


def hand_over(session: Session, leaver: Person, successor: Person, now: datetime) -> None:
    """Answers to coming events pass on; where the successor comes already, the leaver's becomes a no."""
    coming = select(Event.id).where(col(Event.starts_at) > now)
    answered = select(Rsvp.event_id).where(Rsvp.person_id == leaver.id, col(Rsvp.event_id).in_(coming))
    for event_id in sorted(session.exec(answered)):
        _pass_on(session, get_event(session, event_id, lock=True), leaver, successor, now)


def _pass_on(session: Session, event: Event, leaver: Person, successor: Person, now: datetime) -> None:
    own, other = (
        session.get(Rsvp, (event.id, one.id), populate_existing=True) for one in (leaver, successor)
    )
    if own is None:
        return
    if other and other.status in OUT and own.status not in OUT:
        answers.take_off(session, event, other)
        other = None
    if other is None:
        _tell_successor(session, own, successor, now)
        _make_theirs(session, event.id, leaver.id, successor.id)
    elif own.status not in OUT:
        answers.give_back(session, leaver, event.id, now)


def _make_theirs(session: Session, event_id: int, leaver_id: int, successor_id: int) -> None:
    """They have not said for themselves that they really come."""
    for table in (Rsvp, Seat):
        of_leaver = (col(table.event_id) == event_id, col(table.person_id) == leaver_id)
        session.exec(update(table).where(*of_leaver).values(person_id=successor_id))
    theirs = (col(Rsvp.event_id) == event_id, col(Rsvp.person_id) == successor_id)
    session.exec(update(Rsvp).where(*theirs).values(confirmed_at=None))


def _tell_successor(session: Session, own: Rsvp, successor: Person, now: datetime) -> None:
    """Of a seat that is theirs, or that they have to take in time."""
    event_id = own.event_id
    if own.status is Status.YES:
        answers.send_file(session, event_id, successor, own.status, now, now)
    elif own.status is Status.OFFERED:
        seating.tell_offer(session, event_id, [successor.id], own.offered_until or now, now)
