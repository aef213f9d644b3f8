"""Requests to join, the office's decisions on them, and the organisations that come of them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from domain import refusals
from domain.joining import CONSENT_VERSION, Category, Kind, NewRequest, RequestState, Size, name_key
from domain.pact import Pact
from storage import outbox, people
from storage.tables import JoinRequest, NoticeKind, Organisation, Person


@dataclass(frozen=True)
class RequestCard:
    """A request as staff see it; `known` is an organisation of that name which is a partner already."""

    request: JoinRequest
    known: Organisation | None
    decided_by: str


def check_may_ask(session: Session, person: Person) -> None:
    """Raises AlreadyInvolved for contacts of a partner and for those who wait for an answer."""
    if person.organisation_id:
        name = session.get_one(Organisation, person.organisation_id).name
        raise refusals.AlreadyInvolved(name, is_partner=True)
    request = people.open_request(session, person)
    if request:
        raise refusals.AlreadyInvolved(request.organisation, is_partner=False)


def ask(session: Session, person: Person, new: NewRequest, now: datetime) -> JoinRequest:
    """Store a request with the consent given and tell the staff."""
    check_may_ask(session, person)
    assert person.id is not None
    request = JoinRequest(person_id=person.id, consent_version=CONSENT_VERSION, received_at=now, **vars(new))
    session.add(request)
    session.flush()
    staff_ids = select(col(Person.id)).where(col(Person.is_staff))
    key = f"request:{request.id}:received"
    outbox.enqueue(session, staff_ids, NoticeKind.REQUEST_RECEIVED, key, now, subject_id=request.id)
    return request


def show(session: Session, staff: Person, request_id: int) -> RequestCard:
    people.check_staff(staff)
    return request_card(session, get_request(session, request_id))


def request_card(session: Session, request: JoinRequest) -> RequestCard:
    decided_by = session.get(Person, request.decided_by_id) if request.decided_by_id else None
    return RequestCard(
        request, find_organisation(session, request.organisation), decided_by.name if decided_by else ""
    )


def waiting(session: Session, staff: Person) -> list[JoinRequest]:
    """Open requests, the one that waits longest first."""
    people.check_staff(staff)
    return list(
        session.exec(
            select(JoinRequest)
            .where(JoinRequest.state == RequestState.RECEIVED)
            .order_by(col(JoinRequest.received_at))
            .limit(30)
        )
    )


def accept(session: Session, staff: Person, request_id: int, pact: Pact, now: datetime) -> RequestCard:
    """Make the organisation a partner and the applicant its contact, and tell the applicant.

    An organisation of the same name that is a partner already gets the applicant as a further contact.
    """
    request = _decide(session, staff, request_id, RequestState.ACCEPTED, "", now)
    applicant = session.get_one(Person, request.person_id)
    if applicant.organisation_id:
        current = session.get_one(Organisation, applicant.organisation_id)
        raise refusals.ApplicantIsContact(current.name)
    joined_on = now.astimezone(pact.timezone).date()
    organisation = find_organisation(session, request.organisation) or _add_partner(
        session, request, pact, joined_on
    )
    applicant.organisation_id = organisation.id
    applicant.name, applicant.email = request.contact_name, request.email
    applicant.phone = request.phone or ""
    session.add(applicant)
    session.flush()
    return request_card(session, request)


def decline(session: Session, staff: Person, request_id: int, reason: str, now: datetime) -> RequestCard:
    return request_card(session, _decide(session, staff, request_id, RequestState.DECLINED, reason, now))


def _decide(
    session: Session, staff: Person, request_id: int, state: RequestState, reason: str, now: datetime
) -> JoinRequest:
    people.check_staff(staff)
    request = get_request(session, request_id)
    check_undecided(session, request)
    request.state, request.reason = state, reason
    request.decided_at, request.decided_by_id = now, staff.id
    session.add(request)
    session.flush()
    kind = NoticeKind.REQUEST_ACCEPTED if state is RequestState.ACCEPTED else NoticeKind.REQUEST_DECLINED
    outbox.enqueue(
        session, [request.person_id], kind, f"request:{request.id}:{state}", now, subject_id=request.id
    )
    return request


def check_undecided(session: Session, request: JoinRequest) -> None:
    if request.state is not RequestState.RECEIVED:
        card = request_card(session, request)
        raise refusals.RequestIsDecided(request.state is RequestState.ACCEPTED, card.decided_by)


def get_request(session: Session, request_id: int) -> JoinRequest:
    request = session.exec(
        select(JoinRequest).where(JoinRequest.id == request_id).with_for_update()
    ).one_or_none()
    if request is None:
        raise refusals.RequestIsGone
    return request


def find_organisation(session: Session, name: str) -> Organisation | None:
    return session.exec(select(Organisation).where(Organisation.name_key == name_key(name))).one_or_none()


def _add_partner(session: Session, request: JoinRequest, pact: Pact, joined_on: date) -> Organisation:
    organisation = Organisation(
        name=request.organisation,
        name_key=name_key(request.organisation),
        kind=Kind.PARTNER,
        category=Category(request.category),
        size=Size(request.size),
        postcode=request.postcode,
        city=pact.city,
        joined_on=joined_on,
    )
    session.add(organisation)
    session.flush()
    return organisation
