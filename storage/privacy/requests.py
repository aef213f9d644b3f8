"""Requests about one's data that come by letter, mail or phone: entered, answered, due in a month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, or_, select

from domain.basics.deeds import Deed
from domain.partners.refusals import PersonIsGone
from domain.privacy.refusals import RequestIsDone
from domain.privacy.requests import Wish, due_on
from storage.engine import access_log, outbox, people
from storage.engine.people import ERASED
from storage.engine.tables import Person
from storage.partners.tables import Organisation
from storage.privacy import erasure, own
from storage.privacy.own import Part
from storage.privacy.tables import PrivacyNotice, PrivacyRequest

FOUND = 12
AHEAD = timedelta(days=7)  # the office is told again so long before it is due


@dataclass(frozen=True)
class Asked:
    request: PrivacyRequest
    name: str
    organisation: str


def find(session: Session, staff: Person, words: str) -> list[tuple[Person, str]]:
    """People by a part of their name, e-mail or phone, with their organisation."""
    people.check_staff(staff)
    wanted = words.lower()
    columns = (func.lower(Person.name), func.lower(Person.email), Person.phone)
    named = (
        select(Person, func.coalesce(Organisation.name, ""))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True)
        .where(or_(*(column.contains(wanted, autoescape=True) for column in columns)))  # type: ignore[union-attr] # columns
        .where(col(Person.name) != ERASED)
        .order_by(col(Person.name), col(Person.id))
    )
    return [(person, name) for person, name in session.exec(named.limit(FOUND))]


def enter(session: Session, staff: Person, person_id: int, wish: Wish, now: datetime) -> Asked:
    people.check_staff(staff)
    person = session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    request = PrivacyRequest(
        person_id=person.id,
        wish=wish,
        came_on=now.date(),
        due_on=due_on(now.date()),
        entered_by_id=staff.id,
    )
    session.add(request)
    session.flush()
    access_log.note(session, staff, Deed.ENTERED_REQUEST, now, request.id)
    staff_ids = people.staff_ids()
    due_at = now + (timedelta(days=(request.due_on - request.came_on).days) - AHEAD)
    key = f"privacy_request:{request.id}"
    outbox.enqueue(session, staff_ids, PrivacyNotice.REQUEST, key, now, subject_id=request.id, due_at=due_at)
    return _asked(session, request)


def _asked(session: Session, request: PrivacyRequest) -> Asked:
    person = session.get_one(Person, request.person_id)
    organisation = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return Asked(request, person.name, organisation.name if organisation else "")


def waiting(session: Session, staff: Person) -> list[Asked]:
    """What is due first comes first."""
    people.check_staff(staff)
    open_ones = select(PrivacyRequest).where(col(PrivacyRequest.done_at).is_(None))
    found: Sequence[PrivacyRequest] = session.exec(open_ones.order_by(col(PrivacyRequest.due_on))).all()
    return [_asked(session, request) for request in found]


def count_waiting(session: Session) -> int:
    is_open = col(PrivacyRequest.done_at).is_(None)
    return session.exec(select(func.count()).select_from(PrivacyRequest).where(is_open)).one()


def show(session: Session, staff: Person, request_id: int) -> Asked:
    people.check_staff(staff)
    return _asked(session, _open(session, request_id))


def _open(session: Session, request_id: int) -> PrivacyRequest:
    request = session.get(PrivacyRequest, request_id)
    if request is None or request.done_at:
        raise RequestIsDone
    return request


def hand_out(session: Session, staff: Person, request_id: int, now: datetime) -> list[Part]:
    """What the person gets: the same as in their own chat."""
    people.check_staff(staff)
    request = _open(session, request_id)
    access_log.note(session, staff, Deed.EXPORTED_PERSON, now, request.id, f"Art. 15, {request.came_on}")
    return own.all_parts(session, session.get_one(Person, request.person_id))


def erase(session: Session, staff: Person, request_id: int, now: datetime) -> erasure.Erased:
    people.check_staff(staff)
    request = _open(session, request_id)
    erased = erasure.erase(session, session.get_one(Person, request.person_id), now)
    access_log.note(session, staff, Deed.ERASED, now, request_id)
    _close(session, session.get_one(PrivacyRequest, request_id), staff, now)
    return erased


def close(session: Session, staff: Person, request_id: int, now: datetime) -> list[Asked]:
    people.check_staff(staff)
    _close(session, _open(session, request_id), staff, now)
    return waiting(session, staff)


def _close(session: Session, request: PrivacyRequest, staff: Person, now: datetime) -> None:
    request.done_at, request.done_by_id = now, staff.id
    session.add(request)
    session.flush()
