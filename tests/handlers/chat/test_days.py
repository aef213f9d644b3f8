"""Days that are typed: in every usual way; what has passed, or can be another day, is asked for."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.basics.pact import Pact
from handlers.chat import days
from handlers.chat.questions import Asked, Wrong
from handlers.chat.reading import Reader
from handlers.chat.texts import Texts

PACT = Pact()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def asked() -> Asked:
    return Asked(PACT, NOW, Texts("en", PACT.timezone), {})


def refused(reader: Reader, given: str) -> Wrong:
    with pytest.raises(Wrong) as caught:
        reader(given, asked())
    return caught.value


def wrong(reader: Reader, given: str) -> str:
    problem = refused(reader, given)
    return asked().t(problem.message, **problem.values)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("24.12.-26.12.", ["2026-12-24", "2026-12-25", "2026-12-26"]),
        ("30.12.-2.1., 15.5.2027", ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-05-15"]),
        ("1.12., 1.12.", ["2026-12-01"]),
        ("24.-26.12.", ["2026-12-24", "2026-12-25", "2026-12-26"]),
        ("24.12. bis 26.12.", ["2026-12-24", "2026-12-25", "2026-12-26"]),
        ("24.12. und 31.12.", ["2026-12-24", "2026-12-31"]),
        ("Do., 24. Dezember, Fr 25.12.\n2027-05-15", ["2026-12-24", "2026-12-25", "2027-05-15"]),
        ("Thursday 24 Dec and Fri 25 Dec", ["2026-12-24", "2026-12-25"]),
        ("morgen", ["2026-11-24"]),
        ("Heiligabend, Silvester", ["2026-12-24", "2026-12-31"]),
        ("KW 50", [f"2026-12-{day:02}" for day in range(7, 14)]),
        ("-", []),
        ("keine", []),
    ],
)
def test_blocked_days_are_days_and_spans(given: str, read: list[str]) -> None:
    assert days.days(given, asked()) == read


def test_blocked_days_that_follow_each_other_are_shown_as_one_span() -> None:
    read = days.days("24.12.-26.12., 31.12.-1.1., 15.5.2027", asked())
    assert days.show_days(read, asked()) == "24 Dec 26–26 Dec 26, 31 Dec 26–1 Jan 27, 15 May 27"


def test_week_where_one_day_is_asked_for_is_offered_day_by_day() -> None:
    problem = refused(days.day_to_come, "KW 50")
    assert "7 December 2026 to 13 December 2026" in wrong(days.day_to_come, "KW 50")
    assert [typed for _, typed in problem.offers] == [f"{day:02}.12.2026" for day in range(7, 12)]
    assert "9 December" in problem.offers[2][0]
    assert refused(days.day_to_come, "Ende Januar").offers == ()  # too many


def test_holidays_are_known_by_their_names() -> None:
    assert days.day_to_come("Ostermontag", asked()) == "2027-03-29"
    assert days.day_to_come("übermorgen früh", asked()) == "2026-11-25"


@pytest.mark.parametrize(
    ("given", "first", "last", "count"),
    [
        ("vom 24.12. bis zum 2.1.", "2026-12-24", "2027-01-02", 10),
        ("24.12., 25.12. u. 26.12.", "2026-12-24", "2026-12-26", 3),
        ("KW 51-52", "2026-12-14", "2026-12-27", 14),
        ("KW 51 - KW 52", "2026-12-14", "2026-12-27", 14),
        ("Dec 24 to Jan 2", "2026-12-24", "2027-01-02", 10),
        ("Heiligabend und Silvester", "2026-12-24", "2026-12-31", 2),
    ],
)
def test_blocked_days_are_read_as_people_write_them(given: str, first: str, last: str, count: int) -> None:
    read = days.days(given, asked())
    assert (read[0], read[-1], len(read)) == (first, last, count)
    assert days.days("nein", asked()) == []


@pytest.mark.parametrize("today", ["2026-12-01", "2026-12-28", "2027-01-01"])
def test_blocked_days_may_have_begun(today: str) -> None:
    """Around the turn of the year, too, an end is the next such day and a start the last one before it."""
    now = datetime.fromisoformat(f"{today} 09:00+01:00")
    read = days.days("24.12.-2.1.", replace(asked(), now=now))
    assert (read[0], read[-1], len(read)) == ("2026-12-24", "2027-01-02", 10)


@pytest.mark.parametrize(
    "given",
    [
        "vielleicht",
        "22.11.",
        "20.11.-22.11., 24.12.",
        "12/10",
        ",",
        "1." * 600,
        "5.1.2027-4.1.2027",
        "2.1.-30.12.2027",
        "1.12.2026-1.8.2027",
        "",
    ],
)
def test_what_is_no_day_gets_an_example(given: str) -> None:
    assert "like" in wrong(days.days, given)


@pytest.mark.parametrize(
    ("given", "last", "next_"),
    [
        ("24.12.", "2025-12-24", "2026-12-24"),
        ("15.5.", "2026-05-15", "2027-05-15"),
        ("23.11.", "2026-11-23", "2026-11-23"),
        ("29.2.", "2024-02-29", "2028-02-29"),
    ],
)
def test_day_without_a_year_is_the_last_or_the_next_one(given: str, last: str, next_: str) -> None:
    assert days.day_until_today(given, asked()) == last
    assert days.day_to_come(given, asked()) == next_


@pytest.mark.parametrize("given", ["9999-12-31", "1.1.2031"])
def test_day_that_is_years_away_is_a_slip(given: str) -> None:
    assert "three years" in wrong(days.day_to_come, given)


def test_signature_lies_behind_and_a_due_date_ahead() -> None:
    assert "still to come" in wrong(days.day_until_today, "24.12.2026")
    assert "is over" in wrong(days.day_to_come, "01.11.2026")


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("Freitag", "2026-11-27"),
        ("Fr 11.12.", "2026-12-11"),
        ("Fr., 11. Dezember", "2026-12-11"),
        ("Friday 11 Dec", "2026-12-11"),
        ("11.12", "2026-12-11"),
        ("übermorgen", "2026-11-25"),
        ("nächste Woche Mittwoch", "2026-12-02"),
        ("in zwei Wochen", "2026-12-07"),
        ("13/12/2026", "2026-12-13"),
        ("bis 1.12.", "2026-12-01"),
    ],
)
def test_day_is_read_in_every_form_as_people_write_it(given: str, day: str) -> None:
    assert days.day_to_come(given, asked()) == day


def test_day_that_does_not_exist_is_told_so() -> None:
    for reader in (days.days, days.day_to_come, days.day_until_today):
        assert "no such day" in wrong(reader, "31.2.")


def test_signature_may_have_been_last_friday() -> None:
    assert days.day_until_today("Freitag", asked()) == "2026-11-20"
    assert days.day_until_today("gestern", asked()) == "2026-11-22"


def test_year_is_the_one_that_was_written() -> None:
    assert "is over" in wrong(days.day_to_come, "15.01.1999")
    assert days.day_until_today("15.01.1999", asked()) == "1999-01-15"
    assert "long time ago" in wrong(days.day_until_today, "15.01.1899")


def test_day_that_has_just_passed_is_offered_for_next_year() -> None:
    problem = refused(days.day_to_come, "22.11.")
    assert problem.offers == (("22 November 2027", "22.11.2027"),)
    assert wrong(days.day_to_come, "22.11.") == (
        "22 November 2026 has passed. Do you mean 22 November 2027? Then please write it like 22.11.2027."
    )
    assert "Please enter a day to come" in wrong(days.day_to_come, "So 22.11.")  # no Sunday next year


def test_day_and_month_with_a_slash_are_offered_both_ways() -> None:
    problem = refused(days.day_to_come, "12/10")
    assert problem.offers == (("12 October 2027", "12.10.2027"), ("10 December 2026", "10.12.2026"))
    for _, given in problem.offers:
        assert days.day_to_come(given, asked())
    assert wrong(days.day_to_come, "12/10") == (
        "Do you mean 12 October 2027 or 10 December 2026? Please tap it, or write the day like 23.11.2026."
    )


def test_in_a_list_nothing_is_offered_that_would_replace_all_of_it() -> None:
    assert refused(days.days, "12/10").offers
    assert not refused(days.days, "24.12., 12/10").offers
