"""Requests to join, and the partners that come of them; each decision is made once."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col

from domain.basics.consent import CONSENT_VERSION
from domain.joining.concepts import ConceptState
from domain.joining.refusals import RequestIsDecided, RequestIsGone, StepIsImpossible
from domain.joining.requests import EntryKind, NewRequest, RequestState
from domain.joining.sme import Outcome
from domain.partners.organisations import Category, Kind, Size
from domain.partners.refusals import AlreadyInvolved
from storage import agenda
from storage.engine.database import Database
from storage.engine.tables import Person
from storage.joining import cases, requests
from storage.joining.tables import CaseEntry, Concept, JoiningNotice, JoinRequest, SmeCheck
from storage.partners.tables import Organisation
from tests.support.book import NOW, TODAY, Book, id_of, turn_of

NEW = NewRequest("A GmbH", Category.COMPANY, "47798", Size.SMALL, "Anna Amsel", "a@firma.de", None)


def test_request_is_kept_with_its_consent_and_all_staff_are_told(book: Book) -> None:
    book.staff("Olga")
    book.staff("Otto")
    book.contact("Partner")
    request = book.asks_to_join(book.person("Anna"), "A GmbH")
    assert (request.state, request.consent_version) == (RequestState.RECEIVED, CONSENT_VERSION)
    assert book.told(JoiningNotice.REQUEST_RECEIVED) == ["Olga", "Otto"]


def test_who_waits_or_is_a_contact_already_cannot_ask_again(book: Book) -> None:
    anna, ben = book.person("Anna"), book.contact("Ben")
    book.asks_to_join(anna, "A GmbH")
    for person, organisation, is_partner in ((anna, "A GmbH", False), (ben, "Ben GmbH", True)):
        with pytest.raises(AlreadyInvolved) as caught:
            book.asks_to_join(person, "Noch eine GmbH")
        assert caught.value == AlreadyInvolved(organisation, is_partner)
    assert len(book.all(JoinRequest)) == 1


def test_signing_makes_a_partner_from_that_day_and_the_applicant_its_main_contact(book: Book) -> None:
    office, anna = book.staff(), book.person("Anna")
    case = book.signs(office, book.asks_to_join(anna, "A GmbH"), date(2026, 11, 20))
    organisation = book.all(Organisation)[0]
    person = next(row for row in book.all(Person) if row.id == anna.id)
    assert (case.request.state, case.decided_by) == (RequestState.SIGNED, "Olga")
    assert (organisation.name, organisation.kind) == ("A GmbH", Kind.PARTNER)
    assert organisation.joined_on == case.request.signed_on == date(2026, 11, 20)
    assert (person.organisation_id, person.name, person.email) == (
        organisation.id,
        "Anna Kontakt",
        "a@firma.de",
    )
    assert person.is_main_contact
    assert book.told(JoiningNotice.PARTNER_SIGNED) == ["Anna Kontakt"]


def test_declined_applicant_is_told_and_may_ask_again(book: Book) -> None:
    office, anna = book.staff(), book.person("Anna")
    case = book.declines(office, book.asks_to_join(anna, "A GmbH"), "kein Sitz hier")
    assert (case.request.state, case.request.reason) == (RequestState.DECLINED, "kein Sitz hier")
    assert book.all(Organisation) == []
    assert book.told(JoiningNotice.REQUEST_STEP) == ["Anna"]
    book.asks_to_join(anna, "A GmbH")


def test_organisation_whose_name_is_known_gets_a_further_contact(book: Book) -> None:
    office = book.staff()
    book.person("Ben", organisation="Bäckerei Heinz", is_main_contact=True)
    request = book.asks_to_join(book.person("Anna"), " bäckerei  HEINZ ")
    known = book.acts(cases.show, office, id_of(request)).known
    assert known
    assert known.name == "Bäckerei Heinz"
    book.signs(office, request)
    contacts = [p for p in book.all(Person, col(Person.id)) if p.organisation_id == known.id]
    assert [(p.name, p.is_main_contact) for p in contacts] == [("Ben", True), ("Anna Kontakt", False)]
    assert len(book.all(Organisation)) == 1


def test_former_partner_joins_again_from_the_day_it_signs(book: Book) -> None:
    organisation = book.organisation("A GmbH")
    organisation.left_on = date(2025, 1, 1)
    book.add(organisation)
    book.signs(book.staff(), book.asks_to_join(book.person("Anna"), "A GmbH"))
    row = book.all(Organisation)[0]
    assert (row.left_on, row.joined_on) == (None, TODAY)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_wish_for_the_concept_is_registered_with_the_signature_where_the_check_allows(
    book: Book, outcome: Outcome
) -> None:
    new = replace(NEW, wants_concept=True, sme_outcome=outcome, sme_rule="Art. 2", sme_checked_at=NOW)
    request = book.acts(requests.ask, book.person("Anna"), new)
    assert book.all(SmeCheck) == []
    book.signs(book.staff(), request)
    assert [(row.outcome, row.rule, row.checked_at) for row in book.all(SmeCheck)] == [
        (outcome, "Art. 2", NOW)
    ]
    states = [row.state for row in book.all(Concept)]
    assert states == ([ConceptState.REGISTERED] if outcome is Outcome.SME else [])


async def test_of_two_staff_who_decide_at_once_one_does(book: Book, database: Database) -> None:
    olga, otto = book.staff("Olga"), book.staff("Otto")
    request_id = id_of(book.asks_to_join(book.person("Anna"), "A GmbH"))
    outcomes = await asyncio.gather(
        database.run(lambda session: requests.sign(turn_of(session, olga), request_id, TODAY)),
        database.run(
            lambda session: cases.step(turn_of(session, otto), request_id, RequestState.DECLINED, "nein")
        ),
        return_exceptions=True,
    )
    late = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    request = book.all(JoinRequest)[0]
    is_signed = request.state is RequestState.SIGNED
    assert late == [RequestIsDecided(request.state, "Olga" if is_signed else "Otto")]
    assert len(book.all(Organisation)) == is_signed
    told = (JoiningNotice.PARTNER_SIGNED, JoiningNotice.REQUEST_STEP)
    assert sum(len(book.told(kind)) for kind in told) == 1


def test_applicant_withdraws_and_the_office_is_told(book: Book) -> None:
    book.staff()
    anna = book.person("Anna")
    request = book.asks_to_join(anna, "A GmbH")
    with pytest.raises(RequestIsGone):
        book.acts(requests.withdraw, book.person("Eve"), id_of(request), "")
    book.acts(requests.withdraw, anna, id_of(request), "keine Zeit")
    assert book.all(JoinRequest)[0].state is RequestState.WITHDRAWN
    assert book.told(JoiningNotice.REQUEST_STEP) == ["Olga"]


def test_applicant_wakes_a_sleeping_request_and_nobody_else_does(book: Book) -> None:
    office, anna = book.staff(), book.person("Anna")
    request_id = id_of(book.asks_to_join(anna, "A GmbH"))
    with pytest.raises(StepIsImpossible):
        book.acts(requests.wake, anna, request_id)
    book.acts(cases.step, office, request_id, RequestState.ASLEEP, "", date(2027, 2, 1))
    with pytest.raises(RequestIsGone):
        book.acts(requests.wake, office, request_id)
    case = book.acts(requests.wake, anna, request_id)
    assert (case.request.state, case.request.due_on) == (RequestState.RECEIVED, None)
    assert case.request.office_due_at


def test_history_tells_who_did_what(book: Book) -> None:
    office, anna = book.staff(), book.person("Anna")
    request = book.asks_to_join(anna, "A GmbH")
    book.acts(cases.note, office, id_of(request), "ruft zurück")
    book.signs(office, request)
    told = [(row.kind, row.person_id) for row in book.all(CaseEntry, col(CaseEntry.id))]
    assert told == [
        (EntryKind.RECEIVED, anna.id),
        (EntryKind.NOTE, office.id),
        (EntryKind.STEP, office.id),
    ]


def test_longest_name_can_be_accepted_though_its_capitals_are_longer(book: Book) -> None:
    book.signs(book.staff(), book.asks_to_join(book.person("Anna"), "ß" * 160))
    assert len(book.all(Organisation)) == 1


def test_request_that_came_to_nothing_is_without_a_name_after_a_year(book: Book) -> None:
    book.declines(book.staff(), book.asks_to_join(book.person("Anna"), "A GmbH"))
    book.run(agenda.tidy, book.pact, NOW + requests.FAILED_KEPT)
    assert book.all(JoinRequest)[0].email == "a@firma.de"
    book.run(agenda.tidy, book.pact, NOW + requests.FAILED_KEPT + timedelta(days=1))
    row = book.all(JoinRequest)[0]
    assert (row.organisation, row.state) == ("A GmbH", RequestState.DECLINED)
    assert (row.contact_name, row.email, row.phone, row.reason) == ("–", "", None, "")
    assert book.all(CaseEntry) == []
