"""Reports in the chat: filling them in bit by bit, handing them in, and the office's part."""

from dataclasses import replace
from datetime import date
from typing import Any

from domain.basics.words import N_
from domain.measures.factors import Carrier, Family
from domain.measures.quantities import NotAQuantity, read_tonnes
from handlers.chat import days, reading
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import (
    Answers,
    Asked,
    Option,
    Question,
    Questionnaire,
    Submission,
    Wrong,
    asks,
    only_staff,
)
from handlers.chat.screens.screen import Screen
from handlers.measures import asking, papers
from handlers.measures.buttons import OnReport
from handlers.measures.screens import owed as owed_screens
from handlers.measures.screens import reports as screens
from handlers.measures.screens import words
from storage.engine.turn import Turn
from storage.measures import decisions, owed, reports
from storage.measures.owed import OwedPage
from storage.measures.reports import Sheet

LONGEST = 1500
MOST_GRAMS = 10**15


async def asked_for_own(context: Context) -> None:
    found = await context.transact(reports.of_partner)
    await context.show(screens.render_own(list(found), context.t))


async def asked_for_all(context: Context, tap: TurnList) -> None:
    today = context.now.astimezone(context.house.pact.timezone).date()
    page = await context.transact(_owed, tap.page, today, bool(tap.subject_id))
    await context.show(owed_screens.render_all(page, today, context.t))


def _owed(turn: Turn, number: int, today: date, is_done: bool) -> OwedPage:
    return owed.page(turn, number, today, is_done=is_done)


async def asked_for_lines(context: Context, tap: OnReport) -> None:
    await context.show(screens.render_lines(await _sheet(context, tap.report_id), context.t))


async def said_no_fuel(context: Context, tap: OnReport) -> None:
    await _after(context, tap, _switch_fuel)


def _switch_fuel(turn: Turn, report_id: int) -> None:
    report = reports.open_one(turn, report_id)
    reports.say_no_fuel(turn, report_id, not report.has_no_fuel)


async def asked_for_report(context: Context, tap: OnReport) -> None:
    await context.show(screens.render_report(await _sheet(context, tap.report_id), context.t))


async def _sheet(context: Context, report_id: int) -> Sheet:
    return await context.transact(reports.sheet, report_id)


async def started_from_last(context: Context, tap: OnReport) -> None:
    await _after(context, tap, reports.start_from_last)


async def asked_to_hand_in(context: Context, tap: OnReport) -> None:
    await context.show(screens.render_ask_hand_in(await _sheet(context, tap.report_id), context.t))


async def handed_in(context: Context, tap: OnReport) -> None:
    await _after(context, tap, reports.hand_in)


async def accepted(context: Context, tap: OnReport) -> None:
    await _after(context, tap, decisions.accept)


async def gave_back(context: Context, tap: OnReport) -> None:
    await _after(context, tap, decisions.give_back)


async def _after(context: Context, tap: OnReport, act: Any, *args: Any) -> None:
    await context.answer(screens.render_report, _sheet_after, act, tap.report_id, *args)


def _sheet_after(turn: Turn, act: Any, report_id: int, *args: Any) -> Sheet:
    act(turn, report_id, *args)
    return reports.sheet(turn, report_id)


async def asked_for_paper(context: Context, tap: OnReport) -> None:
    await papers.send(context, papers.report_paper, await _sheet(context, tap.report_id))


async def asked_for_sheet(context: Context, tap: OnReport) -> None:
    await papers.send(context, papers.report_sheet, await _sheet(context, tap.report_id))


def _drawn(sheet: Sheet, asked: Asked) -> Screen:
    return screens.render_report(sheet, asked.t)


def _last_year(asked: Asked) -> tuple[Option, ...]:
    this = asked.t.local_day(asked.now).year
    return tuple(Option(year, str(year)) for year in (this - 1, this - 2))


def _line_put(turn: Turn, form: Submission) -> Sheet:
    answers = form.answers
    reports.put_line(
        turn,
        form.subject_id,
        answers.get("site") or "",
        Carrier(answers["carrier"]),
        answers["kwh"],
        answers["year"],
    )
    return _filled(turn, form)


def _filled(turn: Turn, form: Submission) -> Sheet:
    return reports.sheet(turn, form.subject_id)


LINE: Questionnaire[Any] = Questionnaire(
    name="report_line",
    title=N_("Consumption for the report"),
    questions=(
        Question(
            "carrier",
            N_("Energy carrier"),
            N_("Of which energy?"),
            options=tuple(Option(one, label) for one, label in words.CARRIERS.items()),
        ),
        Question(
            "kwh",
            N_("Consumption"),
            N_("How much in the year?"),
            read=asking.read_kwh,
            show=lambda value, asked: words.kwh(value, asked.t),
            help=N_("In kilowatt-hours as on the bill. 0 takes it out of the report."),
        ),
        Question("year", N_("Year"), N_("In which year?"), read=asking.read_year, options_of=_last_year),
        Question(
            "site",
            N_("Site"),
            N_("At which site?"),
            read=reading.fact(80, 2),
            options_of=asking.sites_offered,
            optional=True,
            skip=N_("There is only one"),
        ),
    ),
    submit=_line_put,
    done=_drawn,
    check=reports.open_one,
    begin=asking.known_sites,
    has_summary=False,
)


def _line_changed(turn: Turn, form: Submission) -> Sheet:
    report = reports.change_line(turn, form.subject_id, form.answers["kwh"])
    return reports.sheet(turn, report.id)


CHANGE: Questionnaire[Any] = asks(
    "report_kwh",
    N_("Change a figure"),
    LINE.questions[1],
    submit=_line_changed,
    done=_drawn,
    check=reports.line_of,
)


def _words_put(turn: Turn, form: Submission, which: str) -> Sheet:
    reports.put_words(turn, form.subject_id, which, form.answers["text"])
    return _filled(turn, form)


def _words_form(name: str, title: str, which: str, prompt: str) -> Questionnaire[Any]:
    return asks(
        name,
        title,
        Question("text", title, prompt, read=reading.text(LONGEST, 3)),
        submit=lambda turn, form: _words_put(turn, form, which),
        done=_drawn,
        check=reports.open_one,
    )


def _tonnes(given: str, asked: Asked) -> int:
    try:
        readings = [grams for grams in read_tonnes(given) if 0 < grams < MOST_GRAMS]
    except NotAQuantity:
        readings = []
    if len(readings) > 1:
        raise asking.which(
            (words.tonnes(grams, asked.t), f"{grams / papers.TONNE:.6f}") for grams in readings
        )
    if not readings:
        raise Wrong(N_("Please write tonnes, like 120.5."))
    return readings[0]


def _balance_put(turn: Turn, form: Submission) -> Sheet:
    answers = form.answers
    family = Family(answers["family"])
    reports.put_balance(turn, form.subject_id, answers["grams"], family, answers["source"])
    return _filled(turn, form)


BALANCE: Questionnaire[Any] = Questionnaire(
    name="report_total",
    title=N_("Balance made elsewhere"),
    questions=(
        Question(
            "grams",
            N_("Tonnes"),
            N_("How many tonnes of CO₂ a year, Scope 1 and location-based Scope 2 together?"),
            read=_tonnes,
            show=lambda value, asked: words.tonnes(value, asked.t),
        ),
        Question(
            "family",
            N_("Takes in"),
            N_("What does it take in?"),
            options=(
                Option(Family.DIRECT, N_("Direct emissions")),
                Option(Family.UPSTREAM, N_("With upstream emissions")),
            ),
        ),
        Question(
            "source",
            N_("Source"),
            N_("What was it made with, and for which year?"),
            read=reading.line(160, 3),
        ),
    ),
    submit=_balance_put,
    done=_drawn,
    check=reports.open_one,
)


def _until(turn: Turn, form: Submission) -> date:
    return days.chosen_day(turn, form, "until") or date.max


def _granted(turn: Turn, form: Submission) -> Sheet:
    decisions.grant(turn, form.subject_id, _until(turn, form), form.answers["because"])
    return _filled(turn, form)


def _as_asked(turn: Turn, report_id: int) -> Answers:
    """The office's yes to what a partner asks for is a tap."""
    report = reports.own(turn, report_id)
    if not report.asked_until:
        return {}
    return {"until": report.asked_until.isoformat(), "because": report.asked_because}


def _time_asked(turn: Turn, form: Submission) -> Sheet:
    decisions.ask_for_time(turn, form.subject_id, _until(turn, form), form.answers["because"])
    return _filled(turn, form)


def _declined(turn: Turn, form: Submission) -> Sheet:
    decisions.decline(turn, form.subject_id, form.answers["because"])
    return _filled(turn, form)


def _check_asked(turn: Turn, report_id: int) -> None:
    only_staff(turn, report_id)
    reports.open_one(turn, report_id)


_UNTIL = days.question("until", N_("Until"), N_("Until when?"), has_month=True)
_BECAUSE = Question("because", N_("Reason"), N_("Why? The partner reads it."), read=reading.text(500, 3))

GRANT: Questionnaire[Any] = Questionnaire(
    name="report_grant",
    title=N_("Grant more time"),
    questions=(_UNTIL, _BECAUSE),
    submit=_granted,
    done=_drawn,
    check=only_staff,
    begin=_as_asked,
)
MORE: Questionnaire[Any] = Questionnaire(
    name="report_more",
    title=N_("Ask for more time"),
    questions=(_UNTIL, replace(_BECAUSE, prompt=N_("Why? The office reads it."))),
    submit=_time_asked,
    done=_drawn,
    check=reports.open_one,
)
DECLINE: Questionnaire[Any] = asks(
    "report_no",
    N_("No more time"),
    _BECAUSE,
    submit=_declined,
    done=_drawn,
    check=_check_asked,
    has_summary=True,
)

FORMS = (
    LINE,
    CHANGE,
    BALANCE,
    GRANT,
    MORE,
    DECLINE,
    _words_form(
        "report_goals",
        N_("Targets"),
        "targets",
        N_("Which targets does your organisation set itself, and which measures are planned?"),
    ),
    _words_form(
        "report_missed",
        N_("What was missed"),
        "missed",
        N_("What of the last report was not reached, and why?"),
    ),
)
