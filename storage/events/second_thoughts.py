"""Taking back an answer may be a slip: what it was is kept, and its seats are held for a moment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.events import event as rules
from domain.events.event import OUT, SECOND_THOUGHT, Status
from domain.events.refusals import TooLateToUndo
from storage.engine import outbox
from storage.engine.database import touch_agenda
from storage.engine.tables import Person
from storage.events import own_answers, seating
from storage.events.own_answers import Own
from storage.events.tables import Event, EventNotice, Rsvp, Seat

NOTHING: dict[str, Any] = {"before": None, "offered": 0, "offered_until": None}
MOMENTS = ("asked_at", "offered_until")


@dataclass(frozen=True)
class Change:
    """From an answer to another one."""

    own: Own
    status: Status
    wish: int

    @property
    def is_again(self) -> bool:
        """A no after a no, as of a double tap."""
        return self.own.status is self.status is Status.NO

    @property
    def is_turned(self) -> bool:
        """Whether somebody comes who did not, or the other way round."""
        return (self.status is Status.YES) is not (self.own.status is Status.YES)

    def values(self, now: datetime) -> dict[str, Any]:
        """What it makes of the row, whoever answered."""
        own, status = self.own, self.status
        return {
            "sequence": own.sequence + (self.is_turned and own.status is not None),
            "status": status,
            "party": self.wish,
            "one_is_enough": own.one_is_enough and status is own.status is Status.WAITING,
            "changed_at": own.changed_at if self.is_again else now,
        }

    @property
    def loses(self) -> bool:
        if self.own.status in (None, *OUT):
            return False
        return self.status is Status.NO or (self.status is self.own.status and self.wish < self.own.party)

    @property
    def given_back(self) -> int:
        had = self.own.party if self.own.status is Status.YES else self.own.seats
        return had - (self.wish if self.status is Status.YES else 0)


def keep(session: Session, event: Event, person: Person, change: Change, now: datetime) -> dict[str, Any]:
    """What was before, if something is lost with this answer, and the seats that are held for it."""
    own = change.own
    if change.is_again:
        return {"before": own.before, "offered": own.offered, "offered_until": own.offered_until}
    if not change.loses or now >= event.starts_at:
        return NOTHING
    held = change.given_back if event.capacity is not None else 0
    until = min(now + SECOND_THOUGHT, event.starts_at) if held else None
    if until:
        touch_agenda(session)
    return {"before": _before(session, event, person, own), "offered": held, "offered_until": until}


def _before(session: Session, event: Event, person: Person, own: Own) -> dict[str, Any]:
    named = select(Seat.number, Seat.name).where(
        Seat.event_id == event.id, Seat.person_id == person.id, col(Seat.number) > 0, Seat.name != ""
    )
    return {
        "status": own.status,
        "party": own.party,
        "one_is_enough": own.one_is_enough,
        "asked_at": own.asked_at.isoformat(),
        "offered": own.offered if own.status is Status.OFFERED else 0,
        "offered_until": own.offered_until.isoformat() if own.offered_until else None,
        "entered_by_id": own.entered_by_id,
        "names": {str(number): name for number, name in session.exec(named)},
    }


def former_party(own: Own, free: int | None, room: int | None) -> int:
    """How many come after all: as many as before, unless only fewer seats are left."""
    party = own.before["party"] if own.before and own.status is Status.NO else 1
    is_too_large = any(limit is not None and 0 < limit < party for limit in (free, room))
    return 1 if is_too_large else max(party, 1)


def put_back_names(
    session: Session, event_id: int, person_id: int, before: dict[str, Any] | None, party: int
) -> None:
    """Of colleagues who come along after all."""
    for number, name in (before or {}).get("names", {}).items():
        key = (event_id, person_id, int(number))
        if int(number) < party and session.get(Seat, key) is None:
            session.add(Seat(event_id=event_id, person_id=person_id, number=key[2], name=name))
    session.flush()


def undo(session: Session, event: Event, person: Person, now: datetime) -> Status:
    """The answer is again what it was before; `event` is locked."""
    rules.check_ahead(event, now)
    own = session.get(Rsvp, (event.id, person.id), populate_existing=True)
    before = own.before if own else None
    if own is None or before is None or now > own.changed_at + SECOND_THOUGHT:
        raise TooLateToUndo
    status, was, held = Status(before["status"]), own.status, own.offered
    seats = before["offered"] + (before["party"] if status is Status.YES else 0)
    has = own.offered + (own.party if own.status is Status.YES else 0)
    if (event.capacity is not None and seats > has) or not _leaves_room(session, event, person, before, own):
        raise TooLateToUndo
    _count(session, event, own, before, status)
    _write(session, own, before, status, now)
    put_back_names(session, event.id, person.id, before, own.party)
    if status is Status.YES and was is Status.NO:
        _send_file_again(session, own, person, now)
    if held:
        touch_agenda(session)
    return status


def _send_file_again(session: Session, own: Rsvp, person: Person, now: datetime) -> None:
    """The one that they had says that it is outdated."""
    outbox.withdraw(session, own.event_id, EventNotice.CALENDAR_REMOVAL, person_id=person.id)
    own.sequence += 1
    session.add(own)
    key = f"event:{own.event_id}:file:{now.isoformat()}"
    outbox.enqueue_for(session, person, EventNotice.CALENDAR_ENTRY, key, now, own.event_id, now)


def _leaves_room(session: Session, event: Event, person: Person, before: dict[str, Any], own: Rsvp) -> bool:
    """Whether colleagues have not taken the organisation's seats meanwhile."""
    others = own_answers.colleagues(session, event.id, person).seats
    room = rules.free_seats(event.seats_per_company, others)
    return room is None or before["party"] <= max(room, own.party)


def _count(session: Session, event: Event, own: Rsvp, before: dict[str, Any], status: Status) -> None:
    def party(kind: Status) -> int:
        return (before["party"] if status is kind else 0) - (own.party if own.status is kind else 0)

    in_line = (status is Status.WAITING) - (own.status is Status.WAITING)
    held = before["offered"] - own.offered
    seating.count(
        session,
        event,
        taken=party(Status.YES),
        held=held,
        waiting=party(Status.WAITING),
        in_line=in_line,
    )


def _write(session: Session, own: Rsvp, before: dict[str, Any], status: Status, now: datetime) -> None:
    moments = {name: datetime.fromisoformat(before[name]) if before[name] else None for name in MOMENTS}
    values = {**{name: value for name, value in before.items() if name != "names"}, **moments}
    for name, value in {**values, "status": status, "before": None, "changed_at": now}.items():
        setattr(own, name, value)
    session.add(own)
    session.flush()
