"""Which message of a phone shows a session, and which of them are behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Session, and_, col, delete, or_, select

from domain.workshop.acts import Phase
from storage.engine.tables import Person
from storage.workshop import log
from storage.workshop.log import Room
from storage.workshop.tables import Workshop, WorkshopSeat

AGAIN_AFTER = timedelta(seconds=20)  # a phone whose owner does nothing; at a new phase at once


@dataclass(frozen=True)
class Seat:
    workshop_id: int
    person_id: int


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def note(
    session: Session,
    workshop_id: int,
    person: Person,
    chat_id: int,
    message_id: int,
    text: str,
    now: datetime,
    sequence: int,
) -> None:
    """A message shows the session as of this act, in these words."""
    seat = session.get(WorkshopSeat, (workshop_id, person.id)) or WorkshopSeat(
        workshop_id=workshop_id, person_id=person.id, chat_id=0, message_id=0, shown_sequence=0, shown_at=now
    )
    seat.chat_id, seat.message_id, seat.shown_text = chat_id, message_id, digest(text) if text else ""
    seat.shown_sequence, seat.shown_at = max(sequence, seat.shown_sequence), now
    session.add(seat)
    session.flush()


def behind(session: Session, now: datetime, room: int) -> list[Seat]:
    """Of sessions that have gone on, phones that show another phase first, then those drawn longest ago."""
    rows = session.exec(
        select(WorkshopSeat.workshop_id, WorkshopSeat.person_id)
        .join(Workshop, col(Workshop.id) == col(WorkshopSeat.workshop_id))
        .where(
            or_(
                col(WorkshopSeat.shown_sequence) < col(Workshop.phase_sequence),
                and_(
                    col(WorkshopSeat.shown_sequence) < col(Workshop.sequence),
                    col(WorkshopSeat.shown_at) <= now - AGAIN_AFTER,
                    col(WorkshopSeat.shown_text) != "",
                ),
            )
        )
        .order_by(
            (col(WorkshopSeat.shown_sequence) >= col(Workshop.phase_sequence)),
            col(WorkshopSeat.shown_at),
            col(WorkshopSeat.person_id),
        )
        .limit(room)
    )
    return [Seat(*row) for row in rows]


def read(session: Session, seat: Seat, now: datetime) -> tuple[WorkshopSeat, Room, Person] | None:
    found = session.get(WorkshopSeat, (seat.workshop_id, seat.person_id))
    person = session.get(Person, seat.person_id)
    if found is None or person is None:
        return None
    return found, log.seen_by(session, person, seat.workshop_id, now), person


def put_right(session: Session, drawn: WorkshopSeat, text: str, sequence: int, now: datetime) -> bool:
    """Whether the message still stands as it was read: its owner may have tapped meanwhile."""
    seat = session.get(WorkshopSeat, (drawn.workshop_id, drawn.person_id))
    if seat is None:
        return True
    before = (drawn.message_id, drawn.shown_sequence, drawn.shown_text)
    if (seat.message_id, seat.shown_sequence, seat.shown_text) != before:
        return False
    seat.shown_sequence, seat.shown_at, seat.shown_text = sequence, now, digest(text)
    session.add(seat)
    session.flush()
    return True


def tidy(session: Session) -> None:
    """Nightly: what is over changes no more."""
    closed = select(Workshop.id).where(Workshop.phase == Phase.CLOSED)
    session.exec(delete(WorkshopSeat).where(col(WorkshopSeat.workshop_id).in_(closed)))


def forget(session: Session, seats: Sequence[Seat]) -> None:
    """Their messages can be changed no more."""
    for seat in seats:
        session.exec(
            delete(WorkshopSeat).where(
                col(WorkshopSeat.workshop_id) == seat.workshop_id,
                col(WorkshopSeat.person_id) == seat.person_id,
            )
        )


def erase(session: Session, person: Person) -> None:
    session.exec(delete(WorkshopSeat).where(col(WorkshopSeat.person_id) == person.id))
