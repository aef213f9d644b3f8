"""An organisation that asks twice to join, through two people, is one case: that of the first request."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics import names
from domain.basics.pact import Pact
from domain.joining.requests import UNDECIDED, EntryKind, RequestState
from domain.partners.refusals import AlreadyInvolved
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining import case_progress
from storage.joining.tables import JoiningNotice, JoinRequest
from storage.partners import colleagues


def _first(session: Session, request: JoinRequest) -> JoinRequest | None:
    """The oldest that somebody else has handed in for an organisation of this name and postcode."""
    undecided = select(JoinRequest).where(
        col(JoinRequest.state).in_(UNDECIDED),
        col(JoinRequest.same_as_id).is_(None),
        JoinRequest.person_id != request.person_id,
        JoinRequest.postcode == request.postcode,
    )
    name = names.normalise(request.organisation)
    found = session.exec(undecided.order_by(col(JoinRequest.id))).all()
    return next((one for one in found if names.normalise(one.organisation) == name), None)


def join_first(session: Session, request: JoinRequest, pact: Pact, now: datetime) -> JoinRequest | None:
    """The case of which a new request is part, where there is one; its applicant and the office are told."""
    first = _first(session, request)
    if first is None:
        return None
    request.same_as_id = first.id
    session.add(request)
    applicant = session.get_one(Person, request.person_id)
    said = f"{request.contact_name}, {request.email}"
    case_progress.write(session, first, applicant, EntryKind.ASKED_TOO, now, said)
    case_progress.owe(session, first, pact, now)
    key, kind = f"request:{request.id}:too", JoiningNotice.REQUEST_TWICE
    outbox.enqueue(session, [first.person_id], kind, key, now, subject_id=first.id)
    return first


def of(session: Session, request: JoinRequest) -> Sequence[JoinRequest]:
    """The other requests of a case."""
    theirs = select(JoinRequest).where(
        JoinRequest.same_as_id == request.id, col(JoinRequest.state).in_(UNDECIDED)
    )
    return session.exec(theirs.order_by(col(JoinRequest.id))).all()


def part(turn: Turn, request_id: int) -> JoinRequest:
    """They are two organisations after all: the second has a case of its own. Gives that of the first."""
    people.check_staff(turn.person)
    second = case_progress.get_request(turn.session, request_id)
    case_progress.check_undecided(turn.session, second)
    first = turn.session.get(JoinRequest, second.same_as_id) if second.same_as_id else None
    second.same_as_id = None
    case_progress.owe(turn.session, second, turn.pact, turn.now)
    case_progress.tell_step(turn.session, second, turn.now)
    turn.session.flush()
    return first or second


def let_go(session: Session, request: JoinRequest, now: datetime) -> None:
    """The first request has come to an end without a partner: the others, who are told, go on alone."""
    for other in of(session, request):
        other.same_as_id, other.due_on = None, now.date()
        session.add(other)
        case_progress.tell_step(session, other, now)
    session.flush()


def let_in(session: Session, request: JoinRequest, now: datetime) -> None:
    """The organisation is a partner: its contact is asked to let the others in."""
    for other in of(session, request):
        other.state, other.decided_at = RequestState.WITHDRAWN, now
        session.add(other)
        person = session.get_one(Person, other.person_id)
        try:
            colleagues.ask_in(session, person, request.organisation_id or 0, other.contact_name, now)
        except AlreadyInvolved:  # elsewhere by now
            continue
        case_progress.tell_step(session, other, now)
