"""Ideas that people hand in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from domain.ideas import topics as rules
from domain.ideas.refusals import IdeaIsGone, IdeaIsRead, TooManyIdeas
from domain.ideas.topics import Topic
from storage.engine.tables import Person
from storage.ideas.tables import Idea
from storage.partners.tables import Organisation

PAGE = 5
LISTED = 1000  # the newest; nobody turns more pages, and counting all of them would read all of them


@dataclass(frozen=True)
class Page:
    """Ideas newest first, each with the organisation it comes from (empty: none)."""

    ideas: tuple[tuple[Idea, str], ...]
    number: int
    pages: int
    total: int
    are_all: bool = True


def hand_in(session: Session, person: Person, topic: Topic, text: str, now: datetime) -> Idea:
    assert person.id is not None
    recent = session.exec(
        select(func.count()).where(
            Idea.person_id == person.id, col(Idea.created_at) > now - timedelta(days=1)
        )
    ).one()
    if recent >= rules.PER_DAY:
        raise TooManyIdeas
    idea = Idea(person_id=person.id, topic=topic, text=text, created_at=now)
    session.add(idea)
    session.flush()
    return idea


def correct(session: Session, person: Person, idea_id: int, text: str, now: datetime) -> bool:
    """One's own, while hardly anybody can have read it; whether it said something else."""
    idea = session.get(Idea, idea_id)
    if idea is None or idea.person_id != person.id:
        raise IdeaIsGone
    if idea.text == text:
        return False
    if now > idea.created_at + rules.CORRECTABLE:
        raise IdeaIsRead
    idea.text = text
    session.add(idea)
    session.flush()
    return True


def page(session: Session, number: int) -> Page:
    """Pages count from 0; a number beyond the last gives the last."""
    newest = select(Idea.id).order_by(col(Idea.created_at).desc()).limit(LISTED + 1).subquery()
    found = session.exec(select(func.count()).select_from(newest)).one()
    total = min(found, LISTED)
    pages = max(-(-total // PAGE), 1)
    number = min(max(number, 0), pages - 1)
    rows = session.exec(
        select(Idea, func.coalesce(Organisation.name, ""))
        .join(Person, col(Person.id) == col(Idea.person_id))
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True)
        .order_by(col(Idea.created_at).desc())
        .offset(number * PAGE)
        .limit(PAGE)
    ).all()
    return Page(
        tuple((idea, organisation) for idea, organisation in rows), number, pages, total, found == total
    )
