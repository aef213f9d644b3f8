"""What people are told of events: a card with the news above it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from domain.basics.words import N_
from domain.events.event import Status
from handlers.chat.screens.screen import Button, Row, Screen, lines, shorten
from handlers.chat.texts import Texts
from handlers.events.buttons import AnswerOffer, Offered
from handlers.events.screens.cards import render_card
from handlers.events.screens.event_text import card_text
from storage.engine.tables import Person
from storage.events.tables import Event
from storage.events.views import Card

NEWS = 40  # of a title, so that a list of chats shows the day as well
SHOWN_PLACE = 60  # of the old one, so that the card fits below


def notice(head: Markup, card: Card, t: Texts) -> Screen:
    """A card with the news above it."""
    return render_card(card, t).under(head)


def _news(what: str, card: Card, t: Texts, more: Markup | str = "") -> Markup:
    """What is new and of which event: so much is read in a list of chats."""
    event = card.event
    day = t.clock(event.starts_at) if _has_other_hours(event, t) else t.day(event.starts_at)
    return lines(t(what, title=shorten(event.title, NEWS), day=day), more)


def _has_other_hours(event: Event, t: Texts) -> bool:
    """Moved within its day, which alone would say nothing."""
    was, starts_at = event.replaced, event.starts_at
    before = datetime.fromisoformat(was.get("starts_at", starts_at.isoformat()))
    is_moved = "starts_at" in was or "ends_at" in was
    return is_moved and t.local_day(before) == t.local_day(starts_at)


def render_reminder(card: Card, t: Texts) -> Screen:
    soon = t.ahead(card.event.starts_at, card.now)
    head = t("⏰ <b>{soon}: {title}</b>", soon=soon, title=shorten(card.event.title, NEWS))
    return notice(lines(head, t("A reminder, because you are coming.")), card, t)


def render_nudge(card: Card, t: Texts) -> Screen:
    more = t("We have no answer from your organisation yet.")
    return notice(_news(N_("❓ <b>Are you coming? {title}</b>, {day}"), card, t, more), card, t)


def render_cancelled(card: Card, t: Texts) -> Screen:
    return notice(_news(N_("❌ <b>Cancelled: {title}</b>, {day}"), card, t), card, t)


def render_moved(card: Card, t: Texts) -> Screen:
    more = lines(*_what_changed(card.event, t), _what_of_the_answer(card, t))
    return notice(_news(_kind_of_change(card.event), card, t, more), card, t)


def _kind_of_change(event: Event) -> str:
    was = event.replaced
    if "starts_at" in was or "ends_at" in was:
        return N_("📅 <b>Moved: {title}</b>, now {day}")
    if "place" in was or "address" in was:
        return N_("📍 <b>New place: {title}</b>, {day}")
    return N_("📅 <b>Changed: {title}</b>, {day}")


def _what_changed(event: Event, t: Texts) -> Iterator[Markup]:
    """What it was before; the card below says what it is."""
    was = event.replaced
    if "starts_at" in was or "ends_at" in was:
        old = (was.get(name, getattr(event, name).isoformat()) for name in ("starts_at", "ends_at"))
        yield t("<b>New time</b> instead of <s>{when}</s>.", when=t.span(*map(datetime.fromisoformat, old)))
    if "place" in was or "address" in was:
        old_place = ", ".join(
            filter(None, (was.get("place", event.place), was.get("address", event.address)))
        )
        yield t("<b>New place</b> instead of <s>{place}</s>.", place=shorten(old_place, SHOWN_PLACE) or "–")
    if "answer_by" in was:
        yield deadline_in_words(event.answer_by, t)


def deadline_in_words(answer_by: datetime | None, t: Texts) -> Markup:
    if answer_by is None:
        return t("No deadline any more: answers are open until the start.")
    return t("Answer by: <b>{moment}</b>", moment=t.until(answer_by))


def _what_of_the_answer(card: Card, t: Texts) -> Markup:
    match card.status:
        case Status.YES:
            return t("Your yes stands. Please take it back if you cannot come now.")
        case Status.WAITING:
            return t("You keep your place on the waiting list.")
    return Markup()


def render_asks(card: Card, t: Texts) -> Screen:
    more = t("It was added since you answered.")
    return notice(_news(N_("❓ <b>One more question: {title}</b>, {day}"), card, t, more), card, t)


def render_offer(card: Card, t: Texts) -> Screen:
    return notice(_news(N_("🎉 <b>It is your turn: {title}</b>, {day}"), card, t), card, t)


def render_offer_ends(card: Card, t: Texts) -> Screen:
    more = t("Please take the seat, or leave it to the next.")
    return notice(_news(N_("⏰ <b>Your offer ends soon: {title}</b>, {day}"), card, t, more), card, t)


def render_lapsed(card: Card, t: Texts) -> Screen:
    return notice(_news(N_("⌛ <b>Your offer is over: {title}</b>, {day}"), card, t), card, t)


def render_passed_over(card: Card, t: Texts) -> Screen:
    more = t("Seats became free, but too few for your party: they went to the next whose party fits.")
    return notice(_news(N_("⏳ <b>You are still waiting: {title}</b>, {day}"), card, t, more), card, t)


def render_brought(card: Card, by: Person, t: Texts) -> Screen:
    who = (
        t("<b>The office ({name}) has answered for you.</b>", name=by.name)
        if by.is_staff
        else t("<b>{name} has answered for you.</b>", name=by.name)
    )
    more = lines(who, t("You can change it here."))
    return notice(_news(N_("✍️ <b>Answered for you: {title}</b>, {day}"), card, t, more), card, t)


def render_confirm(card: Card, t: Texts) -> Screen:
    event_id = card.event.id
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
    head = _news(
        N_("❓ <b>Are you really coming? {title}</b>, {day}"), card, t, t("Others are waiting for a seat.")
    )
    return Screen(card_text(card, t), tuple(rows)).under(head)


def render_note(card: Card, t: Texts) -> Screen:
    return notice(_news(N_("🚏 <b>How to arrive: {title}</b>, {day}"), card, t), card, t)


def render_up_to_date(card: Card, t: Texts) -> Screen:
    """For an older message, after the event has changed."""
    return notice(t("↻ <i>Brought up to date.</i>"), card, t)


def render_invitation(card: Card, t: Texts) -> Screen:
    screen = notice(_news(N_("✉️ <b>Invitation: {title}</b>, {day}"), card, t), card, t)
    return with_picture(screen, card.event)


def with_picture(screen: Screen, event: Event) -> Screen:
    return replace(screen, pictures=(event.picture,)) if event.picture else screen
