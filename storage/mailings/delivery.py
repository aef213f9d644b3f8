"""Who is next, and what has come of it: each row is marked before Telegram is asked and after it answers.

A row that is still marked when a process begins belongs to one that was killed: nobody can know whether
the message arrived. That is said, and it is not sent again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, or_
from sqlmodel import Session, col, func, select, update

from domain.mailings import mailings as rules
from domain.mailings.mailings import AT_WORK, Delivery, Purpose, Reason, State
from storage.engine.prepared import Prepared
from storage.engine.tables import Person
from storage.mailings import choices, drafts, running
from storage.mailings.tables import Mailing, MailingRecipient
from storage.partners.tables import Organisation

BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300, 600))
SHOWN_ON = timedelta(minutes=10)  # after a mailing is over, its message is still put right
MAX_TRIES = 20  # with these pauses about three hours
_ROW = MailingRecipient.metadata.tables["mailing_recipient"]
_IS_THIS = (
    _ROW.columns.mailing_id == bindparam("of_mailing"),
    _ROW.columns.person_id == bindparam("of_person"),
)
_MARK = Prepared(_ROW.update().where(*_IS_THIS), "state", "reason")
_RECORD = Prepared(
    _ROW.update().where(*_IS_THIS),
    *("state", "reason", "error", "message_ids", "attempts", "again_at", "sent_at"),
)


@dataclass(frozen=True)
class Claimed:
    """One message to send, or what of it is to be deleted again."""

    mailing_id: int
    person_id: int
    chat_id: int
    language: str
    purpose: Purpose
    content: list[dict[str, Any]]
    message_ids: list[int]
    attempts: int
    recalls: bool = False


@dataclass(frozen=True)
class Sent:
    """What came of it; WAITING: it did not go out for certain, and is tried again."""

    claimed: Claimed
    state: Delivery
    message_ids: list[int] = field(default_factory=list)
    reason: Reason | None = None
    error: str = ""
    at: datetime | None = None


def after_a_kill(session: Session) -> int:
    """Only one process sends, so what is marked now is nobody's."""
    found = session.exec(
        update(MailingRecipient)
        .where(col(MailingRecipient.state) == Delivery.IN_FLIGHT)
        .values(state=Delivery.UNCERTAIN)
    )
    return found.rowcount


def is_at_work(session: Session) -> bool:
    return (
        session.exec(select(Mailing.id).where(col(Mailing.state).in_(AT_WORK)).limit(1)).first() is not None
    )


def claim(
    session: Session, most: int, on_their_way: Collection[tuple[int, int]], now: datetime
) -> list[Claimed]:
    """The next of the oldest mailing that is at work, marked as handed to Telegram."""
    mailings = session.exec(
        select(Mailing).where(col(Mailing.state).in_(AT_WORK)).order_by(col(Mailing.id)).with_for_update()
    ).all()
    for mailing in mailings:
        if mailing.worked_at and rules.is_too_late(mailing.worked_at, now):
            running.interrupt(session, mailing, now)
            continue
        if mailing.state is State.SENDING and not drafts.is_as_copied(mailing):
            running.stop_changed(session, mailing, now)
            continue
        mailing.worked_at = now
        session.add(mailing)
        if mailing.state is State.RECALLING:
            found = _to_recall(session, mailing, most, on_their_way)
        else:
            found = _next(session, mailing, most, now)
        if found or not most:
            return found
        if not any(one == mailing.id for one, _ in on_their_way) and _is_over(session, mailing):
            running.end(session, mailing, now)
    return []


def _next(session: Session, mailing: Mailing, most: int, now: datetime) -> list[Claimed]:
    """People who do not want it any more take no message away from the others."""
    claimed: list[Claimed] = []
    while len(claimed) < most:
        rows = session.exec(_waiting(mailing, most - len(claimed), now)).all()
        people, left = _of_rows(session, rows)
        said = choices.said(session, mailing.purpose, list(people))
        for row in rows:
            person, has_left = people[row.person_id], row.organisation_id in left
            why_not = running.reason_now(person, mailing, said.get(row.person_id), has_left=has_left)
            _mark(session, row, Delivery.SKIPPED if why_not else Delivery.IN_FLIGHT, why_not)
            if why_not is None:
                claimed.append(_claimed(mailing, row, person))
        if not rows:
            break
    return claimed


def _waiting(mailing: Mailing, most: int, now: datetime) -> Any:
    return (
        select(MailingRecipient)
        .where(
            MailingRecipient.mailing_id == mailing.id,
            MailingRecipient.state == Delivery.WAITING,
            or_(col(MailingRecipient.again_at).is_(None), col(MailingRecipient.again_at) <= now),
        )
        .order_by(col(MailingRecipient.person_id))
        .limit(most)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _of_rows(session: Session, rows: Sequence[MailingRecipient]) -> tuple[dict[int, Person], set[int]]:
    """The people, and which organisations have left the pact meanwhile."""
    people = session.exec(select(Person).where(col(Person.id).in_([row.person_id for row in rows])))
    organisations = {row.organisation_id for row in rows if row.organisation_id}
    left = select(Organisation.id).where(
        col(Organisation.id).in_(organisations), col(Organisation.left_on).is_not(None)
    )
    return {person.id: person for person in people}, set(session.exec(left))


def _mark(session: Session, row: MailingRecipient, state: Delivery, reason: Reason | None) -> None:
    given = {"of_mailing": row.mailing_id, "of_person": row.person_id}
    _MARK.write(session, **given, state=state, reason=reason)


def _claimed(mailing: Mailing, row: MailingRecipient, person: Person, *, recalls: bool = False) -> Claimed:
    return Claimed(
        mailing.id,
        row.person_id,
        person.telegram_id or 0,
        person.language,
        mailing.purpose,
        mailing.content,
        list(row.message_ids),
        row.attempts,
        recalls,
    )


def _to_recall(
    session: Session, mailing: Mailing, most: int, on_their_way: Collection[tuple[int, int]]
) -> list[Claimed]:
    busy = [person_id for mailing_id, person_id in on_their_way if mailing_id == mailing.id]
    rows = session.exec(
        select(MailingRecipient, Person)
        .join(Person, col(Person.id) == col(MailingRecipient.person_id))
        .where(
            MailingRecipient.mailing_id == mailing.id,
            col(MailingRecipient.sent_at).is_not(None),
            col(MailingRecipient.recalled_at).is_(None),
            MailingRecipient.recall_error == "",
            col(MailingRecipient.person_id).not_in(busy),
        )
        .order_by(col(MailingRecipient.person_id))
        .limit(most)
    )
    return [_claimed(mailing, row, person, recalls=True) for row, person in rows]


def _is_over(session: Session, mailing: Mailing) -> bool:
    if mailing.state is State.RECALLING:
        return True
    left = select(func.count()).where(
        MailingRecipient.mailing_id == mailing.id,
        col(MailingRecipient.state).in_((Delivery.WAITING, Delivery.IN_FLIGHT)),
    )
    return session.exec(left).one() == 0


def note_part(session: Session, claimed: Claimed, message_ids: list[int], now: datetime) -> None:
    """Of several messages to one person some have arrived, and can be recalled."""
    session.exec(update(MailingRecipient).where(*_is(claimed)).values(message_ids=message_ids, sent_at=now))


def _is(claimed: Claimed) -> tuple[Any, Any]:
    return (
        col(MailingRecipient.mailing_id) == claimed.mailing_id,
        col(MailingRecipient.person_id) == claimed.person_id,
    )


def record(session: Session, outcomes: Sequence[Sent], now: datetime) -> None:
    """All that has come back meanwhile, in one transaction."""
    for one in outcomes:
        if one.claimed.recalls:
            _record_recall(session, one)
        else:
            _record(session, one, now)


def _record(session: Session, one: Sent, now: datetime) -> None:
    state, reason, again_at = one.state, one.reason, None
    attempts = one.claimed.attempts
    if state is Delivery.WAITING:
        attempts += 1
        again_at = now + BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
        if attempts >= MAX_TRIES:
            state, reason = Delivery.FAILED, Reason.TELEGRAM
    _RECORD.write(
        session,
        of_mailing=one.claimed.mailing_id,
        of_person=one.claimed.person_id,
        state=state,
        reason=reason,
        error=one.error[:200],
        message_ids=one.message_ids,
        attempts=attempts,
        again_at=again_at,
        sent_at=one.at,
    )


def _record_recall(session: Session, one: Sent) -> None:
    values: dict[str, Any] = {"recalled_at": one.at} if one.at else {"recall_error": one.error[:200] or "?"}
    session.exec(update(MailingRecipient).where(*_is(one.claimed)).values(**values))


def shown(session: Session, now: datetime) -> Sequence[Mailing]:
    """Those whose progress a message shows: they are not over, or have not been for long."""
    is_on_its_way = or_(col(Mailing.finished_at).is_(None), col(Mailing.finished_at) > now - SHOWN_ON)
    has_message = col(Mailing.progress_message_id).is_not(None)
    return session.exec(select(Mailing).where(is_on_its_way, has_message).order_by(col(Mailing.id))).all()
