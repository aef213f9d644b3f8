"""Somebody who had blocked the bot is back: what they have missed, and what is theirs now."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, func, select

from domain.events.event import OUT, EventState
from storage.engine import outbox
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import views
from storage.events.tables import Event, Rsvp
from storage.joining.requests import open_request
from storage.joining.tables import JoinRequest
from storage.office.tables import Inquiry, InquiryLine
from storage.partners import reach

NAMED = 3  # events that were moved or cancelled meanwhile


class HomeNotice(StrEnum):
    WELCOME_BACK = "welcome_back"


@dataclass(frozen=True)
class Missed:
    """`changed` are events that they had answered and that were moved or cancelled."""

    changed: tuple[Event, ...]
    invited: int
    answered: int
    replies: int
    request: JoinRequest | None

    @property
    def is_something(self) -> bool:
        return bool(self.changed or self.invited or self.answered or self.replies or self.request)


def came_back(session: Session, person: Person, since: datetime, now: datetime) -> None:
    """Their organisation can be reached again with them, and they are told what there was."""
    reach.note_reach(session, person.organisation_id, now)
    key, kind = f"back:{now.isoformat()}", HomeNotice.WELCOME_BACK
    outbox.enqueue(session, [person.id], kind, key, now, subject_id=int(since.timestamp()) // 60)


def _is_changed(event: Event, since: datetime) -> bool:
    is_later = event.changed_at is not None and event.changed_at > since
    return is_later and (event.state is EventState.CANCELLED or bool(event.replaced))


def missed(turn: Turn, minute: int) -> Missed:
    """Since a `minute`, counted from 1970."""
    since = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    mine = select(Event, Rsvp.status).join(Rsvp, col(Rsvp.event_id) == col(Event.id))
    rows = turn.session.exec(
        mine.where(Rsvp.person_id == turn.person.id, col(Event.starts_at) > turn.now)
    ).all()
    involved = [event for event, status in rows if status not in OUT]
    changed = [event for event in involved if _is_changed(event, since)]
    ahead = turn.session.exec(
        select(Event).where(col(Event.starts_at) > turn.now, Event.state == EventState.PUBLISHED)
    ).all()
    known = {event.id for event, _ in rows}
    invited = [event for event in ahead if event.id not in known and views.is_invited(turn.person, event)]
    return Missed(
        tuple(changed[:NAMED]),
        len(invited),
        sum(event.state is EventState.PUBLISHED for event in involved),
        _replies(turn, since),
        open_request(turn),
    )


def _replies(turn: Turn, since: datetime) -> int:
    """What the office wrote meanwhile."""
    written = (
        select(func.count())
        .select_from(InquiryLine)
        .join(Inquiry, col(Inquiry.id) == col(InquiryLine.inquiry_id))
        .where(
            Inquiry.person_id == turn.person.id,
            col(InquiryLine.is_office),
            col(InquiryLine.written_at) > since,
        )
    )
    return turn.session.exec(written).one()
