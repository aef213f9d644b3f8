"""Who works in the office: added by a link or from people known, removed with all they had to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, delete, func, select, update

from domain.basics import refusals
from domain.basics.access import OfficeRole
from domain.joining.requests import UNDECIDED
from domain.office.digest import Wish
from domain.office.refusals import LastOfStaff
from domain.partners.refusals import PersonIsGone
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.ideas.tables import Idea
from storage.joining.tables import JoinRequest
from storage.office.tables import Office, OfficeNotice, StaffLink, StaffMember
from storage.partners import links

LINK_LIVES = timedelta(days=3)
FOUND = 12


@dataclass(frozen=True)
class Colleague:
    """Somebody of the office, with how many open cases they take care of."""

    person: Person
    cases: int
    is_deputy: bool


@dataclass(frozen=True)
class Change:
    """Who has come, or has left, by whom, and to whom how many cases went."""

    person: Person
    by: str
    has_left: bool
    heir: str
    cases: int


def show(session: Session, staff: Person) -> list[Colleague]:
    people.check_staff(staff)
    owned = dict(
        session.execute(
            select(JoinRequest.owner_id, func.count())
            .where(col(JoinRequest.state).in_(UNDECIDED))
            .group_by(col(JoinRequest.owner_id))
        ).all()
    )
    office = session.exec(select(Office)).first()
    deputy_id = office.deputy_id if office else None
    return [Colleague(one, owned.get(one.id, 0), one.id == deputy_id) for one in people.staff(session)]


def of(session: Session, staff: Person, person_id: int) -> Colleague:
    found = next((one for one in show(session, staff) if one.person.id == person_id), None)
    if found is None:
        raise PersonIsGone
    return found


def make_link(session: Session, staff: Person, now: datetime) -> str:
    """The code of a link that works once."""
    people.check_staff(staff)
    code = links.new_code()
    session.add(StaffLink(code_hash=links.hashed(code), made_by_id=staff.id, expires_at=now + LINK_LIVES))
    session.flush()
    return code


def open_link(session: Session, person: Person, code: str, now: datetime) -> bool:
    """Whoever opens it first is staff. Whether they have become it now."""
    if person.is_staff:
        return True
    links.check_guesses(session, person, now)
    found = select(StaffLink).where(StaffLink.code_hash == links.hashed(code)).with_for_update()
    link = session.exec(found).one_or_none()
    maker = session.get_one(Person, link.made_by_id) if link else None
    if link is None or maker is None:
        links.note_guess(session, person, now)
        return False
    if link.used_at or link.expires_at < now or not maker.is_staff:
        return False
    link.used_at = now
    session.add(link)
    _let_in(session, maker, person, now)
    return True


def find(session: Session, staff: Person, words: str) -> list[Person]:
    """People who write to the bot and are not of the office, by a part of their name."""
    people.check_staff(staff)
    known = select(Person).where(col(Person.telegram_id).is_not(None), ~col(Person.is_staff))
    named = known.where(func.lower(col(Person.name)).contains(words.lower(), autoescape=True))
    return list(session.exec(named.order_by(col(Person.name), col(Person.id)).limit(FOUND)))


def add(session: Session, staff: Person, person_id: int, now: datetime) -> Person:
    people.check_staff(staff)
    person = session.get(Person, person_id)
    if person is None or person.telegram_id is None:
        raise PersonIsGone
    if not person.is_staff:
        _let_in(session, staff, person, now)
    return person


def _let_in(session: Session, by: Person, person: Person, now: datetime) -> None:
    people.give_role(session, person, OfficeRole.STAFF)
    row = member(session, person, now)
    row.since, row.added_by_id, row.left_at, row.removed_by_id, row.heir_id = now, by.id, None, None, None
    session.add(row)
    session.flush()
    told = (one.id for one in people.staff(session) if one.id != by.id)
    _tell(session, told, person, now)


def _tell(session: Session, told: Iterable[int | None], person: Person, now: datetime) -> None:
    key = f"staff:{person.id}:{now.isoformat()}"
    known = [one for one in told if one]
    outbox.enqueue(session, known, OfficeNotice.STAFF_CHANGED, key, now, subject_id=person.id)


def remove(session: Session, staff: Person, person_id: int, heir_id: int, now: datetime) -> Change:
    """Their cases, ideas and deputyship go to the heir; all others are told, in one message."""
    people.check_staff(staff)
    leaver = session.get(Person, person_id)
    heir = session.get(Person, heir_id)
    if leaver is None or not leaver.is_staff:
        raise PersonIsGone
    if heir is None or not heir.is_staff or heir.id == leaver.id:
        raise LastOfStaff if len(people.staff(session)) == 1 else refusals.ButtonIsOutdated
    take_away(session, leaver, heir, staff, now)
    told = (one.id for one in people.staff(session) if one.id != staff.id)
    _tell(session, [*told, leaver.id], leaver, now)
    return change(session, leaver)


def take_away(
    session: Session, leaver: Person, heir: Person | None, by: Person | None, now: datetime
) -> None:
    """What somebody of the office had to do goes to the heir, or waits for anybody."""
    heir_id = heir.id if heir else None
    mine = select(func.count()).where(
        JoinRequest.owner_id == leaver.id, col(JoinRequest.state).in_(UNDECIDED)
    )
    row = member(session, leaver, now)
    row.left_at, row.removed_by_id, row.heir_id = now, by.id if by else None, heir_id
    row.handed_over = session.exec(mine).one()
    for table in (JoinRequest, Idea):
        session.exec(update(table).where(col(table.owner_id) == leaver.id).values(owner_id=heir_id))
    session.exec(update(Office).where(col(Office.deputy_id) == leaver.id).values(deputy_id=heir_id))
    session.add(row)
    people.give_role(session, leaver, None)
    session.expire_all()


def change(session: Session, person: Person) -> Change:
    row = session.get_one(StaffMember, person.id)
    by_id = row.removed_by_id if row.left_at else row.added_by_id
    names = {one: session.get_one(Person, one).name for one in (by_id, row.heir_id) if one}
    return Change(
        person,
        names.get(by_id or 0, ""),
        row.left_at is not None,
        names.get(row.heir_id or 0, ""),
        row.handed_over,
    )


def is_removed(session: Session, telegram_id: int) -> bool:
    """Whether the office has taken somebody out; a setting that names them does not bring them back."""
    left = select(StaffMember.person_id).join(Person, col(Person.id) == col(StaffMember.person_id))
    gone = left.where(Person.telegram_id == telegram_id, col(StaffMember.removed_by_id).is_not(None))
    return session.exec(gone.where(col(StaffMember.left_at).is_not(None))).first() is not None


def member(session: Session, person: Person, now: datetime) -> StaffMember:
    """The row of somebody of the office; who was named by a setting has none at first."""
    return session.get(StaffMember, person.id) or StaffMember(person_id=person.id, since=now)


def wish_of(session: Session, person: Person) -> Wish:
    row = session.get(StaffMember, person.id)
    if row is None:
        return Wish()
    return Wish(
        time.fromisoformat(row.digest_at) if row.digest_at else None,
        None if row.digest_days is None else frozenset(row.digest_days),
        frozenset(row.digest_without),
    )


def set_wish(session: Session, staff: Person, wish: Wish, now: datetime) -> Wish:
    people.check_staff(staff)
    row = member(session, staff, now)
    row.digest_at = f"{wish.at:%H:%M}" if wish.at else None
    row.digest_days = None if wish.days is None else sorted(wish.days)
    row.digest_without = sorted(wish.without)
    session.add(row)
    session.flush()
    return wish


def set_by_hand(
    session: Session, telegram_id: int, *, is_staff: bool, now: datetime, name: str, language: str
) -> Person:
    """The same from the command line: what somebody had to do goes to the deputy, or to whoever is there."""
    person = people.find_by_telegram(session, telegram_id)
    if is_staff or person is None or not person.is_staff:
        person = people.set_staff(
            session, telegram_id, is_staff=is_staff, now=now, name=name, language=language
        )
        row = member(session, person, now)
        row.left_at, row.removed_by_id = None if is_staff else now, None
        session.add(row)
        session.flush()
        return person
    others = [one for one in people.staff(session) if one.id != person.id]
    office = session.exec(select(Office)).first()
    heir = next((one for one in others if office and one.id == office.deputy_id), next(iter(others), None))
    take_away(session, person, heir, None, now)
    _tell(session, (one.id for one in others), person, now)
    return person


def know(session: Session, telegram_id: int, *, now: datetime, language: str) -> None:
    """Whom a setting names is staff, unless the office has taken them out since."""
    if not is_removed(session, telegram_id):
        people.set_staff(session, telegram_id, is_staff=True, now=now, language=language)


def forget_links(session: Session, now: datetime) -> None:
    """Nightly: those that nobody can open any more."""
    session.exec(delete(StaffLink).where(col(StaffLink.expires_at) < now))
