"""What goes with an answer to an event: details, colleagues, the calendar file, the code for the door."""

from markupsafe import Markup

from domain.events.event import Ask, EventState, Status
from handlers.chat.screens.screen import Button, Row, Screen, lines, list_pages, page_of
from handlers.chat.texts import Texts
from handlers.events.buttons import BringColleague, Reply, ShowCode, ShowEvent
from handlers.events.screens.cards import reply_rows
from handlers.events.screens.event_text import ASKS, PROMPTS, WORDS, ask_in_bold
from storage.engine.tables import Person, ShownAs
from storage.events.views import Card

IN_A_ROW = 8  # numbers of seats


def render_replies(card: Card, t: Texts) -> Screen:
    """What one has said, each to be said anew."""
    event_id = card.event.id
    rows = tuple(
        (
            Button(
                f"{t.label(ASKS[ask])}: {t.label(WORDS[card.replies[ask]])}",
                Reply(event_id, 0, ask, -1),
            ),
        )
        for ask in Ask
        if ask in card.event.questions and card.replies.get(ask) in WORDS
    )
    back = (Button(t.label("Back"), ShowEvent(event_id)),)
    return Screen(t("What would you like to change?"), (*rows, back))


def render_question(event_id: int, ask: Ask, t: Texts) -> Screen:
    return Screen(
        ask_in_bold(PROMPTS[ask], t),
        (*reply_rows(event_id, 0, ask, t), (Button(t.label("Back"), ShowEvent(event_id)),)),
    )


def render_colleagues(event_id: int, people: list[Person], number: int, t: Texts) -> Screen:
    back = (Button(t.label("Back"), ShowEvent(event_id)),)
    if not people:
        text = t(
            "Nobody else from your organisation is known here who has not answered. Colleagues without "
            "Telegram count with +1, +2 on the card; you can add their names there."
        )
        return Screen(text, (back,))
    shown, number, pages = page_of(people, number)
    rows = (
        *((Button(one.name, BringColleague(event_id, one.id)),) for one in shown),
        *list_pages(number, pages, "colleagues", t, event_id),
    )
    return Screen(t("Who are you bringing along? They are told and can change it."), (*rows, back))


def render_calendar(card: Card, t: Texts) -> Markup:
    """What stands under the calendar file."""
    if card.event.state is EventState.CANCELLED or card.status is not Status.YES:
        return lines(
            t("Open this file to take “{title}” out of your calendar.", title=card.event.title),
            t("If the entry stays there, please delete it by hand."),
        )
    return lines(
        t(
            "Open this file to put “{title}” into your calendar, or to bring it up to date there: {when}.",
            title=card.event.title,
            when=t.span(card.event.starts_at, card.event.ends_at),
        ),
        t("If your calendar keeps the former time, please delete that entry first.")
        if card.event.sequence
        else "",
    )


def render_outdated_file(card: Card | None, shown_as: ShownAs, t: Texts) -> Markup:
    """A newer file is where there is an entry to bring up to date; what takes one out may still be right."""
    is_coming = card and card.status is Status.YES and card.event.state is EventState.PUBLISHED
    if is_coming:
        return t("⚠️ <b>Outdated.</b> Please do not use this file; the event's card has the newer one.")
    if card and shown_as is ShownAs.REMOVAL:
        return render_calendar(card, t)
    return t("⚠️ <b>Outdated.</b> Please do not use this file any more.")


def file_shown_as(card: Card) -> ShownAs:
    is_in = card.status is Status.YES and card.event.state is EventState.PUBLISHED
    return ShownAs.FILE if is_in else ShownAs.REMOVAL


def render_code(card: Card, number: int, t: Texts) -> Screen:
    """The words around one's code; the code is added by the handler, which knows the bot's name."""
    event_id = card.event.id
    name = card.names[number - 1] if 0 < number <= len(card.names) else ""
    whose = t("For you") if number == 0 else t("For {name}", name=name or t("colleague {n}", n=number))
    rows: list[Row] = []
    if card.party > 1:
        others = [Button(f"{n + 1}", ShowCode(event_id, n)) for n in range(card.party)]
        rows.extend(tuple(others[at : at + IN_A_ROW]) for at in range(0, len(others), IN_A_ROW))
    rows.append((Button(t.label("To the event"), ShowEvent(event_id)),))
    return Screen(
        lines(
            t("<b>{title}</b>", title=card.event.title),
            whose,
            t("Please show this code at the door."),
        ),
        tuple(rows),
    )
