"""The office's cases: what is overdue, who stands in, notes, owners, questions back, outcomes, search."""

from datetime import date, timedelta

import pytest

from domain.basics import refusals
from domain.joining.refusals import PaperIsGone, RequestIsDecided, StepIsImpossible
from domain.joining.requests import EntryKind, PaperKind, RequestState
from domain.joining.talks import OfficeHours, Result
from domain.partners.refusals import PersonIsGone
from storage import agenda
from storage.engine import people
from storage.engine.tables import Person
from storage.joining import case_progress, cases, papers, requests
from storage.joining.papers import Paper
from storage.joining.tables import CaseEntry, JoiningNotice, JoinRequest
from storage.office import digest, inquiries, talk_hours
from storage.office.tables import Inquiry, OfficeNotice
from storage.partners import reach
from tests.support.book import NOW, TODAY, Book, id_of

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
WEDNESDAY = NOW + 2 * DAY  # two working days after Monday


@pytest.fixture
def olga(book: Book) -> Person:
    return book.staff("Olga")


@pytest.fixture
def request_id(book: Book, olga: Person) -> int:
    assert olga.is_staff
    return id_of(book.asks_to_join(book.person("Anna"), "A GmbH"))


def state(book: Book) -> RequestState:
    return book.all(JoinRequest)[0].state


def test_silent_office_shows_in_the_digest_and_with_the_deputy(
    book: Book, olga: Person, request_id: int
) -> None:
    otto = book.staff("Otto")
    book.acts(cases.set_owner, olga, request_id, id_of(olga))
    book.run(agenda.work_off, book.pact, WEDNESDAY - MINUTE)
    assert book.told(JoiningNotice.OFFICE_IS_LATE) == []
    assert book.run(cases.next_due, NOW) == WEDNESDAY
    for _ in range(2):
        book.run(agenda.work_off, book.pact, WEDNESDAY)
    assert book.told(JoiningNotice.OFFICE_IS_LATE) == ["Otto"]
    (overdue,) = book.run(digest.gather, otto, WEDNESDAY).overdue.shown
    assert (overdue.id, overdue.name, overdue.since) == (request_id, "A GmbH", WEDNESDAY.date())


def test_deputy_stands_in_for_everybody_but_themself(book: Book, olga: Person) -> None:
    otto, paula = book.staff("Otto"), book.staff("Paula")
    assert book.run(talk_hours.deputies, None) == [olga.id, otto.id, paula.id]
    book.acts(talk_hours.set_deputy, olga, id_of(otto))
    assert book.run(talk_hours.deputies, olga.id) == [otto.id]
    assert book.run(talk_hours.deputies, otto.id) == [olga.id, paula.id]
    book.acts(talk_hours.set_deputy, olga, id_of(book.contact("Eve")))
    assert book.run(talk_hours.deputies, None) == [olga.id, otto.id, paula.id]


@pytest.mark.parametrize("answer", ["asks back", "steps on"])
def test_office_that_has_acted_is_not_late(book: Book, olga: Person, request_id: int, answer: str) -> None:
    book.staff("Otto")
    if answer == "asks back":
        book.acts(cases.ask_back, olga, request_id, "Welche Straße?")
    else:
        book.acts(cases.step, olga, request_id, RequestState.TALK_HELD)
    book.run(agenda.work_off, book.pact, NOW + 9 * DAY)
    assert book.told(JoiningNotice.OFFICE_IS_LATE) == []
    assert book.all(JoinRequest)[0].owner_id == olga.id


def test_answer_to_a_question_back_lands_in_the_case_and_is_the_offices_turn(
    book: Book, olga: Person, request_id: int
) -> None:
    case = book.acts(cases.ask_back, olga, request_id, "Welche Straße?")
    assert case.thread
    assert book.told(OfficeNotice.INQUIRY_ANSWER) == ["Anna"]
    anna = next(person for person in book.all(Person) if person.name == "Anna")
    book.at(NOW + DAY).acts(inquiries.ask, anna, case.thread.inquiry.id, "Ostwall")
    again = book.acts(cases.show, olga, request_id)
    assert again.thread
    assert [line.text for line in again.thread.lines] == ["Welche Straße?", "Ostwall"]
    assert again.request.office_due_at == NOW + 3 * DAY
    assert [row.kind for row in book.all(CaseEntry)][1:] == [EntryKind.ASKED_BACK, EntryKind.REPLIED]
    book.at(NOW + DAY).acts(cases.ask_back, olga, request_id, "Nummer?")
    assert len(book.all(Inquiry)) == 1


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (Result.JOINS, RequestState.TALK_HELD),
        (Result.THINKS, RequestState.ASLEEP),
        (Result.DECLINES, RequestState.WITHDRAWN),
        (Result.MISSED, RequestState.RECEIVED),
    ],
)
def test_outcome_of_the_talk_sets_the_next_step_and_the_applicant_is_told(
    book: Book, olga: Person, request_id: int, result: Result, expected: RequestState
) -> None:
    case = book.acts(cases.record_outcome, olga, request_id, result, TODAY)
    assert (case.request.state, case.request.due_on) == (expected, TODAY)
    assert book.told(JoiningNotice.REQUEST_STEP) == ["Anna"]
    assert (case.request.office_due_at is not None) == (result is Result.MISSED)


def test_steps_can_be_left_out_and_taken_back_but_not_a_signature(
    book: Book, olga: Person, request_id: int
) -> None:
    for step in (RequestState.AGREEMENT_SENT, RequestState.TALK_HELD, RequestState.DECLINED):
        book.acts(cases.step, olga, request_id, step)
    with pytest.raises(RequestIsDecided):
        book.acts(cases.step, olga, request_id, RequestState.TALK_HELD)
    book.acts(cases.step, olga, request_id, RequestState.RECEIVED)
    for forged in (RequestState.SIGNED, RequestState.TALK_ARRANGED, RequestState.RECEIVED):
        with pytest.raises(StepIsImpossible):
            book.acts(cases.step, olga, request_id, forged)
    book.acts(requests.sign, olga, request_id, TODAY)
    with pytest.raises(RequestIsDecided):
        book.acts(cases.step, olga, request_id, RequestState.RECEIVED)


def test_what_is_overdue_comes_first_then_what_is_due_soonest(book: Book, olga: Person) -> None:
    ids = [id_of(book.asks_to_join(book.person(name), name)) for name in ("late", "soon", "later", "asleep")]
    later, asleep = ids[2:]
    book.acts(cases.ask_back, olga, later, "Wie?")
    book.acts(cases.set_due, olga, later, TODAY + 20 * DAY)
    book.acts(cases.step, olga, asleep, RequestState.ASLEEP)
    book.acts(cases.set_due, olga, ids[0], TODAY - DAY)
    page = book.acts(cases.open_cases, olga)
    assert [line.request.organisation for line in page.lines] == ["late", "soon", "later", "asleep"]
    assert [line.is_overdue for line in page.lines] == [True, False, False, False]
    assert book.run(cases.overdue, NOW)[0].request.organisation == "late"


def test_long_list_has_pages(book: Book, olga: Person) -> None:
    for number in range(cases.PAGE + 1):
        book.asks_to_join(book.person(f"Anna{number}"), f"Firma {number}")
    page = book.acts(cases.open_cases, olga, 99)
    assert (page.number, page.pages, len(page.lines)) == (1, 2, 1)


def test_new_owner_is_told(book: Book, olga: Person, request_id: int) -> None:
    otto = book.staff("Otto")
    case = book.acts(cases.set_owner, olga, request_id, id_of(otto))
    assert case.owner == "Otto"
    assert book.told(JoiningNotice.REQUEST_RECEIVED) == ["Olga", "Otto"]
    with pytest.raises(PersonIsGone):
        book.acts(cases.set_owner, olga, request_id, id_of(book.contact("Eve")))


@pytest.mark.parametrize(
    "words", ["hoffmanns", "HOFFMANNS", "Baeckerei Hofmanns", "frida kontakt", "a@firma"]
)
def test_search_finds_by_name_spelling_contact_and_address(book: Book, olga: Person, words: str) -> None:
    book.asks_to_join(book.person("Frida"), "Bäckerei Hoffmanns GmbH")
    requests, _ = book.acts(cases.search, olga, words)
    assert [row.organisation for row in requests] == ["Bäckerei Hoffmanns GmbH"]


def test_search_finds_partners_by_their_contacts_too(book: Book, olga: Person) -> None:
    book.person("Gerda Gans", organisation="Seide KG")
    book.organisation("Stahl AG")
    assert [row.name for row in book.acts(cases.search, olga, "gans")[1]] == ["Seide KG"]


@pytest.mark.parametrize("words", ["Yildiz", "markovic", "KOENIGS", "weiss"])
def test_search_needs_no_letters_of_another_language(book: Book, olga: Person, words: str) -> None:
    book.person("Ayşe Yıldız", organisation="Marković & Königs Weiß KG")
    book.organisation("Stahl AG")
    assert [row.name for row in book.acts(cases.search, olga, words)[1]] == ["Marković & Königs Weiß KG"]


@pytest.mark.parametrize("words", ["02151 123456", "+49 2151/123456", "492151123456", "3456"])
def test_search_finds_by_the_number_of_organisation_contact_or_request(
    book: Book, olga: Person, words: str
) -> None:
    book.person("Gerda", organisation="Seide KG", phone="+492151123456")
    samt, stahl = book.organisation("Samt OHG"), book.organisation("Stahl AG")
    samt.phone, stahl.phone = "+492151123456", "+4921519999"
    book.add(samt)
    book.add(stahl)
    request = book.asks_to_join(book.person("Frida"), "Leinen GbR")
    request.phone = "+492151123456"
    book.add(request)
    requests, organisations = book.acts(cases.search, olga, words)
    assert [row.organisation for row in requests] == ["Leinen GbR"]
    assert [row.name for row in organisations] == ["Samt OHG", "Seide KG"]


def test_few_digits_are_no_number_to_search_for(book: Book, olga: Person) -> None:
    book.person("Gerda", organisation="Seide KG", phone="+492151123456")
    for words in ("215", "Haus 492151123456", "''"):
        assert book.acts(cases.search, olga, words) == ([], [])


def test_nobody_but_staff_touches_a_case(book: Book, olga: Person, request_id: int) -> None:
    anna = next(person for person in book.all(Person) if person.name == "Anna")
    day = date(2026, 11, 1)
    for stranger in (anna, book.person("Eve"), book.contact("Ben")):
        for deed in (
            lambda who: book.acts(cases.show, who, request_id),
            lambda who: book.acts(cases.open_cases, who),
            lambda who: book.acts(cases.history, who, request_id),
            lambda who: book.acts(cases.search, who, "A"),
            lambda who: book.acts(cases.note, who, request_id, "x"),
            lambda who: book.acts(cases.set_owner, who, request_id, id_of(olga)),
            lambda who: book.acts(cases.set_due, who, request_id, None),
            lambda who: book.acts(cases.step, who, request_id, RequestState.DECLINED),
            lambda who: book.acts(cases.ask_back, who, request_id, "x"),
            lambda who: book.acts(cases.record_outcome, who, request_id, Result.JOINS, None),
            lambda who: book.acts(requests.sign, who, request_id, day),
            lambda who: book.acts(talk_hours.show, who),
            lambda who: book.acts(talk_hours.set_deputy, who, 0),
            lambda who: book.acts(talk_hours.set_hours, who, OfficeHours()),
        ):
            with pytest.raises(refusals.OnlyForStaff):
                deed(stranger)
    assert state(book) is RequestState.RECEIVED
    assert len(book.all(CaseEntry)) == 1


def test_deputy_or_owner_who_cannot_be_told_does_not_keep_it_from_the_others(
    book: Book, olga: Person, request_id: int
) -> None:
    otto, paula = book.staff("Otto"), book.staff("Paula")
    book.acts(talk_hours.set_deputy, olga, id_of(otto))
    book.run(people.set_staff, otto.telegram_id or 0, is_staff=False, now=NOW)
    assert book.run(talk_hours.deputies, olga.id) == [paula.id]
    book.acts(cases.set_owner, olga, request_id, id_of(olga))
    book.run(reach.mark_unreachable, id_of(olga), NOW)
    request = book.all(JoinRequest)[0]
    assert set(book.run(case_progress.office_of, request)) == {olga.id, paula.id}


def test_office_hears_of_each_withdrawal(book: Book, olga: Person, request_id: int) -> None:
    anna = next(person for person in book.all(Person) if person.name == "Anna")
    for minute in (0, 2):
        book.at(NOW + minute * MINUTE).acts(requests.withdraw, anna, request_id, "")
        book.at(NOW + (minute + 1) * MINUTE).acts(cases.step, olga, request_id, RequestState.RECEIVED)
    assert book.told(JoiningNotice.REQUEST_STEP).count("Olga") == 2


def test_office_sees_on_the_case_what_partner_a_name_is_like_and_the_applicant_does_not(book: Book) -> None:
    office, eve = book.staff(), book.person("Eve")
    book.organisation("Bäckerei Hoffmanns GmbH")
    request = book.asks_to_join(eve, "baeckerei hofmanns")
    assert book.acts(cases.show, office, id_of(request)).alike == "Bäckerei Hoffmanns GmbH"
    own = book.acts(requests.own, eve)
    assert (own.known, own.alike) == (None, "")


def test_agreement_is_chased_once_a_day_and_comes_up_again(book: Book, olga: Person, request_id: int) -> None:
    with pytest.raises(StepIsImpossible):
        book.acts(cases.chase, olga, request_id)
    sent = book.acts(cases.step, olga, request_id, RequestState.AGREEMENT_SENT)
    assert sent.request.due_on == (NOW + 14 * DAY).date()
    for hours in (0, 1, 24):
        chased = book.at(NOW + timedelta(days=15, hours=hours)).acts(cases.chase, olga, request_id)
    assert len(book.told(JoiningNotice.AGREEMENT_CHASED)) == 2
    assert chased.request.due_on == (NOW + 30 * DAY).date()


def test_office_gets_the_certificate_and_files_the_agreement(
    book: Book, olga: Person, request_id: int
) -> None:
    book.acts(requests.sign, olga, request_id, TODAY)
    assert book.told(JoiningNotice.CERTIFICATE) == ["Olga"]
    partner = book.acts(cases.show, olga, request_id).request.organisation_id or 0
    given = [Paper(PaperKind.PLACE, "36-2/2026"), Paper(PaperKind.DOCUMENT, "vertrag.pdf", "AgAD")]
    filed = book.acts(papers.file, olga, partner, given)
    assert filed.signed_on == TODAY
    assert [one.name for one in filed.papers] == ["36-2/2026", "vertrag.pdf"]
    scan = filed.papers[1].id
    assert book.acts(papers.show, olga, scan).file_id == "AgAD"
    assert [one.name for one in book.acts(papers.remove, olga, scan).papers] == ["36-2/2026"]
    with pytest.raises(PaperIsGone):
        book.acts(papers.remove, olga, scan)
    with pytest.raises(refusals.OnlyForStaff):
        book.acts(papers.folder, book.person("Eve"), partner)
