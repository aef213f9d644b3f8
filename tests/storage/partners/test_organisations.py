"""What the register says of an organisation: who changes what, and what the office confirms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.basics import refusals
from domain.partners.contacts import ChangeState
from domain.partners.organisations import Sector, Size
from domain.partners.refusals import (
    ChangeHasMoved,
    ChangeIsGone,
    LeftBeforeJoined,
    NameIsTaken,
    OnlyForMainContact,
)
from storage.engine.tables import Person
from storage.partners import organisations
from storage.partners.organisations import Details
from storage.partners.tables import Organisation, OrganisationChange, PartnerNotice
from tests.support.book import NOW, Book, id_of

SAME = Details("A GmbH", "", "", "", "", None, None)


@pytest.fixture
def anna(book: Book) -> Person:
    return book.person("Anna", organisation="A GmbH", is_main_contact=True)


def test_phone_size_and_sector_are_changed_at_once(book: Book, anna: Person) -> None:
    new = replace(SAME, phone="+49215112", size=Size.SMALL, sector=Sector.CRAFTS)
    _, waits = book.acts(organisations.change, anna, new)
    row = book.all(Organisation)[0]
    assert (waits, row.phone, row.size, row.sector) == (False, "+49215112", Size.SMALL, Sector.CRAFTS)
    assert book.all(OrganisationChange) == []


def test_new_name_and_seat_wait_for_the_office(book: Book, anna: Person) -> None:
    office = book.staff()
    new = replace(SAME, name="A & B GmbH", street="Ostwall 1", postcode="47798", city="Krefeld")
    assert book.acts(organisations.change, anna, new)[1]
    assert book.all(Organisation)[0].name == "A GmbH"
    assert book.told(PartnerNotice.CHANGE_ASKED) == ["Olga"]
    change_id = id_of(book.all(OrganisationChange)[0])
    book.acts(organisations.decide_change, office, change_id, int(NOW.timestamp()), confirm=True)
    row = book.all(Organisation)[0]
    assert (row.name, row.name_key, row.street) == ("A & B GmbH", "a & b gmbh", "Ostwall 1")
    assert book.told(PartnerNotice.CHANGE_DECIDED) == ["Anna"]
    with pytest.raises(ChangeIsGone):
        book.acts(organisations.decide_change, office, change_id, int(NOW.timestamp()), confirm=False)


def test_wish_that_has_changed_since_it_was_seen_is_looked_at_again(book: Book, anna: Person) -> None:
    office = book.staff()
    book.acts(organisations.change, anna, replace(SAME, street="Ostwall 1"))
    (change,) = book.all(OrganisationChange)
    seen, later = int(change.asked_at.timestamp()), book.at(NOW + timedelta(days=1))
    later.acts(organisations.change, anna, replace(SAME, street="Ostwall 1", name="B GmbH"))
    assert [row.id for row in book.all(OrganisationChange)] == [change.id]  # its message follows
    with pytest.raises(ChangeHasMoved):
        later.acts(organisations.decide_change, office, id_of(change), seen, confirm=True)
    assert book.all(Organisation)[0].street == ""
    card = later.acts(organisations.show_change, office, id_of(change))
    later.acts(organisations.decide_change, office, id_of(change), card.stamp, confirm=True)
    row = book.all(Organisation)[0]
    assert (row.name, row.street) == ("B GmbH", "Ostwall 1")


def test_refused_change_changes_nothing(book: Book, anna: Person) -> None:
    book.acts(organisations.change, anna, replace(SAME, name="B GmbH"))
    change_id = id_of(book.all(OrganisationChange)[0])
    book.acts(organisations.decide_change, book.staff(), change_id, int(NOW.timestamp()), confirm=False)
    assert book.all(Organisation)[0].name == "A GmbH"
    assert book.all(OrganisationChange)[0].state is ChangeState.REFUSED


def test_confirmed_name_leaves_the_street_that_came_meanwhile(book: Book, anna: Person) -> None:
    book.acts(organisations.change, anna, replace(SAME, name="B GmbH"))
    organisation = book.all(Organisation)[0]
    organisation.street = "Ostwall 1"
    book.add(organisation)
    change_id = id_of(book.all(OrganisationChange)[0])
    book.acts(organisations.decide_change, book.staff(), change_id, int(NOW.timestamp()), confirm=True)
    row = book.all(Organisation)[0]
    assert (row.name, row.street) == ("B GmbH", "Ostwall 1")


def test_wish_that_is_taken_back_waits_no_longer(book: Book, anna: Person) -> None:
    book.acts(organisations.change, anna, replace(SAME, name="B GmbH"))
    assert not book.acts(organisations.change, anna, SAME)[1]
    assert book.all(OrganisationChange) == []


def test_office_is_not_told_again_of_what_waits_already(book: Book, anna: Person) -> None:
    book.staff()
    for phone in ("", "+49215112"):
        assert book.acts(organisations.change, anna, replace(SAME, name="B GmbH", phone=phone))[1]
    assert book.told(PartnerNotice.CHANGE_ASKED) == ["Olga"]


def test_later_wish_takes_the_place_of_the_one_that_waits(book: Book, anna: Person) -> None:
    for name in ("B GmbH", "C GmbH"):
        book.acts(organisations.change, anna, replace(SAME, name=name))
    assert [row.name for row in book.all(OrganisationChange)] == ["C GmbH"]


def test_name_of_another_organisation_cannot_be_taken(book: Book, anna: Person) -> None:
    book.organisation("B GmbH")
    with pytest.raises(NameIsTaken):
        book.acts(organisations.change, anna, replace(SAME, name="b  gmbh"))


def test_only_the_main_contact_changes_and_only_the_office_confirms(book: Book, anna: Person) -> None:
    ben = book.person("Ben", organisation="A GmbH")
    with pytest.raises(OnlyForMainContact):
        book.acts(organisations.change, ben, SAME)
    with pytest.raises(refusals.OnlyForPartners):
        book.acts(organisations.change, book.person("Eve"), SAME)
    book.acts(organisations.change, anna, replace(SAME, name="B GmbH"))
    change_id = id_of(book.all(OrganisationChange)[0])
    organisation_id = anna.organisation_id or 0
    for forbidden in (
        lambda: book.acts(organisations.decide_change, anna, change_id, int(NOW.timestamp()), confirm=True),
        lambda: book.acts(organisations.show_change, anna, change_id),
        lambda: book.acts(organisations.end_partnership, anna, organisation_id, date(2026, 1, 1)),
    ):
        with pytest.raises(refusals.OnlyForStaff):
            forbidden()


def test_former_partner_is_kept_with_its_dates(book: Book, anna: Person) -> None:
    left_on = date(2026, 11, 1)
    organisation_id = anna.organisation_id or 0
    book.acts(organisations.end_partnership, book.staff(), organisation_id, left_on)
    row = book.all(Organisation)[0]
    assert (row.joined_on, row.left_on) == (date(2024, 1, 1), left_on)


def test_partnership_ends_not_before_it_began_and_the_end_can_be_taken_back(book: Book, anna: Person) -> None:
    office, organisation_id = book.staff(), anna.organisation_id or 0
    with pytest.raises(LeftBeforeJoined):
        book.acts(organisations.end_partnership, office, organisation_id, date(2023, 12, 31))
    book.acts(organisations.end_partnership, office, organisation_id, date(2026, 1, 1))
    book.acts(organisations.end_partnership, office, organisation_id, None)
    assert book.all(Organisation)[0].left_on is None


def test_main_contact_says_whether_the_organisation_is_named_and_a_second_tap_changes_nothing(
    book: Book, anna: Person
) -> None:
    for wanted in (True, True, False, False):
        book.acts(organisations.change_listing, anna, wanted=wanted)
        assert book.all(Organisation)[0].is_listed is wanted
    kurt = book.person("Kurt", organisation="A GmbH")
    with pytest.raises(OnlyForMainContact):
        book.acts(organisations.change_listing, kurt, wanted=True)
