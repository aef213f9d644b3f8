"""Events in words: the list, the card with one's own status, what staff see and what notices say."""

from markupsafe import Markup

from domain.events import EventState, Status
from handlers.buttons import AnswerEvent, ShowEvent, StartForm, TurnEvents
from handlers.screens.menu import to_menu
from handlers.screens.screen import Button, Row, Screen, lines, paragraphs, shorten, turn_pages
from handlers.texts import Texts
from storage.events import Card, Page
from storage.tables import Event

PARTIES = 4  # buttons for the person alone and with up to three colleagues
SHOWN_DESCRIPTION = 1500


def render_events(page: Page, t: Texts) -> Screen:
    if not page.cards:
        return Screen(
            t("No events are planned at the moment. You will be told as soon as there is one."), (to_menu(t),)
        )
    entries = [
        lines(
            t("<b>{title}</b>", title=card.event.title),
            t.span(card.event.starts_at, card.event.ends_at),
            lines(*filter(None, (_place(card.event), _own_status(card, t) or _seats(card, t)))),
        )
        for card in page.cards
    ]
    buttons = tuple(
        (
            Button(
                f"{t.short_day(card.event.starts_at)} {card.event.title}",
                ShowEvent(card.event.id or 0),
                style=None if card.status or not card.is_partner else "primary",
            ),
        )
        for card in page.cards
    )
    return Screen(
        paragraphs(t("<b>Coming events</b>"), *entries),
        (*buttons, *turn_pages(page.number, page.pages, TurnEvents), to_menu(t)),
    )


def render_card(card: Card, t: Texts) -> Screen:
    return Screen(paragraphs(_own_status(card, t), _facts(card, t)), _card_rows(card, t))


def _facts(card: Card, t: Texts) -> Markup:
    event = card.event
    return paragraphs(
        lines(
            t("<b>{title}</b>", title=event.title),
            t.span(event.starts_at, event.ends_at),
            _place(event),
            t("Host: {host}", host=event.host) if event.host else "",
        ),
        shorten(event.description, SHOWN_DESCRIPTION),
        lines(
            _seats(card, t),
            t("Please answer by {moment}.", moment=t.moment(event.answer_by)) if event.answer_by else "",
        )
        if event.state is EventState.PUBLISHED
        else "",
    )


def _place(event: Event) -> str:
    return ", ".join(filter(None, (event.place, event.address)))


def _seats(card: Card, t: Texts) -> Markup:
    if card.free is None:
        return t.plural("One person is coming.", "{n} people are coming.", card.event.taken)
    if card.free == 0:
        return (
            t("Fully booked. {waiting} on the waiting list.", waiting=card.event.waiting)
            if card.event.waiting
            else t("Fully booked.")
        )
    return t.plural(
        "One of {capacity} seats is free.",
        "{n} of {capacity} seats are free.",
        card.free,
        capacity=card.event.capacity,
    )


def _own_status(card: Card, t: Texts) -> Markup:
    if card.event.state is EventState.CANCELLED:
        return lines(
            t("❌ <b>This event is cancelled.</b>"),
            t("Reason: {reason}", reason=card.event.reason) if card.event.reason else "",
        )
    match card.status:
        case Status.YES:
            return t.plural("✅ <b>You are in.</b>", "✅ <b>You are in with {n} people.</b>", card.party)
        case Status.WAITING:
            return t.plural(
                "⏳ <b>You are waiting, place {position}.</b> "
                "You have no seat yet and are told when one is free.",
                "⏳ <b>You are waiting with {n} people, place {position}.</b> "
                "You have no seats yet and are told when there are enough.",
                card.party,
                position=card.position,
            )
        case Status.NO:
            return t("<b>You are not coming.</b>")
    return Markup()


def _card_rows(card: Card, t: Texts) -> tuple[Row, ...]:
    event_id = card.event.id or 0
    is_open = card.event.state is EventState.PUBLISHED and card.now < card.event.starts_at
    rows: list[Row] = []
    if is_open and card.is_partner:
        rows.extend(_answers(card, event_id, t))
    if is_open and card.is_staff:
        rows.append(
            (
                Button(t.label("Move"), StartForm("move", event_id)),
                Button(t.label("Cancel the event"), StartForm("cancel", event_id), style="danger"),
            )
        )
    rows.append((Button(t.label("All events"), TurnEvents(0)),))
    return tuple(rows)


def _answers(card: Card, event_id: int, t: Texts) -> list[Row]:
    no = Button(t.label("I am not coming"), AnswerEvent(event_id, 0))
    if card.status in (None, Status.NO):
        label = t.label("Onto the waiting list") if card.free == 0 else t.label("I am coming")
        yes = Button(label, AnswerEvent(event_id, 1), style=None if card.free == 0 else "success")
        return [(yes,), (no,)] if card.status is None else [(yes,)]
    most = min(PARTIES, card.event.seats_per_company or PARTIES, card.event.capacity or PARTIES)
    sizes = sorted({*range(1, most + 1), card.party})
    parties = tuple(
        Button(_party_label(seats, t, chosen=seats == card.party), AnswerEvent(event_id, seats))
        for seats in sizes
    )
    return [parties, (no,)] if len(parties) > 1 else [(no,)]


def _party_label(seats: int, t: Texts, *, chosen: bool) -> str:
    label = t.label("Only me") if seats == 1 else f"+{seats - 1}"
    return f"✓ {label}" if chosen else label


def toast(card: Card, t: Texts) -> str:
    return _own_status(card, t).striptags()


def render_preview(card: Card, t: Texts) -> Markup:
    return _facts(card, t)


def render_published(event: Event, t: Texts) -> Screen:
    return _staff_done(t("“{title}” is published; all partners are being told.", title=event.title), event, t)


def render_moved_for_staff(event: Event, t: Texts) -> Screen:
    return _staff_done(
        t(
            "“{title}” is moved to {when}; all who are coming or waiting are being told.",
            title=event.title,
            when=t.span(event.starts_at, event.ends_at),
        ),
        event,
        t,
    )


def render_cancelled_for_staff(event: Event, t: Texts) -> Screen:
    return _staff_done(
        t("“{title}” is cancelled; all who are coming or waiting are being told.", title=event.title),
        event,
        t,
    )


def _staff_done(text: Markup, event: Event, t: Texts) -> Screen:
    return Screen(text, ((Button(t.label("Show the event"), ShowEvent(event.id or 0)),), to_menu(t)))


def notice(head: Markup, card: Card, t: Texts) -> Screen:
    """A card with the news above it."""
    return render_card(card, t).under(head)


def render_reminder(card: Card, t: Texts) -> Screen:
    return notice(t("⏰ A reminder, because you are coming:"), card, t)


def render_nudge(card: Card, t: Texts) -> Screen:
    return notice(t("We have no answer from your organisation yet. Are you coming?"), card, t)


def render_moved(card: Card, t: Texts) -> Screen:
    return notice(
        t("📅 <b>This event has moved.</b> Your answer stands; change it if you cannot come now."), card, t
    )


def render_moved_up(card: Card, t: Texts) -> Screen:
    return notice(t("🎉 Seats have become free: you have moved up from the waiting list."), card, t)


def render_invitation(card: Card, t: Texts) -> Screen:
    return notice(t("You are invited:"), card, t)
