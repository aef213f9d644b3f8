"""What a person has done for ideas becomes their successor's."""

from sqlmodel import col, update

from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import comments, groups, pledges, support
from storage.ideas.tables import Idea


def hand_over(turn: Turn, successor: Person) -> None:
    for hand_on in (support.hand_over, pledges.hand_over, comments.hand_over, groups.hand_over):
        hand_on(turn, successor)
    turn.session.exec(
        update(Idea).where(col(Idea.person_id) == turn.person.id).values(person_id=successor.id)
    )
