"""A card that everybody in a chat sees: the event and counts, nobody's own status."""

from datetime import datetime

from domain.events.event import EventState, Reader
from handlers.chat.screens.screen import Button, Row, Screen, paragraphs
from handlers.chat.texts import Texts
from handlers.events.buttons import AnswerPublicly
from handlers.events.screens.event_text import cancelled, facts, has_closed
from storage.events import seating
from storage.events.tables import Event


def render_none(t: Texts) -> Screen:
    return Screen(t("No events are planned at the moment."))


def render_later(links: list[tuple[Event, str]], t: Texts) -> Screen:
    """Events after the next one; each is opened in the bot."""
    rows = tuple(
        (Button(f"{t.short_day(event.starts_at)} {event.title}", url=link),) for event, link in links
    )
    return Screen(t("<b>After that</b>"), rows)


def render_public(event: Event, link: str, now: datetime, t: Texts) -> Screen:
    event_id = event.id
    opened = (Button(t.label("Open in the bot"), url=link),)
    if event.state is EventState.CANCELLED:
        card = facts(event, seating.free(event), t, Reader.EVERYBODY)
        return Screen(paragraphs(cancelled(event, t), card), (opened,))
    is_late = has_closed(event, now)
    is_past = now >= event.ends_at
    card = facts(event, seating.free(event), t, Reader.EVERYBODY, is_past=is_past, is_late=is_late)
    if is_late or now >= event.starts_at:
        return Screen(card, (opened,))
    answers: Row = (
        Button(t.label("I am coming"), AnswerPublicly(event_id, 1), style="success"),
        Button(t.label("I am not coming"), AnswerPublicly(event_id, 0)),
    )
    counts = t.plural("One person is coming.", "{n} people are coming.", event.taken)
    shown_counts = counts if event.capacity is not None else ""
    return Screen(paragraphs(card, shown_counts), (answers, opened))


def render_left(event: Event, link: str, t: Texts) -> Screen:
    """In place of a card that has so many newer ones below it in its chat that it is followed no more."""
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            t("This card is no longer kept up to date. In the bot you see how things stand."),
        ),
        ((Button(t.label("Open in the bot"), url=link),),),
    )
