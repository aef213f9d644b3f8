"""What is read of a day or time that somebody typed, and why it may not be understood."""

from dataclasses import dataclass
from datetime import date, time


@dataclass(frozen=True)
class Found:
    """What was named; the rest has to be asked for. `last` is the day of the end, where it is another one.

    `is_vague`: of the time only the part of the day was named.
    """

    day: date | None = None
    starts: time | None = None
    ends: time | None = None
    last: date | None = None
    is_vague: bool = False


class NotUnderstood(ValueError):
    pass


class NoSuchDay(ValueError):
    """31 February, 25 o'clock."""


class IsAnotherWeekday(NoSuchDay):
    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


class IsAmbiguous(ValueError):
    """12/10 is in October or in December; `ways` are what can be meant."""

    def __init__(self, ways: tuple[Found, ...]) -> None:
        super().__init__(ways)
        self.ways = ways


class IsSpan(IsAmbiguous):
    """A week, or part of a month; `ways` are the days of it that come first to mind."""

    def __init__(self, first: date, last: date, ways: tuple[Found, ...]) -> None:
        super().__init__(ways)
        self.first, self.last = first, last


class HasPassed(ValueError):
    """Without a year, and this year's is over since lately; `ways` has next year's, if that can be meant."""

    def __init__(self, day: date, ways: tuple[Found, ...] = ()) -> None:
        super().__init__(day)
        self.day = day
        self.ways = ways


Refused = (NotUnderstood, NoSuchDay)
