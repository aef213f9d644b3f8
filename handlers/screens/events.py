"""Events as partners see them: the months, the card with one's own status, one's answers."""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup

from domain.events import LARGEST_PARTY, OUT, REPLIES, Ask, EventKind, EventState, Status, open_questions
from handlers.buttons import (
    AnswerEvent,
    AnswerOffer,
    ChangeParty,
    DoWithEvent,
    EventDeed,
    Go,
    Offered,
    Place,
    Reply,
    ShowCalendar,
    ShowCode,
    ShowColleagues,
    ShowEvent,
    ShowGuests,
    ShowPlan,
    ShowReplies,
    StartForm,
    TurnEvents,
    TurnList,
    TurnPastEvents,
)
from handlers.screens.menu import to_menu
from handlers.screens.screen import (
    Button,
    Row,
    Screen,
    bullets,
    lines,
    page_of,
    paragraphs,
    shorten,
    turn_pages,
)
from handlers.texts import N_, Texts
from storage.events import Card, Page
from storage.tables import Event

PARTIES = 4  # buttons for the person alone and with up to three colleagues
ANSWERS_SHOWN = 6  # with title, time and status each
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
    Ask.ACCESS: N_("Does somebody of you need step-free access?"),
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


def render_events(page: Page, t: Texts) -> Screen:
    turn = TurnPastEvents if page.is_past else TurnEvents
    other = (
        Button(t.label("Coming events"), TurnEvents(0))
        if page.is_past
        else Button(t.label("Past events"), TurnPastEvents(0))
    )
    footer = ((Button(t.label("My answers"), Go(Place.MY_ANSWERS)), other), to_menu(t))
    if not page.cards or page.first is None:
        return Screen(_none(page, t), footer)
    month = t.month_of(page.first)
    head = (
        t("<b>Past events, {month}</b>", month=month)
        if page.is_past
        else t("<b>Events, {month}</b>", month=month)
    )
    return Screen(
        paragraphs(head, *(_entry(card, t) for card in page.cards)),
        (*_entry_buttons(page.cards, t), *turn_pages(page.number, page.pages, turn), *footer),
    )


def _none(page: Page, t: Texts) -> Markup:
    if page.is_past:
        return t("There are no past events yet.")
    if page.is_for_partner:
        return t("No events are planned at the moment. You will be told as soon as there is one.")
    return t("No events are planned at the moment. Partners are told here as soon as there is one.")


def _entry(card: Card, t: Texts, *, with_place: bool = True) -> Markup:
    return lines(
        t("<b>{title}</b>", title=card.event.title),
        t.span(card.event.starts_at, card.event.ends_at),
        place(card.event) if with_place else "",
        own_status(card, t) or ("" if card.is_past else seats(card.event, card.free, t)),
    )


def _entry_buttons(cards: Sequence[Card], t: Texts) -> tuple[Row, ...]:
    return tuple(
        (
            Button(
                f"{t.short_day(card.event.starts_at)} {card.event.title}",
                ShowEvent(card.event.id or 0),
                style=None if card.status or not card.is_partner or card.is_past else "primary",
            ),
        )
        for card in cards
    )


def render_my_answers(cards: list[Card], number: int, t: Texts) -> Screen:
    if not cards:
        text = t("You have not answered any coming event yet.")
        return Screen(text, ((Button(t.label("Coming events"), TurnEvents(0)),), to_menu(t)))
    shown, number, pages = page_of(cards, number, ANSWERS_SHOWN)
    return Screen(
        paragraphs(t("<b>My answers</b>"), *(_entry(card, t, with_place=False) for card in shown)),
        (
            *_entry_buttons(shown, t),
            *turn_pages(number, pages, lambda page: TurnList(Place.MY_ANSWERS, page)),
            (Button(t.label("Coming events"), TurnEvents(0)),),
            to_menu(t),
        ),
    )


def render_card(card: Card, t: Texts) -> Screen:
    asking = _next_question(card)
    question = ask_in_bold(PROMPTS[asking], t) if asking else ""
    text = paragraphs(card_text(card, t), question)
    return Screen(text, _card_rows(card, asking, t), card_of=card.event.id)


def card_text(card: Card, t: Texts) -> Markup:
    """A card without its buttons, and without the event's questions, which are answered by them."""
    return paragraphs(
        lines(own_status(card, t), _own_particulars(card, t)),
        facts(card.event, card.free, t, is_past=card.is_past, is_late=is_late(card)),
        _recap(card, t),
        _colleagues(card, t),
        _rule(card, t),
        _why_not(card, t),
    )


def ask_in_bold(question: str, t: Texts) -> Markup:
    return Markup("❓ <b>{}</b>").format(t(question))


def _next_question(card: Card) -> Ask | None:
    """What the event asks and this person has not said yet."""
    if card.status in (None, *OUT) or not is_open(card):
        return None
    return next(iter(open_questions(card.event.questions, card.replies)), None)


def heading(event: Event, t: Texts) -> Markup:
    return lines(
        t("<b>{title}</b>", title=event.title),
        t("{kind}, {when}", kind=t(KINDS[event.kind]), when=t.span(event.starts_at, event.ends_at)),
        place(event),
        t("Host: {host}", host=event.host) if event.host else "",
    )


def _recap(card: Card, t: Texts) -> Markup:
    if not card.event.recap_sent_at:
        return Markup()
    return lines(t("📸 <b>What people took home</b>"), shorten(card.event.recap, SHOWN_RECAP))


def facts(
    event: Event, free: int | None, t: Texts, *, is_past: bool = False, is_late: bool = False
) -> Markup:
    is_ahead = event.state is not EventState.CANCELLED and not is_past
    limit = SHOWN_BEFORE_RECAP if event.recap_sent_at else SHOWN_DESCRIPTION
    return paragraphs(
        heading(event, t),
        shorten(event.description, limit),
        t("<i>Changed since last time:</i> {what}", what=shorten(event.improvements, SHOWN_NOTE))
        if event.improvements and is_ahead
        else "",
        t("<i>How to arrive:</i> {note}", note=shorten(event.arrival_note, SHOWN_NOTE))
        if event.arrival_note and is_ahead
        else "",
        lines(
            seats(event, free, t),
            t("Please answer by {moment}.", moment=t.moment(event.answer_by))
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
        waiting = event.waiting + event.held
        return (
            t("Fully booked. {waiting} on the waiting list.", waiting=waiting)
            if waiting
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
    match card.status:
        case Status.YES:
            return t.plural(
                "✅ <b>You are in.</b>", "✅ <b>You are in with {n} people in all.</b>", card.party
            )
        case Status.WAITING:
            return _status_waiting(card, t)
        case Status.OFFERED:
            return t.plural(
                "🎉 <b>A seat is held for you until {until}.</b> It is yours once you take it.",
                "🎉 <b>{n} seats are held for you until {until}.</b> They are yours once you take them.",
                card.offered,
                until=t.moment(card.offered_until or card.event.starts_at),
            )
        case Status.LAPSED:
            return t("<b>You are no longer on the waiting list.</b> The seat is no longer held for you.")
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
    replies = " · ".join(
        f"{t.label(ASKS[ask])}: {t.label(WORDS[card.replies[ask]])}"
        for ask in Ask
        if card.replies.get(ask) in WORDS and ask in card.event.questions
    )
    return lines(
        t("With you: {names}", names=shorten(", ".join(card.names), SHOWN_NOTE)) if card.names else "",
        Markup("<i>{}</i>").format(replies) if replies else "",
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
    return Markup("<i>{}</i>").format(rule)


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
    if card.is_partner and not is_late(card) and _has_few(card):
        return t("<i>A party that does not fit into the free seats waits as a whole.</i>")
    return Markup()


def _has_few(card: Card) -> bool:
    return card.free is not None and 0 < card.free < PARTIES and _largest(card) > 1


def is_open(card: Card) -> bool:
    return card.event.state is EventState.PUBLISHED and card.now < card.event.starts_at


def is_late(card: Card) -> bool:
    return has_closed(card.event, card.now)


def has_closed(event: Event, now: datetime) -> bool:
    return event.answer_by is not None and now > event.answer_by


def _card_rows(card: Card, asking: Ask | None, t: Texts) -> tuple[Row, ...]:
    event_id = card.event.id or 0
    rows: list[Row] = []
    if asking:
        rows.extend(reply_rows(event_id, 0, asking, t))
    if is_open(card) and card.is_partner:
        rows.extend(_answers(card, event_id, t))
    elif is_open(card) and card.status is Status.OFFERED:
        rows.extend(_offer(card, event_id, t))
    elif is_open(card) and card.status in (None, *OUT) and not card.is_staff:
        rows.append((Button(t.label("My organisation is a partner"), StartForm("join", 0)),))
        rows.append((Button(t.label("Join the pact"), StartForm("join", 0)),))
    is_on = card.event.state is EventState.PUBLISHED and not card.is_past
    if card.status is Status.YES and is_on:
        rows.extend(_with_a_seat(card, event_id, t))
    if card.is_past and card.event.state is EventState.PUBLISHED:
        rows.extend(_rows_afterwards(card, t))
    if card.is_host and not card.is_staff and card.event.state is EventState.PUBLISHED:
        rows.append((Button(t.label("How many come"), DoWithEvent(event_id, EventDeed.HOST)),))
    if card.event.latitude is not None and card.event.state is EventState.PUBLISHED:
        rows.append((Button(t.label("Map"), url=map_link(card.event)),))
    if card.is_staff:
        rows.extend(staff_rows(card, t))
    rows.append((Button(t.label("All events"), TurnEvents(0)),))
    return tuple(rows)


def map_link(event: Event) -> str:
    where = f"{event.latitude}/{event.longitude}"
    return f"https://www.openstreetmap.org/?mlat={event.latitude}&mlon={event.longitude}#map=17/{where}"


def reply_rows(event_id: int, person_id: int, ask: Ask, t: Texts) -> list[Row]:
    buttons = [
        Button(t.label(WORDS[value]), Reply(event_id, person_id, ask, number))
        for number, value in enumerate(REPLIES[ask])
    ]
    return [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]


def _answers(card: Card, event_id: int, t: Texts) -> list[Row]:
    if card.status is Status.OFFERED:
        return _offer(card, event_id, t)
    if card.status is Status.WAITING:
        return _while_waiting(card, event_id, t)
    if is_late(card):
        return [(Button(t.label("Answers are closed: write to the office"), StartForm("ask", event_id)),)]
    no = (Button(t.label("I am not coming"), AnswerEvent(event_id, 0)),)
    if card.status is Status.YES:
        return [*_sizes(card, event_id, t), no]
    rows = _first_answer(card, event_id, t) if card.room != 0 else []
    return [*rows, no] if card.status is None else rows


def _first_answer(card: Card, event_id: int, t: Texts) -> list[Row]:
    """Where few seats are free a party says how many it is first, so that it is in or waits as a whole."""
    label = t.label("Onto the waiting list") if card.free == 0 else t.label("I am coming")
    yes = Button(label, AnswerEvent(event_id, 1), style=None if card.free == 0 else "success")
    most = min(PARTIES, _largest(card)) if _has_few(card) else 1
    together = tuple(
        Button(t.label("We are {n}", n=size), ChangeParty(event_id, size)) for size in range(2, most + 1)
    )
    return [(yes,), together] if together else [(yes,)]


def _while_waiting(card: Card, event_id: int, t: Texts) -> list[Row]:
    """Who gives something up may do so until the start; asking for more ends with the deadline."""
    rows = [] if is_late(card) else _sizes(card, event_id, t)
    if card.party > 1:
        enough = (
            Button(t.label("We need all {n} seats", n=card.party), AnswerOffer(event_id, Offered.TOGETHER))
            if card.one_is_enough
            else Button(t.label("Fewer seats will do, one is enough"), AnswerOffer(event_id, Offered.SETTLE))
        )
        rows.append((enough,))
    return [*rows, (Button(t.label("I am not coming"), AnswerOffer(event_id, Offered.DECLINE)),)]


def _sizes(card: Card, event_id: int, t: Texts) -> list[Row]:
    most = _largest(card)
    sizes = sorted({*range(1, min(PARTIES, most) + 1), card.party})
    row = tuple(
        Button(_party_label(size, t, chosen=size == card.party), ChangeParty(event_id, size))
        for size in sizes
    )
    rows: list[Row] = [row] if len(row) > 1 else []
    if most > PARTIES:
        rows.append((Button(t.label("Another number"), StartForm("party", event_id)),))
    return rows


def _largest(card: Card) -> int:
    """The largest party that can be had, or can wait."""
    grows_to = card.party + card.free if card.status is Status.YES and card.free is not None else None
    limits = (LARGEST_PARTY, card.room, card.event.capacity, grows_to)
    return min(limit for limit in limits if limit is not None)


def _offer(card: Card, event_id: int, t: Texts) -> list[Row]:
    take = (
        t.label("Yes, I take the seat")
        if card.offered == 1
        else t.label("Yes, we take the {n} seats", n=card.offered)
    )
    return [
        (Button(take, AnswerOffer(event_id, Offered.TAKE), style="success"),),
        (Button(t.label("No, thank you"), AnswerOffer(event_id, Offered.DECLINE)),),
    ]


def _with_a_seat(card: Card, event_id: int, t: Texts) -> list[Row]:
    own = (
        Button(t.label("For my calendar"), ShowCalendar(event_id)),
        Button(t.label("My code for the door"), ShowCode(event_id, 0)),
    )
    others: list[Button] = []
    if is_open(card) and card.is_partner:
        if card.party > 1:
            others.append(Button(t.label("Names of colleagues"), StartForm("names", event_id)))
        if not is_late(card) and (card.room is None or card.room > card.party):
            others.append(Button(t.label("Bring a colleague"), ShowColleagues(event_id)))
        if card.event.questions and not open_questions(card.event.questions, card.replies):
            others.append(Button(t.label("Change my details"), ShowReplies(event_id)))
    return [own, *((button,) for button in others)]


def _rows_afterwards(card: Card, t: Texts) -> list[Row]:
    event_id, pictures = card.event.id or 0, len(card.event.recap_pictures)
    rows: list[Row] = []
    if card.was_there:
        say = Button(t.label("Say how it was"), DoWithEvent(event_id, EventDeed.FEEDBACK), style="primary")
        rows.append((say,))
    if card.event.recap_sent_at and pictures:
        rows.append(
            (Button(t.label("Pictures ({n})", n=pictures), DoWithEvent(event_id, EventDeed.PICTURES)),)
        )
    return rows


def staff_rows(card: Card, t: Texts) -> list[Row]:
    event, event_id = card.event, card.event.id or 0
    share = Button(t.label("Share"), share=event.title)
    plan = Button(t.label("Change or cancel"), ShowPlan(event_id))
    if event.state is EventState.DRAFT:
        return [(plan,)]
    if card.is_past and event.state is EventState.PUBLISHED:
        return [
            (
                Button(t.label("Results"), DoWithEvent(event_id, EventDeed.RESULTS)),
                Button(t.label("Recap"), DoWithEvent(event_id, EventDeed.RECAP)),
            ),
            (
                Button(t.label("Guests"), ShowGuests(event_id)),
                Button(t.label("Copy as a new draft"), DoWithEvent(event_id, EventDeed.COPY)),
            ),
        ]
    rows: list[Row] = [(Button(t.label("Guests"), ShowGuests(event_id)), plan)]
    is_open_to_all = event.state is EventState.PUBLISHED and event.audience is None
    return [*rows, (share,)] if is_open_to_all else rows


def _party_label(size: int, t: Texts, *, chosen: bool) -> str:
    label = t.label("Only me") if size == 1 else f"+{size - 1}"
    return f"✓ {label}" if chosen else label


def toast(card: Card, t: Texts) -> str:
    return own_status(card, t).striptags()
