"""The programme in the chat, for everybody: by month, as files; hosts who are asked; the office's year."""

import asyncio
from typing import Any

from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.programme.refusals import HostQuestionIsOver, NothingIsReleased
from handlers.chat.context import Context
from handlers.chat.moments import moment, read_exact_moment, show_moment
from handlers.chat.questions import Asked as Question_
from handlers.chat.questions import Question, Questionnaire, Submission, asks
from handlers.chat.screens.screen import File
from handlers.programme import office, papers, report
from handlers.programme.buttons import AnswerHost, AskToWithdraw, OnYear, ShowHostQuestion, YearAct
from handlers.programme.screens import office as office_screens
from handlers.programme.screens import programme as screens
from storage.engine.people import check_staff
from storage.engine.turn import Turn
from storage.programme import hosts, releases, results
from storage.programme.hosts import Asked
from storage.programme.releases import Facts, Programme
from storage.programme.tables import HostAnswer

Out = tuple[Programme, Facts]


def address_of(programme: Programme, pact: Pact) -> str:
    """Where calendars find it; empty where browsers reach nothing of the bot."""
    return f"{pact.pages_url}/programme/{programme.calendar_key}.ics" if pact.pages_url else ""


async def asked_for_programme(context: Context) -> None:
    await _show(context, None)


async def _show(context: Context, year: int | None) -> None:
    found = await context.transact(_seen, year)
    if found is None:
        await context.show(screens.render_nothing_out(context.t))
    else:
        address = address_of(found, context.house.pact)
        await context.show(screens.render_programme(found, address, context.t))


def _seen(turn: Turn, year: int | None) -> Programme | None:
    """None for staff, who can go on planning."""
    try:
        return releases.seen(turn, year)
    except NothingIsReleased:
        if turn.person.is_staff:
            return None
        raise


async def acted_on_year(context: Context, tap: OnYear) -> None:
    match tap.act:
        case YearAct.SHOW:
            await _show(context, tap.year)
        case YearAct.DESK:
            await office.show_desk(context, tap.year)
        case YearAct.ASK_RELEASE:
            await office.asked_to_release(context, tap.year)
        case YearAct.RELEASE:
            await office.released(context, tap.year, tap.value)
        case YearAct.DATES:
            await office.asked_for_all_dates(context, tap.year)
        case YearAct.TAKE_DATES:
            await office.took_all_dates(context, tap.year, tap.value)
        case YearAct.FILES:
            await _show_files(context, tap.year)
        case YearAct.REPORT | YearAct.SHEETS:
            await _send_report(context, tap)
        case _:
            await _send_file(context, tap)


async def _show_files(context: Context, year: int) -> None:
    found = await context.transact(_released, year)
    address = address_of(found, context.house.pact) if found else ""
    screen = office_screens.render_files(year, address, context.t, is_released=found is not None)
    await context.show(screen)


def _released(turn: Turn, year: int) -> Programme | None:
    check_staff(turn.person)
    return releases.public(turn.session, year) if releases.latest(turn.session, year) else None


async def _send_file(context: Context, tap: OnYear) -> None:
    programme, facts = await context.transact(_out, tap.year)
    file = await asyncio.to_thread(_written, tap.act, programme, facts, context)
    await context.show(screens.render_file(file, context.t))


def _out(turn: Turn, year: int) -> Out:
    return releases.public(turn.session, year), releases.facts(turn, year)


def _written(act: YearAct, programme: Programme, facts: Facts, context: Context) -> File:
    pact, t = context.house.pact, context.t
    match act:
        case YearAct.PDF:
            return papers.poster(programme, pact, t)
        case YearAct.MARKDOWN:
            return papers.markdown(programme, facts, pact, t)
        case YearAct.DOCX:
            return papers.press(programme, facts, pact, t)
        case _:
            return papers.calendar(programme, pact, t)


async def _send_report(context: Context, tap: OnYear) -> None:
    pact = context.house.pact
    found = await context.transact(results.of_year, tap.year)
    t = context.t
    write = report.paper if tap.act is YearAct.REPORT else report.sheets
    file = await asyncio.to_thread(write, found, pact, t)
    await context.show(screens.render_file(file, t))


async def asked_for_host_question(context: Context, tap: ShowHostQuestion) -> None:
    await context.answer(screens.render_host_question, hosts.question, tap.request_id)


async def answered_as_host(context: Context, tap: AnswerHost) -> None:
    if tap.answer is HostAnswer.WITHDRAWN:
        await context.answer(screens.render_host_question, hosts.withdraw, tap.request_id)
    elif tap.answer in (HostAnswer.YES, HostAnswer.NO):
        await context.answer(screens.render_host_question, hosts.answer, tap.request_id, tap.answer)
    else:
        raise HostQuestionIsOver


async def asked_to_withdraw(context: Context, tap: AskToWithdraw) -> None:
    await context.answer(screens.render_ask_withdraw, hosts.given_yes, tap.request_id)


def _named_other(turn: Turn, form: Submission) -> Asked:
    other = moment(form.answers["at"])
    request_id = form.subject_id
    return hosts.answer(turn, request_id, HostAnswer.OTHER, other)


def _done(found: Asked, asked: Question_) -> Any:
    return screens.render_host_question(found, asked.t)


OTHER: Questionnaire[Any] = asks(
    "host_other",
    N_("On another date"),
    Question(
        "at",
        N_("Date"),
        N_("On which date could you host? Like “Do 15.4.2027 14 Uhr”."),
        read=read_exact_moment,
        show=show_moment,
    ),
    submit=_named_other,
    done=_done,
    check=hosts.open_question,
    submit_label=N_("Propose it"),
)
FORMS = (OTHER,)
