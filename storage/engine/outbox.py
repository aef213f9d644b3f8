"""Notices: what must reach people, from the transaction that causes it until it is sent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any

import sqlalchemy
from sqlalchemy import SelectBase, bindparam, case, literal, or_
from sqlmodel import Session, col, delete, func, select, update

from storage.engine.database import touch_agenda
from storage.engine.people import CAN_BE_REACHED, is_reachable
from storage.engine.pieces import delete_some
from storage.engine.prepared import Prepared, insert_into
from storage.engine.tables import Notice, Outcome, Person
from storage.engine.turn import Turn

KEPT = timedelta(days=90)  # sent notices, for the office's questions and against sending twice
BACK_OFF = tuple(timedelta(seconds=seconds) for seconds in (2, 10, 60, 300, 1800, 3600))
LATE = timedelta(minutes=30)  # due for so long, or tried in vain for about as long: something is wrong
LATE_TRIES = 5
BUNDLED = timedelta(minutes=1)  # in which several notices of one kind are one message
MAX_TRIES = 50  # with these pauses two days


class Priority(IntEnum):
    """Who goes first when Telegram's limits make some wait. Answers to taps are 0 and never stored."""

    PERSONAL = 1
    BROADCAST = 2
    MAILING = 3  # what the office writes to many


@dataclass(frozen=True)
class Addressed:
    """A notice with where it goes; `telegram_id` is None when the person has left."""

    notice: Notice
    person: Person


def enqueue(
    session: Session,
    recipients: SelectBase | Iterable[int],
    kind: str,
    key: str,
    now: datetime,
    *,
    subject_id: int = 0,
    priority: Priority = Priority.PERSONAL,
    due_at: datetime | None = None,
) -> None:
    """Store one notice for each person id; who has had one with this key already gets no second.

    People without Telegram, or who cannot be reached, are left out.
    """
    values = {
        "kind": kind,
        "subject_id": subject_id,
        "key": key,
        "priority": priority,
        "created_at": now,
        "due_at": due_at or now,
        "attempts": 0,
        "error": "",
    }
    adding = insert_into(session, Notice).from_select(["person_id", *values], _to_each(recipients, values))
    session.execute(adding.on_conflict_do_nothing())
    touch_agenda(session)


def _to_each(recipients: SelectBase | Iterable[int], values: dict[str, Any]) -> SelectBase:
    """The same values for everybody of them who can be reached."""
    columns = Notice.metadata.tables["notice"].columns
    whom = recipients if isinstance(recipients, SelectBase) else list(recipients)
    return (
        sqlalchemy.select(
            col(Person.id), *(literal(value, columns[name].type) for name, value in values.items())
        )
        .where(col(Person.id).in_(whom), *CAN_BE_REACHED)
        .order_by(col(Person.id))
    )


_TABLE = Notice.metadata.tables["notice"]
_WRITTEN = (
    *("person_id", "kind", "subject_id", "key"),
    *("due_at", "priority", "created_at", "attempts", "error"),
)
_ADD = Prepared(lambda insert: insert(_TABLE).on_conflict_do_nothing(), *_WRITTEN)
_FINISH = Prepared(
    sqlalchemy.update(_TABLE).where(_TABLE.columns.id == bindparam("notice_id")),
    *("outcome", "finished_at", "message_id", "error"),
)


def tell(
    turn: Turn,
    recipients: SelectBase | Iterable[int],
    kind: str,
    key: str,
    subject_id: int = 0,
    *,
    priority: Priority = Priority.PERSONAL,
    due_at: datetime | None = None,
) -> None:
    """The same of what somebody has just done."""
    about: dict[str, Any] = {"subject_id": subject_id, "priority": priority, "due_at": due_at}
    enqueue(turn.session, recipients, kind, key, turn.now, **about)


def enqueue_for(
    session: Session,
    person: Person,
    kind: str,
    key: str,
    now: datetime,
    subject_id: int,
    due_at: datetime,
) -> None:
    """The same for one person whose row is at hand, on the way of a tap: one statement, written once."""
    if not is_reachable(person):
        return
    values = {"person_id": person.id, "kind": kind, "subject_id": subject_id, "key": key}
    fixed = {"due_at": due_at, "priority": Priority.BROADCAST, "created_at": now, "attempts": 0, "error": ""}
    _ADD.write(session, **values, **fixed)
    touch_agenda(session)


def has_had(turn: Turn, kind: str, subject_id: int) -> bool:
    """Whether such a notice has reached the person."""
    sent = select(Notice.id).where(
        Notice.person_id == turn.person.id,
        Notice.kind == kind,
        Notice.subject_id == subject_id,
        Notice.outcome == Outcome.SENT,
    )
    return turn.session.exec(sent.limit(1)).first() is not None


def last_sent(turn: Turn) -> Notice | None:
    """The newest one that has reached the person."""
    mine = select(Notice).where(Notice.person_id == turn.person.id, Notice.outcome == Outcome.SENT)
    return turn.session.exec(
        mine.order_by(col(Notice.finished_at).desc(), col(Notice.id).desc()).limit(1)
    ).first()


def is_waiting(session: Session, key: str) -> bool:
    """Whether a notice with this key has still to go out to anybody; it will say how things are then."""
    waiting = select(Notice.id).where(col(Notice.outcome).is_(None), Notice.key == key)
    return session.exec(waiting.limit(1)).first() is not None


def is_known(session: Session, key: str) -> bool:
    """Whether there has been a notice with this key to anybody."""
    return session.exec(select(Notice.id).where(Notice.key == key).limit(1)).first() is not None


def due(session: Session, now: datetime, limit: int, but: Iterable[int] = ()) -> list[Addressed]:
    """The next notices to send, most urgent first, without those in `but` (on their way already)."""
    rows = session.exec(
        select(Notice, Person)
        .join(Person, col(Person.id) == col(Notice.person_id))
        .where(col(Notice.outcome).is_(None), col(Notice.due_at) <= now, col(Notice.id).not_in(list(but)))
        .order_by(col(Notice.priority), col(Notice.due_at), col(Notice.id))
        .limit(limit)
    )
    return [Addressed(notice, person) for notice, person in rows]


def next_due(session: Session, now: datetime) -> datetime | None:
    waiting = select(func.min(Notice.due_at)).where(col(Notice.outcome).is_(None))
    return session.exec(waiting.where(col(Notice.due_at) > now)).one()


def finish(
    session: Session,
    notice_id: int,
    outcome: Outcome,
    now: datetime,
    *,
    message_id: int | None = None,
    error: str = "",
) -> None:
    what = {"outcome": outcome, "finished_at": now, "message_id": message_id, "error": error[:500]}
    _FINISH.write(session, notice_id=notice_id, **what)


def try_later(session: Session, notice: Notice, error: str, now: datetime) -> None:
    """Back off; give up after MAX_TRIES."""
    if notice.attempts >= MAX_TRIES:
        finish(session, notice.id, Outcome.FAILED, now, error=error)
        return
    pause = BACK_OFF[min(notice.attempts, len(BACK_OFF) - 1)]
    session.exec(
        update(Notice)
        .where(col(Notice.id) == notice.id)
        .values(attempts=notice.attempts + 1, due_at=now + pause, error=error[:500])
    )
    touch_agenda(session)


def bundled_until(session: Session, notice: Notice, now: datetime) -> datetime | None:
    """Until when others of this kind are gathered, as one has reached the person a moment ago."""
    last = select(func.max(Notice.finished_at)).where(
        Notice.person_id == notice.person_id,
        Notice.kind == notice.kind,
        Notice.outcome == Outcome.SENT,
        col(Notice.finished_at) > now - BUNDLED,
        col(Notice.finished_at) <= now,
    )
    sent_at = session.exec(last).one()
    return sent_at + BUNDLED if sent_at else None


def put_off(session: Session, notice_ids: Sequence[int], until: datetime) -> None:
    """They go out together then."""
    session.exec(update(Notice).where(col(Notice.id).in_(notice_ids)).values(due_at=until))
    touch_agenda(session)


def is_overtaken(session: Session, notice: Notice, now: datetime) -> bool:
    """Whether a later one of the same kind and subject is due for this person too."""
    later = select(Notice.id).where(
        Notice.person_id == notice.person_id,
        Notice.kind == notice.kind,
        Notice.subject_id == notice.subject_id,
        col(Notice.due_at) > notice.due_at,
        col(Notice.due_at) <= now,
    )
    return session.exec(later).first() is not None


def withdraw(session: Session, subject_id: int, *kinds: str, person_id: int | None = None) -> bool:
    """Take back what was to be sent later and is not true any more; from one person, or from all.

    Gives whether there was anything.
    """
    waiting = delete(Notice).where(
        col(Notice.subject_id) == subject_id, col(Notice.kind).in_(kinds), col(Notice.outcome).is_(None)
    )
    found = session.exec(waiting if person_id is None else waiting.where(col(Notice.person_id) == person_id))
    return found.rowcount > 0


def count_failed(session: Session, since: datetime) -> int:
    return session.exec(
        select(func.count()).where(Notice.outcome == Outcome.FAILED, col(Notice.finished_at) >= since)
    ).one()


def depth(session: Session, now: datetime) -> tuple[int, datetime | None]:
    """How many notices are due and unsent, and since when the oldest is."""
    waiting = case((col(Notice.due_at) <= now, 1))
    return session.exec(
        select(func.count(waiting), func.min(Notice.due_at)).where(col(Notice.outcome).is_(None))
    ).one()


def count_late(session: Session, now: datetime, awake_since: datetime | None = None) -> int:
    """Of what was due before, nobody could have sent it before `awake_since`."""
    could_go = awake_since is None or awake_since <= now - LATE
    is_late = or_(col(Notice.due_at) <= now - LATE, col(Notice.attempts) >= LATE_TRIES)
    if not could_go:
        is_late = col(Notice.attempts) >= LATE_TRIES
    return session.exec(select(func.count()).where(col(Notice.outcome).is_(None), is_late)).one()


def forget_sent(session: Session, now: datetime) -> bool:
    return delete_some(session, Notice, col(Notice.finished_at) < now - KEPT)
