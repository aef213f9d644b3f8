"""Who must be rung, because the bot cannot write to them."""

from datetime import timedelta

from storage.events import answers_by_office, changing, phone_calls
from storage.events.tables import EventNotice
from tests.support.book import NOW, Book, id_of

HOUR = timedelta(hours=1)


def test_seat_that_somebody_without_telegram_is_offered_is_told_to_staff(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1)
    anna, bea = book.contact("Anna"), book.contact("Bea", telegram_id=None, phone="+492151123456")
    book.answers(anna, event, 1)
    book.acts(answers_by_office.enter, office, id_of(event), id_of(bea), 1)
    assert book.told(EventNotice.CALL_OFFERED) == []
    book.gives_back(anna, event, 0, NOW + HOUR)
    assert book.told(EventNotice.CALL_OFFERED) == ["Olga"]
    (offer,) = book.run(phone_calls.open_offers, id_of(bea), NOW + HOUR)
    assert (offer.call, offer.seats) == (("Bea", "Bea GmbH", "+492151123456"), 1)
    assert book.run(phone_calls.open_offers, id_of(bea), offer.until) == []


def test_who_moves_or_cancels_an_event_is_asked_to_ring_those_without_telegram(book: Book) -> None:
    office, event = book.staff(), book.event()
    book.staff("Otto")
    blocked = book.contact("Anna", unreachable_since=NOW)
    without = book.contact("Bea", telegram_id=None)
    book.contact("Cem", telegram_id=None)  # has not answered
    for person in (blocked, without, book.contact("Dora")):
        book.acts(answers_by_office.enter, office, id_of(event), id_of(person), 1)
    assert [call.name for call in book.run(phone_calls.about, id_of(event))] == ["Anna", "Bea"]
    book.acts(changing.change, office, id_of(event), {"title": "Neu"})
    assert book.told(EventNotice.CALL_CHANGED) == []
    book.acts(changing.change, office, id_of(event), {"place": "Rathaus"})
    book.acts(changing.cancel, office, id_of(event), "Sturm")
    assert book.told(EventNotice.CALL_CHANGED) == ["Olga", "Olga"]


def test_who_blocks_the_bot_while_a_seat_is_held_for_them_is_rung(book: Book) -> None:
    book.staff()
    event, (anna, ben) = book.event(capacity=1), (book.contact("Anna"), book.contact("Ben"))
    book.answers(anna, event, 1)
    book.answers(ben, event, 1)
    book.gives_back(anna, event, 0)
    assert book.told(EventNotice.CALL_OFFERED) == []
    for hours in (1, 2):
        book.run(phone_calls.note_unreachable, id_of(ben), NOW + hours * HOUR)
    assert book.told(EventNotice.CALL_OFFERED) == ["Olga"]


def test_staff_are_looked_up_in_no_statement_of_their_own_for_each_call(book: Book) -> None:
    book.staff()
    event_id = id_of(book.event())
    silent = [id_of(book.contact(name, telegram_id=None)) for name in ("Anna", "Bea", "Cem")]
    one, three = (book.statements(phone_calls.ask_for, event_id, some, NOW) for some in (silent[:1], silent))
    assert three == one + 2
    assert book.told(EventNotice.CALL_OFFERED) == ["Olga"] * 3
