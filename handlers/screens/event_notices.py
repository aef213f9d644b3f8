"""What people are told of events: a card with the news above it."""

from dataclasses import replace

from markupsafe import Markup

from handlers.buttons import AnswerOffer, Offered
from handlers.screens.events import card_text, render_card
from handlers.screens.screen import Button, Row, Screen, lines
from handlers.texts import Texts
from storage.events import Card
from storage.tables import Event, Person


def notice(head: Markup, card: Card, t: Texts) -> Screen:
    """A card with the news above it."""
    return render_card(card, t).under(head)


def render_reminder(card: Card, t: Texts) -> Screen:
    return notice(t("⏰ A reminder, because you are coming:"), card, t)


def render_nudge(card: Card, t: Texts) -> Screen:
    return notice(t("We have no answer from your organisation yet. Are you coming?"), card, t)


def render_moved(card: Card, t: Texts) -> Screen:
    return notice(
        t(
            "📅 <b>Time or place of this event have changed.</b> "
            "Your answer stands; change it if you cannot come now."
        ),
        card,
        t,
    )


def render_offer(card: Card, t: Texts) -> Screen:
    return notice(t("Seats have become free, and it is your turn."), card, t)


def render_lapsed(card: Card, t: Texts) -> Screen:
    return notice(t("The time for your offer is over."), card, t)


def render_passed_over(card: Card, t: Texts) -> Screen:
    return notice(
        t("Seats became free, but too few for your party: they went to the next whose party fits."), card, t
    )


def render_brought(card: Card, by: Person, t: Texts) -> Screen:
    who = (
        t("<b>The office ({name}) has answered for you.</b>", name=by.name)
        if by.is_staff
        else t("<b>{name} has answered for you.</b>", name=by.name)
    )
    return notice(lines(who, t("You can change it here.")), card, t)


def render_confirm(card: Card, t: Texts) -> Screen:
    event_id = card.event.id or 0
    rows: list[Row] = [
        (
            Button(
                t.label("Yes, I am really coming"), AnswerOffer(event_id, Offered.CONFIRM), style="success"
            ),
        ),
        (Button(t.label("No, give the seat on"), AnswerOffer(event_id, Offered.DECLINE)),),
    ]
    if card.party > 1:
        rows[1:] = [
            (Button(t.label("Yes, but only me"), AnswerOffer(event_id, Offered.ALONE)),),
            (Button(t.label("No, give all seats on"), AnswerOffer(event_id, Offered.DECLINE)),),
        ]
    return Screen(card_text(card, t), tuple(rows)).under(
        t("Others are waiting for a seat. Are you really coming?")
    )


def render_note(card: Card, t: Texts) -> Screen:
    return notice(t("🚏 <b>The host says how to arrive.</b>"), card, t)


def render_up_to_date(card: Card, t: Texts) -> Screen:
    """For an older message, after the event has changed."""
    return notice(t("↻ <i>Brought up to date.</i>"), card, t)


def render_invitation(card: Card, t: Texts) -> Screen:
    screen = notice(t("You are invited:"), card, t)
    return with_picture(screen, card.event)


def with_picture(screen: Screen, event: Event) -> Screen:
    return replace(screen, pictures=(event.picture,)) if event.picture else screen
