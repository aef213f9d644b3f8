"""Files that are drawn, read by other programs than those that draw them."""

import dataclasses
import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import vobject
from openpyxl import load_workbook
from pypdf import PdfReader

from domain.basics.pact import Pact
from domain.events.event import Ask, Status
from domain.events.feedback import Aspect, Opinion, evaluate
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.events import papers
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.events import changing, door, guest_list
from storage.events.guest_list import Guest
from storage.events.tables import Event
from storage.events.unanswered import Seatless, Silent
from tests.support.book import NOW, Book, id_of

LINK = "https://t.me/PactBot?start=c-2147483647-2147483647-20"
T = Texts("de", Pact().timezone)


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


def entry(book: Book, person: Person, event: Event, now: datetime = NOW) -> tuple[str, Any]:
    """METHOD and the event of the calendar file that somebody is sent now."""
    file = papers.calendar(book.sees(person, event, now), book.pact, now, T)
    calendar = vobject.readOne(file.content.decode())
    return calendar.method.value, calendar.vevent


def test_calendar_has_an_event_over_midnight_and_one_of_two_days(book: Book) -> None:
    zone, office, anna = book.pact.timezone, book.staff(), book.contact("Anna")
    event = book.event()
    book.answers(anna, event, 1)
    for starts, ends in (
        (datetime(2027, 3, 10, 20, tzinfo=zone), datetime(2027, 3, 11, 1, tzinfo=zone)),
        (datetime(2027, 3, 10, 9, tzinfo=zone), datetime(2027, 3, 11, 17, tzinfo=zone)),
    ):
        times = (starts.astimezone(UTC), ends.astimezone(UTC))
        book.acts(changing.move, office, id_of(event), *times)
        _, found = entry(book, anna, event)
        assert (found.dtstart.value, found.dtend.value) == (starts, ends)
        assert f"10. März 2027, {starts:%H:%M} Uhr bis Do., 11. März 2027, {ends:%H:%M} Uhr" in T.span(*times)


@pytest.mark.parametrize(
    "before", [datetime(2027, 3, 27, 9, tzinfo=UTC), datetime(2027, 10, 30, 9, tzinfo=UTC)]
)
def test_calendar_follows_publishing_moving_over_the_change_of_clocks_and_cancelling(
    book: Book, before: datetime
) -> None:
    """On the day before the clocks change, then on the day after, at the same hour of the wall clock."""
    zone, office, anna = book.pact.timezone, book.staff(), book.contact("Anna")
    starts, moved = (before.replace(tzinfo=zone) + timedelta(days=days) for days in (0, 2))
    event = book.event(starts.astimezone(UTC))
    book.answers(anna, event, 1)
    method, first = entry(book, anna, event)
    assert (method, first.sequence.value, first.dtstart.value.astimezone(zone)) == ("PUBLISH", "0", starts)
    book.acts(changing.move, office, id_of(event), moved.astimezone(UTC), None)
    method, second = entry(book, anna, event)
    assert (method, second.sequence.value, second.dtstart.value.astimezone(zone)) == ("PUBLISH", "1", moved)
    assert second.dtend.value - second.dtstart.value == timedelta(hours=2)
    book.acts(changing.cancel, office, id_of(event), "Sturm")
    method, third = entry(book, anna, event)
    assert (method, third.sequence.value, third.status.value) == ("CANCEL", "2", "CANCELLED")
    assert first.uid.value == second.uid.value == third.uid.value


def test_calendar_of_who_declines_is_told_to_take_the_event_out(book: Book) -> None:
    anna, event = book.contact("Anna"), book.event()
    book.answers(anna, event, 1)
    first = entry(book, anna, event)[1]
    book.answers(anna, event, 0)
    method, second = entry(book, anna, event)
    assert (method, second.sequence.value, second.summary.value[:13]) == ("CANCEL", "1", "Nicht dabei: ")
    book.answers(anna, event, 1)
    method, third = entry(book, anna, event)
    assert (method, third.sequence.value) == ("PUBLISH", "2")
    assert first.uid.value == second.uid.value == third.uid.value
    assert first.url.value == third.url.value


def test_entries_of_two_bots_of_one_pact_are_not_the_same(book: Book) -> None:
    anna, event = book.contact("Anna"), book.event()
    book.answers(anna, event, 1)
    here = entry(book, anna, event)[1].uid.value
    book.pact = dataclasses.replace(book.pact, mark="1f2e3d4c")
    assert entry(book, anna, event)[1].uid.value == here.replace("@", "-1f2e3d4c@")


def guest(name: str = "Anna", organisation: str = "A GmbH", **more: Any) -> Guest:
    given = {"party": 1, "replies": {}, "entered_by": "", "arrived_at": None, **more}
    return Guest(1, 0, name, name, organisation, **given)


EVENT = Event(
    id=1, title="Rundgang #1 *Solar* $x$ <b>", starts_at=NOW, ends_at=NOW, created_at=NOW, questions=list(Ask)
)


def test_badges_hold_every_guest_ten_on_a_page_whatever_they_are_called(book: Book) -> None:
    odd = ["#let x = 1", "*Stern* $y$ @z", "Jürgen Groß", "W" * 128, ""]
    file = papers.badges(EVENT, [guest(name) for name in odd * 5], book.pact, T)
    reader = PdfReader(io.BytesIO(file.content))
    assert len(reader.pages) == 3
    text = "".join(page.extract_text() for page in reader.pages)
    assert all(name in text for name in odd[:3])
    assert EVENT.title in text


def test_list_opens_in_excel_with_replies_and_with_those_who_have_no_seat(book: Book) -> None:
    phoned = guest(
        "=1+1",
        replies={"food": "vegan"},
        entered_by="Olga",
        arrived_at=NOW,
        phone="+492151123",
        email="a@a.de",
    )
    rows = [phoned, guest()]
    seatless = [Seatless("B GmbH", "Ben", Status.NO, 0), Seatless("C GmbH", "Cem", Status.WAITING, 3)]
    silent = [Silent("D GmbH", 4, ("Dora, +49 2151 1", "Dirk"))]
    file = papers.guest_list(EVENT, rows, seatless, silent, book.pact, T, as_excel=True)
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert sheet
    cells = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert cells[1][:4] == ["=1+1", "A GmbH", "a@a.de", "+49 2151 123"]
    assert cells[1][4:8] == ["=1+1", 1, "Kommt", "Vegan"]
    assert cells[1][8:] == ["", "", "", "", "Olga", "10:00"]
    assert [row[:2] + row[6:7] for row in cells[3:]] == [
        ["Ben", "B GmbH", "Kommt nicht"],
        ["Cem", "C GmbH", "Wartet (3)"],
        ["Dora, +49 2151 1; Dirk", "D GmbH", "Ohne Antwort"],
    ]
    assert file.name == "Gaeste_2026-11-23_Rundgang-1-Solar-x-b.xlsx"
    assert sheet["A2"].data_type == "s"  # a text, not a formula


def test_badge_of_a_long_name_and_a_long_organisation_overprints_nothing(book: Book) -> None:
    longest = guest("Friederike Charlotte von Hohenstaufen " * 3, "Gesellschaft für den Niederrhein " * 5)
    page = PdfReader(io.BytesIO(papers.badges(EVENT, [longest], book.pact, T).content)).pages[0]
    lines: list[tuple[float, float]] = []

    def note(text: str, matrix: Any, _text_matrix: Any, _font: Any, size: float) -> None:
        if text.strip():
            lines.append((matrix[5], size))

    page.extract_text(visitor_text=note)
    assert len(lines) > 5
    for (above, _), (below, size) in pairwise(lines):
        assert abs(above - below) >= 0.9 * size, lines


def test_three_hundred_guests_are_a_file_like_any_other(book: Book) -> None:
    crowd = [guest(f"Gast {number}") for number in range(300)]
    for as_excel in (True, False):
        assert len(papers.guest_list(EVENT, crowd, [], [], book.pact, T, as_excel=as_excel).content) < 100_000
    assert len(PdfReader(io.BytesIO(papers.badges(EVENT, crowd, book.pact, T).content)).pages) == 30


def is_picture(file: File) -> bool:
    return file.content.startswith(b"\x89PNG")


def test_code_and_chart_are_pictures() -> None:
    opinions = [Opinion(4, Aspect.EXCHANGE, Aspect.NOTHING), Opinion(1, None, None)]
    assert is_picture(papers.code(LINK))
    assert is_picture(papers.chart(EVENT, evaluate(opinions, 5), T))


def test_eighty_people_are_checked_in_by_one_person_in_far_less_than_ten_minutes(book: Book) -> None:
    """A tap on a name costs the bot a hundredth of the seven seconds that there are for each."""
    office, event = book.staff(), book.event()
    people = [book.contact(f"Gast {number}") for number in range(80)]
    for person in people:
        book.answers(person, event, 1)
    started = datetime.now(UTC)
    for person in people:
        book.at(event.starts_at).acts(door.check_in, office, id_of(event), id_of(person), 0)
    assert datetime.now(UTC) - started < timedelta(seconds=80 * 0.07)
    assert all(guest.arrived_at for guest in book.run(guest_list.guests, id_of(event)))


def test_entry_that_a_calendar_keeps_says_in_its_title_that_it_is_off(book: Book) -> None:
    anna, event = book.contact("Anna"), book.event()
    book.answers(anna, event, 1)
    assert entry(book, anna, event)[1].summary.value == event.title
    book.answers(anna, event, 0)
    assert entry(book, anna, event)[1].summary.value == f"Nicht dabei: {event.title}"
