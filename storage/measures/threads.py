"""Two people of partners who write to each other through the bot, about an advert or a measure."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from domain.measures.refusals import ThreadIsGone
from storage.engine import outbox
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.measures import adverts, joint, measures
from storage.measures.tables import Advert, MeasureMatch, MeasureNotice, PartnerLine, PartnerThread
from storage.partners import membership

SHOWN = 6  # lines on one screen, the newest


@dataclass(frozen=True)
class Said:
    text: str
    written_at: datetime
    is_own: bool


@dataclass(frozen=True)
class Thread:
    """As one of the two sees it; `other` is whom they write to, and of which organisation."""

    thread: PartnerThread
    about: str
    other: str
    organisation: str
    lines: tuple[Said, ...]
    other_is_there: bool


def ask(turn: Turn, advert_id: int, text: str) -> Thread:
    """The first word about somebody's advert, or one more."""
    measures.partner_id(turn)
    advert = adverts.get(turn, advert_id)
    if advert.person_id == turn.person.id:
        raise ThreadIsGone
    mine = select(PartnerThread).where(
        PartnerThread.advert_id == advert.id, PartnerThread.asking_id == turn.person.id
    )
    thread = turn.session.exec(mine).first() or PartnerThread(
        advert_id=advert.id, asking_id=turn.person.id, asked_id=advert.person_id, opened_at=turn.now
    )
    return _write(turn, thread, text)


def ask_of_match(turn: Turn, match_id: int, text: str) -> Thread:
    """About a measure, between two who have agreed to hear of each other."""
    met = joint.met(turn, match_id)
    if not met.match.agreed_at:
        raise ThreadIsGone
    known = turn.session.exec(select(PartnerThread).where(PartnerThread.match_id == match_id)).first()
    thread = known or PartnerThread(
        match_id=match_id, asking_id=met.match.asking_id, asked_id=met.measure.person_id, opened_at=turn.now
    )
    return _write(turn, thread, text)


def reply(turn: Turn, thread_id: int, text: str) -> Thread:
    return _write(turn, own(turn, thread_id), text)


def _write(turn: Turn, thread: PartnerThread, text: str) -> Thread:
    if thread.ended_at:
        raise ThreadIsGone
    turn.session.add(thread)
    turn.session.flush()
    line = PartnerLine(thread_id=thread.id, author_id=turn.person.id, text=text, written_at=turn.now)
    turn.session.add(line)
    turn.session.flush()
    found = _seen(turn, thread)
    if not found.other_is_there:
        raise ThreadIsGone
    other_id = thread.asked_id if turn.person.id == thread.asking_id else thread.asking_id
    key = f"partner_line:{line.id}"
    outbox.tell(turn, [other_id], MeasureNotice.PARTNER_LINE, key, thread.id)
    return found


def own(turn: Turn, thread_id: int) -> PartnerThread:
    """Of one of the two, who is a partner's contact still."""
    thread = turn.session.get(PartnerThread, thread_id)
    if thread is None or turn.person.id not in (thread.asking_id, thread.asked_id):
        raise ThreadIsGone
    measures.partner_id(turn)
    return thread


def see(turn: Turn, thread_id: int) -> Thread:
    return _seen(turn, own(turn, thread_id))


def end(turn: Turn, thread_id: int) -> Thread:
    """By either; then neither can write any more."""
    thread = own(turn, thread_id)
    thread.ended_at = thread.ended_at or turn.now
    turn.session.add(thread)
    turn.session.flush()
    return _seen(turn, thread)


def of_person(turn: Turn, limit: int) -> list[Thread]:
    """The newest first."""
    mine = select(PartnerThread).where(
        or_(PartnerThread.asking_id == turn.person.id, PartnerThread.asked_id == turn.person.id)
    )
    newest = turn.session.exec(mine.order_by(col(PartnerThread.id).desc()).limit(limit))
    return [_seen(turn, thread) for thread in newest]


def _seen(turn: Turn, thread: PartnerThread) -> Thread:
    other_id = thread.asked_id if turn.person.id == thread.asking_id else thread.asking_id
    other = turn.session.get_one(Person, other_id)
    partner = membership.partner_of(turn.session, other)
    rows = turn.session.exec(
        select(PartnerLine)
        .where(PartnerLine.thread_id == thread.id)
        .order_by(col(PartnerLine.id).desc())
        .limit(SHOWN)
    ).all()
    return Thread(
        thread,
        _about(turn.session, thread),
        other.name,
        partner.name if partner else "",
        tuple(Said(row.text, row.written_at, row.author_id == turn.person.id) for row in reversed(rows)),
        other_is_there=partner is not None,
    )


def _about(session: Session, thread: PartnerThread) -> str:
    if thread.advert_id:
        return session.get_one(Advert, thread.advert_id).text
    match = session.get_one(MeasureMatch, thread.match_id)
    return measures.get(session, match.measure_id).title
