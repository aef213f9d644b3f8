"""Changing, moving, cancelling events, and who is told of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, or_, select

from domain.basics.pact import Pact
from domain.events import event as rules
from domain.events.event import EventState, Status
from domain.events.refusals import EventHasStarted, EventIsCancelled
from storage.engine import outbox
from storage.engine.outbox import Priority
from storage.engine.people import CAN_BE_REACHED, check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import phone_calls, reaching, reminders, seating
from storage.events.phone_calls import Call
from storage.events.seating import get_event
from storage.events.tables import Event, EventNotice, Rsvp
from storage.partners.tables import Organisation

IN_CALENDARS = ("starts_at", "ends_at", "place", "address")
CHANGES_GATHER = timedelta(minutes=3)  # in which several changes are told as one
SOON = timedelta(hours=1)  # to the start: then every minute counts
TOLD = (*IN_CALENDARS, "answer_by")  # whose change people are told of


@dataclass(frozen=True)
class Reach:
    """Whom a change concerns: people who come, people who wait or are offered a seat, and the silent ones.

    `calls` are those among the first two to whom the bot cannot write.
    """

    coming: int
    waiting: int
    silent: int
    invited: int
    calls: tuple[Call, ...] = ()
    chosen: tuple[str, ...] = ()  # names of the organisations, where not all are invited
    unreached: tuple[str, ...] = ()  # names of those who do not get it in the chat


def note_who(event: Event, staff: Person, now: datetime) -> None:
    """For whoever of the office comes second."""
    event.changed_by_id, event.changed_at = staff.id, now


def changed_by_other(turn: Turn, event_id: int) -> tuple[Event, str] | None:
    """The event with the name of who changed it last, unless that was this one of the office."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id)
    if event.changed_by_id in (None, turn.person.id):
        return None
    return event, turn.session.get_one(Person, event.changed_by_id).name


def change(turn: Turn, event_id: int, values: dict[str, Any]) -> Event:
    """Give columns new values. Who comes, waits or is invited is told of another time, place or deadline."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    check_stands(event)
    replaced = {
        name: getattr(event, name) for name in TOLD if name in values and getattr(event, name) != values[name]
    }
    is_published = event.state is EventState.PUBLISHED
    if is_published and turn.now >= event.starts_at and (replaced or {"capacity", "answer_by"} & set(values)):
        raise EventHasStarted
    _put(event, values, turn.now, is_moved=bool(replaced))
    note_who(event, turn.person, turn.now)
    turn.session.add(event)
    turn.session.flush()
    if is_published:
        _after_change(turn.session, event, turn.pact, turn.now, replaced)
        if set(replaced) - {"answer_by"}:
            phone_calls.ask_about(turn, event)
    return event


def _put(event: Event, values: dict[str, Any], now: datetime, *, is_moved: bool) -> None:
    """Where they fit together."""
    if "capacity" in values:
        rules.check_capacity(values["capacity"], event.taken + event.held, event.capacity)
    for name, value in values.items():
        setattr(event, name, value)
    count_change(event)
    if is_moved:
        rules.check_schedule(event.starts_at, event.ends_at, event.answer_by, now)
    if event.publish_at:
        rules.check_publication(event, event.publish_at)


def count_change(event: Event) -> None:
    """Every card is drawn anew."""
    event.version += 1
    event.edition += 1


def _after_change(
    session: Session, event: Event, pact: Pact, now: datetime, replaced: dict[str, datetime | str | None]
) -> None:
    if now < event.starts_at:
        reminders.plan(session, event, pact, now)
        seating.go_on(session, event, pact, now)
    if replaced:
        before = {name: _as_text(value) for name, value in replaced.items()}
        is_untold = outbox.withdraw(session, event.id, EventNotice.EVENT_MOVED)
        first = {**before, **event.replaced} if is_untold else before
        event.replaced = {name: was for name, was in first.items() if was != _as_text(getattr(event, name))}
        if event.replaced:
            key, kind = f"moved:{event.edition}", EventNotice.EVENT_MOVED
            _tell(session, event, _concerned(event), kind, key, now, due_at=_told_at(event, now))
    if set(IN_CALENDARS) & set(replaced):
        event.sequence += 1
        seating.end_offers_by(session, event)
        outbox.withdraw(session, event.id, EventNotice.CALENDAR_ENTRY)
        _send_files(session, event, EventNotice.CALENDAR_ENTRY, now, due_at=_told_at(event, now))


def _as_text(value: datetime | str | None) -> str:
    return value.isoformat() if isinstance(value, datetime) else value or ""


def _told_at(event: Event, now: datetime) -> datetime:
    """A little later, so that several changes are one message; not when it begins soon."""
    return now + CHANGES_GATHER if event.starts_at - now > SOON else now


def _concerned(event: Event) -> Any:
    """Of a later deadline only those hear who can still use it: they have not answered."""
    was = event.replaced.get("answer_by")
    has_longer = was and (event.answer_by is None or event.answer_by.isoformat() > was)
    if set(event.replaced) != {"answer_by"} or not has_longer:
        return _involved(event)
    settled = select(Rsvp.person_id).where(Rsvp.event_id == event.id, Rsvp.status != Status.LAPSED)
    return _involved(event).where(col(Person.id).not_in(settled))


def move(turn: Turn, event_id: int, starts_at: datetime, ends_at: datetime | None) -> Event:
    """Give an event a new start; its length stays unless given, its deadline moves along."""
    event = get_event(turn.session, event_id, lock=True)
    shift = starts_at - event.starts_at
    values: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at or event.ends_at + shift}
    if event.answer_by:
        values["answer_by"] = rules.deadline_moved(
            event.answer_by, event.starts_at, starts_at, turn.now, turn.pact.timezone
        )
    return change(turn, event_id, values)


def cancel(turn: Turn, event_id: int, reason: str) -> Event:
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    check_ahead(event, turn.now)
    event.state = EventState.CANCELLED
    event.reason = reason
    event.sequence += 1
    note_who(event, turn.person, turn.now)
    count_change(event)
    turn.session.add(event)
    reminders.forget(turn.session, event_id)
    outbox.withdraw(turn.session, event_id, EventNotice.EVENT_MOVED, EventNotice.EVENT_ASKS)
    _tell(turn.session, event, _involved(event), EventNotice.EVENT_CANCELLED, "cancelled", turn.now)
    phone_calls.ask_about(turn, event)
    _send_files(turn.session, event, EventNotice.CALENDAR_REMOVAL, turn.now)
    return event


def check_stands(event: Event) -> None:
    if event.state is EventState.CANCELLED:
        raise EventIsCancelled


def check_ahead(event: Event, now: datetime) -> None:
    check_stands(event)
    if now >= event.starts_at:
        raise EventHasStarted


def stands(turn: Turn, event_id: int) -> None:
    """Raises EventIsGone or EventIsCancelled."""
    check_stands(get_event(turn.session, event_id))


def is_ahead(turn: Turn, event_id: int) -> None:
    """Raises EventHasStarted too."""
    check_ahead(get_event(turn.session, event_id), turn.now)


def _involved(event: Event) -> Any:
    """Whoever is invited or has answered, but for those who are not coming."""
    declined = select(Rsvp.person_id).where(Rsvp.event_id == event.id, Rsvp.status == Status.NO)
    answered = select(Rsvp.person_id).where(Rsvp.event_id == event.id)
    return select(col(Person.id)).where(
        or_(col(Person.id).in_(answered), col(Person.id).in_(reminders.invited(event.audience))),
        col(Person.id).not_in(declined),
    )


def _tell(
    session: Session,
    event: Event,
    whom: Any,
    kind: str,
    what: str,
    now: datetime,
    *,
    due_at: datetime | None = None,
) -> None:
    key = f"event:{event.id}:{what}"
    outbox.enqueue(session, whom, kind, key, now, subject_id=event.id, due_at=due_at)


def _send_files(
    session: Session, event: Event, kind: str, now: datetime, due_at: datetime | None = None
) -> None:
    """The calendars of all who come follow a change of time, place or state."""
    coming = reminders.coming(event.id)
    key = f"event:{event.id}:files:{event.sequence}"
    outbox.enqueue(
        session, coming, kind, key, now, subject_id=event.id, priority=Priority.BROADCAST, due_at=due_at
    )


def reach(session: Session, event_id: int) -> Reach:
    """How many will be told of a change of time, place or deadline, or of a cancellation."""
    event = get_event(session, event_id)
    involved = _involved(event).where(*CAN_BE_REACHED)

    def those(*statuses: Status) -> int:
        answered = select(Rsvp.person_id).where(Rsvp.event_id == event_id, col(Rsvp.status).in_(statuses))
        return session.exec(
            select(func.count()).where(col(Person.id).in_(involved), col(Person.id).in_(answered))
        ).one()

    total = session.exec(select(func.count()).where(col(Person.id).in_(involved))).one()
    coming, waiting = those(Status.YES), those(Status.WAITING, Status.OFFERED)
    invited = count_contacts(session, event.audience)
    to_ring = tuple(phone_calls.about(session, event_id))
    names = _names(session, event.audience)
    unreached = tuple(one.organisation.name for one in reaching.whom(session, event.audience) if one.why)
    return Reach(coming, waiting, total - coming - waiting, invited, to_ring, names, unreached)


def count_contacts(session: Session, audience: list[int] | None) -> int:
    """Of these organisations, those whom an invitation reaches."""
    contacts = reminders.invited(audience).where(*CAN_BE_REACHED)
    return session.exec(select(func.count()).where(col(Person.id).in_(contacts))).one()


def _names(session: Session, audience: list[int] | None) -> tuple[str, ...]:
    chosen = select(Organisation.name).where(col(Organisation.id).in_(audience or ()))
    return tuple(session.exec(chosen.order_by(col(Organisation.name_key))))


def toggle_question(turn: Turn, event_id: int, ask: rules.Ask) -> Event:
    """Ask this with the answer, or no longer; of those who have answered it is asked a little later."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    check_stands(event)
    wanted = {*event.questions} ^ {ask}
    event.questions = [question for question in rules.Ask if question in wanted]
    count_change(event)
    note_who(event, turn.person, turn.now)
    turn.session.add(event)
    turn.session.flush()
    if ask in wanted and event.state is EventState.PUBLISHED and turn.now < event.starts_at:
        outbox.withdraw(turn.session, event_id, EventNotice.EVENT_ASKS)
        come = select(Rsvp.person_id).where(Rsvp.event_id == event_id, col(Rsvp.status).not_in(rules.OUT))
        key, kind = f"asks:{event.edition}", EventNotice.EVENT_ASKS
        _tell(turn.session, event, come, kind, key, turn.now, due_at=_told_at(event, turn.now))
    return event
