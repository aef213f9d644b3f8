"""Data of every kind that screens show, with texts that try to break them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from domain.basics.pact import Pact
from domain.events.event import Ask, EventKind, EventState, Status
from domain.joining.requests import Hope, RequestState
from domain.joining.sme import Outcome
from domain.joining.talks import OfficeHours, Window
from domain.partners.contacts import ColleagueState
from domain.partners.organisations import Category, Kind, Sector, Size
from handlers.chat.texts import Texts
from storage.engine.tables import Person
from storage.events.answers_by_office import Entry as Entered
from storage.events.changing import Reach
from storage.events.door import Arrival
from storage.events.guest_list import Counts, Guest
from storage.events.own_answers import Colleague
from storage.events.phone_calls import Call
from storage.events.tables import Event
from storage.events.views import Card
from storage.joining.tables import JoinRequest
from storage.office.inquiries import SHOWN as LINES_SHOWN
from storage.office.inquiries import Line, Thread
from storage.office.tables import Inquiry
from storage.partners.colleagues import ColleagueCard
from storage.partners.tables import ColleagueRequest, Organisation

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATE = NOW + timedelta(days=1)
LARGEST = 2**31 - 1
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
        return Counts(self.event(**columns), 9999, 999, 99, 9999, 9999, replies)

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

    def thread(self, *, is_office: bool) -> Thread:
        line = Line(self.fill(2000), NOW, self.fill(128), is_office=is_office)
        inquiry = Inquiry(id=LARGEST, person_id=1, opened_at=NOW)
        return Thread(inquiry, self.person(), self.fill(160), (line,) * LINES_SHOWN)
