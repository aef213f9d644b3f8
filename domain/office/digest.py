"""The staff's digest: when it is due and what is in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.basics.calendar import at, is_working_day
from domain.basics.pact import Pact


@dataclass(frozen=True)
class EventCount:
    event_id: int
    title: str
    starts_at: datetime
    yes: int
    no: int
    waiting: int
    unanswered: int
    capacity: int | None


@dataclass(frozen=True)
class Digest:
    """What happened between `since` and `until`, and what is open at `until`."""

    since: datetime
    until: datetime
    new_requests: tuple[tuple[int, str], ...]
    waiting_requests: tuple[tuple[int, str, datetime], ...]
    overdue_requests: tuple[tuple[int, str, date], ...]
    changes: int
    talks: tuple[tuple[datetime, str], ...]
    questions: int
    events: tuple[EventCount, ...]
    ended: tuple[tuple[int, str], ...]  # events, with what they came to
    ideas: tuple[tuple[str, str], ...]
    idea_count: int
    ideas_to_look_at: int
    ideas_unanswered: int  # for more than ten working days
    ideas_rising: tuple[tuple[str, int], ...]  # what gathers support, with how many organisations
    reports_late: int  # of partners; `reports_to_read` are handed in
    reports_to_read: int
    unreachable: tuple[tuple[str, str], ...]
    silent: tuple[tuple[str, str], ...]  # organisations without a contact who can be reached, with phone
    parked_updates: int
    failed_notices: int

    @property
    def is_quiet(self) -> bool:
        return not any(
            (
                self.new_requests,
                self.waiting_requests,
                self.overdue_requests,
                self.changes,
                self.talks,
                self.questions,
                self.events,
                self.ended,
                self.idea_count,
                self.ideas_to_look_at,
                self.ideas_unanswered,
                self.ideas_rising,
                self.reports_late,
                self.reports_to_read,
                self.unreachable,
                self.silent,
                self.parked_updates,
                self.failed_notices,
            )
        )


def next_time(now: datetime, pact: Pact) -> datetime:
    """When the next digest is due, after `now`."""
    day = now.astimezone(pact.timezone).date()
    while not is_working_day(day, pact.holiday_region) or at(day, pact.digest_time, pact.timezone) <= now:
        day += timedelta(days=1)
    return at(day, pact.digest_time, pact.timezone)


def due_at(now: datetime, pact: Pact) -> datetime | None:
    """When today's digest should have gone out, by `now`; None before its time and on days off."""
    today = now.astimezone(pact.timezone).date()
    due = at(today, pact.digest_time, pact.timezone)
    return due if is_working_day(today, pact.holiday_region) and due <= now else None
