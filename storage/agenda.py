"""What is due, over all tables: what the timetable works off, and when it must wake next."""

from datetime import datetime

from sqlmodel import Session

from domain.pact import Pact
from storage import digest, forms, inbox, outbox, reminders


def work_off(session: Session, pact: Pact, now: datetime) -> None:
    """Everything that is due becomes notices. Doing it twice does nothing twice."""
    reminders.work_off(session, now)
    forms.work_off(session, now)
    digest.enqueue(session, pact, now)


def next_due(session: Session, now: datetime) -> datetime | None:
    """The next moment after `now` at which there is something to do."""
    moments = (reminders.next_due(session, now), forms.next_due(session, now), outbox.next_due(session, now))
    return min(filter(None, moments), default=None)


def tidy(session: Session, now: datetime) -> None:
    """Nightly: forget what nobody needs any more."""
    inbox.forget_done(session, now)
    outbox.forget_sent(session, now)
