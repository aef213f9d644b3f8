"""What people wrote that answers no question: kept until they say what is to become of it, or for a week."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from storage.engine.pieces import delete_some
from storage.engine.tables import LooseText, Person
from storage.engine.turn import Turn

KEPT = timedelta(days=7)
MOST = 4000  # characters of all of them together; of more the newest are kept


def keep(turn: Turn, text: str, message_id: int | None, media: str = "") -> None:
    """Beside what is there: a thought may come in several messages."""
    there, room = of(turn), MOST - len(text)
    for earlier in reversed(there):
        room -= len(earlier.text)
        if room < 0:
            turn.session.delete(earlier)
    turn.session.add(
        LooseText(person_id=turn.person.id, message_id=message_id, text=text, media=media, said_at=turn.now)
    )
    turn.session.flush()


def of(turn: Turn) -> list[LooseText]:
    """The oldest first."""
    mine = select(LooseText).where(
        LooseText.person_id == turn.person.id, col(LooseText.said_at) > turn.now - KEPT
    )
    return list(turn.session.exec(mine.order_by(col(LooseText.id))))


def correct(turn: Turn, message_id: int, text: str) -> bool:
    """Whether a message is one of these; then it says this now."""
    found = next((one for one in of(turn) if one.message_id == message_id), None)
    if found:
        found.text = text
        turn.session.flush()
    return found is not None


def drop(session: Session, person: Person) -> None:
    session.exec(delete(LooseText).where(col(LooseText.person_id) == person.id))


def drop_used(turn: Turn, message_ids: Collection[int]) -> None:
    """Those that stand in a form now."""
    mine = delete(LooseText).where(col(LooseText.person_id) == turn.person.id)
    turn.session.exec(mine.where(col(LooseText.message_id).in_(message_ids)))


def forget(session: Session, now: datetime) -> bool:
    return delete_some(session, LooseText, col(LooseText.said_at) <= now - KEPT)
