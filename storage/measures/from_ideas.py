"""From an idea to a measure and back: the office asks, an organisation shares what it does."""

from sqlmodel import col, exists, select

from domain.ideas.ideas import Pledge, Topic
from storage.engine import outbox
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.ideas import board, pledges
from storage.ideas.board import NewIdea
from storage.ideas.tables import Idea
from storage.measures import measures
from storage.measures.tables import Measure, MeasureNotice


def ask_author(turn: Turn, idea_id: int) -> Idea:
    """Whether the idea has become something that they do; asked once a day at most."""
    check_staff(turn.person)
    idea = board.visible(turn, idea_id)
    key = f"from_idea:{idea.id}:{turn.now.date().isoformat()}"
    outbox.tell(turn, [idea.person_id], MeasureNotice.FROM_IDEA, key, idea.id)
    return idea


def make_idea(turn: Turn, measure_id: int, text: str, *, is_tour: bool) -> Measure:
    """What a measure has taught becomes an idea; a tour is one with a place, for the programme."""
    measure = measures.own(turn, measure_id)
    topic = Topic.EXCHANGE if is_tour else Topic.PROJECT
    idea = board.hand_in(turn, NewIdea(topic, text))
    if is_tour:
        pledges.switch(turn, idea.id, Pledge.HOST)
    measure.idea_id, measure.changed_at = idea.id, turn.now
    turn.session.add(measure)
    turn.session.flush()
    return measure


def unreported(turn: Turn, idea_id: int) -> Idea | None:
    """An idea of which there is no measure yet."""
    idea = board.visible(turn, idea_id)
    has_one = turn.session.exec(select(exists().where(col(Measure.idea_id) == idea.id))).one()
    return None if has_one else idea
