"""What the office decides about a report: accepting it, giving it back, more time."""

from datetime import date, datetime

from sqlmodel import Session

from storage.engine import outbox, people
from storage.engine.turn import Turn
from storage.measures import reports
from storage.measures.tables import MeasureNotice, Report, ReportState
from storage.partners import membership


def accept(turn: Turn, report_id: int) -> Report:
    people.check_staff(turn.person)
    report = reports.own(turn, report_id)
    if report.state is ReportState.HANDED_IN:
        report.state, report.accepted_at = ReportState.ACCEPTED, turn.now
        turn.session.add(report)
        turn.session.flush()
        _tell_partner(turn.session, report, MeasureNotice.REPORT_ACCEPTED, turn.now)
    return report


def give_back(turn: Turn, report_id: int) -> Report:
    """To be corrected by its partner; what it said is kept."""
    people.check_staff(turn.person)
    report = reports.own(turn, report_id)
    if report.figures:
        report.earlier = [*report.earlier, report.figures]
    report.state, report.accepted_at, report.figures = ReportState.OPEN, None, None
    turn.session.add(report)
    turn.session.flush()
    _tell_partner(turn.session, report, MeasureNotice.REPORT_DUE, turn.now)
    return report


def grant(turn: Turn, report_id: int, until: date, because: str) -> Report:
    people.check_staff(turn.person)
    report = reports.own(turn, report_id)
    report.granted_until, report.granted_because, report.asked_until = until, because, None
    turn.session.add(report)
    turn.session.flush()
    _tell_partner(turn.session, report, MeasureNotice.REPORT_GRANTED, turn.now)
    return report


def ask_for_time(turn: Turn, report_id: int, until: date, because: str) -> Report:
    report = reports.open_one(turn, report_id)
    report.asked_until, report.asked_because, report.declined_because = until, because, ""
    turn.session.add(report)
    turn.session.flush()
    key = f"report_time:{report.id}:{turn.now.isoformat()}"
    kind = MeasureNotice.REPORT_TIME_ASKED
    outbox.tell(turn, people.staff_ids(), kind, key, report.id)
    return report


def decline(turn: Turn, report_id: int, because: str) -> Report:
    """More time; nothing happens where somebody else has settled it meanwhile."""
    people.check_staff(turn.person)
    report = reports.open_one(turn, report_id)
    if report.asked_until:
        report.asked_until, report.declined_because = None, because
        turn.session.add(report)
        turn.session.flush()
        _tell_partner(turn.session, report, MeasureNotice.REPORT_DECLINED, turn.now)
    return report


def _tell_partner(session: Session, report: Report, kind: MeasureNotice, now: datetime) -> None:
    contacts = membership.contacts_of(report.organisation_id)
    outbox.enqueue(
        session, contacts, kind, f"{kind}:{report.id}:{now.isoformat()}", now, subject_id=report.id
    )
