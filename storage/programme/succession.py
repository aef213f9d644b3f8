"""What a contact has said in date polls becomes their successor's, as far as its dates are still to come."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from storage.engine.tables import Person
from storage.programme.tables import DatePoll, PollAnswer, PollOption


def hand_over(session: Session, leaver: Person, successor: Person, now: datetime) -> None:
    """The successor's own word counts before the leaver's."""
    to_come = select(PollOption.id).where(col(PollOption.starts_at) > now)
    own = select(PollAnswer.option_id).where(PollAnswer.person_id == successor.id)
    theirs = (col(PollAnswer.person_id) == leaver.id, col(PollAnswer.option_id).in_(to_come))
    session.exec(delete(PollAnswer).where(*theirs, col(PollAnswer.option_id).in_(own)))
    session.exec(update(PollAnswer).where(*theirs).values(person_id=successor.id))
    is_asked_instead(session, leaver, successor)


def is_asked_instead(session: Session, leaver: Person, successor: Person) -> None:
    """In polls that some persons are asked in."""
    asking = (col(DatePoll.closed_at).is_(None), col(DatePoll.people).is_not(None))
    for poll in session.exec(select(DatePoll).where(*asking)).all():
        if poll.people and leaver.id in poll.people:
            poll.people = sorted({successor.id, *poll.people} - {leaver.id})
            session.add(poll)
    session.flush()
