"""What people are told of measures and reports: what is read for it, and how it looks."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from domain.basics.words import N_
from handlers.chat.notices import Kind, plain
from handlers.chat.screens.together import Line as Together
from handlers.measures.buttons import OnReport, ReportAct
from handlers.measures.screens import adverts as advert_screens
from handlers.measures.screens import joint as screens
from handlers.measures.screens import reports as report_screens
from storage.engine.outbox import Addressed
from storage.ideas.tables import Idea
from storage.measures import adverts, from_ideas, joint, measures, reports, threads
from storage.measures.adverts import Line
from storage.measures.joint import Met, Share
from storage.measures.reports import Due
from storage.measures.tables import Measure, MeasureNotice, ReportState
from storage.measures.threads import Thread

GRANTED = N_("📄 More time for the {kind}: {due}.")
DECLINED = N_("📄 No more time for the {kind}: {due}. {reason}")
ASKED = N_("⏳ <b>{organisation}</b> asks for more time for the {kind}, until {wanted}: {why}")
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


def ended(session: Session, addressed: Addressed, _now: datetime) -> Measure:
    return measures.get(session, addressed.notice.subject_id)


def fits(session: Session, addressed: Addressed, now: datetime) -> Line:
    return adverts.look(session, addressed.person, addressed.notice.subject_id, now).line


def line(session: Session, addressed: Addressed, _now: datetime) -> Thread:
    return threads.see(session, addressed.person, addressed.notice.subject_id)


def of_idea(session: Session, addressed: Addressed, _now: datetime) -> Idea | None:
    """As long as its author can report a measure, and has not done so."""
    measures.partner_id(session, addressed.person)
    return from_ideas.unreported(session, addressed.person, addressed.notice.subject_id)


def due(session: Session, addressed: Addressed, _now: datetime) -> Due | None:
    found = reports.due(session, addressed.person, addressed.notice.subject_id)
    return found if found.report.state is ReportState.OPEN else None


def report(session: Session, addressed: Addressed, _now: datetime) -> Due:
    return reports.due(session, addressed.person, addressed.notice.subject_id)


def asked_for_time(session: Session, addressed: Addressed, now: datetime) -> Due | None:
    """Until it is settled."""
    found = report(session, addressed, now)
    return found if found.report.asked_until else None


def _told(sentence: str) -> Kind[Any]:
    return plain(report, lambda found, t: report_screens.render_told(sentence, found, t))


NOTICES: dict[str, Kind[Any]] = {
    MeasureNotice.SHARE: plain(asked_to_share, screens.render_share),
    MeasureNotice.SHARE_AGREED: plain(share, screens.render_share_settled),
    MeasureNotice.SHARE_ENDED: plain(ended, screens.render_share_ended),
    MeasureNotice.ADVERT_FITS: plain(fits, advert_screens.render_fits),
    MeasureNotice.PARTNER_LINE: plain(line, advert_screens.render_thread),
    MeasureNotice.FROM_IDEA: plain(of_idea, screens.render_from_idea),
    MeasureNotice.MATCH: plain(match, screens.render_match),
    MeasureNotice.MATCH_AGREED: plain(met, screens.render_met),
    MeasureNotice.REPORT_DUE: Kind(due, report_screens.render_due),
    MeasureNotice.REPORT_HANDED_IN: replace(
        _told(HANDED_IN),
        opens=lambda found: Together(found.organisation, OnReport(ReportAct.SHOW, found.report.id)),
        together=N_("Reports handed in"),
    ),
    MeasureNotice.REPORT_ACCEPTED: _told(ACCEPTED),
    MeasureNotice.REPORT_GRANTED: _told(GRANTED),
    MeasureNotice.REPORT_DECLINED: _told(DECLINED),
    MeasureNotice.REPORT_TIME_ASKED: plain(
        asked_for_time, lambda found, t: report_screens.render_told(ASKED, found, t)
    ),
}
