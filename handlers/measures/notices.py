"""What people are told of measures and reports: what is read for it, and how it looks."""

from dataclasses import replace
from typing import Any

from domain.basics.words import N_
from handlers.chat.notices import Kind, gathered, plain
from handlers.chat.screens.together import Line as Together
from handlers.chat.texts import Texts
from handlers.measures.buttons import OnReport, ReportAct
from handlers.measures.screens import adverts as advert_screens
from handlers.measures.screens import joint as screens
from handlers.measures.screens import reports as report_screens
from storage.engine.tables import Notice
from storage.engine.turn import Turn
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


def asked_to_share(turn: Turn, notice: Notice) -> Share | None:
    """Until it is settled."""
    found = joint.share_for(turn, notice.subject_id)
    return None if found.share.agreed_at or found.share.ended_at else found


def share(turn: Turn, notice: Notice) -> Measure:
    return measures.own(turn, notice.subject_id)


def match(turn: Turn, notice: Notice) -> Met | None:
    found = joint.met(turn, notice.subject_id)
    return None if found.match.agreed_at or found.match.declined_at else found


def met(turn: Turn, notice: Notice) -> Met:
    return joint.met(turn, notice.subject_id)


def ended(turn: Turn, notice: Notice) -> Measure:
    return measures.get(turn.session, notice.subject_id)


def fits(turn: Turn, notice: Notice) -> Line:
    return adverts.look(turn, notice.subject_id).line


def line(turn: Turn, notice: Notice) -> Thread:
    return threads.see(turn, notice.subject_id)


def of_idea(turn: Turn, notice: Notice) -> Idea | None:
    """As long as its author can report a measure, and has not done so."""
    measures.partner_id(turn)
    return from_ideas.unreported(turn, notice.subject_id)


def due(turn: Turn, notice: Notice) -> Due | None:
    found = reports.due(turn, notice.subject_id)
    return found if found.report.state is ReportState.OPEN else None


def report(turn: Turn, notice: Notice) -> Due:
    return reports.due(turn, notice.subject_id)


def asked_for_time(turn: Turn, notice: Notice) -> Due | None:
    """Until it is settled."""
    found = report(turn, notice)
    return found if found.report.asked_until else None


def _told(sentence: str) -> Kind[Any]:
    return plain(report, lambda found, t: report_screens.render_told(sentence, found, t))


def _handed(found: Due, _t: Texts) -> Together:
    return Together(found.organisation, OnReport(ReportAct.SHOW, found.report.id))


NOTICES: dict[str, Kind[Any]] = {
    MeasureNotice.SHARE: plain(asked_to_share, screens.render_share),
    MeasureNotice.SHARE_AGREED: plain(share, screens.render_share_settled),
    MeasureNotice.SHARE_ENDED: plain(ended, screens.render_share_ended),
    MeasureNotice.ADVERT_FITS: plain(fits, advert_screens.render_fits),
    MeasureNotice.PARTNER_LINE: replace(
        plain(line, advert_screens.render_thread), veiled=N_("✉️ A partner has written to you")
    ),
    MeasureNotice.FROM_IDEA: plain(of_idea, screens.render_from_idea),
    MeasureNotice.MATCH: plain(match, screens.render_match),
    MeasureNotice.MATCH_AGREED: replace(
        plain(met, screens.render_met), veiled=N_("🤝 You can share experience with another partner")
    ),
    MeasureNotice.REPORT_DUE: Kind(due, report_screens.render_due),
    MeasureNotice.REPORT_HANDED_IN: replace(
        _told(HANDED_IN),
        opens=_handed,
        together=N_("Reports handed in"),
    ),
    MeasureNotice.REPORT_ACCEPTED: _told(ACCEPTED),
    MeasureNotice.REPORT_GRANTED: _told(GRANTED),
    MeasureNotice.REPORT_DECLINED: _told(DECLINED),
    MeasureNotice.REPORT_TIME_ASKED: gathered(
        plain(asked_for_time, lambda found, t: report_screens.render_told(ASKED, found, t)),
        N_("More time asked for"),
        _handed,
    ),
}
