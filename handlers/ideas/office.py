"""What the office does with ideas: looks, answers, decides, merges, makes events of them, a file."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from domain.basics.words import N_
from domain.ideas.ideas import State
from domain.ideas.refusals import IdeaIsGone, NoReasonGiven
from handlers.chat import days, reading
from handlers.chat.context import Context
from handlers.chat.questions import Answers, Asked, Option, Question, Questionnaire, Submission
from handlers.chat.screens.screen import File, Screen
from handlers.ideas import similar
from handlers.ideas.board import about
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.ideas.file import write_ideas
from handlers.ideas.screens import board as lists
from handlers.ideas.screens import idea as idea_screens
from handlers.ideas.screens import office as screens
from handlers.ideas.screens.words import STATES
from storage.engine import people
from storage.engine.turn import Turn
from storage.events.tables import Event
from storage.ideas import board, merges, outcomes, progress, views
from storage.ideas.board import Line
from storage.ideas.merges import Merged
from storage.ideas.tables import Idea
from storage.ideas.views import Desk, Look

SIMILAR = 2


async def asked_for_ideas(context: Context) -> None:
    counts = await context.transact(_counts)
    await context.show(lists.render_office_choice(*counts, context.t))


def _counts(turn: Turn) -> tuple[int, int, int]:
    return views.to_do(turn.session, turn.person, turn.now)


async def asked_for_desk(context: Context, tap: OnIdea) -> None:
    await _show(context, await context.transact(views.for_office, tap.idea_id))


async def _show(context: Context, desk: Desk) -> None:
    ids = [desk.look.idea.id, *(line.idea.id for line in desk.look.parts)]
    found = await similar.nearest(context, desk.look.idea.text, SIMILAR, but=ids)
    await context.show(screens.render_desk(desk, found, context.t))


def _act(act: Any) -> Any:
    """What is done with one tap, after which the desk is shown again."""

    async def do(context: Context, tap: OnIdea) -> None:
        await _show(context, await context.transact(_done, act, tap))

    return do


def _done(turn: Turn, act: Any, tap: OnIdea) -> Desk:
    act(turn, tap.idea_id)
    return views.for_office(turn, tap.idea_id)


published = _act(progress.publish)
restored = _act(progress.restore)
settled = _act(progress.settle_reports)
took_care = _act(progress.take_charge)


async def asked_to_publish(context: Context, tap: OnIdea) -> None:
    """What is public already is shown as it is."""
    desk = await context.transact(views.for_office, tap.idea_id)
    idea = desk.look.idea
    was_hidden = tap.act is IdeaAct.ASK_RESTORE
    if idea.hidden_at if was_hidden else idea.published_at is None:
        await context.show(screens.render_ask_publish(idea, context.t, was_hidden=was_hidden))
    else:
        await _show(context, desk)


async def asked_to_merge(context: Context, tap: OnIdea) -> None:
    one, other = await context.transact(_both, tap.idea_id, tap.value)
    await context.show(screens.render_ask_merge(one, other, context.t))


def _both(turn: Turn, idea_id: int, other_id: int) -> Sequence[Line]:
    ideas = [progress.for_office(turn, one) for one in (idea_id, other_id)]
    return board.describe(turn.session, [one.id for one in ideas], is_staff=True)


async def merged(context: Context, tap: OnIdea) -> None:
    await _show(context, await context.transact(_merge, tap))


def _merge(turn: Turn, tap: OnIdea) -> Desk:
    made = merges.merge(turn, tap.idea_id, tap.value)
    return views.for_office(turn, made.into_id)


async def asked_to_part(context: Context, tap: OnIdea) -> None:
    found = await context.transact(_standing, tap.value)
    await context.show(screens.render_ask_part(tap.idea_id, found, context.t))


def _standing(turn: Turn, merge_id: int) -> Merged:
    people.check_staff(turn.person)
    found = merges.find(turn.session, merge_id)
    if found.merge.ended_at:
        raise IdeaIsGone
    return found


async def parted(context: Context, tap: OnIdea) -> None:
    await _show(context, await context.transact(_part, tap))


def _part(turn: Turn, tap: OnIdea) -> Desk:
    merges.part(turn, tap.value)
    return views.for_office(turn, tap.idea_id)


async def asked_for_events(context: Context, tap: OnIdea) -> None:
    events = await context.transact(_events, tap.idea_id)
    await context.show(screens.render_events(tap.idea_id, events, context.t))


def _events(turn: Turn, idea_id: int) -> list[Event]:
    progress.for_office(turn, idea_id)
    return outcomes.coming_events(turn.session, turn.now)


async def asked_about_event(context: Context, tap: OnIdea) -> None:
    idea, event, said = await context.transact(_before_event, tap)
    await context.show(screens.render_ask_event(idea, event, said, context.t))


def _before_event(turn: Turn, tap: OnIdea) -> tuple[Idea, Event, Answers | None]:
    idea = progress.for_office(turn, tap.idea_id)
    event = outcomes.find_event(turn.session, tap.value, turn.now)
    return idea, event, _since(turn, tap.idea_id)


async def became_event(context: Context, tap: OnIdea) -> None:
    await context.answer(idea_screens.render_idea, _become, context, tap)


def _become(turn: Turn, context: Context, tap: OnIdea) -> Look:
    event = outcomes.find_event(turn.session, tap.value, turn.now)
    t = context.house.texts(turn.pact.language)
    why = str(t("{title}, {day}", title=event.title, day=t.day(event.starts_at)).unescape())
    idea = outcomes.become(turn, tap.idea_id, event, why)
    return views.look(turn, idea.id)


async def asked_for_file(context: Context) -> None:
    rows = await context.transact(views.all_for_file)
    t, today = context.t, context.now.astimezone(context.house.pact.timezone).date()
    file = File(f"ideas-{today}.xlsx", partial(write_ideas, rows, t))
    await context.show(screens.render_file(file, t))


def _changed_state(turn: Turn, form: Submission) -> Look:
    state, reason = State(form.answers["state"]), form.answers.get("reason") or ""
    if not reason and state in (State.NOT_NOW, State.DONE):
        raise NoReasonGiven
    idea = progress.change_state(turn, form.subject_id, state, reason)
    return views.look(turn, idea.id)


def _replied(turn: Turn, form: Submission) -> Look:
    is_public = form.answers["to"] == "all"
    idea = progress.answer(turn, form.subject_id, form.answers["text"], is_public=is_public)
    return views.look(turn, idea.id)


def _hidden(turn: Turn, form: Submission) -> Look:
    idea = progress.hide(turn, form.subject_id, form.answers["reason"])
    return views.look(turn, idea.id)


def _due(turn: Turn, form: Submission) -> Look:
    said = form.answers.get("day")
    day = date.fromisoformat(said) if said else None
    idea: Idea = progress.set_due(turn, form.subject_id, day)
    return views.look(turn, idea.id)


def _idea(look: Look, asked: Asked) -> Screen:
    return idea_screens.render_idea(look, asked.t)


def _since(turn: Turn, idea_id: int) -> Answers | None:
    """What others have said of it last, why it is hidden, and as part of what it is shown."""
    idea = progress.for_office(turn, idea_id)
    found = progress.said_by_others(turn, idea_id)
    said: Answers = {"hidden": idea.hidden_because} if idea.hidden_at else {}
    if idea.whole_id:
        said["whole"] = turn.session.get_one(Idea, idea.whole_id).text
    if found:
        step, by = found
        said |= {"id": step.id, "by": by, "state": step.state, "text": step.text}
        said["taken_at"] = step.taken_at.isoformat()
    return said or None


_on_idea = partial(  # a form of the office about one
    Questionnaire[Any],
    done=_idea,
    check=progress.for_office,
    about=about,
    since=_since,
    overtaken=lambda token, asked: screens.render_said_by_others(token, asked.t),
    card=lambda idea_id: OnIdea(IdeaAct.OFFICE, idea_id),
)


def _needs_no_reason(answers: Answers) -> bool:
    return answers.get("state") == State.NEW


STATE: Questionnaire[Any] = _on_idea(
    name="idea_state",
    title=N_("New state of an idea"),
    questions=(
        Question(
            "state",
            N_("State"),
            N_("What becomes of it?"),
            options=tuple(Option(state, label) for state, label in STATES.items()),
        ),
        Question(
            "reason",
            N_("In words"),
            N_("Why, and what comes next? All whom the idea concerns read it at the end of the day."),
            read=reading.text(500, 3),
            optional=True,
            skip_if=_needs_no_reason,
        ),
    ),
    submit=_changed_state,
    submit_label=N_("Save and tell"),
)

REPLY: Questionnaire[Any] = _on_idea(
    name="idea_reply",
    title=N_("Answer an idea"),
    questions=(
        Question("text", N_("Answer"), N_("What do you answer?"), read=reading.text(500, 2)),
        Question(
            "to",
            N_("To whom"),
            N_("Who should read it?"),
            options=(
                Option("all", N_("Everybody, on the board")),
                Option("author", N_("The author alone")),
            ),
        ),
    ),
    submit=_replied,
    submit_label=N_("Send the answer"),
    grows_at="text",
)

HIDE: Questionnaire[Any] = _on_idea(
    name="hide_idea",
    title=N_("Hide an idea"),
    questions=(
        Question(
            "reason",
            N_("Reason"),
            N_("Why? Only the author reads it."),
            read=reading.text(500, 3),
        ),
    ),
    submit=_hidden,
    submit_label=N_("Hide it"),
    grows_at="reason",
)

DUE: Questionnaire[Any] = _on_idea(
    name="idea_due",
    title=N_("Until when"),
    questions=(
        days.question(
            "day",
            N_("Day"),
            N_("Until when should there be something to say about it?"),
            optional=True,
            skip=N_("No date"),
            has_month=True,
        ),
    ),
    submit=_due,
    has_summary=False,
)

FORMS = (STATE, REPLY, HIDE, DUE)
