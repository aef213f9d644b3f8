"""What the office has set for itself: when it talks and how, blocked days, who stands in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session, col, delete, select

from domain.events.event import EventState
from domain.joining.talks import OfficeHours, Span, Way, Window
from storage.engine import people
from storage.engine.prepared import insert_into
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.office.tables import BlockedDay, Office

ONLY = 1


@dataclass(frozen=True)
class OfficeCard:
    hours: OfficeHours
    deputy: Person | None
    staff: tuple[Person, ...]


def hours(session: Session) -> OfficeHours:
    return _hours(session, _row(session))


def lock(session: Session) -> OfficeHours:
    """The same; until this transaction ends no other one decides about times of talks."""
    return _hours(session, _row(session, lock=True))


def busy(session: Session, now: datetime) -> list[Span]:
    """When the office has events, drafts too: it talks to nobody then."""
    coming = select(Event.starts_at, Event.ends_at).where(
        col(Event.ends_at) > now, Event.state != EventState.CANCELLED
    )
    return [Span(starts_at, ends_at) for starts_at, ends_at in session.exec(coming)]


def show(turn: Turn, *, locks: bool = False) -> OfficeCard:
    people.check_staff(turn.person)
    row = _row(turn.session, lock=locks)
    deputy = turn.session.get(Person, row.deputy_id) if row.deputy_id else None
    return OfficeCard(_hours(turn.session, row), deputy, tuple(people.staff(turn.session)))


def set_hours(turn: Turn, new: OfficeHours) -> OfficeCard:
    """Times of talks that are arranged stay."""
    people.check_staff(turn.person)
    row = _row(turn.session, lock=True)
    _fill(row, new)
    turn.session.add(row)
    turn.session.exec(delete(BlockedDay))
    turn.session.add_all(BlockedDay(day=day) for day in sorted(new.blocked))
    turn.session.flush()
    return show(turn)


def set_deputy(turn: Turn, deputy_id: int) -> OfficeCard:
    """Who is told when the office is late; 0 for nobody in particular."""
    people.check_staff(turn.person)
    row = _row(turn.session, lock=True)
    row.deputy_id = deputy_id if deputy_id in {person.id for person in people.staff(turn.session)} else None
    turn.session.add(row)
    turn.session.flush()
    return show(turn)


def deputies(session: Session, owner_id: int | None) -> list[int]:
    """Who stands in for the owner of a case: the deputy, or else every other member of staff."""
    deputy_id, staff = _row(session).deputy_id, people.staff(session)
    others = [person for person in staff if person.id != owner_id]
    deputy = [person for person in others if person.id == deputy_id and people.is_reachable(person)]
    return [person.id for person in deputy or others if person.id]


def _row(session: Session, *, lock: bool = False) -> Office:
    statement = select(Office).where(Office.id == ONLY)
    row = session.exec(statement.with_for_update() if lock else statement).one_or_none()
    if row is None:
        first = Office(id=ONLY, windows=[], talk_minutes=0, ways=[], notice_hours=0)
        _fill(first, OfficeHours())
        session.execute(insert_into(session, Office).values(**first.model_dump()).on_conflict_do_nothing())
        row = session.exec(statement.with_for_update() if lock else statement).one()
    return row


def _fill(row: Office, new: OfficeHours) -> None:
    row.windows = [[w.weekday, f"{w.starts:%H:%M}", f"{w.ends:%H:%M}"] for w in new.windows]
    row.talk_minutes = int(new.length.total_seconds() // 60)
    row.ways = list(new.ways)
    row.notice_hours = int(new.notice.total_seconds() // 3600)
    row.place, row.video_link = new.place, new.video_link


def _hours(session: Session, row: Office) -> OfficeHours:
    return OfficeHours(
        windows=tuple(_windows(row.windows)),
        length=timedelta(minutes=row.talk_minutes),
        ways=tuple(Way(way) for way in row.ways),
        notice=timedelta(hours=row.notice_hours),
        blocked=frozenset[date](session.exec(select(col(BlockedDay.day)))),
        place=row.place,
        video_link=row.video_link,
    )


def _windows(rows: Iterable[list[object]]) -> Iterable[Window]:
    for weekday, starts, ends in rows:
        yield Window(int(str(weekday)), time.fromisoformat(str(starts)), time.fromisoformat(str(ends)))
