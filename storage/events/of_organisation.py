"""What an organisation has said to events, and at which its people were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy
from sqlmodel import Session, col, func, select

from domain.events.event import Status
from storage.events.tables import Event, Rsvp, Seat


@dataclass(frozen=True)
class Answered:
    """An answer of one of its people, with how many of the party were there."""

    event_id: int
    title: str
    starts_at: datetime
    status: Status
    party: int
    arrived: int


def answers(session: Session, organisation_id: int, limit: int) -> Sequence[Answered]:
    """The newest events first."""
    of_it = (col(Seat.event_id) == col(Rsvp.event_id), col(Seat.person_id) == col(Rsvp.person_id))
    there = select(func.count()).where(*of_it, col(Seat.arrived_at).is_not(None)).scalar_subquery()
    rows = session.execute(
        sqlalchemy.select(
            col(Event.id), col(Event.title), col(Event.starts_at), col(Rsvp.status), col(Rsvp.party), there
        )
        .join(Rsvp, col(Rsvp.event_id) == col(Event.id))
        .where(col(Rsvp.organisation_id) == organisation_id)
        .order_by(col(Event.starts_at).desc(), col(Rsvp.person_id))
        .limit(limit)
    )
    return [Answered(*row) for row in rows]
