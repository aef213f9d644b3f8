"""What a person has done for ideas becomes their successor's."""

from datetime import datetime

from sqlmodel import Session, col, update

from storage.engine.tables import Person
from storage.ideas import comments, groups, pledges, support
from storage.ideas.tables import Idea


def hand_over(session: Session, leaver: Person, successor: Person, now: datetime) -> None:
    for hand_on in (support.hand_over, pledges.hand_over, comments.hand_over, groups.hand_over):
        hand_on(session, leaver, successor, now)
    session.exec(update(Idea).where(col(Idea.person_id) == leaver.id).values(person_id=successor.id))
