"""What the office has set for itself: its hours, and who stands in for it."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from domain.basics import refusals
from domain.joining.talks import OfficeHours, Way, Window
from storage.engine.tables import Person
from storage.office import talk_hours
from storage.office.tables import BlockedDay
from tests.support.book import Book, id_of

HOURS = OfficeHours(
    windows=(Window(0, time(8), time(9, 30)), Window(0, time(14), time(16))),
    length=timedelta(minutes=30),
    ways=(Way.VIDEO, Way.PHONE),
    notice=timedelta(hours=48),
    blocked=frozenset({date(2026, 12, 24), date(2026, 12, 31)}),
    place="Rathaus",
    video_link="https://video.example/pakt",
)


@pytest.fixture
def olga(book: Book) -> Person:
    return book.staff("Olga")


def test_office_that_has_set_nothing_has_the_usual_hours_and_no_deputy(book: Book, olga: Person) -> None:
    card = book.acts(talk_hours.show, olga)
    assert (card.hours, card.deputy) == (OfficeHours(), None)
    assert [person.name for person in card.staff] == ["Olga"]


def test_hours_are_read_as_they_were_set(book: Book, olga: Person) -> None:
    assert book.acts(talk_hours.set_hours, olga, HOURS).hours == HOURS
    assert book.run(talk_hours.hours) == HOURS
    assert book.run(talk_hours.lock) == HOURS


def test_new_hours_take_the_place_of_the_old_and_leave_the_deputy(book: Book, olga: Person) -> None:
    otto = book.staff("Otto")
    book.acts(talk_hours.set_hours, olga, HOURS)
    book.acts(talk_hours.set_deputy, olga, id_of(otto))
    fewer = replace(HOURS, windows=(), blocked=frozenset({date(2027, 1, 4)}))
    card = book.acts(talk_hours.set_hours, otto, fewer)
    assert card.hours == fewer
    assert [row.day for row in book.all(BlockedDay)] == [date(2027, 1, 4)]
    assert card.deputy
    assert card.deputy.name == "Otto"


def test_deputy_is_one_of_the_office_or_nobody(book: Book, olga: Person) -> None:
    otto, eve = book.staff("Otto"), book.contact("Eve")
    chosen = [book.acts(talk_hours.set_deputy, olga, id_of(who)).deputy for who in (otto, eve, olga)]
    assert [deputy and deputy.name for deputy in chosen] == ["Otto", None, "Olga"]
    assert book.acts(talk_hours.set_deputy, olga, 0).deputy is None
    assert book.run(talk_hours.hours) == OfficeHours()


def test_only_the_office_sees_and_sets_what_is_set(book: Book, olga: Person) -> None:
    eve = book.contact("Eve")
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(talk_hours.show, eve)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(talk_hours.set_hours, eve, HOURS)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(talk_hours.set_deputy, eve, id_of(eve))
    card = book.acts(talk_hours.show, olga)
    assert (card.hours, card.deputy) == (OfficeHours(), None)
