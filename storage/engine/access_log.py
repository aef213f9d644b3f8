"""Who of the office did or looked at what. Rows are added and never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics.deeds import Deed
from storage.engine.tables import AccessEntry, Person


def note(
    session: Session, by: Person, deed: Deed, now: datetime, subject_id: int = 0, purpose: str = ""
) -> None:
    session.add(AccessEntry(by_id=by.id, deed=deed, subject_id=subject_id, purpose=purpose, done_at=now))
    session.flush()


def newest(session: Session, page: int, size: int) -> tuple[Sequence[tuple[AccessEntry, str]], bool]:
    """A page of them with the names of who acted; whether there is another one."""
    named = select(AccessEntry, Person.name).join(Person, col(Person.id) == col(AccessEntry.by_id))
    newest_first = named.order_by(col(AccessEntry.id).desc()).offset(page * size).limit(size + 1)
    found = session.exec(newest_first).all()
    return found[:size], len(found) > size
