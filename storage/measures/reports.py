"""The reports that partners owe: what is due, what is in them, handing them in, and more time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, delete, func, select

from domain.basics.calendar import at
from domain.basics.pact import Pact
from domain.basics.paging import page_within
from domain.measures import duties as rules
from domain.measures.duties import Duty
from domain.measures.duties import Report as ReportKind
from domain.measures.factors import Carrier, Factor, Family, factor_for, grams_of
from domain.measures.measures import STANDINGS, State
from domain.measures.refusals import MeasureIsGone, ReportIsHandedIn, ReportLacks
from domain.partners.organisations import Kind
from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.measures import factors, measures
from storage.measures.tables import (
    Measure,
    MeasureFigure,
    MeasureNotice,
    Report,
    ReportLine,
    ReportState,
)
from storage.partners import membership
from storage.partners.tables import Organisation

AHEAD = timedelta(days=400)  # a report can be begun so long before it is due
PAGE = 8


@dataclass(frozen=True)
class Consumed:
    """A line with what it stands for; `grams` is None where the pact's family has no factor."""

    line: ReportLine
    factor: Factor | None
    grams: int | None


@dataclass(frozen=True)
class Sheet:
    """A report as its partner fills it in, or as it was handed in.

    `lacks` are keys of what is missing before it can be handed in.
    """

    report: Report
    organisation: Organisation
    consumed: tuple[Consumed, ...]
    measures: tuple[tuple[Measure, MeasureFigure], ...]
    lacks: tuple[str, ...]
    before: Report | None
    is_staff: bool

    @property
    def grams(self) -> int | None:
        """Of all lines or of the balance made elsewhere; None while there is neither."""
        if self.report.balance_grams is not None:
            return self.report.balance_grams
        known = [one.grams for one in self.consumed]
        return sum(gram or 0 for gram in known) if known and None not in known else None


def remind(session: Session, pact: Pact, now: datetime) -> None:
    """Duties within sight become rows, and partners are told a year, six, three and one months and two weeks
    before; of reminders that were missed they get the last one. For once a day.
    """
    today = now.astimezone(pact.timezone).date()
    for organisation in session.exec(select(Organisation).where(membership.HAS_NOT_LEFT)).all():
        for duty in _duties(organisation, pact, today):
            _tell(session, _row(session, organisation, duty), pact, now)


def _duties(organisation: Organisation, pact: Pact, today: date) -> list[Duty]:
    if organisation.kind is Kind.INITIAL and not pact.initial_partners_report:
        return []
    return rules.duties(organisation.joined_on, pact.rhythm, today + AHEAD)


def _row(session: Session, organisation: Organisation, duty: Duty) -> Report:
    owed = select(Report).where(Report.organisation_id == organisation.id, Report.due_on == duty.due_on)
    found = session.exec(owed).first()
    if found is None:
        found = Report(organisation_id=organisation.id, kind=duty.report, due_on=duty.due_on)
        session.add(found)
        session.flush()
    return found


def _tell(session: Session, report: Report, pact: Pact, now: datetime) -> None:
    today = now.astimezone(pact.timezone).date()
    day = rules.reminder_on(report.granted_until or report.due_on, today, ())
    if day and report.state is ReportState.OPEN:
        contacts = membership.contacts_of(report.organisation_id)
        key = f"report:{report.id}:{day.isoformat()}"
        outbox.enqueue(
            session,
            contacts,
            MeasureNotice.REPORT_DUE,
            key,
            now,
            subject_id=report.id,
            due_at=max(now, at(today, pact.digest_time, pact.timezone)),
        )


def own(session: Session, person: Person, report_id: int) -> Report:
    report = session.get(Report, report_id)
    if report and (person.is_staff or report.organisation_id == membership.partner_id_of(session, person)):
        return report
    raise MeasureIsGone


def open_one(session: Session, person: Person, report_id: int) -> Report:
    report = own(session, person, report_id)
    if report.state is not ReportState.OPEN:
        raise ReportIsHandedIn
    return report


def of_partner(session: Session, person: Person, pact: Pact, now: datetime) -> Sequence[Report]:
    """Soonest first; those that are done last."""
    partner = measures.partner_id(session, person)
    organisation = session.get_one(Organisation, partner)
    for duty in _duties(organisation, pact, now.astimezone(pact.timezone).date()):
        _row(session, organisation, duty)
    rows = select(Report).where(Report.organisation_id == partner)
    return session.exec(rows.order_by(col(Report.state) != ReportState.OPEN, col(Report.due_on))).all()


def sheet(session: Session, person: Person, report_id: int, pact: Pact) -> Sheet:
    report = own(session, person, report_id)
    lines = session.exec(
        select(ReportLine)
        .where(ReportLine.report_id == report.id)
        .order_by(ReportLine.site, col(ReportLine.id))
    ).all()
    kept, known = report.figures, factors.known(session)
    consumed = (
        tuple(_as_kept(line, one) for line, one in zip(lines, kept["consumed"], strict=True))
        if kept
        else tuple(_consumed(known, line, pact) for line in lines)
    )
    return Sheet(
        report,
        session.get_one(Organisation, report.organisation_id),
        consumed,
        _measures_as_kept(session, kept) if kept else _measures(session, report),
        _lacks(report, consumed),
        _before(session, report),
        person.is_staff,
    )


def _consumed(known: Sequence[Factor], line: ReportLine, pact: Pact) -> Consumed:
    factor = factor_for(known, line.carrier, Family(pact.factor_family), line.year)
    return Consumed(line, factor, grams_of(line.kwh, factor) if factor else None)


def _as_kept(line: ReportLine, kept: dict[str, Any]) -> Consumed:
    """Whatever editions of factors have come since."""
    return Consumed(line, factors.read_stored(kept["factor"]) if kept["factor"] else None, kept["grams"])


def _measures_as_kept(session: Session, kept: dict[str, Any]) -> tuple[tuple[Measure, MeasureFigure], ...]:
    found = []
    for one in kept["measures"]:
        now = session.get_one(Measure, one["id"]).model_dump()
        then = Measure(**{**now, "title": one["title"], "state": State(one["state"])})
        found.append((then, session.get_one(MeasureFigure, one["figure_id"])))
    return tuple(found)


def _measures(session: Session, report: Report) -> tuple[tuple[Measure, MeasureFigure], ...]:
    rows = session.exec(
        select(Measure, MeasureFigure)
        .join(MeasureFigure, col(MeasureFigure.measure_id) == col(Measure.id))
        .where(
            Measure.organisation_id == report.organisation_id,
            col(MeasureFigure.replaced_at).is_(None),
            col(Measure.state).in_(list(STANDINGS)),
        )
        .order_by(col(Measure.id))
    )
    return tuple(rows)


def _lacks(report: Report, consumed: Sequence[Consumed]) -> tuple[str, ...]:
    """A balance of at least Scope 1 and location-based Scope 2, so electricity and what is burnt."""
    lacks = []
    if report.balance_grams is None:
        if not consumed:
            lacks.append("consumption")
        elif not any(one.line.carrier is Carrier.ELECTRICITY for one in consumed):
            lacks.append("electricity")
    if not report.targets:
        lacks.append("targets")
    if report.kind != ReportKind.FIRST and not report.missed:
        lacks.append("missed")
    return tuple(lacks)


def _before(session: Session, report: Report) -> Report | None:
    earlier = select(Report).where(
        Report.organisation_id == report.organisation_id,
        Report.due_on < report.due_on,
        Report.state != ReportState.OPEN,
    )
    return session.exec(earlier.order_by(col(Report.due_on).desc())).first()


def put_line(
    session: Session,
    person: Person,
    report_id: int,
    site: str,
    carrier: Carrier,
    kwh: int,
    year: int,
    now: datetime,
) -> Report:
    """One for each site and carrier: the last one counts. 0 kWh takes it out."""
    report = open_one(session, person, report_id)
    session.exec(
        delete(ReportLine).where(
            col(ReportLine.report_id) == report.id,
            col(ReportLine.site) == site,
            col(ReportLine.carrier) == carrier,
        )
    )
    if kwh:
        session.add(
            ReportLine(
                report_id=report.id,
                person_id=person.id,
                site=site,
                carrier=carrier,
                kwh=kwh,
                year=year,
                stated_at=now,
            )
        )
    session.flush()
    return report


def start_from_last(session: Session, person: Person, report_id: int, now: datetime) -> Report:
    """The lines of the last report, to be changed where something has."""
    report = open_one(session, person, report_id)
    before = _before(session, report)
    if before:
        for line in session.exec(select(ReportLine).where(ReportLine.report_id == before.id)).all():
            put_line(
                session, person, report_id, line.site, line.carrier, line.kwh, report.due_on.year - 1, now
            )
        report.targets = report.targets or before.targets
        session.add(report)
        session.flush()
    return report


def put_words(session: Session, person: Person, report_id: int, which: str, text: str) -> Report:
    """`which` is "targets" or "missed"."""
    report = open_one(session, person, report_id)
    setattr(report, which, text)
    session.add(report)
    session.flush()
    return report


def put_balance(
    session: Session, person: Person, report_id: int, grams: int | None, family: Family, source: str
) -> Report:
    """One number of a balance that was made elsewhere, in its own family."""
    report = open_one(session, person, report_id)
    report.balance_grams, report.balance_family, report.balance_source = grams, family, source
    session.add(report)
    session.flush()
    return report


def hand_in(session: Session, person: Person, report_id: int, pact: Pact, now: datetime) -> Report:
    """What it says from now on is kept as it is. Raises ReportLacks."""
    report = open_one(session, person, report_id)
    filled = sheet(session, person, report_id, pact)
    if filled.lacks:
        raise ReportLacks
    report.figures = frozen(filled)
    report.state, report.handed_in_at, report.handed_in_by_id = ReportState.HANDED_IN, now, person.id
    session.add(report)
    session.flush()
    key = f"report_handed_in:{report.id}:{now.isoformat()}"
    outbox.enqueue(
        session, people.staff_ids(), MeasureNotice.REPORT_HANDED_IN, key, now, subject_id=report.id
    )
    return report


def frozen(filled: Sheet) -> dict[str, Any]:
    """Everything that the report's papers say, as JSON has it."""
    return {
        "organisation": filled.organisation.name,
        "grams": filled.grams,
        "consumed": [
            {
                "site": one.line.site,
                "carrier": one.line.carrier,
                "kwh": one.line.kwh,
                "year": one.line.year,
                "grams": one.grams,
                "factor": factors.stored(one.factor) if one.factor else None,
            }
            for one in filled.consumed
        ],
        "measures": [
            {
                "id": measure.id,
                "figure_id": figure.id,
                "title": measure.title,
                "state": measure.state,
                "kwh": figure.kwh,
                "grams": figure.grams,
                "factor": figure.factor,
            }
            for measure, figure in filled.measures
        ],
    }


def accept(session: Session, staff: Person, report_id: int, now: datetime) -> Report:
    people.check_staff(staff)
    report = own(session, staff, report_id)
    if report.state is ReportState.HANDED_IN:
        report.state, report.accepted_at = ReportState.ACCEPTED, now
        session.add(report)
        session.flush()
        _tell_partner(session, report, MeasureNotice.REPORT_ACCEPTED, now)
    return report


def give_back(session: Session, staff: Person, report_id: int, now: datetime) -> Report:
    """To be corrected by its partner."""
    people.check_staff(staff)
    report = own(session, staff, report_id)
    report.state, report.accepted_at, report.figures = ReportState.OPEN, None, None
    session.add(report)
    session.flush()
    _tell_partner(session, report, MeasureNotice.REPORT_DUE, now)
    return report


def grant(
    session: Session, staff: Person, report_id: int, until: date, because: str, now: datetime
) -> Report:
    people.check_staff(staff)
    report = own(session, staff, report_id)
    report.granted_until, report.granted_because = until, because
    session.add(report)
    session.flush()
    _tell_partner(session, report, MeasureNotice.REPORT_GRANTED, now)
    return report


def _tell_partner(session: Session, report: Report, kind: MeasureNotice, now: datetime) -> None:
    contacts = membership.contacts_of(report.organisation_id)
    outbox.enqueue(
        session, contacts, kind, f"{kind}:{report.id}:{now.isoformat()}", now, subject_id=report.id
    )


@dataclass(frozen=True)
class Due:
    report: Report
    organisation: str


def due(session: Session, person: Person, report_id: int) -> Due:
    report = own(session, person, report_id)
    return Due(report, session.get_one(Organisation, report.organisation_id).name)


@dataclass(frozen=True)
class Owed:
    report: Report
    organisation: str


@dataclass(frozen=True)
class OwedPage:
    lines: tuple[Owed, ...]
    number: int
    pages: int
    late: int
    handed_in: int
    done: int


def to_do(session: Session, today: date) -> tuple[int, int]:
    """How many reports are late, and how many handed in; of partners of today."""
    return _count(session, *_late(today)), _count(session, Report.state == ReportState.HANDED_IN)


def _late(today: date) -> tuple[Any, ...]:
    last = func.coalesce(Report.granted_until, Report.due_on)
    return Report.state == ReportState.OPEN, last < today


def owed(session: Session, staff: Person, number: int, today: date) -> OwedPage:
    """For the office: what is handed in first, then what is due, soonest first."""
    people.check_staff(staff)
    rows = (
        select(Report, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Report.organisation_id))
        .where(Report.state != ReportState.ACCEPTED, membership.HAS_NOT_LEFT)
        .order_by(col(Report.state) == ReportState.OPEN, col(Report.due_on), Organisation.name)
    )
    count = session.exec(select(func.count()).select_from(rows.subquery())).one()
    number, pages = page_within(number, count, PAGE)
    found = session.exec(rows.limit(PAGE).offset(number * PAGE))
    return OwedPage(
        tuple(Owed(report, name) for report, name in found),
        number,
        pages,
        *to_do(session, today),
        _count(session, Report.state == ReportState.ACCEPTED),
    )


def _count(session: Session, *conditions: Any) -> int:
    of_partners = (
        select(func.count())
        .select_from(Report)
        .join(Organisation, col(Organisation.id) == col(Report.organisation_id))
        .where(membership.HAS_NOT_LEFT, *conditions)
    )
    return session.exec(of_partners).one()
