"""A slip gives nothing away: for a minute what was taken back is held, and one tap brings it back."""

from datetime import timedelta

import pytest

from domain.events.event import SECOND_THOUGHT, Ask, Status
from domain.events.refusals import TooLateToUndo
from storage.engine.tables import Person
from storage.events import answers, answers_by_office, changing, guest_list, replies
from storage.events.tables import Event, EventNotice, Rsvp
from storage.events.views import Card
from storage.partners import contacts
from tests.support.book import NOW, Book, id_of

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
YES, NO, WAITING, OFFERED = Status.YES, Status.NO, Status.WAITING, Status.OFFERED


def full_event(book: Book) -> tuple[Event, Person, Person]:
    """Anna has both seats, with a colleague who has a name; Ben waits."""
    event, anna, ben = book.event(capacity=2), book.contact("Anna"), book.contact("Ben")
    book.acts(changing.toggle_question, book.staff("Petra"), id_of(event), Ask.FOOD)
    book.answers(anna, event, 2)
    book.acts(replies.name_colleagues, anna, id_of(event), ["Bo"])
    book.acts(replies.reply, anna, id_of(event), "food", "vegan")
    book.answers(ben, event, 1)
    return event, anna, ben


def undoes(book: Book, person: Person, event: Event, now: object = NOW + 50 * SECOND) -> Card:
    return book.at(now).acts(answers.undo, person, id_of(event))  # type: ignore[arg-type]


def test_no_on_a_full_event_is_undone_with_party_names_and_details(book: Book) -> None:
    event, anna, ben = full_event(book)
    card = book.answers(anna, event, 0)
    assert (card.status, card.can_be_undone, card.free, card.event.held) == (NO, True, 0, 2)
    book.offers_end(NOW + 50 * SECOND)
    assert book.sees(ben, event).status is WAITING
    assert book.acts(guest_list.for_host, book.staff(), id_of(event)).waiting == 1  # but no two that are held
    back = undoes(book, anna, event)
    assert (back.status, back.party, back.names, back.replies) == (YES, 2, ("Bo",), {"food": "vegan"})
    assert (back.event.taken, back.event.held, back.can_be_undone) == (2, 0, False)
    book.offers_end(NOW + HOUR)
    assert book.told(EventNotice.SEAT_OFFERED) == book.told(EventNotice.CALENDAR_REMOVAL) == []
    assert book.told(EventNotice.CALENDAR_ENTRY) == ["Anna", "Anna"]  # the first was marked as outdated


def test_after_a_minute_the_seats_go_to_the_next_in_line(book: Book) -> None:
    event, anna, ben = full_event(book)
    book.answers(anna, event, 0)
    book.offers_end(NOW + MINUTE)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben"]
    with pytest.raises(TooLateToUndo):
        undoes(book, anna, event)
    assert book.sees(anna, event, NOW + 2 * MINUTE).can_be_undone is False
    assert book.sees(ben, event).status is OFFERED


def test_double_tap_on_no_neither_gives_the_seats_away_nor_holds_them_longer(book: Book) -> None:
    event, anna, _ = full_event(book)
    book.answers(anna, event, 0)
    again = book.answers(anna, event, 0, NOW + 30 * SECOND)
    assert (again.event.held, again.can_be_undone) == (2, True)
    book.offers_end(NOW + MINUTE)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben"]


def test_smaller_party_is_undone_with_its_names(book: Book) -> None:
    event, anna, _ = full_event(book)
    assert book.answers(anna, event, 1).can_be_undone
    back = undoes(book, anna, event)
    assert (back.status, back.party, back.names) == (YES, 2, ("Bo",))
    book.answers(anna, event, 1, NOW + MINUTE)
    assert book.answers(anna, event, 2, NOW + MINUTE + 30 * SECOND).names == ("Bo",)


def test_place_in_line_that_was_left_is_there_again(book: Book) -> None:
    event, _, ben = full_event(book)
    cem = book.contact("Cem")
    book.answers(cem, event, 1, NOW + SECOND)
    book.at(NOW + 2 * SECOND).acts(answers.decline, ben, id_of(event))
    assert book.sees(cem, event).position == 1
    back = undoes(book, ben, event)
    assert (back.status, back.position, book.sees(cem, event).position) == (WAITING, 1, 2)


def test_offer_that_was_declined_is_there_again(book: Book) -> None:
    event, anna, ben = full_event(book)
    cem = book.contact("Cem")
    book.answers(cem, event, 1, NOW + SECOND)
    book.gives_back(anna, event, 1, NOW + HOUR)
    until = book.sees(ben, event).offered_until
    book.at(NOW + HOUR).acts(answers.decline, ben, id_of(event))
    assert book.sees(cem, event).status is WAITING
    back = undoes(book, ben, event, NOW + HOUR + 30 * SECOND)
    assert (back.status, back.offered, back.offered_until) == (OFFERED, 1, until)
    assert book.takes_offer(ben, event, NOW + HOUR + MINUTE).status is YES


def test_yes_after_a_no_is_for_the_party_that_it_was(book: Book) -> None:
    event, anna = book.event(capacity=5), book.contact("Anna")
    book.answers(anna, event, 3)
    book.acts(replies.name_colleagues, anna, id_of(event), ["Bo", "Cy"])
    book.gives_back(anna, event, 0, NOW + HOUR)
    back = book.at(NOW + 2 * HOUR).acts(answers.come, anna, id_of(event))
    assert (back.status, back.party, back.names) == (YES, 3, ("Bo", "Cy"))


def test_yes_after_a_no_is_for_one_where_only_that_is_left(book: Book) -> None:
    event, anna, ben = book.event(capacity=3), book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 3)
    book.gives_back(anna, event, 0, NOW + HOUR)
    book.answers(ben, event, 2, NOW + HOUR)
    back = book.at(NOW + 2 * HOUR).acts(answers.come, anna, id_of(event))
    assert (back.status, back.party) == (YES, 1)


def test_names_that_were_taken_back_are_forgotten_with_who_leaves(book: Book) -> None:
    event, anna, _ = full_event(book)
    book.answers(anna, event, 0)
    assert [row.before for row in book.all(Rsvp) if row.before]
    book.acts(contacts.leave, anna, id_of(anna))
    assert not [row.before for row in book.all(Rsvp) if row.before]


def test_colleague_who_took_the_seats_of_the_organisation_keeps_them(book: Book) -> None:
    event = book.event(seats_per_company=2)
    anna = book.contact("Anna")
    bea = book.person("Bea", organisation="Anna GmbH")
    book.answers(anna, event, 2)
    book.answers(anna, event, 0)
    assert book.answers(bea, event, 2).status is YES
    with pytest.raises(TooLateToUndo):
        undoes(book, anna, event)


def test_office_takes_back_the_no_that_it_entered_for_the_wrong_person(book: Book) -> None:
    (event, anna, ben), office = full_event(book), book.staff()
    book.acts(answers_by_office.enter, office, id_of(event), id_of(anna), 0)
    entry = book.at(NOW + 30 * SECOND).acts(answers_by_office.undo, office, id_of(event), id_of(anna))
    assert (entry.card.status, entry.card.names, entry.by) == (YES, ("Bo",), "")
    book.offers_end(NOW + SECOND_THOUGHT)
    assert book.told(EventNotice.BROUGHT_ALONG) == []
    assert book.sees(ben, event).status is WAITING
