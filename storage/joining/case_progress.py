"""How a request goes on: its state, who has to act next, its history, and who is told."""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics.calendar import working_days_later
from domain.basics.pact import Pact
from domain.joining.refusals import RequestIsDecided, RequestIsGone, StepIsImpossible
from domain.joining.requests import ANSWER_WITHIN, UNDECIDED, EntryKind, RequestState, may_step
from domain.joining.talks import Side, TalkState
from storage.engine import outbox, people
from storage.engine.database import touch_agenda
from storage.engine.tables import Person
from storage.joining.tables import CaseEntry, JoiningNotice, JoinRequest, Talk


def get_request(session: Session, request_id: int) -> JoinRequest:
    """The request; until this transaction ends no other one changes it."""
    locked = select(JoinRequest).where(JoinRequest.id == request_id).with_for_update()
    request = session.exec(locked.execution_options(populate_existing=True)).one_or_none()
    if request is None:
        raise RequestIsGone
    return request


def check_undecided(session: Session, request: JoinRequest) -> None:
    if request.state not in UNDECIDED:
        decided_by = session.get(Person, request.decided_by_id) if request.decided_by_id else None
        raise RequestIsDecided(request.state, decided_by.name if decided_by else "")


def write(
    session: Session, request: JoinRequest, person: Person, kind: EntryKind, now: datetime, text: str = ""
) -> None:
    session.add(CaseEntry(request_id=request.id, person_id=person.id, kind=kind, text=text, written_at=now))


def last_to(session: Session, request: JoinRequest, kind: EntryKind) -> int | None:
    """Who has done this last."""
    done = select(CaseEntry.person_id).where(CaseEntry.request_id == request.id, CaseEntry.kind == kind)
    return session.exec(done.order_by(col(CaseEntry.id).desc()).limit(1)).first()


def go(
    session: Session, request: JoinRequest, person: Person, state: RequestState, now: datetime, text: str = ""
) -> None:
    """Take a step. Raises RequestIsDecided or StepIsImpossible where the rules do not allow it."""
    if not may_step(request.state, state):
        check_undecided(session, request)
        raise StepIsImpossible
    request.state, request.reason = state, text
    is_end = state not in UNDECIDED
    request.decided_at, request.decided_by_id = (now, person.id) if is_end else (None, None)
    request.office_due_at = None
    session.add(request)
    write(session, request, person, EntryKind.STEP, now, f"{state}\n{text}".strip())
    session.flush()


def tell_step(session: Session, request: JoinRequest, now: datetime) -> None:
    """Tell the applicant where the request is now and what comes next."""
    kind = (
        JoiningNotice.PARTNER_SIGNED if request.state is RequestState.SIGNED else JoiningNotice.REQUEST_STEP
    )
    key = f"request:{request.id}:{request.state}:{now.isoformat()}"
    outbox.enqueue(session, [request.person_id], kind, key, now, subject_id=request.id)


def owe(
    session: Session, request: JoinRequest, pact: Pact, now: datetime, before: datetime | None = None
) -> None:
    """The office has to answer by the end of its time, and `before` then; an earlier end stays."""
    due_at = working_days_later(now, ANSWER_WITHIN, pact.holiday_region, pact.timezone)
    request.office_due_at = min(filter(None, (request.office_due_at, due_at, before)))
    session.add(request)
    touch_agenda(session)


def take_care(session: Session, request: JoinRequest, staff: Person) -> None:
    """Who of the office acts first on a case is its owner."""
    request.owner_id = request.owner_id or staff.id
    session.add(request)


def settle(session: Session, request: JoinRequest, staff: Person, pact: Pact) -> None:
    """The office has acted: what it owes now is what the talk asks of it.

    Times that wait for its yes keep their date; an arranged talk wants its outcome recorded.
    """
    take_care(session, request, staff)
    talk = session.exec(
        select(Talk).where(Talk.request_id == request.id, Talk.state == TalkState.OPEN)
    ).one_or_none()
    if talk and talk.turn is Side.OFFICE:
        return
    request.office_due_at = None
    if talk and talk.ends_at:
        owe(session, request, pact, talk.ends_at)


def office_of(session: Session, request: JoinRequest) -> list[int]:
    """Who of the office is told about a case: its owner while they can be reached, or else everybody."""
    staff = session.exec(select(Person).where(col(Person.is_staff))).all()
    owner = [one for one in staff if one.id == request.owner_id and people.is_reachable(one)]
    return [one.id for one in owner or staff if one.id]


def name_of(session: Session, request_id: int) -> str:
    """The organisation that a request is for."""
    request = session.get(JoinRequest, request_id)
    if request is None:
        raise RequestIsGone
    return request.organisation
