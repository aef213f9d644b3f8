"""The contacts of an organisation: links, colleagues who ask in, handing over, leaving, nobody left."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import col

from domain.basics import refusals
from domain.events.event import Status
from domain.ideas.ideas import Topic
from domain.partners.contacts import GUESSES_COUNT, INVITE_LIVES, MOST_GUESSES
from domain.partners.refusals import (
    AlreadyInvolved,
    InviteHasExpired,
    InviteIsRevoked,
    InviteIsUnknown,
    MainContactCannotLeave,
    OnlyForMainContact,
    PersonIsGone,
    TooManyGuesses,
)
from storage import agenda
from storage.engine import forms, people
from storage.engine.people import Writer
from storage.engine.tables import Form, Notice, Person, ShownAs, ShownCard
from storage.engine.turn import Turn
from storage.events import answers_by_office, changing, door, planning, replies, shown
from storage.events.planning import NewEvent
from storage.events.tables import Event, EventNotice, Rsvp, Seat
from storage.home import profiles
from storage.home.returning import came_back
from storage.ideas import board
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.joining.tables import JoiningNotice, JoinRequest
from storage.office import digest, inquiries
from storage.office.tables import Inquiry
from storage.partners import contacts, invites, organisations, reach, taking_up
from storage.partners.contacts import Team
from storage.partners.organisations import Details
from storage.partners.tables import Invite, Organisation, OrganisationChange, PartnerNotice, WrongGuess
from storage.partners.taking_up import Closed
from tests.support.book import NOW, TODAY, Book, id_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ANNA = Writer(77, "Anna", "en")


def main_contact(book: Book, name: str, organisation: str) -> Person:
    return book.person(name, organisation=organisation, is_main_contact=True, phone="+49215112")


def again(book: Book, person: Person) -> Person:
    return next(row for row in book.all(Person) if row.id == person.id)


@pytest.fixture
def contact(book: Book) -> Person:
    return book.contact("Anna Amsel", telegram_id=None, email="anna@firma.de")


@pytest.fixture
def code(book: Book, contact: Person) -> str:
    return book.acts(invites.invite_for, contact).code


def opens(book: Book, person: Person, code: str) -> Person:
    return book.acts(taking_up.use_invite, person, code)[0]


def made(team: Team) -> str:
    assert team.made
    return team.made.code


def change_invite(book: Book, **columns: object) -> None:
    (invite,) = book.all(Invite)
    for name, value in columns.items():
        setattr(invite, name, value)
    book.add(invite)


def test_code_is_in_no_table(book: Book, code: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{16}", code)
    assert code not in str(book.everything())


def test_first_link_that_is_used_ends_the_others_of_the_contact(
    book: Book, contact: Person, code: str
) -> None:
    further = book.acts(invites.invite_for, contact).code
    assert opens(book, book.person("Anna"), further).id == contact.id
    for one in (code, further):
        assert isinstance(book.acts(taking_up.look_up, book.person("Eve"), one), Closed)
    assert further not in str(book.everything())


def test_links_that_are_over_are_forgotten_at_night_and_used_ones_lose_their_code_at_once(
    book: Book, contact: Person, code: str
) -> None:
    opens(book, book.person("Anna"), code)
    ben = book.contact("Ben", telegram_id=None)
    for _ in range(2):
        book.acts(contacts.renew_invite, book.staff(), id_of(ben))
    assert [bool(row.code_hash) for row in book.all(Invite, col(Invite.id))] == [False, True, True]
    for after, kept in ((timedelta(), [1, 3]), (INVITE_LIVES, [1, 3]), (INVITE_LIVES + MINUTE, [1])):
        book.run(agenda.tidy, book.pact, NOW + after)
        assert [row.id for row in book.all(Invite, col(Invite.id))] == kept


def test_who_has_come_and_opens_a_link_again_is_known(book: Book, contact: Person, code: str) -> None:
    anna = opens(book, book.run(people.seen, ANNA, NOW), code)
    found = book.acts(taking_up.look_up, anna, code)
    assert isinstance(found, Closed)
    assert found.organisation
    assert found.organisation.id == contact.organisation_id


def test_link_makes_whoever_opens_it_the_contact(book: Book, contact: Person, code: str) -> None:
    anna = book.run(people.seen, ANNA, NOW)
    connected = opens(book, anna, code)
    assert connected.id == contact.id
    assert [(p.name, p.telegram_id, p.language, p.email) for p in book.all(Person)] == [
        ("Anna Amsel", 77, "en", "anna@firma.de")
    ]
    assert book.all(Invite)[0].used_at == NOW
    assert book.run(people.seen, ANNA, NOW).id == contact.id


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"revoked_at": NOW}, InviteIsRevoked),
        ({"expires_at": NOW - MINUTE}, InviteHasExpired),
    ],
)
def test_revoked_or_expired_link_connects_nobody(
    book: Book, code: str, change: dict[str, object], refusal: type[refusals.Refusal]
) -> None:
    change_invite(book, **change)
    ben = book.person("Ben")
    with pytest.raises(refusal):
        opens(book, ben, code)
    assert book.all(Person, col(Person.id))[-1].organisation_id is None


def test_unknown_link_connects_nobody(book: Book) -> None:
    with pytest.raises(InviteIsUnknown):
        opens(book, book.person("Ben"), "made-up")


def test_who_opens_too_many_wrong_links_comes_back_later_and_then_the_right_one_works(
    book: Book, contact: Person, code: str
) -> None:
    eve, ben = book.person("Eve"), book.person("Ben")

    def opened(person: Person, code: str, after: timedelta) -> object:
        found = book.at(NOW + after).acts(taking_up.look_up, person, code)
        return type(found.reason) if isinstance(found, Closed) else found.contact.id

    for minutes in range(MOST_GUESSES):
        assert opened(eve, f"made-up-{minutes}", minutes * MINUTE) is InviteIsUnknown
    for one in (code, "made-up"):
        assert opened(eve, one, GUESSES_COUNT - MINUTE) is TooManyGuesses
    assert len(book.all(WrongGuess)) == MOST_GUESSES
    assert opened(ben, code, GUESSES_COUNT - MINUTE) == contact.id
    assert opened(eve, code, GUESSES_COUNT) == contact.id
    book.run(agenda.tidy, book.pact, NOW + GUESSES_COUNT + MOST_GUESSES * MINUTE)
    assert book.all(WrongGuess) == []


def test_contact_of_another_partner_stays_there(book: Book, code: str) -> None:
    cem = book.contact("Cem")
    with pytest.raises(AlreadyInvolved) as caught:
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
    book.acts(board.hand_in, anna, NewIdea(Topic.OTHER, "Bäume"))
    book.acts(forms.start, anna, "idea", "topic")
    declined = book.asks_to_join(anna, "A GmbH")
    book.declines(office, declined)
    opens(book, anna, code)
    owners = [
        {row.person_id for row in book.all(Rsvp)},
        {row.person_id for row in book.all(Idea)},
        {row.person_id for row in book.all(Form)},
        {row.person_id for row in book.all(JoinRequest)},
        {row.person_id for row in book.all(Notice) if row.kind == JoiningNotice.REQUEST_STEP},
    ]
    assert owners == [{contact.id}] * 5
    assert book.acts(profiles.profile, contact).ideas == 1


def test_staff_who_decided_a_request_stay_its_decider(book: Book, contact: Person, code: str) -> None:
    office = book.staff()
    request = book.asks_to_join(book.person("Ben"), "B GmbH")
    book.signs(office, request)
    assert opens(book, office, code).is_staff
    assert book.all(JoinRequest)[0].decided_by_id == contact.id


def test_staff_who_planned_an_event_can_open_a_link_too(book: Book, contact: Person, code: str) -> None:
    office = book.staff()
    book.acts(planning.draft, office, NewEvent("Rundgang", NOW + DAY, NOW + 2 * DAY))
    assert opens(book, office, code).id == contact.id


def test_link_ends_after_two_weeks_and_a_new_one_takes_its_place(
    book: Book, contact: Person, code: str
) -> None:
    late = NOW + INVITE_LIVES + MINUTE
    newer = book.at(late).acts(invites.invite_for, contact).code
    assert newer != code
    ben = book.person("Ben")
    with pytest.raises(InviteHasExpired):
        book.at(late).acts(taking_up.use_invite, ben, code)
    assert book.at(late).acts(taking_up.use_invite, ben, newer)[0].id == contact.id


def test_renewed_link_makes_the_former_one_useless(book: Book, contact: Person, code: str) -> None:
    book.acts(contacts.renew_invite, book.staff(), id_of(contact))
    with pytest.raises(InviteIsRevoked):
        opens(book, book.person("Ben"), code)


def test_main_contact_invites_and_the_others_do_not(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    team = book.acts(contacts.invite_colleague, anna, anna.organisation_id, "Cem")
    assert [(c.person.name, c.has_link) for c in team.contacts] == [
        ("Anna", False),
        ("Ben", False),
        ("Cem", True),
    ]
    with pytest.raises(OnlyForMainContact):
        book.acts(contacts.invite_colleague, ben, ben.organisation_id, "Dora")
    with pytest.raises(refusals.OnlyForPartners):
        book.acts(contacts.invite_colleague, book.contact("Eve"), anna.organisation_id, "Eve")


def test_who_hands_over_to_somebody_new_is_erased_when_the_link_is_opened(book: Book) -> None:
    office, anna, event = book.staff(), main_contact(book, "Anna", "A GmbH"), book.event()
    past = book.event(NOW + 2 * DAY)
    for one in (event, past):
        book.answers(anna, one, 2)
    book.acts(board.hand_in, anna, NewIdea(Topic.OTHER, "Bäume"))
    book.acts(inquiries.ask, anna, None, "Wann?")
    later = NOW + 5 * DAY
    team = book.at(later).acts(contacts.hand_over, anna, "Ben Neu")
    code = made(team)
    assert again(book, anna).name == "Anna"
    ben, _ = book.at(later).acts(taking_up.use_invite, book.person("Benjamin"), code)
    left = again(book, anna)
    assert (left.name, left.telegram_id, left.email, left.phone) == ("–", None, "", "")
    assert left.organisation_id is None
    assert (ben.name, ben.is_main_contact) == ("Ben Neu", True)
    answers = {row.event_id: (row.person_id, row.party) for row in book.all(Rsvp)}
    assert answers == {event.id: (ben.id, 2), past.id: (anna.id, 2)}
    moved = {row.person_id for row in book.all(Idea)} | {row.person_id for row in book.all(Inquiry)}
    assert moved == {ben.id}
    assert sorted(book.told(PartnerNotice.HANDED_OVER)) == ["Ben Neu", office.name]


def test_handing_over_to_a_colleague_takes_effect_at_once_and_frees_a_double_seat(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    event = book.event(capacity=3)
    book.answers(anna, event, 2)
    book.answers(ben, event, 1)
    book.acts(contacts.hand_over, anna, "", id_of(ben))
    assert again(book, ben).is_main_contact
    assert book.sees(ben, event).event.taken == 1
    statuses = {row.person_id: row.status for row in book.all(Rsvp)}
    assert statuses == {anna.id: Status.NO, ben.id: Status.YES}


def test_nobody_hands_over_to_a_stranger_or_to_themself(book: Book) -> None:
    anna, eve = main_contact(book, "Anna", "A GmbH"), book.contact("Eve")
    for successor in (eve, anna):
        with pytest.raises(PersonIsGone):
            book.acts(contacts.hand_over, anna, "", id_of(successor))


def test_leaving_contact_frees_seats_and_data_and_the_main_one_hands_over_first(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    event = book.event()
    book.answers(ben, event, 2)
    with pytest.raises(MainContactCannotLeave):
        book.acts(contacts.leave, anna, id_of(anna))
    book.acts(contacts.leave, ben, id_of(ben))
    assert book.sees(anna, event).event.taken == 0
    assert (again(book, ben).organisation_id, again(book, ben).telegram_id) == (None, None)
    assert book.all(Organisation)[0].silent_since is None


def test_organisation_that_loses_its_last_reachable_contact_is_in_the_digest_with_a_number(
    book: Book,
) -> None:
    office, anna = book.staff(), main_contact(book, "Anna", "A GmbH")

    def silent() -> list[tuple[str, str]]:
        return [(one.name, one.phone) for one in book.run(digest.gather, office, NOW).silent.shown]

    assert silent() == []
    book.run(reach.mark_unreachable, id_of(anna), NOW)
    assert silent() == [("A GmbH", "+49 2151 12")]
    book.run(people.seen, Writer(anna.telegram_id or 0, "Anna", "de"), NOW + DAY, came_back)
    assert silent() == []
    book.acts(contacts.leave, again(book, anna), id_of(anna))
    assert silent() == [("A GmbH", "")]


def test_only_the_main_contact_removes_others(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    cem = book.person("Cem", organisation="A GmbH")
    with pytest.raises(OnlyForMainContact):
        book.acts(contacts.leave, ben, id_of(cem))
    with pytest.raises(PersonIsGone):
        book.acts(contacts.leave, book.contact("Eve"), id_of(cem))
    book.acts(contacts.leave, anna, id_of(cem))
    assert again(book, cem).organisation_id is None


def test_answers_to_closed_or_cancelled_events_hold_nobody_back(book: Book) -> None:
    office, anna = book.staff(), main_contact(book, "Anna", "A GmbH")
    closed, cancelled = book.event(answer_by=NOW + DAY), book.event()
    for event in (closed, cancelled):
        book.answers(anna, event, 2)
    book.acts(changing.cancel, office, id_of(cancelled), "Sturm")
    book.at(NOW + 2 * DAY).acts(contacts.leave, anna, id_of(anna))
    assert again(book, anna).name == "–"
    assert next(row for row in book.all(Event) if row.id == closed.id).taken == 0


def test_new_link_of_a_successor_still_hands_over(book: Book) -> None:
    anna = main_contact(book, "Anna", "A GmbH")
    team = book.acts(contacts.hand_over, anna, "Ben Neu")
    ben = next(c.person for c in team.contacts if c.is_successor)
    later = NOW + INVITE_LIVES + DAY
    team = book.at(later).acts(contacts.renew_invite, anna, id_of(ben))
    code = made(team)
    book.at(later).acts(taking_up.use_invite, book.person("Benjamin"), code)
    assert again(book, anna).name == "–"


def test_yes_of_who_hands_over_wins_over_a_no_of_the_successor(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    event = book.event()
    book.answers(anna, event, 2)
    book.answers(ben, event, 0)
    book.acts(contacts.hand_over, anna, "", id_of(ben))
    assert [(row.person_id, row.status, row.party) for row in book.all(Rsvp)] == [(ben.id, Status.YES, 2)]
    assert book.all(Event)[0].taken == 2


def test_nothing_personal_stays_of_an_applicant_who_joined_and_left(book: Book) -> None:
    anna = book.person("Anna")
    request = book.asks_to_join(anna, "A GmbH")
    request.phone = "+49215112345"
    book.add(request)
    book.signs(book.staff(), request)
    book.acts(contacts.leave, anna, id_of(anna))
    everything = [str(row) for table in (Person, JoinRequest, Invite, Form) for row in book.all(table)]
    assert not [row for row in everything for word in ("Anna", "a@firma", "12345") if word in row]


def test_cards_in_the_chat_of_who_has_left_are_known_no_more(book: Book) -> None:
    olga = book.person("Olga", organisation="A GmbH", is_staff=True)
    anna, event = book.person("Anna", organisation="A GmbH"), book.event()
    for person in (anna, olga):
        chat_id = person.telegram_id or 0
        book.run(shown.note, id_of(event), person, chat_id, 7, ShownAs.CARD, NOW)
        book.acts(contacts.leave, person, id_of(person))
    assert [row.person_id for row in book.all(ShownCard)] == [olga.id]


def test_staff_who_leave_an_organisation_keep_their_name(book: Book) -> None:
    olga = book.person("Olga", organisation="A GmbH", is_staff=True, is_main_contact=True)
    book.acts(contacts.leave, olga, id_of(olga))
    assert (again(book, olga).name, again(book, olga).telegram_id) == ("Olga", olga.telegram_id)


def test_decision_on_a_change_reaches_the_successor(book: Book) -> None:
    office, anna = book.staff(), main_contact(book, "Anna", "A GmbH")
    ben = book.person("Ben", organisation="A GmbH")
    new = Details("B GmbH", "", "", "", "", None, None)
    book.acts(organisations.change, anna, new)
    book.acts(contacts.hand_over, anna, "", id_of(ben))
    change_id = id_of(book.all(OrganisationChange)[0])
    book.acts(organisations.decide_change, office, change_id, int(NOW.timestamp()), confirm=True)
    assert book.told(PartnerNotice.CHANGE_DECIDED) == ["Ben"]


def test_lapsed_answer_keeps_no_names(book: Book) -> None:
    ben, cem, event = book.contact("Ben"), book.contact("Cem"), book.event(capacity=2)
    book.answers(cem, event, 2)
    book.answers(ben, event, 2)
    book.acts(replies.name_colleagues, ben, id_of(event), ["Bea"])
    book.gives_back(cem, event, 0)
    until = max(row.offered_until or NOW for row in book.all(Rsvp))
    book.offers_end(until)
    assert book.all(Seat) == []


def test_names_of_who_hands_over_move_where_the_successor_has_declined(book: Book) -> None:
    office = book.staff()
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    event = book.event()
    at_the_door = event.starts_at - MINUTE
    for person in (anna, ben):
        book.answers(person, event, 1)
        book.at(at_the_door).acts(door.check_in, office, id_of(event), id_of(person), 0)
    book.at(at_the_door).acts(answers_by_office.enter, office, id_of(event), id_of(ben), 0)
    book.at(at_the_door).acts(contacts.hand_over, anna, "", id_of(ben))
    assert [(row.person_id, row.arrived_at) for row in book.all(Seat)] == [(ben.id, at_the_door)]


@pytest.mark.parametrize(("own", "entered", "kept"), [(2, 1, 1), (2, 0, 2), (0, 1, 1)])
def test_who_has_answered_before_opening_the_link_of_an_entered_contact_has_one_answer(
    book: Book, contact: Person, code: str, own: int, entered: int, kept: int
) -> None:
    office, anna, event = book.staff(), book.contact("Anna"), book.event(capacity=5)
    book.answers(anna, event, own)
    if own:
        book.acts(replies.name_colleagues, anna, id_of(event), ["Bea"])
    book.acts(organisations.end_partnership, office, anna.organisation_id or 0, TODAY)
    book.acts(answers_by_office.enter, office, id_of(event), id_of(contact), entered)
    opens(book, anna, code)
    assert [(row.person_id, row.party) for row in book.all(Rsvp)] == [(contact.id, kept)]
    assert book.all(Event)[0].taken == kept
    assert len(book.all(Seat)) == kept - 1


def test_seats_that_are_handed_over_are_not_answered_meanwhile(side_by_side: Book) -> None:
    book = side_by_side
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    event = book.event(capacity=2)
    book.answers(anna, event, 2)

    def hand_over(turn: Turn) -> bool:
        contacts.hand_over(turn, "", id_of(ben))
        return book.is_locked(event)

    assert book.acts(hand_over, anna)


def test_who_takes_over_is_told_of_the_seats_they_have_now(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    full, free, cem = book.event(capacity=1), book.event(), book.contact("Cem")
    book.answers(anna, free, 1)
    book.answers(cem, full, 1)
    book.answers(anna, full, 1)
    book.gives_back(cem, full, 0)
    book.at(NOW + MINUTE).acts(contacts.hand_over, anna, "", id_of(ben))
    told = {(row.kind, row.subject_id) for row in book.all(Notice) if row.person_id == ben.id}
    assert told == {
        (PartnerNotice.HANDED_OVER, ben.id),
        (EventNotice.SEAT_OFFERED, full.id),
        (EventNotice.OFFER_ENDS, full.id),  # later
        (EventNotice.CALENDAR_ENTRY, free.id),
    }


def test_of_two_who_come_to_an_organisation_at_once_one_is_the_main_contact(side_by_side: Book) -> None:
    book = side_by_side
    organisation, contact = (
        book.organisation("A GmbH"),
        book.person("B", organisation="B GmbH", telegram_id=None),
    )
    other = book.organisation("B GmbH")
    code = book.acts(invites.invite_for, contact).code

    def let_in(turn: Turn) -> bool:
        contacts.add(turn, organisation)
        return book.is_locked(organisation)

    def open_link(turn: Turn) -> bool:
        taking_up.use_invite(turn, code)
        return book.is_locked(other)

    assert book.acts(let_in, book.person("Anna"))
    assert book.acts(open_link, book.person("Ben"))


def test_nobody_takes_over_from_who_has_gone_to_another_organisation(book: Book) -> None:
    olga, event = book.person("Olga", organisation="A GmbH", is_staff=True), book.event()
    team = book.acts(contacts.hand_over, olga, "Ben Neu")
    code = made(team)
    book.acts(contacts.leave, olga, id_of(olga))
    other = book.organisation("B GmbH")
    book.acts(contacts.add, olga, other)
    book.answers(again(book, olga), event, 1)
    with pytest.raises(InviteIsRevoked):
        opens(book, book.person("Benjamin"), code)
    assert again(book, olga).organisation_id == other.id
    assert [row.person_id for row in book.all(Rsvp)] == [olga.id]


def test_opening_a_link_changes_nothing_until_it_is_taken_up(book: Book, contact: Person, code: str) -> None:
    eve = book.person("Eve")
    before = book.everything()
    opened = book.acts(taking_up.open_invite, eve, code)
    assert opened.contact.id == contact.id
    assert book.everything() == before


def test_office_and_colleagues_are_told_who_took_a_link_up(book: Book, contact: Person, code: str) -> None:
    office, ben = book.staff(), book.person("Ben", organisation="Anna Amsel GmbH")
    book.contact("Cem")
    opens(book, book.person("Mallory"), code)
    assert sorted(book.told(PartnerNotice.LINK_TAKEN_UP)) == ["Ben", office.name]
    opened = book.acts(taking_up.taken_up, ben, id_of(contact))
    assert opened
    assert opened.invite.used_by == "Mallory"


def test_office_hears_of_many_links_in_an_hour_together_and_takes_each_back(book: Book) -> None:
    office = book.staff()
    for number in range(4):
        one = book.contact(f"Anna {number}", telegram_id=None)
        code = book.acts(invites.invite_for, one).code
        book.at(NOW + number * MINUTE).acts(taking_up.use_invite, book.person(f"Eve {number}"), code)
    notices = [row for row in book.all(Notice, col(Notice.id)) if row.person_id == office.id]
    assert [(row.kind, row.due_at) for row in notices] == [
        (PartnerNotice.LINK_TAKEN_UP, NOW),
        (PartnerNotice.LINKS_TAKEN_UP, NOW + timedelta(hours=1)),
    ]
    hour = notices[1].subject_id or 0
    found = book.acts(taking_up.taken_up_in, office, hour)
    assert [one.invite.used_by for one in found] == ["Eve 0", "Eve 1", "Eve 2", "Eve 3"]
    book.acts(taking_up.take_back, office, found[2].invite.id)
    assert len(book.acts(taking_up.taken_up_in, office, hour)) == 3
    assert book.acts(taking_up.taken_up_in, office, hour + 1) == []
    for made_up in (-1, 2**31 - 1):
        with pytest.raises(refusals.ButtonIsOutdated):
            book.acts(taking_up.taken_up_in, office, made_up)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(taking_up.taken_up_in, book.contact("Mallory"), hour)


@pytest.mark.parametrize("by", ["office", "colleague"])
def test_link_is_taken_back_and_a_new_one_connects_the_right_person(
    book: Book, contact: Person, code: str, by: str
) -> None:
    office, ben = book.staff(), book.person("Ben", organisation="Anna Amsel GmbH")
    mallory = opens(book, book.person("Mallory", telegram_id=13), code)
    book.acts(taking_up.take_back, office if by == "office" else ben, 1)
    assert again(book, contact).telegram_id is None
    stranger = book.run(people.seen, Writer(13, "Mallory", "de"), NOW)
    assert (stranger.name, stranger.organisation_id, stranger.email) == ("Mallory", None, "")
    assert stranger.id != mallory.id
    with pytest.raises(InviteIsUnknown):
        opens(book, stranger, code)
    team = book.acts(contacts.renew_invite, office, id_of(contact))
    newer = made(team)
    assert opens(book, book.run(people.seen, ANNA, NOW), newer).id == contact.id
    with pytest.raises(InviteIsRevoked):
        book.acts(taking_up.take_back, office, 1)
    assert again(book, contact).telegram_id == ANNA.telegram_id


def test_all_whom_it_concerns_are_told_that_a_link_was_taken_back(
    book: Book, contact: Person, code: str
) -> None:
    """A colleague who is none could cut off the right ones, and nobody would know."""
    office, ben = book.staff(), book.person("Ben", organisation="Anna Amsel GmbH")
    book.person("Cem", organisation="Anna Amsel GmbH")
    book.contact("Dora")
    opens(book, book.run(people.seen, ANNA, NOW), code)
    book.acts(taking_up.take_back, ben, 1)
    assert sorted(book.told(PartnerNotice.LINK_TAKEN_BACK)) == sorted(["Anna", "Cem", office.name])
    assert book.acts(taking_up.taken_back, office, 1)
    newer = made(book.acts(contacts.renew_invite, office, id_of(contact)))
    opens(book, book.run(people.seen, ANNA, NOW), newer)
    assert book.acts(taking_up.taken_back, office, 1) is None


def test_staff_whose_link_is_taken_back_stay_staff(book: Book, contact: Person, code: str) -> None:
    office = book.staff(telegram_id=14)
    opens(book, office, code)
    book.acts(taking_up.take_back, book.staff("Petra"), 1)
    assert book.run(people.seen, Writer(14, "Olga", "de"), NOW).is_staff
    assert not again(book, contact).is_staff


def test_nobody_else_takes_a_link_back_and_colleagues_not_for_ever(
    book: Book, contact: Person, code: str
) -> None:
    ben = book.person("Ben", organisation="Anna Amsel GmbH")
    anna = opens(book, book.run(people.seen, ANNA, NOW), code)
    with pytest.raises(refusals.OnlyForPartners):
        book.acts(taking_up.take_back, book.contact("Eve"), 1)
    with pytest.raises(InviteIsRevoked):
        book.acts(taking_up.take_back, anna, 1)
    with pytest.raises(InviteHasExpired):
        book.at(NOW + INVITE_LIVES + MINUTE).acts(taking_up.take_back, ben, 1)
    assert again(book, contact).telegram_id == ANNA.telegram_id


def test_who_came_by_a_link_reads_stored_addresses_masked_until_they_typed_them(book: Book) -> None:
    anna = book.contact("Anna Amsel", telegram_id=None, email="anna@firma.de", phone="+4921511234567")
    code = book.acts(invites.invite_for, anna).code
    stranger = book.person("Eve")
    request = book.asks_to_join(stranger, "Früher GmbH")
    request.email = "anna@firma.de"
    book.add(request)
    book.declines(book.staff(), request)
    opened = opens(book, stranger, code)
    assert book.acts(profiles.profile, opened).unproven == {"+4921511234567"}
    colleague = book.contact("Ben", email="ben@firma.de")
    assert book.acts(profiles.profile, colleague).unproven == set()


def link_by(book: Book, maker: Person) -> str:
    team = book.acts(contacts.invite_colleague, maker, maker.organisation_id, "Dora")
    return made(team)


def loses_the_main_duty(book: Book, anna: Person, ben: Person, _office: Person) -> None:
    book.acts(contacts.make_main, anna, id_of(ben))


def hands_over(book: Book, anna: Person, ben: Person, _office: Person) -> None:
    book.acts(contacts.hand_over, anna, "", id_of(ben))


def is_removed(book: Book, anna: Person, ben: Person, office: Person) -> None:
    book.acts(contacts.make_main, office, id_of(ben))
    book.acts(contacts.leave, ben, id_of(anna))


@pytest.mark.parametrize("ends", [loses_the_main_duty, hands_over, is_removed])
def test_link_dies_with_the_right_of_who_made_it(book: Book, ends: Callable[..., None]) -> None:
    office, anna = book.staff(), main_contact(book, "Anna", "A GmbH")
    ben = book.person("Ben", organisation="A GmbH")
    code = link_by(book, anna)
    ends(book, anna, ben, office)
    with pytest.raises(InviteIsRevoked):
        opens(book, book.person("Eve"), code)
    team = book.acts(contacts.team, again(book, ben), ben.organisation_id)
    dora = next(one for one in team.contacts if one.person.name == "Dora")
    assert not dora.has_link
    team = book.acts(contacts.renew_invite, again(book, ben), id_of(dora.person))
    newer = made(team)
    assert opens(book, book.person("Dodo"), newer).name == "Dora"


def test_link_of_former_staff_dies(book: Book) -> None:
    office, anna = book.staff(), main_contact(book, "Anna", "A GmbH")
    team = book.acts(contacts.invite_colleague, office, anna.organisation_id, "Dora")
    code = made(team)
    book.run(people.set_staff, office.telegram_id or 0, is_staff=False, now=NOW)
    with pytest.raises(InviteIsRevoked):
        opens(book, book.person("Eve"), code)


def test_removed_contact_does_not_come_back_by_the_link_for_a_successor(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    team = book.acts(contacts.hand_over, ben, "Benno")
    code = made(team)
    book.acts(contacts.leave, anna, id_of(ben))
    with pytest.raises(InviteIsRevoked):
        opens(book, book.person("Benjamin"), code)


def test_particulars_of_a_contact_are_for_themselves_and_who_manages(book: Book) -> None:
    anna, ben = main_contact(book, "Anna", "A GmbH"), book.person("Ben", organisation="A GmbH")
    for reader, contact in ((anna, ben), (ben, ben), (book.staff(), anna)):
        book.acts(contacts.contact_of, reader, id_of(contact))
    with pytest.raises(OnlyForMainContact):
        book.acts(contacts.contact_of, ben, id_of(anna))
