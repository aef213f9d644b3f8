"""An idea before it is handed in, and right after."""

from typing import Any

from markupsafe import Markup

from handlers.chat.buttons import Go, ResumeForm, Step, TakeStep, TurnList
from handlers.chat.questions import SUMMARY, Asked
from handlers.chat.screens.screen import Button, Row, Screen, italic, lines, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.ideas.screens.board import list_of
from handlers.ideas.screens.words import topic_in_words
from storage.ideas.board import Line, Order
from storage.ideas.tables import Idea

SHOWN = 240  # characters of a similar idea


def draft(answers: dict[str, Any], t: Texts) -> Markup:
    """As others will see it, with who will, and what is like it already."""
    kept = answers.get("media") or {}
    return paragraphs(
        t("<b>{topic}</b>\n{text}", topic=topic_in_words(answers["topic"], t), text=answers["text"]),
        lines(
            t("📷 With a picture") if kept.get("picture") else "",
            t("🎤 With a voice note") if kept.get("voice") else "",
            italic(_from(answers, t)),
            italic(_seen_by(answers, t)),
        ),
        *_similar(answers.get("similar") or [], t),
    )


def _from(answers: dict[str, Any], t: Texts) -> Markup:
    organisation = answers.get("organisation")
    if not organisation:
        return t("From outside the pact, without a name.")
    if answers.get("named") == "no":
        return t("Others do not see who it comes from; the office does.")
    return t("From {organisation}", organisation=organisation)


def _seen_by(answers: dict[str, Any], t: Texts) -> Markup:
    if answers.get("waits"):
        return t("The office looks at it first; then everybody can read it under /ideas.")
    return t("Everybody can read it under /ideas.")


def _similar(found: list[dict[str, Any]], t: Texts) -> list[Markup]:
    if not found:
        return []
    heads = [t("<b>There is something like it already:</b>")]
    return heads + [
        t("<b>{number}</b>  {text}", number=number, text=shorten(one["text"], SHOWN))
        for number, one in enumerate(found, 1)
    ]


def offers(asked: Asked) -> tuple[Row, ...]:
    """For each similar idea: support it, or add one's own words to it."""
    rows = []
    for number, one in enumerate(asked.answers.get("similar") or [], 1):
        support = Button(asked.t.label("Support {n}", n=number), OnIdea(IdeaAct.INSTEAD, one["id"]))
        add = Button(asked.t.label("Add to {n}", n=number), OnIdea(IdeaAct.ADD, one["id"]))
        rows.append((support, add) if asked.answers.get("organisation") else (support,))
    return tuple(rows)


def render_handed_in(idea: Idea, t: Texts) -> Screen:
    text = (
        t("✅ Thank you! Your idea is on the board. You will hear here what becomes of it.")
        if idea.published_at
        else t(
            "✅ Thank you! The office looks at your idea first. You will hear here when it is on the board."
        )
    )
    return Screen(
        text,
        (
            (Button(t.label("To my idea"), OnIdea(IdeaAct.SHOW, idea.id)),),
            (Button(t.label("My ideas"), TurnList(list_of(Order.MINE), 0)), *to_menu(t)),
        ),
    )


def render_corrected(idea: Idea, t: Texts) -> Screen:
    text = t("✅ Corrected.") if idea.published_at else t("✅ Corrected. The office looks at it once more.")
    return Screen(text, ((Button(t.label("To my idea"), OnIdea(IdeaAct.SHOW, idea.id)),), to_menu(t)))


def render_supported_instead(line: Line, form: str, t: Texts) -> Screen:
    """One's own draft is still there."""
    return Screen(
        paragraphs(
            t("👍 You support this idea now:\n<i>{text}</i>", text=shorten(line.idea.text, SHOWN)),
            t("Your own draft is kept."),
        ),
        (
            (Button(t.label("To the idea"), OnIdea(IdeaAct.SHOW, line.idea.id)),),
            (Button(t.label("Go on with my draft"), ResumeForm()),),
            (Button(t.label("Discard my draft"), TakeStep(form, SUMMARY, Step.CANCEL)),),
        ),
    )


def render_added(line: Line, t: Texts) -> Screen:
    return Screen(
        t("✅ Your text stands as a comment on this idea, and you support it."),
        (
            (Button(t.label("To the comments"), OnIdea(IdeaAct.COMMENTS, line.idea.id)),),
            (Button(t.label("All ideas"), Go("ideas")),),
        ),
    )
