"""What is due, over all tables: what the timetable works off, and when it must wake next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from sqlmodel import Session

from domain.basics.calendar import at
from domain.basics.pact import Pact
from storage.engine import alarms, forms, inbox, loose_texts, outbox, sent_texts
from storage.events import guest_list, planning, reminders, seating, shown
from storage.events.tables import ReminderKind
from storage.joining import cases, requests, talks
from storage.mailings import running as mailings
from storage.measures import editions, owed
from storage.office import digest, staff
from storage.partners import colleagues, contacts, drafts, links
from storage.privacy import retention
from storage.programme import poll_deadlines
from storage.team_chats import joins, posts
from storage.workshop import office as workshops
from storage.workshop import seats

TIDY_AT = time(3)


class DueKind(StrEnum):
    REMINDER = "reminder"
    NUDGE = "nudge"
    CONFIRM = "confirm"
    THANKS = "thanks"
    LISTS = "lists"
    DIGEST = "digest"


@dataclass(frozen=True)
class Due:
    at: datetime
    kind: DueKind
    title: str = ""


Work = Callable[[Session, Pact, datetime], None]
NextDue = Callable[[Session, Pact, datetime], datetime | None]


class Timed(StrEnum):
    """What happens by the clock."""

    DRAFTS = "drafts"
    REMINDERS = "reminders"
    OFFERS = "offers"
    FORMS = "forms"
    OWED = "owed"
    COLLEAGUES = "colleagues"
    TALKS = "talks"
    POLLS = "polls"
    WORKSHOPS = "workshops"
    MAILINGS = "mailings"
    DIGESTS = "digests"
    NOTICES = "notices"
    REPORTS = "reports"
    TIDYING = "tidying"


@dataclass(frozen=True)
class Duty:
    """Something timed: what it is, what is done when it is due, and when that is next, after a moment."""

    what: Timed
    work_off: Work
    next_due: NextDue


class Agenda(Protocol):
    """A module with what is due of one kind, which needs nothing of the pact."""

    def work_off(self, session: Session, now: datetime, /) -> None: ...

    def next_due(self, session: Session, now: datetime, /) -> datetime | None: ...


def _of(what: Timed, agenda: Agenda) -> Duty:
    return Duty(
        what,
        lambda session, _, now: agenda.work_off(session, now),
        lambda session, _, now: agenda.next_due(session, now),
    )


DUTIES = (
    Duty(Timed.DRAFTS, planning.work_off, lambda session, _, now: planning.next_due(session, now)),
    _of(Timed.REMINDERS, reminders),
    Duty(Timed.OFFERS, seating.work_off, lambda session, _, now: seating.next_due(session, now)),
    _of(Timed.FORMS, forms),
    _of(Timed.OWED, cases),
    _of(Timed.COLLEAGUES, colleagues),
    _of(Timed.TALKS, talks),
    _of(Timed.POLLS, poll_deadlines),
    _of(Timed.WORKSHOPS, workshops),
    _of(Timed.MAILINGS, mailings),
    Duty(Timed.DIGESTS, digest.enqueue, digest.next_due),
)


def work_off(session: Session, pact: Pact, now: datetime, awake_since: datetime | None = None) -> None:
    """Everything that is due becomes notices. Doing it twice does nothing twice.

    `awake_since`: since when what is due could have gone out.
    """
    for duty in DUTIES:
        duty.work_off(session, pact, now)
    alarms.enqueue(session, pact, now, awake_since)


def next_due(session: Session, now: datetime, pact: Pact) -> datetime | None:
    """The next moment after `now` at which there is something to work off; notices have their own."""
    return min(filter(None, (duty.next_due(session, pact, now) for duty in DUTIES)), default=None)


def timetable(session: Session, pact: Pact, now: datetime) -> list[tuple[Timed, datetime | None]]:
    """All that is timed, with its next time, soonest first; None where nothing is planned."""
    times = [(duty.what, duty.next_due(session, pact, now)) for duty in DUTIES]
    times.append((Timed.NOTICES, outbox.next_due(session, now)))
    times.extend((nightly, next_tidying(now, pact)) for nightly in (Timed.REPORTS, Timed.TIDYING))
    return sorted(times, key=lambda line: (line[1] is None, line[1] or now))


def next_tidying(now: datetime, pact: Pact) -> datetime:
    today = now.astimezone(pact.timezone).date()
    days = (today + timedelta(days=number) for number in (0, 1))
    return next(due for due in (at(day, TIDY_AT, pact.timezone) for day in days) if due > now)


def look_ahead(session: Session, pact: Pact, now: datetime) -> None:
    """At start and nightly: what will be due on a day, months ahead."""
    owed.remind(session, pact, now)


IN_PIECES = (  # of what there may be very much
    *(inbox.forget, outbox.forget_sent, shown.tidy, guest_list.tidy),
    *(loose_texts.forget, sent_texts.forget, posts.tidy),
)


def tidy(session: Session, pact: Pact, now: datetime) -> bool:
    """At start and nightly: forget what nobody needs any more, or a piece of it. Whether there is more."""
    if any(forget(session, now) for forget in IN_PIECES):
        return True
    contacts.forget_former(session, now)
    links.forget(session, now)
    requests.forget_failed(session, now)
    drafts.forget_old(session, now)
    editions.forget(session, now)
    staff.forget_links(session, now)
    seats.tidy(session)
    joins.tidy(session, now)
    return retention.work_off(session, pact, now)


def upcoming(session: Session, pact: Pact, now: datetime, limit: int = 12) -> list[Due]:
    """What comes next, soonest first, for somebody who waits for it."""
    kinds = {
        ReminderKind.START: DueKind.REMINDER,
        ReminderKind.NUDGE: DueKind.NUDGE,
        ReminderKind.CONFIRM: DueKind.CONFIRM,
        ReminderKind.THANKS: DueKind.THANKS,
        ReminderKind.LISTS: DueKind.LISTS,
    }
    coming = [
        Due(reminder.due_at, kinds[reminder.kind], event.title)
        for reminder, event in reminders.upcoming(session, now, limit)
    ]
    next_digest = digest.next_due(session, pact, now)
    digests = [Due(next_digest, DueKind.DIGEST)] if next_digest else []
    return sorted([*coming, *digests], key=lambda due: due.at)[:limit]
