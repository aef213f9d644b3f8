"""A person's own events as a calendar to subscribe to: its address stands and falls with a code of theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from domain.events.event import EventState, Status
from storage.engine import wishes
from storage.engine.tables import NoticeWish, Person
from storage.engine.turn import Turn
from storage.events import views
from storage.events.tables import Event, Rsvp
from storage.events.views import Card

KEPT = timedelta(days=90)  # that past ones stay in it


@dataclass(frozen=True)
class OwnEvents:
    language: str
    cards: tuple[Card, ...]


def code_of(turn: Turn) -> str:
    return wishes.of(turn.session, turn.person).calendar_code


def change(turn: Turn, code: str) -> str:
    """A new address, after which the one before leads nowhere; without a code there is none."""
    wishes.set_calendar_code(turn, code)
    return code


def read(
    session: Session, person_id: int, is_right: Callable[[str], bool], now: datetime
) -> OwnEvents | None:
    """What somebody comes to; None where there is no such calendar, or no longer."""
    wish, person = session.get(NoticeWish, person_id), session.get(Person, person_id)
    if wish is None or person is None or not wish.calendar_code or not is_right(wish.calendar_code):
        return None
    events = session.exec(
        select(Event)
        .join(Rsvp, col(Rsvp.event_id) == col(Event.id))
        .where(
            Rsvp.person_id == person_id,
            Rsvp.status == Status.YES,
            Event.state == EventState.PUBLISHED,
            col(Event.ends_at) > now - KEPT,
        )
        .order_by(col(Event.starts_at), col(Event.id))
    ).all()
    return OwnEvents(person.language, tuple(views.card(session, person, event, now) for event in events))
