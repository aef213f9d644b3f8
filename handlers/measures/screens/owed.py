"""What partners owe, as the office sees it: who is late, who has handed in, who asks for time."""

from datetime import date

from markupsafe import Markup

from domain.basics.words import N_
from handlers.chat.buttons import Go, TurnList
from handlers.chat.screens.screen import Button, Row, Screen, lines, list_pages, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.measures.buttons import OnReport, ReportAct
from handlers.measures.screens.reports import STATES, asked, due, kind
from storage.measures.owed import Owed, OwedPage
from storage.measures.tables import ReportState

REASON = 120


def render_all(page: OwedPage, today: date, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Reports of partners</b>"),
            ", ".join(
                t(how_many, n=n, what=t.label("open"))
                for how_many, n in (
                    (N_("late: {n}"), page.late),
                    (N_("{what}: {n}"), page.open),
                    (N_("handed in: {n}"), page.handed_in),
                    (N_("accepted: {n}"), page.done),
                )
                if n
            ),
            *(_owed(number, one, today, t) for number, one in enumerate(page.lines, 1)),
            "" if page.lines else t("There is none yet.") if page.is_done else t("Nothing is due."),
        ),
        _all_buttons(page, t),
    )


def _all_buttons(page: OwedPage, t: Texts) -> tuple[Row, ...]:
    other = TurnList("reports-all", 0, int(not page.is_done))
    return (
        *_numbers(page),
        *list_pages(page.number, page.pages, "reports-all", t, int(page.is_done)),
        (Button(t.label("What is owed") if page.is_done else t.label("What is accepted"), other),),
        (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
    )


def _numbers(page: OwedPage) -> tuple[Row, ...]:
    shown = enumerate(page.lines, 1)
    buttons = tuple(Button(str(number), OnReport(ReportAct.SHOW, one.report.id)) for number, one in shown)
    return (buttons,) if buttons else ()


def _owed(number: int, one: Owed, today: date, t: Texts) -> Markup:
    report = one.report
    is_late = report.state is ReportState.OPEN and (report.granted_until or report.due_on) < today
    reason = report.granted_because if report.granted_until else report.missed
    return lines(
        t(
            "<b>{number}</b>  {organisation}\n<i>{kind}, {due}, {state}</i>",
            number=number,
            organisation=one.organisation,
            kind=kind(report, t),
            due=due(report, t),
            state=t.label("overdue") if is_late else t.label(STATES[report.state]),
        ),
        t("Reason: {reason}", reason=shorten(" ".join(reason.split()), REASON)) if reason else "",
        asked(report, t) if report.asked_until else "",
    )
