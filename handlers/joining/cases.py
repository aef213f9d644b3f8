"""The office's cases in the chat: lists, one case with its next step, notes, owner, outcome, signing."""

from dataclasses import replace
from typing import Any

from domain.basics.refusals import Refusal
from domain.basics.words import N_
from domain.joining.refusals import CaseHasMoved
from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.context import Context
from handlers.chat.meanings import Meaning
from handlers.chat.screens.refusals import render_refusal
from handlers.joining import papers
from handlers.joining.buttons import (
    AgreementAct,
    AskStep,
    ChooseOwner,
    OnAgreement,
    PartRequests,
    ShowHistory,
    ShowMore,
    ShowRequest,
    StepTo,
)
from handlers.joining.screens import case_history
from handlers.joining.screens import cases as screens
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining import cases, twins
from storage.joining.cases import Case, Entry


def about_case(payload: Any) -> tuple[Meaning, ...]:
    """What a reply to a message with this button can become."""
    return _about(payload.request_id)


def about_form(payload: StartForm) -> tuple[Meaning, ...]:
    return _about(payload.subject_id)


def _about(request_id: int) -> tuple[Meaning, ...]:
    return (
        Meaning("askback", N_("A question to the applicant"), request_id, for_staff=True),
        Meaning("note", N_("An internal note"), request_id, for_staff=True),
        Meaning("ask_case", N_("A question to the office"), request_id, for_staff=False),
    )


async def asked_for_cases(context: Context, tap: TurnList) -> None:
    await context.answer(screens.render_cases, cases.open_cases, tap.page)


async def asked_for_own_cases(context: Context, tap: TurnList) -> None:
    page = await context.transact(cases.open_cases, tap.page, only_own=True)
    await context.show(screens.render_cases(page, context.t, "my_cases"))


async def asked_for_request(context: Context, tap: ShowRequest) -> None:
    case = await context.transact(cases.show, tap.request_id)
    await context.show(screens.render_case(case, context.house.pact, context.now, context.t))


async def asked_for_more(context: Context, tap: ShowMore) -> None:
    await context.answer(screens.render_more, cases.show, tap.request_id)


async def asked_for_history(context: Context, tap: ShowHistory) -> None:
    request, entries = await context.transact(cases.history, tap.request_id)
    await context.show(case_history.render_history(request, entries, context.t))


async def asked_to_step(context: Context, tap: AskStep) -> None:
    case = await context.transact(cases.show, tap.request_id)
    await context.show(screens.render_ask_step(case, tap, context.t))


async def stepped(context: Context, tap: StepTo) -> None:
    await act(context, tap.request_id, tap.seen, cases.step, tap.request_id, tap.state)


async def act(context: Context, request_id: int, seen: int, step: Any, *args: Any) -> None:
    """Done only if nobody else has done anything since; who comes second sees what that was."""
    try:
        case = await context.transact(_unless_moved, request_id, seen, step, *args)
    except Refusal as refusal:
        await show_instead(context, request_id, seen, refusal)
    else:
        await context.show(screens.render_case(case, context.house.pact, context.now, context.t))


def _unless_moved(turn: Turn, request_id: int, seen: int, step: Any, *args: Any) -> Case:
    people.check_staff(turn.person)
    if cases.done_by_others(turn, request_id, seen):
        raise CaseHasMoved
    result: Case = step(turn, *args)
    return result


async def show_instead(context: Context, request_id: int, seen: int, refusal: Refusal) -> None:
    """The case as it is now, with what somebody else has done."""
    found = await context.read(_how_it_stands, request_id, seen)
    why = render_refusal(refusal, context.t, context.house.pact)
    screen = screens.render_case(found[0], context.house.pact, context.now, context.t)
    above = screens.render_done_by_others(why, found[1], context.t)
    await context.show(replace(screen.under(above), toast=str(why.striptags())), alert=True)


def _how_it_stands(turn: Turn, request_id: int, seen: int) -> tuple[Case, Entry | None]:
    case = cases.show(turn, request_id)
    return case, cases.done_by_others(turn, request_id, seen)


async def parted(context: Context, tap: PartRequests) -> None:
    case = await context.transact(_part, tap.request_id)
    await context.show(screens.render_case(case, context.house.pact, context.now, context.t))


async def acted_on_agreement(context: Context, tap: OnAgreement) -> None:
    if tap.act is AgreementAct.CHASE:
        case = await context.transact(cases.chase, tap.request_id)
        await context.show(screens.render_case(case, context.house.pact, context.now, context.t))
        return
    case = await context.transact(cases.show, tap.request_id)
    pact, t = context.house.pact, context.t
    file = papers.agreement(case.request, pact, t)
    await context.show(replace(screens.render_agreement(case.request, t), file=file))


def _part(turn: Turn, request_id: int) -> Case:
    first = twins.part(turn, request_id)
    return cases.case(turn.session, first)


async def chose_owner(context: Context, tap: ChooseOwner) -> None:
    if tap.person_id:
        await act(context, tap.request_id, tap.seen, cases.set_owner, tap.request_id, tap.person_id)
    else:
        case, staff = await context.transact(_owners, tap.request_id)
        await context.show(screens.render_owners(case, staff, context.t))


def _owners(turn: Turn, request_id: int) -> tuple[Case, list[Person]]:
    return cases.show(turn, request_id), people.staff(turn.session)
