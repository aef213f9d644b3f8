"""The seats of an event: counted, offered to those who wait, and given on when an offer is over."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy
from sqlalchemy import bindparam, literal_column, or_
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, SQLModel, col, delete, func, select, update

from domain.basics.pact import Pact
from domain.events import event as rules
from domain.events.event import EventState, Offer, Party, Status
from domain.events.refusals import EventIsGone
from storage.engine import outbox
from storage.engine.database import touch_agenda
from storage.engine.prepared import Prepared, PreparedEntity
from storage.engine.tables import ShownAs
from storage.events import phone_calls
from storage.events.tables import Event, EventNotice, Rsvp, Seat

OF_UNKNOWN_AGE, LEFT = -1, 2**31 - 1  # versions of cards that are behind any of the event, and behind none
_THE_EVENT = col(Event.id) == bindparam("event_id")
_EVENT = PreparedEntity(Event, _THE_EVENT)
_EVENT_LOCKED = PreparedEntity(Event, _THE_EVENT, lock=True)
_COUNTED = SQLModel.metadata.tables["event"]
_COUNT = Prepared(
    sqlalchemy.update(_COUNTED).where(_COUNTED.columns.id == bindparam("event_id")),
    *("taken", "held", "waiting", "in_line", "version"),
)

_CARD = SQLModel.metadata.tables["shown_card"]
_OF_PERSON = (
    _CARD.columns.person_id == bindparam("whose"),
    _CARD.columns.event_id + 0 == bindparam("of_event"),  # a person has few cards, an event many
    _CARD.columns.version < LEFT,
)
_BEHIND = Prepared(sqlalchemy.update(_CARD).where(*_OF_PERSON).values(version=OF_UNKNOWN_AGE))
_CARDS_BEHIND = Prepared(
    sqlalchemy.update(_CARD)
    .where(*_OF_PERSON, _CARD.columns.shown_as == ShownAs.CARD)
    .values(version=OF_UNKNOWN_AGE)
)
_VIEWS_BEHIND = Prepared(
    sqlalchemy.update(_CARD)
    .where(
        _CARD.columns.view.in_([literal_column("'guests'"), literal_column("'entry'")]),
        _CARD.columns.subject_id == bindparam("of_event"),
        or_(_CARD.columns.view == "guests", _CARD.columns.edition == bindparam("whose")),
    )
    .values(changes=_CARD.columns.changes + 1)
)


def get_event(session: Session, event_id: int, *, lock: bool = False) -> Event:
    """The event; with `lock`, no other transaction decides about its seats until this one ends."""
    event = (_EVENT_LOCKED if lock else _EVENT).one_or_none(session, event_id=event_id)
    if event is None:
        raise EventIsGone
    return event


def title_of(session: Session, event_id: int) -> str:
    return get_event(session, event_id).title


def count(
    session: Session, event: Event, *, taken: int = 0, held: int = 0, waiting: int = 0, in_line: int = 0
) -> None:
    """Add to the people who are in, are offered a seat, and wait, and to the parties that wait.

    The event's row is locked.
    """
    if taken or held or waiting:
        counts = {
            "taken": event.taken + taken,
            "held": event.held + held,
            "waiting": event.waiting + waiting,
            "in_line": event.in_line + in_line,
            "version": event.version + 1,
        }
        _COUNT.write(session, event_id=event.id, **counts)
        for name, value in counts.items():
            set_committed_value(event, name, value)


def redraw_cards(session: Session, event_id: int, person_id: int, *, files: bool = False) -> None:
    """Their answer has changed: what they have of the event is behind, and what the office sees of guests."""
    (_BEHIND if files else _CARDS_BEHIND).write(session, whose=person_id, of_event=event_id)
    _VIEWS_BEHIND.write(session, whose=person_id, of_event=event_id)


def free(event: Event) -> int | None:
    return rules.free_seats(event.capacity, event.taken + event.held)


def go_on(session: Session, event: Event, pact: Pact, now: datetime) -> None:
    """Offer free seats to those who wait, and tell them; who does not fit and was ahead is told why."""
    if event.state is not EventState.PUBLISHED or now >= event.starts_at or not event.waiting:
        return
    line = _line(session, event.id)
    offers = rules.who_is_offered(line, free(event))
    if not offers.made:
        return
    until = rules.offer_ends(now, event.starts_at, pact)
    parties = {party.person_id: party.size for party in line}
    for offer in offers.made:
        _hold(session, event.id, offer, until, now)
    seats = sum(offer.seats for offer in offers.made)
    offered = [offer.person_id for offer in offers.made]
    for person_id in offered:
        redraw_cards(session, event.id, person_id)
    waiting = sum(parties[person_id] for person_id in offered)
    count(session, event, held=seats, waiting=-waiting, in_line=-len(offered))
    tell_offer(session, event.id, offered, until, now)
    phone_calls.ask_for(session, event.id, offered, now)
    tell(session, event.id, EventNotice.PASSED_OVER, offers.passed_over, now)
    touch_agenda(session)


def _line(session: Session, event_id: int) -> list[Party]:
    rows = session.exec(
        select(Rsvp.person_id, Rsvp.party, Rsvp.one_is_enough)
        .where(Rsvp.event_id == event_id, Rsvp.status == Status.WAITING)
        .order_by(col(Rsvp.asked_at), col(Rsvp.person_id))
    )
    return [Party(*row) for row in rows]


def _hold(session: Session, event_id: int, offer: Offer, until: datetime, now: datetime) -> None:
    session.exec(
        update(Rsvp)
        .where(col(Rsvp.event_id) == event_id, col(Rsvp.person_id) == offer.person_id)
        .values(status=Status.OFFERED, offered=offer.seats, offered_until=until, changed_at=now)
    )


def tell(
    session: Session,
    event_id: int,
    kind: str,
    people: Sequence[int],
    now: datetime,
    due_at: datetime | None = None,
) -> None:
    """Of what has become of their place in line; once for each person and moment."""
    if people:
        key = f"event:{event_id}:{kind}:{now.isoformat()}"
        outbox.enqueue(session, people, kind, key, now, subject_id=event_id, due_at=due_at)


def tell_offer(
    session: Session, event_id: int, people: Sequence[int], until: datetime, now: datetime
) -> None:
    """And once more in its last hours."""
    tell(session, event_id, EventNotice.SEAT_OFFERED, people, now)
    due_at = rules.offer_reminder(now, until)
    if due_at:
        tell(session, event_id, EventNotice.OFFER_ENDS, people, now, due_at)


def work_off(session: Session, pact: Pact, now: datetime) -> None:
    """Offers that are over go on to the next; so do seats of those who have left the pact."""
    _end_offers(session, pact, now)
    has_room = or_(col(Event.capacity).is_(None), col(Event.capacity) > col(Event.taken) + col(Event.held))
    waited_for = select(Event.id).where(col(Event.waiting) > 0, has_room, col(Event.starts_at) > now)
    for event_id in session.exec(waited_for).all():
        go_on(session, get_event(session, event_id or 0, lock=True), pact, now)


def _end_offers(session: Session, pact: Pact, now: datetime) -> None:
    """Whoever had an offer that is over is told, and is off the list. What was given back is free now."""
    over = select(Rsvp.event_id).where(col(Rsvp.offered_until) <= now)
    for event_id in sorted(set(session.exec(over))):  # sorted here, or SQLite would walk all answers in order
        event = get_event(session, event_id, lock=True)
        late = session.exec(
            select(Rsvp).where(Rsvp.event_id == event_id, col(Rsvp.offered_until) <= now)
        ).all()
        held = sum(answer.offered for answer in late)
        people = [answer.person_id for answer in late if answer.status is Status.OFFERED]
        for answer in late:
            _lapse(session, answer, now)
        session.exec(delete(Seat).where(col(Seat.event_id) == event_id, col(Seat.person_id).in_(people)))
        session.flush()
        for person_id in people:
            redraw_cards(session, event_id, person_id)
        count(session, event, held=-held)
        tell(session, event_id, EventNotice.OFFER_LAPSED, people, now)
        go_on(session, event, pact, now)


def _lapse(session: Session, answer: Rsvp, now: datetime) -> None:
    if answer.status is Status.OFFERED:
        answer.status, answer.party, answer.one_is_enough = Status.LAPSED, 0, False
        answer.changed_at = now
    answer.offered, answer.offered_until = 0, None
    session.add(answer)


def end_offers_by(session: Session, event: Event) -> None:
    """No offer is open when the event starts, also where it starts earlier now."""
    session.exec(
        update(Rsvp)
        .where(
            col(Rsvp.event_id) == event.id,
            col(Rsvp.status) == Status.OFFERED,
            col(Rsvp.offered_until) > event.starts_at,
        )
        .values(offered_until=event.starts_at)
    )


def next_due(session: Session, now: datetime) -> datetime | None:
    return session.exec(select(func.min(Rsvp.offered_until)).where(col(Rsvp.offered_until) > now)).one()
