"""The programme as files: one page, two parsers, no markup of strangers, same data and same bytes."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest
import vobject
from icalendar import Calendar
from pypdf import PdfReader

from domain.basics.pact import Pact
from domain.events.event import EventKind, EventState
from domain.programme.versions import Entry
from handlers.programme import papers
from storage.programme.releases import Facts, Line, Programme
from tests.support.screens import german
from tests.support.world import LATE, NOW

PACT, W = Pact(), german()
TOUR = Entry(1, EventKind.TOUR, "Rundgang *neu* <b>", date(2026, 11, 1), LATE, LATE, "Halle 3", "A GmbH", 7)
OPEN = Entry(2, EventKind.MEETING, "Sommerfest", date(2027, 6, 1))
EVENT = W.event(id=7, state=EventState.CANCELLED, sequence=3)
FACTS = Facts(partners=30, initial=5, organisations_last_year=18, events_last_year=4)
PROGRAMME = Programme(2027, 2, NOW, (Line(TOUR), Line(OPEN)), "key")


def with_lines(count: int) -> Programme:
    long = replace(TOUR, title="Rundgang " * 12, place="Halle " * 20)
    return replace(PROGRAMME, lines=tuple(Line(replace(long, slot_id=n)) for n in range(count)))


@pytest.mark.parametrize("count", [0, 1, 9, 16, 24])
def test_the_poster_is_one_page(count: int) -> None:
    pages = PdfReader(io.BytesIO(papers.poster(with_lines(count), PACT, W.t).content)).pages
    assert len(pages) == 1


def test_calendars_are_read_by_two_parsers() -> None:
    content = papers.calendar(replace(PROGRAMME, lines=(Line(TOUR, EVENT), Line(OPEN))), PACT, W.t).content
    (entry,) = Calendar.from_ical(content).walk("VEVENT")  # what has no day yet is no entry
    assert (str(entry["status"]), entry["sequence"]) == ("CANCELLED", 3)
    other = vobject.readOne(content.decode()).vevent
    assert other.uid.value == "event-7@www.klimapakt-krefeld.de"
    assert other.dtstart.value == LATE


def test_texts_say_the_facts_and_escape_what_people_typed() -> None:
    text = papers.markdown(PROGRAMME, FACTS, PACT, W.t).content.decode()
    assert "30 Unternehmen, Vereine und Einrichtungen sind Partner, 5 davon als Gründungspartner." in text
    assert "Gastgeber sind: A GmbH." in text
    assert r"Rundgang \*neu\* \<b\>" in text
    assert r"\<b\> (Betriebsrundgang)" in text
    plain = replace(PROGRAMME, lines=(Line(replace(TOUR, title="Betriebsrundgang A")),))
    assert "Betriebsrundgang A, Halle 3" in papers.markdown(plain, FACTS, PACT, W.t).content.decode()
    document = docx.Document(io.BytesIO(papers.press(PROGRAMME, FACTS, PACT, W.t).content))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Rundgang *neu* <b>" in words
    assert "18 Organisationen" in words


def test_same_data_is_the_same_bytes() -> None:
    for write in (papers.markdown, papers.press):
        assert write(PROGRAMME, FACTS, PACT, W.t) == write(PROGRAMME, FACTS, PACT, W.t)
    for draw in (papers.poster, papers.calendar):
        assert draw(PROGRAMME, PACT, W.t) == draw(PROGRAMME, PACT, W.t)
