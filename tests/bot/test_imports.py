"""Files from outside: good rows in, each bad one reported with its line and reason."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyrage import decrypt
from pyrage.x25519 import Identity
from sqlmodel import col

from bot.factor_imports import import_factors
from bot.imports import EventRow, Report, export_partners, import_events, import_partners
from domain.basics.files import FileIsUnusable
from domain.basics.pact import Pact
from domain.basics.sheets import Value, write_xlsx
from domain.partners.organisations import Category, Kind, Sector
from handlers.chat.texts import LANGUAGES, Texts
from handlers.measures.editions import written
from handlers.partners.sheets import TITLES, VALUES
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.events.tables import Event, EventNotice, Reminder
from storage.measures.factors import known
from storage.measures.tables import EmissionFactor
from storage.partners import taking_up
from storage.partners.tables import Invite, Organisation
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
        5: ("contact_email: “dora” is no e-mail address", "“12” is no phone number", "joined_on: “gestern”"),
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


def test_links_are_written_beside_the_file_and_former_ones_work_too(book: Book, tmp_path: Path) -> None:
    text = f"{PARTNERS}\nA GmbH,partner,company,,,,Anna,,,2023-05-04\nB,partner,company,,,,,,,2023-05-04"
    text = text.replace("\nB,", "\nB GmbH,")
    written = []
    for _ in range(2):
        assert partners(book, text, tmp_path).taken == 2
        written.append((tmp_path / "invites.csv").read_text(encoding="utf-8-sig"))
    for header, row in map(str.splitlines, written):
        assert header == "organisation;contact_name;contact_email;salutation;link"
        assert row.startswith("A GmbH;Anna;;Guten Tag Anna;https://t.me/bot?start=")
        book.acts(taking_up.open_invite, book.person("Anna"), row.rpartition("=")[2])


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
        pytest.param(b"PK\x03\x04\r\x00\n\xff"),
    ],
)
def test_file_that_is_no_such_table_is_refused_as_a_whole(book: Book, tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(FileIsUnusable):
        partners(book, raw, tmp_path)
    assert book.all(Organisation) == []


def test_file_that_is_not_there_is_named(book: Book, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
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
    assert book.told(EventNotice.EVENT_PUBLISHED) == []
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


def stored(book: Book) -> dict[str, list[Any]]:
    """All but links: each import makes further ones."""
    return {name: rows for name, rows in book.everything().items() if name != "invite"}


def fill(book: Book, folder: Path) -> None:
    rows = [
        f"{PARTNERS},left_on,sector,phone,contact_role,is_listed",
        (
            '"=A, ""GmbH""",initial,company,1-2,01067,Dresden,Anna,anna@a.de,+49 2151 123456,2023-05-04,'
            ",crafts,02151 654321,Chefin,yes"
        ),
        '"=A, ""GmbH""",initial,company,1-2,01067,Dresden,-Ben,,,2023-05-04,,crafts,02151 654321,,yes',
        "'s Café e. V.,partner,association,,,,,,,2023-05-04,2025-12-31,,,,",
        "Institut – „Zum Müller“,partner,institution,@home,47798,Krefeld,Cem,,,2023-05-04,,,,,no",
    ]
    assert partners(book, "\n".join(rows), folder).rejected == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ["out.csv", "out.XLSX"])
def test_exported_file_changes_nothing_when_it_is_imported(
    book: Book, tmp_path: Path, name: str, language: str
) -> None:
    fill(book, tmp_path)
    before, file = stored(book), tmp_path / name
    assert export_partners(book.database, file, Texts(language, Pact().timezone)) == 4
    report = import_partners(book.database, file, Pact(), lambda code: code, NOW)
    assert (report.taken, report.rejected, report.ignored) == (4, [], ())
    assert stored(book) == before
    assert sorted(path.name for path in tmp_path.iterdir() if "pact.db" not in path.name) == sorted(
        [name, "invites.csv", "partners.csv"]
    )


def test_german_titles_and_words_are_read_in_any_order(book: Book, tmp_path: Path) -> None:
    rows = (
        "Partner seit;Kategorie;ART;Name;Branche;Öffentlich  genannt;Partner bis",
        "04.05.2023;Verein;Gründungspartner;A e. V.;Handwerk;ja;31.12.2025",
        "04.05.2023;Verband oder Verein;partner;B e. V.;;Nein;",
        "04.05.2023;Unternehmen;Initial partner;C GmbH;;;",
    )
    assert partners(book, "\r\n".join(rows), tmp_path).rejected == []
    found = [
        (row.name, row.kind, row.category, row.sector, row.is_listed, row.left_on)
        for row in book.all(Organisation, col(Organisation.id))
    ]
    assert found == [
        ("A e. V.", Kind.INITIAL, Category.ASSOCIATION, Sector.CRAFTS, True, date(2025, 12, 31)),
        ("B e. V.", Kind.PARTNER, Category.ASSOCIATION, None, False, None),
        ("C GmbH", Kind.INITIAL, Category.COMPANY, None, False, None),
    ]


def test_no_word_of_one_language_means_something_else_in_another() -> None:
    """Titles and words of all languages are read together."""
    for labels in (TITLES, *VALUES.values()):
        meant: dict[str, object] = {}
        for language in LANGUAGES:
            t = Texts(language, Pact().timezone)
            for value, label in labels.items():
                assert meant.setdefault(t.label(label).casefold(), value) == value


def test_columns_that_a_file_lacks_stay_as_they_are(book: Book, tmp_path: Path) -> None:
    fill(book, tmp_path)
    before = stored(book)
    rows = ["name,kind,category,joined_on,contact_name", '"=A, ""GmbH""",initial,company,2023-05-04,Anna']
    assert partners(book, "\n".join(rows), tmp_path).taken == 1
    assert stored(book) == before


def test_former_partners_are_in_the_links_without_one(book: Book, tmp_path: Path) -> None:
    rows = [f"{PARTNERS},left_on", "A GmbH,partner,company,,,,Anna,,,2023-05-04,2025-01-01"]
    assert partners(book, "\n".join(rows), tmp_path).invites == [("A GmbH", "Anna", "", "Guten Tag Anna", "")]
    assert book.all(Invite) == []


def test_events_are_read_from_excel(book: Book, tmp_path: Path) -> None:
    start = datetime(2026, 12, 10, 14)  # noqa: DTZ001 # as Excel has it, in the pact's zone
    row: tuple[Value, ...] = ("Rundgang", start, start + timedelta(hours=2), "Rathaus", 30, None)
    file = tmp_path / "events.xlsx"
    file.write_bytes(write_xlsx("Termine", EVENTS.split(",")[:6], [row]))
    assert import_events(book.database, file, Pact(), NOW).rejected == []
    (event,) = book.all(Event)
    assert (event.starts_at, event.capacity) == (datetime(2026, 12, 10, 13, tzinfo=UTC), 30)


def test_export_that_fails_leaves_the_old_file(book: Book, tmp_path: Path) -> None:
    fill(book, tmp_path)
    file = tmp_path / "out.csv"
    file.mkdir()  # nothing can be put in its place
    with pytest.raises(OSError, match=r"out\.csv"):
        export_partners(book.database, file, Texts("de", Pact().timezone))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_personal_links_are_written_so_that_only_the_key_reads_them(book: Book, tmp_path: Path) -> None:
    identity, file = Identity.generate(), tmp_path / "partners.csv"
    file.write_text(f"{PARTNERS}\nA GmbH,partner,company,,,,Anna,,,2023-05-04")
    key = str(identity.to_public())
    report = import_partners(
        book.database, file, Pact(), lambda code: f"https://t.me/bot?start={code}", NOW, key, has_letters=True
    )
    assert report.letters == tmp_path / "invites.pdf.age"
    assert sorted(one.name for one in tmp_path.glob("*invites*")) == ["invites.csv.age", "invites.pdf.age"]
    opened = decrypt((tmp_path / "invites.csv.age").read_bytes(), [identity]).decode("utf-8-sig")
    assert opened.startswith("organisation;contact_name;contact_email;salutation;link")
    assert "A GmbH;Anna;;Guten Tag Anna;https://t.me/bot?start=" in opened


def test_day_alone_as_a_deadline_ends_with_that_day() -> None:
    times = {"starts_at": "2026-12-10 14:00", "ends_at": "10.12.2026 16:00", "answer_by": "8.12.2026"}
    row = EventRow.model_validate({"title": "Rundgang", **times})
    assert row.answer_by == datetime(2026, 12, 8, 23, 59)  # noqa: DTZ001 # in the pact's zone, added later


class TestFactors:
    ROWS = (
        "Energieträger;Enthält;Jahr;Gramm CO₂ je kWh;Prozent der kWh auf der Rechnung;Ausgabe;Status;Quelle\n"
        "Strom;direkte Emissionen;2025;340;100;2026-03;vorläufig;UBA\n"
        "Strom;direkte Emissionen;2025;viel;100;2026-03;vorläufig;UBA\n"
    )

    def test_file_is_looked_at_first_and_brought_in_with_a_word(self, book: Book, tmp_path: Path) -> None:
        file = tmp_path / "faktoren.csv"
        file.write_text(self.ROWS)
        report, preview = import_factors(book.database, file, Pact(), NOW, is_sure=False)
        assert (report.taken, [line for line, _ in report.rejected], preview.rows) == (1, [3], {"new": 1})
        assert book.all(EmissionFactor) == []
        import_factors(book.database, file, Pact(), NOW, is_sure=True)
        (row,) = book.all(EmissionFactor)
        assert (row.grams, row.year, row.brought_in_by_id) == (340, 2025, None)

    def test_what_is_given_out_in_german_comes_back_unchanged(self, book: Book, tmp_path: Path) -> None:
        file = tmp_path / "factors.xlsx"
        file.write_bytes(written(book.run(known), Texts("de", Pact().timezone)))
        report, preview = import_factors(book.database, file, Pact(), NOW, is_sure=False)
        assert (report.rejected, preview.rows) == ([], {"unchanged": report.taken})
