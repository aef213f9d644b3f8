"""Whom an event reaches, in the chat: lists to call and write by, a reminder to the silent, a file."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from domain.basics.words import N_
from domain.events.reaching import How
from handlers.chat import days, forms
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.questions import Asked, Questionnaire, Submission, only_staff
from handlers.chat.screens.screen import Screen
from handlers.events import papers
from handlers.events.buttons import OnReach, ReachAct
from handlers.events.screens import reaching as screens
from handlers.events.screens.answers_by_office import render_changed_meanwhile
from storage.engine.turn import Turn
from storage.events import guest_list, reaching, unanswered
from storage.events.reaching import Reached
from storage.events.tables import CallAttempt, Event

HOWS = {ReachAct.CALLED: How.CALLED, ReachAct.LETTER: How.LETTER, ReachAct.EMAIL: How.EMAIL}
WHERE = ("page", "is_silent")  # in which list
AGAIN = {ReachAct.MISSED: 1, ReachAct.LATER: 3, ReachAct.NEXT_WEEK: 7}  # days


async def asked_for_reach(context: Context, tap: TurnList) -> None:
    event, found = await context.transact(reaching.of_event, tap.subject_id)
    await context.show(screens.render_whom(event, found, tap.page, context.t))


async def asked_for_to_reach(context: Context, tap: TurnList) -> None:
    event, found = await context.transact(reaching.to_work_off, tap.subject_id)
    await context.show(screens.render_to_reach(event, found, tap.page, context.t))


async def asked_for_silent(context: Context, tap: TurnList) -> None:
    event, found = await context.transact(unanswered.for_staff, tap.subject_id)
    await context.show(screens.render_silent(event, found, tap.page, context.t))


async def asked_for_names(context: Context, tap: TurnList) -> None:
    event, found = await context.transact(guest_list.for_staff, tap.subject_id)
    await context.show(screens.render_names(event, found, tap.page, context.t))


async def acted(context: Context, tap: OnReach) -> None:
    """Whatever was noted, the list stays where it was."""
    if tap.act is ReachAct.SHOW:
        event, one = await context.transact(reaching.one, tap.event_id, tap.organisation_id)
        await context.show(screens.render_one(event, one, tap.page, tap.is_silent, context.t))
        return
    if tap.act is ReachAct.REMIND:
        await _reminded(context, tap)
        return
    if tap.act is ReachAct.OTHER_DAY:
        known = {name: getattr(tap, name) for name in ("event_id", "organisation_id", *WHERE, "seen")}
        await forms.start_with(context, CALL_AGAIN.name, known)
        return
    if await context.transact(_note, tap):
        event, one = await context.read(reaching.one, tap.event_id, tap.organisation_id)
        screen = screens.render_one(event, one, tap.page, tap.is_silent, context.t)
        await context.show(render_changed_meanwhile(screen, context.t), alert=True)
        return
    await _back_to_list(context, tap)


async def _back_to_list(context: Context, tap: OnReach) -> None:
    if tap.is_silent:
        event, silent = await context.read(unanswered.for_staff, tap.event_id)
        await context.show(screens.render_silent(event, silent, tap.page, context.t))
    else:
        event, found = await context.read(reaching.to_work_off, tap.event_id)
        await context.show(screens.render_to_reach(event, found, tap.page, context.t))


def _note(turn: Turn, tap: OnReach) -> CallAttempt | None:
    again: date | None = None
    if tap.act in AGAIN:
        today = turn.now.astimezone(turn.pact.timezone).date()
        again = today + timedelta(days=AGAIN[tap.act])
    how = HOWS.get(tap.act, How.MISSED)
    about = (tap.event_id, tap.organisation_id)
    return reaching.note(turn, *about, how, again, seen=tap.seen)


def _missed(turn: Turn, form: Submission) -> tuple[Event, Any]:
    """The list as it is then, or the organisation, where another of the office was faster."""
    answers = form.answers
    about = (answers.get("event_id", 0), answers.get("organisation_id", 0))
    again = days.chosen_day(turn, form, "day")
    if reaching.note(turn, *about, How.MISSED, again, seen=answers.get("seen")):
        return reaching.one(turn, *about)
    listed = unanswered.for_staff if answers.get("is_silent") else reaching.to_work_off
    return listed(turn, about[0])


def _show_list(found: tuple[Event, Any], asked: Asked) -> Screen:
    (event, shown), t = found, asked.t
    page, is_silent = (asked.answers.get(name, 0) for name in WHERE)
    if isinstance(shown, Reached):
        return render_changed_meanwhile(screens.render_one(event, shown, page, is_silent, t), t)
    render = screens.render_silent if is_silent else screens.render_to_reach
    return render(event, shown, page, t)


CALL_AGAIN: Questionnaire[Any] = Questionnaire(
    name="call_again",
    title=N_("Call again"),
    questions=(
        days.question(
            "day",
            N_("Call again"),
            N_("On which day shall they be called again? Write a day like 15.01. or “Thursday”."),
        ),
    ),
    submit=_missed,
    done=_show_list,
    check=only_staff,
    has_summary=False,
)
FORMS: Sequence[Questionnaire[Any]] = (CALL_AGAIN,)


async def _reminded(context: Context, tap: OnReach) -> None:
    count = await context.transact(reaching.remind_silent, tap.event_id)
    event, found = await context.read(unanswered.for_staff, tap.event_id)
    t = context.t
    toast = (
        str(t.plural("One person is reminded.", "{n} people are reminded.", count))
        if count
        else t.label("Everybody was reminded today, or cannot be written to.")
    )
    await context.show(screens.render_silent(event, found, tap.page, t, toast))


async def asked_for_letters(context: Context, event_id: int) -> None:
    """Who is not reached in the chat, a row each, for a mail merge."""
    event, found = await context.transact(reaching.to_work_off, event_id)
    t = context.t
    file = papers.letters(event, found, context.house.pact, t)
    words = t.plural("{title}: one organisation", "{title}: {n} organisations", len(found), title=event.title)
    await context.show(Screen(words, file=file))
