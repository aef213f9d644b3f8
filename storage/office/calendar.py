"""What the office has ahead: arranged talks and events, drafts too."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.events.event import EventState
from domain.joining.talks import TalkState
from storage.engine import people
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.joining.tables import JoinRequest, Talk


@dataclass(frozen=True)
class Date:
    """A talk with its request, or an event."""

    starts_at: datetime
    ends_at: datetime
    talk: Talk | None = None
    request: JoinRequest | None = None
    event: Event | None = None


def ahead(turn: Turn) -> list[Date]:
    """Soonest first, with what goes on now."""
    people.check_staff(turn.person)
    talks = turn.session.exec(
        select(Talk, JoinRequest)
        .join(JoinRequest, col(JoinRequest.id) == col(Talk.request_id))
        .where(Talk.state == TalkState.OPEN, col(Talk.ends_at) > turn.now)
    )
    events = turn.session.exec(
        select(Event).where(col(Event.ends_at) > turn.now, Event.state != EventState.CANCELLED)
    )
    dates = [
        Date(talk.starts_at, talk.ends_at, talk, request)
        for talk, request in talks
        if talk.starts_at and talk.ends_at
    ]
    dates += [Date(event.starts_at, event.ends_at, event=event) for event in events]
    return sorted(dates, key=lambda date: date.starts_at)


def next_events(session: Session, now: datetime, limit: int) -> list[Event]:
    """Published ones that are not over."""
    coming = select(Event).where(col(Event.ends_at) > now, Event.state == EventState.PUBLISHED)
    return list(session.exec(coming.order_by(col(Event.starts_at)).limit(limit)))
