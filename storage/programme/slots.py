"""The year as the office lays it out: slots, what is known of their days, the event that each becomes."""

import secrets
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from sqlmodel import Session, col, func, select

from domain.basics.calendar import at
from domain.basics.pact import Pact
from domain.events.event import EventKind, EventState
from domain.programme import dates as rules
from domain.programme.candidates import Source
from domain.programme.dates import LENGTHS, Against, Known, Proposal, Turnout
from domain.programme.refusals import DatesHaveChanged, NoDateYet, SlotHasEvent, SlotIsGone
from storage.engine import outbox
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.events import changing, planning, views
from storage.events.planning import NewEvent
from storage.events.tables import Event, Rsvp
from storage.ideas.tables import Idea, IdeaEvent
from storage.office import talk_hours
from storage.partners import reach
from storage.partners.tables import Organisation
from storage.programme.tables import (
    DatePoll,
    HostAnswer,
    HostRequest,
    ProgrammeCandidate,
    ProgrammeNotice,
    ProgrammeSlot,
    ProgrammeYear,
)

MOST = 24  # slots of a year; more is no programme that anybody reads
LOOKED_BACK = 30  # events of the past from which habits are read


@dataclass(frozen=True)
class Slot:
    """A slot with its host and its event; `starts_at` is the event's, once people can see that.

    `agreed_to` is the date to which the host has said yes, if the slot has another by now.
    """

    row: ProgrammeSlot
    host: str = ""
    event: Event | None = None
    against: tuple[Against, ...] = ()
    agreed_to: datetime | None = None

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def is_public(self) -> bool:
        return self.event is not None and self.event.state is not EventState.DRAFT

    @property
    def starts_at(self) -> datetime | None:
        return self.event.starts_at if self.is_public and self.event else self.row.starts_at

    @property
    def order(self) -> tuple[date, datetime | None, int]:
        return self.row.month, self.starts_at, self.id


def year_of(session: Session, year: int, *, lock: bool = False) -> ProgrammeYear:
    """The row of a year, made when it is first asked for."""
    row = session.get(ProgrammeYear, year, with_for_update=lock or None)
    if row is None:
        row = ProgrammeYear(year=year, calendar_key=secrets.token_urlsafe(18))
        session.add(row)
        session.flush()
    return row


def of_year(session: Session, year: int) -> list[Slot]:
    """By date; what has only a month stands at its end."""
    rows = session.exec(
        select(ProgrammeSlot, Event, func.coalesce(Organisation.name, ""))
        .join(Event, col(Event.id) == col(ProgrammeSlot.event_id), isouter=True)
        .join(Organisation, col(Organisation.id) == col(ProgrammeSlot.host_id), isouter=True)
        .where(ProgrammeSlot.year == year, col(ProgrammeSlot.dropped_at).is_(None))
    ).all()
    found = [Slot(row, host, event) for row, event, host in rows]
    return sorted(found, key=lambda one: (_day(one), one.id))


def _day(slot: Slot) -> datetime:
    _, last = rules.month_of(slot.row.month)
    return slot.starts_at or datetime.combine(last, time.max, UTC)


def get(turn: Turn, slot_id: int, *, lock: bool = False) -> ProgrammeSlot:
    check_staff(turn.person)
    row = turn.session.get(ProgrammeSlot, slot_id, with_for_update=lock or None)
    if row is None or row.dropped_at:
        raise SlotIsGone
    return row


def show(turn: Turn, slot_id: int) -> Slot:
    row = get(turn, slot_id)
    found = replace(describe(turn.session, row), agreed_to=agreed_to(turn.session, row))
    if found.starts_at is None:
        return found
    day = found.starts_at.astimezone(turn.pact.timezone).date()
    against = rules.against(day, known(turn.session, row.year, turn.pact, turn.now, but=row))
    return replace(found, against=against)


def agreed_to(session: Session, row: ProgrammeSlot) -> datetime | None:
    """The date to which the host has said yes, if it is another than that of the slot."""
    is_yes = col(HostRequest.answer).in_((HostAnswer.YES, HostAnswer.OTHER))
    said = session.exec(
        select(HostRequest)
        .where(HostRequest.slot_id == row.id, HostRequest.organisation_id == row.host_id, is_yes)
        .order_by(col(HostRequest.id).desc())
    ).first()
    if said is None or row.starts_at in (said.starts_at, said.other_at):
        return None
    return said.other_at or said.starts_at


def describe(session: Session, row: ProgrammeSlot) -> Slot:
    host = session.get(Organisation, row.host_id) if row.host_id else None
    event = session.get(Event, row.event_id) if row.event_id else None
    return Slot(row, host.name if host else "", event)


def known(session: Session, year: int, pact: Pact, now: datetime, but: ProgrammeSlot | None = None) -> Known:
    """What speaks for and against days: of the slot itself nothing does."""
    zone = pact.timezone
    return Known(
        region=pact.holiday_region,
        zone=zone,
        today=now.astimezone(zone).date(),
        blocked=talk_hours.hours(session).blocked,
        movable=frozenset(date.fromisoformat(day) for day in year_of(session, year).movable),
        own=_own(session, year, pact, but),
        past=tuple(_turnouts(session, now)),
        language=pact.language,
    )


def _own(session: Session, year: int, pact: Pact, but: ProgrammeSlot | None) -> dict[date, str]:
    first, last = (
        at(date(year - 1, 12, 1), time(0), pact.timezone),
        at(date(year + 1, 2, 1), time(0), pact.timezone),
    )
    own_event = but.event_id if but else None
    events = session.exec(
        select(col(Event.starts_at), col(Event.title)).where(
            col(Event.starts_at).between(first, last),
            Event.state != EventState.CANCELLED,
            col(Event.id) != (own_event or 0),
        )
    ).all()
    slots = [
        (one.starts_at, one.row.title)
        for one in of_year(session, year)
        if one.starts_at and not one.event and (but is None or one.id != but.id)
    ]
    return {
        starts_at.astimezone(pact.timezone).date(): title
        for starts_at, title in [*events, *slots]
        if starts_at
    }


def _turnouts(session: Session, now: datetime) -> list[Turnout]:
    """Of the last events that took place."""
    ended = select(Event).where(col(Event.ends_at) <= now, Event.state == EventState.PUBLISHED)
    events = session.exec(ended.order_by(col(Event.starts_at).desc()).limit(LOOKED_BACK)).all()
    return [Turnout(event.starts_at, len(who_came(session, event.id))) for event in events]


def who_came(session: Session, event_id: int) -> list[int]:
    """Ids of the organisations of which somebody was there."""
    came = select(col(Rsvp.organisation_id)).where(
        Rsvp.event_id == event_id,
        col(Rsvp.person_id).in_(views.who_was_there(session, event_id)),
        col(Rsvp.organisation_id).is_not(None),
    )
    return sorted(one for one in session.exec(came.distinct()) if one is not None)


def proposals(turn: Turn, slot_id: int) -> list[Proposal]:
    """Three days of the slot's month."""
    row = get(turn, slot_id)
    return rules.propose(
        *rules.month_of(row.month), known(turn.session, row.year, turn.pact, turn.now, but=row)
    )


def best_dates(turn: Turn, year: int) -> list[tuple[Slot, Proposal]]:
    """For each with only a month and no poll, in their order; a proposal for one is near to the next."""
    check_staff(turn.person)
    taken: dict[date, str] = {}
    found = []
    asked = set(turn.session.exec(select(DatePoll.slot_id).where(col(DatePoll.closed_at).is_(None))))
    for slot in sorted(of_year(turn.session, year), key=lambda one: (one.row.month, one.id)):
        if slot.starts_at is None and slot.id not in asked:
            basis = known(turn.session, year, turn.pact, turn.now, but=slot.row)
            basis = replace(basis, own={**basis.own, **taken})
            for best in rules.propose(*rules.month_of(slot.row.month), basis, 1):
                taken[best.day] = slot.row.title
                found.append((slot, best))
    return found


def take_best_dates(turn: Turn, year: int, stamp: int) -> None:
    """As they were shown; each can be changed afterwards."""
    found = best_dates(turn, year)
    if not found or stamp_of(found) != stamp:
        raise DatesHaveChanged
    for slot, best in found:
        set_date(turn, slot.id, best.starts_at(turn.pact.timezone).astimezone(UTC))


def stamp_of(found: Sequence[tuple[Slot, Proposal]]) -> int:
    """Of what was shown, to fit a button."""
    said = ";".join(f"{slot.id} {one.day} {one.clock}" for slot, one in found)
    return zlib.crc32(said.encode()) >> 2


def lay_out(
    turn: Turn,
    year: int,
    counts: Mapping[EventKind, int],
    titles: Mapping[EventKind, str],
) -> list[Slot]:
    """So many of each kind, over the months; what there is already stays."""
    check_staff(turn.person)
    year_of(turn.session, year, lock=True)
    room = max(MOST - len(of_year(turn.session, year)), 0)
    for kind, month in rules.rhythm(counts, year, known(turn.session, year, turn.pact, turn.now))[:room]:
        turn.session.add(ProgrammeSlot(year=year, kind=kind, title=titles[kind], month=month))
    turn.session.flush()
    return of_year(turn.session, year)


def add(turn: Turn, year: int, kind: EventKind, title: str, month: int) -> ProgrammeSlot:
    check_staff(turn.person)
    year_of(turn.session, year, lock=True)
    row = ProgrammeSlot(year=year, kind=kind, title=title[:120], month=date(year, month, 1))
    turn.session.add(row)
    turn.session.flush()
    return row


def drop(turn: Turn, slot_id: int) -> ProgrammeSlot:
    """Out of the programme; an event that people can see has to be cancelled by itself."""
    row = get(turn, slot_id, lock=True)
    event = turn.session.get(Event, row.event_id) if row.event_id else None
    if event and event.state is EventState.PUBLISHED:
        raise SlotHasEvent
    row.dropped_at, row.event_id = turn.now, None
    _tell_former_host(turn.session, row, turn.now)
    turn.session.add(row)
    turn.session.flush()
    if event and event.state is EventState.DRAFT:
        planning.discard(turn, event.id)
    return row


def rename(turn: Turn, slot_id: int, title: str) -> ProgrammeSlot:
    row = get(turn, slot_id, lock=True)
    row.title = title
    return _saved(turn, row, {"title": title})


def set_date(turn: Turn, slot_id: int, starts_at: datetime) -> ProgrammeSlot:
    """Conflicts were shown; they do not forbid."""
    row = get(turn, slot_id, lock=True)
    row.starts_at = starts_at
    local = starts_at.astimezone(turn.pact.timezone).date()
    row.month = local.replace(day=1)
    return _saved(turn, row, {"starts_at": starts_at, "ends_at": starts_at + LENGTHS[row.kind]})


def _saved(turn: Turn, row: ProgrammeSlot, values: dict[str, object]) -> ProgrammeSlot:
    """With the draft of its event; one that people can see is changed on its own page."""
    event = turn.session.get(Event, row.event_id) if row.event_id else None
    if event and event.state is not EventState.DRAFT:
        raise SlotHasEvent
    turn.session.add(row)
    turn.session.flush()
    if event:
        changing.change(turn, event.id, values)
    return row


def set_host(turn: Turn, slot_id: int, organisation_id: int | None) -> ProgrammeSlot:
    row = get(turn, slot_id, lock=True)
    put_host(turn.session, row, organisation_id, turn.now)
    return row


def put_host(
    session: Session, row: ProgrammeSlot, organisation_id: int | None, now: datetime, *, is_told: bool = True
) -> None:
    """Whom this replaces is told, unless they asked for it themselves."""
    if is_told and row.host_id != organisation_id:
        _tell_former_host(session, row, now)
    row.host_id = organisation_id
    session.add(row)
    session.flush()
    event = session.get(Event, row.event_id) if row.event_id else None
    if event and event.state is EventState.DRAFT:
        planning.put_hosts(session, event, [organisation_id] if organisation_id else [], now)


def _tell_former_host(session: Session, row: ProgrammeSlot, now: datetime) -> None:
    contacts = reach.reachable_contacts(session, row.host_id) if row.host_id else []
    kind = ProgrammeNotice.HOST_REPLACED
    key = f"{kind}:{row.id}:{row.host_id}:{now.isoformat()}"
    outbox.enqueue(session, [one.id for one in contacts], kind, key, now, subject_id=row.id)


def make_event(turn: Turn, slot_id: int) -> Event:
    """A draft with all that is known of it; the same one when it is asked for again."""
    row = get(turn, slot_id, lock=True)
    if row.event_id:
        return turn.session.get_one(Event, row.event_id)
    if row.starts_at is None:
        raise NoDateYet
    host = turn.session.get(Organisation, row.host_id) if row.host_id else None
    idea = idea_of(turn.session, row)
    new = NewEvent(
        title=row.title,
        starts_at=row.starts_at,
        ends_at=row.starts_at + LENGTHS[row.kind],
        place=host.name if host else "",
        address=_address(host) if host else "",
        description=idea.text[:1500] if idea else "",
        kind=row.kind,
    )
    event = planning.draft(turn, new)
    if host:
        planning.put_hosts(turn.session, event, [host.id], turn.now)
    if idea:
        turn.session.add(IdeaEvent(idea_id=idea.id, event_id=event.id, made_at=turn.now))
        event.has_ideas = True
    row.event_id = event.id
    turn.session.add(row)
    turn.session.flush()
    return event


def _address(host: Organisation) -> str:
    town = f"{host.postcode} {host.city}".strip()
    return ", ".join(filter(None, (host.street, town)))[:160]


def idea_of(session: Session, row: ProgrammeSlot) -> Idea | None:
    candidate = session.get(ProgrammeCandidate, row.candidate_id) if row.candidate_id else None
    is_idea = candidate is not None and candidate.source is Source.IDEA
    return session.get(Idea, candidate.ref_id) if candidate and is_idea else None


def set_movable(turn: Turn, year: int, days: Sequence[str]) -> ProgrammeYear:
    check_staff(turn.person)
    row = year_of(turn.session, year, lock=True)
    row.movable = sorted(days)
    turn.session.add(row)
    turn.session.flush()
    return row


def next_year(pact: Pact, now: datetime) -> int:
    """The year that is planned: from spring on the next one."""
    local = now.astimezone(pact.timezone) + timedelta(days=275)
    return local.year
