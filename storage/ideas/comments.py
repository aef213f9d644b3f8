"""Short comments on ideas, by partners and the office; and reports of what is unfit to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select, update

from domain.basics import refusals
from domain.ideas.refusals import CommentIsGone
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.ideas import audience, board, merges, support
from storage.ideas.tables import Idea, IdeaComment, IdeaNotice, IdeaReport
from storage.partners import membership
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Remark:
    comment: IdeaComment
    by: str
    may_remove: bool


def write(session: Session, person: Person, idea_id: int, text: str, now: datetime) -> Idea:
    """On the idea that is shown. Its authors hear of the first comment of a day."""
    partner = membership.partner_of(session, person)
    if partner is None and not person.is_staff:
        raise refusals.OnlyForPartners
    idea = support.to_act_on(session, idea_id)
    comment = IdeaComment(
        idea_id=idea.id,
        person_id=person.id,
        organisation_id=partner.id if partner else None,
        text=text,
        written_at=now,
    )
    session.add(comment)
    session.flush()
    authors = audience.authors(session, merges.ids(session, idea.id))
    told = [person_id for person_id in authors if person_id != person.id]
    key = f"idea_comments:{idea.id}:{now:%Y-%m-%d}"
    outbox.enqueue(session, told, IdeaNotice.COMMENT, key, now, subject_id=idea.id)
    return idea


def remove(session: Session, person: Person, comment_id: int, now: datetime) -> Idea:
    """By whoever wrote it, and by the office."""
    comment = session.get(IdeaComment, comment_id)
    if comment is None or comment.removed_at or not _may_remove(person, comment):
        raise CommentIsGone
    comment.removed_at, comment.removed_by_id, comment.text = now, person.id, ""
    session.add(comment)
    session.flush()
    return merges.get(session, merges.top_of(merges.get(session, comment.idea_id)))


def _may_remove(person: Person, comment: IdeaComment) -> bool:
    return person.is_staff or comment.person_id == person.id


def of(session: Session, person: Person, idea_ids: Iterable[int]) -> list[Remark]:
    """All that was said about what is shown as one, oldest first."""
    rows = session.exec(
        select(IdeaComment, func.coalesce(Organisation.name, ""))
        .join(Organisation, col(Organisation.id) == col(IdeaComment.organisation_id), isouter=True)
        .where(col(IdeaComment.idea_id).in_(list(idea_ids)), col(IdeaComment.removed_at).is_(None))
        .order_by(col(IdeaComment.written_at), col(IdeaComment.id))
    ).all()
    return [Remark(comment, by, _may_remove(person, comment)) for comment, by in rows]


def report(session: Session, person: Person, idea_id: int, comment_id: int, now: datetime) -> Idea:
    """Staff are told; the same report twice is one."""
    idea = board.visible(session, person, idea_id)
    same = select(IdeaReport.id).where(
        IdeaReport.idea_id == idea_id,
        IdeaReport.comment_id == comment_id,
        IdeaReport.person_id == person.id,
        col(IdeaReport.settled_at).is_(None),
    )
    if session.exec(same).first() is None:
        made = IdeaReport(idea_id=idea_id, comment_id=comment_id, person_id=person.id, reported_at=now)
        session.add(made)
        session.flush()
        key = f"idea_report:{idea_id}:{now:%Y-%m-%dT%H}"
        outbox.enqueue(session, people.staff_ids(), IdeaNotice.REPORTED, key, now, subject_id=idea_id)
    return idea


def hand_over(session: Session, leaver: Person, successor: Person, _now: datetime) -> None:
    mine = col(IdeaComment.person_id) == leaver.id
    session.exec(update(IdeaComment).where(mine).values(person_id=successor.id))
