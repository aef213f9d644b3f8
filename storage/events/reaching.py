"""Whom an invitation reaches in the chat, whom not and why, and how the office reaches those."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import exists
from sqlmodel import Session, col, func, select

from domain.events.event import EventState
from domain.events.reaching import REACHED, How, Occasion, Why
from domain.events.refusals import EventHasStarted, EventIsCancelled
from domain.partners.refusals import OrganisationIsGone
from storage.engine import outbox, people
from storage.engine.outbox import Priority
from storage.engine.tables import Notice, Outcome, Person
from storage.engine.turn import Turn
from storage.events import reminders
from storage.events.seating import get_event
from storage.events.tables import CallAttempt, Event, EventNotice, Rsvp
from storage.partners.membership import HAS_NOT_LEFT
from storage.partners.tables import Organisation

INVITING = (EventNotice.EVENT_PUBLISHED, EventNotice.EVENT_NUDGE)


@dataclass(frozen=True)
class Reached:
    """An organisation with its contacts, the main one first; `why` it is not reached, None where it is."""

    organisation: Organisation
    contacts: tuple[Person, ...]
    why: Why | None
    last: CallAttempt | None = None

    @property
    def was_told(self) -> bool:
        return self.last is not None and self.last.how in REACHED

    @property
    def phones(self) -> list[str]:
        numbers = (*(person.phone for person in self.contacts), self.organisation.phone)
        return list(dict.fromkeys(number for number in numbers if number))

    @property
    def emails(self) -> list[str]:
        return list(dict.fromkeys(person.email for person in self.contacts if person.email))


def whom(session: Session, audience: Sequence[int] | None) -> list[Reached]:
    """Everybody whom something is sent to, in order of their names."""
    chosen = () if audience is None else (col(Organisation.id).in_(audience),)
    rows = session.exec(
        select(Organisation, Person)
        .join(Person, col(Person.organisation_id) == col(Organisation.id), isouter=True)
        .where(HAS_NOT_LEFT, *chosen)
        .order_by(col(Organisation.name_key), col(Person.is_main_contact).desc(), col(Person.name))
    )
    found: dict[int | None, tuple[Organisation, list[Person]]] = {}
    for organisation, person in rows:
        contacts = found.setdefault(organisation.id, (organisation, []))[1]
        if person is not None:
            contacts.append(person)
    return [Reached(organisation, tuple(known), why_not(known)) for organisation, known in found.values()]


def why_not(contacts: Sequence[Person]) -> Why | None:
    if any(people.is_reachable(person) for person in contacts):
        return None
    if not contacts:
        return Why.NOBODY
    return Why.BLOCKED if any(person.unreachable_since for person in contacts) else Why.NOT_CONNECTED


def of_event(turn: Turn, event_id: int) -> tuple[Event, list[Reached]]:
    """Whom it goes or went to, with what the office has tried so far."""
    people.check_staff(turn.person)
    event = get_event(turn.session, event_id)
    return event, with_attempts(turn.session, Occasion.EVENT, event_id, whom(turn.session, event.audience))


def with_attempts(
    session: Session, occasion: Occasion, subject_id: int, found: Sequence[Reached]
) -> list[Reached]:
    last = last_attempts(session, occasion, subject_id)
    return [replace(one, last=last.get(one.organisation.id)) for one in found]


def unanswered_among(session: Session, event_id: int, found: Sequence[Reached]) -> list[Reached]:
    answered = set(session.exec(select(Rsvp.organisation_id).where(Rsvp.event_id == event_id)))
    return [one for one in found if one.organisation.id not in answered]


def last_attempts(session: Session, occasion: Occasion, subject_id: int) -> dict[int, CallAttempt]:
    about = (CallAttempt.occasion == occasion, CallAttempt.subject_id == subject_id)
    tried = select(CallAttempt).where(*about).order_by(col(CallAttempt.id))
    return {attempt.organisation_id: attempt for attempt in session.exec(tried)}


def count(session: Session, event: Event) -> int:
    """How many are still to be worked off."""
    of = col(Organisation.id)
    reachable = exists().where(
        col(Person.organisation_id) == of,
        *people.CAN_BE_REACHED,
    )
    answered = exists().where(col(Rsvp.event_id) == event.id, col(Rsvp.organisation_id) == of)
    chosen = () if event.audience is None else (of.in_(event.audience),)
    return session.exec(
        select(func.count()).where(HAS_NOT_LEFT, ~reachable, ~answered, ~_was_told(event), *chosen)
    ).one()


def _was_told(event: Event) -> Any:
    return exists().where(
        col(CallAttempt.occasion) == Occasion.EVENT,
        col(CallAttempt.subject_id) == event.id,
        col(CallAttempt.organisation_id) == col(Organisation.id),
        col(CallAttempt.how).in_(REACHED),
    )


def note(
    turn: Turn,
    about: tuple[Occasion, int],
    organisation_id: int,
    how: How,
    callback_on: date | None = None,
    seen: int | None = None,
) -> CallAttempt | None:
    """How somebody was reached, or when to try again. The same, tapped twice, is noted once.

    Gives what another has noted since the attempt that was `seen`; then nothing is noted.
    """
    people.check_staff(turn.person)
    if turn.session.get(Organisation, organisation_id) is None:
        raise OrganisationIsGone
    last = last_attempts(turn.session, *about).get(organisation_id)
    if last and (last.how, last.callback_on) == (how, callback_on):
        return None
    if last and seen not in (None, last.id) and last.by_id != turn.person.id:
        return last
    turn.session.add(
        CallAttempt(
            occasion=about[0],
            subject_id=about[1],
            organisation_id=organisation_id,
            how=how,
            callback_on=callback_on,
            by_id=turn.person.id,
            tried_at=turn.now,
        )
    )
    turn.session.flush()
    return None


def invited(session: Session, event_id: int) -> set[int]:
    """Organisations of which somebody has had the invitation here.

    Where no invitation is known any more, sent notices being forgotten, whoever can be reached has had it.
    """
    sent = select(Notice.id).where(Notice.kind == INVITING[0], Notice.subject_id == event_id).limit(1)
    if session.exec(sent).first() is None:
        reached = whom(session, get_event(session, event_id).audience)
        return {one.organisation.id for one in reached if one.why is None}
    had = (
        select(Person.organisation_id)
        .join(Notice, col(Notice.person_id) == col(Person.id))
        .where(col(Notice.kind).in_(INVITING), Notice.subject_id == event_id, Notice.outcome == Outcome.SENT)
    )
    return {one for one in session.exec(had) if one}


def remind_silent(turn: Turn, event_id: int) -> int:
    """Once a day: who was invited and says nothing is asked again. How many people are."""
    people.check_staff(turn.person)
    event = get_event(turn.session, event_id)
    if event.state is EventState.CANCELLED:
        raise EventIsCancelled
    if turn.now >= event.starts_at:
        raise EventHasStarted
    silent = reminders.silent(event).where(*people.CAN_BE_REACHED)
    key = f"event:{event_id}:asked_again:{turn.now.date().isoformat()}"
    had = select(Notice.person_id).where(Notice.key == key)
    told = [one for one in turn.session.exec(silent.where(col(Person.id).not_in(had))) if one]
    outbox.tell(turn, told, EventNotice.EVENT_NUDGE, key, event_id, priority=Priority.BROADCAST)
    return len(told)
