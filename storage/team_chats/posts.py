"""Cards in the groups: what is to be written there, and which message it has become."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select

from domain.basics.pact import Pact
from domain.joining.requests import UNDECIDED
from domain.office.digest import Digest, Pile, due_at
from domain.team_chats.chats import Lack, Purpose, WishState
from storage.engine import alarms, people
from storage.engine.alarms import Trouble
from storage.engine.pieces import delete_some
from storage.engine.tables import ShownAs, ShownCard
from storage.events import shown
from storage.events.tables import Event
from storage.ideas.tables import Idea
from storage.joining.tables import JoinRequest
from storage.office import digest
from storage.office.tables import Inquiry
from storage.team_chats import calling, cards, chats, showings
from storage.team_chats.cards import PostCard
from storage.team_chats.showings import FOR_PARTNERS, Showing
from storage.team_chats.tables import JoinWish, PostKind, TeamChat, TeamPost, TeamReply

AT_ONCE = 5  # of the twenty messages that a group takes in a minute
KEPT = timedelta(days=90)
TOPICS = {  # of the office's group
    PostKind.REQUEST: "cases",
    PostKind.JOIN_WISH: "cases",
    PostKind.INQUIRY: "questions",
    PostKind.IDEA: "ideas",
    PostKind.EVENT: "events",
    PostKind.ALARM: "alarms",
    PostKind.CALL: "events",
    PostKind.CALLS: "events",
}
FOLLOWS = {  # by which view of the rows a card is put right
    PostKind.REQUEST: "case",
    PostKind.INQUIRY: "inquiry",
    PostKind.IDEA: "idea",
    PostKind.JOIN_WISH: "join_wish",
    PostKind.CALL: "call",
    PostKind.CALLS: "call",
    PostKind.PROGRAMME: "programme",
    PostKind.WORKSHOP: "results",
    PostKind.SHARED_IDEA: "idea",
}


@dataclass(frozen=True)
class ToSend:
    """`topic` is the thread in which it belongs; 0 where all write."""

    post: TeamPost
    chat: TeamChat
    topic: int = 0
    event: Event | None = None
    card: PostCard | None = None
    digest: Digest | None = None
    trouble: Trouble | None = None
    showing: Showing | None = None
    request: JoinRequest | None = None

    @property
    def topic_name(self) -> str:
        """Under which its topic is kept; empty where it has none."""
        is_office = self.chat.purpose is Purpose.OFFICE and self.chat.has_topics
        may = not {Lack.ADMIN, Lack.TOPICS} & {*self.chat.lacks}
        return TOPICS.get(self.post.kind, "") if is_office and may else ""

    @property
    def has_own_topic(self) -> bool:
        return self.chat.case_topics and self.post.kind is PostKind.REQUEST and bool(self.topic_name)


def switch(session: Session, chat: TeamChat, kind: PostKind, now: datetime, *, shows: bool) -> None:
    """Whether what is new of a kind appears in the partners' group; only what comes from now on does."""
    if shows and kind not in chat.shows:
        _add(session, chat, kind, FOR_PARTNERS[kind](session, now), now, sent_at=now)
    chat.shows = [one for one in FOR_PARTNERS if (shows if one is kind else one in chat.shows)]
    session.add(chat)
    session.flush()


def to_send(session: Session, pact: Pact, now: datetime) -> list[ToSend]:
    """What is new becomes cards, and those that have still to be written are given."""
    partners, office = (chats.of(session, purpose) for purpose in (Purpose.PARTNERS, Purpose.OFFICE))
    for kind in partners.shows if partners else ():
        assert partners
        _add(session, partners, PostKind(kind), FOR_PARTNERS[PostKind(kind)](session, now), now)
    if office:
        _add_for_office(session, office, pact, now)
    waiting = (
        select(TeamPost, TeamChat)
        .join(TeamChat, col(TeamChat.id) == col(TeamPost.team_chat_id))
        .where(col(TeamPost.sent_at).is_(None), col(TeamChat.gone_at).is_(None))
        .order_by(col(TeamPost.id))
        .limit(AT_ONCE)
    )
    return [_to_send(session, post, chat, now) for post, chat in session.exec(waiting).all()]


def _add_for_office(session: Session, office: TeamChat, pact: Pact, now: datetime) -> None:
    """What has come since the group is the office's."""
    since = office.set_up_at
    _forget_answered(session, office)
    posted = select(func.coalesce(func.max(TeamPost.subject_id), 0)).where(
        TeamPost.team_chat_id == office.id, TeamPost.kind == PostKind.REQUEST
    )
    requests = select(JoinRequest.id).where(
        col(JoinRequest.id) > session.exec(posted).one(),
        col(JoinRequest.received_at) > since,
        col(JoinRequest.state).in_(UNDECIDED),
        col(JoinRequest.same_as_id).is_(None),
    )
    ideas = select(Idea.id).where(
        col(Idea.created_at) > since,
        col(Idea.published_at).is_(None),
        col(Idea.hidden_at).is_(None),
        col(Idea.withdrawn_at).is_(None),
    )
    wishes = select(JoinWish.id).where(
        col(JoinWish.carried_out_at).is_(None), JoinWish.state == WishState.ASKED
    )
    for kind, found in (
        (PostKind.REQUEST, requests),
        (PostKind.INQUIRY, select(Inquiry.id).where(col(Inquiry.waits_since) > since)),
        (PostKind.IDEA, ideas),
        (PostKind.JOIN_WISH, wishes),
    ):
        _add(session, office, kind, session.exec(found).all(), now)
    calling.add_new(session, office, now)
    today = now.astimezone(pact.timezone).date().toordinal()
    if any(vars(alarms.find(session, now)).values()):
        _add(session, office, PostKind.ALARM, [today], now)
    due = due_at(now, pact)
    if due and due >= since:
        _add(session, office, PostKind.DIGEST, [today], now)


def _forget_answered(session: Session, office: TeamChat) -> None:
    """A thread that was settled and is asked in anew gets a new card, which people hear of."""
    anew = (
        select(TeamPost)
        .join(Inquiry, col(Inquiry.id) == col(TeamPost.subject_id))
        .where(
            TeamPost.team_chat_id == office.id,
            TeamPost.kind == PostKind.INQUIRY,
            col(Inquiry.waits_since) > col(TeamPost.made_at),
        )
    )
    for post in session.exec(anew).all():
        session.exec(delete(TeamReply).where(col(TeamReply.post_id) == post.id))
        shown.forget(session, office.chat_id, post.message_id or 0)
        session.delete(post)
    session.flush()


def _to_send(session: Session, post: TeamPost, chat: TeamChat, now: datetime) -> ToSend:
    found = ToSend(post, chat)
    found = replace(found, topic=chat.topics.get(found.topic_name, 0))
    if found.has_own_topic:
        found = replace(found, topic=post.topic, request=session.get(JoinRequest, post.subject_id))
    if post.kind is PostKind.EVENT:
        return replace(found, event=session.get(Event, post.subject_id))
    if post.kind is PostKind.ALARM:
        return replace(found, trouble=alarms.find(session, now))
    if post.kind is PostKind.DIGEST:
        return replace(found, digest=_digest(session, post, now))
    if post.kind in FOR_PARTNERS:
        return replace(found, showing=showings.load(session, post))
    return replace(found, card=cards.load(session, post))


def _digest(session: Session, post: TeamPost, now: datetime) -> Digest | None:
    """Without names and numbers of persons, whoever is in the group."""
    staff = people.staff(session)
    if not staff:
        return None
    before = select(func.max(TeamPost.made_at)).where(
        TeamPost.team_chat_id == post.team_chat_id, TeamPost.kind == PostKind.DIGEST, TeamPost.id != post.id
    )
    since = session.exec(before).one() or now - timedelta(days=1)
    found = digest.gather(session, staff[0], now, since=since)
    silent = tuple(replace(thing, phone="") for thing in found.silent.shown)
    return replace(
        found,
        questions=Pile(total=found.questions.total),
        callbacks=Pile(total=found.callbacks.total),
        talks=(),
        unreachable=Pile(),
        silent=Pile(silent, found.silent.total),
    )


def note_topic(session: Session, sent: ToSend, topic: int) -> ToSend:
    """Where cards of this kind go from now on, or this one alone; 0: it is gone."""
    if sent.has_own_topic:
        post = session.get_one(TeamPost, sent.post.id)
        request = session.get_one(JoinRequest, post.subject_id)
        post.topic, post.titled = topic, request.state if topic else ""
        session.add(post)
        session.flush()
        return replace(sent, post=post, topic=topic)
    chat = session.get_one(TeamChat, sent.chat.id)
    name = TOPICS[sent.post.kind]
    kept = {key: number for key, number in chat.topics.items() if key != name}
    chat.topics = {**kept, name: topic} if topic else kept
    session.add(chat)
    session.flush()
    return replace(sent, chat=chat, topic=topic)


def lose_topic(session: Session, chat_id: int, name: str) -> None:
    """Somebody has deleted it with the cards in it: those about what is still open are written anew."""
    chat = chats.at(session, chat_id)
    if chat is None:
        return
    chat.topics = {key: number for key, number in chat.topics.items() if key != name}
    session.add(chat)
    kinds = [kind for kind, topic in TOPICS.items() if topic == name and kind in cards.FINDS]
    of_it = select(TeamPost).where(
        TeamPost.team_chat_id == chat.id, col(TeamPost.kind).in_(kinds), col(TeamPost.message_id).is_not(None)
    )
    for post in session.exec(of_it.where(TeamPost.topic == 0)).all():
        card = cards.load(session, post)
        if card and card.is_open:
            shown.forget(session, chat_id, post.message_id or 0)
            post.sent_at = post.message_id = None
            session.add(post)
    session.flush()


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
            post = TeamPost(team_chat_id=chat.id, kind=kind, subject_id=subject_id, made_at=now)
            post.sent_at = sent_at
            session.add(post)
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
        view = FOLLOWS.get(post.kind)
        card.event_id = sent.event.id if sent.event else None
        if view:
            card.view, card.subject_id, card.edition = view, post.subject_id, 0
            card.changes = int(_has_changed(session, post, sent))
        if view or sent.event:
            session.add(card)
    session.flush()


def _has_changed(session: Session, post: TeamPost, sent: ToSend) -> bool:
    """While the card was on its way."""
    if post.kind in FOR_PARTNERS:
        return True  # drawn once more, which costs little
    card = cards.load(session, post)
    return card is None or sent.card is None or replace(card, post=sent.post) != sent.card


def drop(session: Session, sent: ToSend, now: datetime) -> None:
    """Telegram does not take it, now or later."""
    note_sent(session, sent, None, now)


def tidy(session: Session, now: datetime) -> bool:
    session.exec(delete(TeamReply).where(col(TeamReply.said_at) < now - timedelta(hours=1)))
    old = col(TeamPost.made_at) < now - KEPT
    return delete_some(session, TeamPost, old, col(TeamPost.kind).not_in(list(FOR_PARTNERS)))
