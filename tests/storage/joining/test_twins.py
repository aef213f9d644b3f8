"""An organisation that asks twice, through two people, is one case with a hint to both and to the office."""

from datetime import timedelta

import pytest

from domain.basics.refusals import OnlyForStaff
from domain.joining.refusals import RequestIsPart
from domain.joining.requests import NewRequest, RequestState
from domain.joining.talks import Way
from domain.partners.organisations import Category, Size
from storage.engine.tables import Person
from storage.joining import cases, requests, talks, twins
from storage.joining.tables import JoiningNotice, JoinRequest, Talk
from storage.partners.tables import ColleagueRequest
from tests.support.book import NOW, Book, id_of


def asks(book: Book, person: Person, organisation: str, postcode: str = "47798") -> JoinRequest:
    who = (f"{person.name} Kontakt", f"{person.name.lower()}@firma.de")
    new = NewRequest(organisation, Category.COMPANY, postcode, Size.SMALL, *who, None)
    return book.acts(requests.ask, person, new)


def open_cases(book: Book, office: Person) -> list[str]:
    return [line.request.organisation for line in book.acts(cases.open_cases, office).lines]


@pytest.mark.parametrize("name", ["Blumen-Esser e.K.", "BLUMEN ESSER", "Blumen Esser Inh. Eva Esser"])
def test_organisation_that_asks_twice_is_one_case(book: Book, name: str) -> None:
    office, anna, ben = book.staff(), book.person("Anna"), book.person("Ben")
    first, second = asks(book, anna, "Blumen Esser"), asks(book, ben, name)
    assert second.same_as_id == first.id
    assert open_cases(book, office) == ["Blumen Esser"]
    assert [one.contact_name for one in book.acts(cases.show, office, id_of(first)).others] == ["Ben Kontakt"]
    assert book.told(JoiningNotice.REQUEST_TWICE) == ["Anna"]
    assert book.told(JoiningNotice.REQUEST_RECEIVED) == ["Olga", "Olga"]
    assert book.run(cases.waiting) == 1


@pytest.mark.parametrize(("name", "postcode"), [("Blumen Meyer", "47798"), ("Blumen Esser", "47799")])
def test_another_name_or_another_place_is_a_case_of_its_own(book: Book, name: str, postcode: str) -> None:
    office = book.staff()
    asks(book, book.person("Anna"), "Blumen Esser")
    assert asks(book, book.person("Ben"), name, postcode).same_as_id is None
    assert len(open_cases(book, office)) == 2


def test_when_it_signs_the_second_is_let_in_by_the_first(book: Book) -> None:
    office, anna, ben = book.staff(), book.person("Anna"), book.person("Ben")
    first, second = asks(book, anna, "Blumen Esser"), asks(book, ben, "Blumen-Esser e.K.")
    book.signs(office, first)
    assert [row.person_id for row in book.all(ColleagueRequest)] == [ben.id]
    assert book.told("colleague_asks") == ["Anna Kontakt"]
    assert {row.id: row.state for row in book.all(JoinRequest)} == {
        first.id: RequestState.SIGNED,
        second.id: RequestState.WITHDRAWN,
    }


@pytest.mark.parametrize("how", ["declined", "withdrawn"])
def test_when_the_first_comes_to_nothing_the_second_goes_on(book: Book, how: str) -> None:
    office, anna, ben = book.staff(), book.person("Anna"), book.person("Ben")
    first = asks(book, anna, "Blumen Esser")
    asks(book, ben, "Blumen-Esser e.K.")
    if how == "declined":
        book.declines(office, first)
    else:
        book.acts(requests.withdraw, anna, id_of(first), "")
    assert open_cases(book, office) == ["Blumen-Esser e.K."]
    assert "Ben" in book.told(JoiningNotice.REQUEST_STEP)


def test_the_office_parts_what_is_not_the_same(book: Book) -> None:
    office, anna, ben = book.staff(), book.person("Anna"), book.person("Ben")
    first, second = asks(book, anna, "Esser"), asks(book, ben, "Esser GmbH")
    with pytest.raises(OnlyForStaff):
        book.acts(twins.part, ben, id_of(second))
    assert book.acts(twins.part, office, id_of(second)).id == first.id
    assert len(open_cases(book, office)) == 2
    assert not book.acts(cases.show, office, id_of(first)).others
    assert book.told(JoiningNotice.REQUEST_STEP) == ["Ben"]


def test_second_arranges_no_talk_of_its_own_by_an_old_button_until_the_office_parts_them(book: Book) -> None:
    office, anna, ben = book.staff(), book.person("Anna"), book.person("Ben")
    asks(book, anna, "Blumen Esser")
    second = asks(book, ben, "Blumen-Esser e.K.")
    about, time = id_of(second), NOW + timedelta(days=2)
    for arranges in (
        lambda: book.acts(talks.free_times, ben, about),
        lambda: book.acts(talks.propose, ben, about, Way.PHONE, [time]),
        lambda: book.acts(talks.propose, office, about, Way.PHONE, [time]),
    ):
        with pytest.raises(RequestIsPart):
            arranges()
    assert book.all(Talk) == []
    book.acts(twins.part, office, about)
    assert book.acts(talks.free_times, ben, about)[1]
