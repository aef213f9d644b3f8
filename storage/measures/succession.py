"""What a person answers for becomes their successor's; what they stated stays with their row."""

from sqlmodel import Session, col, update

from storage.engine.tables import Person
from storage.measures.tables import Advert, Measure, MeasureMatch, PartnerThread


def hand_over(session: Session, leaver: Person, successor: Person) -> None:
    of_measures = update(Measure).where(col(Measure.person_id) == leaver.id)
    session.exec(of_measures.values(person_id=successor.id))
    of_matches = update(MeasureMatch).where(col(MeasureMatch.asking_id) == leaver.id)
    session.exec(of_matches.values(asking_id=successor.id))
    of_adverts = update(Advert).where(col(Advert.person_id) == leaver.id)
    session.exec(of_adverts.values(person_id=successor.id))
    of_threads = update(PartnerThread).where(col(PartnerThread.asked_id) == leaver.id)
    session.exec(of_threads.values(asked_id=successor.id))
