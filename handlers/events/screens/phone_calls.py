"""Calls that the office makes: to people with a seat, or in line for one, who have no Telegram."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.basics.addresses import phone_in_words
from domain.events.event import EventState
from handlers.chat.screens.screen import Button, Row, Screen, bullets, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from handlers.events.buttons import DoWithEvent, EnterAnswer, EventDeed, ShowGuests
from handlers.events.screens.event_text import place
from storage.engine.following import Shows
from storage.events.answers_by_office import seen
from storage.events.phone_calls import Call, OfferByPhone
from storage.events.tables import Event

SHOWN = 12  # the list of guests has all of them


def to_ring(calls: Sequence[Call], t: Texts) -> Markup:
    """Names and numbers; nothing where everybody can be written to."""
    if not calls:
        return Markup()
    more = len(calls) - SHOWN
    return lines(
        t.plural(
            "📞 <b>One person without Telegram, please ring:</b>",
            "📞 <b>{n} people without Telegram, please ring:</b>",
            len(calls),
        ),
        bullets(_call(call, t) for call in calls[:SHOWN]),
        t("and {n} more: see the list of guests", n=more) if more > 0 else "",
    )


def _call(call: Call, t: Texts) -> str:
    phone = phone_in_words(call.phone) if call.phone else t.label("no number known")
    return ", ".join(filter(None, (shorten(call.name, 60), shorten(call.organisation, 60), phone)))


def render_calls(event: Event, calls: Sequence[Call], t: Texts) -> Screen:
    """After an event was moved or cancelled, for whoever did it."""
    news = (
        t("“{title}” is cancelled.", title=event.title)
        if event.state is EventState.CANCELLED
        else lines(
            t("“{title}” is now:", title=event.title), t.span(event.starts_at, event.ends_at), place(event)
        )
    )
    event_id = event.id
    return Screen(
        paragraphs(news, to_ring(calls, t)),
        (
            (Button(t.label("List (Excel)"), DoWithEvent(event_id, EventDeed.XLSX)),),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
    )


def _taken_or_not(offer: OfferByPhone, t: Texts) -> Row:
    event_id, person_id, stands = offer.event.id, offer.person_id, seen(offer.changed_at)
    return (
        Button(t.label("Accepts"), EnterAnswer(event_id, person_id, offer.seats, 0, stands), style="success"),
        Button(t.label("Declines"), EnterAnswer(event_id, person_id, 0, 1, stands)),
    )


def render_call_offers(offers: Sequence[OfferByPhone], t: Texts) -> Screen:
    """Seats are held for somebody who can only be rung."""
    rows = [_taken_or_not(offer, t) for offer in offers]
    only = offers[0]
    return Screen(
        _call_offers_words(offers, t),
        tuple(rows),
        shows=Shows("entry", only.event.id, only.person_id) if len(offers) == 1 else None,
    )


def _call_offers_words(offers: Sequence[OfferByPhone], t: Texts) -> Markup:
    call = offers[0].call
    return paragraphs(
        lines(t("📞 <b>Please ring:</b>"), _call(call, t)),
        *(
            t.plural(
                "“{title}”: a seat is held until {until}.",
                "“{title}”: {n} seats are held until {until}.",
                offer.seats,
                title=offer.event.title,
                until=t.until(offer.until),
            )
            for offer in offers
        ),
    )
