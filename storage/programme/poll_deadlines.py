"""What comes by the clock of date polls: a nudge to the silent, and the end. All else: `polls.py`."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, exists, func, select

from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.programme import polls
from storage.programme.tables import (
    DatePoll,
    PollAnswer,
    ProgrammeNotice,
)


def _silent(session: Session, poll: DatePoll) -> Any:
    """Those of organisations from which nobody has answered anything."""
    ids = [one.id for one in polls.options_of(session, poll.id)]
    by_me = exists().where(col(PollAnswer.person_id) == col(Person.id), col(PollAnswer.option_id).in_(ids))
    by_us = exists().where(
        col(PollAnswer.organisation_id) == col(Person.organisation_id),
        col(PollAnswer.option_id).in_(ids),
        col(PollAnswer.person_id).in_(polls.invited(poll)),
    )
    return polls.invited(poll).where(~by_me, ~by_us)


def is_silent(turn: Turn, poll: DatePoll) -> bool:
    return (
        turn.session.exec(_silent(turn.session, poll).where(Person.id == turn.person.id)).first() is not None
    )


def work_off(session: Session, now: datetime) -> None:
    """One nudge to silent organisations before the deadline; after it the office hears the result."""
    is_open = col(DatePoll.closed_at).is_(None)
    for poll in session.exec(select(DatePoll).where(is_open, col(DatePoll.nudge_at) <= now)).all():
        if now < poll.deadline:
            polls.tell(session, poll, _silent(session, poll), ProgrammeNotice.POLL_NUDGE, "nudge", now)
        poll.nudge_at = None
        session.add(poll)
    ended = select(DatePoll).where(is_open, col(DatePoll.ended_at).is_(None), col(DatePoll.deadline) <= now)
    for poll in session.exec(ended).all():
        poll.ended_at = now
        session.add(poll)
        staff = [one.id for one in people.staff(session)]
        polls.tell(
            session, poll, staff, ProgrammeNotice.POLL_ENDED, f"ended:{poll.deadline.isoformat()}", now
        )
    session.flush()


def next_due(session: Session, now: datetime) -> datetime | None:
    is_open = col(DatePoll.closed_at).is_(None)
    nudge = select(func.min(DatePoll.nudge_at)).where(is_open, col(DatePoll.nudge_at) > now)
    ends = select(func.min(DatePoll.deadline)).where(is_open, col(DatePoll.deadline) > now)
    return min(filter(None, (session.exec(nudge).one(), session.exec(ends).one())), default=None)
