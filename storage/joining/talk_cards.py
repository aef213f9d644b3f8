"""Orientation talks as both sides see them. How they come to be: `talks.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from domain.joining.refusals import TalkIsGone
from domain.joining.talks import OfficeHours, Side, Span, TalkState, Way
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining.tables import JoinRequest, Talk, TalkTime
from storage.office import talk_hours


@dataclass(frozen=True)
class TalkCard:
    """A talk, the times on the table in order and how they are meant, and whose side the reader is on."""

    talk: Talk
    request: JoinRequest
    times: tuple[datetime, ...]
    named_way: Way
    side: Side
    hours: OfficeHours
    busy: tuple[datetime, ...] = ()  # times on the table at which the office has an event


def current(session: Session, request_id: int) -> Talk | None:
    """The talk that is arranged or being arranged; locked, after the request and the office's row."""
    found = select(Talk).where(Talk.request_id == request_id, Talk.state == TalkState.OPEN).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one_or_none()


def named(session: Session, talk: Talk) -> tuple[tuple[datetime, ...], Way]:
    """The times on the table, and how the talk is to be held at one of them."""
    rows = session.exec(
        select(TalkTime)
        .where(TalkTime.talk_id == talk.id, col(TalkTime.is_arranged).is_(False))
        .order_by(col(TalkTime.starts_at))
    ).all()
    return tuple(row.starts_at for row in rows), rows[0].way if rows else talk.way


def way_named(turn: Turn, request_id: int) -> Way | None:
    """How the talk is to be held, as was said last."""
    talk = _newest(turn.session, request_id)
    return named(turn.session, talk)[1] if talk else None


def card(session: Session, person: Person, talk: Talk) -> TalkCard:
    request = session.get_one(JoinRequest, talk.request_id)
    side = side_of(person, request)
    times, way = named(session, talk)
    hours = talk_hours.hours(session)
    busy = _meeting_events(session, times, hours.length)
    return TalkCard(talk, request, times, way, side, hours, busy)


def meeting_events(session: Session, starts: Sequence[datetime]) -> tuple[datetime, ...]:
    """The talks among these that would meet an event of the office's."""
    return _meeting_events(session, starts, talk_hours.hours(session).length)


def _meeting_events(session: Session, starts: Sequence[datetime], length: timedelta) -> tuple[datetime, ...]:
    taken = talk_hours.busy(session, min(starts)) if starts else []
    return tuple(start for start in starts if any(Span(start, start + length).meets(one) for one in taken))


def get(turn: Turn, talk_id: int) -> TalkCard:
    talk = turn.session.get(Talk, talk_id)
    if talk is None:
        raise TalkIsGone
    return card(turn.session, turn.person, talk)


def newest(turn: Turn, request_id: int) -> TalkCard:
    """Where arranging a talk about a request stands."""
    talk = _newest(turn.session, request_id)
    if talk is None:
        raise TalkIsGone
    return card(turn.session, turn.person, talk)


def _newest(session: Session, request_id: int) -> Talk | None:
    found = select(Talk).where(Talk.request_id == request_id).order_by(col(Talk.id).desc()).limit(1)
    return session.exec(found).first()


def side_of(person: Person, request: JoinRequest) -> Side:
    if person.id == request.person_id:
        return Side.APPLICANT
    people.check_staff(person)
    return Side.OFFICE


def coming(session: Session, now: datetime, until: datetime) -> list[tuple[datetime, str, int]]:
    """Talks that are arranged until then, with whom, and of which request."""
    rows = session.exec(
        select(Talk.starts_at, JoinRequest.organisation, Talk.request_id)
        .join(JoinRequest, col(JoinRequest.id) == col(Talk.request_id))
        .where(Talk.state == TalkState.OPEN, col(Talk.starts_at) > now, col(Talk.starts_at) <= until)
        .order_by(col(Talk.starts_at))
    )
    return [(start, organisation, request_id) for start, organisation, request_id in rows if start]


def arranged_with(session: Session, person_id: int, since: datetime) -> list[TalkCard]:
    """Those that were not called off, for somebody's own calendar: an applicant's, or all of the office's."""
    person = session.get_one(Person, person_id)
    found = session.exec(
        select(Talk)
        .join(JoinRequest, col(JoinRequest.id) == col(Talk.request_id))
        .where(
            *(() if person.is_staff else (JoinRequest.person_id == person_id,)),
            Talk.state != TalkState.CANCELLED,
            col(Talk.ends_at) > since,
        )
        .order_by(col(Talk.starts_at))
    ).all()
    return [card(session, person, talk) for talk in found]
