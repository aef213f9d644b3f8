"""What partners owe and when: duties become reports, people are reminded, the office sees who is how far."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, exists, func, select

from domain.basics.calendar import at
from domain.basics.pact import Pact
from domain.basics.paging import page_within
from domain.measures import duties as rules
from domain.measures.duties import Duty
from domain.partners.organisations import Kind
from storage.engine import outbox, people
from storage.engine.turn import Turn
from storage.measures.tables import MeasureNotice, Report, ReportLine, ReportState
from storage.partners import membership
from storage.partners.tables import Organisation

AHEAD = timedelta(days=400)  # a report can be begun so long before it is due
PAGE = 8


def remind(session: Session, pact: Pact, now: datetime) -> None:
    """Duties within sight become rows, and partners are told a year, six, three and one months and two weeks
    before; of reminders that were missed they get the last one. For once a day.
    """
    known: dict[int, list[Report]] = defaultdict(list)
    for report in session.exec(select(Report)):
        known[report.organisation_id].append(report)
    for organisation in session.exec(select(Organisation).where(membership.HAS_NOT_LEFT)).all():
        for owed in _owed_by(session, organisation, known[organisation.id], pact, now):
            _tell(session, owed, pact, now)


def of_organisation(session: Session, organisation: Organisation, pact: Pact, now: datetime) -> list[Report]:
    """What it owes is there then, by the pact's rhythm of today. Open ones first, the soonest first."""
    rows = session.exec(select(Report).where(Report.organisation_id == organisation.id)).all()
    kept = [one for one in rows if one.state is not ReportState.OPEN]
    found = {one.id: one for one in (*_owed_by(session, organisation, rows, pact, now), *kept)}
    left = {one.id: one for one in rows if one not in session.deleted and one in session}
    return sorted(
        {**left, **found}.values(), key=lambda one: (one.state is not ReportState.OPEN, one.due_on, one.id)
    )


def _owed_by(
    session: Session, organisation: Organisation, rows: Sequence[Report], pact: Pact, now: datetime
) -> list[Report]:
    if organisation.kind is Kind.INITIAL and not pact.initial_partners_report:
        return []
    today = now.astimezone(pact.timezone).date()
    everything = rules.duties(organisation.joined_on, pact.rhythm, date.max)
    days = {duty.due_on for duty in everything}
    strays = [one for one in rows if one.state is ReportState.OPEN and one.due_on not in days]
    by_day = {one.due_on: one for one in rows}
    owed = [
        by_day.get(duty.due_on) or _row(session, organisation, duty, strays)
        for duty in everything
        if duty.due_on <= today + AHEAD
    ]
    for stray in strays:
        _drop_if_untouched(session, stray)
    session.flush()
    return owed


def _row(session: Session, organisation: Organisation, duty: Duty, strays: list[Report]) -> Report:
    """One that was begun for another day moves with the pact's rhythm, and keeps what is in it."""
    same = [one for one in strays if one.kind == duty.report]
    found = min(same, key=lambda one: abs(one.due_on - duty.due_on), default=None)
    if found is None:
        found = Report(organisation_id=organisation.id, kind=duty.report, due_on=duty.due_on)
    else:
        strays.remove(found)
        found.due_on = duty.due_on
    session.add(found)
    session.flush()
    return found


def _drop_if_untouched(session: Session, report: Report) -> None:
    has_lines = session.exec(select(exists().where(col(ReportLine.report_id) == report.id))).one()
    said = (report.targets, report.missed, report.granted_until, report.balance_grams, report.has_no_fuel)
    if not has_lines and not any(said):
        session.delete(report)


def _tell(session: Session, report: Report, pact: Pact, now: datetime) -> None:
    today = now.astimezone(pact.timezone).date()
    day = rules.reminder_on(report.granted_until or report.due_on, today)
    if day and report.state is ReportState.OPEN:
        contacts = membership.contacts_of(report.organisation_id)
        key = f"report:{report.id}:{day.isoformat()}"
        due_at = max(now, at(today, pact.digest_time, pact.timezone))
        outbox.enqueue(
            session, contacts, MeasureNotice.REPORT_DUE, key, now, subject_id=report.id, due_at=due_at
        )


@dataclass(frozen=True)
class Owed:
    report: Report
    organisation: str


@dataclass(frozen=True)
class OwedPage:
    """`is_done`: of those that are accepted."""

    lines: tuple[Owed, ...]
    number: int
    pages: int
    late: int
    open: int
    handed_in: int
    done: int
    is_done: bool = False


def to_do(session: Session, today: date) -> tuple[int, int]:
    """How many reports are late, and how many handed in; of partners of today."""
    return _count(session, *_late(today)), _count(session, Report.state == ReportState.HANDED_IN)


def count_to_extend(session: Session) -> int:
    return _count(session, Report.state == ReportState.OPEN, col(Report.asked_until).is_not(None))


def _late(today: date) -> tuple[Any, ...]:
    last = func.coalesce(Report.granted_until, Report.due_on)
    return Report.state == ReportState.OPEN, last < today


def page(turn: Turn, number: int, today: date, *, is_done: bool = False) -> OwedPage:
    """For the office: what is handed in first, then what is due, soonest first; or what is done."""
    people.check_staff(turn.person)
    state = col(Report.state) == ReportState.ACCEPTED
    rows = (
        select(Report, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Report.organisation_id))
        .where(state if is_done else ~state, membership.HAS_NOT_LEFT)
        .order_by(col(Report.state) == ReportState.OPEN, col(Report.due_on), Organisation.name)
    )
    count = turn.session.exec(select(func.count()).select_from(rows.subquery())).one()
    number, pages = page_within(number, count, PAGE)
    found = turn.session.exec(rows.limit(PAGE).offset(number * PAGE))
    late, handed_in = to_do(turn.session, today)
    return OwedPage(
        tuple(Owed(report, name) for report, name in found),
        number,
        pages,
        late,
        _count(turn.session, Report.state == ReportState.OPEN),
        handed_in,
        _count(turn.session, Report.state == ReportState.ACCEPTED),
        is_done,
    )


def _count(session: Session, *conditions: Any) -> int:
    of_partners = (
        select(func.count())
        .select_from(Report)
        .join(Organisation, col(Organisation.id) == col(Report.organisation_id))
        .where(membership.HAS_NOT_LEFT, *conditions)
    )
    return session.exec(of_partners).one()


def latest(session: Session, organisation_id: int, limit: int) -> list[Report]:
    """The open ones, soonest first, then those that are done."""
    rows = select(Report).where(Report.organisation_id == organisation_id)
    ordered = rows.order_by(col(Report.state) != ReportState.OPEN, col(Report.due_on))
    return list(session.exec(ordered.limit(limit)))
