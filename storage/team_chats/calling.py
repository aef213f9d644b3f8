"""Calls that the office has to make, as cards in its group: to whom the bot cannot write."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, or_, select, update

from domain.events.event import EventState
from storage.engine.tables import Person, ShownCard
from storage.events import phone_calls, shown
from storage.events.tables import Event, Rsvp
from storage.team_chats.tables import PostKind, TeamChat, TeamPost

OF_LATE = timedelta(days=1)


def add_new(session: Session, office: TeamChat, now: datetime) -> None:
    """Seats are held for somebody, or an event that people count on has moved, and only a call tells them."""
    held = session.exec(select(Rsvp.person_id).where(col(Rsvp.offered_until) > now)).all()
    silent = select(Person.id).where(col(Person.id).in_(held), phone_calls.CANNOT_BE_WRITTEN_TO)
    people = {one for one in session.exec(silent) if phone_calls.open_offers(session, one, now)}
    _close_over(session, office, people, now)
    for person_id in sorted(people):
        _add(session, office, PostKind.CALL, person_id, None, now)
    moved = select(Event).where(
        col(Event.changed_at) > max(office.set_up_at, now - OF_LATE),
        col(Event.ends_at) > now,
        Event.state != EventState.DRAFT,
        or_(col(Event.sequence) > 0, col(Event.state) == EventState.CANCELLED),
    )
    for event in session.exec(moved).all():
        if phone_calls.about(session, event.id):
            _add(session, office, PostKind.CALLS, event.id, event.changed_at, now)


def _close_over(session: Session, office: TeamChat, people: set[int], now: datetime) -> None:
    """Who has been rung, or for whom nothing is held any more."""
    still_open = select(TeamPost).where(
        TeamPost.team_chat_id == office.id,
        TeamPost.kind == PostKind.CALL,
        col(TeamPost.settled_at).is_(None),
    )
    for post in session.exec(still_open).all():
        if post.subject_id not in people:
            settle(session, post, now)


def settle(session: Session, post: TeamPost, now: datetime) -> None:
    post.settled_at = now
    session.add(post)
    session.flush()
    of_it = (col(ShownCard.view) == "call", col(ShownCard.subject_id) == post.subject_id)
    session.exec(update(ShownCard).where(*of_it).values(changes=col(ShownCard.changes) + 1))


def _add(
    session: Session, office: TeamChat, kind: PostKind, subject_id: int, since: datetime | None, now: datetime
) -> None:
    """Once; and anew after it was settled, if there is something new to say."""
    same = select(TeamPost).where(
        TeamPost.team_chat_id == office.id, TeamPost.kind == kind, TeamPost.subject_id == subject_id
    )
    post = session.exec(same).first()
    if post and (post.settled_at is None or (since and since <= post.made_at)):
        return
    if post:
        shown.forget(session, office.chat_id, post.message_id or 0)
        session.exec(delete(TeamPost).where(col(TeamPost.id) == post.id))
    session.add(TeamPost(team_chat_id=office.id, kind=kind, subject_id=subject_id, made_at=now))
    session.flush()
