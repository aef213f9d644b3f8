"""The reports that partners owe, in words: a list, one that is filled in, and the office's view."""

from datetime import date, datetime

from markupsafe import Markup

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.measures.duties import Report as ReportKind
from domain.measures.factors import Family
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    italic,
    lines,
    list_pages,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.measures.buttons import OnReport, ReportAct
from handlers.measures.screens import words
from storage.measures.reports import Consumed, Due, Owed, OwedPage, Sheet
from storage.measures.tables import Report, ReportState

SHOWN = 12
TEXT = 500
STATES = {
    ReportState.OPEN: N_("open"),
    ReportState.HANDED_IN: N_("handed in, the office looks at it"),
    ReportState.ACCEPTED: N_("accepted"),
}
LACKS = {
    "consumption": N_("the consumption of at least one energy carrier"),
    "electricity": N_("the consumption of electricity (Scope 2)"),
    "targets": N_("your targets"),
    "missed": N_("what was missed, and why"),
}


def kind(report: Report, t: Texts) -> str:
    return t.label(words.REPORTS[ReportKind(report.kind)])


def due(report: Report, t: Texts) -> str:
    if report.granted_until:
        return t.label("until {day} (granted)", day=t.date(report.granted_until))
    return t.label("until {day}", day=t.date(report.due_on))


def render_own(reports: list[Report], t: Texts) -> Screen:
    entries = [
        t(
            "<b>{kind}</b>\n{due}, {state}",
            kind=kind(one, t),
            due=due(one, t),
            state=t.label(STATES[one.state]),
        )
        for one in reports
    ]
    return Screen(
        paragraphs(
            t("<b>Our reports</b>"),
            *entries,
            "" if entries else t("Nothing is due. The first report is due a year after signing."),
        ),
        (
            *(
                (
                    Button(
                        f"{kind(one, t)} {one.due_on.year}",
                        OnReport(ReportAct.SHOW, one.id),
                        style="primary" if one.state is ReportState.OPEN else None,
                    ),
                )
                for one in reports
            ),
            (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
        ),
    )


def render_report(sheet: Sheet, t: Texts) -> Screen:
    report = sheet.report
    return Screen(
        paragraphs(
            lines(
                t(
                    "<b>{kind}</b>: {organisation}",
                    kind=kind(report, t),
                    organisation=sheet.organisation.name,
                ),
                italic(f"{due(report, t)}, {t.label(STATES[report.state])}"),
                t("More time because: {reason}", reason=shorten(report.granted_because, TEXT))
                if report.granted_until
                else "",
            ),
            _balance(sheet, t),
            t("<b>Targets</b>: {text}", text=shorten(report.targets, TEXT)) if report.targets else "",
            t("<b>Missed</b>: {text}", text=shorten(report.missed, TEXT)) if report.missed else "",
            _measures(sheet, t),
            lines(t("<b>Still missing</b>"), bullets(t.label(LACKS[one]) for one in sheet.lacks))
            if sheet.lacks and report.state is ReportState.OPEN
            else "",
        ),
        _ways(sheet, t),
    )


def _balance(sheet: Sheet, t: Texts) -> Markup:
    report = sheet.report
    if report.balance_grams is not None:
        return t(
            "<b>Balance</b>: {tonnes} a year, {family} ({source})",
            tonnes=words.tonnes(report.balance_grams, t),
            family=t.label(words.FAMILIES[Family(report.balance_family)]),
            source=report.balance_source,
        )
    if not sheet.consumed:
        return t("<b>Consumption</b>: nothing yet")
    rest = len(sheet.consumed) - SHOWN
    rows = [_line(one, t) for one in sheet.consumed[:SHOWN]]
    total = (
        t("together {tonnes} a year", tonnes=words.tonnes(sheet.grams, t)) if sheet.grams is not None else ""
    )
    more = t.plural("and one more", "and {n} more", rest) if rest > 0 else ""
    return lines(t("<b>Consumption</b>"), bullets([*rows, more] if more else rows), total)


def _line(one: Consumed, t: Texts) -> Markup:
    return t(
        "{site}{carrier} {year}: {kwh}{tonnes}",
        site=f"{one.line.site}, " if one.line.site else "",
        carrier=t.label(words.CARRIERS[one.line.carrier]),
        year=one.line.year,
        kwh=words.kwh(one.line.kwh, t),
        tonnes=f" = {words.tonnes(one.grams, t)}" if one.grams is not None else "",
    )


def _measures(sheet: Sheet, t: Texts) -> Markup:
    count = len(sheet.measures)
    return t.plural("<b>Measures</b>: one", "<b>Measures</b>: {n}", count) if count else Markup()


def _ways(sheet: Sheet, t: Texts) -> tuple[Row, ...]:
    report_id = sheet.report.id
    papers = (
        Button(t.label("As a PDF"), OnReport(ReportAct.PAPER, report_id)),
        *((Button(t.label("As a sheet"), OnReport(ReportAct.SHEET, report_id)),) if sheet.is_staff else ()),
    )
    back = (Button(t.label("All reports"), Go("reports-all" if sheet.is_staff else "reports")), *to_menu(t))
    if sheet.report.state is not ReportState.OPEN:
        return (*_for_staff(sheet, t), papers, back)
    first_of = (
        ((Button(t.label("Start from the last report"), OnReport(ReportAct.FROM_LAST, report_id)),),)
        if sheet.before and not sheet.consumed
        else ()
    )
    missed = (
        (Button(t.label("What was missed"), StartForm("report_missed", report_id)),)
        if sheet.report.kind != ReportKind.FIRST
        else ()
    )
    return (
        *first_of,
        (
            Button(t.label("Add consumption"), StartForm("report_line", report_id), style="primary"),
            Button(t.label("Balance made elsewhere"), StartForm("report_total", report_id)),
        ),
        (Button(t.label("Targets"), StartForm("report_goals", report_id)), *missed),
        (Button(t.label("Our measures"), Go("measures")), *papers),
        *(
            ((Button(t.label("Hand it in"), OnReport(ReportAct.ASK_HAND_IN, report_id), style="success"),),)
            if not sheet.lacks
            else ()
        ),
        *(
            ((Button(t.label("Grant more time"), StartForm("report_grant", report_id)),),)
            if sheet.is_staff
            else ()
        ),
        back,
    )


def _for_staff(sheet: Sheet, t: Texts) -> tuple[Row, ...]:
    if not sheet.is_staff:
        return ()
    accept = (
        (Button(t.label("Accept"), OnReport(ReportAct.ACCEPT, sheet.report.id), style="success"),)
        if sheet.report.state is ReportState.HANDED_IN
        else ()
    )
    return ((*accept, Button(t.label("Give it back"), OnReport(ReportAct.GIVE_BACK, sheet.report.id))),)


def render_ask_hand_in(sheet: Sheet, t: Texts) -> Screen:
    return Screen(
        t("Hand in the report as it is? From then on only the office can open it again."),
        (
            (
                Button(
                    t.label("Yes, hand it in"), OnReport(ReportAct.HAND_IN, sheet.report.id), style="success"
                ),
            ),
            (Button(t.label("Not yet"), OnReport(ReportAct.SHOW, sheet.report.id)),),
        ),
    )


def render_due(due_one: Due, _pact: Pact, now: datetime, t: Texts) -> Screen:
    report = due_one.report
    last = report.granted_until or report.due_on
    days = (last - t.local_day(now)).days
    return Screen(
        paragraphs(
            t("📄 <b>{kind}, due {day}</b>", kind=kind(report, t), day=t.date(last)),
            t.plural("One day is left.", "{n} days are left.", days) if days >= 0 else t("It is overdue."),
            t("It can be filled in bit by bit, also together with colleagues."),
        ),
        ((Button(t.label("To the report"), OnReport(ReportAct.SHOW, report.id), style="primary"),),),
    )


def render_told(sentence: str, found: Due, t: Texts) -> Screen:
    report = found.report
    return Screen(
        t(sentence, kind=kind(report, t), organisation=found.organisation, due=due(report, t)),
        ((Button(t.label("To the report"), OnReport(ReportAct.SHOW, report.id)),),),
    )


def render_all(page: OwedPage, today: date, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>Reports of partners</b>"),
            ", ".join(
                t(how_many, n=n)
                for how_many, n in (
                    (N_("late: {n}"), page.late),
                    (N_("handed in: {n}"), page.handed_in),
                    (N_("accepted: {n}"), page.done),
                )
                if n
            ),
            *(_owed(number, one, today, t) for number, one in enumerate(page.lines, 1)),
            "" if page.lines else t("Nothing is due."),
        ),
        (
            *_numbers(page),
            *list_pages(page.number, page.pages, "reports-all", t),
            (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
        ),
    )


def _numbers(page: OwedPage) -> tuple[Row, ...]:
    shown = enumerate(page.lines, 1)
    buttons = tuple(Button(str(number), OnReport(ReportAct.SHOW, one.report.id)) for number, one in shown)
    return (buttons,) if buttons else ()


def _owed(number: int, one: Owed, today: date, t: Texts) -> Markup:
    report = one.report
    is_late = report.state is ReportState.OPEN and (report.granted_until or report.due_on) < today
    return t(
        "<b>{number}</b>  {organisation}\n<i>{kind}, {due}, {state}</i>",
        number=number,
        organisation=one.organisation,
        kind=kind(report, t),
        due=due(report, t),
        state=t.label("overdue") if is_late else t.label(STATES[report.state]),
    )
