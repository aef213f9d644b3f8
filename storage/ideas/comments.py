"""Short comments on ideas, by partners and the office; and reports of what is unfit to be read."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, func, select, update

from domain.basics import refusals
from domain.ideas.refusals import CommentIsGone
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import audience, board, merges, support
from storage.ideas.tables import Idea, IdeaComment, IdeaNotice, IdeaReport
from storage.partners import membership
from storage.partners.tables import Organisation


@dataclass(frozen=True)
class Remark:
    comment: IdeaComment
    by: str
    may_remove: bool


def write(turn: Turn, idea_id: int, text: str) -> Idea:
    """On the idea that is shown. Its authors hear of the first comment of a day."""
    partner = membership.partner_of(turn.session, turn.person)
    if partner is None and not turn.person.is_staff:
        raise refusals.OnlyForPartners
    idea = support.to_act_on(turn.session, idea_id)
    comment = IdeaComment(
        idea_id=idea.id,
        person_id=turn.person.id,
        organisation_id=partner.id if partner else None,
        text=text,
        written_at=turn.now,
    )
    turn.session.add(comment)
    turn.session.flush()
    authors = audience.authors(turn.session, merges.ids(turn.session, idea.id))
    told = [person_id for person_id in authors if person_id != turn.person.id]
    key = f"idea_comments:{idea.id}:{turn.now:%Y-%m-%d}"
    outbox.tell(turn, told, IdeaNotice.COMMENT, key, idea.id)
    return idea


def remove(turn: Turn, comment_id: int) -> Idea:
    """By whoever wrote it, and by the office."""
    comment = turn.session.get(IdeaComment, comment_id)
    if comment is None or comment.removed_at or not _may_remove(turn.person, comment):
        raise CommentIsGone
    comment.removed_at, comment.removed_by_id, comment.text = turn.now, turn.person.id, ""
    turn.session.add(comment)
    turn.session.flush()
    return merges.get(turn.session, merges.top_of(merges.get(turn.session, comment.idea_id)))


def _may_remove(person: Person, comment: IdeaComment) -> bool:
    return person.is_staff or comment.person_id == person.id


def of(turn: Turn, idea_ids: Iterable[int]) -> list[Remark]:
    """All that was said about what is shown as one, oldest first."""
    rows = turn.session.exec(
        select(IdeaComment, func.coalesce(Organisation.name, ""))
        .join(Organisation, col(Organisation.id) == col(IdeaComment.organisation_id), isouter=True)
        .where(col(IdeaComment.idea_id).in_(list(idea_ids)), col(IdeaComment.removed_at).is_(None))
        .order_by(col(IdeaComment.written_at), col(IdeaComment.id))
    ).all()
    return [Remark(comment, by, _may_remove(turn.person, comment)) for comment, by in rows]


def report(turn: Turn, idea_id: int, comment_id: int) -> Idea:
    """Staff are told; the same report twice is one."""
    idea = board.visible(turn, idea_id)
    same = select(IdeaReport.id).where(
        IdeaReport.idea_id == idea_id,
        IdeaReport.comment_id == comment_id,
        IdeaReport.person_id == turn.person.id,
        col(IdeaReport.settled_at).is_(None),
    )
    if turn.session.exec(same).first() is None:
        made = IdeaReport(
            idea_id=idea_id, comment_id=comment_id, person_id=turn.person.id, reported_at=turn.now
        )
        turn.session.add(made)
        turn.session.flush()
        key = f"idea_report:{idea_id}:{turn.now:%Y-%m-%dT%H}"
        outbox.tell(turn, people.staff_ids(), IdeaNotice.REPORTED, key, idea_id)
    return idea


def hand_over(turn: Turn, successor: Person) -> None:
    mine = col(IdeaComment.person_id) == turn.person.id
    turn.session.exec(update(IdeaComment).where(mine).values(person_id=successor.id))
