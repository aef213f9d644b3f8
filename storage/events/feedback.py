"""What people said after an event, and what the office made of it."""

from datetime import datetime
from zlib import crc32

from sqlmodel import Session, col, select

from domain.basics import refusals
from domain.events import feedback as rules
from domain.events.event import EventState, check_state
from domain.events.feedback import Aspect, Opinion, Results
from domain.events.refusals import (
    EventHasMoved,
    EventHasNotEnded,
    EventHasStarted,
    EventIsNotPublished,
    NotAtTheDoor,
    NoteIsSent,
    RecapIsSent,
    TooManyPictures,
)
from storage.engine import outbox
from storage.engine.outbox import Priority
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import guest_list, reminders, views
from storage.events.seating import get_event
from storage.events.tables import Event, EventNotice, Feedback

MOST_PICTURES = 10  # of a recap: as many as an album holds


def give(
    turn: Turn,
    event_id: int,
    *,
    score: int | None = None,
    keep: Aspect | None = None,
    change: Aspect | None = None,
    wish: str | None = None,
) -> Feedback:
    """One tap of somebody who was there; a later one replaces it. Wishes add up."""
    event = get_event(turn.session, event_id)
    check_state(event)
    if turn.now < event.ends_at:
        raise EventHasNotEnded
    check_was_there(turn, event_id)
    if score is not None and not rules.WORST <= score <= rules.BEST:
        raise refusals.ButtonIsOutdated
    found = turn.session.get(Feedback, (event_id, turn.person.id)) or Feedback(
        event_id=event_id, person_id=turn.person.id, given_at=turn.now
    )
    if wish:
        found.wishes = [*found.wishes, wish]
    given = {"score": score, "keep": keep, "change": change}
    for name, value in given.items():
        if value is not None:
            setattr(found, name, value)
    turn.session.add(found)
    turn.session.flush()
    return found


def check_was_there(turn: Turn, event_id: int) -> None:
    if turn.person.id not in views.who_was_there(turn.session, event_id):
        raise NotAtTheDoor


def own_wish(turn: Turn, event_id: int) -> str:
    """Their latest one."""
    found = turn.session.get(Feedback, (event_id, turn.person.id))
    return found.wishes[-1] if found and found.wishes else ""


def just_given(turn: Turn, since: datetime) -> Feedback | None:
    """All three taps, and no wish yet."""
    mine = select(Feedback).where(Feedback.person_id == turn.person.id, col(Feedback.given_at) > since)
    newest = turn.session.exec(mine.order_by(col(Feedback.given_at).desc()).limit(1)).first()
    return newest if newest and newest.change and not newest.wishes else None


def correct_wish(turn: Turn, event_id: int, wish: str) -> bool:
    """Whether the latest one was another."""
    found = turn.session.get(Feedback, (event_id, turn.person.id))
    if found is None or not found.wishes or found.wishes[-1] == wish:
        return False
    found.wishes = [*found.wishes[:-1], wish]
    turn.session.add(found)
    turn.session.flush()
    return True


def results(turn: Turn, event_id: int) -> tuple[Event, Results, int | None, list[str]]:
    """The event, what the taps come to, how many seats stayed empty (None: not counted), and the wishes."""
    event = _ended(turn, event_id)
    given = turn.session.exec(
        select(Feedback).where(Feedback.event_id == event_id).order_by(col(Feedback.given_at))
    ).all()
    there = views.who_was_there(turn.session, event_id)
    asked = turn.session.exec(
        select(Person.id).where(col(Person.id).in_(there), col(Person.telegram_id).is_not(None))
    ).all()
    opinions = [Opinion(one.score, one.keep, one.change) for one in given]
    found = rules.evaluate(opinions, asked=len({*asked, *(one.person_id for one in given)}))
    return (
        event,
        found,
        guest_list.no_shows(turn.session, event_id),
        [wish for one in given for wish in one.wishes],
    )


def recap_of(turn: Turn, event_id: int) -> Event:
    """The event whose recap the office works on, sent or not."""
    return _ended(turn, event_id)


def write_recap(turn: Turn, event_id: int, text: str) -> Event:
    event = _ended(turn, event_id)
    event.recap, event.changed_by_id, event.changed_at = text, turn.person.id, turn.now
    return _changed(turn.session, event, turn.now)


def add_pictures(turn: Turn, event_id: int, pictures: list[str]) -> Event:
    event = _ended(turn, event_id)
    if len(event.recap_pictures) + len(pictures) > MOST_PICTURES:
        raise TooManyPictures(MOST_PICTURES)
    event.recap_pictures = [*event.recap_pictures, *pictures]
    return _changed(turn.session, event, turn.now)


def remove_picture(turn: Turn, event_id: int, number: int, of: int) -> Event:
    """The picture with this number (from 1), as long as there are `of`: a second tap takes no other one."""
    event = _ended(turn, event_id)
    if len(event.recap_pictures) != of or not 1 <= number <= of:
        raise refusals.ButtonIsOutdated
    event.recap_pictures = [*event.recap_pictures[: number - 1], *event.recap_pictures[number:]]
    return _changed(turn.session, event, turn.now)


def _changed(session: Session, event: Event, now: datetime) -> Event:
    event.recap_changed_at = now
    session.add(event)
    session.flush()
    return event


def version_of_recap(event: Event) -> int:
    """Changes with its text and pictures."""
    return crc32("\n".join((event.recap, *event.recap_pictures)).encode()) % 2**31


def send_recap(turn: Turn, event_id: int, version: int | None = None) -> Event:
    """To everybody who was invited; again only after it was changed. `version` is what was looked at."""
    event = _ended(turn, event_id)
    if version is not None and version != version_of_recap(event):
        raise EventHasMoved
    changed_at = event.recap_changed_at
    if not event.recap or changed_at is None:
        raise refusals.ButtonIsOutdated
    if event.recap_sent_at and changed_at <= event.recap_sent_at:
        raise RecapIsSent
    event.recap_sent_at = turn.now
    turn.session.add(event)
    turn.session.flush()
    outbox.tell(
        turn,
        reminders.invited(event.audience),
        EventNotice.EVENT_RECAP,
        f"event:{event_id}:recap:{changed_at.isoformat()}",
        event_id,
        priority=Priority.BROADCAST,
    )
    return event


def _ended(turn: Turn, event_id: int) -> Event:
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    if turn.now < event.ends_at or event.state is not EventState.PUBLISHED:
        raise EventHasNotEnded
    return event


def send_note(turn: Turn, event_id: int, note: str) -> Event:
    """The host's one note on how to arrive, to everybody who comes."""
    guest_list.for_host(turn, event_id)
    event = get_event(turn.session, event_id, lock=True)
    if event.arrival_note:
        raise NoteIsSent
    if event.state is not EventState.PUBLISHED:
        raise EventIsNotPublished
    if turn.now >= event.starts_at:
        raise EventHasStarted
    event.arrival_note = note
    event.version += 1
    turn.session.add(event)
    turn.session.flush()
    coming = reminders.coming(event_id)
    outbox.tell(turn, coming, EventNotice.EVENT_NOTE, f"event:{event_id}:note", event_id)
    return event
