"""Requests to join, and the office's decision on each, which is made once."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import col

from domain import refusals
from domain.joining import CONSENT_VERSION, Kind, RequestState
from storage import joining
from storage.database import Database
from storage.tables import JoinRequest, NoticeKind, Organisation, Person
from tests.support.book import NOW, Book, id_of

ACCEPTED, DECLINED, RECEIVED = RequestState.ACCEPTED, RequestState.DECLINED, RequestState.RECEIVED


def test_request_is_kept_with_its_consent_and_all_staff_are_told(book: Book) -> None:
    book.staff("Olga")
    book.staff("Otto")
    book.contact("Partner")
    request = book.asks_to_join(book.person("Anna"), "A GmbH")
    assert (request.state, request.consent_version) == (RECEIVED, CONSENT_VERSION)
    assert book.told(NoticeKind.REQUEST_RECEIVED) == ["Olga", "Otto"]


def test_who_waits_or_is_a_contact_already_cannot_ask_again(book: Book) -> None:
    anna, ben = book.person("Anna"), book.contact("Ben")
    book.asks_to_join(anna, "A GmbH")
    for person, organisation, is_partner in ((anna, "A GmbH", False), (ben, "Ben GmbH", True)):
        with pytest.raises(refusals.AlreadyInvolved) as caught:
            book.asks_to_join(person, "Noch eine GmbH")
        assert caught.value == refusals.AlreadyInvolved(organisation, is_partner)
    assert len(book.all(JoinRequest)) == 1


def test_accepted_organisation_becomes_a_partner_and_the_applicant_its_contact(book: Book) -> None:
    office, anna = book.staff(), book.person("Anna")
    request = book.asks_to_join(anna, "A GmbH")
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # in Krefeld it is 2027 already
    card = book.run(joining.accept, office, id_of(request), book.pact, new_year)
    organisation = book.all(Organisation)[0]
    person = next(row for row in book.all(Person) if row.id == anna.id)
    assert (card.request.state, card.decided_by) == (ACCEPTED, "Olga")
    assert (organisation.name, organisation.kind, organisation.joined_on) == (
        "A GmbH",
        Kind.PARTNER,
        date(2027, 1, 1),
    )
    assert (person.organisation_id, person.name, person.email) == (
        organisation.id,
        "Anna Kontakt",
        "a@firma.de",
    )
    assert book.told(NoticeKind.REQUEST_ACCEPTED) == ["Anna Kontakt"]


def test_declined_applicant_is_told_and_may_ask_again(book: Book) -> None:
    office, anna = book.staff(), book.person("Anna")
    request = book.asks_to_join(anna, "A GmbH")
    card = book.run(joining.decline, office, id_of(request), "kein Sitz hier", NOW)
    assert (card.request.state, card.request.reason) == (DECLINED, "kein Sitz hier")
    assert book.all(Organisation) == []
    assert book.told(NoticeKind.REQUEST_DECLINED) == ["Anna"]
    book.asks_to_join(anna, "A GmbH")


def test_organisation_whose_name_is_known_gets_a_further_contact(book: Book) -> None:
    office = book.staff()
    book.person("Ben", organisation="Bäckerei Heinz")
    request = book.asks_to_join(book.person("Anna"), " bäckerei  HEINZ ")
    known = book.run(joining.show, office, id_of(request)).known
    assert known
    assert known.name == "Bäckerei Heinz"
    book.run(joining.accept, office, id_of(request), book.pact, NOW)
    assert len(book.all(Organisation)) == 1
    contacts = [p.name for p in book.all(Person, col(Person.id)) if p.organisation_id == known.id]
    assert contacts == ["Ben", "Anna Kontakt"]


async def test_of_two_staff_who_decide_at_once_one_does(book: Book, database: Database) -> None:
    olga, otto = book.staff("Olga"), book.staff("Otto")
    request_id = id_of(book.asks_to_join(book.person("Anna"), "A GmbH"))
    outcomes = await asyncio.gather(
        database.run(joining.accept, olga, request_id, book.pact, NOW),
        database.run(joining.decline, otto, request_id, "nein", NOW),
        return_exceptions=True,
    )
    late = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    request = book.all(JoinRequest)[0]
    decider = olga if request.decided_by_id == olga.id else otto
    assert late == [refusals.RequestIsDecided(request.state is ACCEPTED, decider.name)]
    assert len(book.all(Organisation)) == (request.state is ACCEPTED)
    told = (NoticeKind.REQUEST_ACCEPTED, NoticeKind.REQUEST_DECLINED)
    assert sum(len(book.told(kind)) for kind in told) == 1


def test_only_staff_see_and_decide_requests(book: Book) -> None:
    anna = book.contact("Anna")
    request_id = id_of(book.asks_to_join(book.person("Ben"), "B GmbH"))
    for forbidden in (
        lambda: book.run(joining.show, anna, request_id),
        lambda: book.run(joining.waiting, anna),
        lambda: book.run(joining.accept, anna, request_id, book.pact, NOW),
        lambda: book.run(joining.decline, anna, request_id, "nein", NOW),
    ):
        with pytest.raises(refusals.OnlyForStaff):
            forbidden()
    assert book.all(JoinRequest)[0].state is RECEIVED
    with pytest.raises(refusals.RequestIsGone):
        book.run(joining.show, book.staff(), 999)


def test_who_waits_longest_is_first(book: Book) -> None:
    office = book.staff()
    later, first, decided = (book.asks_to_join(book.person(name), name) for name in ("A", "B", "C"))
    first.received_at -= timedelta(days=1)
    book.add(first)
    book.run(joining.decline, office, id_of(decided), "nein", NOW)
    assert [request.id for request in book.run(joining.waiting, office)] == [first.id, later.id]


def test_longest_name_can_be_accepted_though_its_capitals_are_longer(book: Book) -> None:
    asked = book.asks_to_join(book.person("Anna"), "ß" * 160)
    book.run(joining.accept, book.staff(), id_of(asked), book.pact, NOW)
    assert len(book.all(Organisation)) == 1
