"""The orientation talk: when the office has time, which times are free, what may still be changed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from domain.basics.calendar import at, exists, is_working_day, kind_of_day
from domain.basics.pact import Pact
from domain.joining.refusals import TooLateToChange

MOST_PROPOSALS = 3
HORIZON = timedelta(weeks=8)  # how far ahead a time can be picked; later ones are a matter of proposing
DAY = timedelta(days=1)
REMIND_AT_LAST = timedelta(hours=2)
ROOM_TO_REACT = timedelta(hours=12)  # from the first reminder to when a talk can be moved no more


class Way(StrEnum):
    ON_SITE = "on_site"
    PHONE = "phone"
    VIDEO = "video"


class Side(StrEnum):
    OFFICE = "office"
    APPLICANT = "applicant"


class TalkState(StrEnum):
    OPEN = "open"  # being arranged, or arranged
    HELD = "held"
    CANCELLED = "cancelled"


class Result(StrEnum):
    """What a talk came to."""

    JOINS = "joins"
    THINKS = "thinks"
    DECLINES = "declines"
    MISSED = "missed"


class Window(NamedTuple):
    """A span on each such weekday (0 is Monday; see `kind_of_day`), in the pact's zone."""

    weekday: int
    starts: time
    ends: time


class Span(NamedTuple):
    starts_at: datetime
    ends_at: datetime

    def meets(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class OfficeHours:
    """When and how the office talks. `notice` is how long before a talk can be moved or cancelled."""

    windows: tuple[Window, ...] = (Window(1, time(9), time(12)), Window(3, time(13), time(16)))
    length: timedelta = timedelta(minutes=45)
    ways: tuple[Way, ...] = tuple(Way)
    notice: timedelta = timedelta(hours=24)
    blocked: frozenset[date] = frozenset()
    place: str = ""
    video_link: str = ""


def times_on(day: date, hours: OfficeHours, pact: Pact) -> list[datetime]:
    """The starts that the office's windows offer on a day, one talk after the other.

    On 24 and 31 December only what the office names for these.
    """
    if day in hours.blocked or not is_working_day(day, pact.holiday_region):
        return []
    starts = []
    for window in hours.windows:
        if window.weekday == kind_of_day(day):
            start, end = (datetime.combine(day, clock, pact.timezone) for clock in window[1:])
            while start + hours.length <= end:
                if exists(start):
                    starts.append(at(day, start.time(), pact.timezone))
                start += hours.length
    return sorted(set(starts))


def free_times(
    day: date, hours: OfficeHours, taken: Collection[Span], pact: Pact, now: datetime
) -> list[datetime]:
    """Those that nobody has and that are neither too near nor too far ahead."""
    return [
        start
        for start in times_on(day, hours, pact)
        if now + hours.notice <= start <= now + HORIZON and is_free(Span(start, start + hours.length), taken)
    ]


def is_free(span: Span, taken: Iterable[Span]) -> bool:
    return not any(span.meets(other) for other in taken)


def reminder_leads(hours: OfficeHours) -> tuple[timedelta, timedelta]:
    """The first comes while a talk can still be moved, at the time of day of the talk."""
    return max(-(-(hours.notice + ROOM_TO_REACT) // DAY), 1) * DAY, REMIND_AT_LAST


def is_changeable(starts_at: datetime, hours: OfficeHours, now: datetime) -> bool:
    return now <= starts_at - hours.notice


def check_changeable(starts_at: datetime, hours: OfficeHours, now: datetime) -> None:
    """Whether an applicant may still move or cancel an arranged talk."""
    if not is_changeable(starts_at, hours, now):
        raise TooLateToChange(hours.notice)
