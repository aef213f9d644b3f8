"""What the file of an organisation says of its measures and reports."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.measures.measures import STANDINGS
from handlers.chat.house import Section
from handlers.chat.screens.screen import Button, Row, bullets, lines, shorten
from handlers.chat.texts import Texts
from handlers.measures.buttons import MeasureAct, OnMeasure, OnReport, ReportAct
from handlers.measures.screens import reports as report_screens
from handlers.measures.screens import words
from storage.engine.turn import Turn
from storage.measures import owed, views
from storage.measures.tables import Report, ReportState
from storage.measures.views import Line

SHOWN, TAPPED, SAID = 3, 2, 60
Found = tuple[Sequence[Line], Sequence[Report]]


def _load(turn: Turn, organisation_id: int) -> Found:
    measures = views.of_organisation(turn.session, organisation_id, SHOWN)
    return measures, owed.latest(turn.session, organisation_id, SHOWN)


def _draw(found: Found, now: datetime, t: Texts) -> tuple[Markup | str, tuple[Row, ...]]:
    measures, reports = found
    if not measures and not reports:
        return "", ()
    said = [*(_measure(one, t) for one in measures), *(_report(one, now, t) for one in reports)]
    to_measures = (
        (
            Button(
                shorten(f"🌱 {one.measure.title}", SAID),
                OnMeasure(MeasureAct.SHOW, one.measure.id),
                beside=True,
            ),
        )
        for one in measures[:TAPPED]
    )
    to_reports = (
        (Button(_named(one, t), OnReport(ReportAct.SHOW, one.id), beside=True),) for one in reports[:TAPPED]
    )
    return lines(t("<b>Measures and reports</b>"), bullets(said)), (*to_measures, *to_reports)


def _named(report: Report, t: Texts) -> str:
    return f"📄 {report_screens.kind(report, t)} {report.due_on.year}"


def _measure(line: Line, t: Texts) -> Markup:
    is_summed = line.measure.state in STANDINGS
    return t(
        "{title}: {tonnes}, {state}",
        title=shorten(line.measure.title, SAID),
        tonnes=words.tonnes(line.figure.grams if is_summed else 0, t),
        state=t.label(words.STATES[line.measure.state]),
    )


def _report(report: Report, now: datetime, t: Texts) -> Markup:
    is_late = report.state is ReportState.OPEN and (report.granted_until or report.due_on) < t.local_day(now)
    return t(
        "{kind} {due}: {state}",
        kind=report_screens.kind(report, t),
        due=report_screens.due(report, t),
        state=t.label("overdue") if is_late else t.label(report_screens.STATES[report.state]),
    )


SECTION = Section(_load, _draw)
