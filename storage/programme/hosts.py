"""Who hosts: partners are asked in the chat, one after another, in the order in which they offered it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.ideas.ideas import Pledge
from domain.programme.refusals import HostQuestionIsOver, NoDateYet, NoHostLeft, SomebodyIsAsked
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.ideas import board, merges
from storage.ideas.tables import Idea, IdeaPledge
from storage.partners import membership, reach
from storage.partners.tables import Organisation
from storage.programme import slots
from storage.programme.slots import Slot
from storage.programme.tables import (
    HostAnswer,
    HostRequest,
    ProgrammeCandidate,
    ProgrammeNotice,
    ProgrammeSlot,
)


@dataclass(frozen=True)
class Asked:
    """A question to an organisation, with what it is about."""

    request: HostRequest
    slot: Slot
    organisation: str
    by: str = ""  # who answered


@dataclass(frozen=True)
class Hosts:
    """Of a slot: who was asked, who comes next, and who offered it but cannot be reached here."""

    slot: Slot
    asked: tuple[Asked, ...]
    next: str
    by_phone: tuple[str, ...]


def show(session: Session, staff: Person, slot_id: int) -> Hosts:
    row = slots.get(session, staff, slot_id)
    in_turn = _in_turn(session, row)
    reachable = [one for one in in_turn if reach.reachable_contacts(session, one)]
    rows = session.exec(
        select(HostRequest).where(HostRequest.slot_id == slot_id).order_by(col(HostRequest.id))
    ).all()
    return Hosts(
        slots.describe(session, row),
        tuple(_asked(session, request, row) for request in rows),
        _name(session, reachable[0]) if reachable else "",
        tuple(_name(session, one) for one in in_turn if one not in reachable),
    )


def _name(session: Session, organisation_id: int) -> str:
    return session.get_one(Organisation, organisation_id).name


def _asked(session: Session, request: HostRequest, row: ProgrammeSlot) -> Asked:
    by = session.get(Person, request.answered_by_id) if request.answered_by_id else None
    name = _name(session, request.organisation_id)
    return Asked(request, slots.describe(session, row), name, by.name if by else "")


def _in_turn(session: Session, row: ProgrammeSlot) -> list[int]:
    """Who offered a place for just this first, then for other ideas; each once, none asked already."""
    asked = set(session.exec(select(HostRequest.organisation_id).where(HostRequest.slot_id == row.id)).all())
    partners = set(session.exec(membership.partners()).all())
    return [one for one in dict.fromkeys(_offers(session, row)) if one in partners and one not in asked]


def _offers(session: Session, row: ProgrammeSlot) -> Iterator[int]:
    candidate = session.get(ProgrammeCandidate, row.candidate_id) if row.candidate_id else None
    if candidate and candidate.organisation_id:
        yield candidate.organisation_id
    idea = slots.idea_of(session, row)
    if idea:
        yield from _pledged(session, col(IdeaPledge.idea_id).in_(merges.ids(session, idea.id)))
    yield from _pledged(session, board.IS_PUBLIC)


def _pledged(session: Session, which: object) -> list[int]:
    rows = session.exec(
        select(col(IdeaPledge.organisation_id))
        .join(Idea, col(Idea.id) == col(IdeaPledge.idea_id))
        .where(
            IdeaPledge.pledge == Pledge.HOST,
            col(IdeaPledge.ended_at).is_(None),
            col(IdeaPledge.organisation_id).is_not(None),
            which,  # type: ignore[arg-type] # a condition
        )
        .order_by(col(IdeaPledge.given_at), col(IdeaPledge.id))
    )
    return [one for one in rows if one is not None]


def ask_next(session: Session, staff: Person, slot_id: int, now: datetime) -> Hosts:
    """The next organisation is asked; one that has not answered yet is not passed over by this."""
    row = slots.get(session, staff, slot_id, lock=True)
    waiting = _open(session, slot_id)
    if waiting:
        raise SomebodyIsAsked(_name(session, waiting.organisation_id))
    if not _ask(session, row, now):
        raise NoHostLeft
    return show(session, staff, slot_id)


def pass_on(session: Session, staff: Person, slot_id: int, now: datetime) -> Hosts:
    """The office does not wait any longer for an answer, and asks the next one."""
    row = slots.get(session, staff, slot_id, lock=True)
    waiting = _open(session, slot_id)
    if waiting:
        _settle(session, waiting, HostAnswer.PASSED, staff, now)
    _ask(session, row, now)
    return show(session, staff, slot_id)


def _open(session: Session, slot_id: int) -> HostRequest | None:
    waiting = select(HostRequest).where(HostRequest.slot_id == slot_id, col(HostRequest.answer).is_(None))
    return session.exec(waiting).first()


def _ask(session: Session, row: ProgrammeSlot, now: datetime) -> bool:
    """Whether there was anybody to ask."""
    if row.starts_at is None:
        raise NoDateYet
    for organisation_id in _in_turn(session, row):
        contacts = reach.reachable_contacts(session, organisation_id)
        if contacts:
            request = HostRequest(
                slot_id=row.id, organisation_id=organisation_id, starts_at=row.starts_at, asked_at=now
            )
            session.add(request)
            session.flush()
            _tell(session, [one.id for one in contacts], ProgrammeNotice.HOST_ASKED, request, now)
            return True
    return False


def _tell(
    session: Session, whom: list[int], kind: ProgrammeNotice, request: HostRequest, now: datetime
) -> None:
    key = f"{kind}:{request.id}:{request.answer or ''}"
    outbox.enqueue(session, whom, kind, key, now, subject_id=request.id)


def question(session: Session, person: Person, request_id: int) -> Asked:
    """For those who are asked, and staff."""
    request = session.get(HostRequest, request_id)
    if request is None or not (person.is_staff or person.organisation_id == request.organisation_id):
        raise HostQuestionIsOver
    return _asked(session, request, session.get_one(ProgrammeSlot, request.slot_id))


def open_question(session: Session, person: Person, request_id: int) -> Asked:
    """While an answer is of use: for the date that was asked, before anybody else has answered."""
    found = question(session, person, request_id)
    row = found.slot.row
    is_over = found.request.answer or row.dropped_at or row.starts_at != found.request.starts_at
    if is_over or person.organisation_id != found.request.organisation_id:
        raise HostQuestionIsOver
    return found


def answer(
    session: Session,
    person: Person,
    request_id: int,
    said: HostAnswer,
    now: datetime,
    other_at: datetime | None = None,
) -> Asked:
    """A yes makes the host; after a no the next one is asked. Staff are told."""
    request = session.get(HostRequest, request_id, with_for_update=True)
    if request is None or membership.partner_id_of(session, person) != request.organisation_id:
        raise HostQuestionIsOver
    found = open_question(session, person, request_id)
    request.other_at = other_at
    _settle(session, request, said, person, now)
    if said is HostAnswer.YES:
        slots.put_host(session, found.slot.row, request.organisation_id, now)
    staff = [one.id for one in people.staff(session)]
    _tell(session, staff, ProgrammeNotice.HOST_ANSWERED, request, now)
    if said is HostAnswer.NO and not found.slot.row.host_id:
        _ask(session, found.slot.row, now)
    return question(session, person, request_id)


def _settle(session: Session, request: HostRequest, said: HostAnswer, by: Person, now: datetime) -> None:
    request.answer, request.answered_by_id, request.answered_at = said, by.id, now
    session.add(request)
    session.flush()


def take_other(session: Session, staff: Person, request_id: int, pact: Pact, now: datetime) -> Slot:
    """The date that a partner named instead, with that partner as the host."""
    people.check_staff(staff)
    request = session.get(HostRequest, request_id)
    if request is None or request.answer is not HostAnswer.OTHER or request.other_at is None:
        raise HostQuestionIsOver
    row = slots.set_date(session, staff, request.slot_id, request.other_at, pact, now)
    slots.put_host(session, row, request.organisation_id, now)
    return slots.show(session, staff, request.slot_id, pact, now)
