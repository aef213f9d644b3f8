"""What people are told of events: what is read for it, and how it looks."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.basics.addresses import phone_in_words
from domain.basics.calendar_files import link
from domain.basics.pact import Pact
from domain.basics.words import N_
from domain.events.event import LAST_HOURS, EventState, Status, may_read, open_questions
from handlers.chat.buttons import Go
from handlers.chat.notices import D, Kind, Load, Topic, plain
from handlers.chat.screens.screen import Button, Screen
from handlers.chat.screens.together import Line
from handlers.chat.texts import Texts
from handlers.chat.views import View
from handlers.events import door, lists, papers
from handlers.events.buttons import EnterAnswer, ShowGuests
from handlers.events.planning import plan
from handlers.events.screens import answering, event_notices, feedback
from handlers.events.screens import answers_by_office as office_screens
from handlers.events.screens import phone_calls as call_screens
from handlers.events.screens import planning as planning_screens
from handlers.events.screens.subscribing import to_subscription
from storage.engine import outbox, wishes
from storage.engine.tables import Notice, Person, ShownAs
from storage.engine.turn import Turn
from storage.events import answers, answers_by_office, guest_list, phone_calls, seating, views
from storage.events.guest_list import Counts, Guest
from storage.events.phone_calls import Call, OfferByPhone
from storage.events.tables import Event, EventNotice
from storage.events.views import Card


def event_card(turn: Turn, notice: Notice) -> Card | None:
    card = views.show(turn, notice.subject_id)
    return card if turn.now < card.event.starts_at else None


def answered_by_another(turn: Turn, notice: Notice) -> tuple[Card, Person] | None:
    """With who has answered; nobody once the person has done so themselves."""
    card, person = event_card(turn, notice), turn.person
    by = answers.who_entered(turn.session, card.event.id, person.id) if card else None
    return (card, by) if card and by else None


def if_answer_is(*statuses: Status | None) -> Load[Card]:
    """The card, while the event lies ahead and the person's answer is one of these."""

    def load(turn: Turn, notice: Notice) -> Card | None:
        card = event_card(turn, notice)
        is_ahead = card is not None and card.event.state is EventState.PUBLISHED
        return card if card and is_ahead and card.status in statuses else None

    return load


if_coming = if_answer_is(Status.YES)


def if_unsure(turn: Turn, notice: Notice) -> Card | None:
    """Who comes, and has not said so once more."""
    card = if_coming(turn, notice)
    return None if card is None or card.is_sure else card


def if_offer_ends(turn: Turn, notice: Notice) -> Card | None:
    """Not of a later offer."""
    card = if_answer_is(Status.OFFERED)(turn, notice)
    return card if card and card.offered_until and card.offered_until - turn.now <= LAST_HOURS else None


def if_asked(turn: Turn, notice: Notice) -> Card | None:
    """While there is something that the person has not said yet."""
    card = if_answer_is(Status.YES, Status.WAITING, Status.OFFERED)(turn, notice)
    return card if card and open_questions(card.event.questions, card.replies) else None


def if_invited(turn: Turn, notice: Notice) -> Card | None:
    card = if_answer_is(None)(turn, notice)
    return card if card and card.is_partner else None


def if_organisation_is_silent(turn: Turn, notice: Notice) -> Card | None:
    card = if_answer_is(None)(turn, notice)
    organisation_id = turn.person.organisation_id
    if (
        card is None
        or not card.is_partner
        or views.has_answered(turn.session, card.event.id, organisation_id)
    ):
        return None
    return card


def if_wants_file(turn: Turn, notice: Notice) -> Card | None:
    """Who comes, unless they do without calendar files."""
    without = wishes.of(turn.session, turn.person).without
    return None if Topic.CALENDAR in without else if_coming(turn, notice)


def to_remove(turn: Turn, notice: Notice) -> Card | None:
    """For who is out, if an entry ever reached them."""
    card = event_card(turn, notice)
    if card is None or (card.status is Status.YES and card.event.state is EventState.PUBLISHED):
        return None
    had = outbox.has_had(turn, EventNotice.CALENDAR_ENTRY, card.event.id)
    return card if had else None


def if_ended(turn: Turn, notice: Notice) -> Card | None:
    card = views.show(turn, notice.subject_id)
    return card if turn.now >= card.event.ends_at and card.event.state is EventState.PUBLISHED else None


def recap(turn: Turn, notice: Notice) -> tuple[Card, bool] | None:
    """Also whether it is a correction of what the person has had."""
    card = if_ended(turn, notice)
    if card is None or not may_read("recap", card.reader):
        return None
    return card, outbox.has_had(turn, EventNotice.EVENT_RECAP, card.event.id)


def to_offer(turn: Turn, notice: Notice) -> list[OfferByPhone] | None:
    offers = phone_calls.open_offers(turn.session, notice.subject_id, turn.now)
    return offers if turn.person.is_staff and offers else None


def to_ring(turn: Turn, notice: Notice) -> tuple[Event, list[Call]] | None:
    event = seating.get_event(turn.session, notice.subject_id)
    found = phone_calls.about(turn.session, event.id)
    is_mine = turn.person.is_staff and turn.now < event.starts_at
    return (event, found) if found and is_mine else None


def _file(card: Card, pact: Pact, now: datetime, t: Texts) -> Screen:
    file = papers.calendar(card, pact, now, t)
    wishes_of_mine = Button(t.label("What I am told"), Go("told"), beside=True)
    rows = ((wishes_of_mine,), *(((to_subscription(t),),) if pact.pages_url else ()))
    return Screen(answering.render_calendar(card, t), rows, file=file)


def with_whom(turn: Turn, notice: Notice) -> tuple[Card, int] | None:
    card = if_coming(turn, notice)
    return (card, turn.person.id) if card else None


def _code(found: tuple[Card, int], pact: Pact, _now: datetime, t: Texts) -> Screen:
    card, person_id = found
    address = link(pact, f"c-{card.event.id}-{person_id}-0")
    return replace(answering.render_code(card, 0, t), image=papers.code(address))


def _on_card(load: Load[D], render: Callable[[D, Texts], Screen]) -> Kind[D]:
    """It goes on following the event."""
    return plain(load, render, ShownAs.CARD)


def to_list(turn: Turn, notice: Notice) -> tuple[Event, list[Guest]] | None:
    """For staff, while the event is ahead and somebody comes."""
    event, found = guest_list.for_staff(turn, notice.subject_id)
    stands = event.state is EventState.PUBLISHED and turn.now < event.starts_at
    return (event, found) if found and stands else None


def to_count(turn: Turn, notice: Notice) -> Counts | None:
    found = to_list(turn, notice)
    return guest_list.count(*found) if found else None


def _to_call(offers: list[OfferByPhone], _t: Texts) -> Line:
    event_id, person_id, call = offers[0].event.id, offers[0].person_id, offers[0].call
    words = ", ".join(filter(None, (call.name, phone_in_words(call.phone), call.organisation)))
    return Line(words, EnterAnswer(event_id, person_id, EnterAnswer.SHOW, 0))


NOTICES: dict[str, Kind[Any]] = {
    EventNotice.PORTER_LIST: Kind(
        to_list, lambda found, pact, _now, t: lists.render_porter(found[0], found[1], pact, t)
    ),
    EventNotice.CATERER_LIST: Kind(
        to_count, lambda counts, pact, _now, t: lists.render_caterer(counts, pact, t)
    ),
    EventNotice.EVENT_PUBLISHED: _on_card(if_invited, event_notices.render_invitation),
    EventNotice.EVENT_MOVED: _on_card(
        if_answer_is(None, Status.YES, Status.WAITING, Status.OFFERED, Status.LAPSED),
        event_notices.render_moved,
    ),
    EventNotice.EVENT_ASKS: _on_card(if_asked, event_notices.render_asks),
    EventNotice.EVENT_CANCELLED: _on_card(event_card, event_notices.render_cancelled),
    EventNotice.EVENT_REMINDER: replace(
        _on_card(if_coming, event_notices.render_reminder), topic=Topic.REMINDERS
    ),
    EventNotice.EVENT_NUDGE: replace(
        _on_card(if_organisation_is_silent, event_notices.render_nudge), topic=Topic.NUDGES
    ),
    EventNotice.EVENT_CONFIRM: _on_card(if_unsure, event_notices.render_confirm),
    EventNotice.EVENT_NOTE: _on_card(if_coming, event_notices.render_note),
    EventNotice.EVENT_THANKS: replace(plain(if_ended, feedback.render_thanks), topic=Topic.THANKS),
    EventNotice.EVENT_RECAP: replace(
        plain(recap, lambda found, t: feedback.render_recap(found[0], t, is_again=found[1])),
        topic=Topic.RECAPS,
    ),
    EventNotice.CALENDAR_ENTRY: Kind(if_wants_file, _file, ShownAs.FILE),
    EventNotice.ENTRY_CODE: Kind(with_whom, _code),
    EventNotice.CALENDAR_REMOVAL: Kind(to_remove, _file, ShownAs.REMOVAL),
    EventNotice.SEAT_OFFERED: _on_card(if_answer_is(Status.OFFERED), event_notices.render_offer),
    EventNotice.OFFER_ENDS: replace(_on_card(if_offer_ends, event_notices.render_offer_ends), is_quiet=True),
    EventNotice.OFFER_LAPSED: _on_card(if_answer_is(Status.LAPSED), event_notices.render_lapsed),
    EventNotice.PASSED_OVER: _on_card(if_answer_is(Status.WAITING), event_notices.render_passed_over),
    EventNotice.BROUGHT_ALONG: _on_card(
        answered_by_another, lambda found, t: event_notices.render_brought(found[0], found[1], t)
    ),
    EventNotice.CALL_OFFERED: replace(
        plain(to_offer, call_screens.render_call_offers),
        opens=_to_call,
        together=N_("📞 Calls to make"),
        veiled=N_("📞 A call to make"),
    ),
    EventNotice.CALL_CHANGED: replace(
        plain(to_ring, lambda found, t: call_screens.render_calls(found[0], found[1], t)),
        opens=lambda found, _t: Line(f"{found[0].title} ({len(found[1])})", ShowGuests(found[0].id)),
        together=N_("📞 Calls to make"),
        veiled=N_("📞 A call to make"),
    ),
}

VIEWS: dict[str, View[Any]] = {
    "guests": View(
        door.still,
        lambda draw, _pact, _now, t: draw(t),
    ),
    "entry": View(
        lambda turn, shows: answers_by_office.show(turn, *shows[1:]),
        lambda entry, _pact, _now, t: office_screens.render_entry(entry, t),
    ),
    "plan": View(
        lambda turn, shows: plan(turn, shows.subject_id),
        lambda found, _pact, now, t: planning_screens.render_plan(found[0], found[1], now, t),
    ),
}
