"""The reports that partners owe, in words: a list, one that is filled in, and the office's view."""

from datetime import datetime

from markupsafe import Markup

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.measures.duties import Report as ReportKind
from domain.measures.factors import Family
from domain.measures.measures import STANDINGS, Standing
from handlers.chat.buttons import Go, StartForm
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    are_you_sure,
    bullets,
    italic,
    lines,
    paragraphs,
    shorten,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.measures.buttons import OnReport, ReportAct
from handlers.measures.screens import words
from storage.measures.reports import Consumed, Due, Sheet
from storage.measures.tables import Report, ReportState

SHOWN = 10
LINES = 40  # buttons for figures
TEXT = 300
STATES = {
    ReportState.OPEN: N_("open"),
    ReportState.HANDED_IN: N_("handed in, the office looks at it"),
    ReportState.ACCEPTED: N_("accepted"),
}
LACKS = {
    "electricity": N_("the consumption of electricity (Scope 2)"),
    "fuel": N_("what you burn (Scope 1), or that you burn nothing"),
    "factor": N_("a factor for each energy carrier; the office can add one"),
    "targets": N_("your targets"),
    "missed": N_("what was missed, and why"),
}
STANDINGS_IN_WORDS = {
    Standing.REACHED: N_("Carried out"),
    Standing.UNDER_WAY: N_("Being carried out"),
    Standing.INTENDED: N_("Planned and decided"),
}
DOUBTS = {
    "years": N_("The figures are of different years. Is that right?"),
    "jump": N_("A figure is less than half or more than double of last time. Is it right?"),
}


def kind(report: Report, t: Texts) -> str:
    return t.label(words.REPORTS[ReportKind(report.kind)])


def due(report: Report, t: Texts) -> str:
    if report.granted_until:
        return t.label("until {day} (granted)", day=t.date(report.granted_until))
    return t.label("until {day}", day=t.date(report.due_on))


def asked(report: Report, t: Texts) -> Markup:
    """For more time, and what became of it."""
    if report.asked_until:
        why = shorten(report.asked_because, TEXT)
        return t("⏳ Asks for more time until {day}: {why}", day=t.date(report.asked_until), why=why)
    if report.declined_because:
        return t("No more time because: {reason}", reason=shorten(report.declined_because, TEXT))
    return Markup()


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
        _own_buttons(reports, t),
    )


def _own_buttons(reports: list[Report], t: Texts) -> tuple[Row, ...]:
    return (
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
                asked(report, t),
            ),
            _balance(sheet, t),
            t("<b>Targets</b>: {text}", text=shorten(report.targets, TEXT)) if report.targets else "",
            t("<b>Missed</b>: {text}", text=shorten(report.missed, TEXT)) if report.missed else "",
            _measures(sheet, t),
            lines(*(t("⚠️ {doubt}", doubt=t.label(DOUBTS[one])) for one in sheet.doubts))
            if report.state is ReportState.OPEN
            else "",
            _newer(sheet, t),
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
    rows = [_line(one, _site(one, sheet, t), t) for one in sheet.consumed[:SHOWN]]
    more = t.plural("and one more", "and {n} more", rest) if rest > 0 else ""
    return lines(t("<b>Consumption</b>"), bullets([*rows, more] if more else rows), _total(sheet, t))


def _total(sheet: Sheet, t: Texts) -> Markup:
    if sheet.grams is None:
        return Markup()
    first, second = (sheet.scope(number) for number in (1, 2))
    return lines(
        t("together {tonnes} a year", tonnes=words.tonnes(sheet.grams, t)),
        italic(
            t(
                "Scope 1: {first}, Scope 2 (location-based): {second}",
                first=words.tonnes(first or 0, t),
                second=words.tonnes(second or 0, t),
            )
        ),
    )


def _newer(sheet: Sheet, t: Texts) -> Markup:
    """Beside what was handed in, which stays."""
    earlier = [
        t("Handed in before: {tonnes}", tonnes=words.tonnes(one["grams"], t))
        for one in sheet.report.earlier[-3:]
        if one.get("grams") is not None
    ]
    newer = sheet.newer_grams
    return lines(
        t(
            "By factors of today it would be {tonnes}; what is handed in stays as it is.",
            tonnes=words.tonnes(newer, t),
        )
        if newer is not None and newer != sheet.grams
        else "",
        *earlier,
    )


def _site(one: Consumed, sheet: Sheet, t: Texts) -> str:
    """In front of a figure, where there are several."""
    several = any(other.line.site != one.line.site for other in sheet.consumed)
    return f"{words.site(one.line, t)}, " if several or one.line.site else ""


def _line(one: Consumed, site: str, t: Texts) -> Markup:
    return t(
        "{site}{carrier} {year}: {kwh}{tonnes}{before}",
        site=site,
        carrier=t.label(words.CARRIERS[one.line.carrier]),
        year=one.line.year,
        kwh=words.kwh(one.line.kwh, t),
        tonnes=f" = {words.tonnes(one.grams, t)}" if one.grams is not None else "",
        before=t.label(" ({percent} against last time)", percent=_change(one.line.kwh, one.before))
        if one.before
        else "",
    )


def _change(now: int, before: int) -> str:
    return f"{round(100 * (now - before) / before):+d} %".replace("-", "−")


def _measures(sheet: Sheet, t: Texts) -> Markup:
    """What is done and what is planned, never added to each other."""
    found = []
    for standing, label in STANDINGS_IN_WORDS.items():
        some = [one for one in sheet.measures if STANDINGS.get(one.measure.state) is standing]
        if some:
            grams = sum(one.grams for one in some)
            found.append(
                t(
                    "{standing}: {count}, {tonnes} a year",
                    standing=t.label(label),
                    count=t.plural("one measure", "{n} measures", len(some)),
                    tonnes=words.tonnes(grams, t),
                )
            )
    return lines(t("<b>Measures</b>"), bullets(found)) if found else Markup()


def _ways(sheet: Sheet, t: Texts) -> tuple[Row, ...]:
    report_id = sheet.report.id
    papers = (
        Button(t.label("As a PDF"), OnReport(ReportAct.PAPER, report_id)),
        *((Button(t.label("As a sheet"), OnReport(ReportAct.SHEET, report_id)),) if sheet.is_staff else ()),
    )
    back = (Button(t.label("All reports"), Go("reports-all" if sheet.is_staff else "reports")), *to_menu(t))
    if sheet.report.state is not ReportState.OPEN:
        return (*_for_staff(sheet, t), papers, back)
    return (*_filling_in(sheet, t), *_handing_in(sheet, papers, t), back)


def _filling_in(sheet: Sheet, t: Texts) -> tuple[Row, ...]:
    report, report_id = sheet.report, sheet.report.id
    last = Button(t.label("Start from the last report"), OnReport(ReportAct.FROM_LAST, report_id))
    change = Button(t.label("Change figures"), OnReport(ReportAct.LINES, report_id))
    fuel = Button(
        t.label("We do burn something") if report.has_no_fuel else t.label("We burn nothing"),
        OnReport(ReportAct.FUEL, report_id),
    )
    missed = Button(t.label("What was missed"), StartForm("report_missed", report_id))
    return (
        *(((last,),) if sheet.before and not sheet.consumed else ()),
        (
            Button(t.label("Add consumption"), StartForm("report_line", report_id), style="primary"),
            *((change,) if sheet.consumed else ()),
        ),
        (
            *((fuel,) if "fuel" in sheet.lacks or report.has_no_fuel else ()),
            Button(t.label("Balance made elsewhere"), StartForm("report_total", report_id)),
        ),
        (
            Button(t.label("Targets"), StartForm("report_goals", report_id)),
            *((missed,) if report.kind != ReportKind.FIRST else ()),
        ),
    )


def _handing_in(sheet: Sheet, papers: Row, t: Texts) -> tuple[Row, ...]:
    report_id, asks = sheet.report.id, sheet.report.asked_until
    hand_in = Button(t.label("Hand it in"), OnReport(ReportAct.ASK_HAND_IN, report_id), style="success")
    more = (
        (
            Button(t.label("Grant more time"), StartForm("report_grant", report_id)),
            *((Button(t.label("No more time"), StartForm("report_no", report_id)),) if asks else ()),
        )
        if sheet.is_staff
        else (Button(t.label("Ask for more time"), StartForm("report_more", report_id)),)
    )
    return (
        (Button(t.label("Our measures"), Go("measures")), *papers),
        *(((hand_in,),) if not sheet.lacks else ()),
        more,
    )


def render_lines(sheet: Sheet, t: Texts) -> Screen:
    """Which figure is another one now; the others stay as they were last time."""
    return Screen(
        t("Which figure has changed? All others stay as they are."),
        _lines_buttons(sheet, t),
    )


def _lines_buttons(sheet: Sheet, t: Texts) -> tuple[Row, ...]:
    return (
        *(
            (
                Button(
                    t.label(
                        "{site}{carrier}: {kwh}",
                        site=_site(one, sheet, t),
                        carrier=t.label(words.CARRIERS[one.line.carrier]),
                        kwh=words.kwh(one.line.kwh, t),
                    ),
                    StartForm("report_kwh", one.line.id),
                ),
            )
            for one in sheet.consumed[:LINES]
        ),
        (Button(t.label("To the report"), OnReport(ReportAct.SHOW, sheet.report.id)),),
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
    return are_you_sure(
        t("Hand in the report as it is? From then on only the office can open it again."),
        Button(t.label("Yes, hand it in"), OnReport(ReportAct.HAND_IN, sheet.report.id), style="success"),
        Button(t.label("Not yet"), OnReport(ReportAct.SHOW, sheet.report.id)),
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
        (
            (Button(t.label("To the report"), OnReport(ReportAct.SHOW, report.id), style="primary"),),
            (Button(t.label("Ask for more time"), StartForm("report_more", report.id)),),
        ),
    )


def render_told(sentence: str, found: Due, t: Texts) -> Screen:
    report = found.report
    return Screen(
        t(
            sentence,
            kind=kind(report, t),
            organisation=found.organisation,
            due=due(report, t),
            reason=shorten(report.declined_because, TEXT),
            wanted=t.date(report.asked_until) if report.asked_until else "",
            why=shorten(report.asked_because, TEXT),
        ),
        ((Button(t.label("To the report"), OnReport(ReportAct.SHOW, report.id)),),),
    )
