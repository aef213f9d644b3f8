"""What is said of an event: when, where, how many, and what one has answered."""

from datetime import datetime
from functools import lru_cache

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.event import (
    LARGEST_PARTY,
    OUT,
    Ask,
    EventKind,
    EventState,
    Reader,
    Status,
    may_read,
)
from handlers.chat.screens.screen import bullets, italic, lines, paragraphs, shorten
from handlers.chat.texts import Texts
from storage.events.tables import Event
from storage.events.views import Card

PARTIES = 4  # buttons for the person alone and with up to three colleagues
SHOWN_DESCRIPTION = 1200


SHOWN_BEFORE_RECAP = 900  # of a description that a recap follows


SHOWN_RECAP = 1500


SHOWN_NOTE = 300  # beside a description; so that all of it fits one message


KINDS = {
    EventKind.MEETING: N_("Network meeting"),
    EventKind.WORKSHOP: N_("Workshop"),
    EventKind.TOUR: N_("Site tour"),
    EventKind.WEBINAR: N_("Webinar"),
}


ASKS = {
    Ask.FOOD: N_("Food"),
    Ask.PARKING: N_("Parking space"),
    Ask.ACCESS: N_("Step-free access"),
    Ask.PHOTOS: N_("Photos"),
}


PROMPTS = {
    Ask.FOOD: N_("What may we offer you to eat?"),
    Ask.PARKING: N_("Do you need a parking space?"),
    Ask.ACCESS: N_("Does anybody in your group need step-free access?"),
    Ask.PHOTOS: N_("May you be seen in photos that the pact publishes?"),
}


WORDS = {
    "all": N_("Everything"),
    "vegetarian": N_("Vegetarian"),
    "vegan": N_("Vegan"),
    "none": N_("Nothing"),
    "yes": N_("Yes"),
    "no": N_("No"),
}


def card_text(card: Card, t: Texts) -> Markup:
    """A card without its buttons, and without the event's questions, which are answered by them."""
    return paragraphs(
        lines(own_status(card, t), _own_particulars(card, t)),
        facts(card.event, card.free, t, card.reader, is_past=card.is_past, is_late=is_late(card)),
        _recap(card, t),
        _colleagues(card, t),
        _rule(card, t),
        _why_not(card, t),
    )


def ask_in_bold(question: str, t: Texts) -> Markup:
    return Markup("❓ <b>{}</b>").format(t(question))


def heading(event: Event, t: Texts) -> Markup:
    return _heading(event.title, event.kind, event.starts_at, event.ends_at, place(event), event.host, t)


@lru_cache(1024)  # of the events that are shown again and again
def _heading(
    title: str, kind: EventKind, starts_at: datetime, ends_at: datetime, where: str, host: str, t: Texts
) -> Markup:
    return lines(
        t("<b>{title}</b>", title=title),
        t("{kind}, {when}", kind=t(KINDS[kind]), when=t.span(starts_at, ends_at)),
        where,
        t("Host: {host}", host=host) if host else "",
    )


def _recap(card: Card, t: Texts) -> Markup:
    if not (card.event.recap_sent_at and may_read("recap", card.reader)):
        return Markup()
    return lines(t("📸 <b>What people took home</b>"), shorten(card.event.recap, SHOWN_RECAP))


def read(event: Event, fact: str, reader: Reader) -> str:
    """A fact in words, or nothing for those whom it is not for."""
    return str(getattr(event, fact)) if may_read(fact, reader) else ""


def facts(
    event: Event,
    free: int | None,
    t: Texts,
    reader: Reader,
    *,
    is_past: bool = False,
    is_late: bool = False,
) -> Markup:
    is_ahead = event.state is not EventState.CANCELLED and not is_past
    limit = SHOWN_BEFORE_RECAP if event.recap_sent_at else SHOWN_DESCRIPTION
    improvements, arrival_note = (read(event, fact, reader) for fact in ("improvements", "arrival_note"))
    return paragraphs(
        heading(event, t),
        shorten(event.description, limit),
        t("<i>Changed since last time:</i> {what}", what=shorten(improvements, SHOWN_NOTE))
        if improvements and is_ahead
        else "",
        t("<i>How to arrive:</i> {note}", note=shorten(arrival_note, SHOWN_NOTE))
        if arrival_note and is_ahead
        else "",
        lines(
            seats(event, free, t),
            t("Please answer by {moment}.", moment=t.until(event.answer_by))
            if event.answer_by and not is_late
            else "",
        )
        if is_ahead
        else "",
        t.plural("One person had a seat.", "{n} people had a seat.", event.taken)
        if is_past and event.state is EventState.PUBLISHED
        else "",
    )


def place(event: Event) -> str:
    return ", ".join(filter(None, (event.place, event.address)))


def seats(event: Event, free: int | None, t: Texts) -> Markup:
    if free is None:
        if not event.taken:
            return Markup()
        return t.plural("One person is coming.", "{n} people are coming.", event.taken)
    if free == 0:
        return (
            t("Fully booked. {waiting} on the waiting list.", waiting=event.waiting)
            if event.waiting
            else t("Fully booked.")
        )
    return t.plural(
        "One seat of {capacity} is free.", "{n} of {capacity} seats are free.", free, capacity=event.capacity
    )


def own_status(card: Card, t: Texts) -> Markup:
    if card.event.state is EventState.CANCELLED:
        return cancelled(card.event, t)
    if card.is_past:
        return t("You had a seat.") if card.status is Status.YES else Markup()
    return _status_ahead(card, t)


def cancelled(event: Event, t: Texts) -> Markup:
    return lines(
        t("❌ <b>This event is cancelled.</b>"),
        t("Reason: {reason}", reason=event.reason) if event.reason else "",
    )


def _status_ahead(card: Card, t: Texts) -> Markup:
    return lines(_standing(card, t), _can_be_undone(card, t))


def _can_be_undone(card: Card, t: Texts) -> Markup:
    if not card.can_be_undone:
        return Markup()
    return t("A slip? For one minute “Undo” brings back what you had; until then nobody else gets it.")


def _standing(card: Card, t: Texts) -> Markup:
    match card.status:
        case Status.YES:
            return lines(
                t.plural("✅ <b>You are in.</b>", "✅ <b>You are in with {n} people in all.</b>", card.party),
                t("👍 You have confirmed that you are really coming.") if card.is_sure else "",
            )
        case Status.WAITING:
            return _status_waiting(card, t)
        case Status.OFFERED:
            return t.plural(
                "🎉 <b>A seat is held for you until {until}.</b> It is yours once you take it.",
                "🎉 <b>{n} seats are held for you until {until}.</b> They are yours once you take them.",
                card.offered,
                until=t.until(card.offered_until or card.event.starts_at),
            )
        case Status.LAPSED:
            return paragraphs(
                t("<b>You are no longer on the waiting list.</b> The seat is no longer held for you."),
                t("A seat is free at the moment: simply say again that you are coming.")
                if is_open(card) and card.free != 0
                else "",
            )
        case Status.NO:
            return t("<b>You are not coming.</b>")
    return Markup()


def _status_waiting(card: Card, t: Texts) -> Markup:
    if card.one_is_enough and card.party > 1:
        return t(
            "⏳ <b>You are waiting with {n} people in all, place {position}.</b> "
            "You have no seats yet and are told as soon as even one is free.",
            n=card.party,
            position=card.position,
        )
    return t.plural(
        "⏳ <b>You are waiting, place {position}.</b> You have no seat yet and are told when one is free.",
        "⏳ <b>You are waiting with {n} people in all, place {position}.</b> "
        "You have no seats yet and are told when there are enough.",
        card.party,
        position=card.position,
    )


def _own_particulars(card: Card, t: Texts) -> Markup:
    if card.status in (None, *OUT) or card.event.state is EventState.CANCELLED:
        return Markup()
    replies = ", ".join(
        f"{t.label(ASKS[ask])}: {t.label(WORDS[card.replies[ask]])}"
        for ask in Ask
        if card.replies.get(ask) in WORDS and ask in card.event.questions
    )
    return lines(
        t("With you: {names}", names=shorten(", ".join(card.names), SHOWN_NOTE)) if card.names else "",
        italic(replies) if replies else "",
    )


def _colleagues(card: Card, t: Texts) -> Markup:
    said = {
        Status.YES: N_("comes ({n})"),
        Status.NO: N_("does not come"),
        Status.WAITING: N_("waits ({n})"),
        Status.OFFERED: N_("has an offer ({n})"),
        Status.LAPSED: N_("does not come"),
    }
    shown = card.colleagues
    if card.is_past:
        said = {Status.YES: N_("had a seat ({n})")}
        shown = tuple(one for one in shown if one.status in said)
    if not shown:
        return Markup()
    entries = (f"{shorten(one.name, 60)} {t.label(said[one.status], n=one.party)}" for one in shown)
    return lines(t("From your organisation:"), bullets(entries))


def _rule(card: Card, t: Texts) -> Markup:
    """Who is next; said where it matters."""
    if card.event.state is EventState.CANCELLED or not is_open(card):
        return Markup()
    waits = card.status is Status.WAITING
    if not waits and (card.free != 0 or card.status in (Status.YES, Status.OFFERED)):
        return Markup()
    rule = t(
        "A free seat goes to the first in line whose whole party fits, is held for a time that runs only in "
        "working hours, and then goes on."
    )
    if waits and card.free:
        too_small = t.plural(
            "One seat is free, too few for your party.",
            "{n} seats are free, too few for your party.",
            card.free,
        )
        rule = lines(too_small, rule)
    return italic(rule)


def _why_not(card: Card, t: Texts) -> Markup:
    """Where there is no button to come with, or not for all of a party."""
    if not is_open(card) or card.status not in (None, *OUT):
        return Markup()
    if card.is_partner and card.room == 0:
        return t(
            "<i>Your colleagues have all seats of your organisation: {n}.</i>", n=card.event.seats_per_company
        )
    if not (card.is_partner or card.is_staff):
        return t(
            "<i>Only partners of the pact can answer. Is your organisation one, or would it like to join?</i>"
        )
    if card.is_partner and not is_late(card) and has_few(card):
        return t("<i>A party that does not fit into the free seats waits as a whole.</i>")
    return Markup()


def has_few(card: Card) -> bool:
    return card.free is not None and 0 < card.free < PARTIES and largest_party(card) > 1


def largest_party(card: Card) -> int:
    """The largest party that can be had, or can wait."""
    grows_to = card.party + card.free if card.status is Status.YES and card.free is not None else None
    limits = (LARGEST_PARTY, card.room, card.event.capacity, grows_to)
    return min(limit for limit in limits if limit is not None)


def is_open(card: Card) -> bool:
    return card.event.state is EventState.PUBLISHED and card.now < card.event.starts_at


def is_late(card: Card) -> bool:
    return has_closed(card.event, card.now)


def has_closed(event: Event, now: datetime) -> bool:
    return event.answer_by is not None and now > event.answer_by
