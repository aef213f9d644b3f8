"""Events as partners see them: the months, the card with one's own status, one's answers."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.events.event import OUT, REPLIES, Ask, EventState, Status, may_read, open_questions
from handlers.chat.buttons import Go, StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    lines,
    list_pages,
    page_of,
    paragraphs,
    to_menu,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import (
    AnswerEvent,
    AnswerOffer,
    ChangeParty,
    DoWithEvent,
    EventDeed,
    Offered,
    Reply,
    ShowCalendar,
    ShowCode,
    ShowEvent,
    ShowGuests,
    ShowPlan,
    ShowReplies,
)
from handlers.events.screens.event_text import (
    PARTIES,
    PROMPTS,
    WORDS,
    ask_in_bold,
    card_text,
    has_few,
    is_late,
    is_open,
    largest_party,
    own_status,
    place,
    seats,
)
from storage.events.tables import Event
from storage.events.views import Card, Page

ANSWERS_SHOWN = 6  # with title, time and status each


def render_events(page: Page, t: Texts) -> Screen:
    name = "past_events" if page.is_past else "events"
    past, coming = (
        Button(t.label("Past events"), Go("past_events")),
        Button(t.label("Coming events"), Go("events")),
    )
    other = coming if page.is_past else past
    footer = ((Button(t.label("My answers"), Go("my_answers")), other), to_menu(t))
    if not page.cards or page.first is None:
        return Screen(_none(page, t), footer)
    month = t.month_of(page.first)
    head = t("<b>Events, {month}</b>", month=month)
    if page.is_past:
        head = t("<b>Past events, {month}</b>", month=month)
    return Screen(
        paragraphs(head, *(_entry(card, t) for card in page.cards)),
        (*_entry_buttons(page.cards, t), *list_pages(page.number, page.pages, name, t), *footer),
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
                f"{_cross(card)}{t.short_day(card.event.starts_at)} {card.event.title}",
                ShowEvent(card.event.id),
                style="primary" if _is_to_answer(card) else None,
            ),
        )
        for card in cards
    )


def _cross(card: Card) -> str:
    return "❌ " if card.event.state is EventState.CANCELLED else ""


def _is_to_answer(card: Card) -> bool:
    return card.is_partner and not (card.status or card.is_past or card.event.state is EventState.CANCELLED)


def render_my_answers(cards: list[Card], number: int, t: Texts) -> Screen:
    if not cards:
        text = t("You have not answered any coming event yet.")
        return Screen(text, ((Button(t.label("Coming events"), Go("events")),), to_menu(t)))
    shown, number, pages = page_of(cards, number, ANSWERS_SHOWN)
    return Screen(
        paragraphs(t("<b>My answers</b>"), *(_entry(card, t, with_place=False) for card in shown)),
        (
            *_entry_buttons(shown, t),
            *list_pages(number, pages, "my_answers", t),
            (Button(t.label("Coming events"), Go("events")),),
            to_menu(t),
        ),
    )


def render_card(card: Card, t: Texts) -> Screen:
    asking = _next_question(card)
    question = ask_in_bold(PROMPTS[asking], t) if asking else ""
    text = paragraphs(card_text(card, t), question)
    return Screen(text, _card_rows(card, asking, t), card_of=card.event.id)


def _next_question(card: Card) -> Ask | None:
    """What the event asks and this person has not said yet."""
    if card.status in (None, *OUT) or not is_open(card):
        return None
    return next(iter(open_questions(card.event.questions, card.replies)), None)


def _more(event: Event, t: Texts) -> tuple[Row, ...]:
    ideas = Button(t.label("💡 From these ideas"), TurnList("ideas-event", 0, event.id))
    there = event.latitude is not None and event.state is EventState.PUBLISHED
    return (
        *(((ideas,),) if event.has_ideas else ()),
        *(((Button(t.label("Map"), url=map_link(event)),),) if there else ()),
    )


def _card_rows(card: Card, asking: Ask | None, t: Texts) -> tuple[Row, ...]:
    event_id = card.event.id
    rows: list[Row] = []
    if card.can_be_undone and is_open(card):
        rows.append((Button(t.label("↩ Undo"), AnswerOffer(event_id, Offered.UNDO), style="primary"),))
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
    rows.extend(_more(card.event, t))
    if card.is_staff:
        rows.extend(staff_rows(card, t))
    rows.append((Button(t.label("All events"), Go("events")),))
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
        return [(Button(t.label("Too late? Ask the office"), StartForm("ask", event_id)),)]
    no = (Button(t.label("I am not coming"), AnswerEvent(event_id, 0)),)
    if card.status is Status.YES:
        return [*_sizes(card, event_id, t), no]
    rows = _first_answer(card, event_id, t) if card.room != 0 else []
    return [*rows, no] if card.status is None else rows


def _first_answer(card: Card, event_id: int, t: Texts) -> list[Row]:
    """Where few seats are free a party says how many it is first, so that it is in or waits as a whole."""
    label = t.label("Onto the waiting list") if card.free == 0 else t.label("I am coming")
    yes = Button(label, AnswerEvent(event_id, 1), style=None if card.free == 0 else "success")
    most = min(PARTIES, largest_party(card)) if has_few(card) else 1
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
    most = largest_party(card)
    sizes = sorted({*range(1, min(PARTIES, most) + 1), card.party})
    row = tuple(
        Button(_party_label(size, t, chosen=size == card.party), ChangeParty(event_id, size))
        for size in sizes
    )
    rows: list[Row] = [row] if len(row) > 1 else []
    if most > PARTIES:
        rows.append((Button(t.label("Another number"), StartForm("party", event_id)),))
    return rows


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
            others.append(Button(t.label("Bring a colleague"), TurnList("colleagues", 0, event_id)))
        if card.event.questions and not open_questions(card.event.questions, card.replies):
            others.append(Button(t.label("Change my details"), ShowReplies(event_id)))
    return [own, *((button,) for button in others)]


def _rows_afterwards(card: Card, t: Texts) -> list[Row]:
    event_id, pictures = card.event.id, len(card.event.recap_pictures)
    rows: list[Row] = []
    if card.was_there:
        say = Button(t.label("Say how it was"), DoWithEvent(event_id, EventDeed.FEEDBACK), style="primary")
        rows.append((say,))
    if card.event.recap_sent_at and pictures and may_read("recap_pictures", card.reader):
        rows.append(
            (Button(t.label("Pictures ({n})", n=pictures), DoWithEvent(event_id, EventDeed.PICTURES)),)
        )
    return rows


def staff_rows(card: Card, t: Texts) -> list[Row]:
    event, event_id = card.event, card.event.id
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
