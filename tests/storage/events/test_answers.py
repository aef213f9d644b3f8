"""Answers to events in the database: seats, the waiting list, offers, and who is told what."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col

from domain.basics import refusals
from domain.events import event as rules
from domain.events.event import Status
from domain.events.refusals import (
    AnswersAreClosed,
    EventIsGone,
    NobodyElseToBring,
    NotEnoughSeats,
    OfferIsOver,
    TooManyForOrganisation,
    TooManyNames,
)
from storage.engine.tables import Notice, Person
from storage.events import answers, answers_by_office, changing, door, planning, replies, views
from storage.events.seating import get_event
from storage.events.tables import EventNotice, Rsvp, Seat
from storage.events.views import Card
from tests.support.book import NOW, Book, id_of, turn_of

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
YES, NO, WAITING, OFFERED = Status.YES, Status.NO, Status.WAITING, Status.OFFERED


def _respond(session: Session, person: Person, event_id: int, now: datetime) -> Card:
    return answers.respond(turn_of(session, person, now=now), event_id, 1)


async def test_five_hundred_at_once_fill_a_hundred_seats_and_the_rest_wait_in_order(book: Book) -> None:
    event = book.event(capacity=100)
    host = book.organisation("A GmbH")

    def invite(session: Session) -> list[Person]:
        people = [
            Person(name=f"{n}", telegram_id=n, language="de", organisation_id=host.id, created_at=NOW)
            for n in range(1, 501)
        ]
        session.add_all(people)
        session.flush()
        return people

    people = book.run(invite)
    taps = [
        book.database.run(_respond, person, id_of(event), NOW + timedelta(microseconds=n))
        for n, person in enumerate(people)
    ]
    twice = [book.database.run(_respond, person, id_of(event), NOW + DAY) for person in people[:50]]
    await asyncio.gather(*taps, *twice)
    rows = book.all(Rsvp, col(Rsvp.asked_at), col(Rsvp.person_id))
    assert [row.person_id for row in rows] == [person.id for person in people]
    assert sum(row.status is YES for row in rows) == 100
    waiting = [row for row in rows if row.status is WAITING]
    cards = {person.id: book.sees(person, event) for person in (people[0], people[-1])}
    assert len(waiting) == 400
    assert cards[people[-1].id].position == 400
    assert (cards[people[0].id].event.taken, cards[people[0].id].free) == (100, 0)
    if book.database.is_sqlite:  # one writer: whoever tapped first is in
        assert [row.status for row in rows] == [YES] * 100 + [WAITING] * 400


def test_free_seat_is_offered_to_the_first_whose_party_fits_and_held(book: Book) -> None:
    event = book.event(capacity=3)
    anna, ben, cem, dora, emil = (book.contact(name) for name in ("Anna", "Ben", "Cem", "Dora", "Emil"))
    book.answers(anna, event, 2)
    book.answers(ben, event, 1)
    book.answers(cem, event, 2, NOW + MINUTE)
    waits = book.answers(dora, event, 1, NOW + 2 * MINUTE)
    assert (waits.status, waits.position, waits.event.waiting) == (WAITING, 2, 3)
    book.gives_back(ben, event, 0, NOW + 3 * MINUTE)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Dora"]
    assert book.told(EventNotice.PASSED_OVER) == ["Cem"]  # two do not fit into one seat
    card = book.sees(dora, event)
    assert (card.status, card.offered, card.free) == (OFFERED, 1, 0)
    assert card.offered_until == rules.offer_ends(NOW + 3 * MINUTE, event.starts_at, book.pact)
    assert book.answers(emil, event, 1, NOW + 4 * MINUTE).status is WAITING  # it is held
    assert book.takes_offer(dora, event, NOW + 5 * MINUTE).status is YES
    book.gives_back(anna, event, 0, NOW + 6 * MINUTE)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Dora", "Cem"]


def test_every_way_in_which_a_seat_becomes_free_sets_the_list_moving(book: Book) -> None:
    """A decline, a smaller party, more capacity, an offer turned down, an offer that is over."""
    office, event = book.staff(), book.event(capacity=3)
    anna = book.contact("Anna")
    waiting = [book.contact(name) for name in ("Ben", "Cem", "Dora", "Emil", "Fred")]
    book.answers(anna, event, 3)
    for number, person in enumerate(waiting):
        assert book.answers(person, event, 1, NOW + number * MINUTE).position == number + 1
    book.gives_back(anna, event, 2, NOW + HOUR)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben"]
    book.at(NOW + 2 * HOUR).acts(answers.decline, waiting[0], id_of(event))
    book.offers_end(NOW + 2 * HOUR + MINUTE)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben", "Cem"]
    book.at(NOW + 3 * HOUR).acts(changing.change, office, id_of(event), {"capacity": 4})
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben", "Cem", "Dora"]
    book.gives_back(anna, event, 1, NOW + 4 * HOUR)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben", "Cem", "Dora", "Emil"]
    until = book.sees(waiting[1], event).offered_until
    assert until
    book.offers_end(until - MINUTE)
    assert book.told(EventNotice.OFFER_LAPSED) == []
    book.offers_end(until)
    assert book.told(EventNotice.OFFER_LAPSED) == ["Cem"]
    assert book.told(EventNotice.SEAT_OFFERED)[-1] == "Fred"


def test_offer_reminds_once_in_its_last_hours_and_not_of_an_earlier_one(book: Book) -> None:
    event, (anna, ben) = book.event(capacity=1), (book.contact("Anna"), book.contact("Ben"))
    book.answers(anna, event, 1)
    book.answers(ben, event, 1)
    book.gives_back(anna, event, 0, NOW + MINUTE)
    until = book.sees(ben, event).offered_until
    assert until
    (reminder,) = (row for row in book.all(Notice) if row.kind == EventNotice.OFFER_ENDS)
    assert (reminder.due_at, reminder.person_id) == (until - 3 * HOUR, ben.id)


def test_offer_that_is_over_is_not_made_again_in_a_loop(book: Book) -> None:
    event, (anna, ben) = book.event(capacity=1), (book.contact("Anna"), book.contact("Ben"))
    book.answers(anna, event, 1)
    book.answers(ben, event, 1)
    book.gives_back(anna, event, 0, NOW + MINUTE)
    until = book.sees(ben, event).offered_until
    assert until
    for hours in range(5):
        book.offers_end(until + hours * HOUR)
    assert book.told(EventNotice.SEAT_OFFERED) == book.told(EventNotice.OFFER_LAPSED) == ["Ben"]
    assert book.sees(ben, event).status is Status.LAPSED
    with pytest.raises(OfferIsOver):
        book.takes_offer(ben, event, until + HOUR)
    assert book.answers(ben, event, 1, until + HOUR).status is YES  # nobody else wanted it


def test_offer_can_be_taken_after_the_deadline_until_it_is_over(book: Book) -> None:
    event = book.event(capacity=1, answer_by=NOW + HOUR)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    book.answers(ben, event, 1)
    book.gives_back(anna, event, 0, NOW + MINUTE)
    assert book.takes_offer(ben, event, NOW + 2 * HOUR).status is YES
    with pytest.raises(OfferIsOver):  # a yes is given back through the office then
        book.at(NOW + 2 * HOUR).acts(answers.decline, ben, id_of(event))


def test_party_that_says_one_is_enough_is_offered_what_is_free(book: Book) -> None:
    event = book.event(capacity=3)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.answers(anna, event, 3)
    book.answers(ben, event, 3, NOW + MINUTE)
    settled = book.at(NOW + 2 * MINUTE).acts(answers.settle_for_one, ben, id_of(event))
    assert (settled.status, settled.one_is_enough) == (WAITING, True)
    book.answers(cem, event, 1, NOW + 3 * MINUTE)
    book.gives_back(anna, event, 1, NOW + HOUR)
    assert (book.sees(ben, event).offered, book.told(EventNotice.SEAT_OFFERED)) == (2, ["Ben"])
    taken = book.takes_offer(ben, event, NOW + 2 * HOUR)
    assert (taken.status, taken.party, taken.event.taken, taken.event.held) == (YES, 2, 3, 0)


def test_who_settles_for_one_while_a_seat_is_free_has_it_at_once(book: Book) -> None:
    event = book.event(capacity=3)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 2)
    assert book.answers(ben, event, 2).status is WAITING
    settled = book.at(NOW + MINUTE).acts(answers.settle_for_one, ben, id_of(event))
    assert (settled.status, settled.party, settled.event.waiting) == (YES, 1, 0)


def test_of_an_offer_less_can_be_taken_and_the_rest_goes_on(book: Book) -> None:
    event = book.event(capacity=2)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.answers(anna, event, 2)
    book.answers(ben, event, 2, NOW + MINUTE)
    book.answers(cem, event, 1, NOW + 2 * MINUTE)
    book.gives_back(anna, event, 0, NOW + HOUR)
    with pytest.raises(NotEnoughSeats):
        book.answers(ben, event, 3, NOW + HOUR)
    book.gives_back(ben, event, 1, NOW + HOUR)
    assert book.told(EventNotice.SEAT_OFFERED) == ["Ben", "Cem"]


def test_yes_becomes_no_on_a_full_event(book: Book) -> None:
    event = book.event(capacity=1)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    book.gives_back(anna, event, 0)
    assert book.sees(anna, event).status is NO
    assert book.answers(ben, event, 1).status is YES


def test_asking_again_keeps_the_place_in_line_and_a_no_gives_it_up(book: Book) -> None:
    event = book.event(capacity=1)
    anna, ben, cem = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    book.answers(anna, event, 1)
    book.answers(ben, event, 1, NOW + MINUTE)
    book.answers(cem, event, 1, NOW + 2 * MINUTE)
    assert book.answers(ben, event, 2, NOW + 3 * MINUTE).position == 1
    book.answers(ben, event, 0, NOW + 4 * MINUTE)
    assert book.answers(ben, event, 1, NOW + 5 * MINUTE).position == 2


def test_seats_of_an_organisation_count_all_its_people_also_those_who_wait(book: Book) -> None:
    event = book.event(capacity=1, seats_per_company=2)
    anna, ben, cem = (book.person(name, organisation="A GmbH") for name in ("Anna", "Ben", "Cem"))
    book.answers(anna, event, 1)
    assert book.answers(ben, event, 1).status is WAITING
    with pytest.raises(TooManyForOrganisation) as caught:
        book.answers(cem, event, 1)
    assert caught.value.allowed == 0
    assert len(book.all(Rsvp)) == 2
    assert book.answers(book.contact("Dora"), event, 2).status is WAITING


def test_offer_can_be_taken_though_the_organisation_was_given_fewer_seats_since(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1, seats_per_company=3)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    book.answers(ben, event, 3)
    book.acts(changing.change, office, id_of(event), {"seats_per_company": 2})
    book.acts(changing.change, office, id_of(event), {"capacity": 4})
    taken = book.takes_offer(ben, event)
    assert (taken.status, taken.party) == (YES, 3)
    with pytest.raises(TooManyForOrganisation):
        book.answers(ben, event, 4)
    assert book.answers(ben, event, 3).party == 3


def test_yes_without_a_number_keeps_the_party_and_takes_an_offer(book: Book) -> None:
    event = book.event(capacity=3, answer_by=NOW + HOUR)
    anna, ben = book.contact("Anna"), book.contact("Ben")

    def comes(person: Person, now: datetime = NOW) -> tuple[Status | None, int]:
        card = book.at(now).acts(answers.come, person, id_of(event))
        return card.status, card.party

    assert comes(anna) == (YES, 1)
    book.answers(anna, event, 3)
    assert comes(anna) == (YES, 3)
    book.answers(ben, event, 2)
    assert comes(ben) == (WAITING, 2)
    book.gives_back(anna, event, 0)
    assert comes(ben, NOW + 2 * HOUR) == (YES, 2)
    with pytest.raises(AnswersAreClosed):
        comes(anna, NOW + 2 * HOUR)


def test_who_declined_takes_no_seat_of_the_organisation(book: Book) -> None:
    event = book.event(seats_per_company=1)
    anna, ben = (book.person(name, organisation="A GmbH") for name in ("Anna", "Ben"))
    book.answers(anna, event, 1)
    book.answers(anna, event, 0)
    assert book.answers(ben, event, 1).status is YES


def test_only_contacts_of_partners_answer(book: Book) -> None:
    event = book.event()
    for outsider in (book.person("Stranger"), book.staff()):
        with pytest.raises(refusals.OnlyForPartners):
            book.answers(outsider, event, 1)
    with pytest.raises(EventIsGone):
        book.acts(answers.respond, book.contact("Anna"), 999, 1)


def test_colleagues_see_what_their_organisation_has_answered(book: Book) -> None:
    event = book.event()
    anna, ben = (book.person(name, organisation="A GmbH") for name in ("Anna", "Ben"))
    book.answers(book.contact("Cem"), event, 1)
    book.answers(anna, event, 2)
    assert book.sees(ben, event).colleagues == (("Anna", YES, 2),)
    assert book.answers(ben, event, 0).colleagues == (("Anna", YES, 2),)


def test_names_of_colleagues_go_with_their_seats_and_come_back_with_them(book: Book) -> None:
    event, anna = book.event(), book.contact("Anna")
    book.answers(anna, event, 3)
    with pytest.raises(TooManyNames):
        book.acts(replies.name_colleagues, anna, id_of(event), ["Bo", "Cy", "Di"])
    named = book.acts(replies.name_colleagues, anna, id_of(event), ["Bo", "Cy"])
    assert named.names == ("Bo", "Cy")
    assert book.answers(anna, event, 2).names == ("Bo",)
    assert [seat.name for seat in book.all(Seat)] == ["Bo"]
    assert book.answers(anna, event, 3).names == ("Bo", "Cy")


def test_colleague_is_brought_along_told_and_counted(book: Book) -> None:
    event = book.event(seats_per_company=2)
    anna, ben = (book.person(name, organisation="A GmbH") for name in ("Anna", "Ben"))
    outsider = book.contact("Cem")
    assert [person.name for person in book.acts(views.to_bring, anna, id_of(event))] == ["Ben"]
    book.acts(answers.bring, anna, id_of(event), id_of(ben))
    assert (book.sees(ben, event).status, book.told(EventNotice.BROUGHT_ALONG)) == (YES, ["Ben"])
    assert {row.person_id: row.entered_by_id for row in book.all(Rsvp)} == {ben.id: anna.id}
    for nobody in (ben, outsider):  # has answered; is no colleague
        with pytest.raises(NobodyElseToBring):
            book.acts(answers.bring, anna, id_of(event), id_of(nobody))
    with pytest.raises(TooManyForOrganisation):
        book.answers(anna, event, 2)


def test_questions_of_the_event_are_answered_with_what_it_offers(book: Book) -> None:
    office, event, anna = book.staff(), book.event(), book.contact("Anna")
    book.acts(changing.toggle_question, office, id_of(event), rules.Ask.FOOD)
    with pytest.raises(refusals.ButtonIsOutdated):
        book.acts(replies.reply, anna, id_of(event), "food", "vegan")
    book.answers(anna, event, 1)
    assert book.acts(replies.reply, anna, id_of(event), "food", "vegan").replies == {"food": "vegan"}
    for ask, value in (("food", "steak"), ("parking", "yes")):
        with pytest.raises(refusals.ButtonIsOutdated):
            book.acts(replies.reply, anna, id_of(event), ask, value)
    assert book.answers(anna, event, 2).replies == {"food": "vegan"}


def test_office_answers_for_anybody_also_late_and_it_is_kept_who_did(book: Book) -> None:
    office = book.staff()
    event = book.event(capacity=1, answer_by=NOW)
    anna = book.contact("Anna", telegram_id=None)
    later = NOW + DAY
    enter = book.at(later).acts(answers_by_office.enter, office, id_of(event), id_of(anna), 1)
    assert enter.card.status is YES
    assert book.all(Rsvp)[0].entered_by_id == office.id
    with pytest.raises(refusals.OnlyForStaff):
        book.at(later).acts(answers_by_office.enter, anna, id_of(event), id_of(anna), 0)


def test_office_goes_beyond_the_capacity_only_if_it_says_so(book: Book) -> None:
    office, event = book.staff(), book.event(capacity=1)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    entered = (office, id_of(event), id_of(ben), 1)
    assert book.acts(answers_by_office.enter, *entered).card.status is WAITING
    card = book.acts(answers_by_office.enter, *entered, beyond_capacity=True).card
    assert (card.status, card.event.taken, card.event.waiting, card.free) == (YES, 2, 0, 0)
    book.answers(anna, event, 0)
    assert book.answers(book.contact("Cem"), event, 1).status is WAITING  # it is full still


def test_who_is_asked_whether_they_come_can_say_no_after_the_deadline(book: Book) -> None:
    event = book.event(NOW + 3 * DAY, answer_by=NOW + HOUR)
    anna = book.contact("Anna")
    book.answers(anna, event, 1)
    asked_at = event.starts_at - rules.CONFIRM_BEFORE
    assert book.at(asked_at).acts(answers.confirm, anna, id_of(event)).status is YES
    assert book.all(Rsvp)[0].confirmed_at == asked_at
    assert book.at(asked_at).acts(answers.decline, anna, id_of(event)).status is NO


def test_naming_a_colleague_at_the_door_keeps_who_is_there(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    event = book.event(NOW + HOUR)
    book.answers(anna, event, 3)
    book.acts(door.check_in_party, office, id_of(event), id_of(anna))
    book.acts(replies.name_colleagues, anna, id_of(event), ["Ben", "Cem"])
    seats = book.all(Seat, col(Seat.number))
    assert [(seat.name, seat.arrived_at) for seat in seats] == [("", NOW), ("Ben", NOW), ("Cem", NOW)]


def test_contact_of_a_former_partner_brings_nobody_and_hosts_nothing(book: Book) -> None:
    anna, colleague = book.contact("Anna"), book.person("Ben", organisation="Anna GmbH")
    event, organisation = book.event(), book.organisation("Anna GmbH")
    book.run(
        lambda session: planning.put_hosts(
            session, get_event(session, id_of(event)), [id_of(organisation)], NOW
        )
    )
    assert book.acts(views.is_host, anna, id_of(event))
    organisation.left_on = NOW.date()
    book.add(organisation)
    with pytest.raises(NobodyElseToBring):
        book.acts(answers.bring, anna, id_of(event), id_of(colleague))
    assert not book.acts(views.is_host, anna, id_of(event))
