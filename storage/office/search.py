"""What the office looks for by a word: requests, organisations, events."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import sqlalchemy
from sqlmodel import Session, col, select

from domain.basics import names
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.joining import cases
from storage.joining.tables import JoinRequest
from storage.partners.tables import Organisation

FOUND = 8  # events, those to come first


class Found(NamedTuple):
    requests: Sequence[JoinRequest]
    organisations: Sequence[Organisation]
    events: Sequence[Event]


def search(turn: Turn, words: str) -> Found:
    requests, organisations = cases.search(turn, words)
    return Found(requests, organisations, _events(turn.session, words, turn.now))


def _events(session: Session, words: str, now: datetime) -> Sequence[Event]:
    """In whose title, place, address or host all the words stand, in any state."""
    wanted = names.fold(words).split()
    texts = (col(Event.title), col(Event.place), col(Event.address), col(Event.host))
    rows = session.execute(sqlalchemy.select(col(Event.id), col(Event.ends_at), *texts))
    found = [
        (event_id, ends_at)
        for event_id, ends_at, *said in rows
        if wanted and all(word in names.fold(" ".join(said)) for word in wanted)
    ]
    found.sort(key=lambda one: (one[1] <= now, abs(one[1] - now)))
    chosen = [event_id for event_id, _ in found[:FOUND]]
    events = {event.id: event for event in session.exec(select(Event).where(col(Event.id).in_(chosen)))}
    return [events[event_id] for event_id in chosen]
