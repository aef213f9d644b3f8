"""The lists by which the office calls and writes to those who do not get here what was sent."""

from datetime import date, timedelta
from typing import Any

from domain.basics.words import N_
from domain.events.reaching import How, Occasion
from handlers.chat import days, forms
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.field import ListAct
from handlers.chat.questions import Asked, Questionnaire, Submission, asks, only_staff
from handlers.chat.screens.screen import Button, Screen
from handlers.chat.texts import Texts
from handlers.events import papers
from handlers.events import reaching as of_events
from handlers.events.buttons import Listed, OnReach, ReachAct
from handlers.events.screens.answers_by_office import render_changed_meanwhile
from handlers.events.screens.reaching import render_silent
from handlers.office.screens import reaching as screens
from storage.engine.turn import Turn
from storage.events import unanswered
from storage.events.reaching import note
from storage.events.tables import Event
from storage.events.unanswered import Silent
from storage.office import reaching
from storage.office.reaching import ToReach

HOWS = {ReachAct.CALLED: How.CALLED, ReachAct.LETTER: How.LETTER, ReachAct.EMAIL: How.EMAIL}
AGAIN = {ReachAct.MISSED: 1, ReachAct.LATER: 3, ReachAct.NEXT_WEEK: 7}  # days
ABOUT = {
    Listed.EVENT: Occasion.EVENT,
    Listed.SILENT: Occasion.EVENT,
    Listed.MAILING: Occasion.MAILING,
    Listed.PROGRAMME: Occasion.PROGRAMME,
}
Shown = ToReach | tuple[Event, list[Silent]]


def _asked_for(which: Listed) -> ListAct:
    async def asked_for_list(context: Context, tap: TurnList) -> None:
        shown = await context.transact(_list, which, tap.subject_id)
        await context.show(_render(shown, which, tap.page, context.t))

    return asked_for_list


LISTS = {name: _asked_for(which) for which, name in screens.LISTS.items() if which is not Listed.SILENT}


async def acted(context: Context, tap: OnReach) -> None:
    """Whatever was noted, the list stays where it was."""
    match tap.act:
        case ReachAct.SHOW:
            found = await context.transact(
                reaching.one, ABOUT[tap.listed], tap.subject_id, tap.organisation_id
            )
            await context.show(screens.render_one(found, tap.listed, tap.page, context.t))
        case ReachAct.REMIND:
            await of_events.reminded(context, tap)
        case ReachAct.FILE:
            await _asked_for_letters(context, tap)
        case ReachAct.OTHER_DAY:
            names = ("subject_id", "organisation_id", "page", "listed", "seen")
            await forms.start_with(context, CALL_AGAIN.name, {name: getattr(tap, name) for name in names})
        case _:
            shown = await context.transact(_tapped, tap)
            screen = _after(shown, tap.listed, tap.page, context.t)
            await context.show(screen, alert=isinstance(shown, Faster))


class Faster(ToReach):
    """Another of the office has noted something that was not on the screen: nothing is noted."""


def _tapped(turn: Turn, tap: OnReach) -> Shown:
    again: date | None = None
    if tap.act in AGAIN:
        again = turn.now.astimezone(turn.pact.timezone).date() + timedelta(days=AGAIN[tap.act])
    how = HOWS.get(tap.act, How.MISSED)
    return _note(turn, tap.listed, tap.subject_id, tap.organisation_id, how, again, tap.seen)


def _note(
    turn: Turn,
    which: Listed,
    subject_id: int,
    organisation_id: int,
    how: How,
    again: date | None,
    seen: int | None,
) -> Shown:
    """The list as it is then, or the organisation, where another of the office was faster."""
    about = (ABOUT[which], subject_id)
    if note(turn, about, organisation_id, how, again, seen=seen):
        one = reaching.one(turn, *about, organisation_id)
        return Faster(one.subject, one.found)
    return _list(turn, which, subject_id)


def _list(turn: Turn, which: Listed, subject_id: int) -> Shown:
    if which is Listed.SILENT:
        return unanswered.for_staff(turn, subject_id)
    return reaching.to_work_off(turn, ABOUT[which], subject_id)


def _render(shown: Shown, which: Listed, page: int, t: Texts) -> Screen:
    if isinstance(shown, ToReach):
        return screens.render_to_reach(shown, which, page, t)
    return render_silent(*shown, page, t)


def _after(shown: Shown, which: Listed, page: int, t: Texts) -> Screen:
    if isinstance(shown, Faster):
        return render_changed_meanwhile(screens.render_one(shown, which, page, t), t)
    return _render(shown, which, page, t)


def _missed(turn: Turn, form: Submission) -> Shown:
    given = form.answers
    again = days.chosen_day(turn, form, "day")
    about = (given.get("subject_id", 0), given.get("organisation_id", 0))
    return _note(turn, Listed(given.get("listed", 0)), *about, How.MISSED, again, given.get("seen"))


def _done(shown: Shown, asked: Asked) -> Screen:
    return _after(shown, Listed(asked.answers.get("listed", 0)), asked.answers.get("page", 0), asked.t)


CALL_AGAIN: Questionnaire[Any] = asks(
    "call_again",
    N_("Call again"),
    days.question(
        "day",
        N_("Call again"),
        N_("On which day shall they be called again? Write a day like 15.01. or “Thursday”."),
    ),
    submit=_missed,
    done=_done,
    check=only_staff,
)


async def _asked_for_letters(context: Context, tap: OnReach) -> None:
    """Who is not reached in the chat, a row each, for a mail merge."""
    listed = await context.transact(reaching.to_work_off, ABOUT[tap.listed], tap.subject_id)
    t = context.t
    title = screens.titled(listed.subject, t)
    words = t.plural(
        "{title}: one organisation", "{title}: {n} organisations", len(listed.found), title=title
    )
    back = Button(t.label("Back to the list"), TurnList(screens.LISTS[tap.listed], 0, tap.subject_id))
    await context.show(Screen(words, ((back,),), file=papers.letters(title, listed.found, t)))
