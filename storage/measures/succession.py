"""What a person answers for becomes their successor's; what they stated stays with their row."""

from sqlmodel import Session, col, update

from storage.engine.tables import Person
from storage.measures.tables import Measure, MeasureMatch


def hand_over(session: Session, leaver: Person, successor: Person) -> None:
    of_measures = update(Measure).where(col(Measure.person_id) == leaver.id)
    session.exec(of_measures.values(person_id=successor.id))
    of_matches = update(MeasureMatch).where(col(MeasureMatch.asking_id) == leaver.id)
    session.exec(of_matches.values(asking_id=successor.id))
