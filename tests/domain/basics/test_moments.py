"""Days and times as people write them, read on Tuesday, 24 November 2026."""

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.basics import moments
from domain.basics.moments import Found, IsAnotherWeekday, NoSuchDay, NotUnderstood, parse

TODAY = date(2026, 11, 24)
TENTH, NEXT_TUESDAY = date(2026, 12, 10), date(2026, 12, 1)


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
        ("23.11.", Found(date(2027, 11, 23))),  # over already: next year's
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
    ],
)
def test_what_people_write_is_understood(text: str, found: Found) -> None:
    assert parse(text, TODAY) == found


@pytest.mark.parametrize(
    "text",
    ["31.2.2027", "30.02.", "29.2.2027", "10.13.2026", "10.12. 25:00", "10.12. 14:75"],
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
        "Dezember",
        "14",
        "10.12. im Rathaus",
        "Fr 14",
        "10.12. 14 15",
        "-",
        "Do mal",
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
    except (NoSuchDay, NotUnderstood):
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
    patterns = [one for one in vars(moments).values() if isinstance(one, re.Pattern)] + list(moments._DATES)
    assert len(patterns) > 8
    assert [one.pattern for one in patterns if re.search(r"\\s[*+]|\.[*+]", one.pattern)] == []
