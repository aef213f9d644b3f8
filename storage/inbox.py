"""Updates from the moment Telegram hands them over until they are done or parked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, delete, func, select

from storage.tables import Inbox, InboxState

PATIENCE = 3  # failures after which an update is parked
KEPT = timedelta(days=3)  # Telegram repeats an update for at most 24 hours


@dataclass(frozen=True)
class Taken:
    """An update that is in the inbox and not done yet."""

    update_id: int
    received_at: datetime
    body: str
    attempts: int = 0


def take_in(session: Session, updates: Sequence[dict[str, Any]], now: datetime) -> list[Taken]:
    """Store a batch and give back those that are new; their times keep their order."""
    if not updates:
        return []
    new = {
        update["update_id"]: Taken(update["update_id"], now + timedelta(microseconds=place), _body(update))
        for place, update in enumerate(updates)
    }
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    added = session.execute(
        dialect.insert(Inbox).on_conflict_do_nothing().returning(col(Inbox.update_id)),
        [
            {
                "update_id": taken.update_id,
                "received_at": taken.received_at,
                "body": taken.body,
                "state": InboxState.WAITING,
                "attempts": 0,
                "error": "",
            }
            for taken in new.values()
        ],
    )
    stored = set(added.scalars())
    return [taken for taken in new.values() if taken.update_id in stored]


def _body(update: dict[str, Any]) -> str:
    """As JSON; half a character, which no database takes, becomes a question mark."""
    return json.dumps(update, ensure_ascii=False).encode(errors="replace").decode()


def unfinished(session: Session) -> list[Taken]:
    """What a former run of the process took in and did not finish, in order of arrival."""
    rows = session.exec(
        select(Inbox).where(Inbox.state == InboxState.WAITING).order_by(col(Inbox.received_at))
    )
    return [Taken(row.update_id, row.received_at, row.body, row.attempts) for row in rows]


_FINISH = (
    update(SQLModel.metadata.tables["inbox"])
    .where(col(Inbox.update_id) == bindparam("finished_id"))
    .values(state=InboxState.DONE, body="")
)


def finish(session: Session, update_id: int) -> None:
    session.execute(_FINISH, {"finished_id": update_id})


def note_failure(session: Session, update_id: int, error: str, *, park: bool) -> None:
    session.exec(
        update(Inbox)
        .where(col(Inbox.update_id) == update_id)
        .values(
            attempts=Inbox.attempts + 1,
            error=error[:2000],
            state=InboxState.PARKED if park else InboxState.WAITING,
        )
    )


def parked(session: Session) -> list[Inbox]:
    return list(
        session.exec(select(Inbox).where(Inbox.state == InboxState.PARKED).order_by(col(Inbox.update_id)))
    )


def count_parked(session: Session) -> int:
    return session.exec(select(func.count()).where(Inbox.state == InboxState.PARKED)).one()


def clear(session: Session) -> None:
    """Forget every update: for a sandbox that starts anew and numbers its own from the beginning."""
    session.exec(delete(Inbox))


def forget_done(session: Session, now: datetime) -> None:
    session.exec(
        delete(Inbox).where(col(Inbox.state) == InboxState.DONE, col(Inbox.received_at) < now - KEPT)
    )
