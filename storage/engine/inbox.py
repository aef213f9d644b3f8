"""Updates from the moment Telegram hands them over until they are done or parked."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, case, text, update
from sqlmodel import Session, SQLModel, col, delete, func, select

from storage.engine.pieces import delete_some
from storage.engine.prepared import Prepared
from storage.engine.tables import Inbox, InboxState

PATIENCE = 3  # failures after which an update is parked
DEATHS = 6  # of processes in the same update: a bot that is killed again and again meets some at random
KEPT = timedelta(days=3)  # Telegram repeats an update for at most 24 hours
KINDS = (  # of updates that Telegram is asked for
    *("message", "edited_message", "callback_query", "my_chat_member"),
    *("inline_query", "chosen_inline_result", "chat_join_request", "chat_member"),
)
IN_CHATS = ("message", "edited_message", "my_chat_member", "chat_member")
PARKED_KEPT = timedelta(days=30)
LARGEST = 2**63  # of a number in a database
TRIAL, TRIAL_SIZE = 1 - LARGEST, 16_384  # no number of Telegram's; bytes
NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")  # in JSON, with an even number of backslashes before it
UNFINISHED = text("state != 'done'")  # as the index has it, or it would not be used
TO_DO = (InboxState.WAITING, InboxState.UNANSWERED)
_TABLE = SQLModel.metadata.tables["inbox"]
_ADD = Prepared(
    lambda insert: insert(_TABLE).on_conflict_do_nothing(),
    *("update_id", "chat_id", "received_at", "body", "state", "attempts", "error", "answers"),
)


class AlreadyHandled(Exception):
    """Another process, or this one before it lost the database, has done this update."""


@dataclass(frozen=True)
class Taken:
    """An update that is in the inbox and not done yet; one that `is_unanswered` lacks only its answer."""

    update_id: int
    chat_id: int
    received_at: datetime
    body: str
    attempts: int = 0
    is_unanswered: bool = False
    answers: list[int] = field(default_factory=list, compare=False)  # ids of the messages


@dataclass(frozen=True)
class Left:
    """What a chat has to do: the attempts at its first update, and whether one waits to be handled."""

    attempts: int
    waits: bool


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
    new = {"state": InboxState.WAITING, "error": "", "answers": ""}
    _ADD.write_each(session, [{**vars(taken), **new} for taken in batch])


def try_storing(session: Session, now: datetime) -> None:
    """Raises what would keep an update out: a large one would need room, a small one is written."""
    undone = session.begin_nested()
    store(session, [Taken(TRIAL, 0, now, "x" * TRIAL_SIZE)])
    undone.rollback()
    store(session, [Taken(TRIAL, 0, now, "")])
    session.exec(delete(Inbox).where(col(Inbox.update_id) == TRIAL))


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
    """What was taken in and is not finished or not answered, in the order of Telegram's numbers.

    Sorted here: SQLite would walk the whole inbox for the order.
    """
    to_do = session.exec(select(Inbox).where(UNFINISHED, col(Inbox.state).in_(TO_DO)))
    return [
        Taken(
            *(row.update_id, row.chat_id, row.received_at, row.body, row.attempts),
            is_unanswered=row.state is InboxState.UNANSWERED,
        )
        for row in sorted(to_do, key=attrgetter("update_id"))
    ]


def chats_to_do(session: Session) -> dict[int, Left]:
    """Only the first update of a chat has attempts."""
    waits = func.max(case((col(Inbox.state) == InboxState.WAITING, 1), else_=0))
    chats = select(Inbox.chat_id, func.max(Inbox.attempts), waits).where(
        UNFINISHED, col(Inbox.state).in_(TO_DO)
    )
    found = session.exec(chats.group_by(col(Inbox.chat_id)))
    return {chat_id: Left(attempts, bool(waits)) for chat_id, attempts, waits in found}


_FINISH = Prepared(
    update(_TABLE)
    .where(_TABLE.columns.update_id == bindparam("finished_id"), _TABLE.columns.state == InboxState.WAITING)
    .values(state=bindparam("as_what", type_=_TABLE.columns.state.type), body="")
)
_ANSWERED = Prepared(
    update(_TABLE)
    .where(
        _TABLE.columns.update_id == bindparam("answered_id"), _TABLE.columns.state == InboxState.UNANSWERED
    )
    .values(state=InboxState.DONE, answers=bindparam("ids_of_answers"))
)


def finish(session: Session, update_id: int, *, to_answer: bool = False) -> None:
    """Raises AlreadyHandled, so that nothing of the transaction happens twice."""
    as_what = InboxState.UNANSWERED if to_answer else InboxState.DONE

    def check(count: int) -> None:
        if count != 1:
            raise AlreadyHandled(update_id)

    _FINISH.write(session, check, finished_id=update_id, as_what=as_what)


def note_answered(session: Session, answered: Iterable[Taken]) -> None:
    """Many at once, beside the answers; with the messages that these were."""
    _ANSWERED.write_each(
        session,
        [{"answered_id": one.update_id, "ids_of_answers": _ids(one)} for one in answered],
    )


def _ids(taken: Taken) -> str:
    return " ".join(map(str, taken.answers))


def give_up_answering(session: Session, taken: Taken) -> bool:
    """Whether the person must be told otherwise: not if the chat has something newer, which is answered."""
    if _ANSWERED.change(session, answered_id=taken.update_id, ids_of_answers=_ids(taken)) != 1:
        raise AlreadyHandled(taken.update_id)
    newer = select(Inbox.update_id).where(
        UNFINISHED, Inbox.chat_id == taken.chat_id, col(Inbox.update_id) > taken.update_id
    )
    return session.exec(newer.limit(1)).first() is None


def drop_waiting(session: Session, chat_id: int, but: int) -> None:
    """What a chat has sent and is not handled yet, except this update, is handled no more."""
    waiting = (
        col(Inbox.chat_id) == chat_id,
        col(Inbox.update_id) != but,
        col(Inbox.state) != InboxState.DONE,
    )
    session.exec(update(Inbox).where(*waiting).values(state=InboxState.DONE, body="", error=""))


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
