"""People: who wrote to the bot, who is staff, who is whose contact, who can be reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.basics import refusals
from domain.basics.access import OfficeRole
from storage.engine.prepared import PreparedEntity
from storage.engine.tables import Person
from storage.engine.turn import Turn

SEEN_EACH = timedelta(days=7)  # more often than this nobody needs to know
OF_NOBODY = ""  # the language of whoever is erased from every table
ERASED = "–"  # in place of a name that is no longer kept
CAN_BE_REACHED = (col(Person.telegram_id).is_not(None), col(Person.unreachable_since).is_(None))
_BY_TELEGRAM = PreparedEntity(Person, col(Person.telegram_id) == bindparam("telegram_id"))


@dataclass(frozen=True)
class Writer:
    """Who sent an update, as Telegram describes them; `language` is the catalogue that suits them."""

    telegram_id: int
    name: str
    language: str


def nobody_waits(_session: Session, _person: Person, _since: datetime, _now: datetime) -> None:
    """What follows from somebody's coming back where no field has to know."""


def seen(
    session: Session,
    writer: Writer,
    now: datetime,
    came_back: Callable[[Session, Person, datetime, datetime], None] = nobody_waits,
    *,
    can_be_written_to: bool = True,
    adds: bool = True,
) -> Person:
    """The person behind an update; whoever writes to the bot can be reached again, new ones are added.

    Where it `adds` nobody, a stranger has the number 0, which no row has.
    """
    person = find_by_telegram(session, writer.telegram_id)
    if person is None:
        person = Person(**vars(writer), created_at=now, seen_at=now)
        if not adds:
            person.id = 0
            return person
        session.add(person)
        session.flush()
    if person.seen_at is None or now - person.seen_at > SEEN_EACH:
        person.seen_at, person.asked_to_stay_at = now, None
    if person.unreachable_since and can_be_written_to:
        since, person.unreachable_since = person.unreachable_since, None
        session.flush()
        came_back(session, person, since, now)
    if person.name == str(person.telegram_id):  # staff by setting, before they first wrote
        person.name = writer.name
    return person


def find_by_telegram(session: Session, telegram_id: int) -> Person | None:
    return _BY_TELEGRAM.one_or_none(session, telegram_id=telegram_id)


def check_staff(person: Person) -> None:
    if not person.is_staff:
        raise refusals.OnlyForStaff


def check_administrator(person: Person) -> None:
    if person.office_role is not OfficeRole.ADMINISTRATOR:
        raise refusals.OnlyForAdministrators if person.office_role else refusals.OnlyForStaff


def staff_ids() -> SelectOfScalar[int]:
    """Of whom something of the office is told."""
    return select(col(Person.id)).where(col(Person.is_staff))


def staff(session: Session) -> list[Person]:
    return list(session.exec(select(Person).where(col(Person.is_staff)).order_by(col(Person.id))))


def role_of(session: Session, telegram_id: int) -> OfficeRole | None:
    person = find_by_telegram(session, telegram_id)
    return person.office_role if person else None


def administrators(session: Session) -> list[Person]:
    found = select(Person).where(Person.office_role == OfficeRole.ADMINISTRATOR)
    return list(session.exec(found.where(col(Person.is_staff)).order_by(col(Person.id))))


def of_office(session: Session) -> list[Person]:
    """Staff first, then who only reads."""
    found = select(Person).where(col(Person.office_role).is_not(None))
    return list(session.exec(found.order_by(col(Person.is_staff).desc(), col(Person.id))))


def give_role(session: Session, person: Person, role: OfficeRole | None) -> None:
    person.office_role = role
    person.is_staff = role in (OfficeRole.STAFF, OfficeRole.ADMINISTRATOR)
    session.add(person)
    session.flush()


def set_staff(
    session: Session, telegram_id: int, *, is_staff: bool, now: datetime, name: str = "", language: str = "de"
) -> Person:
    """Make somebody staff, or no longer; they need not have written to the bot yet. The first administers."""
    role = OfficeRole.STAFF if administrators(session) else OfficeRole.ADMINISTRATOR
    return set_role(session, telegram_id, role if is_staff else None, now=now, name=name, language=language)


def set_role(
    session: Session,
    telegram_id: int,
    role: OfficeRole | None,
    *,
    now: datetime,
    name: str = "",
    language: str = "de",
) -> Person:
    person = find_by_telegram(session, telegram_id)
    if person is None:
        person = Person(
            telegram_id=telegram_id, name=name or str(telegram_id), language=language, created_at=now
        )
    person.name = name or person.name
    give_role(session, person, role)
    return person


def looks(person: Person, *, as_office: bool) -> None:
    """Who only reads is shown what the office is shown, and is nobody of it wherever anything changes.

    This is never written: the row says who is staff.
    """
    if person.office_role is OfficeRole.READER:
        set_committed_value(person, "is_staff", as_office)


def choose_language(turn: Turn, language: str) -> Person:
    turn.person.language = language
    turn.session.add(turn.person)
    return turn.person


def is_reachable(person: Person) -> bool:
    return person.telegram_id is not None and person.unreachable_since is None
