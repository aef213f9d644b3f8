"""Files from outside: good rows in, each bad one reported with its line and reason."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlmodel import col

from bot.imports import FileIsUnusable, Report, import_events, import_partners
from domain.pact import Pact
from storage.database import Database
from storage.tables import Event, NoticeKind, Organisation, Person, Reminder
from tests.support.book import NOW, Book

PARTNERS = "name,kind,category,street,postcode,city,contact_name,contact_email,contact_phone,joined_on"
EVENTS = "title,starts_at,ends_at,place,capacity,seats_per_company,answer_by"


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


def partners(book: Book, text: str | bytes, folder: Path) -> Report:
    file = folder / "partners.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return import_partners(book.database, file, Pact(), lambda code: f"https://t.me/bot?start={code}", NOW)


def events(book: Book, folder: Path, *rows: str) -> Report:
    file = folder / "events.csv"
    file.write_text("\n".join([EVENTS, *rows]))
    return import_events(book.database, file, Pact(), NOW)


def test_good_rows_are_taken_and_bad_ones_reported_with_line_and_reason(book: Book, tmp_path: Path) -> None:
    rows = [
        PARTNERS,
        'A GmbH,partner,company,Ostwall 1,47798,Krefeld,"Amsel, Anna",Anna@A.de,02151 123456,2023-05-04',
        "B e. V.,initial,association,,,,,,,04.05.2023",
        "C GmbH,member,firm,,,,,,,2023-05-04",
        "D GmbH,partner,company,,,,Dora,dora,12,gestern",
        "E, GmbH,partner,company,,,,,,,,2023-05-04",
        ",partner,company,,,,,,,2023-05-04",
        "F GmbH",
        "G GmbH,partner,company,,,,Gerd,,,2023-05-04",
    ]
    report = partners(book, "\n".join(rows), tmp_path)
    assert report.taken == 3
    reasons = dict(report.rejected)
    assert sorted(reasons) == [4, 5, 6, 7, 8]
    for line, words in {
        4: ("kind", "category"),
        5: ("contact_email: 'dora' is no e-mail address", "'12' is no phone number", "joined_on"),
        6: ("a comma may lack its quotes",),
        7: ("name",),
        8: ("kind", "joined_on"),
    }.items():
        assert all(word in reasons[line] for word in words), reasons[line]
    names = [row.name for row in book.all(Organisation, col(Organisation.id))]
    anna = book.all(Person, col(Person.id))[0]
    assert names == ["A GmbH", "B e. V.", "G GmbH"]
    assert book.all(Organisation, col(Organisation.id))[1].joined_on == date(2023, 5, 4)
    assert (anna.name, anna.email, anna.phone) == ("Amsel, Anna", "Anna@a.de", "+492151123456")


def test_links_are_written_beside_the_file_and_are_the_same_next_time(book: Book, tmp_path: Path) -> None:
    text = f"{PARTNERS}\nA GmbH,partner,company,,,,Anna,,,2023-05-04\nB,partner,company,,,,,,,2023-05-04"
    text = text.replace("\nB,", "\nB GmbH,")
    written = []
    for _ in range(2):
        assert partners(book, text, tmp_path).taken == 2
        written.append((tmp_path / "invites.csv").read_text(encoding="utf-8-sig"))
    header, row = written[0].splitlines()
    assert header == "organisation,contact_name,link"
    assert row.startswith("A GmbH,Anna,https://t.me/bot?start=")
    assert written[0] == written[1]


@pytest.mark.parametrize(
    "raw",
    [
        f"\ufeff{PARTNERS}\r\nBäckerei – „Zum Müller“,partner,company,,,,,,,2023-05-04\r\n".encode(),
        f"{PARTNERS}\nBäckerei – „Zum Müller“,partner,company,,,,,,,2023-05-04".replace(",", ";").encode(
            "cp1252"
        ),
    ],
)
def test_files_of_a_german_excel_are_read(book: Book, tmp_path: Path, raw: bytes) -> None:
    assert partners(book, raw, tmp_path).taken == 1
    assert book.all(Organisation)[0].name == "Bäckerei – „Zum Müller“"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"name,kind\nA GmbH,partner",
        b"PK\x03\x04\x00\x00\n\xff\xfe",
        f"{PARTNERS}\nA GmbH,partner".encode("utf-16"),
        pytest.param(b"PK\x03\x04\r\x00\n\xff"),
    ],
)
def test_file_that_is_no_such_table_is_refused_as_a_whole(book: Book, tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(FileIsUnusable):
        partners(book, raw, tmp_path)
    assert book.all(Organisation) == []


def test_file_that_is_not_there_is_named(book: Book, tmp_path: Path) -> None:
    with pytest.raises(FileIsUnusable, match="nowhere"):
        import_events(book.database, tmp_path / "nowhere.csv", Pact(), NOW)


def test_events_are_read_in_the_pacts_zone_and_nobody_is_told(book: Book, tmp_path: Path) -> None:
    book.contact("Anna")
    row = "Rundgang,2026-12-10 14:00,10.12.2026 17:00,Rathaus,30,2,2026-12-01 12:00"
    assert events(book, tmp_path, row).taken == 1
    event = book.all(Event)[0]
    assert event.starts_at == datetime(2026, 12, 10, 13, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 12, 10, 16, tzinfo=UTC)
    assert event.answer_by == datetime(2026, 12, 1, 11, tzinfo=UTC)
    assert (event.capacity, event.seats_per_company) == (30, 2)
    assert len(book.all(Reminder)) > 0
    assert book.told(NoticeKind.EVENT_PUBLISHED) == []
    assert events(book, tmp_path, row).rejected == []
    assert len(book.all(Event)) == 1


TIMES = "2026-12-10 14:00,2026-12-10 17:00"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("Rundgang,2020-12-10 14:00,2020-12-10 17:00,,5,5", "must lie ahead"),
        ("Rundgang,2026-12-10 14:00,2026-12-10 13:00,,5,5", "the end after it"),
        (f"Rundgang,{TIMES},,5,5,2026-12-11 12:00", "answer_by before it"),
        ("Rundgang,2027-03-28 02:30,2027-03-28 17:00,,5,5", "starts_at: clocks are put forward"),
        ("Rundgang,2027-10-31,2027-10-31 17:00,,5,5", "write it like 2026-12-10 14:00"),
        (f"Rundgang,{TIMES},,viele,5", "capacity"),
        (f"Rundgang,{TIMES},,0,5", "capacity"),
        (f"X,{TIMES},,5,5", "title"),
        pytest.param(*("Rundgang,0001-01-01 00:00,2026-12-10 17:00,,5,5", "must lie ahead")),
    ],
)
def test_event_that_does_not_do_is_reported(book: Book, tmp_path: Path, row: str, reason: str) -> None:
    report = events(book, tmp_path, row, f"Treffen,{TIMES},,5,5")
    assert [line for line, _ in report.rejected] == [2]
    assert reason in report.rejected[0][1]
    assert [event.title for event in book.all(Event)] == ["Treffen"]


def test_event_without_a_limit_has_an_empty_cell(book: Book, tmp_path: Path) -> None:
    assert events(book, tmp_path, f"Rundgang,{TIMES},Rathaus,,,").taken == 1
    assert book.all(Event)[0].capacity is None
