"""Who works in the office: how they come, and what becomes of their work when they leave."""

from datetime import timedelta

import pytest

from domain.basics import refusals
from domain.basics.access import OfficeRole
from domain.basics.deeds import Deed
from domain.office.refusals import LastAdministrator
from storage import agenda
from storage.engine import people
from storage.engine.tables import AccessEntry, Person
from storage.joining import cases
from storage.joining.tables import JoinRequest
from storage.office import staff, talk_hours
from storage.office.tables import OfficeNotice, StaffLink
from tests.support.book import NOW, Book, id_of

DAY = timedelta(days=1)


@pytest.fixture
def olga(book: Book) -> Person:
    return book.staff("Olga")


def test_link_makes_the_first_who_opens_it_staff_and_nobody_else(book: Book, olga: Person) -> None:
    nina, eve = book.person("Nina"), book.person("Eve")
    code = book.acts(staff.make_link, olga)
    assert not book.at(NOW + 4 * DAY).acts(staff.open_link, eve, code)
    assert book.acts(staff.open_link, nina, code)
    assert book.acts(staff.open_link, nina, code)  # tapped twice
    assert not book.acts(staff.open_link, eve, code)
    assert not book.acts(staff.open_link, eve, "guessed")
    assert [one.name for one in book.run(people.staff)] == ["Olga", "Nina"]
    assert book.told(OfficeNotice.STAFF_CHANGED) == ["Nina"]


def test_link_is_forgotten_when_it_is_over(book: Book, olga: Person) -> None:
    book.acts(staff.make_link, olga)
    book.run(agenda.tidy, book.pact, NOW + staff.LINK_LIVES)
    assert len(book.all(StaffLink)) == 1
    book.run(agenda.tidy, book.pact, NOW + staff.LINK_LIVES + DAY)
    assert book.all(StaffLink) == []


def test_link_of_somebody_who_has_left_is_worth_nothing(book: Book, olga: Person) -> None:
    otto, eve = book.staff("Otto"), book.person("Eve")
    code = book.acts(staff.make_link, otto)
    book.acts(staff.remove, olga, id_of(otto), id_of(olga))
    assert not book.acts(staff.open_link, eve, code)


def test_who_is_removed_hands_over_cases_and_deputyship_in_one_message(book: Book, olga: Person) -> None:
    otto, ida = book.staff("Otto"), book.staff("Ida")
    for number in range(3):
        request = book.asks_to_join(book.person(f"P{number}"), f"P{number} GmbH")
        book.acts(cases.set_owner, olga, id_of(request), id_of(otto))
    book.acts(talk_hours.set_deputy, olga, id_of(otto))
    change = book.acts(staff.remove, olga, id_of(otto), id_of(ida))
    assert (change.heir, change.cases) == ("Ida", 3)
    assert {row.owner_id for row in book.all(JoinRequest)} == {ida.id}
    assert book.acts(talk_hours.show, olga).deputy == ida
    assert sorted(book.told(OfficeNotice.STAFF_CHANGED)) == ["Ida", "Otto"]
    book.run(staff.found, [otto.telegram_id or 0], now=NOW, language="de")  # a setting still names him
    assert [one.name for one in book.run(people.staff)] == ["Olga", "Ida"]
    book.at(NOW + DAY).acts(staff.add, olga, id_of(otto), OfficeRole.STAFF)
    assert [one.name for one in book.run(people.staff)] == ["Olga", "Otto", "Ida"]


def test_last_one_stays_and_strangers_change_nothing(book: Book, olga: Person) -> None:
    eve = book.person("Eve")
    stella = book.staff("Stella", office_role=OfficeRole.STAFF)
    with pytest.raises(LastAdministrator):
        book.acts(staff.remove, olga, id_of(olga), id_of(stella))
    with pytest.raises(LastAdministrator):
        book.acts(staff.change_role, olga, id_of(olga), OfficeRole.READER)
    with pytest.raises(LastAdministrator):
        book.run(staff.set_by_hand, olga.telegram_id or 0, None, now=NOW, name="", language="de")
    with pytest.raises(refusals.OnlyForAdministrators):
        book.acts(staff.remove, stella, id_of(olga), id_of(stella))
    with pytest.raises(refusals.OnlyForAdministrators):
        book.acts(staff.change_role, stella, id_of(stella), OfficeRole.ADMINISTRATOR)
    for act in (staff.show, staff.make_link):
        with pytest.raises(refusals.OnlyForStaff):
            book.acts(act, eve)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(staff.remove, eve, id_of(olga), id_of(eve))


def test_command_line_hands_over_too(book: Book, olga: Person) -> None:
    otto = book.staff("Otto")
    request = book.asks_to_join(book.person("Anna"), "A GmbH")
    book.acts(cases.set_owner, olga, id_of(request), id_of(otto))
    telegram_id = otto.telegram_id or 0
    book.run(staff.set_by_hand, telegram_id, None, now=NOW, name="", language="de")
    assert {row.owner_id for row in book.all(JoinRequest)} == {olga.id}
    assert book.told(OfficeNotice.STAFF_CHANGED) == ["Olga"]


def test_roles_change_at_once_and_whoever_only_reads_hands_over(book: Book, olga: Person) -> None:
    otto = book.staff("Otto", office_role=OfficeRole.STAFF)
    request = book.asks_to_join(book.person("Anna"), "A GmbH")
    book.acts(cases.set_owner, olga, id_of(request), id_of(otto))
    read = book.acts(staff.change_role, olga, id_of(otto), OfficeRole.READER)
    assert (read.office_role, read.is_staff) == (OfficeRole.READER, False)
    assert {row.owner_id for row in book.all(JoinRequest)} == {olga.id}
    assert book.told(OfficeNotice.STAFF_CHANGED) == ["Otto"]
    book.at(NOW + DAY).acts(staff.change_role, olga, id_of(otto), OfficeRole.ADMINISTRATOR)
    left = book.at(NOW + DAY).acts(staff.remove, book.run(people.administrators)[1], id_of(olga), id_of(otto))
    assert left.person.office_role is None
    logged = [(row.deed, row.subject_id, row.purpose) for row in book.all(AccessEntry)]
    roles = [(otto.id, "reader"), (otto.id, "administrator"), (olga.id, "none")]
    assert logged == [(Deed.CHANGED_ROLE, *role) for role in roles]


def test_setting_founds_the_office_and_adds_nobody_later(book: Book) -> None:
    book.run(staff.found, [5, 6], now=NOW, language="de")
    book.run(staff.found, [5, 6, 7], now=NOW, language="de")
    assert [one.telegram_id for one in book.run(people.administrators)] == [5, 6]


def test_link_gives_the_role_for_which_it_was_made(book: Book, olga: Person) -> None:
    nina = book.person("Nina")
    code = book.acts(staff.make_link, olga, OfficeRole.READER)
    assert book.acts(staff.open_link, nina, code)
    assert [one.name for one in book.run(people.staff)] == ["Olga"]
    assert [one.name for one in book.run(people.of_office)] == ["Olga", "Nina"]
