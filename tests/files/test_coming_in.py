"""Files as offices have them: what is read of each kind, what is refused, and what is said of it."""

import io
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from domain.basics.files import Fault, FileIsUnusable
from domain.basics.rows import Records
from domain.basics.sheets import read, write_csv
from domain.partners.register import Around, Partner
from handlers.chat.texts import Texts
from handlers.partners.sheets import read_partners, reason

HEAD = "Name;Art;Kategorie;Partner seit;Ansprechperson\n"
ROW = "{};Partner;Unternehmen;04.05.2023;{}\n"
TEXT = HEAD + ROW.format("Bäckerei Müller", "Jörg Groß") + ROW.format("Öko-Laden", "Änne Süß")
GERMAN = Texts("de", ZoneInfo("Europe/Berlin"))


def partners(content: bytes) -> Records[Partner]:
    return read_partners(read(content), Around(date(2026, 1, 1), "DE"), GERMAN)


def names(content: bytes) -> list[str]:
    return [partner.name for _, partner in partners(content).taken]


def reasons(content: bytes) -> list[tuple[int, str]]:
    return [(row.line, reason(row, GERMAN)) for row in partners(content).rejected]


def of_lines(*rows: str) -> bytes:
    return (HEAD + "".join(rows)).encode()


def book(*rows: tuple[Any, ...]) -> Workbook:
    made = Workbook()
    assert made.active
    for row in rows or [tuple(line.split(";")) for line in TEXT.splitlines()]:
        made.active.append(row)
    return made


def saved(made: Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_encoding_in_which_excel_saves_text_is_read(encoding: str, ends: str) -> None:
    content = TEXT.replace("\n", ends).encode(encoding)
    assert names(content) == ["Bäckerei Müller", "Öko-Laden"]
    assert [partner.contact_name for _, partner in partners(content).taken] == ["Jörg Groß", "Änne Süß"]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode() + ROW.format("Gärtnerei Krüger", "Eva").encode("cp1252"),
        ROW.format("Gärtnerei Krüger", "Eva").encode("mac_roman") + TEXT.encode("cp1252"),
        of_lines(ROW.format("B\ufffdckerei", "Eva")),
        (HEAD + ROW.format("BŠckerei", "Eva")).encode("cp1252"),
    ],
    ids=["utf-8 and cp1252", "mac and cp1252", "garbled before", "of windows or of a mac"],
)
def test_file_whose_umlauts_are_not_certain_is_refused(content: bytes) -> None:
    with pytest.raises(FileIsUnusable) as refused:
        partners(content)
    assert refused.value.fault is Fault.ENCODING


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_line_that_names_the_separator_is_no_row(separator: str) -> None:
    said = "" if separator == "\t" else f"sep={separator}\r\n"
    records = partners((said + TEXT.replace(";", separator)).encode())
    assert [line for line, _ in records.taken] == ([2, 3] if not said else [3, 4])


@pytest.mark.parametrize(
    "wrong", ['B;Partner;Unternehmen;04.05.2023;"Anna Abel', '"Alte Post" Gasthaus;Partner']
)
@pytest.mark.parametrize("after", ["Cem", '"Cem, Dr."'])
def test_row_whose_quotes_do_not_fit_is_rejected_alone(wrong: str, after: str) -> None:
    content = of_lines(ROW.format("A GmbH", "Eva"), wrong + "\n", ROW.format("C GmbH", after))
    assert names(content) == ["A GmbH", "C GmbH"]
    assert reasons(content) == [(3, "die Anführungszeichen passen nicht zusammen")]


def test_line_break_within_a_name_is_rejected_and_quotes_within_are_kept() -> None:
    content = of_lines(
        ROW.format('"Alte\nPost"', "Eva"),
        ROW.format('"""Alte Post"" Gasthaus"', "Eva"),
        ROW.format("C GmbH", ""),
    )
    assert names(content) == ['"Alte Post" Gasthaus', "C GmbH"]
    assert reasons(content) == [(2, "Name: enthält einen Zeilenumbruch")]


@pytest.mark.parametrize(
    "day", ["30.03.25", "30.3.2025", "2025/03/30", "45746", "2025-03-30 00:00:00", "30.03.2025 00:00"]
)
def test_days_are_read_as_spreadsheets_write_them(day: str) -> None:
    [(_, partner)] = partners(of_lines(f"A GmbH;Partner;Unternehmen;{day};\n")).taken
    assert partner.joined_on == date(2025, 3, 30)


@pytest.mark.parametrize(
    "name", ["Mai 2025", "Jan 1", "50%", "5 €", "WAHR", "1. März", "€ 5", "1-2", "Dez. 24", "3e5"]
)
def test_text_that_a_spreadsheet_would_change_is_marked_and_comes_back(name: str) -> None:
    content = write_csv(["Name"], [[name], ["Maibaum 2025"], ["50 Prozent"]])
    assert f"\r\n'{name}\r\nMaibaum 2025\r\n50 Prozent" in content.decode("utf-8-sig")
    assert read(content).rows[0].cells == (name,)


def test_formula_without_a_value_and_one_that_failed_cost_their_row() -> None:
    made = book()
    sheet: Any = made.active
    sheet["E2"] = "=B1"
    sheet["E3"] = "#REF!"
    sheet["E3"].data_type = "e"
    sheet.append(("C GmbH", "Partner", "Unternehmen", date(2023, 5, 4), "Cem"))
    assert names(saved(made)) == ["C GmbH"]
    why = "eine Formel ohne Wert; öffnen Sie die Datei in Excel und speichern Sie sie als .xlsx"
    assert reasons(saved(made)) == [(2, why), (3, why)]


def test_sheet_that_is_hidden_is_not_read_and_hidden_rows_are_counted() -> None:
    made = book()
    notes = made.create_sheet("Notizen", 0)
    notes.append(("geheim",))
    notes.sheet_state = "hidden"
    made["Sheet"].row_dimensions[3].hidden = True
    assert names(saved(made)) == ["Bäckerei Müller", "Öko-Laden"]
    assert partners(saved(made)).hidden == 1


def test_titles_below_the_name_of_the_list_and_in_words_of_offices_are_found() -> None:
    made = book(
        ("Mitgliederliste", None, "Stand: 1.1.2026"),
        (),
        ("Firma", "Partnerart", "Typ", "Mitglied seit", "Ansprechpartner", "PLZ", "Ort"),
        ("A GmbH", "Partner", "Unternehmen", 45418, "Eva_x000D_", 47798, "Krefeld"),
    )
    [(line, partner)] = partners(saved(made)).taken
    assert (line, partner.name, partner.contact_name, partner.postcode) == (4, "A GmbH", "Eva", "47798")
    assert partner.joined_on == date(2024, 5, 6)


def test_formula_that_another_program_has_left_without_a_value_rejects_its_row_of_an_old_file() -> None:
    content = (Path(__file__).parent / "formula-97.xls").read_bytes()
    assert names(content) == ["Beta GmbH"]
    assert [(line, "ohne Wert" in said) for line, said in reasons(content)] == [(2, True)]


@pytest.mark.parametrize(
    "content", [b"<html><table><tr><td>Firma", b"<?xml version='1.0'?><Workbook>", b"%PDF-1.4"]
)
def test_page_or_paper_that_is_called_a_table_is_none(content: bytes) -> None:
    with pytest.raises(FileIsUnusable) as refused:
        read(content)
    assert refused.value.fault is Fault.NO_TABLE


def test_name_and_street_in_two_columns_each_are_one() -> None:
    head = "Firma;Partnerart;Kategorie;Partner seit;Straße;Hausnummer;Vorname;Nachname\n"
    rows = (
        "A GmbH;Partner;Unternehmen;2023-05-04T00:00:00;Ostwall;5a;Anna;Abel\n"
        "B GmbH;Partner;Verein;1.2.24;-;;;Böhm\n"
    )
    found = partners((head + rows).encode())
    filled = [(one.street, one.contact_name) for _, one in found.taken]
    assert (filled, found.ignored) == ([("Ostwall 5a", "Anna Abel"), ("", "Böhm")], ())
    with_both = head.replace("Partner seit", "Partner seit;Ansprechpartner")
    assert partners(with_both.encode()).ignored == ("Vorname", "Nachname")
