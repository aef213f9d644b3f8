"""Updates from the moment Telegram hands them over until they are done or parked."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, text, update
from sqlmodel import Session, SQLModel, col, delete, func, select

from storage.engine.pieces import delete_some
from storage.engine.prepared import Prepared
from storage.engine.tables import Inbox, InboxState

PATIENCE = 3  # failures after which an update is parked
DEATHS = 6  # of processes in the same update: a bot that is killed again and again meets some at random
KEPT = timedelta(days=3)  # Telegram repeats an update for at most 24 hours
KINDS = (  # of updates that Telegram is asked for
    *("message", "edited_message", "callback_query", "my_chat_member"),
    *("inline_query", "chosen_inline_result"),
)
IN_CHATS = ("message", "edited_message", "my_chat_member")
PARKED_KEPT = timedelta(days=30)
LARGEST = 2**63  # of a number in a database
NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")  # in JSON, with an even number of backslashes before it
UNFINISHED = text("state != 'done'")  # as the index has it, or it would not be used
_TABLE = SQLModel.metadata.tables["inbox"]
_ADD = Prepared(
    lambda insert: insert(_TABLE).on_conflict_do_nothing(),
    *("update_id", "chat_id", "received_at", "body", "state", "attempts", "error"),
)


class AlreadyHandled(Exception):
    """Another process, or this one before it lost the database, has done this update."""


@dataclass(frozen=True)
class Taken:
    """An update that is in the inbox and not done yet."""

    update_id: int
    chat_id: int
    received_at: datetime
    body: str
    attempts: int = 0


def is_update(given: object) -> bool:
    """Whether it has a number, so that it can be stored."""
    number = given.get("update_id") if isinstance(given, dict) else None
    return is_number(number)


def is_number(given: object) -> bool:
    """Whether a column of the database takes it; PostgreSQL's do not take true for 1."""
    return type(given) is int and abs(given) < LARGEST


def read(updates: Sequence[dict[str, Any]], now: datetime) -> list[Taken]:
    """A batch as it is stored; Telegram's numbers say the order, and times keep it."""
    by_number = sorted({update["update_id"]: update for update in updates}.items())
    return [
        Taken(number, chat_of(update), now + timedelta(microseconds=place), _body(update))
        for place, (number, update) in enumerate(by_number)
    ]


def store(session: Session, batch: Sequence[Taken]) -> None:
    """What is there already is left as it is."""
    new = {"state": InboxState.WAITING, "error": ""}
    _ADD.change_each(session, [{**vars(taken), **new} for taken in batch])


def _body(update: dict[str, Any]) -> str:
    """As JSON without what no database takes: half a character becomes a question mark, a NUL goes."""
    body = json.dumps(update, ensure_ascii=False)
    if r"\u0000" in body:
        body = NUL.sub(r"\1", body)
    return body.encode(errors="replace").decode()


def chat_of(update: dict[str, Any]) -> int:
    """What keeps its order: the messages of a chat, the taps of a person; a private chat is one line.

    A group that taps together is answered together. 0 for what cannot be read.
    """
    part = next((update[kind] for kind in IN_CHATS if kind in update), None)
    return _number(_child(part, "chat")) or person_of(update)


def person_of(update: dict[str, Any]) -> int:
    """Who acted; 0 for what cannot be read."""
    return next((_number(_child(update[kind], "from")) for kind in KINDS if kind in update), 0)


def _number(holder: Any) -> int:
    number = _child(holder, "id")
    return number if is_number(number) else 0


def _child(parent: Any, key: str) -> Any:
    return parent.get(key) if isinstance(parent, dict) else None


def unfinished(session: Session) -> list[Taken]:
    """What was taken in and is not finished, in the order of Telegram's numbers.

    Sorted here: SQLite would walk the whole inbox for the order.
    """
    waiting = session.exec(select(Inbox).where(UNFINISHED, Inbox.state == InboxState.WAITING))
    return [
        Taken(row.update_id, row.chat_id, row.received_at, row.body, row.attempts)
        for row in sorted(waiting, key=attrgetter("update_id"))
    ]


def waiting_chats(session: Session) -> dict[int, int]:
    """Each with the attempts at its first update; those behind it have none."""
    waiting = col(Inbox.state) == InboxState.WAITING
    chats = select(Inbox.chat_id, func.max(Inbox.attempts)).where(UNFINISHED, waiting)
    return dict(session.exec(chats.group_by(col(Inbox.chat_id))).all())


_FINISH = Prepared(
    update(_TABLE)
    .where(_TABLE.columns.update_id == bindparam("finished_id"), _TABLE.columns.state == InboxState.WAITING)
    .values(state=InboxState.DONE, body="")
)


def finish(session: Session, update_id: int) -> None:
    """Raises AlreadyHandled, so that nothing of the transaction happens twice."""
    if _FINISH.change(session, finished_id=update_id) != 1:
        raise AlreadyHandled(update_id)


def note_failure(session: Session, update_id: int, error: str, *, park: bool) -> None:
    """Raises AlreadyHandled if it was done meanwhile."""
    noting = (
        update(Inbox)
        .where(col(Inbox.update_id) == update_id, col(Inbox.state) == InboxState.WAITING)
        .values(
            attempts=Inbox.attempts + 1,
            error=error[:2000],
            state=InboxState.PARKED if park else InboxState.WAITING,
        )
        .execution_options(synchronize_session=False)
    )
    if session.exec(noting).rowcount != 1:
        raise AlreadyHandled(update_id)


def parked(session: Session) -> list[Inbox]:
    found = session.exec(select(Inbox).where(UNFINISHED, Inbox.state == InboxState.PARKED))
    return sorted(found, key=attrgetter("update_id"))


def count_parked(session: Session, since: datetime | None = None) -> int:
    parked = select(func.count()).where(UNFINISHED, Inbox.state == InboxState.PARKED)
    return session.exec(parked if since is None else parked.where(col(Inbox.received_at) > since)).one()


def count_waiting(session: Session) -> int:
    return session.exec(select(func.count()).where(UNFINISHED, Inbox.state == InboxState.WAITING)).one()


def clear(session: Session) -> None:
    """Forget every update: for a sandbox that starts anew and numbers its own from the beginning."""
    session.exec(delete(Inbox))


def forget(session: Session, now: datetime) -> bool:
    """What is done soon; what failed for good, with its words, when nobody will look into it any more."""
    kept_for = ((InboxState.DONE, KEPT), (InboxState.PARKED, PARKED_KEPT))
    return any(
        delete_some(session, Inbox, col(Inbox.state) == state, col(Inbox.received_at) < now - kept)
        for state, kept in kept_for
    )
