"""Which message answered which question of a form that is sent: for as long as Telegram lets people edit."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from storage.engine.pieces import delete_some
from storage.engine.tables import Person, SentText
from storage.engine.turn import Turn

KEPT = timedelta(days=3)  # Telegram lets people edit for two


def note(turn: Turn, form: str, questions: Mapping[int, str], subject_id: int, row_id: int | None) -> None:
    """`questions` by the messages that answered them."""
    mine = delete(SentText).where(col(SentText.person_id) == turn.person.id)
    turn.session.exec(mine.where(col(SentText.message_id).in_(questions)))
    turn.session.add_all(
        SentText(
            person_id=turn.person.id,
            message_id=message_id,
            form=form,
            question=question,
            subject_id=subject_id,
            row_id=row_id,
            sent_at=turn.now,
        )
        for message_id, question in questions.items()
    )
    turn.session.flush()


def find(turn: Turn, message_id: int) -> SentText | None:
    mine = select(SentText).where(SentText.person_id == turn.person.id, SentText.message_id == message_id)
    return turn.session.exec(mine).one_or_none()


def drop(session: Session, person: Person) -> None:
    session.exec(delete(SentText).where(col(SentText.person_id) == person.id))


def forget(session: Session, now: datetime) -> bool:
    return delete_some(session, SentText, col(SentText.sent_at) <= now - KEPT)
