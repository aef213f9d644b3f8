"""The board: handing ideas in, correcting and withdrawing them, and reading what is there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session, and_, col, delete, exists, func, select, update

from domain.basics.paging import page_within
from domain.ideas import filters
from domain.ideas import ideas as rules
from domain.ideas.filters import Age, Backing, Filter
from domain.ideas.refusals import IdeaIsGone, TooManyIdeas
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.ideas import merges, progress, support
from storage.ideas.support import Voices
from storage.ideas.tables import Idea, IdeaComment, IdeaEvent, IdeaNotice, IdeaReport, IdeaSupport, IdeaVector
from storage.partners import membership
from storage.partners.tables import Organisation

PAGE = 5
LISTED = 1000  # the first; nobody turns more pages, and counting all of them would read all of them
IS_PUBLIC = and_(
    col(Idea.published_at).is_not(None), col(Idea.hidden_at).is_(None), col(Idea.withdrawn_at).is_(None)
)
IS_LISTED = and_(IS_PUBLIC, col(Idea.whole_id).is_(None))
IS_UNSEEN = and_(
    col(Idea.published_at).is_(None), col(Idea.hidden_at).is_(None), col(Idea.withdrawn_at).is_(None)
)


class Order(StrEnum):
    """Which ideas a list has, and which come first."""

    NEW = "new"
    TOP = "top"
    ALONE = "alone"
    MINE = "mine"
    OURS = "ours"
    WAITING = "wait"  # the rest is for staff
    UNANSWERED = "open"
    REPORTED = "bad"
    STATE = "state"
    OF_EVENT = "event"


FOR_STAFF = (Order.WAITING, Order.UNANSWERED, Order.REPORTED, Order.STATE)
OF_TOPICS = (Order.NEW, Order.TOP, Order.ALONE)


@dataclass(frozen=True)
class NewIdea:
    """`picture` and `voice` are Telegram's ids of what is kept with the text."""

    topic: str
    text: str
    is_named: bool = True
    picture: str = ""
    voice: str = ""


@dataclass(frozen=True)
class Line:
    """An idea in a list, with the organisation it comes from (empty: none, or not named)."""

    idea: Idea
    organisation: str
    voices: Voices
    comments: int


@dataclass(frozen=True)
class Page:
    """`are_all` is false where there are more than the list has."""

    lines: tuple[Line, ...]
    number: int
    pages: int
    total: int
    are_all: bool = True
    order: Order = Order.NEW
    subject_id: int = 0


def hand_in(turn: Turn, new: NewIdea) -> Idea:
    """What waits for the office's look is told to staff, once an hour; to itself it owes no answer."""
    _check_not_too_many(turn)
    partner = membership.partner_of(turn.session, turn.person)
    waits = rules.waits_for_look(turn.pact, is_partner=partner is not None, is_staff=turn.person.is_staff)
    base = membership.count(turn.session) if turn.pact.group_share else None
    idea = Idea(
        person_id=turn.person.id,
        organisation_id=partner.id if partner else None,
        topic=new.topic,
        text=new.text,
        is_named=new.is_named,
        picture=new.picture,
        voice=new.voice,
        needed=rules.needed(turn.pact, base),
        needed_of=base,
        created_at=turn.now,
        changed_at=turn.now,
        published_at=None if waits else turn.now,
        answer_due_at=None if waits or turn.person.is_staff else rules.answer_due_at(turn.now, turn.pact),
    )
    turn.session.add(idea)
    turn.session.flush()
    if waits:
        _tell_staff_to_look(turn.session, turn.now)
    return idea


def _check_not_too_many(turn: Turn) -> None:
    recent = select(func.count()).where(
        Idea.person_id == turn.person.id, col(Idea.created_at) > turn.now - timedelta(days=1)
    )
    if turn.session.exec(recent).one() >= rules.PER_DAY:
        raise TooManyIdeas


def _tell_staff_to_look(session: Session, now: datetime) -> None:
    outbox.enqueue(session, people.staff_ids(), IdeaNotice.WAITS, f"ideas_wait:{now:%Y-%m-%dT%H}", now)


def own(turn: Turn, idea_id: int) -> Idea:
    idea = merges.get(turn.session, idea_id)
    if idea.person_id != turn.person.id:
        raise IdeaIsGone
    return idea


def visible(turn: Turn, idea_id: int) -> Idea:
    """An idea that this person may see; its author and staff also see it while others do not."""
    idea = merges.get(turn.session, idea_id)
    if turn.person.is_staff or idea.person_id == turn.person.id or is_public(idea):
        return idea
    raise IdeaIsGone


def is_public(idea: Idea) -> bool:
    return idea.published_at is not None and idea.hidden_at is None and idea.withdrawn_at is None


def correct(turn: Turn, idea_id: int, topic: str, text: str) -> Idea:
    """A correction after others have supported the idea is shown as one; what was looked at, is again."""
    idea = own(turn, idea_id)
    partner = membership.partner_of(turn.session, turn.person)
    others = select(IdeaSupport.id).where(
        IdeaSupport.idea_id == idea_id, IdeaSupport.person_id != turn.person.id
    )
    if text != idea.text and turn.session.exec(others.limit(1)).first():
        idea.corrected_at = turn.now
    if text != idea.text and rules.waits_for_look(
        turn.pact, is_partner=partner is not None, is_staff=turn.person.is_staff
    ):
        idea.published_at = None
        _tell_staff_to_look(turn.session, turn.now)
    if text != idea.text:
        _forget_meaning(turn.session, idea.id)
    idea.topic, idea.text, idea.changed_at = topic, text, turn.now
    turn.session.add(idea)
    turn.session.flush()
    return idea


def withdraw(turn: Turn, idea_id: int) -> Idea:
    """The author takes it back: its words are gone; what was merged with it is shown by itself again."""
    idea = own(turn, idea_id)
    merges.leave(turn.session, idea, turn.now)
    _forget_meaning(turn.session, idea.id)
    progress.retell(turn.session, idea_id)
    idea.withdrawn_at = idea.changed_at = turn.now
    idea.text = idea.picture = idea.voice = ""
    turn.session.add(idea)
    turn.session.flush()
    return idea


def note_rewritten(session: Session, idea_id: int, now: datetime) -> None:
    """The office has taken a name out of the text: searches read it anew."""
    _forget_meaning(session, idea_id)
    session.exec(update(Idea).where(col(Idea.id) == idea_id).values(changed_at=now))


def _forget_meaning(session: Session, idea_id: int) -> None:
    session.exec(delete(IdeaVector).where(col(IdeaVector.idea_id) == idea_id))


def page(turn: Turn, order: Order = Order.NEW, number: int = 0, subject_id: int = 0) -> Page:
    """Pages count from 0; a number beyond the last gives the last.

    `subject_id` is a topic of the pact's counted from 1 (0: all), the number of a `Filter`, or an event.
    """
    listed = _listed(turn.person, order, subject_id, *_chosen(turn, order, subject_id))
    found = _count(turn.session, listed)
    total = min(found, LISTED)
    number, pages = page_within(number, total, PAGE)
    shown = [row[0] for row in turn.session.execute(listed.offset(number * PAGE).limit(PAGE))]
    lines = tuple(describe(turn.session, shown, is_staff=turn.person.is_staff))
    return Page(lines, number, pages, total, found == total, order, subject_id)


def total(session: Session, person: Person, order: Order) -> int:
    """How many ideas such a list has, without reading them."""
    return min(_count(session, _listed(person, order, 0)), LISTED)


def _count(session: Session, listed: Any) -> int:
    first = listed.limit(LISTED + 1).subquery()
    return session.exec(select(func.count()).select_from(first)).one()


def _chosen(turn: Turn, order: Order, subject_id: int) -> Sequence[Any]:
    if order is Order.STATE:
        return _filtered(Filter.of(subject_id), turn.now)
    topics = turn.pact.idea_topics
    if order in OF_TOPICS and 0 < subject_id <= len(topics):
        return (Idea.topic == topics[subject_id - 1],)
    return ()


def _listed(person: Person, order: Order, subject_id: int, *chosen: Any) -> Any:
    """The ids of a list's ideas, in its order."""
    if order in FOR_STAFF:
        people.check_staff(person)
    if order in (Order.TOP, Order.ALONE):
        find = support.most_supported if order is Order.TOP else support.without_any
        return find(IS_LISTED, *chosen)
    newest = select(Idea.id).order_by(col(Idea.created_at).desc(), col(Idea.id).desc())
    if order is Order.OF_EVENT:
        newest = newest.join(IdeaEvent, col(IdeaEvent.idea_id) == col(Idea.id))
        return newest.where(IS_LISTED, IdeaEvent.event_id == subject_id)
    return newest.where(*_which(person, order), *chosen)


def _which(person: Person, order: Order) -> Sequence[Any]:
    reported = exists().where(col(IdeaReport.idea_id) == col(Idea.id), col(IdeaReport.settled_at).is_(None))
    return {
        Order.NEW: (IS_LISTED,),
        Order.MINE: (Idea.person_id == person.id, col(Idea.withdrawn_at).is_(None)),
        Order.OURS: (IS_LISTED, support.is_given_by(person)),
        Order.WAITING: (IS_UNSEEN,),
        Order.UNANSWERED: (IS_LISTED, col(Idea.answer_due_at).is_not(None)),
        Order.REPORTED: (reported, col(Idea.withdrawn_at).is_(None)),
        Order.STATE: (IS_LISTED,),
    }[order]


def _filtered(wanted: Filter, now: datetime | None) -> list[Any]:
    conditions: list[Any] = [] if wanted.state is None else [Idea.state == wanted.state]
    if now and wanted.age is not Age.ANY:
        came = col(Idea.created_at)
        ages = {
            Age.FRESH: came > now - filters.FRESH,
            Age.OLDER: came <= now - filters.FRESH,
            Age.OLD: came <= now - filters.OLD,
        }
        conditions.append(ages[wanted.age])
    if wanted.backing is not Backing.ANY:
        conditions = [
            col(Idea.id).in_(support.newest(IS_LISTED, *conditions).with_only_columns(col(Idea.id))),
            {
                Backing.NONE: ~support.has_any(),
                Backing.SOME: support.has_any(),
                Backing.MUCH: support.has_organisations(filters.MUCH),
            }[wanted.backing],
        ]
    return conditions


def describe(session: Session, idea_ids: Iterable[int], *, is_staff: bool = False) -> list[Line]:
    """In the order given. Staff see where an idea comes from also where others do not."""
    wanted = list(idea_ids)
    rows = session.exec(
        select(Idea, func.coalesce(Organisation.name, ""))
        .join(Organisation, col(Organisation.id) == col(Idea.organisation_id), isouter=True)
        .where(col(Idea.id).in_(wanted))
    ).all()
    found = {idea.id: (idea, name if idea.is_named or is_staff else "") for idea, name in rows}
    voices = support.count(session, wanted)
    comments = _comments(session, wanted)
    return [
        Line(*found[idea_id], voices[idea_id], comments.get(idea_id, 0))
        for idea_id in wanted
        if idea_id in found
    ]


def tops_of(session: Session, idea_ids: Iterable[int], but: Collection[int]) -> list[int]:
    """The ideas as which these are shown, as far as everybody may see them, each once, in this order."""
    wanted = list(idea_ids)
    rows = session.exec(select(col(Idea.id), col(Idea.whole_id)).where(col(Idea.id).in_(wanted))).all()
    tops = {idea_id: whole_id or idea_id or 0 for idea_id, whole_id in rows}
    seen = select(Idea.id).where(col(Idea.id).in_(list(tops.values())), IS_LISTED)
    visible_tops = {idea_id or 0 for idea_id in session.exec(seen)} - set(but)
    return list(dict.fromkeys(tops[one] for one in wanted if tops.get(one) in visible_tops))


def _comments(session: Session, wholes: Iterable[int]) -> dict[int, int]:
    rows = session.execute(
        select(merges.WHOLE, func.count())
        .join(IdeaComment, col(IdeaComment.idea_id) == col(Idea.id))
        .where(merges.is_part_of(*wholes), col(IdeaComment.removed_at).is_(None))
        .group_by(merges.WHOLE)
    )
    return dict(rows.all())
