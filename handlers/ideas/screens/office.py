"""What the office sees of an idea and does with it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from domain.ideas.ideas import State
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.screen import Button, File, Row, Screen, are_you_sure, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.ideas.screens.words import STATES
from storage.engine.following import Shows
from storage.events.tables import Event
from storage.ideas.board import Line
from storage.ideas.merges import Merged
from storage.ideas.tables import Idea
from storage.ideas.views import Desk

FOR_OFFICE = 1  # of what shows an idea: the desk
NAMED = 32  # characters of another idea on a button
SHOWN = 300
MERGES = 6


def render_desk(desk: Desk, similar: Sequence[Line], t: Texts) -> Screen:
    idea = desk.look.idea
    return Screen(
        paragraphs(
            t("<b>For the office</b>\n<i>{text}</i>", text=shorten(idea.text, SHOWN)),
            lines(
                t("State: {state}", state=t.label(STATES[idea.state])),
                t("❗ Has been waiting for a first answer for more than ten working days.")
                if desk.is_overdue
                else "",
                t("In the hands of {name}", name=desk.owner) if desk.owner else "",
                t("To be done by {day}", day=t.date(idea.due_on)) if idea.due_on else "",
                t.plural("⚠️ Reported once", "⚠️ Reported {n} times", desk.reports) if desk.reports else "",
            ),
            _found_similar(similar, t),
            lines(*(_merged(one, t) for one in desk.merged[:MERGES])),
        ),
        (*_first(desk, t), *_decisions(desk, t), *_merges(desk, similar, t), *_back(idea.id, t)),
        shows=Shows("idea", idea.id, FOR_OFFICE),
    )


def _found_similar(similar: Sequence[Line], t: Texts) -> Markup:
    if not similar:
        return Markup()
    found = [
        t("{number}  {text}", number=letter, text=shorten(" ".join(line.idea.text.split()), 150))
        for letter, line in zip("AB", similar, strict=False)
    ]
    return lines(t("<b>Perhaps the same idea:</b>"), *found)


def _merged(one: Merged, t: Texts) -> Markup:
    text = t("🔗 Merged with: {text}", text=shorten(one.idea.text, 90))
    objections = t.plural("one objection", "{n} objections", one.objections)
    return t("{text} (⚠️ {objections})", text=text, objections=objections) if one.objections else text


def _first(desk: Desk, t: Texts) -> tuple[Row, ...]:
    """What comes before anything else: others see it, or not."""
    idea, rows = desk.look.idea, list[Row]()
    idea_id = idea.id
    if desk.reports:
        rows.append((Button(t.label("Leave it, settled"), OnIdea(IdeaAct.SETTLE, idea_id)),))
    if idea.hidden_at:
        return (*rows, (Button(t.label("Show it again"), OnIdea(IdeaAct.ASK_RESTORE, idea_id)),))
    hide = Button(t.label("Hide"), StartForm("hide_idea", idea_id))
    if idea.published_at is None:
        publish = Button(t.label("Put on the board"), OnIdea(IdeaAct.ASK_PUBLISH, idea_id), style="success")
        return (*rows, (publish, hide))
    return (*rows, (hide,))


def _decisions(desk: Desk, t: Texts) -> tuple[Row, ...]:
    idea = desk.look.idea
    idea_id = idea.id
    care = t.label("Not mine any more") if desk.owner else t.label("I take care")
    return (
        (
            Button(t.label("New state"), StartForm("idea_state", idea_id), style="primary"),
            Button(t.label("Reply"), StartForm("idea_reply", idea_id)),
        ),
        (
            Button(care, OnIdea(IdeaAct.CARE, idea_id)),
            Button(t.label("Until when"), StartForm("idea_due", idea_id)),
        ),
        (
            Button(t.label("It becomes an event"), OnIdea(IdeaAct.EVENTS, idea_id)),
            Button(t.label("Measures of it"), TurnList("measures-of-idea", 0, idea_id)),
        ),
    )


def _merges(desk: Desk, similar: Sequence[Line], t: Texts) -> tuple[Row, ...]:
    idea_id = desk.look.idea.id
    return (
        *(
            (Button(t.label("Merge with {n}", n=letter), OnIdea(IdeaAct.ASK_MERGE, idea_id, line.idea.id)),)
            for letter, line in zip("AB", similar, strict=False)
        ),
        *(
            (
                Button(
                    t.label("Part from: {text}", text=shorten(one.idea.text, NAMED)),
                    OnIdea(IdeaAct.ASK_PART, idea_id, one.merge.id),
                ),
            )
            for one in desk.merged[:MERGES]
        ),
    )


def _back(idea_id: int, t: Texts) -> tuple[Row, ...]:
    return (
        (
            Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, idea_id)),
            Button(t.label("Office’s ideas"), Go("ideas-office")),
        ),
    )


def render_ask_merge(idea: Line, other: Line, t: Texts) -> Screen:
    """Which is shown for both is chosen by the button."""
    one, two = idea.idea.id, other.idea.id
    return Screen(
        paragraphs(
            t("<b>Merge these two ideas?</b>"),
            t("<b>A</b>  {text}", text=shorten(idea.idea.text, SHOWN)),
            t("<b>B</b>  {text}", text=shorten(other.idea.text, SHOWN)),
            t(
                "Support counts once for each organisation. Whoever had or supports one of them is told and "
                "can object. It can be undone."
            ),
        ),
        (
            (Button(t.label("Yes, shown as A"), OnIdea(IdeaAct.MERGE, two, one)),),
            (Button(t.label("Yes, shown as B"), OnIdea(IdeaAct.MERGE, one, two)),),
            (Button(t.label("No"), OnIdea(IdeaAct.OFFICE, one)),),
        ),
    )


def render_ask_publish(idea: Idea, t: Texts, *, was_hidden: bool) -> Screen:
    """Before all see it and its author is told; or see it again."""
    act = IdeaAct.RESTORE if was_hidden else IdeaAct.PUBLISH
    head = t("<b>Show this idea to all again?</b>") if was_hidden else t("<b>Put this idea on the board?</b>")
    return _sure(
        paragraphs(
            head,
            t("<i>{text}</i>", text=shorten(idea.text, 2000)),
            t("Everybody sees it from then on, and whoever had it is told."),
        ),
        t.label("Yes, for all to see"),
        OnIdea(act, idea.id),
        t,
    )


def render_ask_part(idea_id: int, merged: Merged, t: Texts) -> Screen:
    return _sure(
        paragraphs(
            t("<b>Separate these two ideas again?</b>"),
            t("<b>A</b>  {text}", text=shorten(merged.into.text, SHOWN)),
            t("<b>B</b>  {text}", text=shorten(merged.idea.text, SHOWN)),
            t("Each has its own support, offers and comments again. The two can be merged once more."),
        ),
        t.label("Yes, part them"),
        OnIdea(IdeaAct.PART, idea_id, merged.merge.id),
        t,
    )


def render_ask_event(idea: Idea, event: Event, said: Mapping[str, Any] | None, t: Texts) -> Screen:
    """`said`: what another of the office has said of the idea last."""
    return _sure(
        paragraphs(
            t("<b>Does this idea become that event?</b>"),
            t("<i>{text}</i>", text=shorten(idea.text, SHOWN)),
            t("📅 {title}, {day}", title=event.title, day=t.day(event.starts_at)),
            lines(t("Said of it last:"), render_said_by_others(said, t)) if said else "",
            t("Its card will say so, and all whom the idea concerns are told at the end of the day."),
        ),
        t.label("Yes, it becomes that"),
        OnIdea(IdeaAct.EVENT, idea.id, event.id),
        t,
    )


def _sure(text: Markup, label: str, payload: OnIdea, t: Texts) -> Screen:
    back = Button(t.label("No"), OnIdea(IdeaAct.OFFICE, payload.idea_id))
    return are_you_sure(text, Button(label, payload, style="primary"), back)


def render_said_by_others(said: Mapping[str, Any], t: Texts) -> Markup:
    """Who of the office was quicker, when, and with what; and where the idea stands since."""
    return lines(
        t("🚫 <i>Hidden by the office: {reason}</i>", reason=shorten(said["hidden"], SHOWN))
        if "hidden" in said
        else "",
        t("🔗 Merged with: {text}", text=shorten(said["whole"], 90)) if "whole" in said else "",
        _step_of_another(said, t) if "by" in said else "",
    )


def _step_of_another(said: Mapping[str, Any], t: Texts) -> Markup:
    state = t.label(STATES[State(said["state"])]) if said["state"] else ""
    moment = t.moment(datetime.fromisoformat(said["taken_at"]))
    return lines(
        t("<i>{moment}, {by}</i>", moment=moment, by=shorten(said["by"], 60)),
        t("State: {state}", state=state) if state else "",
        shorten(said["text"], SHOWN),
    )


def render_events(idea_id: int, events: Sequence[Event], t: Texts) -> Screen:
    return Screen(
        t("<b>Which event does it become?</b>\nIts card will say so, and all whom it concerns are told.")
        if events
        else t("No event is planned. Make one first, then come back."),
        (
            *(
                (
                    Button(
                        f"{t.short_day(event.starts_at)} {event.title}",
                        OnIdea(IdeaAct.ASK_EVENT, idea_id, event.id),
                    ),
                )
                for event in events
            ),
            (Button(t.label("New event"), StartForm("event", 0)),),
            (Button(t.label("Back"), OnIdea(IdeaAct.OFFICE, idea_id)),),
        ),
    )


def render_file(file: File, t: Texts) -> Screen:
    return Screen(
        t("All ideas with support, pledges and what became of them."),
        ((Button(t.label("Office’s ideas"), Go("ideas-office")),),),
        file=file,
    )
