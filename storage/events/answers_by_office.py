"""What the office enters for others: answers by phone or e-mail, guests, names of those who come along."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, func, or_, select

from domain.basics.addresses import has_number
from domain.basics.calendar import ahead_of
from domain.basics.names import fold
from domain.basics.pact import Pact
from domain.events import event as rules
from domain.events.event import OUT, Status
from domain.events.refusals import NotEnoughSeats, TooLateToCorrect
from domain.partners.refusals import PersonIsGone
from storage.engine import outbox
from storage.engine.people import ERASED, check_staff
from storage.engine.tables import Person
from storage.events import answers, second_thoughts, views
from storage.events.seating import get_event
from storage.events.tables import Event, EventNotice, Rsvp
from storage.events.views import Card
from storage.partners.membership import HAS_CONTACT, HAS_NOT_LEFT
from storage.partners.tables import Organisation

SHOWN = 12
Named = tuple[Person, str]  # somebody with the name of their organisation


@dataclass(frozen=True)
class Entry:
    """Somebody's answer as the office sees it; `by` is who entered it, empty where they did it themselves."""

    card: Card
    person: Person
    by: str
    changed_at: datetime | None

    @property
    def seen(self) -> int:
        """Which answer this is, so that a button can say what stood above it."""
        return seen(self.changed_at)

    @property
    def is_own(self) -> bool:
        """Whether it stands by their own word."""
        return self.card.status not in (None, *OUT) and not self.by


def seen(changed_at: datetime | None) -> int:
    return int(changed_at.timestamp()) % 2**31 if changed_at else 0


class Found(NamedTuple):
    """`silent` are organisations without any contact; `more` people and organisations were found besides."""

    people: list[Named]
    silent: list[Organisation]
    more: int


def show(session: Session, staff: Person, event_id: int, person_id: int, now: datetime) -> Entry:
    check_staff(staff)
    person = session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    own = session.get(Rsvp, (event_id, person_id), populate_existing=True)
    card = views.card(session, person, get_event(session, event_id), now, for_staff=True)
    by = answers.who_entered(session, event_id, person_id)
    return Entry(card, person, by.name if by else "", own.changed_at if own else None)


def check_in_time(event: Event, pact: Pact, now: datetime) -> None:
    until = ahead_of(event.ends_at, -rules.CORRECTED_FOR, pact.timezone)
    if now > until:
        raise TooLateToCorrect(until)


def enter(
    session: Session,
    staff: Person,
    event_id: int,
    person_id: int,
    wish: int,
    pact: Pact,
    now: datetime,
    *,
    beyond_capacity: bool = False,
) -> Entry:
    """The office answers for somebody who called, wrote or came; the deadline for answers is theirs.

    Nobody is put onto the waiting list of an event that has begun.
    """
    check_staff(staff)
    event = get_event(session, event_id, lock=True)
    rules.check_state(event)
    check_in_time(event, pact, now)
    person = session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    card = answers.answer(
        session, event, person, wish, pact, now, entered_by=staff, beyond_capacity=beyond_capacity
    )
    if card.status is Status.WAITING and now >= event.starts_at:
        raise NotEnoughSeats(card.free or 0, 0)
    answers.tell_entered(session, event_id, person_id, now, pause=answers.ENTERED_PAUSE)
    return show(session, staff, event_id, person_id, now)


def undo(session: Session, staff: Person, event_id: int, person_id: int, now: datetime) -> Entry:
    """What was just entered, or said, is as it was before; whoever has not been told yet is told nothing."""
    check_staff(staff)
    event = get_event(session, event_id, lock=True)
    person = session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    second_thoughts.undo(session, event, person, now)
    if not outbox.withdraw(session, event_id, EventNotice.BROUGHT_ALONG, person_id=person_id):
        answers.tell_entered(session, event_id, person_id, now)
    return show(session, staff, event_id, person_id, now)


def reply(
    session: Session, staff: Person, event_id: int, person_id: int, ask: str, value: str, now: datetime
) -> Entry:
    """To one of the event's questions."""
    check_staff(staff)
    answers.note_reply(session, event_id, person_id, ask, value)
    return show(session, staff, event_id, person_id, now)


def name(
    session: Session, staff: Person, event_id: int, person_id: int, given: Sequence[str], now: datetime
) -> Entry:
    """Who comes along with them."""
    entry = show(session, staff, event_id, person_id, now)
    answers.put_names(session, event_id, person_id, entry.card.party, given)
    return show(session, staff, event_id, person_id, now)


def find(session: Session, staff: Person, event_id: int, words: str) -> Found:
    """By a part of a name, an organisation or a number: contacts, guests with an answer to this event."""
    check_staff(staff)
    wanted = _words(words)
    people = [
        (person, organisation)
        for person, organisation in _known(session, event_id)
        if _has(wanted, person.name, organisation) or has_number(words, person.phone)
    ]
    without = select(Organisation).where(HAS_NOT_LEFT, ~HAS_CONTACT).order_by(col(Organisation.name))
    silent = [one for one in session.exec(without) if _has(wanted, one.name) or has_number(words, one.phone)]
    more = max(len(people) - SHOWN, 0) + max(len(silent) - SHOWN, 0)
    return Found(people[:SHOWN], silent[:SHOWN], more)


def _has(wanted: Sequence[str], *texts: str) -> bool:
    folded = fold(" ".join(texts))
    return all(word in folded for word in wanted)


def alike(session: Session, event_id: int, typed: str) -> list[Named]:
    """Those who may be meant by a name with where they are from, or by a part of it."""
    wanted = set(_words(typed))
    return [
        (person, organisation)
        for person, organisation in _known(session, event_id)
        if (there := set(_words(person.name))) <= wanted or wanted <= there | set(_words(organisation))
    ][:SHOWN]


def _known(session: Session, event_id: int) -> Sequence[Named]:
    answered = select(Rsvp.person_id).where(Rsvp.event_id == event_id)
    return session.exec(
        select(Person, func.coalesce(Organisation.name, ""))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True)
        .where(or_(col(Person.organisation_id).is_not(None), col(Person.id).in_(answered)))
        .where(Person.name != ERASED)
        .order_by(col(Person.name), col(Person.id))
    ).all()


def _words(text: str) -> list[str]:
    return re.findall(r"[^\s,;]+", fold(text))


def add_guest(
    session: Session,
    staff: Person,
    name: str,
    pact: Pact,
    now: datetime,
    *,
    phone: str = "",
    organisation_id: int | None = None,
) -> Person:
    """Somebody without Telegram; for an organisation without contacts they are its first."""
    check_staff(staff)
    person = Person(
        name=name[:128], phone=phone, organisation_id=organisation_id, language=pact.language, created_at=now
    )
    session.add(person)
    session.flush()
    return person
