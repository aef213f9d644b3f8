"""Guests: who sits where, arrivals and their corrections, what a host sees, feedback and its figures."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy
from sqlmodel import Session

from domain.basics import refusals
from domain.events import event as rules
from domain.events.event import UNSAID, Ask, Status
from domain.events.feedback import Aspect
from domain.events.refusals import (
    EventHasNotEnded,
    EventIsCancelled,
    NotAtTheDoor,
    NoteIsSent,
    RecapIsSent,
    SeatIsGone,
    TooManyPictures,
)
from storage.engine.people import ERASED
from storage.engine.tables import Person
from storage.events import answers, answers_by_office, changing, door, feedback, guest_list, planning, replies
from storage.events.tables import Event, EventNotice, Rsvp, Seat
from tests.support.book import NOW, Book, id_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def hosted_by(book: Book, event: Event, name: str) -> None:
    host = book.organisation(name)

    def put(session: Session) -> None:
        planning.put_hosts(session, session.get_one(Event, event.id), [id_of(host)], NOW)

    book.run(put)


def test_every_head_of_a_party_is_a_guest_with_a_name_or_without(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    book.answers(anna, event, 3)
    book.answers(book.contact("Ben"), event, 0)
    book.acts(replies.name_colleagues, anna, id_of(event), ["Bo"])
    _, found = book.acts(guest_list.for_staff, office, id_of(event))
    assert [(guest.number, guest.name, guest.answered_by) for guest in found] == [
        (0, "Anna", "Anna"),
        (1, "Bo", "Anna"),
        (2, "", "Anna"),
    ]
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(guest_list.for_staff, anna, id_of(event))


def test_arrival_counts_once_and_can_be_taken_back(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    book.answers(anna, event, 2)
    for number in (0, 0, 1):
        book.at(event.starts_at).acts(door.check_in, office, id_of(event), id_of(anna), number)
    assert [seat.arrived_by_id for seat in book.all(Seat)] == [office.id, office.id]
    assert book.run(guest_list.no_shows, id_of(event)) == 0
    book.acts(door.undo, office, id_of(event), id_of(anna), 1)
    assert book.run(guest_list.no_shows, id_of(event)) == 1
    with pytest.raises(SeatIsGone):
        book.acts(door.check_in, office, id_of(event), id_of(anna), 2)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(door.check_in, anna, id_of(event), id_of(anna), 0)


def test_walk_in_is_in_and_there_even_when_it_is_full(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1)
    book.answers(book.contact("Anna"), event, 1)
    eva = book.acts(answers_by_office.add_guest, office, "Eva")
    book.at(event.starts_at + HOUR).acts(door.walk_in, office, id_of(event), id_of(eva))
    names = {guest.name: guest.arrived_at for guest in book.run(guest_list.guests, id_of(event))}
    assert set(names) == {"Anna", "Eva"}
    assert names["Eva"]
    assert book.all(Event)[0].taken == 2


def test_no_shows_are_no_figure_where_nobody_was_checked_in(book: Book) -> None:
    event = book.event()
    book.answers(book.contact("Anna"), event, 1)
    assert book.run(guest_list.no_shows, id_of(event)) is None


def test_host_sees_people_food_parking_and_access_and_nobody_else_does(book: Book) -> None:
    office, event = book.staff(), book.event()
    host = book.person("Hanna", organisation="Wirt GmbH")
    hosted_by(book, event, "Wirt GmbH")
    for ask in (Ask.FOOD, Ask.PARKING):
        book.acts(changing.toggle_question, office, id_of(event), ask)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    for person, party, food in ((anna, 3, "vegan"), (ben, 1, "all")):
        book.answers(person, event, party)
        book.acts(replies.reply, person, id_of(event), "food", food)
        book.acts(replies.reply, person, id_of(event), "parking", "yes")
    counts = book.acts(guest_list.for_host, host, id_of(event))
    assert (counts.people, counts.organisations) == (4, 2)
    assert counts.replies == {"food": {"vegan": 3, "all": 1}, "parking": {"yes": 2}}
    book.answers(book.contact("Cem"), event, 2)
    counts = book.acts(guest_list.for_host, host, id_of(event))
    assert counts.replies == {"food": {"vegan": 3, "all": 1, UNSAID: 2}, "parking": {"yes": 2, UNSAID: 1}}
    assert book.sees(host, event).is_host
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(guest_list.for_host, anna, id_of(event))


def test_note_on_how_to_arrive_goes_once_to_those_who_come(book: Book) -> None:
    event, host = book.event(), book.person("Hanna", organisation="Wirt GmbH")
    hosted_by(book, event, "Wirt GmbH")
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    book.answers(ben, event, 0)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(feedback.send_note, anna, id_of(event), "Tor 3")
    book.acts(feedback.send_note, host, id_of(event), "Tor 3")
    with pytest.raises(NoteIsSent):
        book.acts(feedback.send_note, host, id_of(event), "Tor 4")
    assert book.told(EventNotice.EVENT_NOTE) == ["Anna"]


def test_feedback_is_of_those_who_were_there_and_a_later_tap_replaces(book: Book) -> None:
    office, event = book.staff(), book.event()
    anna, ben = book.contact("Anna"), book.contact("Ben")
    for person in (anna, ben):
        book.answers(person, event, 1)
    book.at(event.starts_at).acts(door.check_in, office, id_of(event), id_of(anna), 0)
    with pytest.raises(EventHasNotEnded):
        book.at(event.starts_at).acts(feedback.give, anna, id_of(event), score=4)
    for score in (1, 4):
        book.at(event.ends_at).acts(feedback.give, anna, id_of(event), score=score, keep=Aspect.EXCHANGE)
    with pytest.raises(NotAtTheDoor):
        book.at(event.ends_at).acts(feedback.give, ben, id_of(event), score=1)
    _, found, missed, _ = book.at(event.ends_at).acts(feedback.results, office, id_of(event))
    assert (found.asked, found.answered, found.average, missed) == (1, 1, 4.0, 1)
    assert (found.scores, found.keep) == ({4: 1, 3: 0, 2: 0, 1: 0}, {Aspect.EXCHANGE: 1})


def test_results_count_who_was_asked_and_keep_every_wish(book: Book) -> None:
    office, event, over = book.staff(), book.event(), book.event().ends_at
    anna, phone = book.contact("Anna"), book.contact("Phone", telegram_id=None)
    for person in (anna, phone):
        book.answers(person, event, 1)
    with pytest.raises(EventHasNotEnded):
        book.at(event.starts_at).acts(feedback.results, office, id_of(event))
    for wish in ("Ein Stammtisch", "Mehr Pausen"):
        book.at(over).acts(feedback.give, anna, id_of(event), score=4, wish=wish)
    _, found, _, wishes = book.at(over).acts(feedback.results, office, id_of(event))
    assert (found.asked, found.answered, wishes) == (1, 1, ["Ein Stammtisch", "Mehr Pausen"])


def test_recap_goes_to_all_who_were_invited_after_the_end_once_and_again_when_it_was_changed(
    book: Book,
) -> None:
    office, event = book.staff(), book.event()
    book.contact("Anna")
    over = event.ends_at + DAY
    with pytest.raises(EventHasNotEnded):
        book.acts(feedback.write_recap, office, id_of(event), "Schön war es.")
    book.at(over).acts(feedback.write_recap, office, id_of(event), "Schön war es.")
    book.at(over).acts(feedback.send_recap, office, id_of(event))
    with pytest.raises(RecapIsSent):
        book.at(over + HOUR).acts(feedback.send_recap, office, id_of(event))
    assert book.told(EventNotice.EVENT_RECAP) == ["Anna"]
    book.at(over + HOUR).acts(feedback.write_recap, office, id_of(event), "Sehr schön war es.")
    book.at(over + HOUR).acts(feedback.send_recap, office, id_of(event))
    assert book.told(EventNotice.EVENT_RECAP) == ["Anna", "Anna"]


def test_recap_has_ten_pictures_at_most_and_a_second_tap_removes_no_other_one(book: Book) -> None:
    office, event = book.staff(), book.event()
    over, event_id = event.ends_at, id_of(event)
    book.at(over).acts(feedback.add_pictures, office, event_id, list("abcdefgh"))
    with pytest.raises(TooManyPictures):
        book.at(over).acts(feedback.add_pictures, office, event_id, list("ijk"))
    assert book.at(over).acts(feedback.remove_picture, office, event_id, 2, 8).recap_pictures == list(
        "acdefgh"
    )
    with pytest.raises(refusals.ButtonIsOutdated):
        book.at(over).acts(feedback.remove_picture, office, event_id, 2, 8)
    with pytest.raises(refusals.OnlyForStaff):
        book.at(over).acts(feedback.remove_picture, book.contact("Anna"), event_id, 2, 7)


def test_names_and_replies_are_forgotten_when_nobody_needs_them(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    book.acts(changing.toggle_question, office, id_of(event), Ask.FOOD)
    book.answers(anna, event, 2)
    book.acts(replies.name_colleagues, anna, id_of(event), ["Bo"])
    book.acts(replies.reply, anna, id_of(event), "food", "vegan")
    eva = book.acts(answers_by_office.add_guest, office, "Eva", phone="+492151123")
    book.acts(answers_by_office.enter, office, id_of(event), id_of(eva), 1)
    book.at(event.starts_at).acts(door.walk_in, office, id_of(event), id_of(book.contact("Zoe")))

    def kept() -> tuple[object, ...]:
        return book.all(Rsvp)[0].replies, book.all(Seat)[0].name, *names_of_guests(book)

    book.run(guest_list.forget_replies, event.ends_at + guest_list.REPLIES_KEPT - HOUR)
    book.run(guest_list.tidy, event.ends_at + guest_list.KEPT - HOUR)
    assert kept() == ({"food": "vegan"}, "Bo", ("Eva", "+492151123"))
    assert any(seat.replaced for seat in book.all(Seat))
    book.run(guest_list.forget_replies, event.ends_at + guest_list.REPLIES_KEPT + HOUR)
    assert kept() == ({}, "Bo", ("Eva", "+492151123"))
    book.run(guest_list.tidy, event.ends_at + guest_list.KEPT + HOUR)
    assert kept() == ({}, "", (ERASED, ""))
    assert not any(seat.replaced for seat in book.all(Seat))
    assert {"Anna", "Olga"} <= {person.name for person in book.all(Person)}


def test_nothing_is_read_to_forget_it(book: Book) -> None:
    event = book.event()
    book.answers(book.contact("Anna"), event, 1)
    read: list[Rsvp] = []

    def note(answer: Rsvp, _context: Any) -> None:
        read.append(answer)

    sqlalchemy.event.listen(Rsvp, "load", note)
    book.run(guest_list.tidy, event.ends_at + guest_list.KEPT + HOUR)
    sqlalchemy.event.remove(Rsvp, "load", note)
    assert read == []


def test_event_is_gone_through_once_and_again_when_more_is_told(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    book.acts(changing.toggle_question, office, id_of(event), Ask.FOOD)
    book.answers(anna, event, 2)
    over = event.ends_at + guest_list.KEPT + HOUR

    def nights_come() -> list[bool]:
        before = book.all(Event)[0].is_tidied
        book.run(guest_list.tidy, over)
        return [before, book.all(Event)[0].is_tidied]

    assert nights_come() == [False, True]
    book.at(over).acts(answers_by_office.name, office, id_of(event), id_of(anna), ["Bo"])
    assert nights_come() == [False, True]
    book.at(over).acts(answers_by_office.reply, office, id_of(event), id_of(anna), Ask.FOOD, "vegan")
    assert nights_come() == [False, True]
    assert nights_come() == [True, True]
    assert (book.all(Rsvp)[0].replies, [seat.name for seat in book.all(Seat)]) == ({}, [""])


def names_of_guests(book: Book) -> list[tuple[str, str]]:
    return [(person.name, person.phone) for person in book.all(Person) if person.telegram_id is None]


def test_nobody_says_how_a_cancelled_event_was(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    book.answers(anna, event, 1)
    assert book.sees(anna, event, event.ends_at).was_there
    book.acts(changing.cancel, office, id_of(event), "Sturm")
    assert not book.sees(anna, event, event.ends_at).was_there
    with pytest.raises(EventIsCancelled):
        book.at(event.ends_at).acts(feedback.give, anna, id_of(event), score=4)


def test_who_was_let_in_by_mistake_has_the_answer_from_before(book: Book) -> None:
    office, event = book.staff(), book.event()
    declined, silent = book.contact("Anna"), book.contact("Ben")
    book.answers(declined, event, 0)
    for person in (declined, silent):
        book.at(event.starts_at).acts(door.walk_in, office, id_of(event), id_of(person))
        book.acts(door.undo, office, id_of(event), id_of(person), 0)
    assert [(row.person_id, row.status, row.party, row.entered_by_id) for row in book.all(Rsvp)] == [
        (declined.id, Status.NO, 0, None)
    ]
    assert book.all(Event)[0].taken == 0


@pytest.mark.parametrize("then", [Status.WAITING, Status.OFFERED, Status.LAPSED])
def test_who_was_let_in_by_mistake_has_place_in_line_names_and_offer_back(book: Book, then: Status) -> None:
    office, event = book.staff(), book.event(capacity=1)
    eve, anna, later = (book.contact(name) for name in ("Eve", "Anna", "Later"))
    book.answers(eve, event, 1)
    book.answers(anna, event, 2 if then is Status.WAITING else 1)
    book.answers(later, event, 1, NOW + timedelta(hours=1))
    if then is Status.WAITING:
        book.acts(replies.name_colleagues, anna, id_of(event), ["Bo"])
    if then is not Status.WAITING:
        book.answers(eve, event, 0, NOW + timedelta(hours=2))
        book.offers_end(NOW + timedelta(hours=2, minutes=1))
    if then is Status.LAPSED:
        book.offers_end(NOW + timedelta(days=20))
    before = {**book.everything(), "notice": []}
    assert book.sees(anna, event).status is then
    book.at(event.starts_at).acts(door.walk_in, office, id_of(event), id_of(anna))
    assert book.sees(anna, event).status is Status.YES
    for _ in range(2):  # a double tap
        book.at(event.starts_at).acts(door.undo, office, id_of(event), id_of(anna), 0)
    after = {**book.everything(), "notice": []}
    assert after["seat"] == before["seat"]
    assert _without_sequence(after["rsvp"]) == _without_sequence(before["rsvp"])
    (counted,) = book.all(Event)
    assert (counted.taken, counted.held, counted.waiting, counted.in_line) == _counted(before["event"])


def _without_sequence(rows: list[Any]) -> list[dict[str, Any]]:
    """Calendars are told something new each time."""
    return [{name: value for name, value in row._mapping.items() if name != "sequence"} for row in rows]


def _counted(rows: list[Any]) -> tuple[int, ...]:
    (row,) = rows
    return row.taken, row.held, row.waiting, row.in_line


def test_offer_whose_seat_has_gone_on_meanwhile_is_a_place_in_line_again(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=2)
    eve, anna, later = (book.contact(name) for name in ("Eve", "Anna", "Later"))
    book.answers(eve, event, 2)
    book.answers(anna, event, 2)
    book.answers(later, event, 1)
    book.answers(eve, event, 0)
    book.offers_end(NOW + timedelta(minutes=1))
    assert book.sees(anna, event).offered == 2
    book.acts(door.walk_in, office, id_of(event), id_of(anna))
    assert book.sees(later, event).status is Status.OFFERED
    book.acts(door.undo, office, id_of(event), id_of(anna), 0)
    card = book.sees(anna, event)
    assert (card.status, card.party, card.position) == (Status.WAITING, 2, 1)


def test_who_says_once_more_that_they_come_is_known_at_the_door_and_to_the_office(book: Book) -> None:
    office, event = book.staff(), book.event(NOW + timedelta(days=3))
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    asked_at = event.starts_at - rules.CONFIRM_BEFORE
    for person in (anna, ben):
        book.answers(person, event, 2)
    book.at(asked_at).acts(answers.confirm, anna, id_of(event))
    book.answers(cem, event, 1, asked_at)  # whoever says yes so late need not be asked
    _, found = book.acts(guest_list.for_staff, office, id_of(event))
    assert {guest.answered_by for guest in found if guest.is_sure} == {"Anna", "Cem"}
    assert book.acts(guest_list.for_host, office, id_of(event)).sure == 3
    book.answers(anna, event, 0, asked_at)
    book.at(asked_at).acts(answers_by_office.enter, office, id_of(event), id_of(anna), 1)
    assert not book.sees(anna, event).is_sure  # that was another yes
