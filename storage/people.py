"""People: who wrote to the bot, who is staff, who is whose contact, who can be reached."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, delete, func, select, update

from domain import refusals
from domain.joining import RequestState
from storage.tables import (
    Event,
    Form,
    Idea,
    Inquiry,
    InquiryLine,
    Invite,
    JoinRequest,
    Notice,
    Organisation,
    Person,
    Rsvp,
)

_BY_TELEGRAM = select(Person).where(Person.telegram_id == bindparam("telegram_id"))


@dataclass(frozen=True)
class Writer:
    """Who sent an update, as Telegram describes them; `language` is the catalogue that suits them."""

    telegram_id: int
    name: str
    language: str


@dataclass(frozen=True)
class Profile:
    """What the bot knows of a person and shows them on request."""

    person: Person
    organisation: Organisation | None
    open_request: JoinRequest | None
    answers: int
    ideas: int


def seen(session: Session, writer: Writer, now: datetime) -> Person:
    """The person behind an update; new ones are added, and whoever writes can be reached again."""
    person = find_by_telegram(session, writer.telegram_id)
    if person is None:
        person = Person(
            telegram_id=writer.telegram_id, name=writer.name, language=writer.language, created_at=now
        )
        session.add(person)
        session.flush()
    if person.unreachable_since:
        person.unreachable_since = None
    if person.name == str(person.telegram_id):  # staff by setting, before they first wrote
        person.name = writer.name
    return person


def find_by_telegram(session: Session, telegram_id: int) -> Person | None:
    return session.execute(_BY_TELEGRAM, {"telegram_id": telegram_id}).scalar_one_or_none()


def check_staff(person: Person) -> None:
    if not person.is_staff:
        raise refusals.OnlyForStaff


def staff(session: Session) -> list[Person]:
    return list(session.exec(select(Person).where(col(Person.is_staff)).order_by(col(Person.id))))


def set_staff(
    session: Session, telegram_id: int, *, is_staff: bool, now: datetime, name: str = "", language: str = "de"
) -> Person:
    """Make somebody staff, or no longer; they need not have written to the bot yet."""
    person = find_by_telegram(session, telegram_id)
    if person is None:
        person = Person(
            telegram_id=telegram_id, name=name or str(telegram_id), language=language, created_at=now
        )
    person.is_staff = is_staff
    person.name = name or person.name
    session.add(person)
    session.flush()
    return person


def choose_language(session: Session, person: Person, language: str) -> Person:
    person.language = language
    session.add(person)
    return person


def mark_unreachable(session: Session, person_id: int, now: datetime) -> None:
    session.exec(
        update(Person)
        .where(col(Person.id) == person_id, col(Person.unreachable_since).is_(None))
        .values(unreachable_since=now)
    )


def profile(session: Session, person: Person) -> Profile:
    return Profile(
        person=person,
        organisation=session.get(Organisation, person.organisation_id) if person.organisation_id else None,
        open_request=open_request(session, person),
        answers=_count(session, Rsvp, person),
        ideas=_count(session, Idea, person),
    )


def change_listing(session: Session, person: Person) -> Profile:
    """Name one's organisation among the partners, or no longer."""
    if person.organisation_id is None:
        raise refusals.OnlyForPartners
    organisation = session.get_one(Organisation, person.organisation_id)
    organisation.is_listed = not organisation.is_listed
    session.add(organisation)
    session.flush()
    return profile(session, person)


def open_request(session: Session, person: Person) -> JoinRequest | None:
    return session.exec(
        select(JoinRequest)
        .where(JoinRequest.person_id == person.id, JoinRequest.state == RequestState.RECEIVED)
        .order_by(col(JoinRequest.id).desc())
        .limit(1)
    ).first()


def _count(session: Session, table: type[Rsvp | Idea], person: Person) -> int:
    return session.exec(select(func.count()).select_from(table).where(table.person_id == person.id)).one()


def invite_for(session: Session, contact: Person, now: datetime) -> Invite:
    """The personal link of a contact without Telegram; the same again until it is used or revoked."""
    assert contact.id is not None
    unused = session.exec(
        select(Invite).where(
            Invite.person_id == contact.id, col(Invite.used_at).is_(None), col(Invite.revoked_at).is_(None)
        )
    ).first()
    if unused:
        return unused
    invite = Invite(code=secrets.token_urlsafe(12), person_id=contact.id, created_at=now)
    session.add(invite)
    return invite


def use_invite(session: Session, person: Person, code: str, now: datetime) -> tuple[Person, Organisation]:
    """Make the Telegram user `person` the contact that the link stands for; gives back that contact.

    Whatever the user has done before comes along. Opening one's own link again is no error.
    """
    invite = session.exec(select(Invite).where(Invite.code == code).with_for_update()).one_or_none()
    if invite is None:
        raise refusals.InviteIsUnknown
    contact = session.get_one(Person, invite.person_id)
    organisation = session.get_one(Organisation, contact.organisation_id)
    if contact.id == person.id:
        return contact, organisation
    _check_invite(invite, now)
    if person.organisation_id:
        current = session.get_one(Organisation, person.organisation_id)
        raise refusals.AlreadyInvolved(current.name, is_partner=True)
    invite.used_at = now
    _become(session, person, contact)
    return contact, organisation


def _check_invite(invite: Invite, now: datetime) -> None:
    if invite.used_at:
        raise refusals.InviteIsUsed
    if invite.revoked_at:
        raise refusals.InviteIsRevoked
    if invite.expires_at and now > invite.expires_at:
        raise refusals.InviteHasExpired


def _become(session: Session, person: Person, contact: Person) -> None:
    """Turn two rows of one human into one, `contact`; what the Telegram user has and did moves over."""
    own = {"person_id": contact.id}
    for table in (Rsvp, Idea, Form, JoinRequest, Notice, Inquiry):
        session.exec(update(table).where(col(table.person_id) == person.id).values(**own))
    session.exec(
        update(JoinRequest)
        .where(col(JoinRequest.decided_by_id) == person.id)
        .values(decided_by_id=contact.id)
    )
    session.exec(
        update(InquiryLine).where(col(InquiryLine.author_id) == person.id).values(author_id=contact.id)
    )
    session.exec(update(Event).where(col(Event.created_by_id) == person.id).values(created_by_id=contact.id))
    telegram_id, language, is_staff = person.telegram_id, person.language, person.is_staff
    session.exec(delete(Person).where(col(Person.id) == person.id))
    session.expunge(person)
    contact.telegram_id, contact.language, contact.is_staff = telegram_id, language, is_staff
    session.add(contact)
    session.flush()
