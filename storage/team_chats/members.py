"""Whom the bot has let into the partners' group, and who of them acts for no partner any more."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, and_, col, or_, select

from domain.team_chats.chats import MemberState, Purpose
from domain.team_chats.refusals import DecidedAlready
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import membership
from storage.partners.tables import Organisation
from storage.team_chats import chats
from storage.team_chats.tables import TeamChatNotice, TeamMember


@dataclass(frozen=True)
class MemberCard:
    """With the organisation they were let in for; empty where that is not known."""

    member: TeamMember
    organisation: str


def ask_about_leavers(session: Session, now: datetime) -> None:
    """The office is asked about each who was let in for a partner and acts for none any more."""
    acts_for_none = or_(col(Organisation.id).is_(None), col(Organisation.left_on).is_not(None))
    strangers = (
        select(TeamMember)
        .join(Person, col(Person.telegram_id) == col(TeamMember.telegram_id), isouter=True)
        .join(Organisation, col(Organisation.id) == col(Person.organisation_id), isouter=True)
        .where(
            TeamMember.state == MemberState.INSIDE,
            col(TeamMember.organisation_id).is_not(None),
            or_(col(Person.id).is_(None), and_(col(Person.is_staff).is_(False), acts_for_none)),
        )
    )
    for member in session.exec(strangers).all():
        member.state = MemberState.LEFT_PACT
        session.add(member)
        session.flush()
        key = f"left_pact:{member.id}:{now.isoformat()}"
        staff = [one.id for one in people.staff(session)]
        outbox.enqueue(session, staff, TeamChatNotice.LEFT_PACT, key, now, subject_id=member.id)


def show(turn: Turn, member_id: int) -> MemberCard:
    people.check_staff(turn.person)
    member = turn.session.get(TeamMember, member_id)
    if member is None:
        raise DecidedAlready
    organisation = turn.session.get(Organisation, member.organisation_id) if member.organisation_id else None
    return MemberCard(member, organisation.name if organisation else "")


def decide(turn: Turn, member_id: int, *, remove: bool) -> MemberCard:
    people.check_staff(turn.person)
    locked = select(TeamMember).where(TeamMember.id == member_id).with_for_update()
    member = turn.session.exec(locked).one_or_none()
    if member is None or member.state is not MemberState.LEFT_PACT:
        raise DecidedAlready
    member.state = MemberState.TO_REMOVE if remove else MemberState.MAY_STAY
    turn.session.add(member)
    turn.session.flush()
    return show(turn, member_id)


def note(turn: Turn, chat_id: int, telegram_id: int, *, is_inside: bool) -> None:
    """Who came in, by whatever way, or went."""
    chat = chats.at(turn.session, chat_id)
    if chat is None or chat.purpose is not Purpose.PARTNERS:
        return
    known = select(TeamMember).where(
        TeamMember.team_chat_id == chat.id, TeamMember.telegram_id == telegram_id
    )
    member = turn.session.exec(known).first()
    if member and not is_inside:
        turn.session.delete(member)
    person = people.find_by_telegram(turn.session, telegram_id) if is_inside and member is None else None
    partner = membership.partner_of(turn.session, person) if person else None
    if partner:
        entered = TeamMember(
            team_chat_id=chat.id, telegram_id=telegram_id, state=MemberState.INSIDE, let_in_at=turn.now
        )
        entered.organisation_id = partner.id
        turn.session.add(entered)
    turn.session.flush()
