"""The register as it is brought in: the same file again changes nothing, a changed one what has changed."""

from dataclasses import replace
from datetime import date

from domain.joining import Category, Kind
from storage import contacts, register
from storage.register import Partner
from storage.tables import Invite, Organisation, Person
from tests.support.book import NOW, Book

PARTNER = Partner(
    "A GmbH",
    Kind.PARTNER,
    Category.COMPANY,
    date(2024, 1, 1),
    contact_name="Anna Amsel",
    contact_email="anna@a.de",
)


def put(book: Book, partner: Partner) -> str | None:
    return book.run(register.put_partner, partner, "de", NOW)


def test_the_same_row_again_changes_nothing(book: Book) -> None:
    first, again = put(book, PARTNER), put(book, PARTNER)
    assert first
    assert first == again
    assert [len(book.all(table)) for table in (Organisation, Person, Invite)] == [1, 1, 1]


def test_changed_row_updates_organisation_and_contact(book: Book) -> None:
    put(book, PARTNER)
    put(book, replace(PARTNER, name="A  GMBH", city="Krefeld", contact_name="Anna Buchfink"))
    put(book, replace(PARTNER, contact_name="Anna Buchfink", contact_email="", contact_phone="+49215112"))
    organisation, person = book.all(Organisation)[0], book.all(Person)[0]
    assert [len(book.all(table)) for table in (Organisation, Person)] == [1, 1]
    assert (organisation.name, organisation.city) == ("A GmbH", "")
    assert (person.name, person.email, person.phone) == ("Anna Buchfink", "", "+49215112")


def test_second_contact_of_an_organisation_is_a_further_person_with_an_own_link(book: Book) -> None:
    anna = put(book, PARTNER)
    ben = put(book, replace(PARTNER, contact_name="Ben", contact_email="ben@a.de"))
    assert anna != ben
    assert len(book.all(Organisation)) == 1
    assert len(book.all(Person)) == 2


def test_connected_contact_keeps_telegram_and_gets_no_second_link(book: Book) -> None:
    code = put(book, PARTNER)
    assert code
    anna = book.person("Anna")
    book.run(lambda session: contacts.use_invite(session, session.get_one(Person, anna.id), code, NOW))
    assert put(book, replace(PARTNER, contact_email="ANNA@a.de")) == ""
    assert len(book.all(Invite)) == 1
    assert book.all(Person)[0].telegram_id is not None


def test_row_without_a_contact_gives_no_link(book: Book) -> None:
    assert put(book, replace(PARTNER, contact_name="")) is None
    assert book.all(Person) == []
    assert len(book.all(Organisation)) == 1
