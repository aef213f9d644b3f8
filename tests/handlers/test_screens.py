"""Every screen in every language, with texts that try to break it: it parses, it fits, nothing leaks."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup
from telegram import InlineKeyboardMarkup, ReplyKeyboardMarkup

import handlers
from domain.basics import refusals
from domain.basics.pact import Pact
from domain.basics.refusals import Refusal
from domain.basics.rows import Problem, Rejected
from domain.events.event import Ask, EventKind, EventState, Status
from domain.events.feedback import Aspect, Opinion, evaluate
from domain.events.refusals import (
    AnswersAreClosed,
    DoorIsClosed,
    InvitationsTooLate,
    NotEnoughSeats,
    RoomIsTooSmall,
    TooLateToCorrect,
    TooManyForOrganisation,
    TooManyNames,
    TooManyPictures,
)
from domain.ideas.topics import Topic
from domain.joining.concepts import ConceptState
from domain.joining.refusals import (
    ApplicantIsContact,
    ConceptIsRegistered,
    RequestIsDecided,
    TimesOverlap,
    TooLateToChange,
)
from domain.joining.requests import EntryKind, Hope, RequestState
from domain.joining.sme import Outcome, Reason, Rule, Verdict
from domain.joining.talks import OfficeHours, Result, Side, TalkState, Way, Window
from domain.office.digest import Digest, EventCount
from domain.partners.contacts import ChangeState, ColleagueState
from domain.partners.organisations import Category, Kind, Sector, Size
from domain.partners.refusals import AlreadyInvolved, LeftBeforeJoined, NameIsTaken
from domain.partners.register import Effect
from handlers.chat.buttons import TurnList
from handlers.chat.form_engine import OUTDATED
from handlers.chat.questions import SUMMARY, Asked
from handlers.chat.screens import forms
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.screens.screen import CAPTION_LIMIT, File, Screen
from handlers.chat.texts import LANGUAGES, Texts
from handlers.events.buttons import BringColleague, ShowEvent, ShowPlan, TurnColleagues
from handlers.events.screens import (
    answering,
    answers_by_office,
    cards,
    door,
    event_notices,
    feedback,
    phone_calls,
    planning,
    sharing,
)
from handlers.home.screens import menu, pages, privacy, profile
from handlers.ideas.screens import board
from handlers.joining.buttons import PickDay, TurnMonth
from handlers.joining.screens import applying, cases, concepts, talks
from handlers.office.desk import Desk
from handlers.office.screens import desk, inquiries
from handlers.partners.buttons import Deed, DoWithContact
from handlers.partners.screens import contacts, organisations, register
from handlers.partners.screens.register import REASONS
from handlers.partners.sheets import PROBLEMS
from handlers.questionnaires import QUESTIONNAIRES
from sandbox.markup import parse_html
from storage.engine.alarms import Trouble
from storage.engine.tables import Form, Person
from storage.events.answers_by_office import Entry as Entered
from storage.events.answers_by_office import Found
from storage.events.door import Arrival
from storage.events.guest_list import Counts, Guest
from storage.events.phone_calls import Call, OfferByPhone
from storage.events.planning import Reach
from storage.events.tables import Event
from storage.events.unanswered import Silent
from storage.events.views import PAGE as EVENTS_ON_A_PAGE
from storage.events.views import Card, Colleague, Page
from storage.home.profiles import Profile
from storage.ideas.board import PAGE as IDEAS_ON_A_PAGE
from storage.ideas.board import Page as IdeaPage
from storage.ideas.tables import Idea
from storage.joining.cases import ENTRIES, Case, CaseLine, CasePage, Entry
from storage.joining.cases import PAGE as CASES_ON_A_PAGE
from storage.joining.concepts import Registered
from storage.joining.tables import Concept, JoinRequest, Talk
from storage.joining.talks import TalkCard
from storage.office.digest import LISTED, SHORT
from storage.office.inquiries import SHOWN as LINES_SHOWN
from storage.office.inquiries import Line, Thread
from storage.office.tables import Inquiry
from storage.office.talk_hours import OfficeCard
from storage.partners.colleagues import ColleagueCard
from storage.partners.contacts import Contact, Opened, Team
from storage.partners.drafts import Effects
from storage.partners.organisations import ChangeCard
from storage.partners.register import Link, Numbers
from storage.partners.tables import ColleagueRequest, Invite, Organisation, OrganisationChange

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATE = NOW + timedelta(days=1)
LARGEST = 2**31 - 1
TEXT_LIMIT = 4096  # in UTF-16 units, counted after the markup is parsed
EVIL = "<b>&\"'</i>{0}{name}%s&amp;"
Fill = Callable[[int], str]

FILLS: dict[str, Fill] = {
    "markup": lambda limit: (EVIL * limit)[:limit],
    "long": lambda limit: "W" * limit,
    "emoji": lambda limit: "😀" * (limit // 2),  # as many as the forms let through
}


@dataclass(frozen=True)
class World:
    """Data of one kind of evil, and the words of one language."""

    fill: Fill
    t: Texts

    @property
    def pact(self) -> Pact:
        name = self.fill(30)
        return Pact(name=name, city=name, office=name)

    def event(self, **columns: Any) -> Event:
        texts = {"title": 120, "place": 160, "address": 160, "host": 160, "description": 1500}
        given = {
            **{name: self.fill(limit) for name, limit in texts.items()},
            "id": LARGEST,
            "starts_at": LATE,
            "ends_at": LATE + timedelta(days=1),
            "created_at": NOW,
            "capacity": 10_000,
            "taken": 10_000,
            "waiting": 10_000,
            "answer_by": LATE,
            "kind": EventKind.WORKSHOP,
            "latitude": -51.123456,
            "longitude": 106.123456,
            "questions": list(Ask),
            "arrival_note": self.fill(500),
            "improvements": self.fill(500),
            **columns,
        }
        return Event(**given)

    def card(self, status: Status | None = None, party: int = 0, **columns: Any) -> Card:
        event, name = self.event(**columns), self.fill(128)
        return Card(
            event,
            status,
            party,
            position=10_000 if status is Status.WAITING else None,
            is_partner=True,
            is_staff=True,
            now=NOW,
            offered=party if status is Status.OFFERED else 0,
            offered_until=LATE,
            one_is_enough=party == 3,
            replies={} if party == 1 else {ask.value: "yes" for ask in Ask} | {"food": "vegetarian"},
            names=(name,) * max(party - 1, 0),
            colleagues=tuple(Colleague(name, status, 20) for status in Status),
        )

    def cards(self) -> list[Card]:
        some = [
            self.card(),
            self.card(capacity=None, taken=1),
            self.card(Status.NO, taken=0),
            self.card(Status.WAITING, 3, taken=9_999),
            self.card(Status.YES, 1, state=EventState.CANCELLED, reason=self.fill(500)),
            *(replace(self.card(Status.YES, 20, ends_at=NOW, **it), was_there=True) for it in self.recaps()),
            replace(self.card(Status.YES, 4), is_staff=False, is_host=True),
            replace(self.card(seats_per_company=10_000), room=0),
            replace(self.card(capacity=10_002), room=10_000),
            replace(self.card(), is_staff=False, is_partner=False),
        ]
        return [*some, *(self.card(status, party) for status in Status for party in (1, 4, 20))]

    def recaps(self) -> list[dict[str, Any]]:
        """Before and after it was sent."""
        draft = {"recap": self.fill(1500), "recap_pictures": ["a"] * 10, "recap_changed_at": NOW}
        return [draft, {**draft, "recap_sent_at": NOW}]

    def reach(self) -> Reach:
        return Reach(9999, 9999, 9999, 9999, chosen=(self.fill(160),) * 100)

    def replaced(self) -> dict[str, str]:
        texts = {name: self.fill(160) for name in ("place", "address")}
        return texts | dict.fromkeys(("starts_at", "ends_at", "answer_by"), LATE.isoformat())

    def guests(self) -> list[Guest]:
        name = self.fill(128)
        return [
            Guest(LARGEST, number, name if number else "", name, self.fill(160), 60, {}, name, arrived)
            for number in range(60)
            for arrived in (None, NOW)
        ]

    def calls(self) -> list[Call]:
        return [Call(self.fill(128), self.fill(160), phone) for phone in ("+4921511234567", "") * 10]

    def arrivals(self) -> list[Arrival]:
        found = self.guests()
        plain = [Arrival(self.event(), guest, found) for guest in found[:3]]
        return [
            *plain,
            replace(plain[0], since=NOW),
            replace(plain[0], is_another_day=True),
        ]

    def entries(self) -> list[Entered]:
        cards = [*self.cards(), self.card(Status.LAPSED)]
        return [
            Entered(card, self.person(), by, NOW if card.status else None)
            for card in cards
            for by in ("", self.fill(128))
        ]

    def counts(self, **columns: Any) -> Counts:
        replies = {"food": {"all": 9999, "vegan": 9999, "": 9999}, "photos": {"no": 1}}
        return Counts(self.event(**columns), 9999, 999, 99, 9999, replies)

    def person(self, **columns: Any) -> Person:
        named = {"name": self.fill(128), "id": 1, **columns}
        return Person(telegram_id=2**52, language="de", created_at=NOW, **named)

    def organisation(self, **columns: Any) -> Organisation:
        name = self.fill(160)
        return Organisation(
            **columns,
            id=1,
            name=name,
            name_key=name,
            kind=Kind.PARTNER,
            category=Category.COMPANY,
            joined_on=date(2024, 1, 1),
        )

    def request(self, **columns: Any) -> JoinRequest:
        return JoinRequest(
            id=LARGEST,
            person_id=1,
            organisation=self.fill(160),
            category=Category.INSTITUTION,
            size=Size.LARGE,
            contact_name=self.fill(128),
            email=f"{'a' * 64}@{'b' * 60}.de",
            consent_version="1",
            received_at=NOW,
            **{
                "reason": self.fill(500),
                "postcode": "47798",
                "phone": "+492151123",
                "sector": Sector.OTHER,
                "hopes": [*Hope, *[self.fill(200)] * 5],
                "measures": self.fill(300),
                "contact_role": self.fill(80),
                "sme_outcome": Outcome.MID_CAP,
                "state": RequestState.RECEIVED,
                **columns,
            },
        )

    @property
    def hours(self) -> OfficeHours:
        days = frozenset(date(2027, 1, 1) + timedelta(days=number) for number in range(200))
        windows = tuple(Window(weekday, time(9), time(17)) for weekday in range(5)) * 2
        return OfficeHours(
            windows, blocked=days, place=self.fill(160), video_link=f"https://a.de/{'x' * 280}"
        )

    def talk(self, **columns: Any) -> Talk:
        given = {"way": Way.VIDEO, "state": TalkState.OPEN, "words": self.fill(500), **columns}
        return Talk(id=LARGEST, request_id=LARGEST, changed_at=NOW, **given)

    def talks(self) -> list[TalkCard]:
        arranged = {"starts_at": LATE, "ends_at": LATE + timedelta(hours=1), "sequence": 1}
        moments = (LATE, LATE + timedelta(days=1), LATE + timedelta(days=2))
        kinds: list[dict[str, Any]] = [
            *(
                {"turn": turn, "way": way, **extra}
                for turn in Side
                for way in Way
                for extra in ({}, arranged)
            ),
            {**arranged, "way": Way.PHONE},
            {**arranged, "state": TalkState.CANCELLED},
            {"state": TalkState.CANCELLED},
        ]
        return [
            TalkCard(
                self.talk(**kind), request, moments if kind.get("turn") else (), Way.PHONE, side, self.hours
            )
            for kind in kinds
            for side in Side
            for request in (self.request(), self.request(phone=None))
        ]

    def entry(self, kind: EntryKind) -> Entry:
        texts = {EntryKind.STEP: f"asleep\n{self.fill(500)}", EntryKind.OUTCOME: Result.MISSED}
        texts |= {EntryKind.DUE: "2026-12-01"}
        return Entry(kind, texts.get(kind, self.fill(1000)), self.fill(128), NOW)

    def cases(self) -> list[Case]:
        notes = (self.entry(EntryKind.NOTE),) * 3
        name, due = self.fill(128), {"office_due_at": NOW, "due_on": date(2026, 12, 1)}
        talk = self.talk(turn=Side.OFFICE, starts_at=LATE, ends_at=LATE)
        full = [
            Case(
                self.request(state=state, signed_on=date(2026, 1, 1), organisation_id=LARGEST, **due),
                self.organisation(),
                name,
                name,
                talk if state in (RequestState.RECEIVED, RequestState.TALK_ARRANGED) else None,
                (LATE,) * 3,
                Way.VIDEO,
                self.hours,
                self.thread(is_office=state is RequestState.RECEIVED),
                notes,
            )
            for state in RequestState
        ]
        outside = self.request(postcode="40210", hopes=[], measures="", phone=None, sme_outcome=None)
        full.append(replace(full[0], known=None, alike=self.fill(160)))
        return [*full, Case(outside, None, "", "", None, (), None, self.hours, None, ())]

    def contact(self, **columns: Any) -> Contact:
        return Contact(self.person(role=self.fill(80), **columns), self.fill(16), is_successor=False)

    def team(self, reader: Person) -> Team:
        colleagues = (
            self.contact(is_main_contact=True),
            self.contact(id=2, phone="+492151123", email="a@firma.de"),
            Contact(self.person(id=3), "", is_successor=False),
            Contact(self.person(id=4, unreachable_since=NOW), "", is_successor=False),
            *(
                Contact(Person(id=9, name="A", language="de", created_at=NOW), "c", is_successor=it)
                for it in (True, False)
            ),
        )
        organisation = self.organisation()
        organisation.left_on, organisation.phone = date(2026, 1, 1), "+492151123"
        return Team(organisation, colleagues * 8, reader, may_manage=True)

    def teams(self) -> list[Team]:
        readers = [self.person(is_staff=True), self.person(organisation_id=1)]
        nobody = Team(self.organisation(), (), readers[1], may_manage=False)
        return [*map(self.team, readers), nobody]

    def colleagues(self) -> list[ColleagueCard]:
        return [
            ColleagueCard(
                ColleagueRequest(
                    id=LARGEST,
                    person_id=1,
                    organisation_id=1,
                    name=self.fill(128),
                    state=state,
                    consent_version="1",
                    asked_at=NOW,
                ),
                self.organisation(),
                self.fill(128),
            )
            for state in ColleagueState
        ]

    def opened(self) -> Opened:
        invite = Invite(code="c" * 16, person_id=1, created_at=NOW, used_by=self.fill(128))
        return Opened(invite, self.person(), self.organisation())

    def changes(self) -> list[ChangeCard]:
        seat = {"name": self.fill(160), "street": self.fill(160), "postcode": "47798", "city": self.fill(80)}
        base = {"id": LARGEST, "organisation_id": 1, "person_id": 1, "asked_at": NOW, **seat}
        return [
            ChangeCard(
                OrganisationChange(state=state, **base),  # type: ignore[arg-type] # a table of columns
                self.organisation(),
                self.fill(128),
                self.fill(128),
            )
            for state in ChangeState
        ]

    def free(self) -> dict[date, list[datetime]]:
        days = [date(2026, 12, 1) + timedelta(days=number) for number in range(50)]
        return {day: [LATE + timedelta(minutes=15 * n) for n in range(30)] for day in days}

    def profiles(self) -> list[Profile]:
        contact = {"email": "a@firma.de", "phone": "+492151123"}
        return [
            Profile(self.person(is_staff=True), None, None, 0, 0),
            Profile(self.person(**contact), self.organisation(), self.request(), 1, 1),
            *(
                Profile(self.person(is_main_contact=True), self.organisation(is_listed=it), None, 1, 1)
                for it in (True, False)
            ),
            Profile(self.person(), None, self.request(), LARGEST, LARGEST),
            Profile(self.person(), None, None, 0, 0),
        ]

    def digest(self) -> Digest:
        requests = tuple((LARGEST, self.fill(160), NOW) for _ in range(LISTED))
        count = EventCount(LARGEST, self.fill(120), LATE, 9999, 9999, 9999, 9999, 9999)
        return Digest(
            since=NOW,
            until=LATE,
            new_requests=tuple((number, name) for number, name, _ in requests),
            waiting_requests=requests,
            overdue_requests=tuple((number, name, LATE.date()) for number, name, _ in requests),
            changes=9999,
            talks=((LATE, self.fill(160)),) * LISTED,
            silent=((self.fill(160), ", ".join(["+492151123456"] * 3)),) * LISTED,
            events=(count,) * LISTED,
            ended=((LARGEST, self.fill(120)),) * LISTED,
            ideas=((Topic.PROJECT, self.fill(SHORT)),) * LISTED,
            questions=9999,
            idea_count=9999,
            unreachable=((self.fill(128), self.fill(160)),) * LISTED,
            parked_updates=9999,
            failed_notices=9999,
        )

    def pages_of_ideas(self) -> list[IdeaPage]:
        idea = Idea(id=1, person_id=1, topic=Topic.PROJECT, text=self.fill(2000), created_at=NOW)
        full = IdeaPage(((idea, self.fill(160)),) * IDEAS_ON_A_PAGE, 1, 999, 9999)
        return [full, replace(full, are_all=False), IdeaPage((), 0, 1, 0)]

    def concept(self, state: ConceptState) -> Registered:
        moments = {"registered_at": NOW, "changed_at": NOW}
        concept = Concept(
            organisation_id=1, state=state, reason=self.fill(500), registered_by_id=1, **moments
        )
        return Registered(concept, self.organisation())

    def thread(self, *, is_office: bool) -> Thread:
        line = Line(self.fill(2000), NOW, self.fill(128), is_office=is_office)
        inquiry = Inquiry(id=LARGEST, person_id=1, opened_at=NOW)
        return Thread(inquiry, self.person(), self.fill(160), (line,) * LINES_SHOWN)

    def rejected(self, rows: int) -> tuple[Rejected, ...]:
        """Every way in which a row can be wrong, again and again."""
        given = [
            Problem("kind", self.fill(60), kind, self.fill(400), 5000, self.fill(400))
            for kind in (*PROBLEMS, "unknown")
        ]
        ways = [(problem,) for problem in given] + [tuple(given)]
        return tuple(Rejected(5000 + number, ways[number % len(ways)]) for number in range(rows))

    def asked(self) -> Asked:
        """Everything that any form asks."""
        texts = {"organisation": 160, "contact": 128, "reason": 500, "text": 2000, "title": 120}
        texts |= {"place": 160, "address": 160, "host": 160, "description": 1500}
        return Asked(
            self.pact,
            NOW,
            self.t,
            {name: self.fill(limit) for name, limit in texts.items()}
            | {"category": "institution", "postcode": "47798", "size": "large", "consent": "yes"}
            | {"email": f"{'a' * 64}@{'b' * 60}.de", "phone": "+4921511234567", "topic": "project"}
            | {"when": {"day": "2026-12-10", "starts": None, "ends": None}, "kind": "workshop"}
            | {"starts": {"starts": "14:00", "ends": None}, "ends": "17:00", "answer_by": LATE.isoformat()}
            | {"about_text": self.fill(1200), "reach": [9999, 9999, 9999], "at": LATE.isoformat()}
            | {"seats": 10_000, "each": 10_000, "calls": [[*call] for call in self.calls()]}
            | {"hopes": [*Hope, *[self.fill(200)] * 5], "ways": list(Way), "words": self.fill(500)}
            | {"windows": [[1, "09:00", "12:00"]] * 20, "length": 240, "notice": 336}
            | {"blocked": ["2026-12-24"] * 200, "times": [LATE.isoformat()] * 3, "result": "joins"}
            | {name: self.fill(limit) for name, limit in {"name": 160, "street": 160, "city": 80}.items()},
            subject_id=LARGEST,
        )

    def form(self, name: str) -> Form:
        return Form(
            person_id=LARGEST,
            name=name,
            question=SUMMARY,
            subject_id=LARGEST,
            started_at=NOW,
            touched_at=NOW,
        )


def steps(w: World) -> Iterable[Screen]:
    for form in QUESTIONNAIRES.values():
        for key in (*(question.key for question in form.questions), SUMMARY):
            for problem in (None, OUTDATED):
                yield forms.render_step(form, key, problem, w.asked())
                if key != SUMMARY:
                    yield forms.render_step(form, key, problem, Asked(w.pact, NOW, w.t, {}))


def all_refusals() -> list[Refusal]:
    given: dict[type[Refusal], list[Refusal]] = {
        AnswersAreClosed: [AnswersAreClosed(NOW)],
        TooManyForOrganisation: [TooManyForOrganisation(10_000, 0)],
        NotEnoughSeats: [NotEnoughSeats(free, 10_000) for free in (0, 1, 9_999)],
        AlreadyInvolved: [AlreadyInvolved(EVIL, is_partner=it) for it in (True, False)],
        ConceptIsRegistered: [ConceptIsRegistered(ConceptState.COMMISSIONED)],
        TooManyNames: [TooManyNames(n) for n in (0, 1, 19)],
        TooLateToChange: [TooLateToChange(timedelta(hours=24))],
        TooLateToCorrect: [TooLateToCorrect(NOW)],
        DoorIsClosed: [DoorIsClosed(NOW)],
        RoomIsTooSmall: [RoomIsTooSmall(10_000)],
        TooManyPictures: [TooManyPictures(10)],
        InvitationsTooLate: [InvitationsTooLate(LATE)],
        refusals.FileIsUnusable: [refusals.FileIsUnusable(fault, EVIL) for fault in refusals.Fault],
        TimesOverlap: [TimesOverlap(timedelta(minutes=45))],
        LeftBeforeJoined: [LeftBeforeJoined(date(2024, 1, 1))],
        NameIsTaken: [NameIsTaken(EVIL)],
        ApplicantIsContact: [ApplicantIsContact(EVIL)],
        refusals.FileIsUnusable: [refusals.FileIsUnusable(it, "Spalte, " * 40) for it in refusals.Fault],
        RequestIsDecided: [RequestIsDecided(it, EVIL) for it in RequestState],
    }
    return [refusal for kind in Refusal.__subclasses__() for refusal in given.get(kind) or [kind()]]


SCREENS: dict[str, Callable[[World], Iterable[Screen | Markup]]] = {
    "render_events": lambda w: (
        [
            cards.render_events(Page((card,) * EVENTS_ON_A_PAGE, 1, 3, NOW, is_past=is_past), w.t)
            for card in w.cards()
            for is_past in (True, False)
            if card.event.state is EventState.PUBLISHED
        ]
        + [
            cards.render_events(Page((), 0, 1, is_past=past, is_for_partner=partner), w.t)
            for past in (True, False)
            for partner in (True, False)
        ]
    ),
    "render_my_answers": lambda w: [
        cards.render_my_answers(some, page, w.t)
        for some in ([], [w.card(Status.WAITING, 4)] * 13)
        for page in (0, 1, 9)
    ],
    "render_card": lambda w: [cards.render_card(card, w.t) for card in w.cards()],
    "render_replies": lambda w: [answering.render_replies(w.card(Status.YES, 4), w.t)],
    "render_question": lambda w: [answering.render_question(LARGEST, ask, w.t) for ask in Ask],
    "render_colleagues": lambda w: [
        answering.render_colleagues(LARGEST, some, page, w.t)
        for some in ([], [w.person()] * 20)
        for page in (0, 1, 9)
    ],
    "render_calendar": lambda w: [answering.render_calendar(card, w.t) for card in w.cards()],
    "render_outdated_file": lambda w: [answering.render_outdated_file(card, w.t) for card in w.cards()],
    "render_code": lambda w: [
        answering.render_code(w.card(Status.YES, 20), number, w.t) for number in (0, 1, 19)
    ],
    "render_plan": lambda w: [
        planning.render_plan(w.event(state=state, **more), w.reach(), NOW, w.t)
        for state in EventState
        for more in ({"picture": "a", "seats_per_company": 9999}, {"publish_at": LATE, "audience": [1]})
    ],
    "render_audience": lambda w: [planning.render_audience(w.event(), w.t)],
    "render_drafts": lambda w: [planning.render_drafts(some, 1, w.t) for some in ([], [w.event()] * 20)],
    "render_discard": lambda w: [planning.render_discard(w.event(), w.t)],
    "render_discarded": lambda w: [planning.render_discarded(w.t)],
    "render_reach": lambda w: [planning.render_reach(n, n, n, w.t) for n in (0, 1, 9999)],
    "render_published": lambda w: [planning.render_published(w.event(), w.t)],
    "render_cancelled_for_staff": lambda w: [planning.render_cancelled_for_staff(w.event(), w.t)],
    "render_calls": lambda w: [
        phone_calls.render_calls(w.event(state=state), w.calls(), w.t)
        for state in (EventState.PUBLISHED, EventState.CANCELLED)
    ],
    "render_call_offers": lambda w: [
        phone_calls.render_call_offers([OfferByPhone(LARGEST, call, w.event(), n, LATE)] * n, w.t)
        for call in w.calls()[:2]
        for n in (1, 2)
    ],
    "render_guests": lambda w: [door.render_guests(w.counts(), w.t)],
    "render_silent": lambda w: [
        door.render_silent(w.event(), some, page, w.t)
        for some in ([], [Silent(w.fill(160), LARGEST, (w.fill(128),) * 9)] * 33)
        for page in (0, 3)
    ],
    "render_host": lambda w: [
        door.render_host(counts, w.t) for counts in (w.counts(), w.counts(arrival_note=""))
    ],
    "render_people": lambda w: [
        answers_by_office.render_people(LARGEST, found, w.t)
        for found in (
            Found([], [], 0),
            Found([(w.person(), w.fill(160))] * 12, [w.organisation()] * 12, 9999),
        )
    ],
    "render_alike": lambda w: [
        answers_by_office.render_alike(
            LARGEST, [(w.person(), w.fill(160))] * 12, w.person(), w.t, has_come=it
        )
        for it in (True, False)
    ],
    "render_numbers": lambda w: [answers_by_office.render_numbers(some, w.t) for some in w.entries()[:1]],
    "render_own_answer": lambda w: [answers_by_office.render_own_answer(some, w.t) for some in w.entries()],
    "render_entry": lambda w: [
        answers_by_office.render_entry(some, w.t, asking, refused, 20)
        for some in w.entries()
        for asking in (None, Ask.FOOD)
        for refused in (None, NotEnoughSeats(0, 0), TooManyForOrganisation(2, 0))
    ],
    "render_door": lambda w: [
        door.render_door(w.event(), some, arrived, page, w.t, searches=searches)
        for searches in (False, True)
        for some in ([], w.guests())
        for arrived in (0, 1)
        for page in (0, 2)
    ],
    "render_search": lambda w: [door.render_search(w.event(), some, w.t) for some in ([], w.guests())],
    "render_arrival": lambda w: [door.render_arrival(arrival, w.t) for arrival in w.arrivals()],
    "render_at_the_door": lambda w: [door.render_at_the_door(arrival, w.t) for arrival in w.arrivals()],
    "render_without_seat": lambda w: [
        door.render_without_seat(w.event(taken=taken), "A" * 12, w.t) for taken in (0, 10_000)
    ],
    "render_door_code": lambda w: [door.render_door_code(w.event(), w.t)],
    "render_note_sent": lambda w: [door.render_note_sent(w.event(), w.t)],
    "render_thanks": lambda w: [feedback.render_thanks(w.card(Status.YES, 1), w.t)],
    "render_keep": lambda w: [feedback.render_keep(LARGEST, w.t)],
    "render_to_change": lambda w: [feedback.render_to_change(LARGEST, w.t)],
    "render_given": lambda w: [feedback.render_given(LARGEST, w.t)],
    "render_wish_noted": lambda w: [feedback.render_wish_noted(LARGEST, w.t)],
    "render_results": lambda w: [
        feedback.render_results(w.event(), evaluate(said, 60), missed, n, w.t)
        for n in (0, 1, 9999)
        for said in ([], [Opinion(4, Aspect.PLACE, Aspect.LENGTH)] * 3)
        for missed in (None, 1, 9)
    ],
    "render_wishes": lambda w: [
        feedback.render_wishes(w.event(), wishes, page, w.t)
        for wishes in ([], [w.fill(1000)] * 30, [w.fill(8)] * 300)
        for page in (0, 99)
    ],
    "render_recap_draft": lambda w: [
        feedback.render_recap_draft(w.event(**recap), w.t)
        for recap in ({}, *w.recaps(), {**w.recaps()[1], "recap_changed_at": LATE})
    ],
    "render_pictures": lambda w: [
        feedback.render_pictures(replace(w.card(**recap), is_staff=is_staff), w.t)
        for recap in w.recaps()
        for is_staff in (True, False)
    ],
    "render_recap_sent": lambda w: [feedback.render_recap_sent(w.event(), w.t)],
    "render_recap": lambda w: [
        feedback.render_recap(w.card(Status.YES, 1, **recap), w.t, is_again=it)
        for recap in w.recaps()
        for it in (True, False)
    ],
    "render_public": lambda w: [
        sharing.render_public(
            w.event(state=state, reason=w.fill(500), **more), "https://t.me/b?start=e-1", now, w.t
        )
        for state in (EventState.PUBLISHED, EventState.CANCELLED)
        for more in ({}, {"capacity": None, "taken": 1})
        for now in (NOW, LATE + timedelta(seconds=1))
    ],
    "render_none": lambda w: [sharing.render_none(w.t)],
    "render_later": lambda w: [sharing.render_later([(w.event(), "https://t.me/b?start=e-1")] * 6, w.t)],
    "render_reminder": lambda w: [event_notices.render_reminder(w.card(Status.YES, 4), w.t)],
    "render_nudge": lambda w: [event_notices.render_nudge(w.card(), w.t)],
    "render_moved": lambda w: [
        event_notices.render_moved(w.card(status, 4, replaced=w.replaced(), answer_by=answer_by), w.t)
        for status, answer_by in ((Status.WAITING, LATE), (Status.YES, None), (None, LATE))
    ],
    "render_offer": lambda w: [event_notices.render_offer(w.card(Status.OFFERED, 4), w.t)],
    "render_lapsed": lambda w: [event_notices.render_lapsed(w.card(Status.LAPSED), w.t)],
    "render_passed_over": lambda w: [event_notices.render_passed_over(w.card(Status.WAITING, 4), w.t)],
    "render_brought": lambda w: [
        event_notices.render_brought(w.card(Status.YES, 1), w.person(is_staff=it), w.t)
        for it in (True, False)
    ],
    "render_confirm": lambda w: [event_notices.render_confirm(w.card(Status.YES, 4), w.t)],
    "render_note": lambda w: [event_notices.render_note(w.card(Status.YES, 4), w.t)],
    "render_up_to_date": lambda w: [event_notices.render_up_to_date(w.card(Status.YES, 4), w.t)],
    "render_invitation": lambda w: [event_notices.render_invitation(w.card(picture="a"), w.t)],
    "render_step": lambda w: [*steps(w), *(applying.render_step(c.request, w.pact, w.t) for c in w.cases())],
    "render_changes": lambda w: [forms.render_changes(form, w.asked()) for form in QUESTIONNAIRES.values()],
    "render_conflict": lambda w: [
        forms.render_conflict(one, other, LARGEST, w.t)
        for one in QUESTIONNAIRES.values()
        for other in QUESTIONNAIRES.values()
    ],
    "render_cancelled": lambda w: [forms.render_cancelled(form, w.t) for form in QUESTIONNAIRES.values()],
    "render_nothing_to_cancel": lambda w: [forms.render_nothing_to_cancel(w.t)],
    "render_unfinished": lambda w: [
        forms.render_unfinished(form, w.form(name), w.t) for name, form in QUESTIONNAIRES.items()
    ],
    "render_ideas": lambda w: [board.render_ideas(page, w.t) for page in w.pages_of_ideas()],
    "render_handed_in": lambda w: [board.render_handed_in(w.t)],
    "render_received": lambda w: [applying.render_received(w.request(), w.pact, w.t)],
    "render_own": lambda w: [applying.render_own(case, w.pact, w.t) for case in w.cases()],
    "render_withdrawn": lambda w: [applying.render_withdrawn(w.request(), w.t)],
    "render_late": lambda w: [
        applying.render_late(w.request(), NOW + timedelta(days=n), w.t) for n in (0, 9)
    ],
    "render_welcome": lambda w: [applying.render_welcome(w.request(signed_on=date(2026, 1, 1)), w.pact, w.t)],
    "render_cases": lambda w: [
        cases.render_cases(CasePage(lines, 1, 999, len(lines)), w.t)
        for lines in ((), (CaseLine(w.request(), LATE.date(), is_overdue=True),) * CASES_ON_A_PAGE)
    ],
    "render_case": lambda w: [
        cases.render_case(case, w.pact, now, w.t)
        for case in w.cases()
        for now in (NOW, NOW - timedelta(days=1))
    ],
    "render_more": lambda w: [cases.render_more(case, w.t) for case in w.cases()],
    "render_owners": lambda w: [cases.render_owners(w.cases()[0], [w.person()] * 60, w.t)],
    "render_history": lambda w: [
        cases.render_history(w.request(), [w.entry(kind)] * ENTRIES, w.t) for kind in EntryKind
    ],
    "render_found": lambda w: [
        cases.render_found(found, w.fill(80), w.t)
        for found in (([], []), ([w.request()] * 10, [w.organisation()] * 10))
    ],
    "render_ways": lambda w: [talks.render_ways(LARGEST, w.hours, w.t)],
    "render_month": lambda w: [
        talks.render_month(free, TurnMonth(LARGEST, Way.ON_SITE, month), NOW, w.t)
        for free in ({}, w.free())
        for month in (0, 202612, 202701, 202813, -5)
    ],
    "render_times": lambda w: [
        talks.render_times(w.free(), PickDay(LARGEST, Way.ON_SITE, day), NOW, w.t)
        for day in (20261201, 20300101, -1)
    ],
    "render_talk": lambda w: [talks.render_talk(card, w.pact, w.t) for card in w.talks()],
    "render_calendar_file": lambda w: [
        talks.render_calendar_file(card, w.pact, NOW, w.t) for card in w.talks()
    ],
    "render_named": lambda w: [talks.render_named(card, w.pact, w.t) for card in w.talks()],
    "render_confirmed": lambda w: [talks.render_confirmed(card, w.pact, NOW, w.t) for card in w.talks()],
    "render_turned_down": lambda w: [talks.render_turned_down(card, w.pact, w.t) for card in w.talks()],
    "render_called_off": lambda w: [talks.render_called_off(card, w.pact, NOW, w.t) for card in w.talks()],
    "render_talk_reminder": lambda w: [talks.render_talk_reminder(card, w.pact, w.t) for card in w.talks()],
    "render_talk_over": lambda w: [talks.render_talk_over(card, w.t) for card in w.talks()],
    "render_team": lambda w: [contacts.render_team(team, w.t) for team in w.teams()],
    "render_contact": lambda w: [
        contacts.render_contact(team, number, "PactBot", w.t)
        for team in w.teams()
        for number in (1, 2, 3, 9, 99)
    ],
    "render_successors": lambda w: [contacts.render_successors(team, w.t) for team in w.teams()],
    "render_are_you_sure": lambda w: [
        contacts.render_are_you_sure(team, DoWithContact(number, deed, 0), w.t)
        for team in w.teams()
        for number in (1, 2, 99)
        for deed in Deed
    ],
    "render_is_it_you": lambda w: [applying.render_is_it_you(w.fill(160), w.fill(128), "c" * 16, w.t)],
    "render_taken_up": lambda w: [contacts.render_taken_up(w.opened(), w.t)],
    "render_taken_back": lambda w: [contacts.render_taken_back(w.opened(), w.t)],
    "render_left": lambda w: [contacts.render_left(w.fill(160), w.t)],
    "render_colleague": lambda w: [
        contacts.render_colleague(card, w.person(is_staff=it), w.t)
        for card in w.colleagues()
        for it in (True, False)
    ],
    "render_let_in": lambda w: [contacts.render_let_in(card, w.t) for card in w.colleagues()],
    "render_handed_over": lambda w: [contacts.render_handed_over(w.organisation(), w.person(), w.t)],
    "render_taken_over": lambda w: [contacts.render_taken_over(w.organisation(), w.t)],
    "render_change_saved": lambda w: [
        organisations.render_change_saved(team, w.t, waits=it) for team in w.teams() for it in (True, False)
    ],
    "render_to_confirm": lambda w: [
        organisations.render_to_confirm(changes, newcomers, w.t)
        for changes, newcomers in (
            ([], []),
            ([card.change for card in w.changes()] * 30, [card.request for card in w.colleagues()] * 30),
        )
    ],
    "render_talk_lapsed": lambda w: [talks.render_talk_lapsed(card, w.pact, w.t) for card in w.talks()],
    "render_change": lambda w: [organisations.render_change(card, w.t) for card in w.changes()],
    "render_change_decided": lambda w: [
        organisations.render_change_decided(card, w.t) for card in w.changes()
    ],
    "render_connected": lambda w: [applying.render_connected(w.fill(160), w.fill(128), w.pact, w.t)],
    "render_menu": lambda w: [menu.render_menu(one, w.pact, w.t) for one in w.profiles()],
    "render_not_understood": lambda w: [
        menu.render_not_understood(w.person(is_staff=it), w.t) for it in (True, False)
    ],
    "render_language": lambda w: [menu.render_language(w.t, LANGUAGES)],
    "render_office": lambda w: [desk.render_office(Desk(n, n, n, n), w.t) for n in (0, 1, 9999)],
    "render_hours": lambda w: [
        desk.render_hours(OfficeCard(w.hours, deputy, (w.person(),) * 20), w.t)
        for deputy in (None, w.person())
    ],
    "render_alarm": lambda w: [
        desk.render_alarm(Trouble(parked, late), w.t) for parked, late in ((1, 0), (0, 1), (999, 9999))
    ],
    "render_digest": lambda w: [
        desk.render_digest(digest, w.t)
        for digest in (w.digest(), Digest(NOW, LATE, (), (), (), 0, (), 0, (), (), (), 0, (), (), 0, 0))
    ],
    "render_verdict": lambda w: [
        concepts.render_verdict(Verdict(outcome, Rule.TWO_YEARS, reason), w.t, is_registered=it)
        for outcome in Outcome
        for reason in Reason
        for it in (True, False)
    ],
    "render_concept": lambda w: [concepts.render_concept(w.concept(state), w.t) for state in ConceptState],
    "render_changed": lambda w: [concepts.render_changed(w.concept(state), w.t) for state in ConceptState],
    "render_concepts": lambda w: [
        concepts.render_concepts(some, 1, w.t) for some in ([], [w.concept(ConceptState.DELIVERED)] * 40)
    ],
    "render_of_partner": lambda w: [applying.render_of_partner(card, w.t) for card in w.colleagues()],
    "render_contents": lambda w: [pages.render_contents([w.fill(40)] * 20, w.pact, w.t)],
    "render_page": lambda w: [pages.render_page(w.fill(60), w.fill(9000), w.t)],
    "render_members": lambda w: [
        pages.render_members([w.fill(160)] * shown, total, w.t)
        for shown, total in ((0, 0), (1, 1), (60, 9999))
    ],
    "render_profile": lambda w: [profile.render_profile(one, w.pact, w.t) for one in w.profiles()],
    "render_replied": lambda w: [inquiries.render_replied(w.t)],
    "render_asked": lambda w: [inquiries.render_asked(w.t)],
    "render_answer": lambda w: [inquiries.render_answer(w.thread(is_office=True), w.t)],
    "render_thread": lambda w: [inquiries.render_thread(w.thread(is_office=it), w.t) for it in (True, False)],
    "render_waiting": lambda w: [
        inquiries.render_waiting(some, 1, w.t) for some in ([], [w.thread(is_office=False)] * 30)
    ],
    "render_privacy": lambda w: [privacy.render_privacy(one, w.pact, w.t) for one in w.profiles()],
    "render_register": lambda w: [
        register.render_register(
            Numbers(dict.fromkeys(Kind, number), dict.fromkeys(Category, number), number, number), w.t
        )
        for number in (0, 1, 9999)
    ],
    "render_report": lambda w: [
        register.render_report(Effects(dict.fromkeys(Effect, 5000), draft_id), rejected, ignored, w.t)
        for draft_id, rejected, ignored in (
            (LARGEST, w.rejected(5000), [w.fill(200)] * 60),
            (None, w.rejected(1), []),
            (None, w.rejected(REASONS + 1), []),
        )
    ],
    "render_brought_in": lambda w: [
        register.render_brought_in(Effects(dict.fromkeys(Effect, 5000), links=links), w.t)
        for links in ((), (Link(w.fill(160), w.fill(128), "code"),))
    ],
    "render_left_file": lambda w: [register.render_left_file(w.t)],
    "render_export": lambda w: [register.render_export(File("register.csv", b"Name"), w.t)],
    "render_links": lambda w: [register.render_links(File("invites.xlsx", b"Name"), w.t)],
    "render_refusal": lambda w: [render_refusal(refusal, w.t, w.pact) for refusal in all_refusals()],
}


CAPTIONS = ("render_calendar", "render_outdated_file", "render_code", "render_door_code", "render_results")


def drawn(name: str, fill: str, language: str) -> list[Screen]:
    world = World(FILLS[fill], Texts(language, ZoneInfo("Europe/Berlin")))
    found = SCREENS[name](world)
    return [screen if isinstance(screen, Screen) else Screen(screen) for screen in found]


def test_every_screen_there_is_is_tried() -> None:
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(handlers.__path__, "handlers.")
        if ".screens." in module.name
    ]
    there = {
        name
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if name.startswith("render_") and function.__module__ == module.__name__
    }
    assert there == set(SCREENS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("name", SCREENS)
def test_screen_parses_and_fits_telegram(name: str, fill: str, language: str) -> None:
    for screen in drawn(name, fill, language):
        text, _ = parse_html(screen.text)
        limit = CAPTION_LIMIT if screen.file or name in CAPTIONS else TEXT_LIMIT
        assert 0 < len(text.encode("utf-16-le")) // 2 <= limit
        assert fill == "markup" or "{" not in text.replace(EVIL, "")  # a placeholder without its value
        check_buttons(screen)


def check_buttons(screen: Screen) -> None:
    keyboard = screen.keyboard() or {"inline_keyboard": []}
    if "inline_keyboard" in keyboard:
        rows = InlineKeyboardMarkup.de_json(keyboard).inline_keyboard
        assert sum(map(len, rows)) <= 100
        assert all(1 <= len(row) <= 8 for row in rows)
        assert all(button.text.strip() for row in rows for button in row)
        assert all(not button.api_kwargs for row in rows for button in row)
        assert all(
            bool(button.callback_data) + bool(button.url) + (button.switch_inline_query is not None) == 1
            for row in rows
            for button in row
        )
    else:
        assert not ReplyKeyboardMarkup(**keyboard).api_kwargs


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SCREENS)
def test_markup_in_data_is_shown_as_it_was_written(name: str, language: str) -> None:
    """The same screen with harmless letters has the same formatting in the same places."""
    for evil, harmless in zip(drawn(name, "markup", language), drawn(name, "long", language), strict=True):
        text, entities = parse_html(evil.text)
        expected, formatting = parse_html(harmless.text)
        assert entities == formatting
        assert len(text) == len(expected)
        assert all(w == "W" for e, w in zip(text, expected, strict=True) if e != w)


def test_card_of_a_large_party_has_at_most_eight_buttons_in_a_row() -> None:
    """A changed client can ask for any number of seats."""
    world = World(FILLS["long"], Texts("de", ZoneInfo("Europe/Berlin")))
    check_buttons(cards.render_card(world.card(Status.YES, 9), world.t))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_words_of_its_own(language: str) -> None:
    t = Texts(language, ZoneInfo("Europe/Berlin"))
    words = [render_refusal(refusal, t, Pact()).striptags() for refusal in all_refusals()]
    assert len(set(words)) == len(words)
    assert all(len(text) <= 200 for text in words)  # what fits a pop-up


def test_saying_how_it_was_can_be_left_at_every_tap() -> None:
    world = World(FILLS["long"], Texts("de", ZoneInfo("Europe/Berlin")))
    for screen in (
        feedback.render_thanks(world.card(Status.YES, 1), world.t),
        feedback.render_keep(LARGEST, world.t),
        feedback.render_to_change(LARGEST, world.t),
    ):
        assert [button.payload for button in screen.rows[-1]] == [ShowEvent(LARGEST)]


def test_status_is_unmistakable() -> None:
    """Who waits never reads that they are in, and the other way round."""
    world = World(FILLS["long"], Texts("de", ZoneInfo("Europe/Berlin")))
    for party in (1, 4):
        waits = cards.render_card(world.card(Status.WAITING, party), world.t).text
        comes = cards.render_card(world.card(Status.YES, party), world.t).text
        assert "Warteliste" in waits
        assert "dabei" not in waits
        assert "dabei" in comes
        assert "noch keinen Platz" not in comes


@pytest.mark.parametrize("now", [LATE + timedelta(minutes=1), LATE + timedelta(days=2)])
def test_card_for_all_asks_for_no_answer_that_it_would_refuse(now: datetime) -> None:
    world = World(FILLS["long"], Texts("de", ZoneInfo("Europe/Berlin")))
    event = world.event(starts_at=LATE + timedelta(hours=1))
    screen = sharing.render_public(event, "https://t.me/b?start=e-1", now, world.t)
    assert "antworten Sie bis" not in screen.text
    assert [button.label for row in screen.rows for button in row] == ["Im Bot öffnen"]
    in_time = sharing.render_public(event, "https://t.me/b?start=e-1", LATE, world.t)
    assert "antworten Sie bis" in in_time.text
    assert len(in_time.rows) == 2


def test_long_lists_can_be_turned_to_their_end_and_every_seat_has_its_code() -> None:
    world = World(FILLS["long"], Texts("de", ZoneInfo("Europe/Berlin")))
    numbers = range(1, 30)
    answered = [world.card(Status.YES, 1, id=number) for number in numbers]
    drafts = [world.event(id=number) for number in numbers]
    people = [world.person(id=number) for number in numbers]
    lists: tuple[Callable[[int], Screen], ...] = (
        lambda page: cards.render_my_answers(answered, page, world.t),
        lambda page: planning.render_drafts(drafts, page, world.t),
        lambda page: answering.render_colleagues(LARGEST, people, page, world.t),
    )
    for render in lists:
        screen, reached = render(0), set[object]()
        while True:
            buttons = {button.label: button.payload for row in screen.rows for button in row}
            one_each = [row[0].payload for row in screen.rows if len(row) == 1]
            reached |= {one for one in one_each if isinstance(one, ShowEvent | ShowPlan | BringColleague)}
            turn = buttons.get("›")
            if not isinstance(turn, TurnList | TurnColleagues):
                break
            screen = render(turn.page)
        assert len(reached - {ShowEvent(LARGEST)}) == len(numbers)
    codes = answering.render_code(world.card(Status.YES, 20), 0, world.t)
    numbered = {button.payload for row in codes.rows for button in row if button.label.isdecimal()}
    assert len(numbered) == 20
