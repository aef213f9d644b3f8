"""What people type: good input in every usual form, bad input with a sentence that says what would do."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.basics.pact import Pact
from handlers.chat import days, moments, reading
from handlers.chat.questions import Asked, Wrong
from handlers.chat.texts import Texts

PACT = Pact()
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
FAMILY = "\N{MAN}\N{ZERO WIDTH JOINER}\N{WOMAN}"


def asked(**answers: Any) -> Asked:
    return Asked(PACT, NOW, Texts("en", PACT.timezone), answers)


def wrong(reader: reading.Reader, given: str, **answers: Any) -> str:
    with pytest.raises(Wrong) as caught:
        reader(given, asked(**answers))
    return asked().t(caught.value.message, **caught.value.values)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Heinz <b> & Söhne", "Heinz <b> & Söhne"),
        ("a\nb", "a\nb"),
        (FAMILY, FAMILY),
        ("x" * 20, "x" * 20),
        ("😀" * 10, "😀" * 10),
    ],
)
def test_text_is_kept_as_it_is(given: str, read: str) -> None:
    assert reading.text(20)(given, asked()) == read


@pytest.mark.parametrize("given", ["x" * 21, "😀" * 11, "x" * 5000])
def test_text_that_is_too_long_is_told_its_length(given: str) -> None:
    units = len(given.encode("utf-16-le")) // 2
    assert wrong(reading.text(20), given) == f"That is too long: {units} characters. Please use at most 20."


@pytest.mark.parametrize("given", ["", "ab"])
def test_text_that_is_too_short_is_refused(given: str) -> None:
    assert "too short" in wrong(reading.text(20, 3), given)


def test_line_is_one_line() -> None:
    assert reading.line(20)(" A\n\n  GmbH ", asked()) == "A GmbH"


@pytest.mark.parametrize(
    "given",
    [
        *("47798", "40210", "47798 Krefeld", "Krefeld 47798", "D-47798", "d 47798", "DE-47798", "(47798)"),
        *(
            "47 798",
            "47 798 Krefeld",
            "4 7 7 9 8",
            "4 7 7 9 8 Krefeld",
            "Nordwall 5, 47798 Krefeld",
            "47798, 47798",
        ),
    ],
)
def test_postcode_is_taken_wherever_it_is(given: str) -> None:
    assert reading.postcode(given, asked()) == ("40210" if given == "40210" else "47798")


@pytest.mark.parametrize(
    "given",
    [
        *("😀", "4779８", "4780", "477988", "047798", "abcde", "", "-4779", "4 798", "4 7 7 9 8 1"),
        *("A-47798", "47798 47799", "47798x"),
    ],
)
def test_what_is_no_postcode_gets_an_example(given: str) -> None:
    assert wrong(reading.postcode, given) == "A postcode has five digits, like 47798."


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("anna@firma.de", "anna@firma.de"),
        ("Anna.B+x@FIRMA.de", "Anna.B+x@firma.de"),
        ("info@müller.de", "info@müller.de"),
        ("anna(at)firma.de", "anna@firma.de"),
        ("anna [at] firma [punkt] de", "anna@firma.de"),
        ("anna @ firma.de", "anna@firma.de"),
        ("anna at firma.de", "anna@firma.de"),
        ("anna ät firma punkt de", "anna@firma.de"),
        ("anna@firma . de", "anna@firma.de"),
        ("anna@firma,de", "anna@firma.de"),
        ("anna@firma.de!", "anna@firma.de"),
        ("(anna@firma.de)", "anna@firma.de"),
        ("[anna@firma.de](mailto:anna@firma.de)", "anna@firma.de"),
        ("anna@firma.de (privat)", "anna@firma.de"),
        ("Meine Mail ist anna@firma.de", "anna@firma.de"),
        ("an anna@firma.de", "anna@firma.de"),
        ("E-Mail-Adresse: anna@firma.de", "anna@firma.de"),
        ("anna@firma.de\nTel. 02151", "anna@firma.de"),
        ("E-Mail: anna@firma.de", "anna@firma.de"),
        ("anna [at] firma.de", "anna@firma.de"),
        ("anna (AT) firma.de", "anna@firma.de"),
        ("anna@firma.de.", "anna@firma.de"),
        ("<anna@firma.de>,", "anna@firma.de"),
        ("Anna Müller <anna@firma.de>", "anna@firma.de"),
        ("mailto:anna@firma.de", "anna@firma.de"),
        ("MailTo:anna@firma.de?subject=Hallo", "anna@firma.de"),
    ],
)
def test_address_is_taken(given: str, read: str) -> None:
    assert reading.email(given, asked()) == read


@pytest.mark.parametrize(
    "given",
    [
        "anna",
        "anna@",
        "@firma.de",
        "anna@firma",
        "a b@firma.de",
        "anna@firma.de, b@firma.de",
        "😀",
        "<b>@x.de",
        "(at)",
        "anna(at)b(at)firma.de",
        "anna@firma.de oder b@firma.de",
        "anna@firma..de",
        "anna@@firma.de",
        f"{'a' * 300}@firma.de",
    ],
)
def test_what_is_no_address_is_refused(given: str) -> None:
    assert "e-mail" in wrong(reading.email, given)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("02151 123456", "+492151123456"),
        ("(02151) 12 34-56", "+492151123456"),
        ("+49 2151 123456", "+492151123456"),
        ("0049 2151 123456", "+492151123456"),
        ("0176 12345678", "+4917612345678"),
        ("+31 6 12345678", "+31612345678"),
        ("492151123456", "+492151123456"),
        ("49 2151 123456", "+492151123456"),
        ("491711234567", "+491711234567"),
        ("00492151123456", "+492151123456"),
        ("0049 (0) 2151 123456", "+492151123456"),
        ("+49 (0)171 1234567", "+491711234567"),
        ("Tel.: 02151 123456", "+492151123456"),
        ("02151 123456 (Zentrale)", "+492151123456"),
        ("04921 51123", "+49492151123"),  # Emden has its 0
        ("02151 / 12 34 56", "+492151123456"),
        ("0 21 51 / 12 34 56", "+492151123456"),
        ("+49(0)2151-123456", "+492151123456"),
        ("02151 123456 - 12", "+49215112345612"),
        ("02151 123456 App. 12", "+49215112345612"),  # no digits of a keypad
        ("02151 123456, Durchwahl 12", "+49215112345612"),
        ("02151 123456 Frau Müller", "+492151123456"),
        ("Frau Müller 02151 123456", "+492151123456"),
        ("meine Nummer ist 0171 1234567.", "+491711234567"),
        ("📞 +49 171 1234567", "+491711234567"),
        ("tel:+491711234567", "+491711234567"),
        ("0171 – 1234567", "+491711234567"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+1 650-253-0000", "+16502530000"),
        ("０２１５１ 123456", "+492151123456"),
    ],
)
def test_number_is_stored_in_international_form(given: str, read: str) -> None:
    assert reading.phone(given, asked()) == read
    assert reading.phone(reading.show_phone(read, asked()), asked()) == read


def test_number_without_a_code_is_of_the_pacts_country() -> None:
    dutch = replace(asked(), pact=Pact(holiday_region="NL"))
    for typed in ("06 12345678", "31612345678", "0031 6 12345678", "+31 6 12345678"):
        assert reading.phone(typed, dutch) == "+31612345678"
    assert reading.phone("0049 2151 123456", dutch) == "+492151123456"


@pytest.mark.parametrize(
    "given",
    [
        *("123", "abc", "😀", "", "02151", "+49", "+999 123456789", "1" * 60),
        "0171 1234567 oder 02151 123456",
    ],
)
def test_what_is_no_phone_number_is_refused(given: str) -> None:
    assert "not a valid phone number" in wrong(reading.phone, given)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Jan und Tim", ["Jan", "Tim"]),
        ("- Jan\n- Tim", ["Jan", "Tim"]),
        ("1. Jan\n2. Eva-Maria Muster", ["Jan", "Eva-Maria Muster"]),
        ("Jan, Tim und Eva", ["Jan", "Tim", "Eva"]),
        ("Jan & Tim", ["Jan", "Tim"]),
        ("Jan&Tim + Eva", ["Jan", "Tim", "Eva"]),
        ("Jan, Tim, and Eva", ["Jan", "Tim", "Eva"]),
        ("Jan Undorf\nTim Sandmann;\n\nEva", ["Jan Undorf", "Tim Sandmann", "Eva"]),
        ("UND", []),
    ],
)
def test_names_are_parted_as_people_join_them(given: str, read: list[str]) -> None:
    assert reading.names(given) == read


def test_each_name_of_a_party_has_letters() -> None:
    assert reading.text_with_names(40)("Jan und\nTim", asked()) == "Jan und\nTim"
    assert "“😀” has no letters" in wrong(reading.text_with_names(40), "Jan, 😀 und Tim")


@pytest.mark.parametrize("given", ["Anna", "4711 GmbH", "1&1 AG", "Кафе", "李 明", "🌻 Blumen", "Zoë"])
def test_name_has_letters(given: str) -> None:
    assert reading.name(40)(given, asked()) == given


@pytest.mark.parametrize("given", ["😀😀", "4711", "👩\u200d🔬", "12 34", "–!", "1️⃣ 2️⃣"])
def test_name_without_letters_is_asked_about(given: str) -> None:
    assert wrong(reading.name(40), given) == (
        f"“{given}” has no letters. Please write the name in words, that of an organisation with its legal "
        "form, like 4711 GmbH."
    )


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("1", 1),
        ("10000", 10000),
        ("007", 7),
        ("ca. 25", 25),
        ("25 Personen", 25),
        ("1.200", 1200),
        ("1 200", 1200),
    ],
)
def test_number_of_people_is_read(given: str, read: int) -> None:
    assert reading.number(given, asked()) == read


@pytest.mark.parametrize(
    "given", ["0", "-1", "10001", "1.5", "viele", "١٢", "１２", "", "1" * 4000, "2 3", "😀"]
)
def test_what_is_no_number_of_people_is_refused(given: str) -> None:
    assert wrong(reading.number, given) == "Please enter a number between 1 and 10000."


@settings(deadline=None)  # the first day that is read brings the holidays with it
@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(given: str) -> None:
    readers = (
        *(
            reading.text(30),
            reading.line(30, 2),
            reading.email,
            reading.phone,
            reading.postcode,
            reading.number,
        ),
        *(moments.read_when, moments.read_moment, moments.read_moments(3)),
        *(days.day_until_today, days.day_to_come, days.days),
        *(reading.windows, reading.count(1, 9), reading.link),
    )
    for reader in readers:
        try:
            reader(given, asked())
        except Wrong as problem:
            asked().t(problem.message, **problem.values)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Di 9-12", [[1, "09:00", "12:00"]]),
        ("Di von 9 bis 12", [[1, "09:00", "12:00"]]),
        ("Di: 9-12 Uhr", [[1, "09:00", "12:00"]]),
        ("dienstags 9am-12pm", [[1, "09:00", "12:00"]]),
        ("Di und Do 9-12", [[1, "09:00", "12:00"], [3, "09:00", "12:00"]]),
        ("Mi–Fr 9–12", [[day, "09:00", "12:00"] for day in (2, 3, 4)]),
        ("Di 9–12 u. 13–15 Uhr", [[1, "09:00", "12:00"], [1, "13:00", "15:00"]]),
        ("Do 13:30 - 16, di 9.15-12.00", [[1, "09:15", "12:00"], [3, "13:30", "16:00"]]),
        ("Dienstag 9 bis 12 Uhr; Freitag 10–11", [[1, "09:00", "12:00"], [4, "10:00", "11:00"]]),
        (
            "Mo 9-10, 24.12. 9-11, 31.12 10-12",
            [[0, "09:00", "10:00"], [7, "09:00", "11:00"], [8, "10:00", "12:00"]],
        ),
        ("Tue 9-12, thursday 1-2", [[1, "09:00", "12:00"], [3, "13:00", "14:00"]]),
    ],
)
def test_windows_are_read_as_an_office_writes_them(given: str, read: list[list[Any]]) -> None:
    assert reading.windows(given, asked()) == read


def test_windows_can_be_typed_as_they_are_shown() -> None:
    windows = [[1, "09:00", "12:00"], [7, "09:00", "11:00"]]
    assert reading.show_windows(windows, asked()) == "Tu 09:00–12:00, 24.12. 09:00–11:00"
    assert reading.windows(reading.show_windows(windows, asked()), asked()) == windows


@pytest.mark.parametrize(
    "given", ["Di", "9-12", "Sa 9-12", "Di 12-9", "Di 9-9", "Di 9-25", "Di 9:70-12", "x 1-2", ""]
)
def test_what_is_no_window_gets_an_example(given: str) -> None:
    assert "Tue 9-12" in wrong(reading.windows, given)


@pytest.mark.parametrize(
    "given", ["http://a.de", "javascript:alert(1)", "https://", "https://a b.de", "meet.de/x"]
)
def test_link_is_an_https_address(given: str) -> None:
    assert "https://" in wrong(reading.link, given)
    assert reading.link("https://meet.example.org/x?y=1", asked()) == "https://meet.example.org/x?y=1"
