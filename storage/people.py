"""People: who wrote to the bot, who is staff, who is whose contact, who can be reached."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, func, select, update

from domain import refusals
from domain.joining import UNDECIDED
from storage.prepared import PreparedEntity
from storage.tables import Idea, Inquiry, JoinRequest, Organisation, Person, Rsvp

ERASED = "–"  # in place of a name that is no longer kept
_BY_TELEGRAM = PreparedEntity(Person, col(Person.telegram_id) == bindparam("telegram_id"))


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
    questions: int = 0

    @property
    def partner(self) -> Organisation | None:
        """The organisation, unless it has left the pact."""
        return None if self.organisation and self.organisation.left_on else self.organisation


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
        session.flush()
        note_reach(session, person.organisation_id, now)
    if person.name == str(person.telegram_id):  # staff by setting, before they first wrote
        person.name = writer.name
    return person


def find_by_telegram(session: Session, telegram_id: int) -> Person | None:
    return _BY_TELEGRAM.one_or_none(session, telegram_id=telegram_id)


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
    note_reach(session, session.get_one(Person, person_id).organisation_id, now)


def is_reachable(person: Person) -> bool:
    return person.telegram_id is not None and person.unreachable_since is None


def note_reach(session: Session, organisation_id: int | None, now: datetime) -> None:
    """Keep since when none of an organisation's contacts can be reached here any more."""
    if organisation_id is None:
        return
    organisation = session.get_one(Organisation, organisation_id)
    if reachable_contacts(session, organisation_id):
        organisation.silent_since = None
    else:
        organisation.silent_since = organisation.silent_since or now
    session.add(organisation)


def reachable_contacts(session: Session, organisation_id: int) -> list[Person]:
    """Contacts to whom the bot can write, the main contact first."""
    return list(
        session.exec(
            select(Person)
            .where(
                Person.organisation_id == organisation_id,
                col(Person.telegram_id).is_not(None),
                col(Person.unreachable_since).is_(None),
            )
            .order_by(col(Person.is_main_contact).desc(), col(Person.id))
        )
    )


def profile(session: Session, person: Person) -> Profile:
    return Profile(
        person=person,
        organisation=session.get(Organisation, person.organisation_id) if person.organisation_id else None,
        open_request=open_request(session, person),
        answers=_count(session, Rsvp, person),
        ideas=_count(session, Idea, person),
        questions=_count(session, Inquiry, person),
    )


def open_request(session: Session, person: Person) -> JoinRequest | None:
    return session.exec(
        select(JoinRequest)
        .where(JoinRequest.person_id == person.id, col(JoinRequest.state).in_(UNDECIDED))
        .order_by(col(JoinRequest.id).desc())
        .limit(1)
    ).first()


def _count(session: Session, table: type[Rsvp | Idea | Inquiry], person: Person) -> int:
    return session.exec(select(func.count()).select_from(table).where(table.person_id == person.id)).one()
