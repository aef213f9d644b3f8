"""What the office keeps of an organisation: its data, its contacts, notes and next steps."""

from datetime import date, timedelta

import pytest

from domain.basics import refusals
from domain.joining.requests import NewRequest
from domain.partners.organisations import Category, Size
from domain.partners.refusals import NameIsTaken
from storage.engine import wishes
from storage.engine.tables import NoticeWish, Person
from storage.joining import cases, requests
from storage.office import digest, inquiries
from storage.office.tables import OfficeNotice
from storage.partners import contacts, notes, organisations, taking_up
from storage.partners.organisations import Details, Which
from tests.support.book import NOW, TODAY, Book, id_of

DAY = timedelta(days=1)


@pytest.fixture
def olga(book: Book) -> Person:
    return book.staff("Olga")


def details(name: str, size: Size | None = None) -> Details:
    return Details(name, "Markt 1", "47798", "Krefeld", "+492151123456", size, None)


def test_office_changes_everything_at_once_and_adds_partners_and_contacts(book: Book, olga: Person) -> None:
    book.organisation("B GmbH")
    added = book.acts(organisations.add, olga, details("A GmbH"), Category.COMPANY, TODAY)
    with pytest.raises(NameIsTaken):
        book.acts(organisations.put_details, olga, id_of(added), details("b gmbh"))
    changed = book.acts(organisations.put_details, olga, id_of(added), details("A AG", Size.LARGE))
    assert (changed.name, changed.street, changed.size) == ("A AG", "Markt 1", Size.LARGE)
    columns = {"phone": "+492151654321", "email": "anna@example.org", "role": "Leitung"}
    team = book.acts(contacts.add_by_office, olga, id_of(added), "Anna", columns, "de")
    (anna,) = (one.person for one in team.contacts)
    assert (anna.name, anna.phone, anna.is_main_contact) == ("Anna", "+492151654321", True)
    team = book.acts(contacts.change_by_office, olga, id_of(anna), {"name": "Anna Adler"})
    assert [one.person.name for one in team.contacts] == ["Anna Adler"]
    for words in ("A AG", "Adler", "anna@example.org", "02151 654321"):
        _, found = book.acts(cases.search, olga, words)
        assert [one.name for one in found] == ["A AG"], words


def test_nobody_else_changes_or_lists_anything(book: Book, olga: Person) -> None:
    eve = book.contact("Eve")
    own = eve.organisation_id or 0
    for act in (
        lambda turn: organisations.put_details(turn, own, details("E AG")),
        lambda turn: organisations.listed(turn, Which.ALL),
        lambda turn: notes.add(turn, own, "x", None),
        lambda turn: contacts.change_by_office(turn, id_of(eve), {"name": "x"}),
        lambda turn: inquiries.enter(turn, id_of(eve), "Wann?"),
    ):
        with pytest.raises(refusals.OnlyForStaff):
            book.acts(act, eve)


def test_next_step_is_in_the_digest_from_its_day_until_it_is_done(book: Book, olga: Person) -> None:
    organisation_id = id_of(book.organisation("A GmbH"))
    book.acts(notes.add, olga, organisation_id, "Anrufen", (NOW + DAY).date())
    book.acts(notes.add, olga, organisation_id, "Netter Betrieb", None)
    assert not book.run(digest.gather, olga, NOW).next_steps
    (step,) = book.run(digest.gather, olga, NOW + DAY).next_steps.shown
    assert (step.name, step.about) == ("A GmbH", "Anrufen")
    assert [one.name for one in book.acts(organisations.listed, olga, Which.STEP)] == ["A GmbH"]
    ((note, _),) = book.run(notes.steps, date(9999, 1, 1), organisation_id)
    assert book.at(NOW + DAY).acts(notes.done, olga, id_of(note)) == organisation_id
    assert not book.run(digest.gather, olga, NOW + DAY).next_steps
    assert [note.text for note, _ in book.run(notes.of, organisation_id, 5)] == ["Netter Betrieb", "Anrufen"]


def test_lists_have_those_whom_their_name_promises(book: Book, olga: Person) -> None:
    book.contact("Anna")
    book.contact("Ben", unreachable_since=NOW)
    gone = book.organisation("Gone GmbH")
    gone.left_on = TODAY
    book.add(gone)

    def listed(which: Which) -> list[str]:
        return [one.name for one in book.acts(organisations.listed, olga, which)]

    assert listed(Which.ALL) == ["Anna GmbH", "Ben GmbH"]
    assert listed(Which.NOT_REACHED) == ["Ben GmbH"]
    assert listed(Which.FORMER) == ["Gone GmbH"]


def test_what_came_by_phone_or_letter_is_entered_for_others(book: Book, olga: Person) -> None:
    book.staff("Otto")
    ben = book.contact("Ben", telegram_id=None)
    thread = book.acts(inquiries.enter, olga, id_of(ben), "Wann ist das Treffen?")
    assert (thread.person, thread.waits_for_office, thread.inquiry.entered_by_id) == (ben, True, olga.id)
    assert book.told(OfficeNotice.INQUIRY) == ["Otto"]
    new = NewRequest("C GmbH", Category.COMPANY, "47798", Size.SMALL, "Cem", "", "+492151123456")
    request = book.acts(requests.enter, olga, new)
    assert (request.entered_by_id, request.owner_id) == (olga.id, olga.id)
    assert book.acts(cases.show, olga, id_of(request)).request.contact_name == "Cem"


def test_what_somebody_wants_to_be_told_comes_along_with_a_link_and_goes_with_them(
    book: Book, olga: Person
) -> None:
    ben = book.contact("Ben", telegram_id=None)
    user = book.person("Benno")
    for person, topic in ((ben, "recaps"), (user, "ideas")):
        book.acts(wishes.toggle_topic, person, topic)
    made = book.acts(contacts.renew_invite, olga, id_of(ben)).made
    assert made
    book.acts(taking_up.use_invite, user, made.code)
    assert [(wish.person_id, wish.without) for wish in book.all(NoticeWish)] == [(ben.id, ["ideas"])]
    book.acts(contacts.leave, olga, id_of(ben))
    assert book.all(NoticeWish) == []
