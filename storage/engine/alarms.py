"""What the office must hear of at once: updates that failed for good, notices that do not get out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from storage.engine import inbox, outbox
from storage.engine.tables import EngineNotice, Person

RECENT = timedelta(days=1)  # what is older stands in the digest


@dataclass(frozen=True)
class Trouble:
    parked_updates: int
    late_notices: int


def find(session: Session, now: datetime) -> Trouble:
    return Trouble(inbox.count_parked(session, since=now - RECENT), outbox.count_late(session, now))


def enqueue(session: Session, pact: Pact, now: datetime) -> None:
    """Tell staff, at most once a day of each kind."""
    trouble = find(session, now)
    day = now.astimezone(pact.timezone).date().isoformat()
    staff = select(col(Person.id)).where(col(Person.is_staff))
    for kind, count in vars(trouble).items():
        if count:
            outbox.enqueue(session, staff, EngineNotice.ALARM, f"alarm:{kind}:{day}", now)
