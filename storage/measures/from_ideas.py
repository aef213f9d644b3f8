"""From an idea to a measure and back: the office asks, an organisation shares what it does."""

from datetime import datetime

from sqlmodel import Session, col, exists, select

from domain.basics.pact import Pact
from domain.ideas.ideas import Pledge, Topic
from storage.engine import outbox
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.ideas import board, pledges
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.measures import measures
from storage.measures.tables import Measure, MeasureNotice


def ask_author(session: Session, staff: Person, idea_id: int, now: datetime) -> Idea:
    """Whether the idea has become something that they do; asked once a day at most."""
    check_staff(staff)
    idea = board.visible(session, staff, idea_id)
    key = f"from_idea:{idea.id}:{now.date().isoformat()}"
    outbox.enqueue(session, [idea.person_id], MeasureNotice.FROM_IDEA, key, now, subject_id=idea.id)
    return idea


def make_idea(
    session: Session, person: Person, measure_id: int, text: str, pact: Pact, now: datetime, *, is_tour: bool
) -> Measure:
    """What a measure has taught becomes an idea; a tour is one with a place, for the programme."""
    measure = measures.own(session, person, measure_id)
    topic = Topic.EXCHANGE if is_tour else Topic.PROJECT
    idea = board.hand_in(session, person, NewIdea(topic, text), pact, now)
    if is_tour:
        pledges.switch(session, person, idea.id, Pledge.HOST, pact, now)
    measure.idea_id, measure.changed_at = idea.id, now
    session.add(measure)
    session.flush()
    return measure


def unreported(session: Session, person: Person, idea_id: int) -> Idea | None:
    """An idea of which there is no measure yet."""
    idea = board.visible(session, person, idea_id)
    has_one = session.exec(select(exists().where(col(Measure.idea_id) == idea.id))).one()
    return None if has_one else idea
