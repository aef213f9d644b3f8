"""A topic for each case: its title says how the case stands, and it is closed with it."""

from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from domain.joining.requests import UNDECIDED, RequestState
from storage.joining.tables import JoinRequest
from storage.team_chats.tables import PostKind, TeamChat, TeamPost

AT_ONCE = 5


@dataclass(frozen=True)
class CaseTopic:
    """As it has to be."""

    post_id: int
    chat_id: int
    topic: int
    organisation: str
    state: RequestState

    @property
    def is_over(self) -> bool:
        return self.state not in UNDECIDED


def behind(session: Session) -> list[CaseTopic]:
    """Whose title says something else than the case."""
    rows = session.exec(
        select(TeamPost, TeamChat, JoinRequest)
        .join(TeamChat, col(TeamChat.id) == col(TeamPost.team_chat_id))
        .join(JoinRequest, col(JoinRequest.id) == col(TeamPost.subject_id))
        .where(
            TeamPost.kind == PostKind.REQUEST,
            col(TeamPost.topic) > 0,
            col(TeamPost.titled) != col(JoinRequest.state),
            col(TeamChat.gone_at).is_(None),
            col(TeamChat.has_topics),
        )
        .limit(AT_ONCE)
    )
    return [
        CaseTopic(post.id, chat.chat_id, post.topic, request.organisation, request.state)
        for post, chat, request in rows
    ]


def look_again(session: Session) -> None:
    """The title of each open case is said once more, by which a topic that somebody has deleted is missed."""
    is_open = select(JoinRequest.id).where(col(JoinRequest.state).in_(UNDECIDED))
    of_open = (col(TeamPost.kind) == PostKind.REQUEST, col(TeamPost.topic) > 0, col(TeamPost.titled) != "")
    session.exec(update(TeamPost).where(*of_open, col(TeamPost.subject_id).in_(is_open)).values(titled=""))


def note(session: Session, shown: CaseTopic) -> None:
    """The title says so now."""
    post = session.get(TeamPost, shown.post_id)
    if post:
        post.titled = shown.state
        session.add(post)
        session.flush()


def lose(session: Session, lost: CaseTopic) -> None:
    """Somebody has deleted it: the card is written anew, unless the case is over."""
    post = session.get(TeamPost, lost.post_id)
    if post:
        post.topic, post.titled = 0, ""
        if not lost.is_over:
            post.sent_at = post.message_id = None
        session.add(post)
        session.flush()
