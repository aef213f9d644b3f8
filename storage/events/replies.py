"""Who comes along by name, and what was answered to an event's questions."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics import refusals
from domain.basics.consent import Topic
from domain.events import event as rules
from domain.events.event import Status
from domain.events.refusals import TooManyNames
from storage.engine import consents
from storage.engine.turn import Turn
from storage.events import views
from storage.events.seating import get_event
from storage.events.tables import Event, Rsvp, Seat
from storage.events.views import Card

AGREED = tuple(Topic)  # what is told of these needs one's own consent
UNTOLD = ("no", "none")


def name_colleagues(turn: Turn, event_id: int, given: Sequence[str]) -> Card:
    """Who comes along, also after the deadline."""
    card = views.show(turn, event_id)
    rules.check_ahead(card.event, turn.now)
    put_names(turn.session, event_id, turn.person.id, card.party, given)
    return views.show(turn, event_id)


def yes_lately(turn: Turn, since: datetime) -> Rsvp | None:
    own = select(Rsvp).where(Rsvp.person_id == turn.person.id, Rsvp.status == Status.YES)
    newest = own.where(col(Rsvp.changed_at) > since).order_by(col(Rsvp.changed_at).desc()).limit(1)
    return turn.session.exec(newest).first()


def put_names(session: Session, event_id: int, person_id: int, party: int, given: Sequence[str]) -> None:
    if len(given) >= party:
        raise TooManyNames(max(party - 1, 0))
    for number in range(1, party):
        name = given[number - 1] if number <= len(given) else ""
        key = (event_id, person_id, number)
        seat = session.get(Seat, key) or Seat(event_id=event_id, person_id=person_id, number=number)
        seat.name = name[:128]
        session.add(seat)
    _let_night_come_again(session, get_event(session, event_id))


def reply(turn: Turn, event_id: int, ask: str, value: str) -> Card:
    """Answer one of the event's questions, also after the deadline: somebody may take an offer then."""
    rules.check_ahead(get_event(turn.session, event_id), turn.now)
    note_reply(turn.session, event_id, turn.person.id, ask, value)
    if ask in AGREED:
        change = consents.end if value in UNTOLD else consents.give
        change(turn.session, turn.person, Topic(ask), event_id, turn.now)
    return views.show(turn, event_id)


def note_reply(session: Session, event_id: int, person_id: int, ask: str, value: str) -> None:
    own, event = session.get(Rsvp, (event_id, person_id), with_for_update=True), get_event(session, event_id)
    if own is None or ask not in event.questions or value not in rules.REPLIES[rules.Ask(ask)]:
        raise refusals.ButtonIsOutdated
    own.replies = {**own.replies, ask: value}
    session.add(own)
    _let_night_come_again(session, event)


def _let_night_come_again(session: Session, event: Event) -> None:
    """What is told of an event that was tidied, by the office or because it was put off, is forgotten too."""
    event.is_tidied = False
    session.add(event)
    session.flush()
