"""Colleagues who ask to be let in: their organisation's contact answers, or else the office."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from domain.partners.contacts import COLLEAGUE_WAITS, ColleagueState
from domain.partners.refusals import AlreadyInvolved, ColleagueIsGone, OnlyForMainContact, OrganisationIsGone
from storage import agenda
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import colleagues, organisations
from storage.partners.tables import ColleagueRequest, PartnerNotice
from tests.support.book import NOW, TODAY, Book, id_of


def main_contact(book: Book, name: str, organisation: str) -> Person:
    return book.person(name, organisation=organisation, is_main_contact=True, phone="+49215112")


def again(book: Book, person: Person) -> Person:
    return next(row for row in book.all(Person) if row.id == person.id)


def test_colleague_who_asks_in_is_let_in_by_the_main_contact(book: Book) -> None:
    book.staff()
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben")
    asked = book.run(colleagues.ask_in, ben, anna.organisation_id or 0, "Ben Bauer", NOW).request
    assert book.told(PartnerNotice.COLLEAGUE_ASKS) == ["Anna"]
    book.acts(colleagues.answer_colleague, anna, id_of(asked), knows=True)
    assert (again(book, ben).organisation_id, again(book, ben).name) == (anna.organisation_id, "Ben Bauer")
    assert not again(book, ben).is_main_contact
    assert book.told(PartnerNotice.COLLEAGUE_ANSWERED) == ["Ben Bauer"]
    with pytest.raises(ColleagueIsGone):
        book.acts(colleagues.answer_colleague, anna, id_of(asked), knows=False)


def test_colleague_whom_the_contact_does_not_know_is_the_offices_to_decide(book: Book) -> None:
    office, anna, ben = book.staff(), main_contact(book, "Anna", "A GmbH"), book.person("Ben")
    asked = book.run(colleagues.ask_in, ben, anna.organisation_id or 0, "Ben Bauer", NOW).request
    card = book.acts(colleagues.answer_colleague, anna, id_of(asked), knows=False)
    assert card.request.state is ColleagueState.PASSED_ON
    assert book.told(PartnerNotice.COLLEAGUE_ASKS) == ["Anna", "Olga"]
    with pytest.raises(ColleagueIsGone):
        book.acts(colleagues.answer_colleague, anna, id_of(asked), knows=True)
    book.acts(colleagues.answer_colleague, office, id_of(asked), knows=False)
    assert book.all(ColleagueRequest)[0].state is ColleagueState.REFUSED
    assert again(book, ben).organisation_id is None


def test_where_no_contact_can_be_reached_the_office_is_asked(book: Book) -> None:
    book.staff()
    organisation = book.organisation("A GmbH")
    book.run(colleagues.ask_in, book.person("Ben"), id_of(organisation), "Ben Bauer", NOW)
    assert book.told(PartnerNotice.COLLEAGUE_ASKS) == ["Olga"]


def test_stranger_answers_for_nobody(book: Book) -> None:
    anna, ben, eve = main_contact(book, "Anna", "A GmbH"), book.person("Ben"), book.contact("Eve")
    asked = book.run(colleagues.ask_in, ben, anna.organisation_id or 0, "Ben Bauer", NOW).request
    for stranger in (eve, ben):
        with pytest.raises(ColleagueIsGone):
            book.acts(colleagues.answer_colleague, stranger, id_of(asked), knows=True)


def test_contact_who_does_not_answer_is_not_the_end_of_it(book: Book) -> None:
    book.staff()
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben")
    book.run(colleagues.ask_in, ben, anna.organisation_id or 0, "Ben Bauer", NOW)
    assert book.run(colleagues.next_due, NOW) == NOW + COLLEAGUE_WAITS
    book.run(agenda.work_off, book.pact, NOW + COLLEAGUE_WAITS - timedelta(seconds=1))
    assert book.run(colleagues.passed_on) == []
    book.run(agenda.work_off, book.pact, NOW + COLLEAGUE_WAITS)
    assert book.told(PartnerNotice.COLLEAGUE_ASKS) == ["Anna", "Olga"]
    assert [row.name for row in book.run(colleagues.passed_on)] == ["Ben Bauer"]


def test_who_waits_for_one_organisation_asks_no_other_and_comes_to_one_alone(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben")
    asked = book.run(colleagues.ask_in, ben, anna.organisation_id or 0, "Ben Bauer", NOW).request
    cem = main_contact(book, "Cem", "C GmbH")
    with pytest.raises(AlreadyInvolved):
        book.run(colleagues.ask_in, ben, cem.organisation_id or 0, "Ben Bauer", NOW)
    book.signs(book.staff(), book.asks_to_join(ben, "B GmbH"))
    with pytest.raises(ColleagueIsGone):
        book.acts(colleagues.answer_colleague, anna, id_of(asked), knows=True)


def test_who_asked_an_organisation_that_has_left_since_can_only_be_refused(book: Book) -> None:
    office, ben, organisation = book.staff(), book.person("Ben"), book.organisation("A GmbH")
    asked = book.run(colleagues.ask_in, ben, id_of(organisation), "Ben Bauer", NOW).request
    book.acts(organisations.end_partnership, office, id_of(organisation), TODAY)
    with pytest.raises(OrganisationIsGone):
        book.acts(colleagues.answer_colleague, office, id_of(asked), knows=True)
    book.acts(colleagues.answer_colleague, office, id_of(asked), knows=False)
    assert book.run(colleagues.passed_on) == []
    assert book.told(PartnerNotice.COLLEAGUE_ANSWERED) == ["Ben"]


def test_answer_that_is_being_given_is_not_overtaken_by_the_office(side_by_side: Book) -> None:
    book, late = side_by_side, NOW + COLLEAGUE_WAITS
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben")
    asked = book.run(colleagues.ask_in, ben, anna.organisation_id or 0, "Ben Bauer", NOW).request

    def work_off(session: Session) -> None:
        session.execute(text("SET LOCAL lock_timeout = '1s'"))
        colleagues.work_off(session, late)

    def answer(turn: Turn) -> None:
        colleagues.answer_colleague(turn.at(late), id_of(asked), knows=True)
        book.run(work_off)

    book.acts(answer, anna)
    assert book.all(ColleagueRequest)[0].state is ColleagueState.ACCEPTED
    assert book.run(colleagues.passed_on) == []


def test_ordinary_contact_lets_somebody_in_only_where_there_is_no_main_one(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    eve = book.person("Eve")
    asked = id_of(book.run(colleagues.ask_in, eve, anna.organisation_id or 0, "Eve Eder", NOW).request)
    for knows in (True, False):
        with pytest.raises(OnlyForMainContact):
            book.acts(colleagues.answer_colleague, ben, asked, knows=knows)
    assert again(book, eve).organisation_id is None
    anna.is_main_contact = False
    book.add(anna)
    book.acts(colleagues.answer_colleague, ben, asked, knows=True)
    assert again(book, eve).organisation_id == ben.organisation_id
