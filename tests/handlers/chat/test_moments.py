"""Days and times typed in forms: what is past or impossible is refused, the rest is put together in UTC."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.basics.pact import Pact
from handlers.chat import moments
from handlers.chat.questions import SURE, Asked, Doubtful, Wrong
from handlers.chat.texts import Texts

PACT = Pact()
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)  # a Tuesday, 10:00 in Krefeld


def asked(**answers: Any) -> Asked:
    return Asked(PACT, NOW, Texts("de", PACT.timezone), answers)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("24.11. 9 Uhr", "Vergangenheit"),  # an hour ago
        ("1.1.2020", "Vergangenheit"),
        ("31.2.2027", "gibt es nicht"),
        ("Mi 10.12.2026", "ist ein Donnerstag"),
        ("gestern 14 Uhr", "liegt in der Vergangenheit"),
        ("28.3.2027 2:30", "Uhren"),  # left out in spring
        ("10.12. 17-14 Uhr", "nicht nach dem Beginn"),
        ("1.1.2031", "drei Jahre"),
        ("14 Uhr", "An welchem Tag"),
        ("10.12. 14-5 Uhr", "nicht nach dem Beginn"),  # no night
        ("10.12. 14-14 Uhr", "nicht nach dem Beginn"),
        ("10.12. 9 Uhr bis 30.12. 17 Uhr", "zwei Wochen"),
        ("23.11. 14 Uhr", "ist vorbei. Meinen Sie den 23. November 2027"),
        ("12/10 14 Uhr", "12. Oktober 2027 oder den 10. Dezember 2026"),
        ("15.01.1999", "Vergangenheit"),
        ("14:00 am", "gibt es nicht"),
    ],
)
def test_past_or_impossible_time_is_refused_with_what_would_do(given: str, words: str) -> None:
    with pytest.raises(Wrong) as caught:
        moments.read_when(given, asked())
    assert words in asked().t(caught.value.message, **caught.value.values)


@pytest.mark.parametrize(
    ("when", "starts", "ends", "span"),
    [
        ("Do 10.12. 14-17 Uhr", None, None, ("2026-12-10 13:00", "2026-12-10 16:00")),
        ("nächsten Dienstag 9:30", None, "11:00", ("2026-12-01 08:30", "2026-12-01 10:00")),
        ("10.12.", "14 Uhr", "90", ("2026-12-10 13:00", "2026-12-10 14:30")),
        ("10.12.", "14", "17", ("2026-12-10 13:00", "2026-12-10 16:00")),
        ("10.12.", "14-17 Uhr", None, ("2026-12-10 13:00", "2026-12-10 16:00")),
        ("28.3.2027", "9 Uhr", "10 Uhr", ("2027-03-28 07:00", "2027-03-28 08:00")),  # summer time by then
        ("31.10.2027", "9 Uhr", "10 Uhr", ("2027-10-31 08:00", "2027-10-31 09:00")),
        ("10.12.", "halb drei", "viertel vor fünf", ("2026-12-10 13:30", "2026-12-10 15:45")),
        ("10.12.", "9.10", "12.10", ("2026-12-10 08:10", "2026-12-10 11:10")),
        ("Freitag vormittags", "9", "11", ("2026-11-27 08:00", "2026-11-27 10:00")),
        ("10.12. 20-1 Uhr", None, None, ("2026-12-10 19:00", "2026-12-11 00:00")),  # over midnight
        ("10.12. 20 Uhr", None, "1 Uhr", ("2026-12-10 19:00", "2026-12-11 00:00")),
        ("10.12.", "20:00–01:00", None, ("2026-12-10 19:00", "2026-12-11 00:00")),
        ("10.-11.12., 9-17 Uhr", None, None, ("2026-12-10 08:00", "2026-12-11 16:00")),
        ("10.12. 9 Uhr bis 11.12. 17 Uhr", None, None, ("2026-12-10 08:00", "2026-12-11 16:00")),
        ("10.-11.12.", "9 Uhr", "17 Uhr", ("2026-12-10 08:00", "2026-12-11 16:00")),
        ("10.-11.12.", "9-8 Uhr", None, ("2026-12-10 08:00", "2026-12-11 07:00")),
        ("10.-11.12.", "9 Uhr", "180", ("2026-12-10 08:00", "2026-12-11 11:00")),
        ("10.12. 9 Uhr", None, "11.12. 17 Uhr", ("2026-12-10 08:00", "2026-12-11 16:00")),
        ("27.3.2027 20-3:30 Uhr", None, None, ("2027-03-27 19:00", "2027-03-28 01:30")),  # an hour less
    ],
)
def test_answers_make_one_span(
    when: str, starts: str | None, ends: str | None, span: tuple[str, str]
) -> None:
    answers: dict[str, Any] = {"when": moments.read_when(when, asked())}
    assert moments.has_start(answers) is (starts is None)
    if starts:
        answers["starts"] = moments.read_starts(starts, asked(**answers))
    assert moments.has_end(answers) is (ends is None)
    if ends:
        answers["ends"] = ends if ends in moments.SPANS else moments.read_ends(ends, asked(**answers))
    assert tuple(f"{moment:%Y-%m-%d %H:%M}" for moment in moments.span(answers, PACT)) == span


def test_day_that_is_changed_and_names_a_start_forgets_the_times_asked_for_before() -> None:
    answers: dict[str, Any] = {"when": moments.read_when("10.12.", asked())}
    answers["starts"] = moments.read_starts("14-16 Uhr", asked(**answers))
    answers["when"] = moments.read_when("11.12. 18 Uhr", asked(**answers))
    assert not moments.has_end(answers)  # so that it is asked for
    assert moments.show_when(answers["when"], asked(**answers)) == "Fr., 11. Dezember 2026, 18:00 Uhr"
    answers["when"] = moments.read_when("12.12.", asked(**answers))
    assert moments.show_when(answers["when"], asked(**answers)) == "Sa., 12. Dezember 2026, 14:00–16:00 Uhr"


def test_end_before_the_start_is_refused() -> None:
    answers: dict[str, Any] = {"when": moments.read_when("10.12. 14 Uhr", asked())}
    for given in ("13 Uhr", "14:00", "14-15 Uhr"):
        with pytest.raises(Wrong):
            moments.read_ends(given, asked(**answers))
    answers["ends"] = "17:00"
    with pytest.raises(Wrong):
        moments.read_when("10.12. 18 Uhr", asked(**answers))
    with pytest.raises(Wrong):
        moments.read_starts("18 Uhr", asked(**answers))
    assert moments.read_when("10.12. 18-20 Uhr", asked(**answers))["ends"] == "20:00"


def test_what_was_said_is_repeated_in_words() -> None:
    value = moments.read_when("Do 10.12. 14-17 Uhr", asked())
    assert moments.show_when(value, asked()) == "Do., 10. Dezember 2026, 14:00–17:00 Uhr"
    assert moments.show_when(moments.read_when("10.12.", asked()), asked()) == "Do., 10. Dezember 2026"
    without_end = moments.read_when("10.12. 14 Uhr", asked())
    assert moments.show_when(without_end, asked()) == "Do., 10. Dezember 2026, 14:00 Uhr"
    two_days = moments.read_when("10.-11.12.", asked())
    assert moments.show_when(two_days, asked()) == "Do., 10. Dezember 2026 – Fr., 11. Dezember 2026"
    night = moments.read_when("10.12. 20-1 Uhr", asked())
    assert moments.show_when(night, asked()) == (
        "Do., 10. Dezember 2026, 20:00 Uhr bis Fr., 11. Dezember 2026, 01:00 Uhr"
    )
    assert moments.read_when(moments.show_when(night, asked()), asked()) == {**night, "last": "2026-12-11"}


def test_day_that_was_stored_before_events_could_take_two_is_still_known() -> None:
    answers = {"when": {"day": "2026-12-10", "starts": "14:00", "ends": "17:00"}}
    assert moments.span(answers, PACT)[1] == datetime(2026, 12, 10, 16, tzinfo=UTC)


def test_end_on_the_day_itself_or_before_it_is_no_night() -> None:
    answers = {"when": moments.read_when("10.12. 20 Uhr", asked())}
    for given in ("10.12. 1 Uhr", "9.12. 21 Uhr", "30.12. 1 Uhr"):
        with pytest.raises(Wrong):
            moments.read_ends(given, asked(**answers))


@pytest.mark.parametrize(
    ("given", "offers"),
    [
        ("23.11. 14-17 Uhr", [("23. November 2027", "23.11.2027 14.00-17.00")]),
        ("23.11.", [("23. November 2027", "23.11.2027")]),
        ("12/10 9:30", [("12. Oktober 2027", "12.10.2027 09.30"), ("10. Dezember 2026", "10.12.2026 09.30")]),
    ],
)
def test_what_can_be_meant_is_offered_with_its_times(given: str, offers: list[tuple[str, str]]) -> None:
    with pytest.raises(Wrong) as caught:
        moments.read_when(given, asked())
    assert caught.value.offers == tuple(offers)
    for label, typed in offers:
        assert label in moments.show_when(moments.read_when(typed, asked()), asked())


def test_part_of_the_day_alone_is_no_deadline() -> None:
    with pytest.raises(Wrong) as caught:
        moments.read_moment("Freitag nachmittags", asked())
    assert "Um welche Uhrzeit am 27. November" in asked().t(caught.value.message, **caught.value.values)
    assert moments.read_moment("bis Freitag nachmittags um 3", asked()) == "2026-11-27T15:00:00+01:00"


@pytest.mark.parametrize(
    ("given", "utc"),
    [
        ("10.12.2026 14:00", (2026, 12, 10, 13)),
        ("1.7.27 9:05", (2027, 7, 1, 7, 5)),
        ("2026-12-10 14:00", (2026, 12, 10, 13)),
        ("28.03.2027 03:00", (2027, 3, 28, 1)),
        ("31.10.2027 02:30", (2027, 10, 31, 0, 30)),  # shown twice: the first
        ("29.02.2028 12:00", (2028, 2, 29, 11)),
        ("Do, 10.12. 14:00", (2026, 12, 10, 13)),
        ("10.12., 14 Uhr", (2026, 12, 10, 13)),
    ],
)
def test_exact_moment_is_one_in_the_pacts_zone_and_can_be_typed_as_it_is_shown(
    given: str, utc: tuple[int, ...]
) -> None:
    read = moments.read_exact_moment(given, asked())
    assert datetime.fromisoformat(read) == datetime(*utc, tzinfo=UTC)  # type: ignore[arg-type, misc] # year to minute
    assert moments.read_moments(3)(moments.show_moment(read, asked()), asked()) == [read]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("irgendwann", "Bitte schreiben Sie"),
        ("morgen", "Um welche Uhrzeit am 25. November 2026? Bitte schreiben Sie es wie 25.11.2026 9:00."),
        ("übermorgen früh", "Um welche Uhrzeit am 26. November 2026"),
        ("10.12.2026", "Um welche Uhrzeit am 10. Dezember 2026"),
        ("14 Uhr", "Datum und Uhrzeit"),
        ("Fr 10.12. 14:00", "ist ein Donnerstag"),
        ("31.02.2027 12:00", "gibt es nicht"),
        ("10.12.2026 24:00", "gibt es nicht"),
        ("28.03.2027 02:30", "Uhren"),
        ("24.11.2026 10:00", "Vergangenheit"),
        ("01.01.0001 00:00", "Vergangenheit"),
        ("31.12.9999 23:59", "drei Jahre"),
    ],
)
def test_exact_moment_that_does_not_do_is_told_why(given: str, words: str) -> None:
    with pytest.raises(Wrong) as caught:
        moments.read_exact_moment(given, asked())
    assert words in asked().t(caught.value.message, **caught.value.values)


def test_up_to_three_moments_are_read_from_lines_or_with_an_or_between() -> None:
    given = "Do., 10. Dezember 2026, 14:00 Uhr\n11.12. 9:00 oder Do, 10.12., 14 Uhr"
    assert [datetime.fromisoformat(one).day for one in moments.read_moments(3)(given, asked())] == [10, 11]
    for too_many in ("\n".join(["10.12.2026 14:00"] * 4), ";"):
        with pytest.raises(Wrong, match="one to three"):
            moments.read_moments(3)(too_many, asked())


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("10.12. 9 Uhr, 11.12. 14 Uhr und 12.12. 10 Uhr", ["10. 09:00", "11. 14:00", "12. 10:00"]),
        ("Do., 10. Dezember 2026, 14:00 Uhr, Fr, 11. Dezember, halb drei", ["10. 14:00", "11. 14:30"]),
        ("10.12. 9 oder 11 Uhr", ["10. 09:00", "10. 11:00"]),  # of the same day
        ("10.12. 9 Uhr, 11 Uhr, 11.12. 8 Uhr", ["10. 09:00", "10. 11:00", "11. 08:00"]),
        ("Thursday 10 Dec 2pm and Friday 11 Dec 10:00", ["10. 14:00", "11. 10:00"]),
        ("Do 10.12. 14-15 Uhr", ["10. 14:00"]),
        ("10.12., 11.12. 9 Uhr", ["10. 09:00", "11. 09:00"]),
        ("10.12. oder 11.12. jeweils 14 Uhr", ["10. 14:00", "11. 14:00"]),
        ("am 10.12. um 9, 10 oder 11 Uhr", ["10. 09:00", "10. 10:00", "10. 11:00"]),
        ("1. 10.12. 14 Uhr\n2. 11.12. 10 Uhr", ["10. 14:00", "11. 10:00"]),
        ("- 10.12. 14 Uhr\n- 11.12. 10 Uhr", ["10. 14:00", "11. 10:00"]),
        ("10.12. 14 Uhr / 11.12. 10 Uhr", ["10. 14:00", "11. 10:00"]),
        ("10.12.: 14 Uhr, 11.12.: 10 Uhr", ["10. 14:00", "11. 10:00"]),
        ("10.12. zwischen 14 und 16 Uhr", ["10. 14:00"]),
    ],
)
def test_moments_are_read_from_a_list(given: str, read: list[str]) -> None:
    found = [datetime.fromisoformat(one) for one in moments.read_moments(3)(given, asked())]
    assert [f"{one:%d. %H:%M}" for one in found] == read


@pytest.mark.parametrize(
    "given", ["9 Uhr, 10.12. 10 Uhr", "10.12., 11.12. vormittags", "10.12. 9 Uhr, bald", "," * 4000]
)
def test_list_with_something_that_is_no_moment_is_refused(given: str) -> None:
    with pytest.raises(Wrong):
        moments.read_moments(3)(given, asked())


@pytest.mark.parametrize("given", ["Freitag 3 Uhr", "10.12. 4:30"])
def test_night_is_asked_about_with_the_afternoon(given: str) -> None:
    for read in (moments.read_when, moments.read_exact_moment):
        with pytest.raises(Doubtful) as caught:
            read(given, asked())
        [(label, typed)] = caught.value.offers
        assert label in ("15:00", "16:30")
        assert label in str(read(typed, asked()))
        assert read(given, asked(**{SURE: True}))


def test_night_is_asked_about_among_several_times_too() -> None:
    with pytest.raises(Wrong) as caught:
        moments.read_moments(3)("10.12. 9 Uhr, 11.12. 3 Uhr", asked())
    assert "Meinen Sie 15:00 Uhr" in asked().t(caught.value.message, **caught.value.values)


def test_zero_before_the_hour_says_that_the_night_is_meant() -> None:
    assert moments.read_when("10.12. 03:00", asked())["starts"] == "03:00"
