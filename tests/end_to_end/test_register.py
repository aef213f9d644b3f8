"""The office edits the register in Excel and brings it back; nobody else can."""

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from pypdf import PdfReader

from handlers.chat.sheet_process import MOST_MEMORY, MOST_SECONDS
from tests.end_to_end.test_events import START
from tests.support.town import Actor, Town

ORGANISATIONS = "SELECT name, street, kind FROM organisation ORDER BY id"
DRAFTS = "SELECT count(*) FROM register_draft"
CSV = "name;kind;category;joined_on;contact_name\r\n{};partner;company;04.05.2023;{}\r\n"


class Sheet:
    """A file in Excel, cells by the titles of their columns."""

    def __init__(self, content: bytes) -> None:
        self.book = load_workbook(io.BytesIO(content))
        self.sheet: Any = self.book.worksheets[0]
        self.columns = {cell.value: cell.column for cell in self.sheet[1]}

    def cell(self, line: int, title: str) -> Any:
        return self.sheet.cell(line, self.columns[title])

    def add(self, **values: str) -> None:
        self.sheet.append({self.columns[title.replace("_", " ")]: value for title, value in values.items()})

    def saved(self) -> bytes:
        out = io.BytesIO()
        self.book.save(out)
        return out.getvalue()


async def exported(office: Actor, button: str, name: str) -> bytes:
    await office.goes_through(
        ("/buero", "Geschäftsstelle"), ("[Weiteres]", "hin und wieder"), ("[Verzeichnis]", "Partner: ")
    )
    await office.taps(button)
    return await office.receives_file(name)


async def test_office_edits_the_register_in_excel_and_brings_it_back(town: Town) -> None:
    office = await town.office()
    await town.import_partners(
        "A GmbH,partner,company,Ostwall 1,47798,Krefeld,Anna,anna@a.de,02151 123456,2023-05-04",
        "B e. V.,initial,association,Westwall 2,04109,Leipzig,Ben,,,2023-05-04",
    )
    sheet = Sheet(await exported(office, "Als Excel-Datei", "register-"))
    assert sheet.cell(3, "Postleitzahl").value == "04109"
    assert sheet.cell(2, "Telefon (Ansprechperson)").value == "+492151123456"
    sheet.cell(2, "Straße").value = "Nordwall 3"
    sheet.add(
        Name="C GmbH", Art="Partner", Kategorie="Unternehmen", Partner_seit="4.5.2024", Ansprechperson="Cem"
    )
    sheet.add(Name="D GmbH", Art="Partner", Kategorie="Verein", Partner_seit="gestern")
    await office.sends_file("Register neu.XLSX", sheet.saved())
    await office.sees("Neu: 1\nGeändert: 1\nUnverändert: 1\nAbgelehnt: 1")
    await office.sees("Zeile 5: Partner seit: „gestern“ ist kein Datum")
    assert town.rows(ORGANISATIONS)[0][1] == "Ostwall 1"

    await town.kill_bot()
    await town.start_bot()
    await office.taps("Übernehmen")
    await office.sees("Die Datei ist übernommen")
    links = Sheet(await office.receives_file("invites.xlsx"))
    assert [cell.value for cell in links.sheet[2]][:2] == ["C GmbH", "Cem"]
    assert town.rows(ORGANISATIONS) == [
        ("A GmbH", "Nordwall 3", "partner"),
        ("B e. V.", "Westwall 2", "initial"),
        ("C GmbH", "", "partner"),
    ]
    cem = await town.person("Cem")
    await cem.takes_up(links.cell(2, "Persönlicher Link").value)
    await cem.sees("Kontakt von C GmbH verbunden")
    await office.sends("/start")
    await office.sees("Geschäftsstelle")


async def test_file_is_brought_in_once_however_often_the_button_is_tapped(town: Town) -> None:
    office = await town.office()
    await office.sends_file("partner.csv", CSV.format("A GmbH", "Anna").encode("cp1252"))
    await office.sees("Neu: 1")
    payload = town.rows("SELECT id FROM register_draft")[0][0]
    await office.taps("Übernehmen")
    await office.sees("Die Datei ist übernommen")
    await office.receives_file("invites.xlsx")
    await office.forges(f"rb:{payload}")
    assert "gilt nicht mehr" in office.alert
    await office.sends_file("partner.csv", CSV.format("A GmbH", "Anna").encode())
    await office.sees("Es gibt nichts zu übernehmen")
    await office.sends_file("partner.csv", CSV.format("B GmbH", "Ben").encode())
    await office.goes_through(("[Verwerfen]", "Es wurde nichts geändert"))
    assert town.rows(DRAFTS) == [(0,)]
    assert town.rows(ORGANISATIONS) == [("A GmbH", "", "partner")]


async def test_file_is_taken_while_the_door_is_open(town: Town) -> None:
    office = await town.office()
    await town.event("Rundgang", START)
    await office.forges("dd:1:0:0")
    await office.sees("oder schreiben Sie einen Namen")
    await office.sends_file("partner.csv", CSV.format("A GmbH", "Anna").encode())
    await office.goes_through(("[Übernehmen]", "Die Datei ist übernommen"), ("Anna", "So heißt niemand"))


async def test_csv_goes_out_and_comes_back_unchanged(town: Town) -> None:
    office = await town.office()
    await town.import_partners(
        "=cmd GmbH,partner,company,1-2,04109,Leipzig,Anna,anna@a.de,02151 123456,2023-05-04"
    )
    content = await exported(office, "Als CSV", "register-")
    row = next(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert (row["Name"], row["Straße"], row["Postleitzahl"]) == ("'=cmd GmbH", "'1-2", "'04109")
    assert row["Partner seit"] == "04.05.2023"
    await office.sends_file("register.csv", content)
    await office.sees("Unverändert: 1")
    await office.sees("Es gibt nichts zu übernehmen")


async def test_further_personal_links_can_be_had_and_each_works(town: Town) -> None:
    office, anna = await town.office(), await town.person("Anna")
    (link,) = await town.import_partners("A GmbH,partner,company,,,,Anna,,,2023-05-04")
    await office.goes_through(
        ("/buero", "Geschäftsstelle"), ("[Weiteres]", "hin und wieder"), ("[Verzeichnis]", "Partner: 1")
    )
    await office.taps("Persönliche Links (1)")
    sheet = Sheet(await office.receives_file("invites.xlsx"))
    further = sheet.cell(2, "Persönlicher Link").value
    assert sheet.cell(2, "Anrede").value == "Guten Tag Anna"
    letter = PdfReader(io.BytesIO(await office.receives_file("invites.pdf"))).pages[0].extract_text()
    assert "Guten Tag Anna," in letter
    assert str(further).removeprefix("https://") in letter.replace("\n", "")
    for one in (further, link):
        code = str(one).rpartition("=")[2]
        await anna.goes_through((f"/start {code}", "persönlicher Link für Anna, Kontakt von A GmbH"))


async def test_what_is_no_register_is_refused_with_the_reason(town: Town) -> None:
    office = await town.office()
    for name, content, words in (
        ("liste.pdf", b"%PDF", "als Excel-Datei"),
        ("liste.xlsx", b"PK\x03\x04", "nicht als Tabelle"),
        ("liste.csv", b"a\n" * 20_002, "zu viele Zeilen: höchstens 20000"),
        ("liste.csv", b"x" * (5 * 2**20 + 1), "zu groß"),
    ):
        await office.sends_file(name, content)
        await office.sees(words)
    await office.goes_through(("/idee", "Worum geht es"), ("[Sonstiges]", "beschreiben Sie"))
    await office.sends_file("partner.csv", CSV.format("A GmbH", "Anna").encode())
    await office.sees("Bitte antworten Sie mit Text")
    assert town.rows(DRAFTS) == [(0,)]
    calls = await town.get("/sandbox/calls")
    assert [call["method"] for call in calls].count("getFile") == 2  # the others are not fetched


def file_of_empty_styles() -> bytes:
    """33 KB that make gigabytes of objects in whoever reads them."""
    good, out = io.BytesIO(), io.BytesIO()
    Workbook().save(good)
    with zipfile.ZipFile(good) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "xl/styles.xml":
                content = content.replace(b"</cellXfs>", b"<xf/>" * 4_000_000 + b"</cellXfs>")
            changed.writestr(name, content)
    return out.getvalue()


def most_memory_of(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) << 10


async def test_file_that_would_eat_the_machine_is_refused_while_others_are_answered(town: Town) -> None:
    office, anna = await town.office(), await town.person("Anna")
    await office.sends_file("partner.xlsx", file_of_empty_styles())
    await anna.sends("/start")
    await anna.sees("Klimapakt", within=5)
    await office.sees("zu viel Zeit oder Speicher", within=MOST_SECONDS)
    assert most_memory_of(town.pid) < MOST_MEMORY
    await town.until("SELECT count(*) FROM inbox WHERE state != 'done'", (0,))
    await office.sends_file("partner.csv", CSV.format("A GmbH", "Anna").encode())
    await office.sees("Neu: 1")


async def test_partners_and_strangers_change_nothing(town: Town) -> None:
    office = await town.office()
    anna, eve = await town.partner("A GmbH", "Anna"), await town.person("Eve")
    await office.sends_file("partner.csv", CSV.format("B GmbH", "Ben").encode())
    await office.sees("Neu: 1")
    payload = town.rows("SELECT id FROM register_draft")[0][0]
    for person in (anna, eve):
        await person.sends_file("partner.csv", CSV.format("C GmbH", "Cem").encode())
        await person.sees("Mit Dateien kann ich hier nichts anfangen")
        for data in (f"rb:{payload}", f"rl:{payload}", "rx:xlsx", "rx:csv", "go:register", "go:links"):
            await person.forges(data)
            assert "Das kann nur die Geschäftsstelle" in person.alert, data
    assert town.rows(DRAFTS) == [(1,)]
    assert town.rows(ORGANISATIONS) == [("A GmbH", "", "partner")]
