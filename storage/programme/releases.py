"""Versions of the programme that everybody sees, whom a change concerns, and the programme as one sees it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from sqlmodel import Session, col, select

from domain.events.event import EventState, Status
from domain.events.reaching import Occasion
from domain.ideas.ideas import State
from domain.partners.organisations import Kind
from domain.programme.candidates import Source, Verdict
from domain.programme.dates import LENGTHS
from domain.programme.refusals import NothingHasChanged, NothingIsReleased, ProgrammeIsEmpty
from domain.programme.versions import Change, Difference, Entry, differences
from storage.engine import outbox
from storage.engine.outbox import Priority
from storage.engine.people import check_staff
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import reaching
from storage.events.reaching import Reached
from storage.events.tables import Event, Rsvp
from storage.ideas import merges, progress
from storage.ideas.tables import Idea
from storage.partners import membership
from storage.partners.tables import Organisation
from storage.programme import candidates, polls, slots
from storage.programme.polls import Poll
from storage.programme.slots import Slot
from storage.programme.tables import (
    ProgrammeCandidate,
    ProgrammeChoice,
    ProgrammeNotice,
    ProgrammeRelease,
    ProgrammeYear,
)

STATES = {Verdict.IN: State.PLANNED, Verdict.LATER: State.CONSIDERED, Verdict.OUT: State.NOT_NOW}


@dataclass(frozen=True)
class Line:
    """An entry as one person sees it: time and place are the event's, once that can be seen."""

    entry: Entry
    event: Event | None = None
    own: Status | None = None
    may_open: bool = False

    @property
    def is_cancelled(self) -> bool:
        return self.event is not None and self.event.state is EventState.CANCELLED


@dataclass(frozen=True)
class Programme:
    """What is out for a year, for one person. `others` are further years that are out."""

    year: int
    number: int
    released_at: datetime
    lines: tuple[Line, ...]
    calendar_key: str
    polls: tuple[Poll, ...] = ()
    others: tuple[int, ...] = ()
    is_staff: bool = False


@dataclass(frozen=True)
class Draft:
    """The year as the office works on it; `changes` are what a release would say.

    `not_there` are those whom nothing reaches in the chat; `to_call` counts those of them who were not told
    otherwise what is out.
    """

    year: int
    slots: tuple[Slot, ...]
    release: ProgrammeRelease | None
    changes: tuple[Change, ...]
    untold: int
    row: ProgrammeYear
    not_there: tuple[Reached, ...] = ()
    to_call: int = 0


@dataclass(frozen=True)
class News:
    """What a version says to one person: all of it, or only what is different and concerns them.

    `decisions` are those about clusters of workshops that their organisation gave points to, and its offers.
    """

    year: int
    number: int
    entries: tuple[Entry, ...]
    changes: tuple[Change, ...]
    decisions: tuple[ProgrammeChoice, ...] = ()


def draft(turn: Turn, year: int) -> Draft:
    check_staff(turn.person)
    row = slots.year_of(turn.session, year)
    found, last = slots.of_year(turn.session, year), latest(turn.session, year)
    before = _entries_of(last) if last else []
    changes = differences(before, [_entry(turn.session, one) for one in found])
    untold = sum(choice.told_at is None for choice in candidates.choices(turn.session, year).values())
    not_there = tuple(one for one in reaching.whom(turn.session, None) if one.why)
    to_call = count_to_call(turn.session, last, not_there) if last else 0
    return Draft(year, tuple(found), last, tuple(changes), untold, row, not_there, to_call)


def count_to_call(session: Session, release: ProgrammeRelease, not_there: Sequence[Reached]) -> int:
    tried = reaching.with_attempts(session, Occasion.PROGRAMME, release.id, not_there)
    return sum(not one.was_told for one in tried)


def _entry(session: Session, slot: Slot) -> Entry:
    event, row = slot.event, slot.row
    host = session.get(Organisation, row.host_id) if row.host_id else None
    ends_at = row.starts_at + LENGTHS[row.kind] if row.starts_at else None
    return Entry(
        slot_id=slot.id,
        kind=row.kind,
        title=event.title if event else row.title,
        month=row.month,
        starts_at=event.starts_at if event else row.starts_at,
        ends_at=event.ends_at if event else ends_at,
        place=event.place if event else "",
        host=host.name if host else "",
        event_id=row.event_id,
    )


def latest(session: Session, year: int) -> ProgrammeRelease | None:
    newest = select(ProgrammeRelease).where(ProgrammeRelease.year == year)
    return session.exec(newest.order_by(col(ProgrammeRelease.number).desc()).limit(1)).first()


def first(session: Session, year: int) -> ProgrammeRelease | None:
    return session.exec(
        select(ProgrammeRelease).where(ProgrammeRelease.year == year, ProgrammeRelease.number == 1)
    ).first()


def _entries_of(release: ProgrammeRelease) -> list[Entry]:
    return [Entry.read(stored) for stored in release.entries]


def release(turn: Turn, year: int) -> ProgrammeRelease:
    """From now on everybody sees it. What has a date becomes the draft of an event; decisions are told."""
    check_staff(turn.person)
    slots.year_of(turn.session, year, lock=True)
    found = slots.of_year(turn.session, year)
    if not found:
        raise ProgrammeIsEmpty(year)
    for slot in found:
        if slot.row.starts_at and slot.event is None and slot.row.starts_at > turn.now:
            slots.make_event(turn, slot.id)
    entries = [_entry(turn.session, one) for one in slots.of_year(turn.session, year)]
    last = latest(turn.session, year)
    if last and not differences(_entries_of(last), entries) and not draft(turn, year).untold:
        raise NothingHasChanged
    new = ProgrammeRelease(
        year=year,
        number=last.number + 1 if last else 1,
        entries=[entry.stored() for entry in entries],
        released_by_id=turn.person.id,
        released_at=turn.now,
    )
    turn.session.add(new)
    turn.session.flush()
    _tell_decisions(turn, year)
    key = f"programme:{year}:{new.number}"
    kind = ProgrammeNotice.PROGRAMME_RELEASED
    outbox.tell(turn, membership.contacts(), kind, key, new.id, priority=Priority.BROADCAST)
    return new


def _tell_decisions(turn: Turn, year: int) -> None:
    """On the board and at the end of the day to those whom an idea concerns; each decision once."""
    for candidate_id, choice in candidates.choices(turn.session, year).items():
        if choice.told_at:
            continue
        choice.told_at = turn.now
        turn.session.add(choice)
        candidate = turn.session.get_one(ProgrammeCandidate, candidate_id)
        idea = turn.session.get(Idea, candidate.ref_id) if candidate.source is Source.IDEA else None
        if idea:
            whole = turn.session.get_one(Idea, merges.top_of(idea))
            progress.write(turn, whole, STATES[choice.verdict], choice.reason)


def news_for(turn: Turn, release_id: int) -> News | None:
    """None where nothing concerns this person: of what is off they have said no, or were not invited."""
    new = turn.session.get_one(ProgrammeRelease, release_id)
    newest = latest(turn.session, new.year)
    if newest is not None and newest.id != new.id:
        return None  # a later version says it all
    entries = [entry for entry in _entries_of(new) if _concerns(turn, entry)]
    told = _last_told(turn, new)
    decisions = tuple(_decisions_for(turn, new))
    if told is None:
        return News(new.year, new.number, tuple(entries), (), decisions)
    changes = [
        change
        for change in differences(_entries_of(told), _entries_of(new))
        if _concerns(turn, change.entry) and not _says_the_event(turn.session, change)
    ]
    if not (changes or decisions):
        return None
    return News(new.year, new.number, tuple(entries), tuple(changes), decisions)


def _decisions_for(turn: Turn, new: ProgrammeRelease) -> Iterator[ProgrammeChoice]:
    """Told with this version, on what their organisation offered or gave points to; ideas have the board."""
    ours = turn.person.organisation_id
    for candidate_id, choice in candidates.choices(turn.session, new.year).items():
        candidate = turn.session.get_one(ProgrammeCandidate, candidate_id)
        if choice.told_at != new.released_at or candidate.source is Source.IDEA or ours is None:
            continue
        if ours == candidate.organisation_id or any(
            organisation == ours for organisation, _ in choice.points
        ):
            yield choice


def _last_told(turn: Turn, new: ProgrammeRelease) -> ProgrammeRelease | None:
    """The version before that has reached this person."""
    before = select(ProgrammeRelease).where(
        ProgrammeRelease.year == new.year, ProgrammeRelease.number < new.number
    )
    for row in turn.session.exec(before.order_by(col(ProgrammeRelease.number).desc())).all():
        if outbox.has_had(turn, ProgrammeNotice.PROGRAMME_RELEASED, row.id):
            return row
    return None


def _concerns(turn: Turn, entry: Entry) -> bool:
    event = turn.session.get(Event, entry.event_id) if entry.event_id else None
    if event is None:
        return True
    is_invited = event.audience is None or turn.person.organisation_id in event.audience
    own = turn.session.get(Rsvp, (event.id, turn.person.id))
    return is_invited and not (own and own.status is Status.NO)


def _says_the_event(session: Session, change: Change) -> bool:
    """Whoever is invited to a published event is told of its moves by the event itself."""
    event = session.get(Event, change.entry.event_id) if change.entry.event_id else None
    return event is not None and event.state is not EventState.DRAFT and change.difference is Difference.MOVED


def seen(turn: Turn, year: int | None = None) -> Programme:
    """The year asked for; otherwise the first released one that still has something to come."""
    years = released_years(turn.session)
    if not years:
        raise NothingIsReleased
    wanted = year if year in years else _year_to_show(turn.session, years, turn.now)
    found = latest(turn.session, wanted)
    assert found
    lines = [
        line
        for entry in _entries_of(found)
        if (line := _line(turn.session, turn.person, entry)) and _is_for(turn.person, line)
    ]
    return Programme(
        year=wanted,
        number=found.number,
        released_at=found.released_at,
        lines=tuple(sorted(lines, key=_place)),
        calendar_key=slots.year_of(turn.session, wanted).calendar_key,
        polls=tuple(polls.waiting_for(turn)),
        others=tuple(one for one in years if one != wanted),
        is_staff=turn.person.is_staff,
    )


def released_years(session: Session) -> list[int]:
    return list(session.exec(select(ProgrammeRelease.year).distinct().order_by(col(ProgrammeRelease.year))))


def _year_to_show(session: Session, years: Sequence[int], now: datetime) -> int:
    coming = [year for year in years if _lasts(session, year, now)]
    return coming[0] if coming else years[-1]


def _lasts(session: Session, year: int, now: datetime) -> bool:
    found = latest(session, year)
    entries = _entries_of(found) if found else []
    return any((one.ends_at or _end_of(one)) > now for one in entries)


def _end_of(entry: Entry) -> datetime:
    return datetime.combine(entry.month + timedelta(days=31), time(), UTC)


def _line(session: Session, person: Person | None, entry: Entry) -> Line:
    event = session.get(Event, entry.event_id) if entry.event_id else None
    if event is None or event.state is EventState.DRAFT:
        return Line(entry, event)
    own = session.get(Rsvp, (event.id, person.id)) if person else None
    live = Entry(
        **{
            **vars(entry),
            "title": event.title,
            "starts_at": event.starts_at,
            "ends_at": event.ends_at,
            "place": event.place,
            "host": event.host or entry.host,
        }
    )
    return Line(live, event, own.status if own else None, may_open=True)


def _is_for(person: Person | None, line: Line) -> bool:
    """What only some are invited to is shown to them alone."""
    audience = line.event.audience if line.event else None
    return audience is None or (
        person is not None and (person.is_staff or person.organisation_id in audience)
    )


def _place(line: Line) -> tuple[str, str, int]:
    entry = line.entry
    day = entry.starts_at.date() if entry.starts_at else entry.month + timedelta(days=31)
    return day.isoformat(), str(entry.starts_at), entry.slot_id


def public(session: Session, year: int) -> Programme:
    """What hangs on walls and stands on the homepage: what all are invited to."""
    found = latest(session, year)
    if found is None:
        raise NothingIsReleased
    lines = [line for entry in _entries_of(found) if _is_for(None, line := _line(session, None, entry))]
    key = slots.year_of(session, year).calendar_key
    return Programme(year, found.number, found.released_at, tuple(sorted(lines, key=_place)), key)


def by_key(session: Session, key: str) -> Programme | None:
    """For whoever knows the calendar's address."""
    row = session.exec(select(ProgrammeYear).where(ProgrammeYear.calendar_key == key)).first()
    return public(session, row.year) if row and latest(session, row.year) else None


@dataclass(frozen=True)
class Facts:
    """What texts about the programme say in numbers."""

    partners: int
    initial: int
    organisations_last_year: int
    events_last_year: int


def facts(turn: Turn, year: int) -> Facts:
    partners = turn.session.exec(select(Organisation).where(membership.HAS_NOT_LEFT)).all()
    ended = select(Event).where(Event.state == EventState.PUBLISHED, col(Event.ends_at) <= turn.now)
    events = [
        event
        for event in turn.session.exec(ended).all()
        if event.starts_at.astimezone(turn.pact.timezone).year == year - 1
    ]
    came = {one for event in events for one in slots.who_came(turn.session, event.id)}
    return Facts(len(partners), sum(one.kind is Kind.INITIAL for one in partners), len(came), len(events))
