"""Orientation talks: times are named by one side and held, the other side takes one; nobody gets the same.

Whoever names or takes a time first locks the office's row, so that of two who want one moment one gets it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, select

from domain.basics.calendar import ahead_of
from domain.basics.pact import Pact
from domain.joining import talks
from domain.joining.refusals import NotYourTurn, RequestIsPart, TalkIsGone, TimeIsTaken, TimesOverlap
from domain.joining.requests import EntryKind, RequestState
from domain.joining.talks import HORIZON, OfficeHours, Side, Span, TalkState, Way
from storage.engine import outbox, people
from storage.engine.database import touch_agenda
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining import case_progress, talk_cards
from storage.joining.tables import JoiningNotice, JoinRequest, Talk, TalkTime
from storage.joining.talk_cards import TalkCard
from storage.office import talk_hours

PERSONAL = (JoiningNotice.TALK_REMINDER, JoiningNotice.TALK_OVER)


def _get_locked(turn: Turn, talk_id: int) -> TalkCard:
    """The same, and nobody else decides about it meanwhile: request, office's row, talk, in this order."""
    request_id = turn.session.exec(select(Talk.request_id).where(Talk.id == talk_id)).one_or_none()
    if request_id is None:
        raise TalkIsGone
    talk_cards.side_of(turn.person, case_progress.get_request(turn.session, request_id))
    talk_hours.lock(turn.session)
    talk = talk_cards.current(turn.session, request_id)
    if talk is None or talk.id != talk_id:
        raise TalkIsGone
    return talk_cards.card(turn.session, turn.person, talk)


def check_arrangeable(session: Session, request: JoinRequest) -> None:
    case_progress.check_undecided(session, request)
    if request.same_as_id:
        raise RequestIsPart


def free_times(turn: Turn, request_id: int) -> tuple[OfficeHours, dict[date, list[datetime]]]:
    """The days on which an applicant can pick a time, with their times."""
    request = case_progress.get_request(turn.session, request_id)
    talk_cards.side_of(turn.person, request)
    check_arrangeable(turn.session, request)
    hours, taken = (
        talk_hours.hours(turn.session),
        [*_taken(turn.session, turn.now), *talk_hours.busy(turn.session, turn.now)],
    )
    first = turn.now.astimezone(turn.pact.timezone).date()
    days = [first + timedelta(days=number) for number in range(HORIZON.days + 2)]
    free = {day: talks.free_times(day, hours, taken, turn.pact, turn.now) for day in days}
    return hours, {day: times for day, times in free.items() if times}


def pick(turn: Turn, request_id: int, way: Way, starts_at: datetime) -> TalkCard:
    """An applicant takes one of the office's free times; it is held until the office answers."""
    request = case_progress.get_request(turn.session, request_id)
    talk_cards.side_of(turn.person, request)
    hours = talk_hours.lock(turn.session)
    own = talk_cards.current(turn.session, request_id)
    taken = [*_taken(turn.session, turn.now, but=own), *talk_hours.busy(turn.session, turn.now)]
    day = starts_at.astimezone(turn.pact.timezone).date()
    if way not in hours.ways or starts_at not in talks.free_times(day, hours, taken, turn.pact, turn.now):
        raise TimeIsTaken
    return _put(turn, request, way, [starts_at])


def propose(turn: Turn, request_id: int, way: Way, starts: Sequence[datetime]) -> TalkCard:
    """Either side names up to three times, also outside of the office's windows."""
    request = case_progress.get_request(turn.session, request_id)
    return _put(turn, request, way, starts[: talks.MOST_PROPOSALS])


def _put(turn: Turn, request: JoinRequest, way: Way, starts: Sequence[datetime]) -> TalkCard:
    """Hold the times in place of those that were on the table; an arranged talk stays until one is taken."""
    side = talk_cards.side_of(turn.person, request)
    check_arrangeable(turn.session, request)
    hours = talk_hours.lock(turn.session)
    talk = talk_cards.current(turn.session, request.id) or Talk(
        request_id=request.id, way=way, changed_at=turn.now
    )
    if talk.starts_at and side is Side.APPLICANT:
        talks.check_changeable(talk.starts_at, hours, turn.now)
    talk.words, talk.changed_at = "", turn.now
    talk.turn = Side.OFFICE if side is Side.APPLICANT else Side.APPLICANT
    turn.session.add(talk)
    turn.session.flush()
    touch_agenda(turn.session)
    _clear(turn.session, talk)
    _hold(turn.session, talk, way, starts, hours, turn.now)
    _tell_other_side(turn.session, request, talk, JoiningNotice.TALK_NAMED, turn.now)
    case_progress.write(
        turn.session, request, turn.person, EntryKind.TALK_NAMED, turn.now, _moments(starts, turn.pact)
    )
    _note_duty(turn.session, request, talk, turn.person, turn.pact, turn.now)
    return talk_cards.card(turn.session, turn.person, talk)


def _hold(
    session: Session, talk: Talk, way: Way, starts: Sequence[datetime], hours: OfficeHours, now: datetime
) -> None:
    taken, own = _taken(session, now, but=talk), list[Span]()
    for start in starts:
        span = Span(start, start + hours.length)
        if start <= now or start == talk.starts_at or not talks.is_free(span, taken):
            raise TimeIsTaken
        if not talks.is_free(span, own):
            raise TimesOverlap(hours.length)
        own.append(span)
        session.add(TalkTime(starts_at=start, ends_at=span.ends_at, talk_id=talk.id, way=way))
    session.flush()


def _taken(session: Session, now: datetime, but: Talk | None = None) -> list[Span]:
    """What is held from now on, the times of `but` left out."""
    rows = session.exec(select(TalkTime).where(col(TalkTime.ends_at) > now))
    return [Span(row.starts_at, row.ends_at) for row in rows if but is None or row.talk_id != but.id]


def _clear(session: Session, talk: Talk, *, also_arranged: bool = False) -> None:
    held = delete(TalkTime).where(col(TalkTime.talk_id) == talk.id)
    session.exec(held if also_arranged else held.where(col(TalkTime.is_arranged).is_(False)))
    session.flush()


def take(turn: Turn, talk_id: int, starts_at: datetime) -> TalkCard:
    """The side whose turn it is takes one of the times on the table: the talk is arranged."""
    found = _get_locked(turn, talk_id)
    talk, request = found.talk, found.request
    check_arrangeable(turn.session, request)
    _check_turn(found)
    if starts_at not in found.times or starts_at <= turn.now:
        raise TimeIsTaken
    ends_at, talk.way = turn.session.get_one(TalkTime, starts_at).ends_at, found.named_way
    _clear(turn.session, talk, also_arranged=True)
    turn.session.add(
        TalkTime(starts_at=starts_at, ends_at=ends_at, talk_id=talk_id, way=talk.way, is_arranged=True)
    )
    talk.starts_at, talk.ends_at, talk.turn, talk.changed_at = starts_at, ends_at, None, turn.now
    talk.sequence = 0 if talk.sequence is None else talk.sequence + 1
    turn.session.add(talk)
    _arranged(turn, request, talk)
    return talk_cards.card(turn.session, turn.person, talk)


def _arranged(turn: Turn, request: JoinRequest, talk: Talk) -> None:
    assert talk.starts_at
    assert talk.ends_at
    if request.state is not RequestState.TALK_ARRANGED:
        case_progress.go(turn.session, request, turn.person, RequestState.TALK_ARRANGED, turn.now)
    case_progress.write(
        turn.session,
        request,
        turn.person,
        EntryKind.TALK_CONFIRMED,
        turn.now,
        _moments([talk.starts_at], turn.pact),
    )
    if turn.person.is_staff:
        case_progress.take_care(turn.session, request, turn.person)
    request.due_on, request.office_due_at = None, None
    case_progress.owe(turn.session, request, turn.pact, talk.ends_at)
    told = [request.person_id, *case_progress.office_of(turn.session, request)]
    key = f"talk:{talk.id}:{talk.sequence}"
    outbox.tell(turn, told, JoiningNotice.TALK_CONFIRMED, f"{key}:arranged", talk.id)
    _plan_reminders(turn.session, request, talk, key, turn.pact, turn.now)


def _plan_reminders(
    session: Session, request: JoinRequest, talk: Talk, key: str, pact: Pact, now: datetime
) -> None:
    """For all staff; when one is due it goes to those who then take care of the case."""
    assert talk.starts_at
    outbox.withdraw(session, talk.id, *PERSONAL)
    staff = [one.id for one in people.staff(session) if one.id]
    for lead in talks.reminder_leads(talk_hours.hours(session)):
        due_at = ahead_of(talk.starts_at, lead, pact.timezone)
        if due_at > now:
            both, kind = [request.person_id, *staff], JoiningNotice.TALK_REMINDER
            outbox.enqueue(session, both, kind, f"{key}:{lead}", now, subject_id=talk.id, due_at=due_at)
    over = JoiningNotice.TALK_OVER
    outbox.enqueue(session, staff, over, f"{key}:over", now, subject_id=talk.id, due_at=talk.ends_at)


def turn_down(turn: Turn, talk_id: int, words: str) -> TalkCard:
    """None of the times on the table suits; an arranged talk stays as it is."""
    found = _get_locked(turn, talk_id)
    _check_turn(found)
    talk, request = found.talk, found.request
    _clear(turn.session, talk)
    _tell_other_side(turn.session, request, talk, JoiningNotice.TALK_TURNED_DOWN, turn.now)
    talk.words, talk.changed_at, talk.turn = words, turn.now, None
    if talk.starts_at is None:
        talk.state = TalkState.CANCELLED
    turn.session.add(talk)
    turn.session.flush()
    case_progress.write(turn.session, request, turn.person, EntryKind.TALK_TURNED_DOWN, turn.now, words)
    if found.side is Side.OFFICE:
        case_progress.settle(turn.session, request, turn.person, turn.pact)
    elif talk.starts_at is None:
        case_progress.owe(turn.session, request, turn.pact, turn.now)
    return talk_cards.card(turn.session, turn.person, talk)


def cancel(turn: Turn, talk_id: int, words: str) -> TalkCard:
    """Call off what is arranged or being arranged; calendars that know of it are told."""
    found = _get_locked(turn, talk_id)
    talk, request = found.talk, found.request
    if talk.starts_at and found.side is Side.APPLICANT:
        talks.check_changeable(talk.starts_at, found.hours, turn.now)
    call_off(turn.session, request, turn.person, words, turn.now)
    if talk.sequence is None:
        other = (
            [request.person_id]
            if found.side is Side.OFFICE
            else case_progress.office_of(turn.session, request)
        )
        _tell(turn.session, other, talk, JoiningNotice.TALK_CANCELLED, turn.now)
    if request.state is RequestState.TALK_ARRANGED:
        case_progress.go(turn.session, request, turn.person, RequestState.RECEIVED, turn.now)
    if found.side is Side.OFFICE:
        case_progress.settle(turn.session, request, turn.person, turn.pact)
    else:
        case_progress.owe(turn.session, request, turn.pact, turn.now)
    return talk_cards.card(turn.session, turn.person, talk)


def call_off(session: Session, request: JoinRequest, person: Person, words: str, now: datetime) -> None:
    """The current talk, if there is one, does not take place; one that has begun was held."""
    talk = talk_cards.current(session, request.id)
    if talk is None:
        return
    _clear(session, talk, also_arranged=True)
    outbox.withdraw(session, talk.id, *PERSONAL)
    if talk.starts_at and talk.starts_at <= now:
        talk.state, talk.turn, talk.changed_at = TalkState.HELD, None, now
        session.add(talk)
        return
    talk.state, talk.turn, talk.words, talk.changed_at = TalkState.CANCELLED, None, words, now
    case_progress.write(session, request, person, EntryKind.TALK_CANCELLED, now, words)
    session.add(talk)
    if talk.sequence is not None:  # calendars know of it
        talk.sequence += 1
        told = [request.person_id, *case_progress.office_of(session, request)]
        _tell(session, told, talk, JoiningNotice.TALK_CANCELLED, now)


def close(session: Session, request: JoinRequest, result: talks.Result, now: datetime) -> None:
    """After the talk: what came of it. Where nothing was arranged here, there is nothing to close."""
    talk = talk_cards.current(session, request.id)
    if talk:
        missed = result is talks.Result.MISSED
        talk.state = TalkState.CANCELLED if missed else TalkState.HELD
        talk.result, talk.turn, talk.changed_at = result, None, now
        _clear(session, talk, also_arranged=True)
        outbox.withdraw(session, talk.id, *PERSONAL)
        session.add(talk)


def _check_turn(found: TalkCard) -> None:
    if found.talk.state is not TalkState.OPEN or found.talk.turn is None:
        raise TalkIsGone
    if found.talk.turn is not found.side:
        raise NotYourTurn


def _tell_other_side(session: Session, request: JoinRequest, talk: Talk, kind: str, now: datetime) -> None:
    """After naming it is the side that is to choose; after turning down, the side that had named."""
    is_office = (talk.turn is Side.OFFICE) == (kind == JoiningNotice.TALK_NAMED)
    told = case_progress.office_of(session, request) if is_office else [request.person_id]
    _tell(session, told, talk, kind, now)


def _tell(session: Session, told: list[int], talk: Talk, kind: str, now: datetime) -> None:
    key = f"talk:{talk.id}:{kind}:{now.isoformat()}"
    outbox.enqueue(session, told, kind, key, now, subject_id=talk.id)


def work_off(session: Session, now: datetime) -> None:
    """Times that have passed before anybody took one are off the table; both sides are told."""
    for talk_id, request_id in session.exec(_lapsed(now)).all():
        request = case_progress.get_request(session, request_id)
        talk_hours.lock(session)
        talk = talk_cards.current(session, request_id)
        if talk is None or talk.id != talk_id or talk.turn is None:
            continue
        _clear(session, talk)
        talk.turn, talk.words, talk.changed_at = None, "", now
        if talk.starts_at is None:
            talk.state = TalkState.CANCELLED
        session.add(talk)
        told = [request.person_id, *case_progress.office_of(session, request)]
        _tell(session, told, talk, JoiningNotice.TALK_LAPSED, now)


def _lapsed(now: datetime) -> Any:
    """Talks with times on the table of which the last one has begun."""
    last_named = (
        select(TalkTime.talk_id, func.max(TalkTime.starts_at).label("last"))
        .where(col(TalkTime.is_arranged).is_(False))
        .group_by(col(TalkTime.talk_id))
        .subquery()
    )
    return (
        select(Talk.id, Talk.request_id)
        .join(last_named, last_named.c.talk_id == col(Talk.id))
        .where(col(Talk.turn).is_not(None), Talk.state == TalkState.OPEN, last_named.c.last <= now)
    )


def next_due(session: Session, now: datetime) -> datetime | None:
    named_ahead = select(func.min(TalkTime.starts_at)).where(
        col(TalkTime.is_arranged).is_(False), col(TalkTime.starts_at) > now
    )
    return session.exec(named_ahead).one()


def _note_duty(
    session: Session, request: JoinRequest, talk: Talk, person: Person, pact: Pact, now: datetime
) -> None:
    if talk.turn is Side.OFFICE:
        case_progress.owe(session, request, pact, now, before=talk_cards.named(session, talk)[0][0])
    else:
        case_progress.settle(session, request, person, pact)


def _moments(starts: Sequence[datetime], pact: Pact) -> str:
    return ", ".join(f"{start.astimezone(pact.timezone):%d.%m.%Y %H:%M}" for start in starts)
