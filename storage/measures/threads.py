"""Two people of partners who write to each other through the bot, about an advert or a measure."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from domain.measures.refusals import ThreadIsGone
from storage.engine import outbox
from storage.engine.tables import Person
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


def ask(session: Session, person: Person, advert_id: int, text: str, now: datetime) -> Thread:
    """The first word about somebody's advert, or one more."""
    measures.partner_id(session, person)
    advert = adverts.get(session, person, advert_id, now)
    if advert.person_id == person.id:
        raise ThreadIsGone
    mine = select(PartnerThread).where(
        PartnerThread.advert_id == advert.id, PartnerThread.asking_id == person.id
    )
    thread = session.exec(mine).first() or PartnerThread(
        advert_id=advert.id, asking_id=person.id, asked_id=advert.person_id, opened_at=now
    )
    return _write(session, person, thread, text, now)


def ask_of_match(session: Session, person: Person, match_id: int, text: str, now: datetime) -> Thread:
    """About a measure, between two who have agreed to hear of each other."""
    met = joint.met(session, person, match_id)
    if not met.match.agreed_at:
        raise ThreadIsGone
    known = session.exec(select(PartnerThread).where(PartnerThread.match_id == match_id)).first()
    thread = known or PartnerThread(
        match_id=match_id, asking_id=met.match.asking_id, asked_id=met.measure.person_id, opened_at=now
    )
    return _write(session, person, thread, text, now)


def reply(session: Session, person: Person, thread_id: int, text: str, now: datetime) -> Thread:
    return _write(session, person, own(session, person, thread_id), text, now)


def _write(session: Session, person: Person, thread: PartnerThread, text: str, now: datetime) -> Thread:
    if thread.ended_at:
        raise ThreadIsGone
    session.add(thread)
    session.flush()
    line = PartnerLine(thread_id=thread.id, author_id=person.id, text=text, written_at=now)
    session.add(line)
    session.flush()
    found = _seen(session, person, thread)
    if not found.other_is_there:
        raise ThreadIsGone
    other_id = thread.asked_id if person.id == thread.asking_id else thread.asking_id
    key = f"partner_line:{line.id}"
    outbox.enqueue(session, [other_id], MeasureNotice.PARTNER_LINE, key, now, subject_id=thread.id)
    return found


def own(session: Session, person: Person, thread_id: int) -> PartnerThread:
    """Of one of the two, who is a partner's contact still."""
    thread = session.get(PartnerThread, thread_id)
    if thread is None or person.id not in (thread.asking_id, thread.asked_id):
        raise ThreadIsGone
    measures.partner_id(session, person)
    return thread


def see(session: Session, person: Person, thread_id: int) -> Thread:
    return _seen(session, person, own(session, person, thread_id))


def end(session: Session, person: Person, thread_id: int, now: datetime) -> Thread:
    """By either; then neither can write any more."""
    thread = own(session, person, thread_id)
    thread.ended_at = thread.ended_at or now
    session.add(thread)
    session.flush()
    return _seen(session, person, thread)


def of_person(session: Session, person: Person, limit: int) -> list[Thread]:
    """The newest first."""
    mine = select(PartnerThread).where(
        or_(PartnerThread.asking_id == person.id, PartnerThread.asked_id == person.id)
    )
    newest = session.exec(mine.order_by(col(PartnerThread.id).desc()).limit(limit))
    return [_seen(session, person, thread) for thread in newest]


def _seen(session: Session, person: Person, thread: PartnerThread) -> Thread:
    other_id = thread.asked_id if person.id == thread.asking_id else thread.asking_id
    other = session.get_one(Person, other_id)
    partner = membership.partner_of(session, other)
    rows = session.exec(
        select(PartnerLine)
        .where(PartnerLine.thread_id == thread.id)
        .order_by(col(PartnerLine.id).desc())
        .limit(SHOWN)
    ).all()
    return Thread(
        thread,
        _about(session, thread),
        other.name,
        partner.name if partner else "",
        tuple(Said(row.text, row.written_at, row.author_id == person.id) for row in reversed(rows)),
        other_is_there=partner is not None,
    )


def _about(session: Session, thread: PartnerThread) -> str:
    if thread.advert_id:
        return session.get_one(Advert, thread.advert_id).text
    match = session.get_one(MeasureMatch, thread.match_id)
    return measures.get(session, match.measure_id).title
