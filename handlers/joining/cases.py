"""The office's cases in the chat: lists, one case with its next step, notes, owner, outcome, signing."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
from markupsafe import Markup

from domain.basics.refusals import Refusal
from domain.basics.words import N_
from domain.joining.refusals import CaseHasMoved
from domain.joining.requests import NewRequest, RequestState
from domain.joining.talks import Result
from domain.partners.organisations import Category, Size
from handlers.chat import days, reading
from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.context import Context
from handlers.chat.meanings import Meaning
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission, only_staff
from handlers.chat.screens.refusals import render_refusal
from handlers.chat.texts import Texts
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
from handlers.joining.screens import cases as screens
from handlers.partners.screens.words import CATEGORIES, SIZES
from storage.engine import people
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.joining import case_progress, cases, requests, twins
from storage.joining.cases import Case, Entry

TODAY, TOMORROW, WEEK, MONTH, QUARTER = (0, 1, 7, 30, 91)


def _check_undecided(turn: Turn, request_id: int) -> None:
    case_progress.check_undecided(turn.session, cases.show(turn, request_id).request)


def _show(case: Case, asked: Asked) -> Any:
    return screens.render_case(case, asked.pact, asked.now, asked.t)


def _declined(turn: Turn, form: Submission) -> Case:
    return _step(turn, form, RequestState.DECLINED, form.answers["reason"])


def _step(
    turn: Turn, form: Submission, state: RequestState, reason: str = "", due_on: date | None = None
) -> Case:
    return cases.step(turn, form.subject_id, state, reason, due_on)


def since(turn: Turn, request_id: int) -> Answers | None:
    """A questionnaire's `since`: for the office, what others have done with a case."""
    entry = cases.done_by_others(turn, request_id) if turn.person.is_staff else None
    return msgspec.to_builtins(entry) if entry else None


def overtaken(token: Answers, asked: Asked) -> Markup:
    return screens.render_entry(msgspec.convert(token, Entry), asked.t)


DECLINE: Questionnaire[Any] = Questionnaire(
    name="decline",
    title=N_("Decline a request"),
    questions=(
        Question(
            "reason",
            N_("Reason"),
            N_("Why is the request declined? The applicant will read this."),
            read=reading.text(500, 3),
        ),
    ),
    submit=_declined,
    done=_show,
    submit_label=N_("Decline the request"),
    check=_check_undecided,
    about=case_progress.name_of,
    since=since,
    overtaken=overtaken,
    card=ShowRequest,
)

SLEEP: Questionnaire[Any] = Questionnaire(
    name="sleep",
    title=N_("Lay to rest"),
    questions=(
        Question(
            "until",
            N_("Until"),
            N_("Until when should it rest? Tap, or write a day."),
            read=days.day_to_come,
            show=days.show_day,
            options=(
                Option(MONTH, N_("A month")),
                Option(QUARTER, N_("Three months")),
                Option(2 * QUARTER, N_("Half a year")),
            ),
        ),
    ),
    submit=lambda turn, form: _step(
        turn, form, RequestState.ASLEEP, due_on=days.chosen_day(turn, form, "until")
    ),
    done=_show,
    submit_label=N_("Lay to rest"),
    check=_check_undecided,
    about=case_progress.name_of,
    since=since,
    overtaken=overtaken,
    card=ShowRequest,
)

NOTE: Questionnaire[Any] = Questionnaire(
    name="note",
    title=N_("Internal note"),
    questions=(
        Question(
            "text",
            N_("Note"),
            N_("What should be noted? Only the office reads it."),
            read=reading.text(1000, 2),
        ),
    ),
    submit=lambda turn, form: cases.note(turn, form.subject_id, form.answers["text"]),
    done=_show,
    has_summary=False,
    check=cases.show,
    about=case_progress.name_of,
    since=since,
    overtaken=overtaken,
    card=ShowRequest,
)

ASK_BACK: Questionnaire[Any] = Questionnaire(
    name="askback",
    title=N_("Ask the applicant"),
    questions=(
        Question("text", N_("Question"), N_("What would you like to know?"), read=reading.text(1000, 3)),
    ),
    submit=lambda turn, form: cases.ask_back(turn, form.subject_id, form.answers["text"]),
    done=_show,
    submit_label=N_("Send the question"),
    check=_check_undecided,
    about=case_progress.name_of,
    since=since,
    overtaken=overtaken,
    card=ShowRequest,
)

DUE: Questionnaire[Any] = Questionnaire(
    name="due",
    title=N_("Due date"),
    questions=(
        Question(
            "due",
            N_("Due"),
            N_("By when is something to be done? Tap, or write a day."),
            read=days.day_to_come,
            show=days.show_day,
            options=(
                Option(TODAY, N_("Today")),
                Option(TOMORROW, N_("Tomorrow")),
                Option(WEEK, N_("In a week")),
                Option(MONTH, N_("In a month")),
            ),
            optional=True,
        ),
    ),
    submit=lambda turn, form: cases.set_due(turn, form.subject_id, days.chosen_day(turn, form, "due")),
    done=_show,
    has_summary=False,
    check=_check_undecided,
    about=case_progress.name_of,
    since=since,
    overtaken=overtaken,
    card=ShowRequest,
)


def _recorded(turn: Turn, form: Submission) -> Case:
    due_on = days.chosen_day(turn, form, "agreement") or days.chosen_day(turn, form, "again")
    result = Result(form.answers["result"])
    reason = form.answers.get("why")
    if reason:
        words = Texts(turn.pact.language, turn.pact.timezone)
        reason = words.label(reason) if reason in screens.REASONS else reason
        cases.note(turn, form.subject_id, reason)
    return cases.record_outcome(turn, form.subject_id, result, due_on)


OUTCOME: Questionnaire[Any] = Questionnaire(
    name="outcome",
    title=N_("After the talk"),
    questions=(
        Question(
            "result",
            N_("Outcome"),
            N_("What came of the talk?"),
            options=tuple(Option(value, label) for value, label in screens.RESULTS.items()),
        ),
        Question(
            "agreement",
            N_("Agreement"),
            N_("By when does the agreement go out?"),
            read=days.day_to_come,
            show=days.show_day,
            options=(
                Option(TODAY, N_("Today")),
                Option(TOMORROW, N_("Tomorrow")),
                Option(WEEK, N_("In a week")),
            ),
            skip_if=lambda answers: answers.get("result") != Result.JOINS,
        ),
        Question(
            "again",
            N_("Ask again"),
            N_("When should the office ask again?"),
            read=days.day_to_come,
            show=days.show_day,
            options=(
                Option(WEEK, N_("In a week")),
                Option(MONTH, N_("In a month")),
                Option(QUARTER, N_("In three months")),
            ),
            skip_if=lambda answers: answers.get("result") != Result.THINKS,
        ),
        Question(
            "why",
            N_("Reason"),
            N_("Why not? Only the office reads it. Tap, or write it."),
            read=reading.text(300, 2),
            options=tuple(Option(label, label) for label in screens.REASONS),
            skip_if=lambda answers: answers.get("result") != Result.DECLINES,
        ),
    ),
    submit=_recorded,
    done=_show,
    submit_label=N_("Save"),
    check=_check_undecided,
    about=case_progress.name_of,
    since=since,
    overtaken=overtaken,
    card=ShowRequest,
    is_adaptive=True,
)


def _signed(turn: Turn, form: Submission) -> Case:
    signed_on = days.chosen_day(turn, form, "day")
    assert signed_on
    return requests.sign(turn, form.subject_id, signed_on)


SIGN: Questionnaire[Any] = Questionnaire(
    name="sign",
    title=N_("Agreement signed"),
    questions=(
        Question(
            "day",
            N_("Signed on"),
            N_("On which day was the agreement signed? Tap, or write the day."),
            read=days.day_until_today,
            show=days.show_day,
            options=(Option(TODAY, N_("Today")), Option(-1, N_("Yesterday"))),
        ),
    ),
    submit=_signed,
    done=_show,
    submit_label=N_("Make it a partner"),
    check=_check_undecided,
    about=case_progress.name_of,
    since=since,
    overtaken=overtaken,
    card=ShowRequest,
)


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
    await context.show(screens.render_history(request, entries, context.t))


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


def _entered(turn: Turn, form: Submission) -> Case:
    answers = form.answers
    new = NewRequest(
        answers["organisation"],
        Category(answers["category"]),
        answers["postcode"],
        Size(answers["size"]),
        answers["contact"],
        answers["email"] or "",
        answers["phone"],
    )
    request = requests.enter(turn, new)
    return cases.case(turn.session, request)


ENTER: Questionnaire[Any] = Questionnaire(
    name="join_for",
    title=N_("Enter a request"),
    questions=(
        Question(
            "organisation",
            N_("Organisation"),
            N_("Which organisation wants to join?"),
            read=reading.name(160),
        ),
        Question(
            "category",
            N_("Kind"),
            N_("What is it?"),
            options=tuple(Option(value, label) for value, label in CATEGORIES.items()),
        ),
        Question("postcode", N_("Postcode"), N_("Its postcode?"), read=reading.postcode),
        Question(
            "size",
            N_("Employees"),
            N_("How many people work there?"),
            options=tuple(Option(value, label) for value, label in SIZES.items()),
        ),
        Question("contact", N_("Contact"), N_("Who has called or written?"), read=reading.name(128, 3)),
        Question(
            "phone",
            N_("Phone"),
            N_("At which number can they be reached?"),
            read=reading.phone,
            show=reading.show_phone,
            optional=True,
        ),
        Question("email", N_("E-mail"), N_("Their e-mail address?"), read=reading.email, optional=True),
    ),
    submit=_entered,
    done=_show,
    submit_label=N_("Save"),
    check=only_staff,
)

FORMS = (DECLINE, SLEEP, NOTE, ASK_BACK, DUE, OUTCOME, SIGN, ENTER)
