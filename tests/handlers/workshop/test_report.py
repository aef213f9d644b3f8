"""The evaluation as files, read by other programs than those that write them."""

import io

import pytest
import time_machine
from openpyxl import load_workbook
from pypdf import PdfReader

from domain.basics.pact import Pact
from domain.workshop.report import Report
from handlers.chat.texts import Texts
from handlers.workshop.report import as_book, as_paper
from tests.support.workshop import NAMES, Workshop, whole_afternoon

PACT = Pact()
T = Texts("de", PACT.timezone)


@pytest.fixture(scope="module")
def report() -> Report:
    return whole_afternoon().report()


def test_paper_says_all_of_it_and_on_which_acts_it_rests(report: Report) -> None:
    paper = as_paper(report, PACT, T)
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    assert paper.name == "Auswertung_2026-11-18_Erstes-Treffen-der-Partner.pdf"
    assert b"pdfuaid" in paper.content
    for words in (
        "KREFELDER KLIMAPAKT",
        "Mi., 18. November 2026, 14:00–17:00 Uhr",
        "C. C. Umwelt GmbH",
        "30 von 30 Organisationen haben gewichtet",
        "Firma 17 GmbH",
        "Lastenräder mit Logo beim Straßenfest",
        f"Stand Nr. {report.sequence}, {report.digest}",
    ):
        assert words in text, words


def test_book_has_the_same_as_tables(report: Report) -> None:
    book = load_workbook(io.BytesIO(as_book(report, PACT, T).content))
    rows = {sheet.title: list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book.worksheets}
    assert [len(found) for found in rows.values()][1:] == [24, 3, 180, 30]
    assert rows["Bündel"][0][:4] == ("Austauschformate", "Besichtigungen bei Partnern", 50, 20)
    assert {row[1] for row in rows["Alle Zettel"]} == {entry.text for entry in report.entries}
    assert [row[0] for row in rows["Wer dabei war"]] == sorted(NAMES.values())


def test_same_acts_are_the_same_bytes_on_another_day(report: Report) -> None:
    with time_machine.travel("2027-01-01"):
        first = [write(report, PACT, T).content for write in (as_paper, as_book)]
    with time_machine.travel("2031-02-03"):
        assert [write(whole_afternoon().report(), PACT, T).content for write in (as_paper, as_book)] == first


def test_a_workshop_without_anything_is_a_report_too() -> None:
    paper = as_paper(Workshop().report(), PACT, T)
    assert b"pdfuaid" in paper.content
    assert as_book(Workshop().report(), PACT, T).content


def test_formulas_and_markup_in_notes_are_only_text() -> None:
    workshop = Workshop()
    workshop.note(workshop.heading("#set page()"), '=HYPERLINK("x") #panic("x") *nicht fett* \\')
    book = load_workbook(io.BytesIO(as_book(workshop.report(), PACT, T).content))
    cell = book["Alle Zettel"]["B2"]
    assert (cell.value, cell.data_type) == ('=HYPERLINK("x") #panic("x") *nicht fett* \\', "s")
    text = PdfReader(io.BytesIO(as_paper(workshop.report(), PACT, T).content)).pages[0].extract_text()
    assert '#panic("x") *nicht fett*' in text
