"""What is kept too long is forgotten: by the periods of the register, at night, a piece at a time.

Who has done nothing for two years and belongs to nobody is asked whether they want to stay, then erased.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import func, inspect
from sqlmodel import Session, col, exists, select

from domain.basics.pact import Pact
from domain.joining.requests import UNDECIDED
from storage.engine import outbox
from storage.engine.inventory import Kept
from storage.engine.people import ERASED, OF_NOBODY
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event, Rsvp
from storage.joining.tables import JoinRequest
from storage.privacy import erasure, reviews
from storage.privacy.register import HOLDINGS, KEPT, days_of
from storage.privacy.tables import Erasure, PrivacyNotice

SILENT = timedelta(days=730)
TO_ANSWER = timedelta(days=30)
PIECE = 500  # rows
FEW = 5  # people


@dataclass(frozen=True)
class Overdue:
    """What should be gone by now: a table, and how many of its rows."""

    what: str
    rows: int


def work_off(session: Session, pact: Pact, now: datetime) -> bool:
    """A piece; whether there may be more."""
    days = days_of(session)
    for kept in KEPT:
        if kept.since and _delete_piece(session, kept, now - timedelta(days=_days(kept, days))):
            return True
    if any(holding.forget(session, days, now) for holding in HOLDINGS):
        return True
    reviews.empty_late(session, now)
    _ask_who_is_silent(session, now)
    return _forget_silent(session, pact, now) or _finish_former(session, pact, now)


def _days(kept: Kept, days: dict[str, int]) -> int:
    return days[kept.period.name]


def _late(kept: Kept, before: datetime) -> list[Any]:
    return [kept.columns[kept.since] < before, *([kept.which()] if kept.which else [])]


def _delete_piece(session: Session, kept: Kept, before: datetime) -> bool:
    table = next(iter(kept.columns)).table
    keys = list(inspect(kept.table).primary_key)
    some = sqlalchemy.select(*keys).where(*_late(kept, before)).limit(PIECE)
    found = session.execute(some).all()
    if found:
        chosen = sqlalchemy.tuple_(*keys).in_([tuple(row) for row in found])
        session.execute(sqlalchemy.delete(table).where(chosen))
    return len(found) == PIECE


def _alone() -> tuple[Any, ...]:
    """Who uses Telegram, but neither works in the office nor acts for an organisation, nor waits for one."""
    waits = exists().where(
        col(JoinRequest.person_id) == col(Person.id), col(JoinRequest.state).in_(UNDECIDED)
    )
    comes = exists().where(
        col(Rsvp.person_id) == col(Person.id),
        col(Event.id) == col(Rsvp.event_id),
        col(Event.ends_at) > func.coalesce(Person.seen_at, Person.created_at),
    )
    return (
        col(Person.telegram_id).is_not(None),
        col(Person.organisation_id).is_(None),
        col(Person.office_role).is_(None),
        ~waits,
        ~comes,
    )


def _is_silent(now: datetime) -> Any:
    return func.coalesce(Person.seen_at, Person.created_at) < now - SILENT


def _ask_who_is_silent(session: Session, now: datetime) -> None:
    silent = select(Person).where(*_alone(), _is_silent(now), col(Person.asked_to_stay_at).is_(None))
    for person in session.exec(silent.limit(PIECE)).all():
        person.asked_to_stay_at = now
        session.add(person)
        outbox.enqueue(session, [person.id], PrivacyNotice.STAY, f"stay:{now.date()}", now)
    session.flush()


def _forget_silent(session: Session, pact: Pact, now: datetime) -> bool:
    asked = col(Person.asked_to_stay_at) < now - TO_ANSWER
    gone = session.exec(select(Person).where(*_alone(), _is_silent(now), asked).limit(FEW)).all()
    for person in gone:
        erasure.erase(Turn(session, person, pact, now))
    return len(gone) == FEW


def _finish_former(session: Session, pact: Pact, now: datetime) -> bool:
    """Who has left an organisation has no name here any more; what else is theirs follows."""
    is_former = (
        col(Person.name) == ERASED,
        col(Person.telegram_id).is_(None),
        col(Person.organisation_id).is_(None),
        col(Person.office_role).is_(None),
        col(Person.language) != OF_NOBODY,
    )
    former = session.exec(select(Person).where(*is_former).limit(FEW)).all()
    for person in former:
        erasure.erase(Turn(session, person, pact, now))
    return len(former) == FEW


def overdue(session: Session, now: datetime) -> list[Overdue]:
    """For `doctor` and administrators: what the night has not done, a day after it should have."""
    days = days_of(session)
    found: list[Overdue] = []
    for kept in KEPT:
        if kept.since:
            late = _late(kept, now - timedelta(days=_days(kept, days) + 1))
            table = next(iter(kept.columns)).table
            rows = session.execute(sqlalchemy.select(func.count()).select_from(table).where(*late))
            found.append(Overdue(kept.what, rows.scalar_one()))
    return [one for one in found if one.rows]


@dataclass(frozen=True)
class Standing:
    """What is due and open."""

    overdue: Sequence[Overdue]
    not_cleaned: int
    reviews: int
    late_reviews: int
    asked_to_stay: int
    erased: int


def standing(session: Session, now: datetime) -> Standing:
    asked = (col(Person.asked_to_stay_at).is_not(None), col(Person.telegram_id).is_not(None))
    waiting = reviews.waiting(session)
    return Standing(
        overdue(session, now),
        len(erasure.open_ones(session)),
        len(waiting),
        sum(review.due_at < now for review in waiting),
        session.exec(select(func.count()).select_from(Person).where(*asked)).one(),
        session.exec(select(func.count()).select_from(Erasure)).one(),
    )
