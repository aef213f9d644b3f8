"""The office's cases: what waits and since when, notes, owner, due date, questions, the talk's outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, func, select

from domain.basics import names
from domain.basics.addresses import has_number
from domain.basics.paging import page_within
from domain.joining.refusals import RequestIsGone, StepIsImpossible
from domain.joining.requests import OPEN, UNDECIDED, EntryKind, RequestState
from domain.joining.talks import OfficeHours, Result, Way
from domain.partners.organisations import name_key
from domain.partners.refusals import PersonIsGone
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining import case_progress, talk_cards, talks, twins
from storage.joining.tables import CaseEntry, JoiningNotice, JoinRequest, Talk
from storage.office import inquiries, talk_hours
from storage.office.inquiries import Thread
from storage.office.tables import Inquiry
from storage.partners import membership
from storage.partners.tables import Organisation

PAGE = 8  # cases on one screen of a phone
ENTRIES = 12  # newest lines of a history on one screen
FOUND = 10
ASKED_AGAIN_AFTER = timedelta(days=14)  # where nobody has set a day


@dataclass(frozen=True)
class Entry:
    kind: EntryKind
    text: str
    by: str
    written_at: datetime
    id: int = 0


@dataclass(frozen=True)
class Case:
    """A request with what belongs to it.

    `known` is an organisation in the register that has its name, `alike` a partner's name that is like it.
    `seen` is the last entry of its history.
    """

    request: JoinRequest
    known: Organisation | None
    owner: str
    decided_by: str
    talk: Talk | None
    times: tuple[datetime, ...]
    named_way: Way | None
    hours: OfficeHours
    thread: Thread | None
    notes: tuple[Entry, ...]
    alike: str = ""
    is_reachable: bool = True  # the applicant, here
    seen: int = 0
    others: tuple[JoinRequest, ...] = ()  # of the same organisation, through somebody else
    first: JoinRequest | None = None  # whose case it is, where this is such another one


@dataclass(frozen=True)
class CaseLine:
    """A case in a list; `due_on` is the office's next date for it, None while others have to act."""

    request: JoinRequest
    due_on: date | None
    is_overdue: bool

    @property
    def has_talk(self) -> bool:
        return self.request.state is RequestState.TALK_ARRANGED


@dataclass(frozen=True)
class CasePage:
    lines: tuple[CaseLine, ...]
    number: int
    pages: int
    total: int


def show(turn: Turn, request_id: int) -> Case:
    people.check_staff(turn.person)
    request = turn.session.get(JoinRequest, request_id)
    if request is None:
        raise RequestIsGone
    return case(turn.session, request)


def case(session: Session, request: JoinRequest, *, is_own: bool = False) -> Case:
    """`is_own`: as the applicant sees it, who is not told what else is in the register."""
    talk = talk_cards.current(session, request.id)
    times, named_way = talk_cards.named(session, talk) if talk else ((), None)
    inquiry = session.exec(select(Inquiry).where(Inquiry.request_id == request.id)).first()
    same_name = select(Organisation).where(Organisation.name_key == name_key(request.organisation))
    known = None if is_own else session.exec(same_name).one_or_none()
    return Case(
        request,
        known,
        _name(session, request.owner_id),
        _name(session, request.decided_by_id),
        talk,
        times,
        named_way,
        talk_hours.hours(session),
        inquiries.thread(session, inquiry) if inquiry else None,
        tuple(_entries(session, request, EntryKind.NOTE, limit=3)),
        "" if is_own or known or request.state not in UNDECIDED else _alike(session, request),
        people.is_reachable(session.get_one(Person, request.person_id)),
        session.exec(select(func.max(CaseEntry.id)).where(CaseEntry.request_id == request.id)).one() or 0,
        tuple(twins.of(session, request)),
        session.get(JoinRequest, request.same_as_id) if request.same_as_id else None,
    )


def _alike(session: Session, request: JoinRequest) -> str:
    partners = session.exec(select(Organisation.name).where(membership.HAS_NOT_LEFT))
    return next(iter(names.similar(request.organisation, partners, limit=1)), "")


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def history(turn: Turn, request_id: int) -> tuple[JoinRequest, tuple[Entry, ...]]:
    """The newest entries, oldest first."""
    request = show(turn, request_id).request
    return request, tuple(reversed(_entries(turn.session, request, limit=ENTRIES)))


def _entries(
    session: Session,
    request: JoinRequest,
    kind: EntryKind | None = None,
    *,
    limit: int,
    but_of: int | None = None,
) -> list[Entry]:
    rows = (
        select(CaseEntry, Person.name)
        .join(Person, col(Person.id) == col(CaseEntry.person_id))
        .where(CaseEntry.request_id == request.id)
        .order_by(col(CaseEntry.id).desc())
        .limit(limit)
    )
    rows = rows.where(CaseEntry.kind == kind) if kind else rows
    found = session.exec(rows.where(CaseEntry.person_id != but_of) if but_of else rows)
    return [Entry(entry.kind, entry.text, by, entry.written_at, entry.id) for entry, by in found]


def done_by_others(turn: Turn, request_id: int, seen: int = 0) -> Entry | None:
    """The last that others have done with a case, if it came after the entry that was `seen`."""
    request = case_progress.get_request(turn.session, request_id)
    entries = _entries(turn.session, request, limit=1, but_of=turn.person.id)
    return next((entry for entry in entries if entry.id > seen), None)


def open_cases(turn: Turn, number: int = 0, *, only_own: bool = False) -> CasePage:
    """Cases that are not decided: first what is overdue, then what is due soonest; pages count from 0."""
    people.check_staff(turn.person)
    lines = [
        line
        for line in undecided(turn.session, turn.now)
        if not only_own or line.request.owner_id == turn.person.id
    ]
    number, pages = page_within(number, len(lines), PAGE)
    return CasePage(tuple(lines[number * PAGE :][:PAGE]), number, pages, len(lines))


def overdue(session: Session, now: datetime) -> list[CaseLine]:
    return [line for line in undecided(session, now) if line.is_overdue]


def undecided(session: Session, now: datetime) -> list[CaseLine]:
    requests = session.exec(
        select(JoinRequest).where(
            col(JoinRequest.state).in_(UNDECIDED), col(JoinRequest.same_as_id).is_(None)
        )
    )
    lines = [_line(request, now) for request in requests]
    return sorted(lines, key=lambda line: (line.due_on or date.max, line.request.received_at))


def without_next_step(session: Session, requests: Sequence[JoinRequest], since: datetime) -> set[int]:
    """Of these, those on which nothing was done since then and for which no day is set."""
    undated = [one.id for one in requests if one.office_due_at is None and one.due_on is None]
    entry = col(CaseEntry.request_id)
    last = select(CaseEntry.request_id).where(entry.in_(undated)).group_by(entry)
    asleep = session.exec(last.having(func.max(CaseEntry.written_at) <= since))
    return {*asleep}


def count_own(turn: Turn) -> int:
    mine = JoinRequest.owner_id == turn.person.id, col(JoinRequest.state).in_(UNDECIDED)
    return turn.session.exec(select(func.count()).where(*mine)).one()


def _line(request: JoinRequest, now: datetime) -> CaseLine:
    """A day that the office has set is overdue when it is over, by UTC."""
    answer_on = request.office_due_at.date() if request.office_due_at else None
    is_late = request.office_due_at is not None and request.office_due_at <= now
    is_over = request.due_on is not None and request.due_on < now.date()
    days = (day for day in (answer_on, request.due_on) if day)
    return CaseLine(request, min(days, default=None), is_late or is_over)


def search(turn: Turn, words: str) -> tuple[list[JoinRequest], list[Organisation]]:
    """Requests and organisations whose name, contact, address or number has the words or sounds like them."""
    people.check_staff(turn.person)
    requests = turn.session.exec(select(JoinRequest).order_by(col(JoinRequest.id).desc())).all()
    organisations = turn.session.exec(select(Organisation).order_by(Organisation.name_key)).all()
    contacts = turn.session.exec(select(Person).where(col(Person.organisation_id).is_not(None))).all()
    of_contact = {
        person.organisation_id
        for person in contacts
        if _has(words, person.name, person.email) or has_number(words, person.phone)
    }
    like = set(names.similar(words, {row.organisation for row in requests} | {o.name for o in organisations}))

    def is_meant(name: str, phone: str | None, *texts: str) -> bool:
        return name in like or _has(words, name, *texts) or has_number(words, phone or "")

    return (
        [row for row in requests if is_meant(row.organisation, row.phone, row.contact_name, row.email)][
            :FOUND
        ],
        [row for row in organisations if row.id in of_contact or is_meant(row.name, row.phone)][:FOUND],
    )


def _has(words: str, *texts: str) -> bool:
    wanted = names.fold(words)
    return wanted != "" and any(wanted in names.fold(text) for text in texts)


def note(turn: Turn, request_id: int, text: str) -> Case:
    """Only the office reads it."""
    request = _for_staff(turn, request_id)
    case_progress.write(turn.session, request, turn.person, EntryKind.NOTE, turn.now, text)
    turn.session.flush()
    return case(turn.session, request)


def set_owner(turn: Turn, request_id: int, owner_id: int) -> Case:
    request = _for_staff(turn, request_id)
    owner = next((person for person in people.staff(turn.session) if person.id == owner_id), None)
    if owner is None:
        raise PersonIsGone
    request.owner_id = owner_id
    turn.session.add(request)
    case_progress.write(turn.session, request, turn.person, EntryKind.OWNER, turn.now, owner.name)
    if owner_id != turn.person.id:
        key = f"request:{request_id}:owner:{turn.now.isoformat()}"
        outbox.tell(turn, [owner_id], JoiningNotice.REQUEST_RECEIVED, key, request_id)
    turn.session.flush()
    return case(turn.session, request)


def set_due(turn: Turn, request_id: int, due_on: date | None) -> Case:
    request = _for_staff(turn, request_id)
    request.due_on = due_on
    turn.session.add(request)
    case_progress.write(
        turn.session, request, turn.person, EntryKind.DUE, turn.now, due_on.isoformat() if due_on else ""
    )
    turn.session.flush()
    return case(turn.session, request)


def step(
    turn: Turn,
    request_id: int,
    state: RequestState,
    reason: str = "",
    due_on: date | None = None,
) -> Case:
    """Move a case on by hand and tell the applicant; signing and arranging a talk have their own ways."""
    request = _for_staff(turn, request_id)
    if state in (RequestState.SIGNED, RequestState.TALK_ARRANGED):
        raise StepIsImpossible
    talks.call_off(turn.session, request, turn.person, reason, turn.now)
    case_progress.go(turn.session, request, turn.person, state, turn.now, reason)
    request.due_on = due_on or _asked_again_on(state, turn.now)
    if state not in UNDECIDED:
        twins.let_go(turn.session, request, turn.now)
    case_progress.take_care(turn.session, request, turn.person)
    case_progress.tell_step(turn.session, request, turn.now)
    return case(turn.session, request)


def _asked_again_on(state: RequestState, now: datetime) -> date | None:
    """What waits for others is asked about again; what is over waits for nobody."""
    return (now + ASKED_AGAIN_AFTER).date() if state in OPEN else None


def ask_back(turn: Turn, request_id: int, text: str) -> Case:
    """Ask the applicant; the answer lands in the case."""
    request = _for_staff(turn, request_id)
    case_progress.check_undecided(turn.session, request)
    inquiries.ask_back(turn, request, text)
    case_progress.write(turn.session, request, turn.person, EntryKind.ASKED_BACK, turn.now, text)
    case_progress.settle(turn.session, request, turn.person, turn.pact)
    if request.office_due_at is None:
        request.due_on = request.due_on or (turn.now + ASKED_AGAIN_AFTER).date()
    turn.session.flush()
    return case(turn.session, request)


def chase(turn: Turn, request_id: int) -> Case:
    """Remind the applicant of the agreement, once a day; in two weeks it is asked about again."""
    request = _for_staff(turn, request_id)
    if request.state is not RequestState.AGREEMENT_SENT:
        raise StepIsImpossible
    key = f"request:{request_id}:chased:{turn.now.date().isoformat()}"
    if not outbox.is_known(turn.session, key):
        kind = JoiningNotice.AGREEMENT_CHASED
        outbox.tell(turn, [request.person_id], kind, key, request_id)
        case_progress.write(turn.session, request, turn.person, EntryKind.CHASED, turn.now)
    request.due_on = (turn.now + ASKED_AGAIN_AFTER).date()
    case_progress.take_care(turn.session, request, turn.person)
    turn.session.flush()
    return case(turn.session, request)


AFTER_TALK = {
    Result.JOINS: RequestState.TALK_HELD,
    Result.THINKS: RequestState.ASLEEP,
    Result.DECLINES: RequestState.WITHDRAWN,
    Result.MISSED: RequestState.RECEIVED,
}


def record_outcome(turn: Turn, request_id: int, result: Result, due_on: date | None) -> Case:
    """What the talk came to sets the next step; a talk that did not take place is to be arranged anew."""
    request = _for_staff(turn, request_id)
    case_progress.check_undecided(turn.session, request)
    talks.close(turn.session, request, result, turn.now)
    case_progress.write(turn.session, request, turn.person, EntryKind.OUTCOME, turn.now, result)
    state = AFTER_TALK[result]
    if request.state is not state:
        case_progress.go(turn.session, request, turn.person, state, turn.now)
    if state not in UNDECIDED:
        twins.let_go(turn.session, request, turn.now)
    request.due_on, request.office_due_at = due_on, None
    case_progress.take_care(turn.session, request, turn.person)
    if result is Result.MISSED:
        case_progress.owe(turn.session, request, turn.pact, turn.now)
    case_progress.tell_step(turn.session, request, turn.now)
    return case(turn.session, request)


def _for_staff(turn: Turn, request_id: int) -> JoinRequest:
    people.check_staff(turn.person)
    return case_progress.get_request(turn.session, request_id)


def work_off(session: Session, now: datetime) -> None:
    """Where the office is late with an answer, whoever stands in is told, once."""
    for request in session.exec(_late(now)).all():
        assert request.office_due_at
        stand_ins = talk_hours.deputies(session, request.owner_id)
        key = f"request:{request.id}:late:{request.office_due_at.isoformat()}"
        outbox.enqueue(session, stand_ins, JoiningNotice.OFFICE_IS_LATE, key, now, subject_id=request.id)


def _late(now: datetime) -> Any:
    return select(JoinRequest).where(
        col(JoinRequest.office_due_at) <= now, col(JoinRequest.state).in_(UNDECIDED)
    )


def next_due(session: Session, now: datetime) -> datetime | None:
    return session.exec(
        select(func.min(JoinRequest.office_due_at)).where(col(JoinRequest.office_due_at) > now)
    ).one()


def waiting(session: Session, which: Sequence[RequestState] = UNDECIDED) -> int:
    theirs = (col(JoinRequest.state).in_(which), col(JoinRequest.same_as_id).is_(None))
    return session.exec(select(func.count()).where(*theirs)).one()
