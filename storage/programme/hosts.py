"""Who hosts: partners are asked in the chat, one after another, in the order in which they offered it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.ideas.ideas import Pledge
from domain.programme.refusals import HostQuestionIsOver, NoDateYet, NoHostLeft, SomebodyIsAsked
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import board, merges
from storage.ideas.tables import Idea, IdeaPledge
from storage.partners import membership, reach
from storage.partners.tables import Organisation
from storage.programme import dating, slots
from storage.programme.slots import Slot
from storage.programme.tables import (
    HostAnswer,
    HostRequest,
    ProgrammeCandidate,
    ProgrammeNotice,
    ProgrammeSlot,
)

PLAINLY_NO = (HostAnswer.NO, HostAnswer.WITHDRAWN)


@dataclass(frozen=True)
class Asked:
    """A question to an organisation, with what it is about."""

    request: HostRequest
    slot: Slot
    organisation: str
    by: str = ""  # who answered

    @property
    def is_for_this_date(self) -> bool:
        return self.slot.row.starts_at in (self.request.starts_at, self.request.other_at)

    @property
    def is_host(self) -> bool:
        said_yes = self.request.answer in (HostAnswer.YES, HostAnswer.OTHER)
        return said_yes and self.slot.row.host_id == self.request.organisation_id


@dataclass(frozen=True)
class Hosts:
    """Of a slot: who was asked, who comes next, and who offered it but cannot be reached here."""

    slot: Slot
    asked: tuple[Asked, ...]
    next: str
    by_phone: tuple[str, ...]


def show(turn: Turn, slot_id: int) -> Hosts:
    row = slots.get(turn, slot_id)
    in_turn = _in_turn(turn.session, row)
    reachable = [one for one in in_turn if reach.reachable_contacts(turn.session, one)]
    rows = turn.session.exec(
        select(HostRequest).where(HostRequest.slot_id == slot_id).order_by(col(HostRequest.id))
    ).all()
    return Hosts(
        slots.describe(turn.session, row),
        tuple(_asked(turn.session, request, row) for request in rows),
        _name(turn.session, reachable[0]) if reachable else "",
        tuple(_name(turn.session, one) for one in in_turn if one not in reachable),
    )


def _name(session: Session, organisation_id: int) -> str:
    return session.get_one(Organisation, organisation_id).name


def _asked(session: Session, request: HostRequest, row: ProgrammeSlot) -> Asked:
    by = session.get(Person, request.answered_by_id) if request.answered_by_id else None
    name = _name(session, request.organisation_id)
    return Asked(request, slots.describe(session, row), name, by.name if by else "")


def _in_turn(session: Session, row: ProgrammeSlot) -> list[int]:
    """Who offered a place for just this first, then for other ideas; each once, none asked for this date.

    Whoever said plainly no is not asked for another one either.
    """
    requests = session.exec(select(HostRequest).where(HostRequest.slot_id == row.id)).all()
    asked = {
        one.organisation_id
        for one in requests
        if one.answer in PLAINLY_NO or row.starts_at in (one.starts_at, one.other_at)
    }
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


def ask_next(turn: Turn, slot_id: int) -> Hosts:
    """The next organisation is asked; one that has not answered yet is not passed over by this.

    A question about a date that has moved since is over.
    """
    row = slots.get(turn, slot_id, lock=True)
    waiting = _open(turn.session, slot_id)
    if waiting and waiting.starts_at == row.starts_at:
        raise SomebodyIsAsked(_name(turn.session, waiting.organisation_id))
    if waiting:
        _settle(turn.session, waiting, HostAnswer.PASSED, turn.person, turn.now)
    if not _ask(turn.session, row, turn.now):
        raise NoHostLeft
    return show(turn, slot_id)


def pass_on(turn: Turn, slot_id: int) -> Hosts:
    """The office does not wait any longer for an answer, and asks the next one."""
    row = slots.get(turn, slot_id, lock=True)
    waiting = _open(turn.session, slot_id)
    if waiting:
        _settle(turn.session, waiting, HostAnswer.PASSED, turn.person, turn.now)
    _ask(turn.session, row, turn.now)
    return show(turn, slot_id)


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


def question(turn: Turn, request_id: int) -> Asked:
    """For those who are asked, and staff."""
    request = turn.session.get(HostRequest, request_id)
    if request is None or not (
        turn.person.is_staff or turn.person.organisation_id == request.organisation_id
    ):
        raise HostQuestionIsOver
    return _asked(turn.session, request, turn.session.get_one(ProgrammeSlot, request.slot_id))


def open_question(turn: Turn, request_id: int) -> Asked:
    """While an answer is of use: for the date that was asked, before anybody else has answered."""
    found = question(turn, request_id)
    row = found.slot.row
    is_over = found.request.answer or row.dropped_at or row.starts_at != found.request.starts_at
    if is_over or turn.person.organisation_id != found.request.organisation_id:
        raise HostQuestionIsOver
    return found


def answer(turn: Turn, request_id: int, said: HostAnswer, other_at: datetime | None = None) -> Asked:
    """A yes makes the host; after a no the next one is asked. Staff are told."""
    request = turn.session.get(HostRequest, request_id, with_for_update=True)
    if request is None or membership.partner_id_of(turn) != request.organisation_id:
        raise HostQuestionIsOver
    found = open_question(turn, request_id)
    request.other_at = other_at
    _settle(turn.session, request, said, turn.person, turn.now)
    if said is HostAnswer.YES:
        slots.put_host(turn.session, found.slot.row, request.organisation_id, turn.now)
    staff = [one.id for one in people.staff(turn.session)]
    _tell(turn.session, staff, ProgrammeNotice.HOST_ANSWERED, request, turn.now)
    row = found.slot.row
    if said is HostAnswer.NO and (row.host_id is None or slots.agreed_to(turn.session, row)):
        _ask(turn.session, row, turn.now)
    return question(turn, request_id)


def given_yes(turn: Turn, request_id: int) -> Asked:
    """While it can be taken back: of a date to come whose host they are."""
    found = question(turn, request_id)
    is_ours = found.request.organisation_id == membership.partner_id_of(turn)
    is_to_come = found.slot.starts_at is not None and found.slot.starts_at > turn.now
    if found.slot.row.dropped_at or not (found.is_host and is_ours and is_to_come):
        raise HostQuestionIsOver
    return found


def withdraw(turn: Turn, request_id: int) -> Asked:
    """Staff are told, and the next one is asked unless people can see the event already."""
    slot_id = question(turn, request_id).request.slot_id
    turn.session.get_one(ProgrammeSlot, slot_id, with_for_update=True)
    found = given_yes(turn, request_id)
    _settle(turn.session, found.request, HostAnswer.WITHDRAWN, turn.person, turn.now)
    slots.put_host(turn.session, found.slot.row, None, turn.now, is_told=False)
    staff = [one.id for one in people.staff(turn.session)]
    _tell(turn.session, staff, ProgrammeNotice.HOST_ANSWERED, found.request, turn.now)
    if not (found.slot.is_public or _open(turn.session, slot_id)):
        _ask(turn.session, found.slot.row, turn.now)
    return question(turn, request_id)


def replaced(turn: Turn, slot_id: int) -> Slot | None:
    """For whoever was its host, unless they are again."""
    row = turn.session.get_one(ProgrammeSlot, slot_id)
    is_host = row.host_id is not None and row.host_id == turn.person.organisation_id
    return None if is_host and not row.dropped_at else slots.describe(turn.session, row)


def _settle(session: Session, request: HostRequest, said: HostAnswer, by: Person, now: datetime) -> None:
    request.answer, request.answered_by_id, request.answered_at = said, by.id, now
    session.add(request)
    session.flush()


def take_other(turn: Turn, request_id: int) -> Slot:
    """The date that a partner named instead, with that partner as the host."""
    people.check_staff(turn.person)
    request = turn.session.get(HostRequest, request_id)
    if request is None or request.answer is not HostAnswer.OTHER or request.other_at is None:
        raise HostQuestionIsOver
    row = dating.set_date(turn, request.slot_id, request.other_at)
    slots.put_host(turn.session, row, request.organisation_id, turn.now)
    return slots.show(turn, request.slot_id)
