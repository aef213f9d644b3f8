"""Notices make sense when they are sent, or are dropped."""

import re
from datetime import timedelta
from typing import Any

import pytest
from markupsafe import Markup

from domain.basics.pact import Pact
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.events.buttons import EnterAnswer
from handlers.fields import NOTICES
from handlers.programme.buttons import OnPoll, PollAct
from storage.engine import forms, inbox
from storage.engine.database import Database
from storage.engine.tables import EngineNotice, Notice, Person
from storage.events import changing
from storage.events.phone_calls import Call, OfferByPhone
from storage.events.tables import Event, EventNotice
from storage.home.returning import HomeNotice
from storage.ideas.tables import IdeaNotice
from storage.joining import cases
from storage.joining.tables import JoiningNotice
from storage.mailings.tables import MailingNotice
from storage.measures.tables import MeasureNotice
from storage.office import inquiries
from storage.office.tables import OfficeNotice
from storage.partners.tables import PartnerNotice
from storage.privacy.tables import PrivacyNotice
from storage.programme.tables import ProgrammeNotice
from storage.team_chats.tables import TeamChatNotice
from storage.workshop.tables import WorkshopNotice
from tests.handlers.programme.test_screens import a_taken_poll
from tests.support.book import NOW, Book, id_of
from tests.support.marked import fill
from tests.support.screens import german

ENUMS = (
    *(EngineNotice, EventNotice, HomeNotice, IdeaNotice, JoiningNotice, MailingNotice),
    *(
        MeasureNotice,
        OfficeNotice,
        PartnerNotice,
        PrivacyNotice,
        ProgrammeNotice,
        TeamChatNotice,
        WorkshopNotice,
    ),
)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


TO_STAFF = (
    *(EventNotice.CALL_OFFERED, EventNotice.CALL_CHANGED),
    *(IdeaNotice.REPORTED, IdeaNotice.OBJECTED, IdeaNotice.GROUP, IdeaNotice.GROUP_LINE),
    *(one for one in JoiningNotice if one.startswith("talk_")),
    *(JoiningNotice.REQUEST_RECEIVED, JoiningNotice.REQUEST_STEP, JoiningNotice.OFFICE_IS_LATE),
    *(JoiningNotice.CONCEPT_REGISTERED, *MailingNotice, *TeamChatNotice),
    *(MeasureNotice.REPORT_HANDED_IN, MeasureNotice.REPORT_TIME_ASKED),
    *(OfficeNotice.INQUIRY, OfficeNotice.STAFF_CHANGED),
    *(PartnerNotice.CHANGE_ASKED, PartnerNotice.COLLEAGUE_ASKS, PartnerNotice.HANDED_OVER),
    *(
        PartnerNotice.LINK_LOCKED,
        PartnerNotice.LINK_TAKEN_BACK,
        PrivacyNotice.LAST_CONTACT,
        PrivacyNotice.REQUEST,
    ),
    *(ProgrammeNotice.HOST_ANSWERED, ProgrammeNotice.POLL_ENDED, WorkshopNotice.ROUND_OVER),
)


WITH_FILE = (JoiningNotice.TALK_CONFIRMED, JoiningNotice.TALK_CANCELLED)  # each is a message of its own


@pytest.mark.parametrize("kind", sorted(set(TO_STAFF) - {TeamChatNotice.JOIN_DECIDED, *WITH_FILE}))
def test_what_the_office_gets_many_of_comes_as_one_message(kind: str) -> None:
    assert NOTICES.are_one(kind, Person(name="Olga", language="en", is_staff=True, created_at=NOW))
    assert NOTICES[kind].together


def test_dates_fixed_at_once_are_one_message_and_who_was_cut_off_is_told_alone(book: Book) -> None:
    eve, w = book.person("Eve"), german()
    assert NOTICES.are_one(ProgrammeNotice.POLL_TAKEN, eve)
    assert not NOTICES.are_one(PartnerNotice.LINK_TAKEN_BACK, eve)
    poll = a_taken_poll(w)
    screen = NOTICES.render_together(ProgrammeNotice.POLL_TAKEN, [poll, poll], w.t)
    assert [row[0].payload for row in screen.rows] == [OnPoll(PollAct.SHOW, poll.id)] * 2 + [Go("menu")]


def test_who_asks_to_join_is_told_of_each_time_at_once(book: Book) -> None:
    anna = book.person("Anna")
    assert not any(NOTICES.are_one(kind, anna) for kind in JoiningNotice if kind.startswith("talk_"))


def test_calls_that_come_at_once_are_lines_with_names_and_numbers(book: Book) -> None:
    event, call = (
        Event(id=7, title="Chor", starts_at=NOW, ends_at=NOW, created_at=NOW),
        Call("Petra Klein", "Chor am Markt", "+492151555666"),
    )
    offers = [OfferByPhone(number, call, event, 1, NOW, NOW) for number in (3, 4)]
    t = Texts("de", book.pact.timezone)
    screen = NOTICES.render_together(EventNotice.CALL_OFFERED, [[offer] for offer in offers], t)
    assert "📞 Anrufe</b> (2)" in screen.text
    assert "Petra Klein, +49 2151 555666, Chor am Markt" in screen.text
    assert [row[0].payload for row in screen.rows[:2]] == [
        EnterAnswer(7, number, EnterAnswer.SHOW, 0) for number in (3, 4)
    ]


@pytest.fixture
def book(sqlite: Database) -> Book:
    return Book(sqlite)


def load(book: Book, kind: str, person: Person, subject_id: int, after: timedelta = HOUR) -> Any:
    notice = Notice(
        id=1,
        person_id=id_of(person),
        kind=kind,
        subject_id=subject_id,
        key="a",
        priority=1,
        created_at=NOW,
        due_at=NOW,
    )
    return book.at(NOW + after).acts(NOTICES.load, person, notice)


def test_every_kind_of_notice_can_be_read_and_drawn() -> None:
    assert set(NOTICES) == {kind for enum in ENUMS for kind in enum}


OF_EVENTS = (
    EventNotice.EVENT_PUBLISHED,
    EventNotice.EVENT_MOVED,
    EventNotice.EVENT_REMINDER,
    EventNotice.EVENT_NUDGE,
    EventNotice.EVENT_CONFIRM,
    EventNotice.EVENT_NOTE,
    EventNotice.SEAT_OFFERED,
    EventNotice.OFFER_LAPSED,
    EventNotice.PASSED_OVER,
)


def told(book: Book, person: Person, event: Event, after: timedelta = HOUR) -> set[str]:
    """The kinds that would still be sent."""
    kinds = (*OF_EVENTS, EventNotice.EVENT_CANCELLED)
    return {kind for kind in kinds if load(book, kind, person, event.id, after)}


def test_end_of_an_offer_is_told_in_its_last_hours_while_it_is_open(book: Book) -> None:
    event = book.event(capacity=1)
    anna, ben = book.contact("Anna"), book.contact("Ben")
    book.answers(anna, event, 1)
    book.answers(ben, event, 1)
    book.gives_back(anna, event, 0)
    until = book.sees(ben, event).offered_until
    assert until
    for before, is_told in ((4 * HOUR, False), (3 * HOUR, True)):  # four hours are of a later offer
        found = load(book, EventNotice.OFFER_ENDS, ben, event.id, until - before - NOW)
        assert bool(found) is is_told
    book.takes_offer(ben, event)
    assert not load(book, EventNotice.OFFER_ENDS, ben, event.id, until - HOUR - NOW)
    assert NOTICES[EventNotice.OFFER_ENDS].is_quiet


def test_notice_of_an_event_goes_to_whom_it_still_concerns(book: Book) -> None:
    event = book.event(capacity=1)
    yes, waiting, no, silent = (book.contact(name) for name in ("Anna", "Ben", "Cem", "Dora"))
    for person, wish in ((yes, 1), (waiting, 1), (no, 0)):
        book.answers(person, event, wish)
    cancelled = EventNotice.EVENT_CANCELLED
    assert told(book, yes, event) - {cancelled} == {
        EventNotice.EVENT_MOVED,
        EventNotice.EVENT_REMINDER,
        EventNotice.EVENT_CONFIRM,
        EventNotice.EVENT_NOTE,
    }
    assert told(book, waiting, event) - {cancelled} == {EventNotice.EVENT_MOVED, EventNotice.PASSED_OVER}
    assert told(book, no, event) - {cancelled} == set()
    assert told(book, silent, event) - {cancelled} == {
        EventNotice.EVENT_PUBLISHED,
        EventNotice.EVENT_MOVED,
        EventNotice.EVENT_NUDGE,
    }
    assert told(book, yes, event, 30 * DAY) == set()  # it has begun


def test_of_a_cancelled_event_only_the_cancellation_is_told(book: Book) -> None:
    event, anna = book.event(), book.contact("Anna")
    book.answers(anna, event, 1)
    book.acts(changing.cancel, book.staff(), id_of(event), "Sturm")
    assert told(book, anna, event) == {EventNotice.EVENT_CANCELLED}


@pytest.mark.parametrize("kind", [*OF_EVENTS, EventNotice.EVENT_CANCELLED, JoiningNotice.PARTNER_SIGNED])
def test_notice_of_what_is_gone_is_dropped(book: Book, kind: str) -> None:
    assert load(book, kind, book.contact("Anna"), 999) is None


def test_organisation_that_answered_in_the_meantime_is_not_asked_for_its_answer(book: Book) -> None:
    event = book.event()
    anna, ben = (book.person(name, organisation="A GmbH") for name in ("Anna", "Ben"))
    book.answers(anna, event, 1)
    assert load(book, EventNotice.EVENT_NUDGE, ben, event.id) is None


def test_former_partner_is_not_asked_for_answers_any_more(book: Book) -> None:
    event = book.event()
    anna, ben = (book.contact(name) for name in ("Anna", "Ben"))
    book.answers(ben, event, 1)
    for name in ("Anna GmbH", "Ben GmbH"):
        book.add(book.organisation(name).sqlmodel_update({"left_on": NOW.date()}))
    asks = {EventNotice.EVENT_PUBLISHED, EventNotice.EVENT_NUDGE}
    assert not told(book, anna, event) & asks
    assert EventNotice.EVENT_REMINDER in told(book, ben, event)


def test_only_staff_get_requests_and_digests(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    request = book.asks_to_join(book.person("Ben"), "B GmbH")
    for kind in (JoiningNotice.REQUEST_RECEIVED, OfficeNotice.DIGEST):
        assert load(book, kind, office, request.id) is not None
        assert load(book, kind, anna, request.id) is None


def test_alarm_goes_to_staff_while_there_is_trouble(book: Book) -> None:
    office, anna = book.staff(), book.contact("Anna")
    assert load(book, EngineNotice.ALARM, office, 0) is None
    book.run(inbox.store, inbox.read([{"update_id": 7}], NOW))
    book.run(inbox.note_failure, 7, "KeyError: x", park=True)
    assert load(book, EngineNotice.ALARM, office, 0) is not None
    assert load(book, EngineNotice.ALARM, anna, 0) is None


def test_request_is_shown_as_it_is_when_the_notice_goes_out(book: Book) -> None:
    office = book.staff()
    request = book.asks_to_join(book.person("Ben"), "B GmbH")
    book.declines(office, request, "kein Sitz hier")
    card = load(book, JoiningNotice.REQUEST_RECEIVED, office, request.id)
    screen: Screen = NOTICES.render(
        JoiningNotice.REQUEST_RECEIVED, card, book.pact, NOW, Texts("de", book.pact.timezone)
    )
    assert "kein Sitz hier" in screen.text
    assert [button.label for row in screen.rows for button in row] == ["Mehr …", "Alle Vorgänge"]


def test_form_that_was_finished_or_gone_on_with_is_not_reminded_of(book: Book) -> None:
    anna = book.person("Anna")
    assert load(book, EngineNotice.FORM_REMINDER, anna, 0, DAY) is None
    form = book.acts(forms.start, anna, "idea", "topic")
    assert load(book, EngineNotice.FORM_REMINDER, anna, 0, DAY) is not None
    book.run(forms.save, form, NOW + HOUR)
    assert load(book, EngineNotice.FORM_REMINDER, anna, 0, DAY) is None
    of_old_version = book.acts(forms.start, anna, "gone", "topic")
    assert load(book, EngineNotice.FORM_REMINDER, anna, 0, DAY) is None, of_old_version.name


def test_who_takes_over_and_the_office_are_told_and_nobody_else(book: Book) -> None:
    office, ben, eve = book.staff(), book.contact("Ben"), book.contact("Eve")
    kind, organisation = PartnerNotice.HANDED_OVER, book.organisation("Ben GmbH")
    assert load(book, kind, ben, ben.id) == (organisation, ben, True)
    assert load(book, kind, office, ben.id) == (organisation, ben, False)
    assert load(book, kind, eve, ben.id) is None


PREVIEW = 60  # characters that a list of chats shows on a phone, at least


def previews(book: Book, person: Person, event: Event, language: str) -> dict[str, str]:
    """How what would be told of an event begins, by kind."""
    t = Texts(language, book.pact.timezone)
    found: dict[str, str] = {}
    for kind in (*OF_EVENTS, EventNotice.EVENT_CANCELLED):
        data = load(book, kind, person, event.id)
        if data:
            screen: Screen = NOTICES.render(kind, data, book.pact, NOW + HOUR, t)
            found[kind] = screen.text.striptags()[:PREVIEW]
    return found


@pytest.mark.parametrize("language", ["de", "en"])
def test_list_of_chats_tells_what_is_new_and_of_which_event(book: Book, language: str) -> None:
    office, event = book.staff(), book.event(capacity=1)
    yes, waiting, silent = (book.contact(name) for name in ("Anna", "Ben", "Cem"))
    for person in (yes, waiting):
        book.answers(person, event, 1)
    for title in ("Netzwerktreffen", "Werksbesuch"):
        book.acts(changing.change, office, id_of(event), {"title": title})
        for person in (yes, waiting, silent):
            told = previews(book, person, event, language)
            assert len(told) > 2
            assert all(title in one for one in told.values())
            assert len({one.split(title)[0] for one in told.values()}) == len(told)


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(minutes=30), "In 30 Minuten"),
        (HOUR, "Heute in einer Stunde"),
        (2 * HOUR, "Heute in 2 Stunden"),
        (DAY, "Morgen um 10:00 Uhr"),
        (7 * DAY, "In 7 Tagen"),
        (14 * HOUR, "Morgen um 00:00 Uhr"),
    ],
)
def test_reminder_begins_with_how_soon_it_is(ahead: timedelta, words: str) -> None:
    assert Texts("de", Pact().timezone).ahead(NOW + ahead, NOW) == words


def test_answer_of_the_office_begins_with_what_it_says(book: Book) -> None:
    anna, office = book.person("Anna"), book.staff()
    thread = book.acts(inquiries.ask, anna, None, "Wann beginnt es?")
    t = Texts("de", book.pact.timezone)
    for text in ("Um neun Uhr.", "Nein, um zehn."):
        book.acts(inquiries.answer, office, id_of(thread.inquiry), text)
        data = load(book, OfficeNotice.INQUIRY_ANSWER, anna, thread.inquiry.id)
        screen: Screen = NOTICES.render(OfficeNotice.INQUIRY_ANSWER, data, book.pact, NOW, t)
        assert text in screen.text.striptags()[:PREVIEW]
        assert "Wann beginnt es?" in screen.text


LOCKED = 100  # characters that a locked screen shows, at most


def shown_locked(book: Book, kind: str, person: Person, subject_id: int) -> str:
    data = load(book, kind, person, subject_id)
    assert data is not None
    t = Texts("de", book.pact.timezone)
    screen: Screen = NOTICES.render(kind, data, book.pact, NOW, t)
    return Markup(re.sub(r"(?s)<tg-spoiler>.*?</tg-spoiler>", "", screen.text)).striptags()[:LOCKED]


def test_locked_screen_shows_nothing_that_is_kept_of_a_person(book: Book) -> None:
    """Of the kinds that rows filled alike can be told of: those of events, talks, polls and files cannot.

    What is written in the forms of measures, the programme and the groups is tried by walking through them.
    """
    person, marks = fill(book)
    office = next(one for one in book.all(Person) if one.is_staff)
    by_reader = {
        person.id: (
            JoiningNotice.REQUEST_STEP,
            JoiningNotice.REQUEST_TWICE,
            JoiningNotice.PARTNER_SIGNED,
            JoiningNotice.CONCEPT_CHANGED,
            PartnerNotice.COLLEAGUE_ASKS,
            PartnerNotice.COLLEAGUE_ANSWERED,
            PartnerNotice.CHANGE_DECIDED,
            IdeaNotice.ANSWER,
            IdeaNotice.GROUP_LINE,
            WorkshopNotice.FATES,
            WorkshopNotice.ROUND,
            WorkshopNotice.ROUND_OVER,
            ProgrammeNotice.HOST_ANSWERED,
            MeasureNotice.SHARE_ENDED,
            MeasureNotice.MATCH_AGREED,
            TeamChatNotice.JOIN_DECIDED,
            HomeNotice.WELCOME_BACK,
            PrivacyNotice.STAY,
            EngineNotice.LOST_ANSWER,
        ),
        office.id: (
            PartnerNotice.FAREWELL,
            EngineNotice.OUTAGE,
            JoiningNotice.CONCEPT_REGISTERED,
            PartnerNotice.COLLEAGUE_ASKS,
            PartnerNotice.CHANGE_ASKED,
            MeasureNotice.SHARE_AGREED,
            TeamChatNotice.JOIN_ASKED,
            OfficeNotice.INQUIRY,
        ),
    }
    for reader in (person, office):
        for kind in by_reader[reader.id]:
            shown = shown_locked(book, kind, reader, 1)
            assert shown
            assert [mark for mark in marks if mark[:12] in shown] == [], kind


def test_locked_screen_tells_of_a_request_without_a_name(book: Book) -> None:
    office, request = book.staff(), book.asks_to_join(book.person("Ben"), "B GmbH")
    assert shown_locked(book, JoiningNotice.REQUEST_RECEIVED, office, request.id) == "Neue Beitrittsanfrage"


def test_two_requests_that_are_one_case_are_said_once(book: Book) -> None:
    olga = book.staff()
    for person, name in (("Anna", "Blumen Esser"), ("Bernd", "Blumen-Esser e.K."), ("Cem", "Café Nord")):
        book.asks_to_join(book.person(person), name)
    received = [row for row in book.all(Notice, Notice.id) if row.kind == JoiningNotice.REQUEST_RECEIVED]
    loaded = [book.acts(cases.show, olga, row.subject_id or 0) for row in received]
    assert len(loaded) == 3
    told = NOTICES.distinct(JoiningNotice.REQUEST_RECEIVED, loaded, Texts("en", book.pact.timezone))
    assert [case.request.organisation for case in told] == ["Blumen Esser", "Café Nord"]
