"""The climate-protection concept: who may register, what is kept of the check, who is told of a change."""

from datetime import timedelta

import pytest

from domain.basics import refusals
from domain.joining.concepts import ConceptState
from domain.joining.refusals import ConceptIsGone, ConceptIsRegistered
from domain.joining.sme import Outcome, Reason, Rule, Verdict
from storage.engine.tables import Notice, Person
from storage.joining import concepts
from storage.joining.tables import Concept, JoiningNotice, SmeCheck
from tests.support.book import NOW, Book

MINUTE = timedelta(minutes=1)
SMALL = Verdict(Outcome.SME, Rule.CEILINGS, Reason.WITHIN_CEILINGS)


@pytest.fixture
def olga(book: Book) -> Person:
    return book.staff("Olga")


def registers(book: Book, person: Person, after: timedelta = timedelta(0)) -> int:
    book.at(NOW + after).acts(concepts.record, person, SMALL, register=True)
    return person.organisation_id or 0


def test_small_partner_registers_and_the_office_is_told(book: Book, olga: Person) -> None:
    anna = book.contact("Anna")
    which = registers(book, anna)
    found = book.acts(concepts.show, olga, which)
    assert (found.concept.state, found.concept.registered_by_id) == (ConceptState.REGISTERED, anna.id)
    assert found.organisation.name == "Anna GmbH"
    assert book.told(JoiningNotice.CONCEPT_REGISTERED) == ["Olga"]


def test_of_a_check_its_outcome_is_kept_and_nobody_registers_unasked(book: Book, olga: Person) -> None:
    anna = book.contact("Anna")
    book.acts(concepts.record, anna, SMALL, register=False)
    others = [outcome for outcome in Outcome if outcome is not Outcome.SME]
    for outcome in others:
        verdict = Verdict(outcome, Rule.HEADCOUNT, Reason.TOO_MANY_STAFF)
        book.acts(concepts.record, anna, verdict, register=True)
    assert {row.outcome for row in book.all(SmeCheck)} == set(Outcome)
    assert book.all(Concept) == []
    assert book.all(Notice) == []


def test_who_is_registered_is_not_registered_again(book: Book, olga: Person) -> None:
    anna = book.contact("Anna")
    colleague = book.person("Ben", organisation="Anna GmbH")
    which = registers(book, anna)
    book.acts(concepts.change, olga, which, ConceptState.COMMISSIONED, "")
    for person in (anna, colleague):
        with pytest.raises(ConceptIsRegistered) as refused:
            registers(book, person)
        assert refused.value.state is ConceptState.COMMISSIONED
    assert len(book.all(SmeCheck)) == 1


def test_only_a_partner_registers(book: Book) -> None:
    with pytest.raises(refusals.OnlyForPartners):
        registers(book, book.person("Eve"))
    assert book.all(SmeCheck) == []


def test_all_contacts_are_told_of_each_change_and_nobody_else(book: Book, olga: Person) -> None:
    anna = book.contact("Anna")
    book.person("Ben", organisation="Anna GmbH")
    book.contact("Cem")
    which = registers(book, anna)
    book.acts(concepts.change, olga, which, ConceptState.COMMISSIONED, "")
    assert sorted(book.told(JoiningNotice.CONCEPT_CHANGED)) == ["Anna", "Ben"]
    found = book.at(NOW + MINUTE).acts(concepts.change, olga, which, ConceptState.IMPOSSIBLE, "Umzug")
    assert (found.concept.state, found.concept.reason) == (ConceptState.IMPOSSIBLE, "Umzug")
    book.at(NOW + 2 * MINUTE).acts(concepts.change, olga, which, ConceptState.COMMISSIONED, "")  # after all
    assert book.run(concepts.get, which).concept.changed_at == NOW + 2 * MINUTE
    assert sorted(book.told(JoiningNotice.CONCEPT_CHANGED)) == ["Anna"] * 3 + ["Ben"] * 3


def test_what_is_to_be_done_comes_first_and_the_longest_registered_before_the_others(
    book: Book, olga: Person
) -> None:
    done, late, early = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    for minutes, person in enumerate((done, early, late)):
        registers(book, person, minutes * MINUTE)
    book.acts(concepts.change, olga, done.organisation_id or 0, ConceptState.DELIVERED, "")
    listed = [found.organisation.name for found in book.acts(concepts.all_of_them, olga)]
    assert listed == ["Cem GmbH", "Ben GmbH", "Anna GmbH"]


def test_concept_that_nobody_registered_for_is_gone(book: Book, olga: Person) -> None:
    anna = book.contact("Anna")
    with pytest.raises(ConceptIsGone):
        book.acts(concepts.show, olga, anna.organisation_id or 0)
    with pytest.raises(ConceptIsGone):
        book.acts(concepts.change, olga, anna.organisation_id or 0, ConceptState.DELIVERED, "")


def test_only_the_office_sees_and_changes_concepts(book: Book) -> None:
    anna = book.contact("Anna")
    which = registers(book, anna)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(concepts.show, anna, which)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(concepts.change, anna, which, ConceptState.DELIVERED, "")
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(concepts.all_of_them, anna)
    assert [row.state for row in book.all(Concept)] == [ConceptState.REGISTERED]
