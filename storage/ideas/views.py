"""One idea as somebody sees it, with everything that belongs to it; and what the office's files have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session, col, func, select

from domain.ideas.ideas import Pledge
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.ideas import board, comments, groups, merges, outcomes, pledges, progress, support
from storage.ideas.board import Line, Order
from storage.ideas.comments import Remark
from storage.ideas.merges import Merged
from storage.ideas.pledges import Pledged
from storage.ideas.tables import Idea, IdeaReport, IdeaStep, IdeaSupport, ProjectGroup
from storage.partners import membership

RISING = 3  # ideas in the digest that gather support


@dataclass(frozen=True)
class Look:
    """`idea` is what is shown; `parts` are the others that are one with it. `author` is for staff."""

    line: Line
    parts: tuple[Line, ...] = ()
    author: str = ""
    supports: bool = False
    colleague_supports: bool = False
    pledged: Pledged = field(default_factory=Pledged)
    remarks: tuple[Remark, ...] = ()
    steps: tuple[IdeaStep, ...] = ()
    events: tuple[Event, ...] = ()
    group: ProjectGroup | None = None
    is_own: bool = False
    is_partner: bool = False
    is_staff: bool = False

    @property
    def idea(self) -> Idea:
        return self.line.idea


@dataclass(frozen=True)
class Desk:
    """What the office needs to decide about an idea."""

    look: Look
    owner: str
    is_overdue: bool
    merged: tuple[Merged, ...]
    reports: int


def look(turn: Turn, idea_id: int) -> Look:
    """Of a part of an idea the whole; while others do not see it, the part itself."""
    asked = board.visible(turn, idea_id)
    whole = turn.session.get_one(Idea, merges.top_of(asked))
    idea = whole if board.is_public(whole) else asked
    members = merges.parts(turn.session, idea.id)
    shown = [one for one in members if one is idea or board.is_public(one)]
    ids = [one.id for one in members]
    first, *others = board.describe(turn.session, [one.id for one in shown], is_staff=turn.person.is_staff)
    supports = support.supports(turn, ids)
    partner = membership.partner_of(turn.session, turn.person)
    return Look(
        line=first,
        parts=tuple(others),
        author=turn.session.get_one(Person, idea.person_id).name if turn.person.is_staff else "",
        supports=supports,
        colleague_supports=not supports and support.colleague_supports(turn, ids),
        pledged=pledges.of(turn, idea, ids),
        remarks=tuple(comments.of(turn, ids)),
        steps=tuple(
            progress.steps(
                turn.session, ids, with_private=turn.person.is_staff or idea.person_id == turn.person.id
            )
        ),
        events=tuple(outcomes.events_of(turn.session, ids)),
        group=groups.of_parts(turn.session, ids),
        is_own=idea.person_id == turn.person.id,
        is_partner=partner is not None,
        is_staff=turn.person.is_staff,
    )


def for_office(turn: Turn, idea_id: int) -> Desk:
    progress.for_office(turn, idea_id)
    found = look(turn, idea_id)
    idea = found.idea
    ids = [idea.id, *(line.idea.id for line in found.parts)]
    owner = turn.session.get(Person, idea.owner_id) if idea.owner_id else None
    reports = select(func.count()).where(
        col(IdeaReport.idea_id).in_(ids), col(IdeaReport.settled_at).is_(None)
    )
    return Desk(
        look=found,
        owner=owner.name if owner else "",
        is_overdue=idea.answer_due_at is not None and idea.answer_due_at <= turn.now,
        merged=tuple(merges.within(turn.session, idea.id)),
        reports=turn.session.exec(reports).one(),
    )


def to_do(session: Session, staff: Person, now: datetime) -> tuple[int, int, int]:
    """How many ideas wait to be looked at, have waited too long for an answer, were reported."""
    waiting, reported = (board.total(session, staff, order) for order in (Order.WAITING, Order.REPORTED))
    overdue = select(func.count()).where(board.IS_LISTED, col(Idea.answer_due_at) <= now)
    return waiting, session.exec(overdue).one(), reported


def rising(session: Session, since: datetime) -> list[Line]:
    """The ideas that most organisations have begun to support since then."""
    recent = (
        select(merges.WHOLE)
        .join(IdeaSupport, col(IdeaSupport.idea_id) == col(Idea.id))
        .where(
            col(IdeaSupport.given_at) > since, support.STANDS, col(IdeaSupport.organisation_id).is_not(None)
        )
        .group_by(merges.WHOLE)
        .order_by(func.count(col(IdeaSupport.organisation_id).distinct()).desc(), merges.WHOLE)
        .limit(RISING)
    )
    found = [idea_id for (idea_id,) in session.execute(recent)]
    return board.describe(session, board.tops_of(session, found, ()), is_staff=True)


@dataclass(frozen=True)
class Listed:
    """An idea in the office's file, with its author's and its owner's name; `offers` are to itself."""

    line: Line
    author: str
    owner: str
    offers: Mapping[Pledge, int]
    last: IdeaStep | None


def all_for_file(turn: Turn) -> Sequence[Listed]:
    """Every idea that was not withdrawn, oldest first."""
    people.check_staff(turn.person)
    ideas = turn.session.exec(
        select(Idea).where(col(Idea.withdrawn_at).is_(None)).order_by(col(Idea.id))
    ).all()
    names = dict(turn.session.exec(select(col(Person.id), col(Person.name))).all())
    lines = board.describe(turn.session, [idea.id for idea in ideas], is_staff=True)
    offers, last = pledges.offered(turn.session), progress.newest(turn.session)
    return [
        Listed(
            line,
            names[line.idea.person_id],
            names.get(line.idea.owner_id or 0, ""),
            offers.get(line.idea.id, {}),
            last.get(line.idea.id),
        )
        for line in lines
    ]
