"""What people want to be told of what they can do without, how early, and from when on again."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from storage.engine.prepared import PreparedEntity
from storage.engine.tables import NoticeWish, Person
from storage.engine.turn import Turn

_OF_PERSON = PreparedEntity(NoticeWish, col(NoticeWish.person_id) == bindparam("whose"))


def of(session: Session, person: Person) -> NoticeWish:
    return _OF_PERSON.one_or_none(session, whose=person.id) or NoticeWish(person_id=person.id)


def wants(session: Session, person: Person, topic: str, now: datetime) -> bool:
    """Whether somebody is told of such a thing now."""
    wish = of(session, person)
    return topic not in wish.without and not is_muted(wish, now)


def is_muted(wish: NoticeWish, now: datetime) -> bool:
    return wish.muted_until is not None and now < wish.muted_until


def not_so_early(session: Session, lead: timedelta) -> list[int]:
    """Who does not want to be reminded so long before an event."""
    chosen = session.exec(select(NoticeWish).where(col(NoticeWish.leads).is_not(None)))
    return [wish.person_id for wish in chosen if lead.total_seconds() not in (wish.leads or ())]


def toggle_topic(turn: Turn, topic: str) -> NoticeWish:
    wish = of(turn.session, turn.person)
    wish.without = sorted({*wish.without} ^ {topic})
    return _kept(turn.session, wish)


def toggle_lead(turn: Turn, seconds: int, all_of_them: Collection[int]) -> NoticeWish:
    """Of the pact's times before an event; who has chosen nothing has all of them."""
    wish = of(turn.session, turn.person)
    chosen = {*all_of_them} if wish.leads is None else {*wish.leads}
    wanted = (chosen ^ {seconds}) & {*all_of_them}
    wish.leads = None if wanted == {*all_of_them} else sorted(wanted)
    return _kept(turn.session, wish)


def toggle_code(turn: Turn) -> NoticeWish:
    """Whether the code for the door comes with a yes."""
    wish = of(turn.session, turn.person)
    wish.with_code = not wish.with_code
    return _kept(turn.session, wish)


def set_calendar_code(turn: Turn, code: str) -> NoticeWish:
    wish = of(turn.session, turn.person)
    wish.calendar_code = code
    return _kept(turn.session, wish)


def mute(turn: Turn, until: datetime | None) -> NoticeWish:
    wish = of(turn.session, turn.person)
    wish.muted_until = until
    return _kept(turn.session, wish)


def _kept(session: Session, wish: NoticeWish) -> NoticeWish:
    session.add(wish)
    session.flush()
    return wish
