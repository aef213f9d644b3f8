"""Who works in the office: added by a link or from people known, removed with all they had to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session, col, delete, func, select, update

from domain.basics import refusals
from domain.basics.access import OfficeRole
from domain.basics.deeds import Deed
from domain.joining.requests import UNDECIDED
from domain.office.digest import Wish
from domain.office.refusals import LastAdministrator
from domain.partners.refusals import PersonIsGone
from storage.engine import access_log, outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import shown
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


def show(turn: Turn) -> list[Colleague]:
    people.check_staff(turn.person)
    owned = dict(
        turn.session.execute(
            select(JoinRequest.owner_id, func.count())
            .where(col(JoinRequest.state).in_(UNDECIDED))
            .group_by(col(JoinRequest.owner_id))
        ).all()
    )
    office = turn.session.exec(select(Office)).first()
    deputy_id = office.deputy_id if office else None
    return [
        Colleague(one, owned.get(one.id, 0), one.id == deputy_id) for one in people.of_office(turn.session)
    ]


def of(turn: Turn, person_id: int) -> Colleague:
    found = next((one for one in show(turn) if one.person.id == person_id), None)
    if found is None:
        raise PersonIsGone
    return found


def make_link(turn: Turn, role: OfficeRole = OfficeRole.STAFF) -> str:
    """The code of a link that works once."""
    people.check_administrator(turn.person)
    code = links.new_code()
    expires_at = turn.now + LINK_LIVES
    link = StaffLink(
        code_hash=links.hashed(code), made_by_id=turn.person.id, expires_at=expires_at, role=role
    )
    turn.session.add(link)
    turn.session.flush()
    return code


def open_link(turn: Turn, code: str) -> bool:
    """Whoever opens it first is of the office. Whether they are now."""
    if turn.person.office_role:
        return True
    links.check_guesses(turn)
    found = select(StaffLink).where(StaffLink.code_hash == links.hashed(code)).with_for_update()
    link = turn.session.exec(found).one_or_none()
    maker = turn.session.get_one(Person, link.made_by_id) if link else None
    if link is None or maker is None:
        links.note_guess(turn)
        return False
    if link.used_at or link.expires_at < turn.now or maker.office_role is not OfficeRole.ADMINISTRATOR:
        return False
    link.used_at = turn.now
    turn.session.add(link)
    _let_in(turn.of(maker), turn.person, link.role)
    return True


def find(turn: Turn, words: str) -> list[Person]:
    """People who write to the bot and are not of the office, by a part of their name."""
    people.check_administrator(turn.person)
    known = select(Person).where(col(Person.telegram_id).is_not(None), col(Person.office_role).is_(None))
    named = known.where(func.lower(col(Person.name)).contains(words.lower(), autoescape=True))
    return list(turn.session.exec(named.order_by(col(Person.name), col(Person.id)).limit(FOUND)))


def add(turn: Turn, person_id: int, role: OfficeRole) -> Person:
    people.check_administrator(turn.person)
    person = turn.session.get(Person, person_id)
    if person is None or person.telegram_id is None:
        raise PersonIsGone
    if person.office_role is None:
        _let_in(turn, person, role)
    return person


def change_role(turn: Turn, person_id: int, role: OfficeRole) -> Person:
    """Who only reads from now on hands over like somebody who leaves, to whoever changes that."""
    people.check_administrator(turn.person)
    person = turn.session.get(Person, person_id)
    if person is None or person.office_role is None:
        raise PersonIsGone
    if person.office_role is role:
        return person
    if role is not OfficeRole.ADMINISTRATOR:
        check_is_not_last(turn.session, person)
    if role is OfficeRole.READER:
        _hand_over(
            turn.session,
            person,
            next((one for one in people.staff(turn.session) if one.id != person.id), None),
        )
    people.give_role(turn.session, person, role)
    _log(turn, person, role)
    told = (one.id for one in people.of_office(turn.session) if one.id != turn.person.id)
    _tell(turn.session, told, person, turn.now)
    return person


def check_is_not_last(session: Session, person: Person) -> None:
    """Somebody has to stay who can add others."""
    if [one.id for one in people.administrators(session)] == [person.id]:
        raise LastAdministrator


def _log(turn: Turn, person: Person, role: OfficeRole | None) -> None:
    access_log.note(turn.session, turn.person, Deed.CHANGED_ROLE, turn.now, person.id, role or "none")


def _let_in(turn: Turn, person: Person, role: OfficeRole) -> None:
    people.give_role(turn.session, person, role)
    _log(turn, person, role)
    row = member(turn.session, person, turn.now)
    row.since, row.added_by_id, row.left_at, row.removed_by_id, row.heir_id = (
        turn.now,
        turn.person.id,
        None,
        None,
        None,
    )
    turn.session.add(row)
    turn.session.flush()
    told = (one.id for one in people.staff(turn.session) if one.id != turn.person.id)
    _tell(turn.session, told, person, turn.now)


def _tell(session: Session, told: Iterable[int | None], person: Person, now: datetime) -> None:
    key = f"staff:{person.id}:{now.isoformat()}"
    known = [one for one in told if one]
    outbox.enqueue(session, known, OfficeNotice.STAFF_CHANGED, key, now, subject_id=person.id)


def remove(turn: Turn, person_id: int, heir_id: int) -> Change:
    """Their cases, ideas and deputyship go to the heir; all others are told, in one message."""
    people.check_administrator(turn.person)
    leaver = turn.session.get(Person, person_id)
    heir = turn.session.get(Person, heir_id)
    if leaver is None or leaver.office_role is None:
        raise PersonIsGone
    check_is_not_last(turn.session, leaver)
    if heir is None or not heir.is_staff or heir.id == leaver.id:
        raise refusals.ButtonIsOutdated
    take_away(turn.session, leaver, heir, turn.person, turn.now)
    _log(turn, leaver, None)
    told = (one.id for one in people.of_office(turn.session) if one.id != turn.person.id)
    _tell(turn.session, [*told, leaver.id], leaver, turn.now)
    return change(turn.of(leaver))


def take_away(
    session: Session, leaver: Person, heir: Person | None, by: Person | None, now: datetime
) -> None:
    """What somebody of the office had to do goes to the heir, or waits for anybody."""
    row = member(session, leaver, now)
    row.left_at, row.removed_by_id, row.heir_id = now, by.id if by else None, heir.id if heir else None
    row.handed_over = _hand_over(session, leaver, heir)
    session.add(row)
    people.give_role(session, leaver, None)
    session.expire_all()


def _hand_over(session: Session, leaver: Person, heir: Person | None) -> int:
    """How many cases that were."""
    heir_id = heir.id if heir else None
    mine = select(func.count()).where(
        JoinRequest.owner_id == leaver.id, col(JoinRequest.state).in_(UNDECIDED)
    )
    handed_over = session.exec(mine).one()
    for table in (JoinRequest, Idea):
        for row in session.exec(select(table).where(table.owner_id == leaver.id)).all():
            row.owner_id = heir_id  # each by itself, so that what shows it follows
            session.add(row)
    session.flush()
    shown.look_again(session, leaver)
    session.exec(update(Office).where(col(Office.deputy_id) == leaver.id).values(deputy_id=heir_id))
    return handed_over


def change(turn: Turn) -> Change:
    row = turn.session.get_one(StaffMember, turn.person.id)
    by_id = row.removed_by_id if row.left_at else row.added_by_id
    names = {one: turn.session.get_one(Person, one).name for one in (by_id, row.heir_id) if one}
    return Change(
        turn.person,
        names.get(by_id or 0, ""),
        row.left_at is not None,
        names.get(row.heir_id or 0, ""),
        row.handed_over,
    )


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


def set_wish(turn: Turn, wish: Wish) -> Wish:
    people.check_staff(turn.person)
    row = member(turn.session, turn.person, turn.now)
    row.digest_at = f"{wish.at:%H:%M}" if wish.at else None
    row.digest_days = None if wish.days is None else sorted(wish.days)
    row.digest_without = sorted(wish.without)
    turn.session.add(row)
    turn.session.flush()
    return wish


def set_by_hand(
    session: Session, telegram_id: int, role: OfficeRole | None, *, now: datetime, name: str, language: str
) -> Person:
    """The same from the command line: what somebody had to do goes to the deputy, or to whoever is there."""
    person = people.find_by_telegram(session, telegram_id)
    if person and role is not OfficeRole.ADMINISTRATOR:
        check_is_not_last(session, person)
    if role or person is None or not person.is_staff:
        person = people.set_role(session, telegram_id, role, now=now, name=name, language=language)
        row = member(session, person, now)
        row.left_at, row.removed_by_id = None if role else now, None
        session.add(row)
        session.flush()
        return person
    others = [one for one in people.staff(session) if one.id != person.id]
    office = session.exec(select(Office)).first()
    heir = next((one for one in others if office and one.id == office.deputy_id), next(iter(others), None))
    take_away(session, person, heir, None, now)
    _tell(session, (one.id for one in others), person, now)
    return person


def found(session: Session, telegram_ids: Iterable[int], *, now: datetime, language: str) -> None:
    """Whom a setting names administers an office that nobody does yet; later it brings nobody back."""
    if people.administrators(session):
        return
    for telegram_id in telegram_ids:
        people.set_role(session, telegram_id, OfficeRole.ADMINISTRATOR, now=now, language=language)


def forget_links(session: Session, now: datetime) -> None:
    """Nightly: those that nobody can open any more."""
    session.exec(delete(StaffLink).where(col(StaffLink.expires_at) < now))
