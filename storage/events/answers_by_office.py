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
from storage.engine.turn import Turn
from storage.events import answers, replies, second_thoughts, views
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


def show(turn: Turn, event_id: int, person_id: int) -> Entry:
    check_staff(turn.person)
    person = turn.session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    own = turn.session.get(Rsvp, (event_id, person_id), populate_existing=True)
    card = views.card(turn.session, person, get_event(turn.session, event_id), turn.now, for_staff=True)
    by = answers.who_entered(turn.session, event_id, person_id)
    return Entry(card, person, by.name if by else "", own.changed_at if own else None)


def check_in_time(event: Event, pact: Pact, now: datetime) -> None:
    until = ahead_of(event.ends_at, -rules.CORRECTED_FOR, pact.timezone)
    if now > until:
        raise TooLateToCorrect(until)


def enter(turn: Turn, event_id: int, person_id: int, wish: int, *, beyond_capacity: bool = False) -> Entry:
    """The office answers for somebody who called, wrote or came; the deadline for answers is theirs.

    Nobody is put onto the waiting list of an event that has begun.
    """
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    rules.check_state(event)
    check_in_time(event, turn.pact, turn.now)
    person = turn.session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    card = answers.answer(
        turn.session,
        event,
        person,
        wish,
        turn.pact,
        turn.now,
        entered_by=turn.person,
        beyond_capacity=beyond_capacity,
    )
    if card.status is Status.WAITING and turn.now >= event.starts_at:
        raise NotEnoughSeats(card.free or 0, 0)
    answers.tell_entered(turn.session, event_id, person_id, turn.now, pause=answers.ENTERED_PAUSE)
    return show(turn, event_id, person_id)


def undo(turn: Turn, event_id: int, person_id: int) -> Entry:
    """What was just entered, or said, is as it was before; whoever has not been told yet is told nothing."""
    check_staff(turn.person)
    event = get_event(turn.session, event_id, lock=True)
    person = turn.session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    second_thoughts.undo(turn.session, event, person, turn.now)
    if not outbox.withdraw(turn.session, event_id, EventNotice.BROUGHT_ALONG, person_id=person_id):
        answers.tell_entered(turn.session, event_id, person_id, turn.now)
    return show(turn, event_id, person_id)


def reply(turn: Turn, event_id: int, person_id: int, ask: str, value: str) -> Entry:
    """To one of the event's questions."""
    check_staff(turn.person)
    replies.note_reply(turn.session, event_id, person_id, ask, value)
    return show(turn, event_id, person_id)


def name(turn: Turn, event_id: int, person_id: int, given: Sequence[str]) -> Entry:
    """Who comes along with them."""
    entry = show(turn, event_id, person_id)
    replies.put_names(turn.session, event_id, person_id, entry.card.party, given)
    return show(turn, event_id, person_id)


def find(turn: Turn, event_id: int, words: str) -> Found:
    """By a part of a name, an organisation or a number: contacts, guests with an answer to this event."""
    check_staff(turn.person)
    wanted = _words(words)
    people = [
        (person, organisation)
        for person, organisation in _known(turn.session, event_id)
        if _has(wanted, person.name, organisation) or has_number(words, person.phone)
    ]
    without = select(Organisation).where(HAS_NOT_LEFT, ~HAS_CONTACT).order_by(col(Organisation.name))
    silent = [
        one for one in turn.session.exec(without) if _has(wanted, one.name) or has_number(words, one.phone)
    ]
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


def add_guest(turn: Turn, name: str, *, phone: str = "", organisation_id: int | None = None) -> Person:
    """Somebody without Telegram; for an organisation without contacts they are its first."""
    check_staff(turn.person)
    person = Person(
        name=name[:128],
        phone=phone,
        organisation_id=organisation_id,
        language=turn.pact.language,
        created_at=turn.now,
    )
    turn.session.add(person)
    turn.session.flush()
    return person
