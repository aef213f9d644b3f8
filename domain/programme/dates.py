"""Proposes days for the year's events and says why; what speaks against a day warns and never forbids."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import mean
from zoneinfo import ZoneInfo

from domain.basics.calendar import (
    EVES,
    holiday_name,
    is_working_day,
    kind_of_day,
    school_holiday_name,
    school_holidays_known_until,
)
from domain.events.event import EventKind

APART = timedelta(days=10)  # two events of the pact nearer than this compete for the same people
DAY = timedelta(days=1)
USUAL_START = time(14)  # where nothing is known of the past
LENGTHS = {
    EventKind.MEETING: timedelta(hours=3),
    EventKind.WORKSHOP: timedelta(hours=3),
    EventKind.TOUR: timedelta(hours=2),
    EventKind.WEBINAR: timedelta(hours=1),
}


class Doubt(StrEnum):
    """What speaks against a day, the gravest first."""

    PAST = "past"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    BLOCKED = "blocked"
    SCHOOL = "school"
    MOVABLE = "movable"
    EVE = "eve"
    BRIDGE = "bridge"
    NEAR = "near"
    UNKNOWN = "unknown"  # whether schools have holidays then


@dataclass(frozen=True)
class Against:
    """`name` is that of the holiday or the event, `day` that of the event or the last that is known."""

    doubt: Doubt
    name: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Turnout:
    """How many organisations came to an event of the past."""

    starts_at: datetime
    organisations: int


@dataclass(frozen=True)
class Known:
    """What is known of days: `own` are the pact's other events, `movable` what the office has entered."""

    region: str
    zone: ZoneInfo
    today: date
    blocked: frozenset[date] = frozenset()
    movable: frozenset[date] = frozenset()
    own: Mapping[date, str] = field(default_factory=dict)
    past: tuple[Turnout, ...] = ()
    language: str = "de"


@dataclass(frozen=True)
class Habit:
    """`average` organisations came to so many `events` on this weekday, or at this hour."""

    average: float
    events: int


@dataclass(frozen=True)
class Proposal:
    day: date
    clock: time
    against: tuple[Against, ...]
    on_weekday: Habit | None = None
    at_hour: Habit | None = None

    def starts_at(self, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.day, self.clock, zone)


def against(day: date, known: Known) -> tuple[Against, ...]:
    """Everything that speaks against this day."""
    return (*_by_calendar(day, known), *_by_office(day, known))


def _by_calendar(day: date, known: Known) -> Iterator[Against]:
    if day <= known.today:
        yield Against(Doubt.PAST)
    if holiday := holiday_name(day, known.region, known.language):
        yield Against(Doubt.HOLIDAY, holiday)
    elif not is_working_day(day, known.region):
        yield Against(Doubt.WEEKEND)
    if school := school_holiday_name(day, known.region, known.language):
        yield Against(Doubt.SCHOOL, school)
    until = school_holidays_known_until(known.region, day.year)
    if until is None or day > until:
        yield Against(Doubt.UNKNOWN, day=until)
    if kind_of_day(day) >= 7:
        yield Against(Doubt.EVE, [*EVES][kind_of_day(day) - 7])
    if is_bridge(day, known):
        yield Against(Doubt.BRIDGE)


def _by_office(day: date, known: Known) -> Iterator[Against]:
    if day in known.blocked:
        yield Against(Doubt.BLOCKED)
    if day in known.movable:
        yield Against(Doubt.MOVABLE)
    if near := nearest(day, known.own):
        yield Against(Doubt.NEAR, known.own[near], near)


def is_bridge(day: date, known: Known) -> bool:
    """A working day alone between days off, one of which is a holiday."""
    if not is_working_day(day, known.region):
        return False
    beside = (day - DAY, day + DAY)
    is_alone = not any(is_working_day(one, known.region) for one in beside)
    return is_alone and any(holiday_name(one, known.region, known.language) for one in beside)


def nearest(day: date, own: Iterable[date]) -> date | None:
    """The event that is nearest to this day, if it is too near."""
    near = [one for one in own if abs(one - day) <= APART]
    return min(near, key=lambda one: (abs(one - day), one), default=None)


def by_weekday(past: Iterable[Turnout], zone: ZoneInfo) -> dict[int, Habit]:
    return _habits((one.starts_at.astimezone(zone).weekday(), one.organisations) for one in past)


def by_clock(past: Iterable[Turnout], zone: ZoneInfo) -> dict[time, Habit]:
    return _habits((one.starts_at.astimezone(zone).time(), one.organisations) for one in past)


def _habits(pairs: Iterable[tuple[object, int]]) -> dict:  # type: ignore[type-arg] # keys are as given
    found: dict[object, list[int]] = {}
    for key, organisations in pairs:
        found.setdefault(key, []).append(organisations)
    return {key: Habit(mean(counts), len(counts)) for key, counts in found.items()}


def propose(first: date, last: date, known: Known, most: int = 3) -> list[Proposal]:
    """The best days of a span: with least against them, then where most came, then nearest to its middle.

    No two of them in one week, so that there is something to choose.
    """
    middle = first + (last - first) / 2
    weekdays, clocks = by_weekday(known.past, known.zone), by_clock(known.past, known.zone)
    clock = max(clocks, key=lambda one: (clocks[one].average, one), default=USUAL_START)
    days = [first + n * DAY for n in range((last - first).days + 1)]
    possible = [day for day in days if day > known.today and is_working_day(day, known.region)]

    def rank(day: date) -> tuple[int, float, int, date]:
        habit = weekdays.get(day.weekday())
        return len(against(day, known)), -(habit.average if habit else 0), abs((day - middle).days), day

    chosen: list[date] = []
    for day in sorted(possible, key=rank):
        if len(chosen) < most and all(one.isocalendar()[:2] != day.isocalendar()[:2] for one in chosen):
            chosen.append(day)
    return [
        Proposal(day, clock, against(day, known), weekdays.get(day.weekday()), clocks.get(clock))
        for day in chosen
    ]


def rhythm(counts: Mapping[EventKind, int], year: int, known: Known) -> list[tuple[EventKind, date]]:
    """So many of each kind, evenly over the months in which there are enough days without a doubt."""
    months = [month for month in range(1, 13) if _is_open(year, month, known)]
    spread = sorted(
        ((number + 0.5) / count, place, kind)
        for place, (kind, count) in enumerate(counts.items())
        for number in range(count)
    )
    months = months or list(range(1, 13))
    return [
        (kind, date(year, months[int((number + 0.5) / len(spread) * len(months))], 1))
        for number, (_, _, kind) in enumerate(spread)
    ]


def _is_open(year: int, month: int, known: Known) -> bool:
    first, last = month_of(date(year, month, 1))
    days = [first + n * DAY for n in range((last - first).days + 1)]
    working = [day for day in days if is_working_day(day, known.region)]
    held_up = [day for day in working if day <= known.today or school_holiday_name(day, known.region)]
    return 2 * len(held_up) < len(working)


def month_of(day: date) -> tuple[date, date]:
    """Its first and its last day."""
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def school_warning(year: int, known: Known) -> date | None:
    """From which day on school holidays are not known; None where they are for the whole year."""
    until = school_holidays_known_until(known.region, year)
    if until is None:
        return date(year, 1, 1)
    return until + DAY if until < date(year, 12, 31) else None
