"""Whom an idea concerns: who had it, who supports it, who offered something, who is in its group."""

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select, union

from storage.ideas.tables import GroupMember, Idea, IdeaPledge, IdeaSupport, ProjectGroup


def authors(session: Session, idea_ids: Iterable[int]) -> Sequence[int]:
    return session.exec(select(Idea.person_id).where(col(Idea.id).in_(list(idea_ids))).distinct()).all()


def of(session: Session, idea_ids: Iterable[int]) -> list[int]:
    """Persons, each once."""
    ideas = list(idea_ids)
    concerned = union(
        select(col(Idea.person_id)).where(col(Idea.id).in_(ideas)),
        select(col(IdeaSupport.person_id)).where(
            col(IdeaSupport.idea_id).in_(ideas), col(IdeaSupport.ended_at).is_(None)
        ),
        select(col(IdeaPledge.person_id)).where(
            col(IdeaPledge.idea_id).in_(ideas), col(IdeaPledge.ended_at).is_(None)
        ),
        select(col(GroupMember.person_id))
        .join(ProjectGroup, col(ProjectGroup.id) == col(GroupMember.group_id))
        .where(col(ProjectGroup.idea_id).in_(ideas), col(GroupMember.left_at).is_(None)),
    )
    return sorted(person_id for (person_id,) in session.execute(concerned))
