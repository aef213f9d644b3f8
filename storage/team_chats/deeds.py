"""What Telegram has to be told about who is in the partners' group: decided here, done by the process."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, and_, col, func, or_, select

from domain.team_chats.chats import Lack, MemberState, Purpose, WishState
from storage.engine.tables import Notice, Person
from storage.partners import membership
from storage.partners.tables import Organisation
from storage.team_chats import chats, joins, members
from storage.team_chats.tables import JoinWish, TeamChat, TeamChatNotice, TeamMember

AT_ONCE = 10
TOLD_WITHIN = timedelta(minutes=5)  # so long, and until Telegram is told, the bot may write to who asks


class DeedKind(StrEnum):
    LET_IN = "let_in"
    REFUSE = "refuse"
    REMOVE = "remove"
    TAG = "tag"


@dataclass(frozen=True)
class Deed:
    kind: DeedKind
    chat_id: int
    telegram_id: int
    row_id: int
    organisation: str = ""  # whose name is put beside theirs


def to_do(session: Session, now: datetime) -> list[Deed]:
    chat = chats.of(session, Purpose.PARTNERS)
    if chat is None:
        return []
    joins.admit_known(session, now)
    members.ask_about_leavers(session, now)
    is_being_told = (
        select(Notice.id)
        .where(Notice.person_id == JoinWish.person_id, Notice.kind == TeamChatNotice.JOIN_DECIDED)
        .where(Notice.subject_id == JoinWish.id, col(Notice.outcome).is_(None))
        .exists()
    )
    decided = (
        select(JoinWish)
        .where(
            JoinWish.team_chat_id == chat.id,
            col(JoinWish.carried_out_at).is_(None),
            JoinWish.state != WishState.ASKED,
            or_(
                JoinWish.state == WishState.ADMITTED,
                col(JoinWish.decided_at) < now - TOLD_WITHIN,
                ~is_being_told,
            ),
        )
        .order_by(col(JoinWish.decided_at))
        .limit(AT_ONCE)
    )
    leaving = select(TeamMember).where(
        TeamMember.team_chat_id == chat.id, TeamMember.state == MemberState.TO_REMOVE
    )
    removals = [
        Deed(DeedKind.REMOVE, chat.chat_id, member.telegram_id, member.id)
        for member in session.exec(leaving.limit(AT_ONCE))
    ]
    wishes = [
        Deed(
            DeedKind.REFUSE if wish.state is WishState.REFUSED else DeedKind.LET_IN,
            chat.chat_id,
            wish.telegram_id,
            wish.id,
        )
        for wish in session.exec(decided)
    ]
    return [*wishes, *removals, *_tags(session, chat)]


def _tags(session: Session, chat: TeamChat) -> list[Deed]:
    """Beside whose name stands not the partner that they act for by now."""
    if {Lack.ADMIN, Lack.TAG} & {*chat.lacks}:
        return []
    is_partner = and_(
        col(Organisation.id) == col(Person.organisation_id), col(Organisation.left_on).is_(None)
    )
    name = func.coalesce(Organisation.name, "")
    behind = (
        select(TeamMember, name)
        .join(Person, col(Person.telegram_id) == col(TeamMember.telegram_id), isouter=True)
        .join(Organisation, is_partner, isouter=True)
        .where(
            TeamMember.team_chat_id == chat.id,
            TeamMember.state != MemberState.TO_REMOVE,
            col(TeamMember.tagged) != name,
        )
        .limit(AT_ONCE)
    )
    return [
        Deed(DeedKind.TAG, chat.chat_id, member.telegram_id, member.id, name)
        for member, name in session.exec(behind)
    ]


def done(session: Session, deed: Deed, now: datetime, *, is_inside: bool = False) -> None:
    """Telegram has been told; `is_inside`: whoever asked is in the group now."""
    if deed.kind in (DeedKind.REMOVE, DeedKind.TAG):
        member = session.get(TeamMember, deed.row_id)
        if member and deed.kind is DeedKind.TAG:
            member.tagged = deed.organisation
        elif member:
            session.delete(member)
        session.flush()
        return
    wish = session.get(JoinWish, deed.row_id)
    if wish is None:
        return
    wish.carried_out_at = now
    if session.get_one(Person, wish.person_id).unreachable_since:
        wish.cannot_be_asked = True
    session.add(wish)
    session.flush()
    if is_inside:
        _enter(session, wish, now)


def _enter(session: Session, wish: JoinWish, now: datetime) -> None:
    partner = membership.partner_of(session, session.get_one(Person, wish.person_id))
    same = select(TeamMember).where(
        TeamMember.team_chat_id == wish.team_chat_id, TeamMember.telegram_id == wish.telegram_id
    )
    member = session.exec(same).first() or TeamMember(
        team_chat_id=wish.team_chat_id,
        telegram_id=wish.telegram_id,
        state=MemberState.INSIDE,
        let_in_at=now,
    )
    member.state, member.organisation_id = MemberState.INSIDE, partner.id if partner else None
    member.tagged = ""
    session.add(member)
    session.flush()
