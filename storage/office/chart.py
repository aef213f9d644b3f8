"""What the last weeks were like, in numbers, for a chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from sqlmodel import Session, col, func, or_, select

from storage.events.tables import Rsvp
from storage.ideas.tables import Idea
from storage.partners.tables import Organisation

WEEKS = 8


@dataclass(frozen=True)
class Weeks:
    """Each list has a number for each week, which `mondays` begin; the last week ends before `until`."""

    mondays: tuple[date, ...]
    until: datetime
    answers: tuple[int, ...]
    partners: tuple[int, ...]
    ideas: tuple[int, ...]

    @property
    def has_anything(self) -> bool:
        return any((*self.answers, *self.partners, *self.ideas))


def last_weeks(session: Session, now: datetime) -> Weeks:
    """Whole weeks by UTC; the one that `now` is in has only begun."""
    today = now.astimezone(UTC).date()
    monday = today - timedelta(days=today.weekday())
    mondays = tuple(monday - timedelta(weeks=number) for number in range(WEEKS, 0, -1))
    edges = [datetime.combine(day, time.min, UTC) for day in (*mondays, monday)]
    return Weeks(
        mondays,
        edges[-1],
        _each(session, Rsvp.event_id, Rsvp.changed_at, edges),
        tuple(_partners(session, day + timedelta(weeks=1)) for day in mondays),
        _each(session, Idea.id, Idea.created_at, edges),
    )


def _each(session: Session, counted: Any, moment: Any, edges: Sequence[datetime]) -> tuple[int, ...]:
    return tuple(
        session.exec(select(func.count(counted)).where(col(moment) >= first, col(moment) < last)).one()
        for first, last in pairwise(edges)
    )


def _partners(session: Session, day: date) -> int:
    """Before that day."""
    stays = or_(col(Organisation.left_on).is_(None), col(Organisation.left_on) >= day)
    return session.exec(
        select(func.count()).select_from(Organisation).where(col(Organisation.joined_on) < day, stays)
    ).one()
