"""Where events are shown, so that what people see is put right when an event changes.

Public cards (in groups, or shared into a chat) follow every answer; cards in private chats what the office
changes; calendar files changes of time, place and state.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, SQLModel, col, delete, select

from domain.events.refusals import EventIsGone
from storage.engine.pieces import delete_some
from storage.engine.prepared import Prepared
from storage.engine.tables import Person, ShownAs
from storage.events import views
from storage.events.seating import get_event
from storage.events.tables import Event, ShownCard
from storage.events.views import Card

KEPT = timedelta(days=3)  # after the end of the event nothing changes any more
AT_ONCE = 20
OF_UNKNOWN_AGE = -1  # behind any version
FOLLOWED = {ShownAs.PUBLIC: "version", ShownAs.CARD: "edition", ShownAs.FILE: "sequence"}
_TABLE = SQLModel.metadata.tables["shown_card"]
_THE_MESSAGE = (
    _TABLE.columns.chat_id == bindparam("in_chat"),
    _TABLE.columns.message_id == bindparam("numbered"),
)
_SHOWING = ("event_id", "shown_as", "version", "shown_at")
_CHANGE = Prepared(update(_TABLE).where(*_THE_MESSAGE), *_SHOWING)
_ADD = Prepared(insert(_TABLE), *_SHOWING, "chat_id", "message_id", "person_id")


@dataclass(frozen=True)
class Outdated:
    """A message to put right: with the card as its person sees it; a public one has the event only."""

    shown: ShownCard
    event: Event
    person: Person | None
    card: Card | None


def note(
    session: Session,
    event_id: int,
    person: Person,
    chat_id: int,
    message_id: int,
    shown_as: ShownAs,
    now: datetime,
) -> None:
    """A message shows the event as it is now."""
    showing = {
        "event_id": event_id,
        "shown_as": shown_as,
        "version": _version(get_event(session, event_id), shown_as),
        "shown_at": now,
    }
    if _CHANGE.change(session, in_chat=chat_id, numbered=message_id, **showing) == 0:
        owner = None if shown_as is ShownAs.PUBLIC else person.id
        _ADD.change(session, chat_id=chat_id, message_id=message_id, person_id=owner, **showing)


def note_public(session: Session, event_id: int, now: datetime, **message: Any) -> None:
    """A message for all shows the event, in whatever state: `inline_id`, or `chat_id` and `message_id`."""
    if session.exec(select(ShownCard).filter_by(**message)).first() is None:
        session.add(
            ShownCard(
                event_id=event_id, shown_as=ShownAs.PUBLIC, version=OF_UNKNOWN_AGE, shown_at=now, **message
            )
        )
        session.flush()


def forget(session: Session, chat_id: int, message_id: int) -> None:
    """The message shows something else now."""
    session.exec(
        delete(ShownCard).where(col(ShownCard.chat_id) == chat_id, col(ShownCard.message_id) == message_id)
    )


def _version(event: Event, shown_as: ShownAs) -> int:
    return int(getattr(event, FOLLOWED[shown_as]))


def _behind(session: Session, shown_as: ShownAs, now: datetime) -> Any:
    """Versions only grow, so the index finds the few that are behind among all cards of an event."""
    return session.exec(
        select(ShownCard, Event)
        .join(Event, col(Event.id) == col(ShownCard.event_id))
        .where(
            col(ShownCard.shown_as) == shown_as,
            col(ShownCard.version) < getattr(Event, FOLLOWED[shown_as]),
            col(Event.ends_at) > now - KEPT,
        )
        .order_by(col(ShownCard.shown_at))
        .limit(AT_ONCE)
    )


def outdated(session: Session, now: datetime) -> list[Outdated]:
    """The next messages that show an event as it no longer is."""
    rows = [row for shown_as in ShownAs for row in _behind(session, shown_as, now)]
    found = []
    for shown, event in rows[:AT_ONCE]:
        person = session.get(Person, shown.person_id) if shown.person_id else None
        try:
            card = views.card(session, person, event, now) if person else None
        except EventIsGone:  # no longer invited: what they have seen stays as it is
            session.delete(shown)
        else:
            found.append(Outdated(shown, event, person, card))
    return found


def put_right(session: Session, found: Outdated) -> None:
    """It shows what was read; a calendar file is marked once and then left."""
    assert found.shown.id is not None
    if found.shown.shown_as is ShownAs.FILE:
        give_up(session, found)
        return
    session.exec(
        update(ShownCard)
        .where(col(ShownCard.id) == found.shown.id)
        .values(version=_version(found.event, found.shown.shown_as))
    )


def give_up(session: Session, found: Outdated) -> None:
    """The message is gone, or too old to be changed."""
    session.exec(delete(ShownCard).where(col(ShownCard.id) == found.shown.id))


def tidy(session: Session, now: datetime) -> bool:
    over = select(Event.id).where(col(Event.ends_at) < now - KEPT)
    return delete_some(session, ShownCard, col(ShownCard.event_id).in_(over))
