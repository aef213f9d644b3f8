"""Cards in the groups: what is to be written there, and which message it has become."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from domain.team_chats.chats import Purpose
from storage.engine.pieces import delete_some
from storage.engine.tables import ShownAs, ShownCard
from storage.events import views
from storage.events.tables import Event
from storage.team_chats import chats
from storage.team_chats.tables import PostKind, TeamChat, TeamPost, TeamReply

AT_ONCE = 5  # of the twenty messages that a group takes in a minute
KEPT = timedelta(days=90)


@dataclass(frozen=True)
class ToSend:
    """`topic` is the thread in which it belongs; 0 where all write."""

    post: TeamPost
    chat: TeamChat
    topic: int = 0
    event: Event | None = None


def mark_known(session: Session, chat: TeamChat, now: datetime) -> None:
    """Only what is published from now on appears."""
    known = (event.id for event in views.open_to_all(session, now))
    _add(session, chat, PostKind.EVENT, known, now, sent_at=now)


def to_send(session: Session, now: datetime) -> list[ToSend]:
    """What is new becomes cards, and those that have still to be written are given."""
    partners = chats.of(session, Purpose.PARTNERS)
    if partners and partners.shows_events:
        coming = (event.id for event in views.open_to_all(session, now) if event.starts_at > now)
        _add(session, partners, PostKind.EVENT, coming, now)
    waiting = (
        select(TeamPost, TeamChat)
        .join(TeamChat, col(TeamChat.id) == col(TeamPost.team_chat_id))
        .where(col(TeamPost.sent_at).is_(None), col(TeamChat.gone_at).is_(None))
        .order_by(col(TeamPost.id))
        .limit(AT_ONCE)
    )
    return [_to_send(session, post, chat) for post, chat in session.exec(waiting).all()]


def _to_send(session: Session, post: TeamPost, chat: TeamChat) -> ToSend:
    event = session.get(Event, post.subject_id) if post.kind is PostKind.EVENT else None
    return ToSend(post, chat, chat.topics.get(post.kind, 0), event)


def _add(
    session: Session,
    chat: TeamChat,
    kind: PostKind,
    subjects: Iterable[int],
    now: datetime,
    sent_at: datetime | None = None,
) -> None:
    posted = select(TeamPost.subject_id).where(TeamPost.team_chat_id == chat.id, TeamPost.kind == kind)
    there = set(session.exec(posted))
    for subject_id in subjects:
        if subject_id not in there:
            session.add(
                TeamPost(team_chat_id=chat.id, kind=kind, subject_id=subject_id, made_at=now, sent_at=sent_at)
            )
    session.flush()


def note_sent(session: Session, sent: ToSend, message_id: int | None, now: datetime) -> None:
    """It stands there now, and follows what it shows; without a message there was nothing to write."""
    post = session.get(TeamPost, sent.post.id)
    if post is None:
        return
    post.sent_at, post.message_id = now, message_id
    session.add(post)
    if message_id:
        card = ShownCard(
            chat_id=sent.chat.chat_id,
            message_id=message_id,
            shown_as=ShownAs.PUBLIC,
            version=sent.event.version if sent.event else 0,
            shown_at=now,
            brought_by_id=sent.chat.set_up_by_id,
        )
        card.event_id = sent.event.id if sent.event else None
        session.add(card)
    session.flush()


def drop(session: Session, sent: ToSend, now: datetime) -> None:
    """Telegram does not take it, now or later."""
    note_sent(session, sent, None, now)


def tidy(session: Session, now: datetime) -> bool:
    session.exec(delete(TeamReply).where(col(TeamReply.said_at) < now - timedelta(hours=1)))
    old = col(TeamPost.made_at) < now - KEPT
    return delete_some(session, TeamPost, old, col(TeamPost.kind) != PostKind.EVENT)
