"""What cards in the partners' group show: events, the programme, results of workshops, ideas with support."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.basics.refusals import Refusal
from domain.team_chats.chats import GATHERS_FROM
from domain.workshop.acts import Phase
from storage.engine.tables import Person
from storage.events import views
from storage.ideas import board, support
from storage.ideas.board import Line
from storage.ideas.tables import Idea, IdeaSupport
from storage.programme import releases
from storage.programme.releases import Programme
from storage.team_chats.tables import PostKind, TeamChat, TeamPost
from storage.workshop import log
from storage.workshop.log import Room
from storage.workshop.tables import Workshop

LATELY = 100  # times that somebody supported an idea


@dataclass(frozen=True)
class Showing:
    """One of these; what is an event is drawn with all other cards of events."""

    programme: Programme | None = None
    room: Room | None = None
    idea: Line | None = None


def load(session: Session, post: TeamPost) -> Showing | None:
    """As it is now; None where all may not see it any more."""
    try:
        return LOADS[post.kind](session, post)
    except Refusal:
        return None


def _programme(session: Session, post: TeamPost) -> Showing:
    return Showing(programme=releases.public(session, post.subject_id))


def _results(session: Session, post: TeamPost) -> Showing | None:
    chat = session.get_one(TeamChat, post.team_chat_id)
    reader = session.get_one(Person, chat.set_up_by_id)
    room = log.seen_by(session, reader, post.subject_id, post.made_at)
    return Showing(room=room) if room.state.phase is Phase.CLOSED else None


def _idea(session: Session, post: TeamPost) -> Showing | None:
    idea = session.get(Idea, post.subject_id)
    is_shown = idea and board.is_public(idea) and idea.whole_id is None
    return Showing(idea=board.describe(session, [post.subject_id])[0]) if is_shown else None


LOADS: dict[PostKind, Callable[[Session, TeamPost], Showing | None]] = {
    PostKind.PROGRAMME: _programme,
    PostKind.WORKSHOP: _results,
    PostKind.SHARED_IDEA: _idea,
}


def _events(session: Session, now: datetime) -> Sequence[int]:
    return [event.id for event in views.open_to_all(session, now) if event.starts_at > now]


def _programmes(session: Session, _now: datetime) -> Sequence[int]:
    return releases.released_years(session)


def _workshops(session: Session, _now: datetime) -> Sequence[int]:
    return session.exec(select(Workshop.id).where(Workshop.phase == Phase.CLOSED)).all()


def _ideas(session: Session, _now: datetime) -> Sequence[int]:
    """Of those that were supported last."""
    newest = select(IdeaSupport.idea_id).order_by(col(IdeaSupport.id).desc()).limit(LATELY)
    supported = select(Idea.id).where(
        col(Idea.id).in_(sorted(set(session.exec(newest)))),
        col(Idea.published_at).is_not(None),
        col(Idea.hidden_at).is_(None),
        col(Idea.withdrawn_at).is_(None),
        col(Idea.whole_id).is_(None),
        support.has_organisations(GATHERS_FROM),
    )
    return session.exec(supported).all()


FOR_PARTNERS: dict[PostKind, Callable[[Session, datetime], Sequence[int]]] = {
    PostKind.EVENT: _events,
    PostKind.PROGRAMME: _programmes,
    PostKind.WORKSHOP: _workshops,
    PostKind.SHARED_IDEA: _ideas,
}
