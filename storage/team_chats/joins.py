"""Who asks to join the partners' group: contacts of partners are let in, of others the office decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, delete, select

from domain.team_chats.chats import Purpose, WishState
from domain.team_chats.refusals import DecidedAlready
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.partners import membership
from storage.team_chats import chats
from storage.team_chats.tables import JoinWish, TeamChatNotice

KEPT = timedelta(days=30)  # what is decided, and what nobody has decided


@dataclass(frozen=True)
class WishCard:
    """`is_known`: they act for a partner; `decided_by` is a name, or empty."""

    wish: JoinWish
    name: str
    decided_by: str


def ask(turn: Turn, chat_id: int, telegram_id: int) -> JoinWish | None:
    """None where the group is not the partners'."""
    chat = chats.at(turn.session, chat_id)
    if chat is None or chat.purpose is not Purpose.PARTNERS:
        return None
    mine = select(JoinWish).where(JoinWish.team_chat_id == chat.id, JoinWish.person_id == turn.person.id)
    wish = turn.session.exec(mine).first() or JoinWish(
        team_chat_id=chat.id,
        person_id=turn.person.id,
        telegram_id=telegram_id,
        state=WishState.ASKED,
        asked_at=turn.now,
    )
    wish.state, wish.asked_at = WishState.ASKED, turn.now
    wish.decided_at = wish.decided_by_id = wish.carried_out_at = None
    wish.cannot_be_asked = False
    turn.session.add(wish)
    turn.session.flush()
    if _may_enter(turn.session, turn.person):
        _decide(turn.session, wish, WishState.ADMITTED, None, turn.now)
        return wish
    key = f"join_wish:{wish.id}:{turn.now.isoformat()}"
    staff = [one.id for one in people.staff(turn.session)]
    outbox.tell(turn, staff, TeamChatNotice.JOIN_ASKED, key, wish.id)
    return wish


def _may_enter(session: Session, person: Person) -> bool:
    return person.is_staff or membership.partner_of(session, person) is not None


def say(turn: Turn, wish_id: int, organisation: str) -> JoinWish:
    """Which organisation they are of, in their own words."""
    wish = own(turn, wish_id)
    wish.says = organisation[:160]
    turn.session.add(wish)
    turn.session.flush()
    return wish


def note_cannot_be_asked(session: Session, wish_id: int) -> None:
    """Telegram lets the bot write to them no more, or never has: the office has to."""
    wish = session.get_one(JoinWish, wish_id)
    wish.cannot_be_asked = True
    session.add(wish)
    session.flush()


def of_asker(turn: Turn, wish_id: int) -> JoinWish:
    wish = turn.session.get(JoinWish, wish_id)
    if wish is None or wish.person_id != turn.person.id:
        raise DecidedAlready
    return wish


def own(turn: Turn, wish_id: int) -> JoinWish:
    wish = of_asker(turn, wish_id)
    if wish.state is not WishState.ASKED:
        raise DecidedAlready
    return wish


def show(turn: Turn, wish_id: int) -> WishCard:
    people.check_staff(turn.person)
    return card(turn.session, wish_id)


def card(session: Session, wish_id: int) -> WishCard:
    wish = session.get(JoinWish, wish_id)
    if wish is None:
        raise DecidedAlready
    by = session.get(Person, wish.decided_by_id) if wish.decided_by_id else None
    return WishCard(wish, session.get_one(Person, wish.person_id).name, by.name if by else "")


def decide(turn: Turn, wish_id: int, *, yes: bool) -> WishCard:
    people.check_staff(turn.person)
    wish = turn.session.exec(select(JoinWish).where(JoinWish.id == wish_id).with_for_update()).one_or_none()
    if wish is None or wish.state is not WishState.ASKED:
        raise DecidedAlready
    _decide(turn.session, wish, WishState.ADMITTED if yes else WishState.REFUSED, turn.person, turn.now)
    return card(turn.session, wish_id)


def _decide(session: Session, wish: JoinWish, state: WishState, by: Person | None, now: datetime) -> None:
    wish.state, wish.decided_at, wish.decided_by_id = state, now, by.id if by else None
    session.add(wish)
    session.flush()
    if by:
        key = f"join_decided:{wish.id}:{now.isoformat()}"
        told = TeamChatNotice.JOIN_DECIDED
        outbox.enqueue(session, [wish.person_id], told, key, now, subject_id=wish.id)


def admit_known(session: Session, now: datetime) -> None:
    """Who has become the contact of a partner since they asked."""
    found = select(JoinWish).where(text("carried_out_at IS NULL"), JoinWish.state == WishState.ASKED)
    for wish in session.exec(found).all():
        if _may_enter(session, session.get_one(Person, wish.person_id)):
            _decide(session, wish, WishState.ADMITTED, None, now)


def tidy(session: Session, now: datetime) -> None:
    session.exec(delete(JoinWish).where(col(JoinWish.asked_at) < now - KEPT))
