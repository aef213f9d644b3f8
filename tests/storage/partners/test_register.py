"""The register as it is brought in: the same file again changes nothing, a changed one what has changed."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from domain.basics import refusals
from domain.partners.contacts import INVITE_LIVES, PRINTED_LIVES
from domain.partners.organisations import Category, Kind, Sector
from domain.partners.refusals import TooLateToUndoFile
from domain.partners.register import COLUMNS, Effect, Partner
from storage import agenda
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import contacts, drafts, register, taking_up, undoing
from storage.partners.drafts import KEPT, Effects
from storage.partners.tables import Invite, Organisation, RegisterDraft
from tests.support.book import NOW, Book, turn_of

PARTNER = Partner(
    name="A GmbH",
    kind=Kind.PARTNER,
    category=Category.COMPANY,
    joined_on=date(2024, 1, 1),
    contact_name="Anna Amsel",
    contact_email="anna@a.de",
)


def replace(partner: Partner, **changes: Any) -> Partner:
    return Partner(**{**partner.model_dump(exclude_unset=True), **changes})


def put(book: Book, partner: Partner) -> str | None:
    """The code of the contact's link; None for who needs none."""
    (done,), _ = book.run(register.put_partners, [partner], "de", NOW)
    link = book.run(register.link_for, done, NOW)
    return link.code if link else None


def test_the_same_row_again_changes_nothing(book: Book) -> None:
    first, again = put(book, PARTNER), put(book, PARTNER)
    assert None not in (first, again)
    assert [len(book.all(table)) for table in (Organisation, Person)] == [1, 1]


def test_changed_row_updates_organisation_and_contact(book: Book) -> None:
    put(book, PARTNER)
    put(book, replace(PARTNER, name="A  GMBH", city="Krefeld", contact_name="Anna Buchfink"))
    put(book, replace(PARTNER, contact_name="Anna Buchfink", contact_email="", contact_phone="+492151123456"))
    organisation, person = book.all(Organisation)[0], book.all(Person)[0]
    assert [len(book.all(table)) for table in (Organisation, Person)] == [1, 1]
    assert (organisation.name, organisation.city) == ("A GmbH", "Krefeld")  # no column, no change
    assert (person.name, person.email, person.phone) == ("Anna Buchfink", "", "+492151123456")


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
    book.acts(taking_up.use_invite, anna, code)
    assert put(book, replace(PARTNER, contact_email="ANNA@a.de")) is None
    assert len(book.all(Invite)) == 1
    assert book.all(Person)[0].telegram_id is not None


def test_row_without_a_contact_gives_no_link(book: Book) -> None:
    assert put(book, replace(PARTNER, contact_name="", contact_email="")) is None
    assert book.all(Person) == []
    assert len(book.all(Organisation)) == 1


def test_first_contact_that_is_brought_in_becomes_the_main_contact(book: Book) -> None:
    for name in ("Anna", "Ben"):
        put(book, replace(PARTNER, contact_name=name, contact_email="", contact_role="Leitung"))
    put(book, replace(PARTNER, contact_name="Anna", contact_email=""))
    found = [(person.name, person.is_main_contact, person.role) for person in book.all(Person)]
    assert sorted(found) == [("Anna", True, "Leitung"), ("Ben", False, "Leitung")]


def test_contacts_of_the_same_name_or_address_stay_apart(book: Book) -> None:
    rows = [
        replace(PARTNER, contact_name="Anna", contact_email=email, contact_role=role)
        for email, role in (("anna@a.de", "1"), ("info@a.de", "2"), ("", "3"))
    ]
    rows.append(replace(PARTNER, contact_name="Ben", contact_email="info@a.de", contact_role="4"))
    for _ in range(2):
        book.run(register.put_partners, rows, "de", NOW)
        found = {(person.name, person.email, person.role) for person in book.all(Person)}
        assert found == {(row.contact_name, row.contact_email, row.contact_role) for row in rows}


def hold(book: Book, rows: list[Partner]) -> Effects:
    found = drafts.foresee(book.run(register.rows), rows, ("Krefeld",))
    return book.acts(drafts.hold, book.staff(), rows, found)


def bring_in(turn: Turn, draft_id: int) -> Effects:
    held = drafts.to_bring_in(turn, draft_id)
    counted = dict.fromkeys(Effect, 0)
    while held.done < len(held.partners):
        found, held = drafts.bring_in_piece(turn, draft_id, held, "de")
        counted = {what: counted[what] + found.rows[what] for what in Effect}
    links = tuple(register.links_of(turn, drafts.new_people(turn, held.file_id or 0)))
    drafts.drop(turn, draft_id)
    return Effects(counted, links=links, file_id=held.file_id or 0)


def fill(book: Book) -> None:
    """What a register can hold: connected and main contacts, none at all, odd names, a former partner."""
    anna = book.contact("Anna", role="Leitung", phone="+492151123456", email="anna@a.de")
    book.person("Anna", organisation="Anna GmbH", email="other@a.de")
    put(book, replace(PARTNER, name="=B GmbH", contact_name="Ben", sector=Sector.CRAFTS, is_listed=True))
    put(book, replace(PARTNER, name="C e. V.", contact_name="", contact_email="", postcode="04109"))
    put(book, replace(PARTNER, name="D AG", left_on=date(2025, 1, 1), kind=Kind.INITIAL))
    book.answers(anna, book.event(), 1)


def test_what_is_given_out_changes_nothing_when_it_is_brought_in(book: Book) -> None:
    fill(book)
    before, rows = book.everything(), book.run(register.rows)
    assert [row.model_fields_set for row in rows] == [set(COLUMNS)] * 5
    book.run(register.put_partners, rows, "de", NOW)
    assert book.everything() == before
    assert hold(book, rows) == Effects({Effect.NEW: 0, Effect.CHANGED: 0, Effect.UNCHANGED: 5}, 0)


NEW = [
    replace(PARTNER, city="Krefeld"),
    replace(PARTNER, name="B GmbH", contact_name="Ben"),
    replace(PARTNER, name="C GmbH", contact_name="Cem", left_on=date(2025, 1, 1)),
]


def held(book: Book) -> int:
    draft_id = hold(book, NEW).draft_id
    assert draft_id
    return draft_id


def test_rows_wait_for_a_yes_and_are_brought_in_once(book: Book) -> None:
    put(book, PARTNER)
    draft_id, staff = held(book), book.staff("Otto")
    assert [row.city for row in book.all(Organisation)] == [""]
    effects = book.acts(bring_in, staff, draft_id)
    assert effects.rows == {Effect.NEW: 2, Effect.CHANGED: 1, Effect.UNCHANGED: 0}
    assert [(link.organisation, link.contact) for link in effects.links] == [("B GmbH", "Ben")]
    assert {row.name: row.city for row in book.all(Organisation)}["A GmbH"] == "Krefeld"
    assert book.all(RegisterDraft) == []
    for act in (
        lambda s: bring_in(turn_of(s, staff), draft_id),
        lambda s: drafts.drop(turn_of(s, staff), draft_id),
    ):
        with pytest.raises(refusals.ButtonIsOutdated):
            book.run(act)


def test_only_staff_touch_the_register(book: Book) -> None:
    anna, draft_id = book.contact("Anna"), held(book)
    for act in (
        lambda s: drafts.hold(turn_of(s, anna), NEW, Effects(dict.fromkeys(Effect, 1))),
        lambda s: bring_in(turn_of(s, anna), draft_id),
        lambda s: undoing.files(turn_of(s, anna)),
        lambda s: undoing.pieces(turn_of(s, anna), 1),
        lambda s: undoing.undo(turn_of(s, anna), 1),
        lambda s: drafts.drop(turn_of(s, anna), draft_id),
        lambda s: register.for_staff(turn_of(s, anna)),
        lambda s: register.open_links(turn_of(s, anna)),
        lambda s: register.numbers(turn_of(s, anna)),
    ):
        with pytest.raises(refusals.OnlyForStaff):
            book.run(act)
    assert len(book.all(RegisterDraft)) == 1


def test_rows_that_nobody_said_yes_to_are_forgotten(book: Book) -> None:
    held(book)
    book.run(agenda.tidy, book.pact, NOW + KEPT)
    assert len(book.all(RegisterDraft)) == 1
    book.run(agenda.tidy, book.pact, NOW + KEPT * 1.1)
    assert book.all(RegisterDraft) == []


def test_links_of_contacts_who_have_not_connected(book: Book) -> None:
    book.contact("Anna")
    earlier = put(book, PARTNER)
    assert earlier
    put(book, replace(PARTNER, name="B GmbH", left_on=date(2025, 1, 1)))
    (link,) = book.acts(register.open_links, book.staff())
    assert (link.organisation, link.contact) == ("A GmbH", "Anna Amsel")
    for code in (earlier, link.code):
        book.acts(taking_up.open_invite, book.person("Anna"), code)


def test_numbers_count_partners_of_today(book: Book) -> None:
    put(book, PARTNER)
    put(book, replace(PARTNER, name="B e. V.", category=Category.ASSOCIATION, kind=Kind.INITIAL))
    put(book, replace(PARTNER, name="C GmbH", left_on=date(2025, 1, 1)))
    book.contact("Dora")
    numbers = book.acts(register.numbers, book.staff())
    assert numbers.by_kind == {Kind.INITIAL: 1, Kind.PARTNER: 2}
    assert numbers.by_category == {Category.COMPANY: 2, Category.ASSOCIATION: 1, Category.INSTITUTION: 0}
    assert (numbers.former, numbers.not_connected) == (1, 2)


def test_links_of_a_file_take_no_more_statements_for_many_than_for_a_few(book: Book) -> None:
    """Nobody else is answered meanwhile."""
    taken = []
    for count in (2, 40):
        partners = [replace(PARTNER, name=f"{count} Nr. {n} GmbH") for n in range(count)]
        done, _ = book.run(register.put_partners, partners, "de", NOW)
        taken.append(book.statements(register.links_for, done, NOW))
    assert taken[0] == taken[1]


def test_links_of_many_take_no_more_statements_than_those_of_few(book: Book) -> None:
    office = book.staff()
    for name in ("Anna", "Ben"):
        book.contact(name, telegram_id=None)
    few = book.statements_of(register.open_links, office)
    for name in ("Cem", "Dora", "Eve", "Finn"):
        book.contact(name, telegram_id=None)
    assert book.statements_of(register.open_links, office) == few
    links = book.acts(register.open_links, office)
    assert [link.contact for link in links] == ["Anna", "Ben", "Cem", "Dora", "Eve", "Finn"]
    assert len({link.code for link in links}) == len(links)


def test_link_of_a_successor_among_those_of_all_still_takes_over(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    team = book.acts(contacts.hand_over, anna, "Ben Neu")
    ben = next(contact.person for contact in team.contacts if contact.is_successor)
    later = NOW + INVITE_LIVES + timedelta(days=1)
    book.run(agenda.tidy, book.pact, later)
    book.at(later).acts(register.open_links, office)
    first, second = sorted(book.all(Invite), key=lambda row: row.id)
    assert (first.person_id, first.replaces_id) == (second.person_id, second.replaces_id) == (ben.id, anna.id)
    assert second.expires_at == later + PRINTED_LIVES  # a letter takes its time


def test_comma_in_the_name_of_a_partner_makes_no_two_of_it(book: Book) -> None:
    for name in ("Schmitz, Weber & Partner mbB", "Alpha GmbH"):
        book.organisation(name)
    typed = "Alpha, Schmitz, Weber & Partner, Beta"
    found, unknown = book.run(register.find_all, book.pact, typed)
    assert [one.name for one in found] == ["Alpha GmbH", "Schmitz, Weber & Partner mbB"]
    assert unknown == {"Beta": []}


def test_file_is_undone_as_a_whole_and_exactly(book: Book) -> None:
    fill(book)
    staff = book.staff("Otto")
    before = book.everything()
    draft_id = hold(book, [replace(PARTNER, name="Anna GmbH", city="Krefeld", size="small"), *NEW]).draft_id
    file_id = book.acts(bring_in, staff, draft_id).file_id
    assert [file.rows for file in book.acts(undoing.files, staff)] == [8]
    for piece in book.acts(undoing.pieces, staff, file_id):
        assert book.acts(undoing.undo, staff, piece) == undoing.Undone(8, ())
    after = book.everything()
    assert {name for name in after if after[name] != before[name]} == {"person", "register_import"}
    assert book.acts(undoing.files, staff) == []


def test_what_was_changed_or_used_since_stays_and_is_named(book: Book) -> None:
    put(book, PARTNER)
    staff = book.staff("Otto")
    draft_id = hold(book, [replace(PARTNER, city="Krefeld", street="Ostwall 1"), *NEW[1:]]).draft_id
    effects = book.acts(bring_in, staff, draft_id)
    ben = book.person("Ben Neu")
    book.acts(taking_up.use_invite, ben, effects.links[0].code)

    def move(session: Session) -> None:
        session.exec(select(Organisation).where(Organisation.name == "A GmbH")).one().city = "Neuss"

    book.run(move)
    [piece] = book.acts(undoing.pieces, staff, effects.file_id)
    assert book.acts(undoing.undo, staff, piece).kept == ("Ben", "A GmbH", "B GmbH")
    found = {row.name: (row.street, row.city) for row in book.all(Organisation)}
    assert found == {"A GmbH": ("", "Neuss"), "B GmbH": ("", "")}


def test_after_thirty_days_nothing_can_be_undone(book: Book) -> None:
    staff = book.staff("Otto")
    file_id = book.acts(bring_in, staff, held(book)).file_id
    later = NOW + undoing.UNDONE_WITHIN
    with pytest.raises(TooLateToUndoFile):
        book.at(later).acts(undoing.pieces, staff, file_id)
    assert book.at(later).acts(undoing.files, staff) == []


def test_file_that_broke_off_goes_on_and_no_piece_comes_in_twice(
    book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "PIECE", 1)
    draft_id, staff = held(book), book.staff("Otto")
    first = book.acts(drafts.to_bring_in, staff, draft_id)
    book.acts(drafts.bring_in_piece, staff, draft_id, first, "de")
    with pytest.raises(refusals.ButtonIsOutdated):
        book.acts(drafts.bring_in_piece, staff, draft_id, first, "de")
    file_id = book.acts(bring_in, staff, draft_id).file_id
    assert [row.name for row in book.all(Organisation)] == ["A GmbH", "B GmbH", "C GmbH"]
    assert len(book.acts(undoing.pieces, staff, file_id)) == 3


def test_many_rows_come_in_and_are_undone_with_as_few_statements_as_few(book: Book) -> None:
    """Nobody else is answered meanwhile."""
    staff, taken = book.staff("Otto"), []
    for count in (2, 40):
        rows = [replace(PARTNER, name=f"{count} Nr. {n} GmbH") for n in range(count)]
        draft_id = hold(book, rows).draft_id
        held = book.acts(drafts.to_bring_in, staff, draft_id)
        coming = book.statements_of(drafts.bring_in_piece, staff, draft_id, held, "de")
        file_id = book.acts(drafts.to_bring_in, staff, draft_id).file_id
        [piece] = book.acts(undoing.pieces, staff, file_id or 0)
        taken.append((coming, book.statements_of(undoing.undo, staff, piece)))
        assert book.all(Organisation) == []
    assert taken[0] == taken[1]
