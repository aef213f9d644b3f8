"""What the office must hear of at once: updates that failed for good, notices that do not get out.

And that the database could not be written, as soon as it can again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from domain.basics.pact import Pact
from storage.engine import inbox, outbox, people
from storage.engine.tables import EngineNotice

RECENT = timedelta(days=1)  # what is older stands in the digest


@dataclass(frozen=True)
class Trouble:
    parked_updates: int
    late_notices: int


@dataclass(frozen=True)
class Outage:
    since: datetime
    until: datetime


def find(session: Session, now: datetime, awake_since: datetime | None = None) -> Trouble:
    """`awake_since`: what became due while the machine slept is late only from then on."""
    late = outbox.count_late(session, now, awake_since)
    return Trouble(inbox.count_parked(session, since=now - RECENT), late)


def enqueue(session: Session, pact: Pact, now: datetime, awake_since: datetime | None = None) -> None:
    """Tell staff, at most once a day of each kind."""
    trouble = find(session, now, awake_since)
    day = now.astimezone(pact.timezone).date().isoformat()
    for kind, count in vars(trouble).items():
        if count:
            outbox.enqueue(session, people.staff_ids(), EngineNotice.ALARM, f"alarm:{kind}:{day}", now)


def enqueue_outage(session: Session, since: datetime, now: datetime) -> None:
    """Tell staff that it is over, at most once an hour."""
    seconds = max(round((now - since).total_seconds()), 1)
    key = f"outage:{now:%Y-%m-%dT%H}"
    outbox.enqueue(session, people.staff_ids(), EngineNotice.OUTAGE, key, now, subject_id=seconds)
