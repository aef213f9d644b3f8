"""What the cards in the office's group show, and what staff do with them there."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session, col, delete, select

from domain.basics.refusals import ButtonIsOutdated
from domain.events.event import Status
from domain.joining.requests import UNDECIDED
from domain.team_chats.chats import WishState
from domain.team_chats.refusals import DecidedAlready
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event, Rsvp
from storage.ideas import progress
from storage.ideas.tables import Idea
from storage.joining import cases
from storage.joining.tables import JoinRequest
from storage.office import inquiries
from storage.office.tables import Inquiry
from storage.team_chats import calling, joins
from storage.team_chats.tables import JoinWish, PostKind, TeamChat, TeamPost, TeamReply


@dataclass(frozen=True)
class PostCard:
    """`who` it comes from and the matter in words; `settled_by` is who of the office has done it."""

    post: TeamPost
    who: str
    matter: str
    is_open: bool
    taken_by: str = ""
    settled_by: str = ""
    is_silent: bool = False  # the bot may not write to who it comes from


def at(session: Session, chat_id: int, message_id: int) -> TeamPost | None:
    """The card that is this message of a group."""
    posts = select(TeamPost).join(TeamChat, col(TeamChat.id) == col(TeamPost.team_chat_id))
    return session.exec(posts.where(TeamChat.chat_id == chat_id, TeamPost.message_id == message_id)).first()


def for_staff(turn: Turn, post_id: int) -> TeamPost:
    people.check_staff(turn.person)
    post = turn.session.exec(select(TeamPost).where(TeamPost.id == post_id).with_for_update()).one_or_none()
    if post is None:
        raise ButtonIsOutdated
    return post


def load(session: Session, post: TeamPost) -> PostCard | None:
    """As it is now; None where there is nothing to show any more."""
    find = FINDS.get(post.kind)
    return find(session, post) if find else None


def shown(session: Session, post: TeamPost) -> PostCard:
    card = load(session, post)
    if card is None:
        raise ButtonIsOutdated
    return card


def _inquiry(session: Session, post: TeamPost) -> PostCard | None:
    inquiry = session.get(Inquiry, post.subject_id)
    if inquiry is None:
        return None
    thread = inquiries.thread(session, inquiry)
    asked = next((line for line in reversed(thread.lines) if not line.is_office), thread.lines[-1])
    who = ", ".join(name for name in (thread.person.name, thread.organisation) if name)
    last = thread.lines[-1]
    is_open = inquiry.waits_since is not None
    settled_by = last.by if last.is_office else _name(session, post.taken_by_id)
    return PostCard(post, who, asked.text, is_open, _name(session, post.taken_by_id), settled_by)


def _request(session: Session, post: TeamPost) -> PostCard | None:
    request = session.get(JoinRequest, post.subject_id)
    if request is None:
        return None
    is_open = request.state in UNDECIDED
    by = _name(session, request.decided_by_id)
    return PostCard(post, request.organisation, "", is_open, _name(session, request.owner_id), by)


def _idea(session: Session, post: TeamPost) -> PostCard | None:
    idea = session.get(Idea, post.subject_id)
    if idea is None or idea.withdrawn_at:
        return None
    is_open = idea.published_at is None and idea.hidden_at is None
    taken_by = _name(session, idea.owner_id)
    return PostCard(post, "", idea.text, is_open, taken_by, _name(session, post.taken_by_id))


def _wish(session: Session, post: TeamPost) -> PostCard | None:
    wish = session.get(JoinWish, post.subject_id)
    if wish is None:
        return None
    card = joins.card(session, wish.id)
    is_open = wish.state is WishState.ASKED
    taken_by = _name(session, post.taken_by_id)
    return PostCard(post, card.name, wish.says, is_open, taken_by, card.decided_by, wish.cannot_be_asked)


def _call(session: Session, post: TeamPost) -> PostCard | None:
    person = session.get(Person, post.subject_id)
    if person is None:
        return None
    held = (
        select(Event.title)
        .join(Rsvp, col(Rsvp.event_id) == col(Event.id))
        .where(Rsvp.person_id == person.id, Rsvp.status == Status.OFFERED)
    )
    titles = ", ".join(session.exec(held.order_by(col(Event.starts_at))))
    by = _name(session, post.taken_by_id)
    return PostCard(post, person.name, titles, post.settled_at is None, by, by)


def _calls(session: Session, post: TeamPost) -> PostCard | None:
    event = session.get(Event, post.subject_id)
    if event is None:
        return None
    by = _name(session, post.taken_by_id)
    return PostCard(post, event.title, "", post.settled_at is None, by, by)


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else ""


FINDS: dict[PostKind, Callable[[Session, TeamPost], PostCard | None]] = {
    PostKind.INQUIRY: _inquiry,
    PostKind.REQUEST: _request,
    PostKind.IDEA: _idea,
    PostKind.JOIN_WISH: _wish,
    PostKind.CALL: _call,
    PostKind.CALLS: _calls,
}


def take(turn: Turn, post_id: int) -> PostCard:
    """Whoever taps sees to it; what was somebody else's becomes theirs, their own is given up."""
    post = for_staff(turn, post_id)
    request, idea = _subject(turn.session, post)
    if request:
        if request.owner_id != turn.person.id:
            cases.set_owner(turn, request.id, turn.person.id)
    elif idea:
        progress.take_charge(turn, idea.id)
    else:
        post.taken_by_id = None if post.taken_by_id == turn.person.id else turn.person.id
        turn.session.add(post)
        turn.session.flush()
    return shown(turn.session, post)


def _subject(session: Session, post: TeamPost) -> tuple[JoinRequest | None, Idea | None]:
    return (
        session.get(JoinRequest, post.subject_id) if post.kind is PostKind.REQUEST else None,
        session.get(Idea, post.subject_id) if post.kind is PostKind.IDEA else None,
    )


def settle(turn: Turn, post_id: int, *, yes: bool) -> PostCard:
    """A question needs no answer, an idea may be seen by all, somebody may join or may not."""
    post = for_staff(turn, post_id)
    if not shown(turn.session, post).is_open:
        raise DecidedAlready
    if post.kind is PostKind.INQUIRY:
        inquiries.close(turn, post.subject_id)
    elif post.kind is PostKind.IDEA:
        progress.publish(turn, post.subject_id)
    elif post.kind is PostKind.JOIN_WISH:
        joins.decide(turn, post.subject_id, yes=yes)
    elif post.kind is PostKind.CALLS:
        calling.settle(turn.session, post, turn.now)
    else:
        raise ButtonIsOutdated
    post.taken_by_id = turn.person.id
    turn.session.add(post)
    turn.session.flush()
    return shown(turn.session, post)


@dataclass(frozen=True)
class Draft:
    """What would be sent to whom; `is_sent` once it is."""

    reply: TeamReply
    who: str
    is_sent: bool = False


def draft(turn: Turn, post_id: int, text: str) -> Draft:
    """A reply to a card waits for a yes: not every word in a group is for who is outside."""
    post = for_staff(turn, post_id)
    if post.kind not in (PostKind.INQUIRY, PostKind.REQUEST):
        raise ButtonIsOutdated
    reply = TeamReply(post_id=post.id, person_id=turn.person.id, text=text, said_at=turn.now)
    turn.session.add(reply)
    turn.session.flush()
    return Draft(reply, shown(turn.session, post).who)


def send(turn: Turn, reply_id: int, *, yes: bool) -> Draft:
    """Only who wrote it sends it, or drops it."""
    people.check_staff(turn.person)
    locked = select(TeamReply).where(TeamReply.id == reply_id).with_for_update()
    reply = turn.session.exec(locked).one_or_none()
    if reply is None or reply.person_id != turn.person.id:
        raise ButtonIsOutdated
    post = for_staff(turn, reply.post_id)
    who = shown(turn.session, post).who
    if yes and post.kind is PostKind.INQUIRY:
        inquiries.answer(turn, post.subject_id, reply.text)
    elif yes:
        cases.ask_back(turn, post.subject_id, reply.text)
    sent = Draft(
        TeamReply(id=reply.id, post_id=post.id, person_id=turn.person.id, text="", said_at=turn.now), who, yes
    )
    turn.session.exec(delete(TeamReply).where(col(TeamReply.id) == reply_id))
    return sent
