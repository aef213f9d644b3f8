"""Which reports a partner owes, and when."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.basics.calendar import Rhythm

AHEAD_IN_MONTHS = (12, 6, 3, 1)
LAST = timedelta(weeks=2)
AFTER = tuple(timedelta(weeks=weeks) for weeks in (1, 4, 12))  # of one that is late
GIVEN_UP = AFTER[-1] + timedelta(weeks=4)  # what was due so long ago is for the office to talk about


class Report(StrEnum):
    FIRST = "first"  # Ausgangsbericht: within a year of signing
    MONITORING = "monitoring"  # of all partners in the same years
    FINAL = "final"


@dataclass(frozen=True)
class Duty:
    """`year` is the one that the report is about: of its due day."""

    report: Report
    due_on: date

    @property
    def year(self) -> int:
        return self.due_on.year


def duties(signed_on: date, rhythm: Rhythm, until: date) -> list[Duty]:
    """All that are due up to a day, soonest first. Nobody owes a monitoring before the first report."""
    first = Duty(Report.FIRST, months_later(signed_on, rhythm.first_after))
    years = range(rhythm.monitoring_from, rhythm.final_year, rhythm.monitoring_every)
    days = (date(year, rhythm.month, rhythm.day) for year in years)
    monitoring = [Duty(Report.MONITORING, day) for day in days if day > first.due_on]
    final = Duty(Report.FINAL, date(rhythm.final_year, rhythm.month, rhythm.day))
    return [one for one in (first, *monitoring, final) if one.due_on <= until]


def months_later(day: date, months: int) -> date:
    """The same day of the month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def reminders(due_on: date) -> list[date]:
    """When a partner is told of it, the earliest first; while it is late once more and again."""
    ahead = (months_later(due_on, -months) for months in AHEAD_IN_MONTHS)
    return [*ahead, due_on - LAST, *(due_on + after for after in AFTER)]


def reminder_on(due_on: date, today: date) -> date | None:
    """The one that is to be sent by today: of several that were missed only the last."""
    passed = [day for day in reminders(due_on) if day <= today]
    return passed[-1] if passed and today <= due_on + GIVEN_UP else None
