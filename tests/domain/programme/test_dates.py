"""Date proposals against lists worked out by hand from the state's own calendar."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from domain.events.event import EventKind
from domain.programme.dates import (
    Against,
    Doubt,
    Habit,
    Known,
    Turnout,
    against,
    month_of,
    propose,
    rhythm,
    school_warning,
)

ZONE = ZoneInfo("Europe/Berlin")
NRW = Known("DE-NW", ZONE, today=date(2026, 11, 28))
DAY = timedelta(days=1)
# by hand: public holidays, school holidays (first and last day), bridge days, eves
BY_HAND: dict[int, dict[Doubt, list[str]]] = {
    2027: {
        Doubt.HOLIDAY: [
            "1.1",
            "26.3",
            "29.3",
            "1.5",
            "6.5",
            "17.5",
            "27.5",
            "3.10",
            "1.11",
            "25.12",
            "26.12",
        ],
        Doubt.SCHOOL: ["1.1-6.1", "22.3-3.4", "18.5", "19.7-31.8", "23.10-6.11", "24.12-31.12"],
        Doubt.BRIDGE: ["7.5", "28.5"],
        Doubt.EVE: ["24.12", "31.12"],
    },
    2028: {
        Doubt.HOLIDAY: [
            "1.1",
            "14.4",
            "17.4",
            "1.5",
            "25.5",
            "5.6",
            "15.6",
            "3.10",
            "1.11",
            "25.12",
            "26.12",
        ],
        Doubt.SCHOOL: ["1.1-8.1", "10.4-22.4", "10.7-22.8", "23.10-4.11", "21.12-31.12"],
        Doubt.BRIDGE: ["26.5", "16.6", "2.10"],
        Doubt.EVE: ["24.12", "31.12"],
    },
}


# by hand: of each month the days without a doubt that are nearest to its middle, one of a week
PROPOSED: dict[int, list[list[int]]] = {
    2027: [
        *([15, 18, 8], [15, 12, 22], [16, 12, 5], [15, 19, 9], [14, 19, 24], [15, 11, 21]),
        *([16, 9, 2], [], [15, 10, 20], [15, 18, 8], [15, 12, 22], [16, 20, 10]),
    ],
    2028: [
        *([17, 14, 24], [15, 11, 21], [16, 20, 10], [7, 24], [16, 12, 22], [14, 19, 9]),
        *([7], [23, 28], [15, 18, 8], [16, 13, 6], [15, 10, 20], [15, 18, 8]),
    ],
}


def days_of(spans: list[str], year: int) -> set[date]:
    found = set()
    for span in spans:
        ends = [
            date(year, int(month), int(day)) for day, month in (one.split(".") for one in span.split("-"))
        ]
        found |= {ends[0] + n * DAY for n in range((ends[-1] - ends[0]).days + 1)}
    return found


def doubts(day: date, known: Known = NRW) -> list[Doubt]:
    return [one.doubt for one in against(day, known)]


@pytest.mark.parametrize("doubt", [Doubt.HOLIDAY, Doubt.BRIDGE, Doubt.EVE, Doubt.SCHOOL])
@pytest.mark.parametrize("year", [2027, 2028])
def test_every_day_of_the_year_is_as_worked_out_by_hand(year: int, doubt: Doubt) -> None:
    year_days = [date(year, 1, 1) + n * DAY for n in range(366 if year == 2028 else 365)]
    working = {day for day in year_days if day.weekday() < 5 and Doubt.HOLIDAY not in doubts(day)}
    expected = days_of(BY_HAND[year][doubt], year)
    found = {day for day in year_days if doubt in doubts(day)}
    if doubt is Doubt.SCHOOL:  # whether weekends and holidays belong to them is a matter of words
        expected, found = expected & working, found & working
    assert found == expected
    assert not [day for day in year_days if Doubt.UNKNOWN in doubts(day)]


@pytest.mark.parametrize("year", PROPOSED)
def test_proposals_of_every_month_are_as_worked_out_by_hand(year: int) -> None:
    for month, expected in enumerate(PROPOSED[year], 1):
        found = propose(*month_of(date(year, month, 1)), NRW)
        assert [one.day.day for one in found if not one.against] == expected
        assert len(found) == 3  # those of which something has to be warned come after


def test_of_a_month_days_without_a_doubt_come_first_one_of_each_week() -> None:
    found = propose(date(2027, 4, 1), date(2027, 4, 30), NRW, most=9)
    assert [one.day.day for one in found] == [15, 19, 9, 26, 2]  # schools have holidays until the third
    assert [bool(one.against) for one in found] == [False] * 4 + [True]


def test_region_decides_and_one_without_school_data_is_said_to_be_unknown() -> None:
    bavaria = Known("DE-BY", ZONE, NRW.today)
    assert Doubt.SCHOOL in doubts(date(2027, 2, 9), bavaria)  # there is a week in February there
    assert Doubt.SCHOOL not in doubts(date(2027, 2, 9))
    assert doubts(date(2027, 2, 9), Known("PL", ZONE, NRW.today)) == [Doubt.UNKNOWN]


def test_where_the_data_end_the_office_is_asked() -> None:
    assert doubts(date(2029, 8, 14)) == [Doubt.SCHOOL]
    assert against(date(2029, 10, 16), NRW) == (Against(Doubt.UNKNOWN, day=date(2029, 8, 14)),)
    assert doubts(date(2030, 5, 14)) == [Doubt.UNKNOWN]
    assert school_warning(2028, NRW) is None
    assert school_warning(2029, NRW) == date(2029, 8, 15)
    assert school_warning(2030, NRW) == date(2030, 1, 1)


def test_what_the_office_knows_speaks_against_days_and_forbids_none() -> None:
    thursday = date(2027, 4, 15)
    known = Known(
        "DE-NW",
        ZONE,
        NRW.today,
        blocked=frozenset({thursday}),
        movable=frozenset({thursday + DAY}),
        own={date(2027, 4, 26): "Rundgang"},
    )
    assert doubts(thursday, known) == [Doubt.BLOCKED]
    assert against(thursday + DAY, known) == (
        Against(Doubt.MOVABLE),
        Against(Doubt.NEAR, "Rundgang", date(2027, 4, 26)),
    )
    assert propose(thursday, thursday, known)[0].against == (Against(Doubt.BLOCKED),)
    assert doubts(date(2026, 11, 27)) == [Doubt.PAST]


@pytest.mark.parametrize(
    ("apart", "is_near"), [(9, True), (10, True), (11, False), (-10, True), (-11, False)]
)
def test_events_within_ten_days_are_near(apart: int, is_near: bool) -> None:
    known = Known("DE-NW", ZONE, NRW.today, own={date(2027, 6, 1) + apart * DAY: "Rundgang"})
    assert (Doubt.NEAR in doubts(date(2027, 6, 1), known)) is is_near


def test_days_and_hours_come_first_at_which_people_came() -> None:
    past = tuple(
        Turnout(datetime(2026, *day, hour - 2, tzinfo=UTC), organisations)
        for day, hour, organisations in (((6, 2), 16, 20), ((6, 9), 16, 14), ((6, 4), 14, 5))
    )  # two Tuesdays at four, a Thursday at two
    known = Known("DE-NW", ZONE, NRW.today, past=past)
    best = propose(date(2027, 4, 1), date(2027, 4, 30), known)
    assert [one.day for one in best] == [date(2027, 4, day) for day in (13, 20, 6)]
    assert (best[0].clock, best[0].on_weekday, best[0].at_hour) == (time(16), Habit(17, 2), Habit(17, 2))
    plain = propose(date(2027, 4, 1), date(2027, 4, 30), NRW)
    assert (plain[0].day, plain[0].on_weekday) == (date(2027, 4, 15), None)


def test_a_rhythm_spreads_kinds_and_leaves_out_months_of_school_holidays() -> None:
    counts = {EventKind.MEETING: 4, EventKind.TOUR: 2, EventKind.WORKSHOP: 1}
    laid_out = rhythm(counts, 2027, NRW)
    months = [first.month for _, first in laid_out]
    assert months == sorted(months)
    assert len({*months}) == 7
    assert 8 not in months
    kinds = [kind for kind, _ in laid_out]
    assert {kind: kinds.count(kind) for kind in counts} == counts
    assert all(one is not other for one, other in pairwise(kinds))
    assert rhythm({}, 2027, NRW) == []
    assert min(first.month for _, first in rhythm(counts, 2027, Known("DE-NW", ZONE, date(2027, 6, 1)))) >= 6
