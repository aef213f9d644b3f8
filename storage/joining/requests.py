"""Requests to join, as the applicant sees them, and the partners that come of them."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, col, delete, select, update

from domain.basics.consent import CONSENT_VERSION, Topic
from domain.basics.pact import Pact
from domain.joining.concepts import ConceptState
from domain.joining.refusals import ApplicantIsContact, RequestIsGone, StepIsImpossible
from domain.joining.requests import UNDECIDED, EntryKind, NewRequest, RequestState
from domain.joining.sme import Outcome
from domain.partners.organisations import Category, Kind, Size, name_key
from domain.partners.refusals import AlreadyInvolved
from storage.engine import consents, outbox, people
from storage.engine.tables import Person
from storage.joining import case_progress, cases, talks, twins
from storage.joining.cases import Case
from storage.joining.tables import CaseEntry, Concept, JoiningNotice, JoinRequest, SmeCheck, Talk
from storage.office import inquiries
from storage.partners import contacts, membership
from storage.partners.tables import Organisation

FAILED_KEPT = timedelta(days=365)


def check_may_ask(session: Session, person: Person) -> None:
    """Raises AlreadyInvolved for contacts of a partner and for those who wait for an answer."""
    partner = membership.partner_of(session, person)
    if partner:
        raise AlreadyInvolved(partner.name, is_partner=True)
    request = open_request(session, person)
    if request:
        raise AlreadyInvolved(request.organisation, is_partner=False)


def ask(session: Session, person: Person, new: NewRequest, pact: Pact, now: datetime) -> JoinRequest:
    """Store a request with the consent given and tell the staff."""
    check_may_ask(session, person)
    given = {**vars(new), "hopes": list(new.hopes)}
    request = JoinRequest(person_id=person.id, consent_version=CONSENT_VERSION, received_at=now, **given)
    session.add(request)
    session.flush()
    consents.give(session, person, Topic.JOINING, request.id, now)
    case_progress.write(session, request, person, EntryKind.RECEIVED, now)
    first = twins.join_first(session, request, pact, now)
    if first is None:
        case_progress.owe(session, request, pact, now)
    staff = case_progress.office_of(session, first or request)
    key, subject_id = f"request:{request.id}:received", (first or request).id
    outbox.enqueue(session, staff, JoiningNotice.REQUEST_RECEIVED, key, now, subject_id=subject_id)
    return request


def enter(session: Session, staff: Person, new: NewRequest, pact: Pact, now: datetime) -> JoinRequest:
    """A request that came by phone or letter: its applicant is reached in the same way."""
    people.check_staff(staff)
    applicant = Person(
        name=new.contact_name, language=pact.language, email=new.email, phone=new.phone or "", created_at=now
    )
    session.add(applicant)
    session.flush()
    request = ask(session, applicant, new, pact, now)
    request.entered_by_id, request.owner_id = staff.id, staff.id
    session.add(request)
    session.flush()
    return request


def of_organisation(session: Session, organisation_id: int) -> list[JoinRequest]:
    """By which it has joined."""
    mine = select(JoinRequest).where(JoinRequest.organisation_id == organisation_id)
    return list(session.exec(mine.order_by(col(JoinRequest.id).desc())))


def own(session: Session, person: Person, request_id: int | None = None) -> Case:
    """The person's own undecided request, or one of their requests."""
    request = (
        session.get(JoinRequest, request_id) if request_id is not None else open_request(session, person)
    )
    if request is None or request.person_id != person.id:
        raise RequestIsGone
    return cases.case(session, request, is_own=True)


def withdraw(session: Session, person: Person, request_id: int, reason: str, now: datetime) -> JoinRequest:
    request = _own_locked(session, person, request_id)
    staff = case_progress.office_of(session, request)
    talks.call_off(session, request, person, reason, now)
    case_progress.go(session, request, person, RequestState.WITHDRAWN, now, reason)
    twins.let_go(session, request, now)
    key = f"request:{request.id}:withdrawn:{now.isoformat()}"
    outbox.enqueue(session, staff, JoiningNotice.REQUEST_STEP, key, now, subject_id=request.id)
    return request


def wake(session: Session, person: Person, request_id: int, pact: Pact, now: datetime) -> Case:
    """The applicant wants to go on with a request that was laid to rest."""
    request = _own_locked(session, person, request_id)
    if request.state is not RequestState.ASLEEP:
        raise StepIsImpossible
    case_progress.go(session, request, person, RequestState.RECEIVED, now)
    request.due_on = None
    case_progress.owe(session, request, pact, now)
    staff = case_progress.office_of(session, request)
    key = f"request:{request.id}:awake:{now.isoformat()}"
    outbox.enqueue(session, staff, JoiningNotice.REQUEST_RECEIVED, key, now, subject_id=request.id)
    return cases.case(session, request, is_own=True)


def _own_locked(session: Session, person: Person, request_id: int) -> JoinRequest:
    request = case_progress.get_request(session, request_id)
    if request.person_id != person.id:
        raise RequestIsGone
    return request


def sign(
    session: Session, staff: Person, request_id: int, signed_on: date, now: datetime, pact: Pact
) -> Case:
    """Make the organisation a partner from that day and the applicant its contact, and welcome them.

    An organisation of the same name gets the applicant as a further contact; a former partner joins again.
    """
    people.check_staff(staff)
    request = case_progress.get_request(session, request_id)
    applicant = session.get_one(Person, request.person_id)
    case_progress.check_undecided(session, request)
    current = membership.partner_of(session, applicant)
    if current:
        raise ApplicantIsContact(current.name)
    talks.call_off(session, request, staff, "", now)
    case_progress.go(session, request, staff, RequestState.SIGNED, now)
    organisation = find_organisation(session, request.organisation) or _add_partner(request, pact, signed_on)
    if organisation.left_on:
        organisation.left_on, organisation.joined_on = None, signed_on
    session.add(organisation)
    session.flush()
    request.signed_on, request.organisation_id, request.due_on = signed_on, organisation.id, None
    session.add(request)
    applicant.name, applicant.email = request.contact_name, request.email
    applicant.phone, applicant.role = request.phone or "", request.contact_role
    contacts.add(session, applicant, organisation, now)
    twins.let_in(session, request, now)
    _register_for_concept(session, request, now)
    case_progress.tell_step(session, request, now)
    office, key = case_progress.office_of(session, request), f"request:{request_id}:certificate"
    outbox.enqueue(session, office, JoiningNotice.CERTIFICATE, key, now, subject_id=request_id)
    return cases.case(session, request)


def _add_partner(request: JoinRequest, pact: Pact, joined_on: date) -> Organisation:
    return Organisation(
        name=request.organisation,
        name_key=name_key(request.organisation),
        kind=Kind.PARTNER,
        category=Category(request.category),
        size=Size(request.size),
        sector=request.sector,
        postcode=request.postcode,
        city=pact.city if pact.has_seat(request.postcode) else "",
        joined_on=joined_on,
    )


def _register_for_concept(session: Session, request: JoinRequest, now: datetime) -> None:
    """What the applicant's SME check came to goes along; a wish for the concept too, where it allows one."""
    if request.sme_outcome is None or request.sme_checked_at is None or request.organisation_id is None:
        return
    session.add(
        SmeCheck(
            organisation_id=request.organisation_id,
            person_id=request.person_id,
            outcome=request.sme_outcome,
            rule=request.sme_rule,
            checked_at=request.sme_checked_at,
        )
    )
    is_new = session.get(Concept, request.organisation_id) is None
    if request.wants_concept and request.sme_outcome is Outcome.SME and is_new:
        session.add(
            Concept(
                organisation_id=request.organisation_id,
                state=ConceptState.REGISTERED,
                registered_by_id=request.person_id,
                registered_at=now,
                changed_at=now,
            )
        )


def forget_failed(session: Session, now: datetime, kept: timedelta = FAILED_KEPT) -> None:
    """Of a request that came to nothing stays that it was there, and how it ended."""
    failed = select(JoinRequest).where(
        col(JoinRequest.state).in_((RequestState.DECLINED, RequestState.WITHDRAWN)),
        col(JoinRequest.decided_at) < now - kept,
        JoinRequest.email != "",
    )
    for request in session.exec(failed).all():
        forget_words(session, request)


def forget_words(session: Session, request: JoinRequest) -> None:
    request.contact_name, request.contact_role, request.email, request.phone = "–", "", "", None
    request.hopes, request.measures, request.reason = [], "", ""
    session.add(request)
    session.exec(delete(CaseEntry).where(col(CaseEntry.request_id) == request.id))
    session.exec(update(Talk).where(col(Talk.request_id) == request.id).values(words=""))
    inquiries.forget_of(session, request)


def last_failed(session: Session, person: Person) -> JoinRequest | None:
    """Their latest request that came to nothing, as long as its words are kept."""
    failed = select(JoinRequest).where(
        JoinRequest.person_id == person.id,
        col(JoinRequest.state).in_((RequestState.DECLINED, RequestState.WITHDRAWN)),
        JoinRequest.email != "",
    )
    return session.exec(failed.order_by(col(JoinRequest.id).desc()).limit(1)).first()


def correct(
    session: Session, person: Person, request_id: int, values: dict[str, str | None], now: datetime
) -> Case:
    """What the applicant has sent; the office reads in its case what is different."""
    request = _own_locked(session, person, request_id)
    case_progress.check_undecided(session, request)
    changed = {name: value for name, value in values.items() if getattr(request, name) != value}
    for name, value in changed.items():
        setattr(request, name, value)
    if changed:
        words = ", ".join(value or "–" for value in changed.values())
        case_progress.write(session, request, person, EntryKind.CORRECTED, now, words)
        staff = case_progress.office_of(session, request)
        key = f"request:{request.id}:corrected:{now.isoformat()}"
        outbox.enqueue(session, staff, JoiningNotice.REQUEST_RECEIVED, key, now, subject_id=request.id)
    session.add(request)
    session.flush()
    return cases.case(session, request, is_own=True)


def find_organisation(session: Session, name: str) -> Organisation | None:
    return session.exec(select(Organisation).where(Organisation.name_key == name_key(name))).one_or_none()


def open_request(session: Session, person: Person) -> JoinRequest | None:
    return session.exec(
        select(JoinRequest)
        .where(JoinRequest.person_id == person.id, col(JoinRequest.state).in_(UNDECIDED))
        .order_by(col(JoinRequest.id).desc())
        .limit(1)
    ).first()
