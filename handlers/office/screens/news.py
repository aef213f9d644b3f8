"""All that is new since yesterday, one line each."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.event import Status
from domain.office.digest import Item, News
from handlers.chat.buttons import Go, Payload
from handlers.chat.screens.screen import Button, Screen, lines, list_pages, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowGuests
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.joining.buttons import ShowRequest
from handlers.office.buttons import ShowInquiry
from handlers.partners.buttons import ShowChange, ShowColleague
from storage.office.digest import NEWS_PAGE

SAID = {
    Status.YES: N_("comes"),
    Status.NO: N_("does not come"),
    Status.WAITING: N_("waits"),
    Status.OFFERED: N_("has an offer"),
    Status.LAPSED: N_("let an offer go"),
}


def render_news(items: Sequence[Item], number: int, pages: int, notice_id: int, t: Texts) -> Screen:
    """A page of what is new, oldest first; what is tapped opens beside the list."""
    desk = (Button(t.label("Office"), Go("office")),)
    if not items:
        return Screen(t("Nothing is new."), (desk,))
    return Screen(
        _news_words(items, t),
        (
            *((Button(shorten(_item(one, t), 60), _opens(one), beside=True),) for one in items[:NEWS_PAGE]),
            *list_pages(number, pages, "news", t, notice_id),
            desk,
        ),
    )


def _news_words(items: Sequence[Item], t: Texts) -> Markup:
    return paragraphs(
        t("<b>New since the last digest</b>"),
        lines(
            *(
                t(
                    "{moment}: {what}",
                    moment=f"{t.short_day(one.at)} {t.clock(one.at)}",
                    what=_item(one, t),
                )
                for one in items[:NEWS_PAGE]
            )
        ),
    )


def _item(item: Item, t: Texts) -> str:
    name, more = shorten(item.name, 60), shorten(item.more, 60)
    match item.kind:
        case News.REQUEST:
            return t.label("Request: {name}", name=name)
        case News.QUESTION:
            return t.label("Question, {name}: {text}", name=name, text=more)
        case News.ANSWER:
            said = t.label(SAID[Status(item.state)])
            return t.label("{name} {says}: {title}", name=name, says=said, title=more)
        case News.IDEA:
            return t.label("Idea: {text}", text=name)
    return t.label("To confirm: {name}", name=name)


def _opens(item: Item) -> Payload:
    match item.kind:
        case News.REQUEST:
            return ShowRequest(item.id)
        case News.QUESTION:
            return ShowInquiry(item.id)
        case News.ANSWER:
            return ShowGuests(item.id)
        case News.IDEA:
            return OnIdea(IdeaAct.SHOW, item.id)
    return ShowChange(item.id) if item.more == "change" else ShowColleague(item.id)
