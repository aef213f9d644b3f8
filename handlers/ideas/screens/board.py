"""Ideas in words."""

from typing import Any

from markupsafe import Markup

from domain.basics.words import N_
from domain.ideas.topics import Topic
from handlers.chat.buttons import StartForm
from handlers.chat.screens.screen import Button, Screen, list_pages, paragraphs, shorten, to_menu
from handlers.chat.texts import Texts
from storage.ideas.board import Page

SHOWN = 400  # characters of an idea in the list: five of them and their heads fit one message
TOPICS = {
    Topic.EXCHANGE: N_("Exchange formats"),
    Topic.VISIBILITY: N_("Visibility"),
    Topic.PROJECT: N_("Project ideas"),
    Topic.OTHER: N_("Other"),
}


def render_ideas(page: Page, t: Texts) -> Screen:
    hand_in = (Button(t.label("Hand in an idea"), StartForm("idea", 0), style="primary"),)
    if not page.ideas:
        return Screen(t("There are no ideas yet. Yours can be the first."), (hand_in, to_menu(t)))
    head = (
        t.plural("<b>One idea</b>", "<b>{n} ideas</b>, newest first", page.total)
        if page.are_all
        else t("<b>The newest {n} ideas</b>", n=page.total)
    )
    entries = [
        t(
            "<b>{topic}</b> · {who}{day}\n{text}",
            topic=t(TOPICS[idea.topic]),
            who=f"{organisation} · " if organisation else "",
            day=t.day(idea.created_at),
            text=shorten(idea.text, SHOWN),
        )
        for idea, organisation in page.ideas
    ]
    return Screen(
        paragraphs(head, *entries), (*list_pages(page.number, page.pages, "ideas", t), hand_in, to_menu(t))
    )


def draft(answers: dict[str, Any], t: Texts) -> Markup:
    """A whole idea before it is handed in, with who will read it."""
    return paragraphs(
        t("<b>{topic}</b>\n{text}", topic=t(TOPICS[Topic(answers["topic"])]), text=answers["text"]),
        t("<i>Everybody can read it under /ideas, with the name of your organisation.</i>"),
    )


def render_handed_in(t: Texts) -> Screen:
    return Screen(
        t("Thank you! Your idea is with the office, which plans the next year from what comes in."),
        ((Button(t.label("Another idea"), StartForm("idea", 0)),), to_menu(t)),
    )
