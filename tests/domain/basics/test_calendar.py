"""Days and hours: working days, quiet hours, leads, and what the clock changes do to a local time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.basics.calendar import QuietHours, at, exists, is_working_day, parse_leads, working_days_later

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("", ()),
        (" , ", ()),
        ("7d,1d,2h", (timedelta(days=7), timedelta(days=1), timedelta(hours=2))),
        ("20s, 90m", (timedelta(minutes=90), timedelta(seconds=20))),
        ("24h,1d", (timedelta(days=1),)),
    ],
)
def test_leads_are_read_longest_first_and_once_each(text: str, leads: tuple[timedelta, ...]) -> None:
    assert parse_leads(text) == leads


@pytest.mark.parametrize("text", ["7", "d", "0d", "-1d", "1w", "7d;1d", "1.5h", "12345d", "7 d"])
def test_what_is_no_lead_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no lead"):
        parse_leads(text)


def berlin(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, 10, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "quiet", "loud"),
    [
        ("20:00-08:00", [(20, 0), (23, 59), (0, 0), (7, 59)], [(8, 0), (12, 0), (19, 59)]),
        ("12:00-14:00", [(12, 0), (13, 59)], [(14, 0), (11, 59), (0, 0)]),
        ("08:00-08:00", [], [(8, 0), (0, 0)]),
    ],
)
def test_quiet_hours_count_on_the_citys_clock_and_across_midnight(
    hours: str, quiet: list[tuple[int, int]], loud: list[tuple[int, int]]
) -> None:
    span = QuietHours.parse(hours)
    assert span
    assert all(span.cover(berlin(*clock), BERLIN) for clock in quiet)
    assert not any(span.cover(berlin(*clock), BERLIN) for clock in loud)


def test_empty_quiet_hours_mean_none() -> None:
    assert QuietHours.parse("  ") is None


@pytest.mark.parametrize("text", ["20:00", "8-20", "20:00-25:00", "night", "08:00-12:00-20:00"])
def test_what_is_no_span_of_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 # the settings put it in words
        QuietHours.parse(text)


@pytest.mark.parametrize(
    ("day", "region", "is_working"),
    [
        ((2026, 11, 23), "DE-NW", True),  # Monday
        ((2026, 11, 21), "DE-NW", False),  # Saturday
        ((2026, 11, 22), "DE-NW", False),  # Sunday
        ((2027, 5, 27), "DE-NW", False),  # Fronleichnam
        ((2027, 5, 27), "DE-BE", True),
        ((2027, 11, 1), "DE-NW", False),  # Allerheiligen
        ((2027, 11, 1), "DE-HH", True),
        ((2027, 3, 26), "DE-NW", False),  # Karfreitag
        ((2026, 12, 25), "DE-NW", False),
        ((2026, 12, 24), "DE-NW", True),
        ((2027, 5, 27), "DE", True),  # a country alone has its common holidays
        ((2027, 10, 1), "DE", True),
    ],
)
def test_working_days_leave_out_weekends_and_the_states_holidays(
    day: tuple[int, int, int], region: str, *, is_working: bool
) -> None:
    assert is_working_day(date(*day), region) is is_working


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [
        (date(2027, 3, 27), 7),
        (date(2027, 3, 28), 6),  # clocks were put forward at 02:00
        (date(2027, 10, 30), 6),
        (date(2027, 10, 31), 7),  # and back at 03:00
    ],
)
def test_eight_o_clock_stays_eight_o_clock_across_clock_changes(day: date, hour_in_utc: int) -> None:
    moment = at(day, time(8), BERLIN)
    assert (moment.hour, moment.tzinfo) == (hour_in_utc, UTC)


@pytest.mark.parametrize(
    ("local", "is_shown"),
    [
        ("2027-03-28 01:59", True),
        ("2027-03-28 02:00", False),
        ("2027-03-28 02:59", False),
        ("2027-03-28 03:00", True),
        ("2027-10-31 02:30", True),
    ],
)
def test_the_hour_left_out_in_spring_does_not_exist(local: str, *, is_shown: bool) -> None:
    shown = datetime.fromisoformat(local).replace(tzinfo=BERLIN)
    assert exists(shown) is is_shown
    assert exists(shown.replace(fold=1)) is is_shown


@pytest.mark.parametrize(
    ("moment", "days", "later"),
    [
        ("2026-11-24 15:00", 2, "2026-11-26 15:00"),
        ("2026-11-20 15:00", 1, "2026-11-23 15:00"),  # a Friday
        ("2026-11-21 15:00", 2, "2026-11-25 00:00"),  # a Saturday counts from Monday's beginning
        ("2026-12-23 15:00", 2, "2026-12-28 15:00"),  # Christmas, a weekend
        ("2027-10-29 15:00", 2, "2027-11-03 15:00"),  # All Saints' Day, and the clocks are put back
    ],
)
def test_working_days_later_leaves_out_days_off(moment: str, days: int, later: str) -> None:
    start, end = (datetime.fromisoformat(text).replace(tzinfo=BERLIN) for text in (moment, later))
    assert working_days_later(start, days, "DE-NW", BERLIN) == end
