"""What an idea becomes: an event that says from which ideas it came."""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.events.event import EventState
from domain.events.refusals import EventIsGone
from domain.ideas.ideas import State
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.ideas import merges, progress
from storage.ideas.tables import Idea, IdeaEvent

OFFERED = 8  # coming events that an idea can become


def coming_events(session: Session, now: datetime) -> list[Event]:
    """What an idea can become; drafts too."""
    ahead = select(Event).where(col(Event.starts_at) > now, Event.state != EventState.CANCELLED)
    return list(session.exec(ahead.order_by(col(Event.starts_at)).limit(OFFERED)))


def find_event(session: Session, event_id: int, now: datetime) -> Event:
    """One that is still to come."""
    event = session.get(Event, event_id)
    if event is None or event.starts_at <= now or event.state is EventState.CANCELLED:
        raise EventIsGone
    return event


def become(turn: Turn, idea_id: int, event: Event, why: str) -> Idea:
    """What is shown as this idea is planned as that event; its card says so, those concerned are told."""
    idea = turn.session.get_one(Idea, merges.top_of(progress.for_office(turn, idea_id)))
    if turn.session.get(IdeaEvent, (idea.id, event.id)) is None:
        turn.session.add(IdeaEvent(idea_id=idea.id, event_id=event.id, made_at=turn.now))
        event.has_ideas = True
        event.version += 1
        event.edition += 1
        turn.session.add(event)
        progress.write(turn, idea, State.PLANNED, why)
    return idea


def events_of(session: Session, idea_ids: list[int]) -> list[Event]:
    """Those that people can see."""
    linked = select(IdeaEvent.event_id).where(col(IdeaEvent.idea_id).in_(idea_ids))
    shown = select(Event).where(col(Event.id).in_(linked), Event.state != EventState.DRAFT)
    return list(session.exec(shown.order_by(col(Event.starts_at))))
