"""What people are told of measures and reports: what is read for it, and how it looks."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from handlers.chat.notices import Kind, plain
from handlers.measures.screens import measure as screens
from handlers.measures.screens import reports as report_screens
from storage.engine.outbox import Addressed
from storage.measures import joint, measures, reports
from storage.measures.joint import Met, Share
from storage.measures.reports import Due
from storage.measures.tables import Measure, MeasureNotice, ReportState

GRANTED = N_("📄 More time for the {kind}: {due}.")
ACCEPTED = N_("✅ The office has accepted your {kind}. Thank you!")
HANDED_IN = N_("📄 <b>{organisation}</b> has handed in the {kind}.")


def asked_to_share(session: Session, addressed: Addressed, _now: datetime) -> Share | None:
    """Until it is settled."""
    found = joint.share_for(session, addressed.person, addressed.notice.subject_id)
    return None if found.share.agreed_at or found.share.ended_at else found


def share(session: Session, addressed: Addressed, _now: datetime) -> Measure:
    return measures.own(session, addressed.person, addressed.notice.subject_id)


def match(session: Session, addressed: Addressed, _now: datetime) -> Met | None:
    found = joint.met(session, addressed.person, addressed.notice.subject_id)
    return None if found.match.agreed_at or found.match.declined_at else found


def met(session: Session, addressed: Addressed, _now: datetime) -> Met:
    return joint.met(session, addressed.person, addressed.notice.subject_id)


def due(session: Session, addressed: Addressed, _now: datetime) -> Due | None:
    found = reports.due(session, addressed.person, addressed.notice.subject_id)
    return found if found.report.state is ReportState.OPEN else None


def report(session: Session, addressed: Addressed, _now: datetime) -> Due:
    return reports.due(session, addressed.person, addressed.notice.subject_id)


def _told(sentence: str) -> Kind[Any]:
    return plain(report, lambda found, t: report_screens.render_told(sentence, found, t))


NOTICES: dict[str, Kind[Any]] = {
    MeasureNotice.SHARE: plain(asked_to_share, screens.render_share),
    MeasureNotice.SHARE_AGREED: plain(share, screens.render_share_settled),
    MeasureNotice.MATCH: plain(match, screens.render_match),
    MeasureNotice.MATCH_AGREED: plain(met, screens.render_met),
    MeasureNotice.REPORT_DUE: Kind(due, report_screens.render_due),
    MeasureNotice.REPORT_HANDED_IN: _told(HANDED_IN),
    MeasureNotice.REPORT_ACCEPTED: _told(ACCEPTED),
    MeasureNotice.REPORT_GRANTED: _told(GRANTED),
}
