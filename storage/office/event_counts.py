"""How the answers to coming events stand, and what of it is new: a part of the digest."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlmodel import Session, and_, case, col, func

from domain.events.event import EventState, Status
from domain.office.digest import EventCount
from storage.events import reaching, unanswered
from storage.events.tables import Event, Rsvp

MOST = 20  # events; those that move are drawn first
COUNTED = ("yes", "no", "waiting", "new_yes", "new_no", "new_waiting")


def _sums(since: datetime, until: datetime) -> list[Any]:
    """In the order of COUNTED: of all answers, then of those that are new."""
    moved = and_(col(Rsvp.changed_at) > since, col(Rsvp.changed_at) <= until)

    def total(statuses: Iterable[Status], value: object, *, only_new: bool = False) -> Any:
        counts = and_(col(Rsvp.status).in_(statuses), moved) if only_new else col(Rsvp.status).in_(statuses)
        return func.coalesce(func.sum(case((counts, value), else_=0)), 0)

    kinds = (
        ([Status.YES], col(Rsvp.party)),
        ([Status.NO], 1),
        ([Status.WAITING, Status.OFFERED], col(Rsvp.party)),
    )
    return [total(*kind, only_new=only_new) for only_new in (False, True) for kind in kinds]


def event_counts(session: Session, since: datetime, until: datetime) -> tuple[EventCount, ...]:
    rows = session.execute(
        sqlalchemy.select(Event, *_sums(since, until))
        .join(Rsvp, col(Rsvp.event_id) == col(Event.id), isouter=True)
        .where(col(Event.state) == EventState.PUBLISHED, col(Event.starts_at) > until)
        .group_by(col(Event.id))
        .order_by(col(Event.starts_at))
        .limit(MOST)
    ).all()
    partners = unanswered.partners(session) if rows else 0
    return tuple(
        EventCount(
            event_id=event.id,
            title=event.title,
            starts_at=event.starts_at,
            unanswered=unanswered.count(session, event, partners),
            capacity=event.capacity,
            unreached=reaching.count(session, event),
            **dict(zip(COUNTED, counts, strict=True)),
        )
        for event, *counts in rows
    )
