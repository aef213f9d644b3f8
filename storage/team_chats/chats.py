"""The groups themselves: whose each is, what the bot may do there, where it has gone."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from domain.team_chats.chats import Lack, Purpose
from domain.team_chats.refusals import GroupIsTaken, PurposeIsTaken
from storage.engine import people
from storage.engine.turn import Turn
from storage.events import shown
from storage.team_chats.tables import JoinWish, TeamChat, TeamMember, TeamPost, TeamReply


def of(session: Session, purpose: Purpose) -> TeamChat | None:
    """The group where the bot still is."""
    return session.exec(
        select(TeamChat).where(TeamChat.purpose == purpose, col(TeamChat.gone_at).is_(None))
    ).first()


def at(session: Session, chat_id: int) -> TeamChat | None:
    return session.exec(select(TeamChat).where(TeamChat.chat_id == chat_id)).first()


def every(turn: Turn) -> list[TeamChat]:
    people.check_staff(turn.person)
    return list(turn.session.exec(select(TeamChat).order_by(col(TeamChat.purpose))))


def set_up(turn: Turn, purpose: Purpose, chat_id: int, title: str, *, instead: bool = False) -> TeamChat:
    """Make a group the office's or the partners'; `instead` of another one only after a yes."""
    people.check_staff(turn.person)
    here = at(turn.session, chat_id)
    if here and here.purpose is not purpose:
        raise GroupIsTaken
    there = turn.session.exec(select(TeamChat).where(TeamChat.purpose == purpose)).first()
    if there and there.chat_id != chat_id and not (instead or there.gone_at):
        raise PurposeIsTaken(there.title)
    if there and there.chat_id != chat_id:
        forget(turn.session, there)
        there = None
    chat = there or TeamChat(
        chat_id=chat_id, purpose=purpose, title="", set_up_at=turn.now, set_up_by_id=turn.person.id
    )
    chat.title, chat.gone_at = title[:128], None
    turn.session.add(chat)
    turn.session.flush()
    return chat


def forget(session: Session, chat: TeamChat) -> None:
    """With all that is known of it; its cards stay as they are."""
    posts = select(TeamPost.id).where(TeamPost.team_chat_id == chat.id)
    session.exec(delete(TeamReply).where(col(TeamReply.post_id).in_(posts)))
    for table in (TeamPost, JoinWish, TeamMember):
        session.exec(delete(table).where(col(table.team_chat_id) == chat.id))
    shown.forget_chat(session, chat.chat_id)
    session.delete(chat)
    session.flush()


def note_standing(
    session: Session,
    chat_id: int,
    lacks: Sequence[Lack],
    now: datetime,
    *,
    has_topics: bool | None = None,
    link: str = "",
) -> TeamChat | None:
    """What the bot may do there, as Telegram says."""
    chat = at(session, chat_id)
    if chat is None:
        return None
    chat.troubled_at = (chat.troubled_at or now) if lacks else None
    chat.lacks, chat.gone_at = list(lacks), None
    chat.link = link or chat.link
    if has_topics is not None:
        chat.has_topics = has_topics  # those that were made are there again when they are switched on again
    session.add(chat)
    session.flush()
    return chat


def leave(session: Session, chat_id: int, now: datetime) -> None:
    """The bot was taken out: nothing there can be changed any more."""
    shown.forget_chat(session, chat_id)
    chat = at(session, chat_id)
    if chat:
        chat.gone_at = chat.gone_at or now
        session.add(chat)
        session.flush()


def move(session: Session, chat_id: int, new_chat_id: int) -> None:
    """A group has become a supergroup, and what was in it is there."""
    shown.move_chat(session, chat_id, new_chat_id)
    if at(session, new_chat_id) is None:
        session.exec(update(TeamChat).where(col(TeamChat.chat_id) == chat_id).values(chat_id=new_chat_id))
