"""What is due, over all tables: what the timetable works off, and when it must wake next."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from domain.basics.pact import Pact
from domain.office.digest import next_time
from storage.engine import alarms, forms, inbox, loose_texts, outbox, sent_texts
from storage.events import guest_list, planning, reminders, seating, shown
from storage.events.tables import ReminderKind
from storage.joining import cases, requests, talks
from storage.mailings import results
from storage.mailings import running as mailings
from storage.measures import editions, reports
from storage.office import digest
from storage.partners import colleagues, contacts, drafts, links
from storage.programme import polls
from storage.workshop import office as workshops
from storage.workshop import seats


class DueKind(StrEnum):
    REMINDER = "reminder"
    NUDGE = "nudge"
    CONFIRM = "confirm"
    THANKS = "thanks"
    DIGEST = "digest"


@dataclass(frozen=True)
class Due:
    at: datetime
    kind: DueKind
    title: str = ""


def work_off(session: Session, pact: Pact, now: datetime) -> None:
    """Everything that is due becomes notices. Doing it twice does nothing twice."""
    planning.work_off(session, pact, now)
    reminders.work_off(session, now)
    seating.work_off(session, pact, now)
    forms.work_off(session, now)
    cases.work_off(session, now)
    colleagues.work_off(session, now)
    talks.work_off(session, now)
    polls.work_off(session, now)
    workshops.work_off(session, now)
    mailings.work_off(session, now)
    digest.enqueue(session, pact, now)
    alarms.enqueue(session, pact, now)


def next_due(session: Session, now: datetime) -> datetime | None:
    """The next moment after `now` at which there is something to work off; notices have their own."""
    tables = (planning, reminders, seating, forms, cases, colleagues, talks, polls, workshops, mailings)
    return min(filter(None, (table.next_due(session, now) for table in tables)), default=None)


def look_ahead(session: Session, pact: Pact, now: datetime) -> None:
    """At start and nightly: what will be due on a day, months ahead."""
    reports.remind(session, pact, now)


def tidy(session: Session, now: datetime) -> bool:
    """At start and nightly: forget what nobody needs any more, or a piece of it. Whether there is more."""
    large = (
        inbox.forget,
        outbox.forget_sent,
        shown.tidy,
        guest_list.tidy,
        loose_texts.forget,
        sent_texts.forget,
        results.forget,
    )
    if any(forget(session, now) for forget in large):
        return True
    contacts.forget_former(session, now)
    links.forget(session, now)
    requests.forget_failed(session, now)
    drafts.forget_old(session, now)
    editions.forget(session, now)
    seats.tidy(session)
    return False


def upcoming(session: Session, pact: Pact, now: datetime, limit: int = 12) -> list[Due]:
    """What comes next, soonest first, for somebody who waits for it."""
    kinds = {
        ReminderKind.START: DueKind.REMINDER,
        ReminderKind.NUDGE: DueKind.NUDGE,
        ReminderKind.CONFIRM: DueKind.CONFIRM,
        ReminderKind.THANKS: DueKind.THANKS,
    }
    coming = [
        Due(reminder.due_at, kinds[reminder.kind], event.title)
        for reminder, event in reminders.upcoming(session, now, limit)
    ]
    return sorted([*coming, Due(next_time(now, pact), DueKind.DIGEST)], key=lambda due: due.at)[:limit]
