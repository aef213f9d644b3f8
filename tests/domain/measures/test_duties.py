"""Which reports a partner owes, by the day of signing and the pact's rhythm."""

from datetime import date

import pytest

from domain.basics.calendar import Rhythm
from domain.measures.duties import Report, duties, months_later, reminder_on, reminders

RHYTHM = Rhythm()


def test_first_report_within_a_year_then_in_the_years_of_all_then_the_last() -> None:
    owed = duties(date(2023, 5, 4), RHYTHM, date(2036, 1, 1))
    assert [(one.report, one.due_on) for one in owed] == [
        (Report.FIRST, date(2024, 5, 4)),
        (Report.MONITORING, date(2026, 6, 30)),
        (Report.MONITORING, date(2028, 6, 30)),
        (Report.MONITORING, date(2030, 6, 30)),
        (Report.MONITORING, date(2032, 6, 30)),
        (Report.MONITORING, date(2034, 6, 30)),
        (Report.FINAL, date(2035, 6, 30)),
    ]


def test_who_has_just_signed_owes_no_monitoring_before_the_first_report() -> None:
    owed = duties(date(2026, 2, 1), RHYTHM, date(2028, 12, 31))
    assert [one.report for one in owed] == [Report.FIRST, Report.MONITORING]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -12, date(2025, 1, 15)),
    ],
)
def test_months_later(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_reminded_a_year_half_a_year_three_months_one_month_and_two_weeks_before_and_when_late() -> None:
    assert reminders(date(2026, 6, 30)) == [
        date(2025, 6, 30),
        date(2025, 12, 30),
        date(2026, 3, 30),
        date(2026, 5, 30),
        date(2026, 6, 16),
        date(2026, 7, 7),
        date(2026, 7, 28),
        date(2026, 9, 22),
    ]


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2025, 6, 29), None),
        (date(2025, 6, 30), date(2025, 6, 30)),
        (date(2026, 4, 1), date(2026, 3, 30)),  # of three that were missed the last alone
        (date(2026, 6, 30), date(2026, 6, 16)),
        (date(2026, 7, 1), date(2026, 6, 16)),
        (date(2026, 7, 8), date(2026, 7, 7)),
        (date(2026, 10, 20), date(2026, 9, 22)),
        (date(2026, 10, 21), None),  # imported with a day of signing years ago
    ],
)
def test_reminder_of_today(today: date, wanted: date | None) -> None:
    assert reminder_on(date(2026, 6, 30), today) == wanted
