"""Who has left the pact is kept, but no partner any more, until they come back."""

from datetime import date, timedelta

import pytest

from domain.basics import refusals
from domain.events.event import Status
from domain.partners.refusals import AlreadyInvolved, InviteHasExpired
from domain.partners.register import Partner
from storage import agenda
from storage.engine.tables import Person
from storage.events import changing, planning, reminders, views
from storage.events.planning import NewEvent
from storage.events.tables import EventNotice
from storage.home import profiles
from storage.joining import concepts
from storage.office import digest
from storage.partners import contacts, invites, organisations, register, taking_up
from storage.partners.tables import Invite, Organisation
from tests.support.book import NOW, Book, id_of

LEFT = date(2026, 1, 1)


def leave(book: Book, *names: str, left_on: date | None = LEFT) -> None:
    for name in names:
        organisation = book.organisation(name)
        row = Partner(
            name=name,
            kind=organisation.kind,
            category=organisation.category,
            joined_on=organisation.joined_on,
            left_on=left_on,
        )
        book.run(register.put_partners, [row], "de", NOW)


def publish(book: Book) -> None:
    start, office = NOW + timedelta(days=30), book.staff()
    event = book.acts(planning.draft, office, NewEvent("Rundgang", start, start + timedelta(hours=2)))
    book.acts(planning.publish, office, id_of(event))


def test_former_partner_is_kept_with_dates(book: Book) -> None:
    book.contact("Anna")
    leave(book, "Anna GmbH")
    (row,) = book.run(register.rows)
    assert (row.name, row.joined_on, row.left_on, row.contact_name) == (
        "Anna GmbH",
        date(2024, 1, 1),
        LEFT,
        "Anna",
    )


def test_contacts_of_a_former_partner_are_not_invited_nor_nudged_until_it_comes_back(book: Book) -> None:
    for name in ("Anna", "Ben"):
        book.contact(name)
    leave(book, "Anna GmbH")
    publish(book)
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Ben"]
    book.run(reminders.work_off, NOW + timedelta(days=28))
    assert book.told(EventNotice.EVENT_NUDGE) == ["Ben"]
    leave(book, "Anna GmbH", left_on=None)
    publish(book)
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Ben", "Anna", "Ben"]


def test_event_that_moves_is_told_to_a_former_partner_only_who_had_answered(book: Book) -> None:
    anna, _, _ = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    publish(book)
    event = book.acts(views.coming, anna).cards[0].event
    book.answers(anna, event, 1)
    leave(book, "Anna GmbH", "Ben GmbH")
    later = event.starts_at + timedelta(days=1)
    book.acts(changing.move, book.staff(), id_of(event), later, None)
    assert book.told(EventNotice.EVENT_MOVED) == ["Anna", "Cem"]


def test_contact_of_a_former_partner_can_give_seats_back_but_take_none(book: Book) -> None:
    anna, event = book.contact("Anna"), book.event()
    book.answers(anna, event, 1)
    leave(book, "Anna GmbH")
    assert not book.sees(anna, event).is_partner
    with pytest.raises(refusals.OnlyForPartners):
        book.answers(anna, event, 2)
    card = book.answers(anna, event, 0)
    assert (card.status, card.is_partner) == (Status.NO, False)


def test_former_partner_is_not_counted_listed_or_taken_for_a_partner(book: Book) -> None:
    for name in ("Anna", "Ben"):
        book.acts(organisations.change_listing, book.contact(name), wanted=True)
    assert book.run(register.members) == (["Anna GmbH", "Ben GmbH"], 2)
    leave(book, "Anna GmbH")
    assert book.run(register.members) == (["Ben GmbH"], 1)
    assert book.run(register.find_similar, book.pact, "Anna GmbH") is None
    book.contact("Cem")  # does not want to be named
    assert book.run(register.find_similar, book.pact, "Cem GmbH") is None
    found = book.run(register.find_similar, book.pact, "Ben GmbH")
    assert found
    assert found.name == "Ben GmbH"


def test_digest_counts_and_names_only_partners(book: Book) -> None:
    event = book.event()
    for name in ("Anna", "Ben", "Cem", "Dora"):
        person = book.contact(name, unreachable_since=NOW if name in ("Anna", "Dora") else None)
        if name in ("Anna", "Ben"):
            book.answers(person, event, 1)
    leave(book, "Anna GmbH")
    found = book.run(digest.gather, book.staff(), NOW)
    assert found.events[0].unanswered == 2
    assert [(one.name, one.about) for one in found.unreachable.shown] == [("Dora GmbH", "Dora")]


def test_former_partner_registers_for_nothing_and_names_itself_nowhere(book: Book) -> None:
    anna = book.contact("Anna")
    leave(book, "Anna GmbH")
    with pytest.raises(refusals.OnlyForPartners):
        book.acts(concepts.check_may_register, anna)
    with pytest.raises(refusals.OnlyForPartners):
        book.acts(organisations.change_listing, anna, wanted=True)
    profile = book.acts(profiles.profile, anna)
    assert profile.organisation
    assert profile.partner is None


def test_link_to_a_former_partner_works_again_when_it_is_back(book: Book) -> None:
    anna = book.add(
        Person(name="Anna", language="de", organisation_id=book.organisation("A GmbH").id, created_at=NOW)
    )
    code = book.acts(invites.invite_for, anna).code
    leave(book, "A GmbH")
    eve = book.person("Eve")

    def opens() -> Person:
        return book.acts(taking_up.use_invite, eve, code)[0]

    with pytest.raises(InviteHasExpired):
        opens()
    leave(book, "A GmbH", left_on=None)
    assert opens().id == anna.id
    assert len(book.all(Invite)) == 1


def test_former_partner_may_join_again(book: Book) -> None:
    anna = book.contact("Anna")
    with pytest.raises(AlreadyInvolved):
        book.asks_to_join(anna, "Anna GmbH")
    leave(book, "Anna GmbH")
    request = book.asks_to_join(anna, "Anna GmbH")
    book.signs(book.staff(), request)
    (organisation,) = book.all(Organisation)
    assert (organisation.left_on, organisation.joined_on) == (None, NOW.date())
    publish(book)
    assert book.told(EventNotice.EVENT_PUBLISHED) == ["Anna Kontakt"]


def test_contacts_of_a_former_partner_are_erased_three_months_after_it_left(book: Book) -> None:
    anna, ben = book.contact("Anna", email="anna@a.de"), book.contact("Ben")
    leave(book, "Anna GmbH", left_on=NOW.date())
    book.run(agenda.tidy, book.pact, NOW + contacts.KEPT - timedelta(days=1))
    assert [person.name for person in book.all(Person)] == ["Anna", "Ben"]
    book.run(agenda.tidy, book.pact, NOW + contacts.KEPT + timedelta(days=1))
    rows = {row.id: row for row in book.all(Person)}
    assert (rows[anna.id].name, rows[anna.id].email, rows[anna.id].telegram_id) == ("–", "", None)
    assert rows[ben.id].name == "Ben"
