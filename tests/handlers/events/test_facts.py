"""Every fact of an event is for somebody: no screen, card, file or notice says it to anybody else."""

import inspect
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import ModuleType, SimpleNamespace
from typing import Any, cast

import pytest
from icalendar import Calendar

from domain.basics.pact import Pact
from domain.events.event import FACTS, EventState, Reader, Status, may_read
from handlers.chat.context import Context
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import Texts
from handlers.events import papers
from handlers.events import sharing as groups
from handlers.events.screens import (
    answering,
    cards,
    door,
    event_notices,
    event_text,
    feedback,
    sharing,
)
from handlers.fields import NOTICES
from storage.engine.tables import Person
from storage.events.door import Arrival
from storage.events.guest_list import Counts, Guest
from storage.events.tables import Event
from storage.events.views import Card, Page

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
T, PACT = Texts("en", Pact().timezone), Pact()
ADDRESS = "https://t.me/PactBot?start=e-1"
KEYS_AND_COUNTERS = {"id", "sequence", "version", "edition", "is_tidied", "created_by_id", "created_at"}
TEXTS = [name for name in FACTS if Event.model_fields[name].annotation is str]
MARKS = {name: f"«{name}»" for name in TEXTS}
READERS: dict[Reader, list[dict[str, Any]]] = {
    Reader.EVERYBODY: [{}, {"status": Status.NO}, {"status": Status.WAITING}],
    Reader.PARTNERS: [
        {"is_partner": True, "status": status} for status in (None, *Status) if status is not Status.YES
    ],
    Reader.GUESTS: [{"is_partner": True, "status": Status.YES}, {"is_host": True}],
    Reader.OFFICE: [{"is_staff": True}],
}


def event(**columns: Any) -> Event:
    times = {"starts_at": NOW + timedelta(days=1), "ends_at": NOW + timedelta(days=2), "created_at": NOW}
    sent = {"recap_sent_at": NOW, "recap_changed_at": NOW, "recap_pictures": ["«recap_pictures»"]}
    return Event(**{"id": 1, **MARKS, **times, **sent, "latitude": 51.0, "longitude": 6.0, **columns})


EVENTS = [
    event(),
    event(starts_at=NOW - timedelta(hours=2), ends_at=NOW - timedelta(hours=1)),
    event(state=EventState.CANCELLED),
]


def card_of(shown: Event, **columns: Any) -> Card:
    given: dict[str, Any] = {
        "status": None,
        "party": 1,
        "position": 1,
        "is_partner": False,
        "is_staff": False,
    }
    return Card(**{"event": shown, **given, **columns, "now": NOW})


def cards_for(reader: Reader) -> list[Card]:
    return [card_of(shown, **columns) for shown in EVENTS for columns in READERS[reader]]


def of_a_card(module: ModuleType) -> Iterator[Any]:
    """Every screen of a module that is drawn from a card."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            parameters = list(inspect.signature(function).parameters.values())
            if parameters and parameters[0].annotation is Card:
                yield function


def drawn(function: Any, card: Card) -> Any:
    others = {
        "t": T,
        "number": 0,
        "by": Person(name="Ben", language="en", created_at=NOW),
        "is_again": True,
        "link": ADDRESS,
        "pact": PACT,
        "now": NOW,
    }
    names = list(inspect.signature(function).parameters)[1:]
    return function(card, **{name: others[name] for name in names})


def everything_in(shown: Any) -> str:
    """Texts, labels, links, pictures and what is in a file."""
    if isinstance(shown, File):
        entries = Calendar.from_ical(shown.content).walk("VEVENT")
        return " ".join([shown.name, *(str(value) for entry in entries for value in entry.values())])
    if isinstance(shown, Screen):
        file = everything_in(shown.file) if shown.file else ""
        return f"{shown.text} {shown.rows} {shown.pictures} {file}"
    return str(shown)


def forbidden(words: str, reader: Reader) -> list[str]:
    marks = {**MARKS, "recap_pictures": "«recap_pictures»"}
    return [name for name, mark in marks.items() if mark in words and not may_read(name, reader)]


def test_every_column_of_an_event_says_for_whom_it_is() -> None:
    assert set(Event.model_fields) == set(FACTS) | KEYS_AND_COUNTERS


@pytest.mark.parametrize("reader", [*Reader])
def test_card_says_for_whom_it_is(reader: Reader) -> None:
    assert {card.reader for card in cards_for(reader)} == {reader}


SCREENS = [
    function
    for module in (answering, cards, door, event_notices, event_text, feedback, papers)
    for function in of_a_card(module)
]


def fits(function: Any, card: Card) -> bool:
    """The recap's screens go to those who may read it: their doors are tested below."""
    return function.__name__ not in ("render_recap", "render_pictures") or may_read("recap", card.reader)


@pytest.mark.parametrize("reader", [*Reader])
@pytest.mark.parametrize("function", SCREENS, ids=lambda function: function.__name__)
def test_screen_says_nothing_that_its_reader_may_not_know(function: Any, reader: Reader) -> None:
    for card in cards_for(reader):
        if fits(function, card):
            assert not forbidden(everything_in(drawn(function, card)), reader), card


@pytest.mark.parametrize("reader", [*Reader])
def test_list_says_nothing_that_its_reader_may_not_know(reader: Reader) -> None:
    for card in cards_for(reader):
        for screen in (
            cards.render_events(Page((card,), 0, 1, NOW), T),
            cards.render_my_answers([card], 0, T),
        ):
            assert not forbidden(everything_in(screen), reader)


@pytest.mark.parametrize("shown", EVENTS, ids=["ahead", "past", "cancelled"])
def test_public_card_and_inline_result_say_what_is_for_everybody(shown: Event) -> None:
    screen = sharing.render_public(shown, ADDRESS, NOW, T)
    later = sharing.render_later([(shown, ADDRESS)], T)
    context = SimpleNamespace(bot=SimpleNamespace(username="PactBot"), now=NOW)
    result = groups._result(shown, cast("Context", context), T)
    for words in (everything_in(screen), everything_in(later), str(result.to_dict())):
        assert MARKS["title"] in words
        assert not forbidden(words, Reader.EVERYBODY)


@pytest.mark.parametrize("shown", EVENTS, ids=["ahead", "past", "cancelled"])
def test_host_and_who_stands_at_the_door_read_what_guests_may(shown: Event) -> None:
    guest = Guest(1, 0, "Anna", "Anna", "Amsel GmbH", 1, {}, "", None)
    for screen in (
        door.render_host(Counts(shown, 1, 0, 0, 0, 0, {}), T),
        door.render_at_the_door(Arrival(shown, guest, [guest]), T),
    ):
        assert not forbidden(everything_in(screen), Reader.GUESTS)


@pytest.mark.parametrize("reader", [*Reader])
def test_calendar_file_sent_as_a_notice_says_nothing_that_its_reader_may_not_know(reader: Reader) -> None:
    kinds = [kind for kind in NOTICES if kind.startswith("calendar_")]
    for kind in kinds:
        for card in cards_for(reader):
            screen = NOTICES.render(kind, card, PACT, NOW, T)
            assert not forbidden(everything_in(screen), reader)


def test_who_comes_reads_how_to_arrive_on_the_card_and_in_the_calendar() -> None:
    card = card_of(EVENTS[0], is_partner=True, status=Status.YES)
    assert MARKS["arrival_note"] in cards.render_card(card, T).text
    assert MARKS["arrival_note"] in everything_in(papers.calendar(card, PACT, NOW, T))
    declined = replace(card, status=Status.NO)
    assert MARKS["arrival_note"] not in cards.render_card(declined, T).text


def test_seats_that_a_slip_gave_back_are_nobody_on_the_waiting_list() -> None:
    full = event(capacity=3, taken=1, held=2)
    assert event_text.seats(full, 0, T) == "Fully booked."
    full.waiting = 1
    assert event_text.seats(full, 0, T) == "Fully booked. 1 on the waiting list."


def test_what_is_moved_within_its_day_says_the_hours_in_the_list_of_chats() -> None:
    moved = event(title="Chor", starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=1, hours=2))
    moved.replaced = {"starts_at": (NOW + timedelta(hours=22)).isoformat()}
    shown = event_notices.render_moved(card_of(moved, is_partner=True), T)
    assert "now 10:00\n" in shown.text
    moved.replaced = {"starts_at": (NOW + timedelta(days=3)).isoformat()}
    shown = event_notices.render_moved(card_of(moved, is_partner=True), T)
    assert "now Tue, 24 November 2026\n" in shown.text
