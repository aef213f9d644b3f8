"""Date polls in the chat: one tap for each date; what the office does with them."""

from datetime import datetime, time
from typing import Any

from sqlmodel import Session

from domain.basics.calendar import at
from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from domain.programme.polls import FEWEST, MOST
from handlers.chat import days
from handlers.chat.context import Context
from handlers.chat.moments import moment, read_exact_moment, read_moments, show_moment
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
from handlers.chat.screens.screen import Screen, shorten
from handlers.events.planning import Planned, plan
from handlers.events.screens.planning import render_plan
from handlers.programme.buttons import OnPoll, PollAct, SayCan
from handlers.programme.screens import polls as screens
from storage.engine.turn import Turn
from storage.mailings import selections
from storage.programme import polls, slots
from storage.programme.asking import Whom
from storage.programme.polls import Poll
from storage.programme.tables import PollOption, ProgrammeSlot

ENDS = time(18)  # of the last day
PROPOSED = "proposed"  # the dates that the bot proposes
MOST_KEPT = 20  # selections among the buttons
WHOM = {
    Whom.ALL: N_("All partners"),
    Whom.SUPPORTERS: N_("Supporters of the idea"),
    Whom.INITIAL: N_("The initial partners"),
    Whom.COMPANIES: N_("Companies"),
    Whom.SMALL: N_("Small and medium-sized ones"),
}


async def acted(context: Context, tap: OnPoll) -> None:
    match tap.act:
        case PollAct.ASK_CHOOSE:
            poll, chosen = await context.transact(polls.check_choice, tap.value, tap.edition)
            await context.show(screens.render_ask_choose(poll, chosen, context.t))
        case PollAct.CHOOSE:
            event, reach = await context.transact(_choose, tap)
            await context.show(render_plan(event, reach, context.now, context.t))
        case PollAct.ASK_GIVE_UP:
            poll = await context.transact(polls.show, tap.poll_id)
            await context.show(screens.render_ask_give_up(poll, context.t))
        case PollAct.GIVE_UP:
            await _show(context, await context.transact(polls.give_up, tap.poll_id))
        case PollAct.SHOW:
            await _show(context, await context.transact(polls.show, tap.poll_id))


def _choose(turn: Turn, tap: OnPoll) -> Planned:
    event = polls.choose(turn, tap.value, tap.edition)
    return plan(turn, event.id)


async def _show(context: Context, poll: Poll) -> None:
    await context.show(screens.render_poll(poll, context.t))


async def said(context: Context, tap: SayCan) -> None:
    found = await context.transact(polls.answer, tap.poll_id, tap.option_id, tap.edition, tap.can)
    await _show(context, found)


def _read_dates(given: str, asked: Asked) -> list[str]:
    found: list[str] = read_moments(MOST)(given, asked)
    if len(found) < FEWEST:
        raise Wrong(N_("Please give two to five dates with their times, each on a line of its own."))
    return found


def _made(turn: Turn, form: Submission) -> Poll:
    answers, staff, slot_id = form.answers, turn.person, form.subject_id
    given = answers["proposed"] if answers["dates"] == PROPOSED else answers["dates"]
    moments = [moment(one) for one in given]
    day = days.chosen_day(turn, form, "deadline")
    assert day
    return polls.create(
        turn.of(staff),
        slot_id,
        moments,
        answers["whom"] if isinstance(answers["whom"], int) else Whom(answers["whom"]),
        at(day, ENDS, turn.pact.timezone),
        is_hidden=answers["hidden"] == "yes",
    )


def _added(turn: Turn, form: Submission) -> Poll:
    return polls.add_option(turn, form.subject_id, moment(form.answers["at"]))


def _moved(turn: Turn, form: Submission) -> Poll:
    return polls.move_option(turn, form.subject_id, moment(form.answers["at"]))


def _extended(turn: Turn, form: Submission) -> Poll:
    day = days.chosen_day(turn, form, "deadline")
    assert day
    ends = at(day, ENDS, turn.pact.timezone)
    return polls.extend(turn, form.subject_id, ends)


def _with_offers(turn: Turn, slot_id: int) -> Answers:
    """What the questions for dates and for people offer."""
    zone = turn.pact.timezone
    return {
        "proposed": sorted(one.starts_at(zone).isoformat() for one in slots.proposals(turn, slot_id)),
        "kept": [[one.id, one.name] for one in selections.kept(turn.session)[:MOST_KEPT]],
    }


def _proposed(asked: Asked) -> tuple[Option, ...]:
    """As they are proposed, all at the same hour."""
    found = [datetime.fromisoformat(one) for one in asked.answers.get("proposed") or ()]
    if len(found) < FEWEST:
        return ()
    days_of = ", ".join(asked.t.short_date(one.date()) for one in found)
    return (Option(PROPOSED, f"{days_of}, {found[0]:%H:%M}"),)


def _whom(asked: Asked) -> tuple[Option, ...]:
    kept = asked.answers.get("kept") or []
    return (
        *(Option(whom, label) for whom, label in WHOM.items()),
        *(Option(kept_id, shorten(name, 40)) for kept_id, name in kept),
    )


def _about_slot(session: Session, slot_id: int) -> str:
    return session.get_one(ProgrammeSlot, slot_id).title


def _check_poll(turn: Turn, poll_id: int) -> None:
    only_staff(turn, poll_id)
    polls.get(turn.session, poll_id)


def _check_option(turn: Turn, option_id: int) -> None:
    only_staff(turn, option_id)
    if turn.session.get(PollOption, option_id) is None:
        raise ButtonIsOutdated


def _about_poll(session: Session, poll_id: int) -> str:
    return _about_slot(session, polls.get(session, poll_id).slot_id)


def _about_option(session: Session, option_id: int) -> str:
    return _about_poll(session, session.get_one(PollOption, option_id).poll_id)


def _drawn(poll: Poll, asked: Asked) -> Screen:
    return screens.render_poll(poll, asked.t)


_DEADLINE = Question(
    "deadline",
    N_("Until when"),
    N_("Until which day may people answer?"),
    read=days.day_to_come,
    show=lambda value, asked: days.show_day(value, asked) if isinstance(value, str) else str(value),
    options=(Option(7, N_("In a week")), Option(14, N_("In two weeks"))),
    has_month=True,
)
_DATE = Question(
    "at",
    N_("Date"),
    N_("When? Like “Do 15.4.2027 14 Uhr”."),
    read=read_exact_moment,
    show=show_moment,
)

POLL: Questionnaire[Any] = Questionnaire(
    name="slot_poll",
    title=N_("Date poll"),
    questions=(
        Question(
            "dates",
            N_("Dates"),
            N_("Which dates? Two to five, each on a line of its own, like “Do 15.4.2027 14 Uhr”."),
            read=_read_dates,
            show=lambda value, asked: ", ".join(show_moment(one, asked) for one in value),
            options_of=_proposed,
        ),
        Question(
            "whom",
            N_("Who is asked"),
            N_("Who is asked? Selections that are kept under mailings can be, too."),
            options_of=_whom,
        ),
        Question(
            "hidden",
            N_("Answers of others"),
            N_("May people see what others say before they have answered?"),
            options=(Option("yes", N_("Only afterwards")), Option("no", N_("At once"))),
        ),
        _DEADLINE,
    ),
    begin=_with_offers,
    check=slots.get,
    about=_about_slot,
    submit=_made,
    done=_drawn,
    submit_label=N_("Ask them"),
)
ADD: Questionnaire[Any] = asks(
    "poll_add",
    N_("Add a date"),
    _DATE,
    submit=_added,
    done=_drawn,
    check=_check_poll,
    about=_about_poll,
    submit_label=N_("Add and tell"),
)
MOVE: Questionnaire[Any] = asks(
    "poll_move",
    N_("Move a date"),
    _DATE,
    submit=_moved,
    done=_drawn,
    check=_check_option,
    about=_about_option,
    submit_label=N_("Move and ask again"),
)
DEADLINE: Questionnaire[Any] = asks(
    "poll_deadline",
    N_("Other deadline"),
    _DEADLINE,
    submit=_extended,
    done=_drawn,
    check=_check_poll,
    about=_about_poll,
)
FORMS = (POLL, ADD, MOVE, DEADLINE)
