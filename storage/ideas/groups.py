"""Project groups: offered when enough have pledged, a thread of messages, an end with a result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, or_, select, update

from domain.basics.pact import Pact
from domain.ideas import ideas as rules
from domain.ideas.ideas import State
from domain.ideas.refusals import GroupIsOver, IdeaIsGone, NotInTheGroup
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import audience, merges, progress
from storage.ideas.tables import GroupLine, GroupMember, Idea, IdeaNotice, IdeaPledge, ProjectGroup
from storage.partners import membership
from storage.partners.tables import Organisation

IS_IN = col(GroupMember.left_at).is_(None)
SHOWN = 6  # messages of a group on one screen, the newest


@dataclass(frozen=True)
class Said:
    by: str
    text: str
    written_at: datetime
    is_agreed: bool


@dataclass(frozen=True)
class Gathering:
    """A project group as one of its members or staff sees it; `agreed` has all that was agreed."""

    group: ProjectGroup
    idea: Idea
    members: tuple[str, ...]
    lines: tuple[Said, ...]
    agreed: tuple[Said, ...]
    is_in: bool
    is_staff: bool


def propose(session: Session, idea: Idea, member_ids: Sequence[int], pact: Pact, now: datetime) -> None:
    """Once for an idea: who has pledged is asked to come, staff are told."""
    if of_parts(session, member_ids):
        return
    group = ProjectGroup(idea_id=idea.id, proposed_at=now, first_at=rules.first_meeting(now, pact))
    session.add(group)
    session.flush()
    _invite(session, group, "proposed", now)


def _invite(session: Session, group: ProjectGroup, what: str, now: datetime) -> None:
    pledged = select(col(IdeaPledge.person_id)).where(
        col(IdeaPledge.idea_id).in_(merges.ids(session, group.idea_id)), col(IdeaPledge.ended_at).is_(None)
    )
    told = select(col(Person.id)).where(or_(col(Person.is_staff), col(Person.id).in_(pledged)))
    key = f"idea_group:{group.id}:{what}"
    outbox.enqueue(session, told, IdeaNotice.GROUP, key, now, subject_id=group.id)


def of_parts(session: Session, member_ids: Sequence[int]) -> ProjectGroup | None:
    """The group that works on what is shown as one; of several the oldest."""
    going = select(ProjectGroup).where(
        col(ProjectGroup.idea_id).in_(member_ids), col(ProjectGroup.ended_at).is_(None)
    )
    return session.exec(going.order_by(col(ProjectGroup.id)).limit(1)).first()


def get(session: Session, group_id: int) -> ProjectGroup:
    group = session.get(ProjectGroup, group_id)
    if group is None:
        raise IdeaIsGone
    return group


def show(turn: Turn, group_id: int) -> Gathering:
    """For staff, members, and those who were asked to come."""
    group = get(turn.session, group_id)
    is_in = bool(_membership(turn, group_id))
    if not (
        turn.person.is_staff
        or is_in
        or turn.person.id in audience.of(turn.session, merges.ids(turn.session, group.idea_id))
    ):
        raise NotInTheGroup
    return _gathering(turn, group, is_in=is_in)


def _gathering(turn: Turn, group: ProjectGroup, *, is_in: bool) -> Gathering:
    lines = _said(turn.session, group) if is_in or turn.person.is_staff else []
    return Gathering(
        group=group,
        idea=turn.session.get_one(Idea, group.idea_id),
        members=tuple(_members(turn.session, group)),
        lines=tuple(lines[-SHOWN:]),
        agreed=tuple(line for line in lines if line.is_agreed),
        is_in=is_in,
        is_staff=turn.person.is_staff,
    )


def _said(session: Session, group: ProjectGroup) -> list[Said]:
    rows = session.exec(
        select(GroupLine, Person.name)
        .join(Person, col(Person.id) == col(GroupLine.person_id))
        .where(GroupLine.group_id == group.id)
        .order_by(col(GroupLine.id))
    )
    return [Said(name, line.text, line.written_at, line.is_agreed) for line, name in rows]


def _members(session: Session, group: ProjectGroup) -> list[str]:
    rows = session.exec(
        select(Person.name, func.coalesce(Organisation.name, ""))
        .join(GroupMember, col(GroupMember.person_id) == col(Person.id))
        .join(Organisation, col(Organisation.id) == col(GroupMember.organisation_id), isouter=True)
        .where(GroupMember.group_id == group.id, IS_IN)
        .order_by(col(GroupMember.id))
    )
    return [f"{name} ({organisation})" if organisation else name for name, organisation in rows]


def _membership(turn: Turn, group_id: int) -> GroupMember | None:
    own = select(GroupMember).where(
        GroupMember.group_id == group_id, GroupMember.person_id == turn.person.id, IS_IN
    )
    return turn.session.exec(own).first()


def _going(turn: Turn, group_id: int) -> ProjectGroup:
    """A group that has not ended, for whom it concerns."""
    group = show(turn, group_id).group
    if group.ended_at:
        raise GroupIsOver
    return group


def join(turn: Turn, group_id: int) -> Gathering:
    group = _going(turn, group_id)
    if _membership(turn, group_id) is None:
        member = GroupMember(
            group_id=group.id,
            person_id=turn.person.id,
            organisation_id=membership.partner_id_of(turn),
            joined_at=turn.now,
        )
        turn.session.add(member)
        turn.session.flush()
    return show(turn, group_id)


def leave(turn: Turn, group_id: int) -> Gathering:
    group = _going(turn, group_id)
    own = _membership(turn, group_id)
    if own:
        own.left_at = turn.now
        turn.session.add(own)
        turn.session.flush()
    return _gathering(turn, group, is_in=False)


def say(turn: Turn, group_id: int, text: str, *, is_agreed: bool = False) -> Gathering:
    """To all members; the office reads it on the group's page and hears at once of what is agreed."""
    check_speaks(turn, group_id)
    line = GroupLine(
        group_id=group_id, person_id=turn.person.id, text=text, is_agreed=is_agreed, written_at=turn.now
    )
    turn.session.add(line)
    turn.session.flush()
    told = set(_member_ids(turn.session, group_id))
    if is_agreed:
        told |= set(turn.session.exec(people.staff_ids()).all())
    key, kind = f"group_line:{line.id}", IdeaNotice.GROUP_LINE
    outbox.tell(turn, told - {turn.person.id}, kind, key, line.id)
    return show(turn, group_id)


def check_speaks(turn: Turn, group_id: int) -> ProjectGroup:
    group = _going(turn, group_id)
    if not turn.person.is_staff and _membership(turn, group_id) is None:
        raise NotInTheGroup
    return group


def line_for(turn: Turn, line_id: int) -> tuple[Gathering, Said]:
    line = turn.session.get_one(GroupLine, line_id)
    found = show(turn, line.group_id)
    by = turn.session.get_one(Person, line.person_id).name
    return found, Said(by, line.text, line.written_at, line.is_agreed)


def _member_ids(session: Session, group_id: int) -> Sequence[int]:
    return session.exec(select(GroupMember.person_id).where(GroupMember.group_id == group_id, IS_IN)).all()


def move(turn: Turn, group_id: int, first_at: datetime) -> Gathering:
    """The office names another date; whoever was asked is asked again."""
    people.check_staff(turn.person)
    group = _going(turn, group_id)
    group.first_at = first_at
    turn.session.add(group)
    turn.session.flush()
    _invite(turn.session, group, f"moved:{turn.now.timestamp():.0f}", turn.now)
    return show(turn, group_id)


def end(turn: Turn, group_id: int, result: str) -> Gathering:
    """With what came of it, which goes to all whom the idea concerns."""
    group = check_speaks(turn, group_id)
    group.ended_at, group.result = turn.now, result
    turn.session.add(group)
    turn.session.flush()
    idea = turn.session.get_one(Idea, group.idea_id)
    progress.write(turn, idea, State.DONE, result)
    return _gathering(turn, group, is_in=_membership(turn, group_id) is not None)


def hand_over(turn: Turn, successor: Person) -> None:
    already = select(GroupMember.group_id).where(GroupMember.person_id == successor.id, IS_IN)
    mine = (col(GroupMember.person_id) == turn.person.id, IS_IN)
    turn.session.exec(
        update(GroupMember).where(*mine, col(GroupMember.group_id).in_(already)).values(left_at=turn.now)
    )
    turn.session.exec(update(GroupMember).where(*mine).values(person_id=successor.id))
