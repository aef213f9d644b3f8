"""Who has no seat at an event: people who said no or wait, and organisations that have not answered."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col, func, select

from domain.basics.addresses import phone_in_words
from domain.events.event import Status
from domain.events.reaching import Occasion
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import reaching
from storage.events.seating import get_event
from storage.events.tables import CallAttempt, Event, Rsvp
from storage.partners.membership import HAS_CONTACT, HAS_NOT_LEFT
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Silent:
    """An invited organisation that has not answered; `contacts` are names with phone, the main one first."""

    name: str
    contact_id: int
    contacts: tuple[str, ...]
    organisation_id: int = 0
    is_invited: bool = True  # somebody there has had the invitation here
    last: CallAttempt | None = None


@dataclass(frozen=True)
class Seatless:
    """Somebody who has answered and has no seat."""

    organisation: str
    name: str
    status: Status
    party: int


def partners(session: Session, audience: list[int] | None = None) -> int:
    """How many organisations with a contact there are, or are invited."""
    return session.exec(select(func.count()).where(*_invited(audience), HAS_CONTACT)).one()


def count(session: Session, event: Event, partners_today: int) -> int:
    """How many organisations have not answered. Counted by those who have, who are fewer."""
    answered = (
        select(func.count(func.distinct(col(Organisation.id))))
        .join(Rsvp, col(Rsvp.organisation_id) == col(Organisation.id))
        .where(Rsvp.event_id == event.id, *_invited(event.audience), HAS_CONTACT)
    )
    invited = partners_today if event.audience is None else partners(session, event.audience)
    return invited - session.exec(answered).one()


def organisations(session: Session, event: Event) -> list[Silent]:
    rows = session.exec(
        select(Organisation, Person)
        .join(Person, col(Person.organisation_id) == col(Organisation.id))
        .where(*_which(event))
        .order_by(col(Organisation.name_key), col(Person.is_main_contact).desc(), col(Person.name))
    ).all()
    contacts: dict[int, list[Person]] = {}
    names = {organisation.id: organisation.name for organisation, _ in rows}
    for organisation, person in rows:
        contacts.setdefault(organisation.id, []).append(person)
    invited = reaching.invited(session, event.id)
    tried = reaching.last_attempts(session, Occasion.EVENT, event.id)
    return [
        Silent(names[key], them[0].id, tuple(map(_reached, them)), key, key in invited, tried.get(key))
        for key, them in contacts.items()
    ]


def _reached(person: Person) -> str:
    return ", ".join(filter(None, (person.name, phone_in_words(person.phone))))


def for_staff(turn: Turn, event_id: int) -> tuple[Event, list[Silent]]:
    check_staff(turn.person)
    event = get_event(turn.session, event_id)
    return event, organisations(turn.session, event)


def seatless(session: Session, event_id: int) -> list[Seatless]:
    rows = session.exec(
        select(func.coalesce(Organisation.name, ""), Person.name, Rsvp)
        .select_from(Rsvp)
        .join(Person, col(Person.id) == col(Rsvp.person_id))
        .join(Organisation, col(Organisation.id) == col(Rsvp.organisation_id), isouter=True)
        .where(Rsvp.event_id == event_id, Rsvp.status != Status.YES)
        .order_by(col(Rsvp.status), col(Rsvp.asked_at))
    )
    return [Seatless(organisation, name, rsvp.status, rsvp.party) for organisation, name, rsvp in rows]


def _which(event: Event) -> tuple[Any, ...]:
    answered = exists().where(
        col(Rsvp.event_id) == event.id, col(Rsvp.organisation_id) == col(Organisation.id)
    )
    return (*_invited(event.audience), ~answered)


def _invited(audience: list[int] | None) -> tuple[Any, ...]:
    chosen = () if audience is None else (col(Organisation.id).in_(audience),)
    return (HAS_NOT_LEFT, *chosen)
