"""What an update has changed is stored, and nobody saw its answer arrive: a notice says where one stands."""

from datetime import datetime

from sqlmodel import Session, col, select

from storage.engine import inbox, outbox
from storage.engine.inbox import Taken
from storage.engine.tables import EngineNotice, Person


def enqueue(session: Session, taken: Taken, now: datetime) -> None:
    """Raises AlreadyHandled if it was answered meanwhile. A private chat has its person's number."""
    if inbox.give_up_answering(session, taken):
        person = select(col(Person.id)).where(Person.telegram_id == taken.chat_id)
        outbox.enqueue(session, person, EngineNotice.LOST_ANSWER, f"answer:{taken.update_id}", now)
