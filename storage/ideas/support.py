"""Who supports an idea. Organisations count, persons act; who is of none is counted apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, exists, func, or_, select, update

from domain.ideas.refusals import IdeaIsGone, IdeaIsOpen
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import merges
from storage.ideas.tables import Idea, IdeaSupport
from storage.partners import membership

RANKED = 2000  # ideas among which the most supported are looked for
STANDS = col(IdeaSupport.ended_at).is_(None)


@dataclass(frozen=True)
class Voices:
    """Organisations that support an idea, and people without one."""

    organisations: int = 0
    outside: int = 0

    @property
    def any(self) -> bool:
        return bool(self.organisations or self.outside)


def give(turn: Turn, idea_id: int) -> Idea:
    """To the idea that is shown; who supports a part of it already, supports it."""
    idea = to_act_on(turn.session, idea_id)
    if not _own(turn, merges.ids(turn.session, idea.id)):
        organisation_id = membership.partner_id_of(turn)
        turn.session.add(
            IdeaSupport(
                idea_id=idea.id, person_id=turn.person.id, organisation_id=organisation_id, given_at=turn.now
            )
        )
        turn.session.flush()
    return idea


def take_back(turn: Turn, idea_id: int) -> Idea:
    """One's own only, on everything that is shown as this idea."""
    idea = to_act_on(turn.session, idea_id)
    for row in _own(turn, merges.ids(turn.session, idea.id)):
        row.ended_at = turn.now
        turn.session.add(row)
    turn.session.flush()
    return idea


def to_act_on(session: Session, idea_id: int) -> Idea:
    """The idea as which it is shown, if everybody may see it."""
    shown = merges.get(session, merges.top_of(merges.get(session, idea_id)))
    if shown.published_at is None or shown.hidden_at:
        raise IdeaIsOpen if shown.published_at is None else IdeaIsGone
    return shown


def _own(turn: Turn, idea_ids: Iterable[int]) -> list[IdeaSupport]:
    own = select(IdeaSupport).where(
        IdeaSupport.person_id == turn.person.id, col(IdeaSupport.idea_id).in_(list(idea_ids)), STANDS
    )
    return list(turn.session.exec(own))


def supports(turn: Turn, idea_ids: Iterable[int]) -> bool:
    return bool(_own(turn, idea_ids))


def colleague_supports(turn: Turn, idea_ids: Iterable[int]) -> bool:
    """Whether somebody else of this person's organisation does."""
    if turn.person.organisation_id is None:
        return False
    theirs = select(IdeaSupport.id).where(
        IdeaSupport.organisation_id == turn.person.organisation_id,
        IdeaSupport.person_id != turn.person.id,
        col(IdeaSupport.idea_id).in_(list(idea_ids)),
        STANDS,
    )
    return turn.session.exec(theirs.limit(1)).first() is not None


def count(session: Session, wholes: Iterable[int]) -> dict[int, Voices]:
    """For each of these, over everything that is shown as it; an organisation counts once."""
    wanted = list(wholes)
    outside = col(IdeaSupport.organisation_id).is_(None)
    rows = session.execute(
        select(
            merges.WHOLE,
            func.count(col(IdeaSupport.organisation_id).distinct()),
            func.count(col(IdeaSupport.person_id).distinct()).filter(outside),
        )
        .join(IdeaSupport, col(IdeaSupport.idea_id) == col(Idea.id))
        .where(merges.is_part_of(*wanted), STANDS)
        .group_by(merges.WHOLE)
    )
    found = {idea_id: Voices(organisations, out) for idea_id, organisations, out in rows}
    return {idea_id: found.get(idea_id, Voices()) for idea_id in wanted}


def newest(*which: Any) -> Any:
    """The ids of the ideas whose support is looked at, and when they came."""
    found = select(Idea.id, Idea.created_at).where(*which)
    return found.order_by(col(Idea.created_at).desc()).limit(RANKED)


def without_any(*which: Any) -> Any:
    """The ids of `which` ideas that nobody supports, of the newest."""
    top = newest(*which).subquery()
    return select(top.c.id).where(~_is_supported(top.c.id)).order_by(top.c.created_at.desc(), top.c.id.desc())


def most_supported(*which: Any) -> Any:
    """The ids of `which` ideas that anybody supports, of the newest; those of most organisations first."""
    top = newest(*which).subquery()
    part, belongs = _parts(top.c.id)
    return (
        select(top.c.id)
        .join(part, belongs)
        .join(IdeaSupport, col(IdeaSupport.idea_id) == part.c.id)
        .where(STANDS)
        .group_by(top.c.id, top.c.created_at)
        .order_by(
            func.count(col(IdeaSupport.organisation_id).distinct()).desc(),
            func.count(col(IdeaSupport.person_id).distinct()).desc(),
            top.c.created_at.desc(),
            top.c.id.desc(),
        )
    )


def has_any() -> Any:
    """Of an idea's row: whether anybody supports what is shown as it."""
    return _is_supported(col(Idea.id))


def has_organisations(at_least: int) -> Any:
    """Of an idea's row: whether so many support what is shown as it."""
    part, belongs = _parts(col(Idea.id))
    given = select(func.count(col(IdeaSupport.organisation_id).distinct())).select_from(part)
    given = given.join(IdeaSupport, col(IdeaSupport.idea_id) == part.c.id).where(belongs, STANDS)
    return given.correlate(Idea).scalar_subquery() >= at_least


def is_given_by(person: Person) -> Any:
    """Of an idea's row: whether this person supports it, or somebody of their organisation."""
    mine = col(IdeaSupport.person_id) == person.id
    if person.organisation_id is not None:
        mine = or_(mine, col(IdeaSupport.organisation_id) == person.organisation_id)
    part, _ = _parts(col(Idea.id))
    shown_as = select(func.coalesce(part.c.whole_id, part.c.id)).select_from(part)
    return col(Idea.id).in_(
        shown_as.join(IdeaSupport, part.c.id == col(IdeaSupport.idea_id)).where(mine, STANDS)
    )


def _parts(whole_id: Any) -> tuple[Any, Any]:
    """A second look at the table, and which of its rows are shown as this idea."""
    part = Idea.__table__.alias("part")  # type: ignore[attr-defined] # SQLModel's table
    return part, or_(part.c.id == whole_id, part.c.whole_id == whole_id)


def _is_supported(whole_id: Any) -> Any:
    part, belongs = _parts(whole_id)
    return exists().where(part.c.id == col(IdeaSupport.idea_id), belongs, STANDS)


def hand_over(turn: Turn, successor: Person) -> None:
    """What a successor supports already stays theirs; the rest of the leaver's becomes theirs."""
    already = select(IdeaSupport.idea_id).where(IdeaSupport.person_id == successor.id, STANDS)
    mine = (col(IdeaSupport.person_id) == turn.person.id, STANDS)
    turn.session.exec(
        update(IdeaSupport).where(*mine, col(IdeaSupport.idea_id).in_(already)).values(ended_at=turn.now)
    )
    turn.session.exec(update(IdeaSupport).where(*mine).values(person_id=successor.id))
