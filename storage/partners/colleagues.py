"""Somebody says that they are of an organisation we know: its contact answers, or else the office."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, func, select

from domain.basics.consent import CONSENT_VERSION, Topic
from domain.partners.contacts import COLLEAGUE_WAITS, UNANSWERED, ColleagueState
from domain.partners.refusals import AlreadyInvolved, ColleagueIsGone, OnlyForMainContact, OrganisationIsGone
from storage.engine import consents, outbox, people
from storage.engine.database import touch_agenda
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import contacts, reach
from storage.partners.tables import ColleagueRequest, Organisation, PartnerNotice


@dataclass(frozen=True)
class ColleagueCard:
    request: ColleagueRequest
    organisation: Organisation
    decided_by: str


def ask_in(session: Session, person: Person, organisation_id: int, name: str, now: datetime) -> ColleagueCard:
    """Somebody says that they are of this organisation: its contacts are asked, or else the office."""
    contacts.check_is_free(session, person)
    organisation = session.get(Organisation, organisation_id)
    if organisation is None:
        raise OrganisationIsGone
    _check_waits_for_none(session, person)
    asked = _who_is_asked(session, organisation_id)
    request = ColleagueRequest(
        person_id=person.id,
        organisation_id=organisation_id,
        name=name,
        state=ColleagueState.WAITING if asked else ColleagueState.PASSED_ON,
        consent_version=CONSENT_VERSION,
        asked_at=now,
    )
    session.add(request)
    session.flush()
    consents.give(session, person, Topic.COLLEAGUE, request.id, now)
    touch_agenda(session)
    _ask(session, request, asked, now)
    return ColleagueCard(request, organisation, "")


def _who_is_asked(session: Session, organisation_id: int) -> list[int]:
    """The main contact; where it cannot be reached, the others."""
    found = reach.reachable_contacts(session, organisation_id)
    mains = [contact for contact in found if contact.is_main_contact] or found
    return [contact.id for contact in mains]


def _check_waits_for_none(session: Session, person: Person) -> None:
    waiting = select(Organisation.name).join(
        ColleagueRequest, col(ColleagueRequest.organisation_id) == col(Organisation.id)
    )
    name = session.exec(
        waiting.where(ColleagueRequest.person_id == person.id, col(ColleagueRequest.state).in_(UNANSWERED))
    ).first()
    if name:
        raise AlreadyInvolved(name, is_partner=False)


def _ask(session: Session, request: ColleagueRequest, contacts: list[int], now: datetime) -> None:
    staff = [person.id for person in people.staff(session)]
    key = f"colleague:{request.id}:{request.state}"
    outbox.enqueue(session, contacts or staff, PartnerNotice.COLLEAGUE_ASKS, key, now, subject_id=request.id)


def colleague_card(turn: Turn, request_id: int) -> ColleagueCard:
    request = turn.session.exec(
        select(ColleagueRequest).where(ColleagueRequest.id == request_id).with_for_update()
    ).one_or_none()
    may_see = request and (turn.person.is_staff or turn.person.organisation_id == request.organisation_id)
    if request is None or not may_see:
        raise ColleagueIsGone
    if not turn.person.is_staff and turn.person.id not in _who_is_asked(
        turn.session, request.organisation_id
    ):
        raise OnlyForMainContact
    decided_by = turn.session.get(Person, request.decided_by_id) if request.decided_by_id else None
    organisation = turn.session.get_one(Organisation, request.organisation_id)
    return ColleagueCard(request, organisation, decided_by.name if decided_by else "")


def own_colleague_card(turn: Turn, request_id: int) -> ColleagueCard | None:
    """What the person has asked themself."""
    request = turn.session.get(ColleagueRequest, request_id)
    if request is None or request.person_id != turn.person.id:
        return None
    return ColleagueCard(request, turn.session.get_one(Organisation, request.organisation_id), "")


def own_wish(turn: Turn) -> ColleagueCard | None:
    """The person's own one that nobody has answered yet."""
    mine = select(ColleagueRequest).where(
        ColleagueRequest.person_id == turn.person.id, col(ColleagueRequest.state).in_(UNANSWERED)
    )
    request = turn.session.exec(mine).first()
    return own_colleague_card(turn, request.id) if request else None


def withdraw(turn: Turn, request_id: int) -> Organisation:
    """As if they had never asked."""
    locked = select(ColleagueRequest).where(ColleagueRequest.id == request_id).with_for_update()
    request = turn.session.exec(locked).one_or_none()
    if request is None or request.person_id != turn.person.id or request.state not in UNANSWERED:
        raise ColleagueIsGone
    outbox.withdraw(turn.session, request_id, PartnerNotice.COLLEAGUE_ASKS)
    organisation = turn.session.get_one(Organisation, request.organisation_id)
    turn.session.delete(request)
    turn.session.flush()
    return organisation


def answer_colleague(turn: Turn, request_id: int, *, knows: bool) -> ColleagueCard:
    """A contact who does not know them passes the question on to the office; the office's no is final."""
    card = colleague_card(turn, request_id)
    request = card.request
    if knows and card.organisation.left_on:
        raise OrganisationIsGone
    open_to_all = request.state is ColleagueState.WAITING
    if not (open_to_all or (turn.person.is_staff and request.state is ColleagueState.PASSED_ON)):
        raise ColleagueIsGone
    if not knows and not turn.person.is_staff:
        request.state = ColleagueState.PASSED_ON
        _ask(turn.session, request, [], turn.now)
    else:
        _decide(turn, card, lets_in=knows)
    turn.session.add(request)
    turn.session.flush()
    return replace(card, decided_by=turn.person.name if request.decided_by_id else "")


def _decide(turn: Turn, card: ColleagueCard, *, lets_in: bool) -> None:
    request = card.request
    request.state = ColleagueState.ACCEPTED if lets_in else ColleagueState.REFUSED
    request.decided_at, request.decided_by_id = turn.now, turn.person.id
    newcomer = turn.session.get_one(Person, request.person_id)
    turn.session.add(request)
    turn.session.flush()
    if lets_in:
        contacts.check_is_free(turn.session, newcomer)
        newcomer.name = request.name
        contacts.add(turn.of(newcomer), card.organisation)
    key = f"colleague:{request.id}:answered"
    outbox.tell(turn, [request.person_id], PartnerNotice.COLLEAGUE_ANSWERED, key, request.id)


def work_off(session: Session, now: datetime) -> None:
    """Where the organisation's contact does not answer, and is not just about to, the office is asked."""
    late = (
        select(ColleagueRequest)
        .where(
            ColleagueRequest.state == ColleagueState.WAITING,
            col(ColleagueRequest.asked_at) <= now - COLLEAGUE_WAITS,
        )
        .with_for_update(skip_locked=True)
    )
    for request in session.exec(late).all():
        request.state = ColleagueState.PASSED_ON
        session.add(request)
        session.flush()
        _ask(session, request, [], now)


def next_due(session: Session, now: datetime) -> datetime | None:
    first = session.exec(
        select(func.min(ColleagueRequest.asked_at)).where(
            ColleagueRequest.state == ColleagueState.WAITING,
            col(ColleagueRequest.asked_at) > now - COLLEAGUE_WAITS,
        )
    ).one()
    return first and first + COLLEAGUE_WAITS


def passed_on(session: Session) -> list[ColleagueRequest]:
    """What the office has to answer, the longest waiting first."""
    return list(
        session.exec(
            select(ColleagueRequest)
            .where(ColleagueRequest.state == ColleagueState.PASSED_ON)
            .order_by(col(ColleagueRequest.asked_at))
        )
    )
