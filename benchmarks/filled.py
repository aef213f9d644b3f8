"""A database as it is after years: people, answers, ideas, processed updates and sent notices by the million.

Rows are made by the database itself, from a series of numbers, on SQLite and PostgreSQL alike.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, String, case, cast, insert, literal, select, text
from sqlmodel import SQLModel

from domain.events.event import Status
from domain.ideas.ideas import Topic
from domain.joining.requests import EntryKind, RequestState
from domain.mailings.mailings import Delivery, Purpose, content_digest
from domain.measures.factors import Carrier
from domain.measures.measures import Kind as Kinds
from domain.measures.measures import Known
from domain.measures.measures import State as States
from domain.measures.quantities import Unit
from domain.partners.organisations import Category, Kind, Size
from domain.programme.polls import Can
from domain.workshop.acts import Kind as Act
from domain.workshop.acts import Phase
from storage.engine.tables import Form, Inbox, InboxState, Notice, Outcome, Person, ShownAs, ShownCard
from storage.events.tables import Event, EventNotice, Feedback, Rsvp, Seat
from storage.ideas.tables import Idea, IdeaSupport
from storage.joining.tables import CaseEntry, JoinRequest
from storage.mailings.tables import Mailing, MailingChoice, MailingRecipient
from storage.measures.factors import shipped
from storage.measures.tables import Measure, MeasureFigure
from storage.office.tables import Inquiry, InquiryLine
from storage.partners.tables import Organisation
from storage.programme.tables import DatePoll, PollAnswer, PollOption
from storage.workshop.tables import Workshop, WorkshopAct, WorkshopSeat

Number = ColumnElement[int]

IDEAS, SUPPORTS = 2_000, 20_000  # that are supported, and how often: of a pact that has grown
MEASURES = 10_000  # of a pact that has grown
FIRST = 1_000_000  # Telegram's id of the person before the first
COMING = 20  # events that lie ahead; all others are over
FULL = 2  # the event without a seat left
STAFF = 3
MAILINGS = 3
AGREED = {"is_wanted": True, "version": "1"}
PART = [{"kind": "text", "text": "x"}]
SEEN = content_digest(PART, Purpose.BUSINESS)
ACTS, ROOM = 200, 60  # of a workshop, and people in it
WEEKS = 100  # over which what has happened is spread


def fill(connection: Connection, people: int, now: datetime) -> None:
    """Per person an answer, an update, a notice and a card; a tenth as many ideas, requests and questions."""
    few, organisations = max(people // 10, 10), max(people // 4, 10)
    events = COMING + min(people // 20, 1000 - COMING)

    def add(table: type[SQLModel], size: int, row: Callable[[Number, datetime], dict[str, Any]]) -> None:
        per_week = -(-size // WEEKS)
        for week, first in enumerate(range(1, size + 1, per_week)):
            last = min(first + per_week - 1, size)
            _insert(connection, table, first, last, row, now - timedelta(weeks=WEEKS - week))

    add(Organisation, organisations, _organisation)
    add(Person, people, lambda i, at: _person(i, organisations) | {"created_at": at})
    add(Event, COMING, lambda _, at: _event(now + timedelta(days=30)) | {"created_at": at})
    add(Event, events - COMING, lambda _, at: _event(at) | {"created_at": at})
    add(Rsvp, people, lambda i, at: _answer(i, events, organisations) | {"asked_at": at, "changed_at": at})
    add(Inbox, people, _update)
    add(Notice, people, _notice)
    add(ShownCard, people, lambda i, at: _card(i, events) | {"shown_at": at})
    add(ShownCard, few, lambda i, at: _view(i) | {"shown_at": at})
    add(Idea, few, lambda i, at: _idea(i) | {"created_at": at, "changed_at": at, "published_at": at})
    supported = min(few, IDEAS)
    add(
        IdeaSupport,
        min(few, SUPPORTS),
        lambda i, at: _support(i, supported, organisations) | {"given_at": at},
    )
    add(JoinRequest, few, _request)
    add(CaseEntry, few, _entry)
    add(Inquiry, few, lambda i, at: {"person_id": i, "opened_at": at})
    add(InquiryLine, few, _line)
    add(Seat, few, lambda i, _: {"event_id": 1 + i % events, "person_id": i, "number": 1})
    add(Feedback, few, lambda i, at: {"event_id": 1 + i % events, "person_id": i, "given_at": at})
    _year(connection, now)
    polls = max(few // 20, 1)
    add(DatePoll, polls, lambda i, at: _poll(i, now) | {"made_at": at})
    add(
        PollOption,
        2 * polls,
        lambda i, _: {"poll_id": 1 + (i - 1) % polls, "starts_at": now + timedelta(days=60)},
    )
    add(PollAnswer, few, lambda i, at: _date_answer(i, 2 * polls) | {"given_at": at})
    add(Mailing, MAILINGS, lambda _, at: {"author_id": 1, "content": PART, "copied": SEEN, "created_at": at})
    for number in range(1, MAILINGS + 1):
        add(MailingRecipient, people, partial(_recipient, number))
    add(
        MailingChoice,
        people,
        lambda i, at: {"person_id": i, "purpose": Purpose.NEWS, "chosen_at": at} | AGREED,
    )
    measures = min(few, MEASURES)
    add(Measure, measures, lambda i, at: _measure(i, organisations) | {"created_at": at, "changed_at": at})
    add(MeasureFigure, measures, lambda i, at: _figure(i) | {"stated_at": at})
    add(Form, few, lambda i, _: _form(i, now - timedelta(days=10)))
    sessions = -(-few // ACTS)
    add(Workshop, sessions, lambda i, at: _workshop(i) | {"made_at": at})
    add(WorkshopAct, sessions * ACTS, lambda i, at: _act(i) | {"at": at})
    add(WorkshopSeat, min(few, ROOM), lambda i, _: _seat(i, now))
    connection.execute(
        text("UPDATE event SET taken = (SELECT count(*) FROM rsvp WHERE rsvp.event_id = event.id)")
    )
    connection.execute(text("UPDATE event SET capacity = taken WHERE id = :full"), {"full": FULL})
    connection.execute(text("ANALYZE"))


def _year(connection: Connection, now: datetime) -> None:
    """A released year with one slot."""
    add = SQLModel.metadata.tables
    slot = {"id": 1, "year": now.year, "kind": "tour", "title": "x", "month": now.date()}
    release = {"year": now.year, "number": 1, "entries": [], "released_by_id": 1, "released_at": now}
    year = {"year": now.year, "movable": [], "calendar_key": "x" * 24}
    for name, row in {"programme_year": year, "programme_slot": slot, "programme_release": release}.items():
        connection.execute(add[name].insert().values(**row))


def _poll(number: Number, now: datetime) -> dict[str, Any]:
    """Only the first is open."""
    moment = SQLModel.metadata.tables["date_poll"].columns["closed_at"].type
    closed_at = case((number > 1, literal(now, moment)))
    return {"slot_id": 1, "deadline": now + timedelta(days=7), "made_by_id": 1, "closed_at": closed_at}


def _date_answer(number: Number, options: int) -> dict[str, Any]:
    return {"option_id": 1 + number % options, "person_id": number, "can": Can.YES}


def _recipient(mailing: int, i: Number, at: datetime) -> dict[str, Any]:
    """Of all mailings but the last everybody has one."""
    state = Delivery.WAITING if mailing == MAILINGS else Delivery.DELIVERED
    return {"mailing_id": mailing, "person_id": i, "state": state} | (
        {} if state is Delivery.WAITING else {"sent_at": at}
    )


def _workshop(i: Number) -> dict[str, Any]:
    named = {"title": "Kick-off", "code": _numbered("w", i), "made_by_id": 1}
    return {**named, "sequence": ACTS, "phase": Phase.COLLECT, "phase_sequence": 1}


def _act(i: Number) -> dict[str, Any]:
    place = {"workshop_id": (i + ACTS - 1) // ACTS, "sequence": (i + ACTS - 1) % ACTS + 1}
    return {**place, "person_id": i % ROOM + 1, "kind": Act.JOIN, "payload": {}}


def _seat(i: Number, now: datetime) -> dict[str, Any]:
    message = {"chat_id": i + FIRST, "message_id": i, "shown_text": "x"}
    return {"workshop_id": 1, "person_id": i, "shown_sequence": ACTS, "shown_at": now, **message}


def _idea(number: Number) -> dict[str, Any]:
    return {"person_id": number, "topic": Topic.PROJECT, "text": "x" * 100}


def _support(number: Number, supported: int, organisations: int) -> dict[str, Any]:
    """Of the first ideas; of those of a large pact ten each."""
    return {
        "idea_id": 1 + number % supported,
        "person_id": number,
        "organisation_id": 1 + number % organisations,
    }


def _measure(number: Number, organisations: int) -> dict[str, Any]:
    what = {"kind": Kinds.LIGHT, "carrier": Carrier.ELECTRICITY, "state": States.DONE}
    owner = {"organisation_id": 1 + number % organisations, "person_id": number}
    return {**owner, **what, "title": "LED", "since": date(2024, 1, 1), "is_open": True}


def _figure(number: Number) -> dict[str, Any]:
    """With its factor, whole."""
    stated = {"unit": Unit.KWH, "value": 1000, "known": Known.BILL, "kwh": 1000, "grams": 363_000}
    return {"measure_id": number, "person_id": number, **stated, "factor": asdict(shipped()[2])}


def _insert(
    connection: Connection,
    table: type[SQLModel],
    first: int,
    last: int,
    row: Callable[[Number, datetime], dict[str, Any]],
    at: datetime,
) -> None:
    columns = SQLModel.metadata.tables[str(table.__tablename__)].columns
    start = select(literal(first, Integer).label("i")).cte("numbers", recursive=True)
    numbers = start.union_all(select(start.c.i + 1).where(start.c.i < last))
    values = _defaults(table) | row(numbers.c.i, at)
    made = [
        value if isinstance(value, ColumnElement) else literal(value, columns[name].type)
        for name, value in values.items()
    ]
    rows = select(*made).select_from(numbers).order_by(numbers.c.i)
    connection.execute(insert(table).from_select(list(values), rows))


def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    given = {
        name: field.get_default(call_default_factory=True)
        for name, field in table.model_fields.items()
        if not field.is_required()
    }
    return {name: value for name, value in given.items() if value is not None}


def _numbered(word: str, i: Number) -> ColumnElement[str]:
    return literal(word, String) + cast(i, String)


def _organisation(i: Number, _at: datetime) -> dict[str, Any]:
    return {
        "name": _numbered("Firma ", i),
        "name_key": _numbered("firma ", i),
        "kind": Kind.PARTNER,
        "category": Category.COMPANY,
        "joined_on": date(2024, 1, 1),
    }


def _person(i: Number, organisations: int) -> dict[str, Any]:
    return {
        "telegram_id": i + FIRST,
        "name": _numbered("P", i),
        "language": "de",
        "is_staff": i <= STAFF,
        "organisation_id": 1 + i % organisations,
    }


def _event(starts_at: datetime) -> dict[str, Any]:
    return {"title": "Rundgang", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2)}


def _answer(i: Number, events: int, organisations: int) -> dict[str, Any]:
    return {
        "event_id": 1 + i % events,
        "person_id": i,
        "organisation_id": 1 + i % organisations,
        "status": Status.YES,
        "party": 1,
    }


def _update(i: Number, at: datetime) -> dict[str, Any]:
    return {"update_id": i, "chat_id": i + FIRST, "received_at": at, "body": "", "state": InboxState.DONE}


def _notice(i: Number, at: datetime) -> dict[str, Any]:
    return {
        "person_id": i,
        "kind": EventNotice.EVENT_PUBLISHED,
        "subject_id": 1,
        "key": _numbered("event:1:", i),
        "priority": 2,
        "created_at": at,
        "due_at": at,
        "outcome": Outcome.SENT,
        "finished_at": at,
    }


def _card(i: Number, events: int) -> dict[str, Any]:
    return {
        "event_id": 1 + i % events,
        "shown_as": ShownAs.CARD,
        "chat_id": i + FIRST,
        "message_id": i,
        "person_id": i,
        "version": 0,
    }


def _view(i: Number) -> dict[str, Any]:
    case = {"view": "case", "subject_id": i, "shown_as": ShownAs.CARD}
    return case | {"chat_id": i + FIRST, "message_id": -i, "person_id": i, "version": 0, "changes": 0}


def _request(i: Number, at: datetime) -> dict[str, Any]:
    return {
        "person_id": i,
        "organisation": _numbered("Firma ", i),
        "category": Category.COMPANY,
        "postcode": "47798",
        "size": Size.SMALL,
        "contact_name": "Anna",
        "email": "a@firma.de",
        "consent_version": "1",
        "received_at": at,
        "state": RequestState.SIGNED,
    }


def _entry(i: Number, at: datetime) -> dict[str, Any]:
    return {"request_id": i, "person_id": i, "kind": EntryKind.RECEIVED, "written_at": at}


def _line(i: Number, at: datetime) -> dict[str, Any]:
    return {"inquiry_id": i, "author_id": i, "is_office": False, "text": "?", "written_at": at}


def _form(i: Number, at: datetime) -> dict[str, Any]:
    moments = {"started_at": at, "touched_at": at, "reminded_at": at}
    return {"person_id": i, "name": "idea", "question": "text", **moments}
