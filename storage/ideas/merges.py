"""Ideas that are one: a merge is a link that ends, and everything stays with the idea it was given to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from domain.ideas import ideas as rules
from domain.ideas.refusals import IdeaIsGone, OneIdeaAlready
from storage.engine import outbox, people
from storage.engine.turn import Turn
from storage.ideas import audience
from storage.ideas.tables import Idea, IdeaMerge, IdeaNotice, IdeaObjection

WHOLE = func.coalesce(Idea.whole_id, Idea.id)  # of an idea's row: as which it is shown


@dataclass(frozen=True)
class Merged:
    """Two ideas that are one: what was merged, into what, and who objects."""

    merge: IdeaMerge
    idea: Idea
    into: Idea
    objections: int


def get(session: Session, idea_id: int) -> Idea:
    idea = session.get(Idea, idea_id)
    if idea is None or idea.withdrawn_at:
        raise IdeaIsGone
    return idea


def top_of(idea: Idea) -> int:
    """The idea as which it is shown."""
    return idea.whole_id or idea.id


def is_part_of(*whole_ids: int) -> Any:
    """Of an idea's row: whether it is shown as one of these."""
    return or_(col(Idea.id).in_(whole_ids), col(Idea.whole_id).in_(whole_ids))


def parts(session: Session, whole_id: int) -> Sequence[Idea]:
    """What is shown as one: the idea itself first, then the others as they came."""
    found = session.exec(select(Idea).where(is_part_of(whole_id)).order_by(col(Idea.id))).all()
    return sorted(found, key=lambda idea: idea.id != whole_id)


def ids(session: Session, whole_id: int) -> list[int]:
    return [idea_id or 0 for idea_id in session.exec(select(Idea.id).where(is_part_of(whole_id)))]


def _lock(session: Session, idea_ids: Iterable[int]) -> None:
    """In sorted order, so that two merges at once wait for each other instead of for ever."""
    locked = select(Idea).where(col(Idea.id).in_(list(idea_ids))).order_by(col(Idea.id)).with_for_update()
    session.exec(locked.execution_options(populate_existing=True)).all()


def _lock_wholes(session: Session, *ideas: Idea) -> None:
    """Everything that is one with these, and stays as it is read until the transaction ends."""
    locked: set[int] = set()
    while True:
        tops = {top_of(idea) for idea in ideas}
        found = {idea_id for top in tops for idea_id in ids(session, top)} | {idea.id for idea in ideas}
        if found <= locked:
            return
        _lock(session, found)
        locked |= found


def merge(turn: Turn, idea_id: int, into_id: int) -> IdeaMerge:
    """What is shown as the one becomes part of the other; both keep all that was given to them."""
    people.check_staff(turn.person)
    idea, into = get(turn.session, idea_id), get(turn.session, into_id)
    _lock_wholes(turn.session, idea, into)
    source, target = top_of(idea), top_of(into)
    if source == target:
        raise OneIdeaAlready
    made = IdeaMerge(idea_id=source, into_id=target, made_by_id=turn.person.id, made_at=turn.now)
    turn.session.add(made)
    turn.session.flush()
    both = [*ids(turn.session, source), *ids(turn.session, target)]
    concerned = audience.of(turn.session, both)
    place(turn.session, both, turn.now)
    told = [person_id for person_id in concerned if person_id != turn.person.id]
    outbox.tell(turn, told, IdeaNotice.MERGED, f"idea_merge:{made.id}", made.id)
    return made


def part(turn: Turn, merge_id: int) -> IdeaMerge:
    """Undo a merge: as if everything in between had been done to the ideas apart."""
    people.check_staff(turn.person)
    made = turn.session.get(IdeaMerge, merge_id)
    if made is None or made.ended_at:
        raise IdeaIsGone
    _lock_wholes(
        turn.session, turn.session.get_one(Idea, made.idea_id), turn.session.get_one(Idea, made.into_id)
    )
    _end(turn.session, made, turn.now)
    return made


def _end(session: Session, made: IdeaMerge, now: datetime) -> None:
    concerned = ids(session, top_of(session.get_one(Idea, made.idea_id)))
    made.ended_at = now
    session.add(made)
    session.flush()
    place(session, concerned, now)


def leave(session: Session, idea: Idea, now: datetime) -> None:
    """An idea that goes takes nothing along: what was merged with it is shown by itself."""
    touching = or_(col(IdeaMerge.idea_id) == idea.id, col(IdeaMerge.into_id) == idea.id)
    for made in session.exec(select(IdeaMerge).where(touching, col(IdeaMerge.ended_at).is_(None))).all():
        _end(session, made, now)


def place(session: Session, idea_ids: Iterable[int], now: datetime) -> None:
    """Write down as part of which idea each of these is shown now, as the merges have it."""
    ideas = set(idea_ids)
    links = select(IdeaMerge.idea_id, IdeaMerge.into_id).where(
        col(IdeaMerge.idea_id).in_(ideas), col(IdeaMerge.ended_at).is_(None)
    )
    tops = rules.tops(dict(session.exec(links).all()), ideas)
    for idea in session.exec(select(Idea).where(col(Idea.id).in_(ideas))).all():
        top = tops[idea.id]
        idea.whole_id = None if top == idea.id else top
        idea.changed_at = now
        session.add(idea)
    session.flush()


def object_to(turn: Turn, merge_id: int) -> Merged:
    """Somebody whom the merge concerns says that these are two."""
    found = find(turn.session, merge_id)
    concerned = audience.of(turn.session, ids(turn.session, top_of(found.idea)))
    if found.merge.ended_at or turn.person.id not in concerned:
        raise IdeaIsGone
    if turn.session.get(IdeaObjection, (merge_id, turn.person.id)) is None:
        turn.session.add(IdeaObjection(merge_id=merge_id, person_id=turn.person.id, objected_at=turn.now))
        turn.session.flush()
        key = f"idea_objection:{merge_id}:{turn.person.id}"
        outbox.tell(turn, people.staff_ids(), IdeaNotice.OBJECTED, key, merge_id)
    return find(turn.session, merge_id)


def find(session: Session, merge_id: int) -> Merged:
    found = _merged(session, col(IdeaMerge.id) == merge_id)
    if not found:
        raise IdeaIsGone
    return found[0]


def _merged(session: Session, wanted: Any) -> list[Merged]:
    into = aliased(Idea)
    objections = (
        select(func.count()).where(col(IdeaObjection.merge_id) == col(IdeaMerge.id)).scalar_subquery()
    )
    found = (
        select(IdeaMerge, Idea, into, objections)
        .join(Idea, col(Idea.id) == col(IdeaMerge.idea_id))
        .join(into, col(into.id) == col(IdeaMerge.into_id))
        .where(wanted)
        .order_by(col(IdeaMerge.id))
    )
    return [Merged(*row) for row in session.exec(found)]


def within(session: Session, whole_id: int) -> list[Merged]:
    """The merges that make up what is shown as this idea."""
    members = ids(session, whole_id)
    return _merged(session, and_(col(IdeaMerge.idea_id).in_(members), col(IdeaMerge.ended_at).is_(None)))
