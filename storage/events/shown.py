"""Where events are shown, so that what people see is put right when an event changes.

Public cards (in groups, or shared into a chat) follow every answer; cards in private chats what the office
changes; calendar files changes of time, place and state.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy
from sqlalchemy import Select, and_, bindparam, case, update
from sqlmodel import Session, SQLModel, col, delete, func, or_, select

from domain.events.refusals import EventIsGone
from storage.engine import following
from storage.engine.pieces import delete_some
from storage.engine.prepared import Prepared
from storage.engine.tables import Person, ShownAs, ShownCard
from storage.events import views
from storage.events.seating import LEFT, OF_UNKNOWN_AGE, get_event
from storage.events.tables import Event
from storage.events.views import Card

KEPT = timedelta(days=3)  # after the end of the event nothing changes any more
IN_PRIVATE, FOR_ALL = 20, 5  # cards of a chat that are followed: the newest
MARKED = 15  # so many before them are marked as left, and those before these are left as they are
OF_ONE_PERSON = 3  # cards at a time, and none while so many are in work
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=6), timedelta(hours=1)  # after failures, each twice the last
FOLLOWED_AS = {
    ShownAs.PUBLIC: "version",
    ShownAs.CARD: "edition",
    ShownAs.FILE: "sequence",
    ShownAs.REMOVAL: "sequence",
}
_TABLE = SQLModel.metadata.tables["shown_card"]
_THE_MESSAGE = (
    _TABLE.columns.chat_id == bindparam("in_chat"),
    _TABLE.columns.message_id == bindparam("numbered"),
)
_COUNTS = ("edition", "failures")
_SHOWING = ("event_id", "shown_as", "version", "shown_at")
_PLACE = ("chat_id", "message_id")
_NOTE = Prepared(
    lambda insert: (noting := insert(_TABLE)).on_conflict_do_update(
        index_elements=_PLACE, set_={name: noting.excluded[name] for name in _SHOWING}
    ),
    *(*_SHOWING, *_PLACE, "person_id", "brought_by_id", *_COUNTS),
)
Place = tuple[int | None, int | None]


@dataclass(frozen=True)
class Behind:
    """A message that shows something as it no longer is; `person_id` is whose share of the work it takes."""

    id: int
    chat_id: int | None
    person_id: int | None
    view: str | None = None  # what it shows other than an event
    is_left: bool = False

    @property
    def place(self) -> Place:
        """The chat, or the card itself where nobody knows its chat."""
        return (self.chat_id, None) if self.chat_id else (None, self.id)

    @property
    def is_for_all(self) -> bool:
        return self.chat_id is None or self.chat_id < 0

    @property
    def followed(self) -> int:
        """How many cards of its chat are followed."""
        return FOR_ALL if self.is_for_all and not self.view else IN_PRIVATE


@dataclass(frozen=True)
class Outdated:
    """A message to put right: with the card as its person sees it; a public one has the event only.

    What shows anything else has neither.
    """

    shown: ShownCard
    event: Event | None
    person: Person | None
    card: Card | None

    @property
    def version(self) -> int:
        """What is shown when it is put right."""
        return _version(self.event, self.shown.shown_as) if self.event else self.shown.changes or 0


def note(
    session: Session,
    event_id: int,
    person: Person,
    chat_id: int,
    message_id: int,
    shown_as: ShownAs,
    now: datetime,
    version: int | None = None,
) -> None:
    """A message shows the event as it is now, or as it was in this version."""
    showing = {
        "event_id": event_id,
        "shown_as": shown_as,
        "version": _version(get_event(session, event_id), shown_as) if version is None else version,
        "shown_at": now,
    }
    is_public = shown_as is ShownAs.PUBLIC
    owner, brought_by = (None, person.id or None) if is_public else (person.id, None)
    _NOTE.write(
        session,
        chat_id=chat_id,
        message_id=message_id,
        person_id=owner,
        brought_by_id=brought_by,
        **dict.fromkeys(_COUNTS, 0),
        **showing,
    )


def note_public(session: Session, event_id: int, person: Person, now: datetime, **message: Any) -> None:
    """A message for all shows the event, in whatever state: `inline_id`, or `chat_id` and `message_id`."""
    if session.exec(select(ShownCard).filter_by(**message)).first() is None:
        session.add(
            ShownCard(
                event_id=event_id,
                shown_as=ShownAs.PUBLIC,
                brought_by_id=person.id or None,  # a stranger is nobody
                version=OF_UNKNOWN_AGE,
                shown_at=now,
                **message,
            )
        )
        session.flush()


def look_again(session: Session, person: Person) -> None:
    """Somebody may do less than before: what their messages offer is drawn anew, with the rights of now."""
    is_card = and_(col(ShownCard.event_id).is_not(None), col(ShownCard.shown_as) == ShownAs.CARD)
    version = case((is_card, OF_UNKNOWN_AGE), else_=col(ShownCard.version))
    theirs = (col(ShownCard.person_id) == person.id, col(ShownCard.version) < LEFT)
    session.exec(update(ShownCard).where(*theirs).values(version=version, changes=col(ShownCard.changes) + 1))


def forget(session: Session, chat_id: int, message_id: int) -> None:
    """The message shows something else now."""
    session.exec(
        delete(ShownCard).where(col(ShownCard.chat_id) == chat_id, col(ShownCard.message_id) == message_id)
    )


def forget_chat(session: Session, chat_id: int) -> None:
    """Nothing there can be changed any more."""
    session.exec(delete(ShownCard).where(col(ShownCard.chat_id) == chat_id))


def move_chat(session: Session, chat_id: int, new_chat_id: int) -> None:
    """A group has become a supergroup, and what was in it is there."""
    there = select(ShownCard.message_id).where(ShownCard.chat_id == new_chat_id)
    in_group = col(ShownCard.chat_id) == chat_id
    session.exec(delete(ShownCard).where(in_group, col(ShownCard.message_id).in_(there)))
    session.exec(update(ShownCard).where(in_group).values(chat_id=new_chat_id))


def _version(event: Event, shown_as: ShownAs) -> int:
    return int(getattr(event, FOLLOWED_AS[shown_as]))


def next_behind(
    session: Session, now: datetime, room: int, at_work: Sequence[Behind], resting: Collection[Place]
) -> list[Behind]:
    """A card of each chat, and few of each person, so that nobody's cards hold up those of others.

    Whose last try is longest ago comes first, then the newest.
    """
    busy = {*resting, *(card.place for card in at_work)}
    shares = Counter(card.person_id for card in at_work)
    full = [person for person, number in shares.items() if person and number >= OF_ONE_PERSON]
    chosen = [Behind(*row) for row in session.execute(_in_turn(now, busy, full).limit(room))]
    newer = _count_newer(session, chosen)
    for card in chosen:
        if newer[card.id] >= card.followed + MARKED:
            _leave_oldest(session, card)
    return [
        replace(card, is_left=newer[card.id] >= card.followed)
        for card in chosen
        if newer[card.id] < card.followed + MARKED
    ]


def _in_turn(now: datetime, busy: Collection[Place], people: Collection[int]) -> Select[Any]:
    """Of each chat one, and of each person three."""
    behind = _behind(now).subquery().columns
    chats = [chat_id for chat_id, _ in busy if chat_id]
    cards = [card_id for _, card_id in busy if card_id]
    in_chat = sqlalchemy.select(*behind, _number_in(behind, behind.chat_id, behind.id)).where(
        or_(behind.chat_id.is_(None), behind.chat_id.not_in(chats)),
        or_(behind.whose.is_(None), behind.whose.not_in(people)),
        behind.id.not_in(cards),
    )
    first = in_chat.subquery().columns
    of_person = sqlalchemy.select(
        first.id,
        first.chat_id,
        first.whose,
        first.again_at,
        first.shown_at,
        first.view,
        _number_in(first, first.whose, first.id),
    ).where(first.number == 1)
    turn = of_person.subquery().columns
    return (
        sqlalchemy.select(turn.id, turn.chat_id, turn.whose, turn.view)
        .where(turn.number <= OF_ONE_PERSON)
        .order_by(*_order(turn))
    )


def _number_in(cards: Any, group: Any, card_id: Any) -> Any:
    """The place of a card in its group, or in one of its own where that is unknown."""
    alone = sqlalchemy.case((group.is_(None), card_id))
    return func.row_number().over(partition_by=(group, alone), order_by=_order(cards)).label("number")


def _order(cards: Any) -> tuple[Any, ...]:
    """The last try is longest ago, or the card is newer."""
    return cards.again_at.asc().nulls_first(), cards.shown_at.desc(), cards.id.desc()


def _behind(now: datetime) -> Any:
    """Versions only grow, so the index finds the few that are behind among all cards of an event."""
    cards = sqlalchemy.select(
        col(ShownCard.id),
        col(ShownCard.chat_id),
        func.coalesce(col(ShownCard.person_id), col(ShownCard.brought_by_id)).label("whose"),
        col(ShownCard.again_at),
        col(ShownCard.shown_at),
        col(ShownCard.view),
    ).where(or_(col(ShownCard.again_at).is_(None), col(ShownCard.again_at) <= now))
    kinds = [
        cards.join(Event, col(Event.id) == col(ShownCard.event_id)).where(
            col(ShownCard.shown_as) == shown_as,
            col(ShownCard.version) < getattr(Event, followed),
            col(Event.ends_at) > now - KEPT,
        )
        for shown_as, followed in FOLLOWED_AS.items()
    ]
    views = cards.where(col(ShownCard.version) < col(ShownCard.changes))
    return sqlalchemy.union_all(*kinds, views)


def _count_newer(session: Session, cards: Sequence[Behind]) -> dict[int, int]:
    """Of each card, how many others its chat has below it."""
    card, other = _TABLE.columns, _TABLE.alias("other").columns
    is_newer = sqlalchemy.tuple_(other.shown_at, other.id) > sqlalchemy.tuple_(card.shown_at, card.id)
    newer = sqlalchemy.select(func.count(other.id)).where(other.chat_id == card.chat_id, is_newer)
    counts = sqlalchemy.select(card.id, newer.scalar_subquery())
    of_these = card.id.in_([card.id for card in cards])
    return dict(session.execute(counts.where(of_these)).all())


def _leave_oldest(session: Session, card: Behind) -> None:
    """So far up in their chat nobody looks for them any more."""
    in_chat = col(ShownCard.chat_id) == card.chat_id
    newest = select(ShownCard.id).where(in_chat)
    newest = newest.order_by(col(ShownCard.shown_at).desc(), col(ShownCard.id).desc())
    kept = newest.limit(card.followed + MARKED)
    session.exec(delete(ShownCard).where(in_chat, col(ShownCard.id).not_in(kept)))


def read(session: Session, card_id: int, now: datetime) -> Outdated | None:
    """What a message has to show, if it is there and still behind."""
    found = session.get(ShownCard, card_id)
    if found is None:
        return None
    person = session.get(Person, found.person_id) if found.person_id else None
    event = session.get(Event, found.event_id) if found.event_id else None
    outdated = Outdated(found, event, person, None)
    if found.version >= outdated.version:
        return None
    if event is None:
        return outdated
    try:
        card = views.card(session, person, event, now) if person else None
    except EventIsGone:  # no longer invited: what they have seen stays as it is
        session.delete(found)
        return None
    return Outdated(found, event, person, card)


def put_right(session: Session, found: Outdated, now: datetime) -> None:
    """It shows what was read; what has come since is drawn in its turn."""
    session.exec(
        update(ShownCard)
        .where(col(ShownCard.id) == found.shown.id, col(ShownCard.version) < found.version)
        .values(version=found.version, again_at=now, failures=0)
    )


def note_failure(session: Session, card_id: int, now: datetime) -> None:
    """It is tried again, the later the more often that was in vain."""
    card = session.get(ShownCard, card_id)
    if card:
        pause = min(FIRST_PAUSE * 2.0 ** min(card.failures, 10), LONGEST_PAUSE)
        card.again_at, card.failures = now + pause, card.failures + 1
        session.add(card)


def leave(session: Session, card_id: int) -> None:
    """The message says that it is no longer followed; it still counts among those of its chat."""
    session.exec(update(ShownCard).where(col(ShownCard.id) == card_id).values(version=LEFT))


def give_up(session: Session, card_id: int) -> None:
    """The message is gone, or cannot be changed, or is a file that says that it is outdated."""
    session.exec(delete(ShownCard).where(col(ShownCard.id) == card_id))


def tidy(session: Session, now: datetime) -> bool:
    over = select(Event.id).where(col(Event.ends_at) < now - KEPT)
    is_old = and_(col(ShownCard.view).is_not(None), col(ShownCard.shown_at) < now - following.KEPT)
    return delete_some(session, ShownCard, or_(col(ShownCard.event_id).in_(over), is_old))
