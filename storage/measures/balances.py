"""The balances that partners started with, from their first reports that are handed in."""

from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.measures.path import Start
from storage.measures.tables import Report, ReportState
from storage.partners import membership
from storage.partners.tables import Organisation


def starts(session: Session, pact: Pact) -> list[Start]:
    """Of the pact's family alone; one of another family is never put in its place."""
    handed_in = (
        select(Report)
        .join(Organisation, col(Organisation.id) == col(Report.organisation_id))
        .where(Report.state != ReportState.OPEN, membership.HAS_NOT_LEFT)
        .order_by(col(Report.due_on).desc(), col(Report.id))
    )
    found = {row.organisation_id: start for row in session.exec(handed_in) if (start := _start(row, pact))}
    return [found[organisation_id] for organisation_id in sorted(found)]


def _start(report: Report, pact: Pact) -> Start | None:
    """As it was frozen. The years of its lines are those of the balance; else it is of the year before."""
    kept = report.figures or {}
    if kept.get("grams") is None or family_of(report) != pact.factor_family:
        return None
    years = [one["year"] for one in kept["consumed"]]
    return Start(report.organisation_id, max(years, default=report.due_on.year - 1), kept["grams"])


def family_of(report: Report) -> str:
    """Of a report that is handed in."""
    kept = report.figures or {}
    if report.balance_grams is not None:
        return report.balance_family
    return next((one["factor"]["family"] for one in kept.get("consumed", ()) if one["factor"]), "")
