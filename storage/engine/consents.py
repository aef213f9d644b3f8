"""What people agreed to: with its words, version and time, until they take it back."""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics.consent import WORDINGS, Topic
from storage.engine.tables import Consent, Person
from storage.engine.turn import Turn

STANDS = col(Consent.withdrawn_at).is_(None)


def give(session: Session, person: Person, topic: Topic, subject_id: int, now: datetime) -> None:
    """Once for each request or event, however often it is said."""
    if _standing(session, person, topic, subject_id):
        return
    wording = WORDINGS[topic]
    session.add(
        Consent(
            person_id=person.id,
            topic=topic,
            subject_id=subject_id,
            text=wording.text,
            version=wording.version,
            given_at=now,
        )
    )
    session.flush()


def end(session: Session, person: Person, topic: Topic, subject_id: int, now: datetime) -> None:
    for consent in _standing(session, person, topic, subject_id):
        consent.withdrawn_at = now
        session.add(consent)
    session.flush()


def _standing(session: Session, person: Person, topic: Topic, subject_id: int) -> list[Consent]:
    mine = select(Consent).where(Consent.person_id == person.id, Consent.topic == topic, STANDS)
    return list(session.exec(mine.where(Consent.subject_id == subject_id)))


def of(turn: Turn) -> list[Consent]:
    """The newest first, also those that were taken back."""
    mine = select(Consent).where(Consent.person_id == turn.person.id)
    return list(turn.session.exec(mine.order_by(col(Consent.given_at).desc(), col(Consent.id).desc())))
