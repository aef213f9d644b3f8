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
from storage.engine.turn import Turn
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


def find(turn: Turn, words: str) -> list[tuple[Person, str]]:
    """People by a part of their name, e-mail or phone, with their organisation."""
    people.check_staff(turn.person)
    wanted = words.lower()
    columns = (func.lower(Person.name), func.lower(Person.email), Person.phone)
    named = (
        select(Person, func.coalesce(Organisation.name, ""))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True)
        .where(or_(*(column.contains(wanted, autoescape=True) for column in columns)))  # type: ignore[union-attr] # columns
        .where(col(Person.name) != ERASED)
        .order_by(col(Person.name), col(Person.id))
    )
    return [(person, name) for person, name in turn.session.exec(named.limit(FOUND))]


def enter(turn: Turn, person_id: int, wish: Wish) -> Asked:
    people.check_staff(turn.person)
    person = turn.session.get(Person, person_id)
    if person is None:
        raise PersonIsGone
    request = PrivacyRequest(
        person_id=person.id,
        wish=wish,
        came_on=turn.now.date(),
        due_on=due_on(turn.now.date()),
        entered_by_id=turn.person.id,
    )
    turn.session.add(request)
    turn.session.flush()
    access_log.note(turn.session, turn.person, Deed.ENTERED_REQUEST, turn.now, request.id)
    staff_ids = people.staff_ids()
    due_at = turn.now + (timedelta(days=(request.due_on - request.came_on).days) - AHEAD)
    key = f"privacy_request:{request.id}"
    outbox.tell(turn, staff_ids, PrivacyNotice.REQUEST, key, request.id, due_at=due_at)
    return _asked(turn.session, request)


def _asked(session: Session, request: PrivacyRequest) -> Asked:
    person = session.get_one(Person, request.person_id)
    organisation = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return Asked(request, person.name, organisation.name if organisation else "")


def waiting(turn: Turn) -> list[Asked]:
    """What is due first comes first."""
    people.check_staff(turn.person)
    open_ones = select(PrivacyRequest).where(col(PrivacyRequest.done_at).is_(None))
    found: Sequence[PrivacyRequest] = turn.session.exec(open_ones.order_by(col(PrivacyRequest.due_on))).all()
    return [_asked(turn.session, request) for request in found]


def count_waiting(session: Session) -> int:
    is_open = col(PrivacyRequest.done_at).is_(None)
    return session.exec(select(func.count()).select_from(PrivacyRequest).where(is_open)).one()


def show(turn: Turn, request_id: int) -> Asked:
    people.check_staff(turn.person)
    return _asked(turn.session, _open(turn.session, request_id))


def _open(session: Session, request_id: int) -> PrivacyRequest:
    request = session.get(PrivacyRequest, request_id)
    if request is None or request.done_at:
        raise RequestIsDone
    return request


def hand_out(turn: Turn, request_id: int) -> list[Part]:
    """What the person gets: the same as in their own chat."""
    people.check_staff(turn.person)
    request = _open(turn.session, request_id)
    access_log.note(
        turn.session, turn.person, Deed.EXPORTED_PERSON, turn.now, request.id, f"Art. 15, {request.came_on}"
    )
    return own.all_parts(turn.of(turn.session.get_one(Person, request.person_id)))


def erase(turn: Turn, request_id: int) -> erasure.Erased:
    people.check_staff(turn.person)
    request = _open(turn.session, request_id)
    erased = erasure.erase(turn.of(turn.session.get_one(Person, request.person_id)))
    access_log.note(turn.session, turn.person, Deed.ERASED, turn.now, request_id)
    _close(turn.session, turn.session.get_one(PrivacyRequest, request_id), turn.person, turn.now)
    return erased


def close(turn: Turn, request_id: int) -> list[Asked]:
    people.check_staff(turn.person)
    _close(turn.session, _open(turn.session, request_id), turn.person, turn.now)
    return waiting(turn)


def _close(session: Session, request: PrivacyRequest, staff: Person, now: datetime) -> None:
    request.done_at, request.done_by_id = now, staff.id
    session.add(request)
    session.flush()
