"""Days and hours as an office lives them: working days, quiet hours, leads before a moment."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

UNITS = {
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}


def parse_leads(text: str) -> tuple[timedelta, ...]:
    """Read `7d,1d,2h` (also `90m`, `20s`), longest first; empty means none. Raises ValueError."""
    leads = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        match = re.fullmatch(r"(\d{1,4})([dhms])", part)
        if not match or not int(match[1]):
            raise ValueError(f"{part!r} is no lead; write them like 7d,1d,2h or 90m")
        leads.append(int(match[1]) * UNITS[match[2]])
    return tuple(sorted(set(leads), reverse=True))


@dataclass(frozen=True)
class QuietHours:
    """A span of the day, in the pact's zone, in which notices make no sound; it may cross midnight."""

    starts: time
    ends: time

    @classmethod
    def parse(cls, text: str) -> "QuietHours | None":
        """Read `20:00-08:00`; empty means none. Raises ValueError."""
        if not text.strip():
            return None
        starts, ends = (time.fromisoformat(part.strip()) for part in text.split("-"))
        return cls(starts, ends)

    def cover(self, moment: datetime, zone: ZoneInfo) -> bool:
        clock = moment.astimezone(zone).time()
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


@cache
def _holidays(region: str, language: str | None = None) -> holidays.HolidayBase:
    country, _, state = region.partition("-")
    known = holidays.country_holidays(country, subdiv=state or None)
    spoken = next((one for one in known.supported_languages if language and one.startswith(language)), None)
    return holidays.country_holidays(country, subdiv=state or None, language=spoken) if spoken else known


def holiday_name(day: date, region: str, language: str) -> str | None:
    """In that language, where it is known in it."""
    return _holidays(region, language).get(day)


SCHOOL = "school"


@cache
def _school_holidays(region: str, year: int, language: str | None = None) -> dict[date, str]:
    """Of this year and the next; none for a region whose calendar does not say."""
    country, _, state = region.partition("-")
    plain = _holidays(region, language)
    if SCHOOL not in plain.supported_categories:
        return {}
    years, spoken = (year, year + 1), plain.language
    return dict(
        holidays.country_holidays(
            country, subdiv=state or None, years=years, language=spoken, categories=(SCHOOL,)
        )
    )


def school_holiday_name(day: date, region: str, language: str | None = None) -> str | None:
    return _school_holidays(region, day.year, language).get(day)


def school_holidays_known_until(region: str, year: int) -> date | None:
    """The last day of school holidays that is known in this year or the next, None for a year after those.

    The library says nothing where its data end: a day after this one may well be in holidays.
    """
    return max(_school_holidays(region, year), default=None)


def is_working_day(day: date, region: str) -> bool:
    """Whether `day` is neither a Saturday, a Sunday nor a public holiday of `region` (like `DE-NW`)."""
    return day.weekday() < 5 and day not in _holidays(region)


EVES = {"24.12.": (12, 24), "31.12.": (12, 31)}  # no public holidays, and yet no days like others


def kind_of_day(day: date) -> int:
    """What an office's hours go by: the weekday, from 0 for Monday, or after those the eve that it is."""
    eves = [*EVES.values()]
    eve = (day.month, day.day)
    return 7 + eves.index(eve) if eve in eves else day.weekday()


def working_days_later(moment: datetime, days: int, region: str, zone: ZoneInfo) -> datetime:
    """The same time of day, `days` working days on: from Friday 15:00 one is Monday 15:00.

    What comes on a day off counts from the beginning of the next working day.
    """
    local = moment.astimezone(zone)
    day, clock = local.date(), local.time()
    if not is_working_day(day, region):
        clock = time(0)
        while not is_working_day(day, region):
            day += timedelta(days=1)
    for _ in range(days):
        day += timedelta(days=1)
        while not is_working_day(day, region):
            day += timedelta(days=1)
    return at(day, clock, zone)


def working_spans(
    moment: datetime, region: str, zone: ZoneInfo, night: QuietHours
) -> Iterator[tuple[datetime, datetime]]:
    """The spans of working time from `moment` on, for ever: working days without their nights."""
    day = moment.astimezone(zone).date()
    while True:
        if is_working_day(day, region):
            for starts, ends in _daytime(day, zone, night):
                if ends > moment:
                    yield max(starts, moment), ends
        day += timedelta(days=1)


def _daytime(day: date, zone: ZoneInfo, night: QuietHours) -> list[tuple[datetime, datetime]]:
    dawn, dusk = at(day, night.ends, zone), at(day, night.starts, zone)
    if night.starts > night.ends:
        return [(dawn, dusk)]
    return [(at(day, time(0), zone), dusk), (dawn, at(day + timedelta(days=1), time(0), zone))]


def add_working_time(
    moment: datetime, span: timedelta, region: str, zone: ZoneInfo, night: QuietHours
) -> datetime:
    for starts, ends in working_spans(moment, region, zone, night):
        if span <= ends - starts:
            return starts + span
        span -= ends - starts
    raise AssertionError("there is always another working day")


def working_time_between(
    earlier: datetime, later: datetime, region: str, zone: ZoneInfo, night: QuietHours
) -> timedelta:
    total = timedelta(0)
    for starts, ends in working_spans(earlier, region, zone, night):
        if starts >= later:
            break
        total += min(ends, later) - starts
    return total


def at(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC when clocks in `zone` show `clock` on `day`."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def days_later(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The moment in UTC at which clocks in `zone` show the same, so many days on or back."""
    return (moment.astimezone(zone) + timedelta(days=days)).astimezone(UTC)


def ahead_of(moment: datetime, lead: timedelta, zone: ZoneInfo) -> datetime:
    """So long before a moment, or after it; whole days keep the time of day when clocks change meanwhile."""
    days = int(lead / UNITS["d"])
    return days_later(moment, -days, zone) - (lead - days * UNITS["d"])


def exists(local: datetime) -> bool:
    """Whether clocks ever show this local time; in spring an hour is left out."""
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(fold=0) == local.replace(fold=0)


@dataclass(frozen=True)
class Rhythm:
    """The pact's: months from signing to the first report; the years of monitoring; the last year of all.

    Reports of a year are due on `month` and `day` of it.
    """

    first_after: int = 12
    monitoring_from: int = 2026
    monitoring_every: int = 2
    final_year: int = 2035
    month: int = 6
    day: int = 30
