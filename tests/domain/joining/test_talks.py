"""The office's hours: which times they offer, which are free, what may still be changed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.basics.pact import Pact
from domain.joining.refusals import TooLateToChange
from domain.joining.talks import (
    OfficeHours,
    Span,
    Window,
    check_changeable,
    free_times,
    is_changeable,
    is_free,
    reminder_leads,
    times_on,
)

PACT = Pact()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday, 10:00 in Krefeld
HOUR = timedelta(hours=1)


def clocks(day: date, hours: OfficeHours) -> list[str]:
    return [f"{start.astimezone(PACT.timezone):%H:%M}" for start in times_on(day, hours, PACT)]


@pytest.mark.parametrize(
    ("windows", "minutes", "expected"),
    [
        ([Window(1, time(9), time(12))], 60, ["09:00", "10:00", "11:00"]),
        ([Window(1, time(9), time(12))], 45, ["09:00", "09:45", "10:30", "11:15"]),
        ([Window(1, time(9), time(12))], 50, ["09:00", "09:50", "10:40"]),  # the fourth would end at 12:20
        ([Window(1, time(9), time(9, 30))], 45, []),
        ([Window(1, time(9), time(10)), Window(1, time(13), time(14))], 60, ["09:00", "13:00"]),
        ([Window(1, time(9), time(10)), Window(1, time(9), time(10))], 60, ["09:00"]),
        ([Window(2, time(9), time(10))], 60, []),
    ],
)
def test_windows_offer_one_talk_after_the_other(
    windows: list[Window], minutes: int, expected: list[str]
) -> None:
    hours = OfficeHours(windows=tuple(windows), length=timedelta(minutes=minutes))
    assert clocks(date(2026, 11, 24), hours) == expected


@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 12, 24), date(2026, 12, 25), date(2026, 12, 31), date(2027, 1, 1)),
        *(date(2026, 11, 28), date(2026, 12, 1)),
    ],
    ids=["Christmas Eve", "Christmas", "New Year's Eve", "New Year", "Saturday", "blocked"],
)
def test_no_talks_on_holidays_weekends_and_blocked_days(day: date) -> None:
    every_day = tuple(Window(weekday, time(9), time(12)) for weekday in range(7))
    hours = OfficeHours(windows=every_day, blocked=frozenset({date(2026, 12, 1)}))
    assert clocks(day, hours) == []


@pytest.mark.parametrize("day", [date(2027, 3, 30), date(2027, 11, 2)])
def test_hours_are_those_of_the_wall_clock_on_either_side_of_its_changes(day: date) -> None:
    assert clocks(day, OfficeHours(length=HOUR)) == ["09:00", "10:00", "11:00"]


def test_free_is_what_nobody_has_and_what_is_neither_too_near_nor_too_far() -> None:
    hours, tuesday = OfficeHours(length=HOUR), date(2026, 11, 24)
    first, second, third = times_on(tuesday, hours, PACT)
    assert free_times(tuesday, hours, [Span(first, second)], PACT, NOW - 3 * HOUR) == [second, third]
    assert free_times(tuesday, hours, [], PACT, NOW) == [second, third]  # the first is less than a day ahead
    assert free_times(date(2027, 2, 2), hours, [], PACT, NOW) == []


def test_times_that_only_touch_are_both_free() -> None:
    span = Span(NOW, NOW + HOUR)
    assert is_free(span, [Span(NOW - HOUR, NOW), Span(NOW + HOUR, NOW + 2 * HOUR)])
    assert not is_free(span, [Span(NOW + HOUR / 2, NOW + 2 * HOUR)])
    assert not is_free(span, [Span(NOW - HOUR, NOW + timedelta(seconds=1))])


def test_office_can_name_windows_for_the_eves() -> None:
    hours = OfficeHours(windows=(Window(3, time(9), time(12)), Window(7, time(9), time(10))), length=HOUR)
    assert clocks(date(2026, 12, 24), hours) == ["09:00"]  # and not the three of a Thursday
    assert clocks(date(2026, 12, 31), hours) == []
    assert clocks(date(2026, 12, 17), hours) == ["09:00", "10:00", "11:00"]


def test_first_reminder_comes_while_the_talk_can_still_be_moved() -> None:
    for notice, days in ((0, 1), (4, 1), (12, 1), (13, 2), (24, 2), (48, 3), (336, 15)):
        hours = OfficeHours(notice=timedelta(hours=notice))
        first, last = reminder_leads(hours)
        assert (first, last) == (timedelta(days=days), timedelta(hours=2))
        assert is_changeable(NOW + first, hours, NOW + 12 * HOUR)
        assert is_changeable(NOW + last, hours, NOW) is (notice <= 2)


def test_talk_can_be_changed_until_the_office_s_notice() -> None:
    hours = OfficeHours(notice=timedelta(hours=24))
    check_changeable(NOW + 24 * HOUR, hours, NOW)
    with pytest.raises(TooLateToChange):
        check_changeable(NOW + 24 * HOUR - timedelta(seconds=1), hours, NOW)
