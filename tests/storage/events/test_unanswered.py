"""Who has no seat: organisations that have not answered, by name, and people who said no or wait."""

import pytest

from domain.basics import refusals
from domain.events.event import Status
from storage.events import unanswered
from storage.events.unanswered import Seatless, Silent
from tests.support.book import Book, id_of


def test_invited_organisations_without_an_answer_are_named_with_whom_to_call(book: Book) -> None:
    office = book.staff()
    anna, ben = book.contact("Anna"), book.contact("Ben", phone="+492151123456", telegram_id=None)
    main = book.person("Zoe", organisation="Ben GmbH", is_main_contact=True)
    book.contact("Not invited")
    event = book.event_for(anna, ben)
    book.answers(anna, event, 0)
    _, found = book.acts(unanswered.for_staff, office, id_of(event))
    assert found == [
        Silent(
            "Ben GmbH",
            id_of(main),
            ("Zoe", "Ben, +49 2151 123456"),
            main.organisation_id or 0,
            is_invited=False,
        )
    ]
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(unanswered.for_staff, anna, id_of(event))


def test_who_said_no_or_waits_is_named(book: Book) -> None:
    event = book.event(capacity=1)
    for name, wish in (("Anna", 1), ("Ben", 2), ("Cem", 0)):
        book.answers(book.contact(name), event, wish)
    assert book.run(unanswered.seatless, id_of(event)) == [
        Seatless("Cem GmbH", "Cem", Status.NO, 0),
        Seatless("Ben GmbH", "Ben", Status.WAITING, 2),
    ]
