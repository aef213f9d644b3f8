"""Messages that show rows which go on changing: whatever changes such a row marks them as behind.

A table says in `shown_by` which views show its rows, and which of its columns is their subject.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, event, text, update
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session, col, delete, select

from storage.engine.tables import Person, ShownAs, ShownCard
from storage.engine.turn import Turn

KEPT = timedelta(days=60)  # since they were shown


class Shows(NamedTuple):
    """What a screen shows; of a file also which edition of it that is."""

    view: str
    subject_id: int
    edition: int = 0


def note(
    session: Session, shows: Shows, person: Person, message: tuple[int, int], shown_as: ShownAs, now: datetime
) -> ShownCard:
    """A message of a private chat shows this; what changed on its way is to be looked at after this."""
    _lock(session.connection(), shows.view, shows.subject_id, "pg_advisory_xact_lock")
    chat_id, message_id = message
    session.exec(
        delete(ShownCard).where(col(ShownCard.chat_id) == chat_id, col(ShownCard.message_id) == message_id)
    )
    card = ShownCard(chat_id=chat_id, message_id=message_id, shown_as=shown_as, version=0, shown_at=now)
    card.person_id, (card.view, card.subject_id, card.edition) = person.id, shows
    card.changes = 0
    session.add(card)
    session.flush()
    return card


def shown_last(turn: Turn, view: str) -> ShownCard | None:
    """The newest message that shows the person this."""
    mine = select(ShownCard).where(ShownCard.person_id == turn.person.id, ShownCard.view == view)
    return turn.session.exec(mine.order_by(col(ShownCard.shown_at).desc()).limit(1)).first()


def let_go(session: Session, person: Person) -> Sequence[int]:
    """Messages that were for somebody who loses the right to all that they show."""
    of_them = col(ShownCard.person_id) == person.id
    cards = session.exec(select(col(ShownCard.id)).where(of_them)).all()
    session.exec(update(ShownCard).where(of_them).values(person_id=None))
    return cards


def say_outdated(session: Session, cards: Sequence[int], person: Person) -> None:
    """They show nothing any more, as no view is called so, and say that to whoever has the chat now."""
    nothing = {"event_id": None, "view": "nothing", "subject_id": 0, "version": 0, "changes": 1}
    these = update(ShownCard).where(col(ShownCard.id).in_(cards))
    session.exec(these.values(person_id=person.id, again_at=None, **nothing))


def _lock(connection: Connection, view: str, subject_id: int, function: str) -> None:
    """Who notes a message and who changes what it shows see one another; SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        statement = text(f"SELECT {function}(hashtext(:view), :subject_id)")
        connection.execute(statement, {"view": view, "subject_id": subject_id})


def _note_changes(session: AnySession, *_: Any) -> None:
    changed = [*session.new, *filter(session.is_modified, session.dirty), *session.deleted]
    shown = {
        (view, getattr(row, subject))
        for row in changed
        for view, subject in getattr(row, "shown_by", {}).items()
        if getattr(row, subject) is not None
    }
    for view, subject_id in sorted(shown):
        count_change(session, view, subject_id)


def count_change(session: AnySession, view: str, subject_id: int) -> None:
    """Where no row of a table is what the view shows."""
    of_it = (col(ShownCard.view) == view, col(ShownCard.subject_id) == subject_id)
    counted = update(ShownCard).where(*of_it).values(changes=col(ShownCard.changes) + 1)
    _lock(session.connection(), view, subject_id, "pg_advisory_xact_lock_shared")
    session.connection().execute(counted)


event.listen(AnySession, "before_flush", _note_changes)
