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
from storage.engine.turn import Turn
from storage.joining import case_progress, cases, talks, twins
from storage.joining.cases import Case
from storage.joining.tables import CaseEntry, Concept, JoiningNotice, JoinRequest, SmeCheck, Talk
from storage.office import inquiries
from storage.partners import contacts, membership
from storage.partners.tables import Organisation

FAILED_KEPT = timedelta(days=365)


def check_may_ask(turn: Turn) -> None:
    """Raises AlreadyInvolved for contacts of a partner and for those who wait for an answer."""
    partner = membership.partner_of(turn.session, turn.person)
    if partner:
        raise AlreadyInvolved(partner.name, is_partner=True)
    request = open_request(turn)
    if request:
        raise AlreadyInvolved(request.organisation, is_partner=False)


def ask(turn: Turn, new: NewRequest) -> JoinRequest:
    """Store a request with the consent given and tell the staff."""
    check_may_ask(turn)
    given = {**vars(new), "hopes": list(new.hopes)}
    request = JoinRequest(
        person_id=turn.person.id, consent_version=CONSENT_VERSION, received_at=turn.now, **given
    )
    turn.session.add(request)
    turn.session.flush()
    consents.give(turn.session, turn.person, Topic.JOINING, request.id, turn.now)
    case_progress.write(turn.session, request, turn.person, EntryKind.RECEIVED, turn.now)
    first = twins.join_first(turn.session, request, turn.pact, turn.now)
    if first is None:
        case_progress.owe(turn.session, request, turn.pact, turn.now)
    staff = case_progress.office_of(turn.session, first or request)
    key, subject_id = f"request:{request.id}:received", (first or request).id
    outbox.tell(turn, staff, JoiningNotice.REQUEST_RECEIVED, key, subject_id)
    return request


def enter(turn: Turn, new: NewRequest) -> JoinRequest:
    """A request that came by phone or letter: its applicant is reached in the same way."""
    people.check_staff(turn.person)
    applicant = Person(
        name=new.contact_name,
        language=turn.pact.language,
        email=new.email,
        phone=new.phone or "",
        created_at=turn.now,
    )
    turn.session.add(applicant)
    turn.session.flush()
    request = ask(turn.of(applicant), new)
    request.entered_by_id, request.owner_id = turn.person.id, turn.person.id
    turn.session.add(request)
    turn.session.flush()
    return request


def of_organisation(session: Session, organisation_id: int) -> list[JoinRequest]:
    """By which it has joined."""
    mine = select(JoinRequest).where(JoinRequest.organisation_id == organisation_id)
    return list(session.exec(mine.order_by(col(JoinRequest.id).desc())))


def own(turn: Turn, request_id: int | None = None) -> Case:
    """The person's own undecided request, or one of their requests."""
    request = turn.session.get(JoinRequest, request_id) if request_id is not None else open_request(turn)
    if request is None or request.person_id != turn.person.id:
        raise RequestIsGone
    return cases.case(turn.session, request, is_own=True)


def withdraw(turn: Turn, request_id: int, reason: str) -> JoinRequest:
    request = _own_locked(turn, request_id)
    staff = case_progress.office_of(turn.session, request)
    talks.call_off(turn.session, request, turn.person, reason, turn.now)
    case_progress.go(turn.session, request, turn.person, RequestState.WITHDRAWN, turn.now, reason)
    twins.let_go(turn.session, request, turn.now)
    key = f"request:{request.id}:withdrawn:{turn.now.isoformat()}"
    outbox.tell(turn, staff, JoiningNotice.REQUEST_STEP, key, request.id)
    return request


def wake(turn: Turn, request_id: int) -> Case:
    """The applicant wants to go on with a request that was laid to rest."""
    request = _own_locked(turn, request_id)
    if request.state is not RequestState.ASLEEP:
        raise StepIsImpossible
    case_progress.go(turn.session, request, turn.person, RequestState.RECEIVED, turn.now)
    request.due_on = None
    case_progress.owe(turn.session, request, turn.pact, turn.now)
    staff = case_progress.office_of(turn.session, request)
    key = f"request:{request.id}:awake:{turn.now.isoformat()}"
    outbox.tell(turn, staff, JoiningNotice.REQUEST_RECEIVED, key, request.id)
    return cases.case(turn.session, request, is_own=True)


def _own_locked(turn: Turn, request_id: int) -> JoinRequest:
    request = case_progress.get_request(turn.session, request_id)
    if request.person_id != turn.person.id:
        raise RequestIsGone
    return request


def sign(turn: Turn, request_id: int, signed_on: date) -> Case:
    """Make the organisation a partner from that day and the applicant its contact, and welcome them.

    An organisation of the same name gets the applicant as a further contact; a former partner joins again.
    """
    people.check_staff(turn.person)
    request = case_progress.get_request(turn.session, request_id)
    applicant = turn.session.get_one(Person, request.person_id)
    case_progress.check_undecided(turn.session, request)
    current = membership.partner_of(turn.session, applicant)
    if current:
        raise ApplicantIsContact(current.name)
    talks.call_off(turn.session, request, turn.person, "", turn.now)
    case_progress.go(turn.session, request, turn.person, RequestState.SIGNED, turn.now)
    organisation = _make_partner(turn, request, signed_on)
    applicant.name, applicant.email = request.contact_name, request.email
    applicant.phone, applicant.role = request.phone or "", request.contact_role
    contacts.add(turn.of(applicant), organisation)
    twins.let_in(turn.session, request, turn.now)
    _register_for_concept(turn.session, request, turn.now)
    case_progress.tell_step(turn.session, request, turn.now)
    office, key = case_progress.office_of(turn.session, request), f"request:{request_id}:certificate"
    outbox.tell(turn, office, JoiningNotice.CERTIFICATE, key, request_id)
    return cases.case(turn.session, request)


def _make_partner(turn: Turn, request: JoinRequest, signed_on: date) -> Organisation:
    organisation = find_organisation(turn.session, request.organisation)
    organisation = organisation or _add_partner(request, turn.pact, signed_on)
    if organisation.left_on:
        organisation.left_on, organisation.joined_on = None, signed_on
    turn.session.add(organisation)
    turn.session.flush()
    request.signed_on, request.organisation_id, request.due_on = signed_on, organisation.id, None
    turn.session.add(request)
    return organisation


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


def last_failed(turn: Turn) -> JoinRequest | None:
    """Their latest request that came to nothing, as long as its words are kept."""
    failed = select(JoinRequest).where(
        JoinRequest.person_id == turn.person.id,
        col(JoinRequest.state).in_((RequestState.DECLINED, RequestState.WITHDRAWN)),
        JoinRequest.email != "",
    )
    return turn.session.exec(failed.order_by(col(JoinRequest.id).desc()).limit(1)).first()


def correct(turn: Turn, request_id: int, values: dict[str, str | None]) -> Case:
    """What the applicant has sent; the office reads in its case what is different."""
    request = _own_locked(turn, request_id)
    case_progress.check_undecided(turn.session, request)
    changed = {name: value for name, value in values.items() if getattr(request, name) != value}
    for name, value in changed.items():
        setattr(request, name, value)
    if changed:
        words = ", ".join(value or "–" for value in changed.values())
        case_progress.write(turn.session, request, turn.person, EntryKind.CORRECTED, turn.now, words)
        staff = case_progress.office_of(turn.session, request)
        key = f"request:{request.id}:corrected:{turn.now.isoformat()}"
        outbox.tell(turn, staff, JoiningNotice.REQUEST_RECEIVED, key, request.id)
    turn.session.add(request)
    turn.session.flush()
    return cases.case(turn.session, request, is_own=True)


def find_organisation(session: Session, name: str) -> Organisation | None:
    return session.exec(select(Organisation).where(Organisation.name_key == name_key(name))).one_or_none()


def open_request(turn: Turn) -> JoinRequest | None:
    return turn.session.exec(
        select(JoinRequest)
        .where(JoinRequest.person_id == turn.person.id, col(JoinRequest.state).in_(UNDECIDED))
        .order_by(col(JoinRequest.id).desc())
        .limit(1)
    ).first()
