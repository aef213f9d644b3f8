"""People: who is seen, who is staff, and personal links that make two rows of one human into one."""

from datetime import timedelta

import pytest
from sqlmodel import col

from domain import refusals
from domain.ideas import Topic
from storage import events, forms, ideas, joining, people
from storage.events import NewEvent
from storage.people import Writer
from storage.tables import Form, Idea, Invite, JoinRequest, Notice, NoticeKind, Person, Rsvp
from tests.support.book import NOW, Book, id_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ANNA = Writer(77, "Anna", "en")


@pytest.fixture
def contact(book: Book) -> Person:
    return book.contact("Anna Amsel", telegram_id=None, email="anna@firma.de")


@pytest.fixture
def code(book: Book, contact: Person) -> str:
    return book.run(people.invite_for, contact, NOW).code


def opens(book: Book, person: Person, code: str) -> Person:
    return book.run(
        lambda session: people.use_invite(session, session.get_one(Person, person.id), code, NOW)[0]
    )


def change_invite(book: Book, code: str, **columns: object) -> None:
    invite = next(row for row in book.all(Invite) if row.code == code)
    for name, value in columns.items():
        setattr(invite, name, value)
    book.add(invite)


def test_person_is_added_with_the_first_update_and_known_from_then_on(book: Book) -> None:
    first = book.run(people.seen, ANNA, NOW)
    again = book.run(people.seen, Writer(77, "Anna B", "de"), NOW + DAY)
    assert (again.id, again.name, again.language, again.created_at) == (first.id, "Anna", "en", NOW)


def test_who_writes_can_be_reached_again(book: Book) -> None:
    anna = book.run(people.seen, ANNA, NOW)
    book.run(people.mark_unreachable, id_of(anna), NOW)
    book.run(people.mark_unreachable, id_of(anna), NOW + DAY)
    assert book.all(Person)[0].unreachable_since == NOW
    book.run(people.seen, ANNA, NOW + 2 * DAY)
    assert book.all(Person)[0].unreachable_since is None


def test_staff_by_setting_get_their_name_when_they_first_write(book: Book) -> None:
    book.run(people.set_staff, 77, is_staff=True, now=NOW)
    assert book.all(Person)[0].name == "77"
    assert book.run(people.seen, ANNA, NOW).is_staff
    assert [person.name for person in book.run(people.staff)] == ["Anna"]
    book.run(people.set_staff, 77, is_staff=False, now=NOW)
    assert book.run(people.staff) == []


def test_link_is_the_same_until_it_is_used_or_revoked(book: Book, contact: Person, code: str) -> None:
    assert book.run(people.invite_for, contact, NOW + DAY).code == code
    assert len(code) <= 64
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
    change_invite(book, code, revoked_at=NOW)
    assert book.run(people.invite_for, contact, NOW + DAY).code != code


def test_link_makes_whoever_opens_it_the_contact(book: Book, contact: Person, code: str) -> None:
    anna = book.run(people.seen, ANNA, NOW)
    connected = opens(book, anna, code)
    assert connected.id == contact.id
    assert [(p.name, p.telegram_id, p.language, p.email) for p in book.all(Person)] == [
        ("Anna Amsel", 77, "en", "anna@firma.de")
    ]
    assert book.all(Invite)[0].used_at == NOW
    assert book.run(people.seen, ANNA, NOW).id == contact.id


def test_opening_ones_own_link_again_is_no_error(book: Book, contact: Person, code: str) -> None:
    connected = opens(book, book.run(people.seen, ANNA, NOW), code)
    assert opens(book, connected, code).id == contact.id


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"used_at": NOW}, refusals.InviteIsUsed),
        ({"revoked_at": NOW}, refusals.InviteIsRevoked),
        ({"expires_at": NOW - MINUTE}, refusals.InviteHasExpired),
    ],
)
def test_used_revoked_or_expired_link_connects_nobody(
    book: Book, code: str, change: dict[str, object], refusal: type[refusals.Refusal]
) -> None:
    change_invite(book, code, **change)
    ben = book.person("Ben")
    with pytest.raises(refusal):
        opens(book, ben, code)
    assert book.all(Person, col(Person.id))[-1].organisation_id is None


def test_unknown_link_connects_nobody(book: Book) -> None:
    with pytest.raises(refusals.InviteIsUnknown):
        opens(book, book.person("Ben"), "made-up")


def test_contact_of_another_partner_stays_there(book: Book, code: str) -> None:
    cem = book.contact("Cem")
    with pytest.raises(refusals.AlreadyInvolved) as caught:
        opens(book, cem, code)
    assert (caught.value.organisation, caught.value.is_partner) == ("Cem GmbH", True)
    assert book.all(Invite)[0].used_at is None


def test_what_a_person_did_before_opening_the_link_comes_along(
    book: Book, contact: Person, code: str
) -> None:
    """Ideas, a form, a request and notices of a stranger; answers of somebody who was a contact once."""
    office, event = book.staff(), book.event()
    anna = book.person("Anna", organisation="Früher GmbH")
    book.answers(anna, event, 2)
    anna.organisation_id = None
    book.add(anna)
    book.run(ideas.hand_in, anna, Topic.OTHER, "Bäume", NOW)
    book.run(forms.start, anna, "idea", "topic", NOW)
    declined = book.asks_to_join(anna, "A GmbH")
    book.run(joining.decline, office, id_of(declined), "doppelt", NOW)
    opens(book, anna, code)
    owners = [
        {row.person_id for row in book.all(Rsvp)},
        {row.person_id for row in book.all(Idea)},
        {row.person_id for row in book.all(Form)},
        {row.person_id for row in book.all(JoinRequest)},
        {row.person_id for row in book.all(Notice) if row.kind is NoticeKind.REQUEST_DECLINED},
    ]
    assert owners == [{contact.id}] * 5
    assert book.run(people.profile, contact).ideas == 1


def test_staff_who_decided_a_request_stay_its_decider(book: Book, contact: Person, code: str) -> None:
    office = book.staff()
    request = book.asks_to_join(book.person("Ben"), "B GmbH")
    book.run(joining.accept, office, id_of(request), book.pact, NOW)
    assert opens(book, office, code).is_staff
    assert book.all(JoinRequest)[0].decided_by_id == contact.id


def test_staff_who_planned_an_event_can_open_a_link_too(book: Book, contact: Person, code: str) -> None:
    office = book.staff()
    book.run(events.publish, office, NewEvent("Rundgang", NOW + DAY, NOW + 2 * DAY), book.pact, NOW)
    assert opens(book, office, code).id == contact.id
