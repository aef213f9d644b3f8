"""Days and times as people write them, read on Tuesday, 24 November 2026."""

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics import moment_patterns, moments, named_days, spoken_times
from domain.basics.moments import (
    Found,
    HasPassed,
    IsAmbiguous,
    IsAnotherWeekday,
    IsSpan,
    NoSuchDay,
    NotUnderstood,
    parse,
    parse_clock,
    parse_day,
)

TODAY = date(2026, 11, 24)
TENTH, NEXT_TUESDAY = date(2026, 12, 10), date(2026, 12, 1)
WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Do 10.12. 14-17 Uhr", Found(TENTH, time(14), time(17))),
        ("Do., 10.12.2026, 14:00–17:30", Found(TENTH, time(14), time(17, 30))),
        ("nächsten Dienstag 9:30", Found(NEXT_TUESDAY, time(9, 30))),
        ("Nächsten Mittwoch um 9.30 Uhr", Found(date(2026, 11, 25), time(9, 30))),
        ("10.12.2026 14:00", Found(TENTH, time(14))),
        ("10.12.26 14:00", Found(TENTH, time(14))),
        ("2026-12-10 14:00", Found(TENTH, time(14))),
        ("10.12. 14 Uhr", Found(TENTH, time(14))),
        ("10.12 von 14 bis 17 Uhr", Found(TENTH, time(14), time(17))),
        ("10. Dezember, 14-17", Found(TENTH, time(14), time(17))),
        ("am 10. Dez. 2026 ab 14:00 Uhr", Found(TENTH, time(14))),
        ("Thursday 10 December 2-5 pm", Found(TENTH, time(14), time(17))),
        ("December 10, 2026 at 2 pm", Found(TENTH, time(14))),
        ("heute 18 Uhr", Found(TODAY, time(18))),
        ("morgen 8-9:30 Uhr", Found(date(2026, 11, 25), time(8), time(9, 30))),
        ("übermorgen", Found(date(2026, 11, 26))),
        ("gestern 14 Uhr", Found(date(2026, 11, 23), time(14))),
        ("in zwei Wochen 14 Uhr", Found(date(2026, 12, 8), time(14))),
        ("in 3 days", Found(date(2026, 11, 27))),
        ("24.11.", Found(TODAY)),
        ("23.5.", Found(date(2027, 5, 23))),  # long over: next year's
        ("29.2.2028", Found(date(2028, 2, 29))),
        ("14-17 Uhr am 10.12.", Found(TENTH, time(14), time(17))),
        ("14:00 am 10.12.", Found(TENTH, time(14))),
        ("12:00 am 10.12.", Found(TENTH, time(12))),
        ("15:00 am Dienstag", Found(NEXT_TUESDAY, time(15))),
        ("12-13 Uhr am Montag", Found(date(2026, 11, 30), time(12), time(13))),
        ("12-13 am nächsten Montag", Found(date(2026, 11, 30), time(12), time(13))),
        ("14 Uhr am 10.12.", Found(TENTH, time(14))),
        ("9 am on 10.12.", Found(TENTH, time(9))),
        ("12 am on 10.12.", Found(TENTH, time(0))),
        ("10.12. 12 am", Found(TENTH, time(0))),
        ("Tuesday 12 am", Found(NEXT_TUESDAY, time(0))),
        ("9 am monday", Found(date(2026, 11, 30), time(9))),
        ("12 am Friday", Found(date(2026, 11, 27), time(0))),
        ("9 am Fr", Found(date(2026, 11, 27), time(9))),
        ("9 Uhr am Freitag", Found(date(2026, 11, 27), time(9))),
        ("12 am Tuesday", Found(NEXT_TUESDAY, time(0))),
        ("Freitag", Found(date(2026, 11, 27))),
        ("14-17 Uhr", Found(None, time(14), time(17))),
        ("9:30", Found(None, time(9, 30))),
        ("9.30 Uhr", Found(None, time(9, 30))),
        ("14 Uhr", Found(None, time(14))),
        ("10.12. 14", Found(TENTH, time(14))),  # an hour, no year
        ("10.12.26 14", Found(TENTH, time(14))),
        ("10.12. 26", Found(TENTH)),
        ("Do 10.12. ab 14", Found(TENTH, time(14))),
        ("10.12. 14h-17h", Found(TENTH, time(14), time(17))),
        ("ab 14", Found(None, time(14))),
        ("next Friday at 10", Found(date(2026, 11, 27), time(10))),
        ("heute in einer Woche 10 Uhr", Found(NEXT_TUESDAY, time(10))),
        ("the day after tomorrow at 9", Found(date(2026, 11, 26), time(9))),
        ("9 o'clock on Friday", Found(FRIDAY, time(9))),
        ("10th of December, 2:30 p.m.", Found(TENTH, time(14, 30))),
        ("Do., 10. Dez. '26, 9.00 h", Found(TENTH, time(9))),
        ("10-12-2026 14:00", Found(TENTH, time(14))),
        ("2026/12/10", Found(TENTH)),
        ("2026-12-10T14:00", Found(TENTH, time(14))),
        ("10.12.2026 14:00:00", Found(TENTH, time(14))),
        ("10.12 .2026", Found(TENTH)),
        ("10.12. 18-24 Uhr", Found(TENTH, time(18), time(0))),
        ("10./11.12.", Found(TENTH, last=date(2026, 12, 11))),
        ("Friday from 10 to 5 pm", Found(FRIDAY, time(10), time(17))),
    ],
)
def test_what_people_write_is_understood(text: str, found: Found) -> None:
    assert parse(text, TODAY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("morgen halb drei", Found(WEDNESDAY, time(14, 30))),
        ("morgen um halb 9", Found(WEDNESDAY, time(8, 30))),
        ("halb sieben, 10.12.", Found(TENTH, time(18, 30))),  # in the hours of an office
        ("früh um halb sieben am 10.12.", Found(TENTH, time(6, 30))),
        ("10.12. halb acht abends", Found(TENTH, time(19, 30))),
        ("viertel nach neun", Found(None, time(9, 15))),
        ("zehn nach neun am 10.12.", Found(TENTH, time(9, 10))),
        ("10.12. 10 Minuten vor 9", Found(TENTH, time(8, 50))),
        ("fünf vor halb drei am 10.12.", Found(TENTH, time(14, 25))),
        ("twenty past two on Friday", Found(FRIDAY, time(14, 20))),
        ("Friday from ten to five", Found(FRIDAY, time(10), time(17))),
        ("Freitag viertel nach 14 Uhr", Found(FRIDAY, time(14, 15))),
        ("10.12. viertel vor drei", Found(TENTH, time(14, 45))),
        ("10.12. dreiviertel drei", Found(TENTH, time(14, 45))),
        ("Fr um drei", Found(FRIDAY, time(15))),
        ("Fr neun Uhr", Found(FRIDAY, time(9))),
        ("10.12. von neun bis halb zwölf", Found(TENTH, time(9), time(11, 30))),
        ("half past two on 10 December", Found(TENTH, time(14, 30))),
        ("Friday quarter past nine", Found(FRIDAY, time(9, 15))),
        ("Friday quarter to three pm", Found(FRIDAY, time(14, 45))),
        ("Friday from nine to five", Found(FRIDAY, time(9), time(17))),
        ("Friday noon", Found(FRIDAY, time(12))),
        ("morgen früh um 9", Found(WEDNESDAY, time(9))),
        ("tomorrow morning at 9", Found(WEDNESDAY, time(9))),
        ("Freitag morgen um 8", Found(FRIDAY, time(8))),
        ("heute Abend um 8", Found(TODAY, time(20))),
        ("Freitag nachmittags um 3", Found(FRIDAY, time(15))),
        ("Freitagnachmittag um 3", Found(FRIDAY, time(15))),
        ("10.12. nachmittags 3-5 Uhr", Found(TENTH, time(15), time(17))),
        ("tomorrow at 3 in the afternoon", Found(WEDNESDAY, time(15))),
        ("Freitag vormittags um 10", Found(FRIDAY, time(10))),
        ("Freitag vormittags", Found(FRIDAY, is_vague=True)),
        ("nachmittags um 3", Found(None, time(15))),
        ("10.12. mittags", Found(TENTH, time(12))),
        ("10.12. 9 Uhr 30", Found(TENTH, time(9, 30))),
        ("10.12. 9h30", Found(TENTH, time(9, 30))),
        ("9h30-11h 10.12.", Found(TENTH, time(9, 30), time(11))),
        ("9 Uhr 10.12.", Found(TENTH, time(9))),
        ("9 Uhr 10. Dezember", Found(TENTH, time(9))),
        ("10.12. 1400", Found(TENTH, time(14))),  # no year
        ("10.12. 1400 Uhr", Found(TENTH, time(14))),
        ("10. Dezember 1430", Found(TENTH, time(14, 30))),
        ("10.12. 1400-1730", Found(TENTH, time(14), time(17, 30))),
        ("10.12. 2026", Found(TENTH)),
        ("10.12.2026 1400", Found(TENTH, time(14))),
        ("nächste Woche Mittwoch", Found(date(2026, 12, 2))),
        ("Mittwoch nächste Woche 10 Uhr", Found(date(2026, 12, 2), time(10))),
        ("Wednesday next week at 10", Found(date(2026, 12, 2), time(10))),
        ("diese Woche Freitag", Found(FRIDAY)),
        ("übernächste Woche Mo", Found(date(2026, 12, 7))),
        ("Mittwoch in zwei Wochen", Found(date(2026, 12, 9))),
        ("übermorgen 10 Uhr", Found(date(2026, 11, 26), time(10))),
        ("morgen, Mittwoch, 9 Uhr", Found(WEDNESDAY, time(9))),
        ("13/12/2026", Found(date(2026, 12, 13))),
        ("12/13/2026 9:00", Found(date(2026, 12, 13), time(9))),
        ("12/12", Found(date(2026, 12, 12))),
        ("10/12/2026", Found(TENTH)),  # 12 October is over
        ("Fr 10/12/2027 14:00", Found(date(2027, 12, 10), time(14))),  # the weekday says which
        ("Do 10/12/2026 14:00", Found(TENTH, time(14))),
        ("12.5", Found(date(2027, 5, 12))),
        ("morgen 9.10 Uhr", Found(WEDNESDAY, time(9, 10))),
        ("morgen 9.10", Found(WEDNESDAY, time(9, 10))),
        ("Do 10.12", Found(TENTH)),
        ("Fr 11.12.", Found(date(2026, 12, 11))),
        ("Fr., 11. Dezember", Found(date(2026, 12, 11))),
        ("Friday 11 Dec", Found(date(2026, 12, 11))),
        ("Thurs 10 Dec 9:30", Found(TENTH, time(9, 30))),
        ("Friday, Dec 11th", Found(date(2026, 12, 11))),
        ("bis 1.12.", Found(date(2026, 12, 1))),
        ("bis spätestens 1.12. 12 Uhr", Found(date(2026, 12, 1), time(12))),
        ("Friday 11-1 pm", Found(FRIDAY, time(11), time(13))),
        ("Friday 9-11 pm", Found(FRIDAY, time(21), time(23))),
        ("15.01.1999", Found(date(1999, 1, 15))),
    ],
)
def test_spoken_times_parts_of_the_day_and_weeks_are_understood(text: str, found: Found) -> None:
    assert parse(text, TODAY) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Silvester", Found(date(2026, 12, 31))),
        ("Heiligabend um 10 Uhr", Found(date(2026, 12, 24), time(10))),
        ("New Year’s Eve 2027", Found(date(2027, 12, 31))),
        ("Ostermontag", Found(date(2027, 3, 29))),
        ("Karfreitag 2028, 9 Uhr", Found(date(2028, 4, 14), time(9))),
        ("am 1. Weihnachtstag", Found(date(2026, 12, 25))),
        ("on Christmas Day", Found(date(2026, 12, 25))),
        ("Mittwoch KW 50 um 10 Uhr", Found(date(2026, 12, 9), time(10))),
        ("Montag, 2. KW", Found(date(2027, 1, 11))),
        ("Tuesday in week 50", Found(date(2026, 12, 8))),
        ("in vierzehn Tagen", Found(date(2026, 12, 8))),
        ("in zwei Wochen", Found(date(2026, 12, 8))),
        ("heute in 3 Tagen", Found(FRIDAY)),
        ("übermorgen früh", Found(date(2026, 11, 26), is_vague=True)),
        ("Freitag, den 11.", Found(date(2026, 12, 11))),
        ("am 10. um 9 Uhr", Found(TENTH, time(9))),
        ("der 31.", Found(date(2026, 12, 31))),  # November has none
    ],
)
def test_days_are_known_by_their_names_and_numbers(text: str, found: Found) -> None:
    assert parse(text, TODAY, "DE-NW") == found


@pytest.mark.parametrize(
    ("text", "first", "last", "ways"),
    [
        ("KW 50", date(2026, 12, 7), date(2026, 12, 13), 5),
        ("50. Kalenderwoche", date(2026, 12, 7), date(2026, 12, 13), 5),
        ("diese Woche", date(2026, 11, 23), date(2026, 11, 29), 4),  # Monday is over
        ("next week", date(2026, 11, 30), date(2026, 12, 6), 5),
        ("am Wochenende", date(2026, 11, 28), date(2026, 11, 29), 2),
        ("Ende Januar", date(2027, 1, 21), date(2027, 1, 31), 0),
        ("end of February 2028", date(2028, 2, 21), date(2028, 2, 29), 0),
        ("Mitte Dezember um 10", date(2026, 12, 11), date(2026, 12, 20), 0),
        ("Anfang November", date(2027, 11, 1), date(2027, 11, 10), 0),
        ("im Dezember", date(2026, 12, 1), date(2026, 12, 31), 0),
    ],
)
def test_week_or_part_of_a_month_is_asked_for_its_day(text: str, first: date, last: date, ways: int) -> None:
    for read in (parse, parse_day):
        with pytest.raises(IsSpan) as unsure:
            read(text, TODAY)
        assert (unsure.value.first, unsure.value.last) == (first, last)
        assert len(unsure.value.ways) == ways


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.12. 20-1 Uhr", Found(TENTH, time(20), time(1))),
        ("10.-11.12.", Found(TENTH, last=date(2026, 12, 11))),
        ("10.-11. Dezember 2026 9-17 Uhr", Found(TENTH, time(9), time(17), date(2026, 12, 11))),
        ("10.12.-11.12., 9-17 Uhr", Found(TENTH, time(9), time(17), date(2026, 12, 11))),
        ("10.12. 9 Uhr bis 11.12. 17 Uhr", Found(TENTH, time(9), time(17), date(2026, 12, 11))),
        ("Do 10.12. 20:00 – Fr 11.12. 01:00", Found(TENTH, time(20), time(1), date(2026, 12, 11))),
        ("Freitag 20 Uhr bis Samstag 1 Uhr", Found(FRIDAY, time(20), time(1), date(2026, 11, 28))),
        ("31.12. 20 Uhr bis 1.1. 2 Uhr", Found(date(2026, 12, 31), time(20), time(2), date(2027, 1, 1))),
        ("9-11.30 Uhr am 10.12.", Found(TENTH, time(9), time(11, 30))),
        ("morgen 9-11.10 Uhr", Found(WEDNESDAY, time(9), time(11, 10))),
        ("10.-12. December", Found(TENTH, last=date(2026, 12, 12))),
    ],
)
def test_event_may_go_over_midnight_and_over_days(text: str, found: Found) -> None:
    assert parse(text, TODAY) == found


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("12/10", [Found(date(2027, 10, 12)), Found(TENTH)]),
        ("10/12/2027 9:00", [Found(date(2027, 12, 10), time(9)), Found(date(2027, 10, 12), time(9))]),
        (
            "1/2/2027 9-11 Uhr",
            [Found(date(2027, 2, 1), time(9), time(11)), Found(date(2027, 1, 2), time(9), time(11))],
        ),
    ],
)
def test_day_and_month_with_a_slash_are_asked_for(text: str, ways: list[Found]) -> None:
    with pytest.raises(IsAmbiguous) as unsure:
        parse(text, TODAY)
    assert unsure.value.ways == tuple(ways)


def test_day_that_has_just_passed_is_asked_for_before_it_is_next_years() -> None:
    for text in ("23.11.", "23. November", "1.9.", "Nov 23"):
        with pytest.raises(HasPassed) as passed:
            parse(f"{text} 9 Uhr", TODAY)
        assert passed.value.day.year == 2026
        assert passed.value.ways == (Found(passed.value.day.replace(year=2027), time(9)),)
    with pytest.raises(HasPassed) as passed:
        parse("Mo 23.11.", TODAY)  # a Monday this year, a Tuesday next
    assert passed.value.ways == ()
    assert parse("Di 23.11.", TODAY) == Found(date(2027, 11, 23))


@pytest.mark.parametrize(
    ("text", "last", "next_"),
    [
        ("24.12.", date(2025, 12, 24), date(2026, 12, 24)),
        ("15.5.", date(2026, 5, 15), date(2027, 5, 15)),
        ("24.11.", TODAY, TODAY),
        ("29.2.", date(2024, 2, 29), date(2028, 2, 29)),
        ("Freitag", date(2026, 11, 20), FRIDAY),
        ("Fr 11.12.", None, date(2026, 12, 11)),
        ("Fr., 11. Dezember", None, date(2026, 12, 11)),
        ("Friday 11 Dec", None, date(2026, 12, 11)),
        ("Mo 23.11.", date(2026, 11, 23), None),
        ("10.12. 2015", date(2015, 12, 10), date(2015, 12, 10)),  # where no hour is asked for, a year
        ("15.01.1999", date(1999, 1, 15), date(1999, 1, 15)),
        ("1.2.27", date(2027, 2, 1), date(2027, 2, 1)),
        ("2027-02-01", date(2027, 2, 1), date(2027, 2, 1)),
        ("gestern", date(2026, 11, 23), date(2026, 11, 23)),
        ("übermorgen", date(2026, 11, 26), date(2026, 11, 26)),
        ("nächste Woche Mittwoch", date(2026, 12, 2), date(2026, 12, 2)),
        ("10.12. 9 Uhr", None, None),
        ("9 Uhr", None, None),
    ],
)
def test_day_alone_is_the_last_or_the_next_one(text: str, last: date | None, next_: date | None) -> None:
    for is_past, day in ((True, last), (False, next_)):
        if day is None:
            with pytest.raises((NotUnderstood, NoSuchDay, HasPassed)):
                parse_day(text, TODAY, is_past=is_past)
        else:
            assert parse_day(text, TODAY, is_past=is_past) == day


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("14", time(14), None),
        ("1400", time(14), None),
        ("9.10", time(9, 10), None),  # no 9 October, where a time is asked for
        ("12.10", time(12, 10), None),
        ("14-17", time(14), time(17)),
        ("halb drei", time(14, 30), None),
        ("nachmittags um 3", time(15), None),
        ("um 9", time(9), None),
        ("9 am", time(9), None),
    ],
)
def test_time_alone_is_no_day(text: str, starts: time, ends: time | None) -> None:
    assert parse_clock(text, TODAY) == Found(None, starts, ends)


@pytest.mark.parametrize(
    "text",
    [
        "31.2.2027",
        "30.02.",
        "14:00 am",
        "10.12. 13 am",
        "13/13/2026",
        "30/2",
        "29.2.2027",
        "10.13.2026",
        "10.12. 25:00",
        "10.12. 14:75",
    ],
)
def test_what_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises((NoSuchDay, NotUnderstood)):
        parse(text, TODAY)


def test_date_on_another_weekday_is_named() -> None:
    with pytest.raises(IsAnotherWeekday) as refused:
        parse("Mi 10.12.2026", TODAY)
    assert refused.value.day == TENTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bald",
        "wenn es passt",
        "14",
        "10.12. im Rathaus",
        "Fr 14",
        "10.12. 14 15",
        "-",
        "Do mal",
        "Do, Fr 10 Uhr",
        "morgen 10.12.",
        "am 32.",
        "KW 54",
        "vor Weihnachten",
        "halb",
        "Uhr",
    ],
)
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood):
        parse(text, TODAY)


@given(st.dates(TODAY, date(2029, 1, 1)), st.times(), st.sampled_from(["%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"]))
def test_every_full_date_is_read_as_it_was_written(day: date, clock: time, pattern: str) -> None:
    clock = clock.replace(second=0, microsecond=0)
    written = f"{day.strftime(pattern.split(maxsplit=1)[0])} {clock:%H:%M}"
    assert parse(written, TODAY) == Found(day, clock)


@given(st.text(max_size=40))
def test_whatever_is_typed_it_is_read_or_refused(text: str) -> None:
    try:
        found = parse(text, TODAY)
    except (NoSuchDay, NotUnderstood, HasPassed, IsAmbiguous):
        return
    assert found.day or found.starts


@pytest.mark.parametrize(
    "odd", [" ", "\N{NO-BREAK SPACE}", "1", "1 ", "1.", "(", "a", "a ", "-", "\N{COMBINING ACUTE ACCENT}"]
)
@pytest.mark.parametrize(("before", "after"), [("", ""), ("1", "x"), ("10.12. ", "-"), ("1-", "")])
def test_what_is_longer_than_any_moment_is_not_looked_through(odd: str, before: str, after: str) -> None:
    """Four thousand spaces after a digit once held up everybody for 18 seconds."""
    with pytest.raises((NotUnderstood, NoSuchDay)):
        parse(f"{before}{odd * 4096}"[:4095] + after, TODAY)


def test_no_pattern_has_two_repeats_side_by_side_that_take_the_same() -> None:
    """Such a pair makes a reader quadratic; a space, where one may stand, is at most one."""
    named = [one for module in (moments, named_days, spoken_times) for one in vars(module).values()]
    patterns = [one for one in named if isinstance(one, re.Pattern)] + list(moment_patterns.DATES)
    assert len(patterns) > 20
    assert [one.pattern for one in patterns if re.search(r"\\s[*+]|\.[*+]", one.pattern)] == []
