"""What people are told of ideas."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.screens.screen import Button, Row, Screen, lines, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.ideas.screens.board import list_of
from handlers.ideas.screens.idea import step_in_words
from handlers.ideas.screens.words import STATES
from storage.engine.following import Shows
from storage.ideas.board import Order
from storage.ideas.merges import Merged
from storage.ideas.progress import Told
from storage.ideas.tables import Idea

SHOWN = 160
OBJECTION = 1  # of what shows a merge: that somebody objects
TOLD = 7  # ideas in one message


def render_waits(count: int, t: Texts) -> Screen:
    return Screen(
        t.plural("💡 One idea waits to be looked at.", "💡 {n} ideas wait to be looked at.", count),
        ((Button(t.label("Look at them"), TurnList(list_of(Order.WAITING), 0)),),),
        shows=Shows("ideas_wait", 0),
    )


def render_reported_to_staff(idea: Idea, t: Texts) -> Screen:
    screen = _about(idea, t("⚠️ <b>Somebody reports this idea or a comment on it</b>"), t)
    return replace(screen, shows=Shows("idea_report", idea.id))


def render_published(idea: Idea, t: Texts) -> Screen:
    screen = _about(idea, t("💡 <b>Your idea is on the board</b>"), t)
    return replace(screen, shows=Shows("idea_news", idea.id))


def render_hidden(idea: Idea, t: Texts) -> Screen:
    reason = t("Why: {reason}", reason=shorten(idea.hidden_because, 600))
    head = lines(t("🚫 <b>The office has hidden your idea</b>"), reason)
    screen = _about(idea, head, t, (Button(t.label("Ask the office"), StartForm("ask", 0)),))
    return replace(screen, shows=Shows("idea_news", idea.id))


def render_commented(idea: Idea, t: Texts) -> Screen:
    comments = (Button(t.label("To the comments"), OnIdea(IdeaAct.COMMENTS, idea.id)),)
    screen = _about(idea, t("💬 <b>Your idea has a new comment</b>"), t, comments)
    return replace(screen, shows=Shows("idea_comment", idea.id))


def _about(idea: Idea, head: Markup, t: Texts, *rows: Row) -> Screen:
    return Screen(
        paragraphs(head, t("<i>{text}</i>", text=shorten(idea.text, SHOWN))),
        (*rows, (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea.id)),)),
    )


def render_progress(told: Sequence[Told], t: Texts) -> Screen:
    """What became of ideas that day."""
    shown = told[:TOLD]
    about = len({one.idea.id for one in told})
    head = t.plural("💡 <b>News of an idea</b>", "💡 <b>News of {n} ideas</b>", about)
    if len(told) == 1 and told[0].is_own:
        head = t("💡 <b>News of your idea</b>")
    ideas = dict.fromkeys(one.idea.id for one in shown)
    buttons = tuple(
        (Button(_named(number, len(ideas), t), OnIdea(IdeaAct.SHOW, idea_id)),)
        for number, idea_id in enumerate(ideas, 1)
    )
    numbers = {idea_id: number for number, idea_id in enumerate(ideas, 1)}
    return Screen(
        paragraphs(head, *(_step(one, numbers[one.idea.id], len(ideas), t) for one in shown)),
        (*buttons, to_menu(t)),
        shows=_of_day(told),
    )


def _of_day(told: Sequence[Told]) -> Shows | None:
    day = told[0].step.told_on
    return Shows("ideas_told", day.toordinal()) if day else None


def _named(number: int, of: int, t: Texts) -> str:
    return t.label("To the idea") if of == 1 else t.label("To idea {n}", n=number)


def _step(one: Told, number: int, of: int, t: Texts) -> Markup:
    place = f"{number}  " if of > 1 else ""
    return lines(
        t("<i>{place}{text}</i>", place=place, text=shorten(one.idea.text, SHOWN)),
        step_in_words(one.step, t),
        t("Since then: <b>{state}</b>", state=t(STATES[one.state_since])) if one.state_since else "",
    )


def render_answer(told: Told, t: Texts) -> Screen:
    """To the author alone."""
    return Screen(
        paragraphs(
            t("💡 <b>The office writes about your idea</b>"),
            t("<i>{text}</i>", text=shorten(told.idea.text, SHOWN)),
            shorten(told.step.text, 2000),
        ),
        (
            (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, told.idea.id)),),
            (Button(t.label("Ask the office"), StartForm("ask", 0)),),
        ),
        shows=Shows("idea_answer", told.idea.id, told.step.id),
    )


def render_merged(merged: Merged, t: Texts) -> Screen:
    if merged.merge.ended_at:
        return render_two_again(merged, t)
    return Screen(
        paragraphs(
            t("🔗 <b>Two ideas are one now</b>"),
            t("<b>{text}</b>", text=shorten(merged.into.text, SHOWN)),
            t("has taken in\n<i>{text}</i>", text=shorten(merged.idea.text, SHOWN)),
            t("Your support counts for both together."),
        ),
        (
            (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, merged.into.id)),),
            (
                Button(
                    t.label("These are two"),
                    OnIdea(IdeaAct.OBJECT, merged.into.id, merged.merge.id),
                ),
            ),
        ),
        shows=Shows("idea_merge", merged.merge.id),
    )


def render_two_again(merged: Merged, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("🔗 <b>These are two ideas again</b>"),
            t("<b>A</b>  {text}", text=shorten(merged.into.text, SHOWN)),
            t("<b>B</b>  {text}", text=shorten(merged.idea.text, SHOWN)),
        ),
        (
            (
                Button(t.label("To A"), OnIdea(IdeaAct.SHOW, merged.into.id)),
                Button(t.label("To B"), OnIdea(IdeaAct.SHOW, merged.idea.id)),
            ),
        ),
    )


def render_objected(merged: Merged, t: Texts) -> Screen:
    """To whoever says so."""
    return Screen(
        t("Thank you. The office decides whether to separate them again."),
        ((Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, merged.into.id)),), to_menu(t)),
    )


def render_objection(merged: Merged, t: Texts) -> Screen:
    """To staff."""
    if merged.merge.ended_at:
        return render_two_again(merged, t)
    return Screen(
        paragraphs(
            t("⚠️ <b>Somebody says that these are two ideas</b>"),
            t("{text}", text=shorten(merged.into.text, SHOWN)),
            t("{text}", text=shorten(merged.idea.text, SHOWN)),
        ),
        ((Button(t.label("Look, separate them"), OnIdea(IdeaAct.OFFICE, merged.into.id)),),),
        shows=Shows("idea_merge", merged.merge.id, OBJECTION),
    )
