"""What the office decides about a report: accepting it, giving it back, more time."""

from datetime import date, datetime

from sqlmodel import Session

from storage.engine import outbox, people
from storage.engine.tables import Person
from storage.measures import reports
from storage.measures.tables import MeasureNotice, Report, ReportState
from storage.partners import membership


def accept(session: Session, staff: Person, report_id: int, now: datetime) -> Report:
    people.check_staff(staff)
    report = reports.own(session, staff, report_id)
    if report.state is ReportState.HANDED_IN:
        report.state, report.accepted_at = ReportState.ACCEPTED, now
        session.add(report)
        session.flush()
        _tell_partner(session, report, MeasureNotice.REPORT_ACCEPTED, now)
    return report


def give_back(session: Session, staff: Person, report_id: int, now: datetime) -> Report:
    """To be corrected by its partner; what it said is kept."""
    people.check_staff(staff)
    report = reports.own(session, staff, report_id)
    if report.figures:
        report.earlier = [*report.earlier, report.figures]
    report.state, report.accepted_at, report.figures = ReportState.OPEN, None, None
    session.add(report)
    session.flush()
    _tell_partner(session, report, MeasureNotice.REPORT_DUE, now)
    return report


def grant(
    session: Session, staff: Person, report_id: int, until: date, because: str, now: datetime
) -> Report:
    people.check_staff(staff)
    report = reports.own(session, staff, report_id)
    report.granted_until, report.granted_because, report.asked_until = until, because, None
    session.add(report)
    session.flush()
    _tell_partner(session, report, MeasureNotice.REPORT_GRANTED, now)
    return report


def ask_for_time(
    session: Session, person: Person, report_id: int, until: date, because: str, now: datetime
) -> Report:
    report = reports.open_one(session, person, report_id)
    report.asked_until, report.asked_because, report.declined_because = until, because, ""
    session.add(report)
    session.flush()
    key = f"report_time:{report.id}:{now.isoformat()}"
    kind = MeasureNotice.REPORT_TIME_ASKED
    outbox.enqueue(session, people.staff_ids(), kind, key, now, subject_id=report.id)
    return report


def decline(session: Session, staff: Person, report_id: int, because: str, now: datetime) -> Report:
    """More time; nothing happens where somebody else has settled it meanwhile."""
    people.check_staff(staff)
    report = reports.open_one(session, staff, report_id)
    if report.asked_until:
        report.asked_until, report.declined_because = None, because
        session.add(report)
        session.flush()
        _tell_partner(session, report, MeasureNotice.REPORT_DECLINED, now)
    return report


def _tell_partner(session: Session, report: Report, kind: MeasureNotice, now: datetime) -> None:
    contacts = membership.contacts_of(report.organisation_id)
    outbox.enqueue(
        session, contacts, kind, f"{kind}:{report.id}:{now.isoformat()}", now, subject_id=report.id
    )
