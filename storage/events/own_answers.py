"""What somebody has answered to an event, and what their colleagues have."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy import and_, bindparam, case, or_, tuple_
from sqlmodel import Session, SQLModel, func

from domain.events.event import OUT, SECOND_THOUGHT, Status
from storage.engine.prepared import Prepared
from storage.engine.tables import Person
from storage.events.tables import Event
from storage.partners.tables import Organisation

_TABLE = SQLModel.metadata.tables["rsvp"]
RSVP = _TABLE.columns
_PERSONS = SQLModel.metadata.tables["person"]
_EVENTS = SQLModel.metadata.tables["event"].columns
_OF_EVENT = RSVP.event_id == bindparam("event_id")
_ORGANISATIONS = Organisation.metadata.tables["organisation"]
_COLLEAGUES = Prepared(  # one row at least: the organisation itself, and whether it has left
    sqlalchemy.select(
        _ORGANISATIONS.columns.left_on,
        _PERSONS.columns.name,
        RSVP.status,
        RSVP.party,
        func.sum(
            case((or_(*(RSVP.status == out for out in OUT)), 0), else_=func.coalesce(RSVP.party, 0))
        ).over(),
    )
    .select_from(_ORGANISATIONS)
    .outerjoin(
        _TABLE,
        and_(
            _OF_EVENT,
            RSVP.organisation_id == _ORGANISATIONS.columns.id,
            RSVP.person_id != bindparam("person_id"),
        ),
    )
    .outerjoin(_PERSONS, _PERSONS.columns.id == RSVP.person_id)
    .where(_ORGANISATIONS.columns.id == bindparam("organisation_id"))
    .order_by(RSVP.asked_at)
    .limit(5)  # more names than fit a card
)
_BEHIND = sqlalchemy.select(func.count()).where(
    _OF_EVENT,
    RSVP.status == Status.WAITING,
    tuple_(RSVP.asked_at, RSVP.person_id)
    > tuple_(bindparam("asked_at", type_=RSVP.asked_at.type), bindparam("person_id")),
)
_POSITION = Prepared(  # from the end, where whoever joins the line stands
    sqlalchemy.select(_EVENTS.in_line - _BEHIND.scalar_subquery()).where(_EVENTS.id == bindparam("event_id"))
)


class Own(NamedTuple):
    """A person's answer so far; no status where there is none."""

    status: Status | None
    party: int
    asked_at: datetime
    offered: int
    offered_until: datetime | None
    one_is_enough: bool
    replies: dict[str, str]
    before: dict[str, Any] | None
    changed_at: datetime
    entered_by_id: int | None
    confirmed_at: datetime | None = None
    sequence: int = 0

    @property
    def given_back(self) -> int:
        """Seats that are held a moment longer."""
        return 0 if self.status is Status.OFFERED else self.offered

    @property
    def seats(self) -> int:
        """What nobody else can have."""
        return self.offered + (self.party if self.status is Status.YES else 0)

    def undone_until(self) -> datetime | None:
        """Until when a tap brings back what was before."""
        return self.changed_at + SECOND_THOUGHT if self.before else None


OWN_COLUMNS = tuple(RSVP[name] for name in Own._fields)
_OWN = Prepared(sqlalchemy.select(*OWN_COLUMNS).where(_OF_EVENT, RSVP.person_id == bindparam("person_id")))


class Colleague(NamedTuple):
    name: str
    status: Status
    party: int


@dataclass(frozen=True)
class Colleagues:
    """The first of them who answered, the seats of all, and whether their organisation is a partner today."""

    answered: tuple[Colleague, ...]
    seats: int
    is_partner: bool


def find_all(session: Session, event: Event, person: Person, now: datetime) -> tuple[Own, Colleagues]:
    """One's own answer and those of colleagues."""
    own = _OWN.ask(session, event_id=event.id, person_id=person.id)
    others = colleagues(session, event.id, person)
    return next((Own(*row) for row in own()), None) or unanswered(now), others


def unanswered(now: datetime) -> Own:
    return Own(
        None,
        0,
        now,
        0,
        None,
        one_is_enough=False,
        replies={},
        before=None,
        changed_at=now,
        entered_by_id=None,
    )


def colleagues(session: Session, event_id: int, person: Person) -> Colleagues:
    """What colleagues have answered, and how many seats their organisation takes with it."""
    if person.organisation_id is None:
        return Colleagues((), 0, is_partner=False)
    key = {"event_id": event_id, "person_id": person.id, "organisation_id": person.organisation_id}
    rows = _COLLEAGUES.all(session, **key)
    answered = tuple(Colleague(*row[1:4]) for row in rows if row[1] is not None)
    return Colleagues(answered, rows[0][4], is_partner=rows[0][0] is None)


def position(session: Session, event_id: int, person_id: int, asked_at: datetime) -> int:
    found = _POSITION.first(session, event_id=event_id, person_id=person_id, asked_at=asked_at)
    assert found, "somebody waits for this event"
    place: int = found[0]
    return place
