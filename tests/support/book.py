"""The memory as tests write it: people, partners and events in few words, on a real database."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

import sqlalchemy
from sqlmodel import Session, SQLModel, col, select

from domain.basics.access import OfficeRole
from domain.basics.pact import Pact
from domain.events.event import SECOND_THOUGHT
from domain.joining.requests import NewRequest, RequestState
from domain.partners.organisations import Category, Kind, Size, name_key
from storage.engine.database import Database
from storage.engine.tables import Notice, Person
from storage.engine.turn import Turn
from storage.events import answers, planning, seating, views
from storage.events.planning import NewEvent
from storage.events.tables import Event
from storage.events.views import Card
from storage.joining import cases, requests
from storage.joining.cases import Case
from storage.joining.tables import JoinRequest
from storage.partners.tables import Organisation
from tests.support.databases import watching

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
TODAY = NOW.date()
P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T", bound=SQLModel)


def turn_of(session: Session, person: Person, *, pact: Pact | None = None, now: datetime = NOW) -> Turn:
    return Turn(session, person, pact or Pact(), now)


@dataclass
class Book:
    database: Database
    pact: Pact = field(default_factory=Pact)
    telegram_ids: Any = field(default_factory=lambda: count(1001))
    now: datetime = NOW

    def run(self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        return self.database.run_now(function, *args, **kwargs)

    def at(self, now: datetime) -> "Book":
        """The same, for what happens at another moment."""
        return replace(self, now=now)

    def acts(
        self, function: Callable[Concatenate[Turn, P], R], person: Person, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run what a person does, who is read anew as with each update."""

        def act(session: Session) -> R:
            whoever = session.get(Person, person.id) or person
            return function(Turn(session, whoever, self.pact, self.now), *args, **kwargs)

        return self.run(act)

    def add(self, row: T) -> T:
        def add(session: Session) -> T:
            session.add(row)
            session.flush()
            return row

        return self.run(add)

    def all(self, table: type[T], *order: Any) -> list[T]:
        """Without an order as they came: PostgreSQL puts a row that changes behind the others."""
        order = order or sqlalchemy.inspect(table).primary_key
        return self.run(lambda session: list(session.exec(select(table).order_by(*order))))

    def statements(
        self, function: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> int:
        """How many a transaction needs."""
        seen: list[str] = []

        with watching(self.database, lambda _connection, sql, _given: seen.append(sql)):
            self.run(function, *args, **kwargs)
        return len(seen)

    def statements_of(
        self, function: Callable[Concatenate[Turn, P], R], person: Person, *args: P.args, **kwargs: P.kwargs
    ) -> int:
        return self.statements(
            lambda session: function(Turn(session, person, self.pact, self.now), *args, **kwargs)
        )

    def is_locked(self, row: SQLModel) -> bool:
        """Whether another transaction has it, on PostgreSQL."""
        table = type(row)
        same = select(table).where(
            *(key == getattr(row, key.name) for key in sqlalchemy.inspect(table).primary_key)
        )
        return self.run(
            lambda session: (
                session.exec(same.with_for_update(skip_locked=True, key_share=True)).first() is None
            )
        )

    def everything(self) -> dict[str, list[Any]]:
        """Every row of every table."""

        def read(session: Session) -> dict[str, list[Any]]:
            tables = SQLModel.metadata.tables.values()
            return {table.name: sorted(session.execute(table.select()), key=str) for table in tables}

        return self.run(read)

    def organisation(self, name: str) -> Organisation:
        found = self.run(requests.find_organisation, name)
        return found or self.add(
            Organisation(
                name=name,
                name_key=name_key(name),
                kind=Kind.PARTNER,
                category=Category.COMPANY,
                joined_on=date(2024, 1, 1),
            )
        )

    def person(self, name: str, *, organisation: str = "", **columns: Any) -> Person:
        """Somebody with Telegram; `organisation` makes them its contact."""
        given = {"telegram_id": next(self.telegram_ids), "language": "de", "created_at": NOW, **columns}
        if given.get("is_staff"):
            given.setdefault("office_role", OfficeRole.ADMINISTRATOR)
        organisation_id = self.organisation(organisation).id if organisation else None
        return self.add(Person(name=name, organisation_id=organisation_id, **given))

    def contact(self, name: str, **columns: Any) -> Person:
        return self.person(name, organisation=f"{name} GmbH", **columns)

    def staff(self, name: str = "Olga", **columns: Any) -> Person:
        return self.person(name, is_staff=True, **columns)

    def event(self, starts_at: datetime = NOW + timedelta(days=30), **columns: Any) -> Event:
        new = NewEvent("Rundgang", starts_at, starts_at + timedelta(hours=2), **columns)
        return self.run(planning.add, new, self.pact, NOW)

    def event_for(self, *invited: Person) -> Event:
        """An event to which only the organisations of these contacts are invited."""
        office, starts_at = self.staff("Petra"), NOW + timedelta(days=30)
        new = NewEvent("Rundgang", starts_at, starts_at + timedelta(hours=2))
        event = self.acts(planning.draft, office, new)
        which = [person.organisation_id or 0 for person in invited]
        self.acts(planning.invite_only, office, id_of(event), which)
        return self.acts(planning.publish, office, id_of(event))

    def answers(self, person: Person, event: Event, wish: int, now: datetime = NOW) -> Card:
        return self.at(now).acts(answers.respond, person, id_of(event), wish)

    def gives_back(self, person: Person, event: Event, wish: int, now: datetime = NOW) -> None:
        """And has not thought better of it when a minute is over."""
        self.answers(person, event, wish, now - SECOND_THOUGHT)
        self.offers_end(now)

    def sees(self, person: Person, event: Event, now: datetime = NOW) -> Card:
        return self.at(now).acts(views.show, person, id_of(event))

    def takes_offer(self, person: Person, event: Event, now: datetime = NOW) -> Card:
        return self.at(now).acts(answers.take_offer, person, id_of(event))

    def offers_end(self, now: datetime) -> None:
        self.run(seating.work_off, self.pact, now)

    def asks_to_join(self, person: Person, organisation: str) -> JoinRequest:
        new = NewRequest(
            organisation, Category.COMPANY, "47798", Size.SMALL, f"{person.name} Kontakt", "a@firma.de", None
        )
        return self.acts(requests.ask, person, new)

    def declines(self, staff: Person, request: JoinRequest, reason: str = "nein") -> Case:
        return self.acts(cases.step, staff, id_of(request), RequestState.DECLINED, reason)

    def signs(self, staff: Person, request: JoinRequest, day: date = TODAY) -> Case:
        return self.acts(requests.sign, staff, id_of(request), day)

    def told(self, kind: str) -> list[str]:
        """Names of those with a notice of this kind, in order of its making; more than one shows."""

        def read(session: Session) -> list[str]:
            named = select(Person.name).join(Notice, col(Notice.person_id) == col(Person.id))
            return list(session.exec(named.where(Notice.kind == kind).order_by(col(Notice.id))))

        return self.run(read)


def id_of(row: Any) -> int:
    assert isinstance(row.id, int)
    return row.id
