"""Guests in words: who comes, the door, what the host sees."""

from collections import Counter
from datetime import timedelta

from markupsafe import Markup

from domain.basics.paging import page_within
from domain.events import event as rules
from domain.events.event import REPLIES, Ask, EventState
from handlers.chat.buttons import StartForm, TurnList
from handlers.chat.screens.screen import (
    Button,
    Row,
    Screen,
    lines,
    paragraphs,
    shorten,
    turn_pages,
)
from handlers.chat.texts import Texts
from handlers.events.buttons import (
    CheckIn,
    CheckInParty,
    ComeIn,
    DoWithEvent,
    EnterAnswer,
    EventDeed,
    ShowDoor,
    ShowEvent,
    ShowGuests,
    UndoCheckIn,
)
from handlers.events.screens.answers_by_office import and_more
from handlers.events.screens.event_text import ASKS, WORDS
from storage.engine.following import Shows
from storage.events.door import Arrival
from storage.events.guest_list import Counts, Guest
from storage.events.tables import Event

SURE = "👍"  # somebody has said once more that they come
SAME_DAY = timedelta(hours=12)  # around the start: the hour tells enough
COUNTS, FOR_HOST, LISTS = 0, 1, 2  # what of the guests is shown; pages of the door's lists come behind
DOOR_PAGE = 20  # names on one screen, two beside each other


def render_guests(counts: Counts, t: Texts) -> Screen:
    event_id = counts.event.id
    rows: list[Row] = [
        (Button(t.label("Door: check in"), ShowDoor(event_id, 0, 0), style="primary"),),
        (
            Button(t.label("Enter an answer"), StartForm("enter", event_id)),
            Button(t.label("Enter a guest"), StartForm("guest", event_id)),
        ),
        (
            Button(t.label("List (Excel)"), DoWithEvent(event_id, EventDeed.XLSX)),
            Button(t.label("List (CSV)"), DoWithEvent(event_id, EventDeed.CSV)),
        ),
        (
            Button(t.label("List to print"), DoWithEvent(event_id, EventDeed.PAPER)),
            Button(t.label("Name badges"), DoWithEvent(event_id, EventDeed.BADGES)),
        ),
        (Button(t.label("Code for the door"), DoWithEvent(event_id, EventDeed.DOOR_CODE)),),
        (
            Button(t.label("Who comes"), TurnList("names", 0, event_id)),
            Button(t.label("Without an answer"), TurnList("silent", 0, event_id)),
        ),
        (Button(t.label("Not reached here: call or write"), TurnList("to_reach", 0, event_id)),),
        (Button(t.label("Show the event"), ShowEvent(event_id)),),
    ]
    if counts.event.state is not EventState.PUBLISHED:
        lists = rows[2:3] if counts.event.state is EventState.CANCELLED else []
        rows = [*lists, rows[-1]]
    return Screen(
        paragraphs(t("<b>{title}</b>", title=counts.event.title), _counts(counts, t)),
        tuple(rows),
        shows=Shows("guests", event_id, COUNTS),
    )


def _counts(counts: Counts, t: Texts) -> Markup:
    return lines(
        t.plural(
            "One person, organisations: {organisations}",
            "{n} people, organisations: {organisations}",
            counts.people,
            organisations=counts.organisations,
        ),
        t("Waiting: {n}", n=counts.waiting) if counts.waiting else "",
        t("{mark} Confirmed once more: {n}", mark=SURE, n=counts.sure) if counts.sure else "",
        t("There: {n}", n=counts.arrived) if counts.arrived else "",
        *(_reply_counts(ask, counts, t) for ask in Ask if ask in counts.replies),
    )


def _reply_counts(ask: Ask, counts: Counts, t: Texts) -> Markup:
    said = counts.replies[ask]
    words = [f"{t.label(WORDS[value])} {said[value]}" for value in REPLIES[ask] if value in said]
    if rules.UNSAID in said:
        words.append(t.label("not said yet {n}", n=said[rules.UNSAID]))
    what = ", ".join(words)
    return t("{label}: <b>{answer}</b>", label=t(ASKS[ask]), answer=what)


def render_host(counts: Counts, t: Texts) -> Screen:
    """For the host's contact: numbers, no names."""
    event_id = counts.event.id
    rows: list[Row] = []
    if not counts.event.arrival_note:
        rows.append((Button(t.label("Say how to arrive"), StartForm("arrival", event_id)),))
    rows.append((Button(t.label("Show the event"), ShowEvent(event_id)),))
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=counts.event.title),
            _counts(counts, t),
            t("Your note: <i>{note}</i>", note=shorten(counts.event.arrival_note, 500))
            if counts.event.arrival_note
            else t("You can send one note on how to arrive to everybody who comes."),
        ),
        tuple(rows),
        shows=Shows("guests", event_id, FOR_HOST),
    )


def render_door(
    event: Event, found: list[Guest], arrived: int, page: int, t: Texts, *, searches: bool
) -> Screen:
    """Names to tap: who is still expected, or who is there. With `searches` a name can be typed."""
    event_id = event.id
    there = sum(guest.arrived_at is not None for guest in found)
    listed = sorted((guest for guest in found if (guest.arrived_at is not None) == bool(arrived)), key=_order)
    page, pages = page_within(page, len(listed), DOOR_PAGE)
    names = _door_buttons(event_id, listed, page, t)
    arrives = t("Tap who arrives, or write a name.") if searches else t("Tap who arrives.")
    other = (
        Button(t.label("Still expected ({n})", n=len(found) - there), ShowDoor(event_id, 0, 0))
        if arrived
        else Button(t.label("There ({n})", n=there), ShowDoor(event_id, 1, 0))
    )
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            _so_many(there, len(found), t),
            t("Tap a name to correct it.") if arrived else arrives,
            t("{mark} has said once more that they are coming.", mark=SURE)
            if any(guest.is_sure for guest in listed)
            else "",
        ),
        (
            *(tuple(names[at : at + 2]) for at in range(0, len(names), 2)),
            *turn_pages(page, pages, lambda number: ShowDoor(event_id, arrived, number), t),
            _search_row(event_id, t),
            (other, Button(t.label("Guests"), ShowGuests(event_id))),
        ),
        shows=Shows("guests", event_id, LISTS + 2 * page + arrived),
    )


def _order(guest: Guest) -> tuple[str, int, int]:
    """By name; who has none stands with whoever answered."""
    return (guest.name or guest.answered_by).casefold(), guest.person_id, guest.number


def _door_buttons(event_id: int, listed: list[Guest], page: int, t: Texts) -> list[Button]:
    """Of those with the same name the organisation tells who is who."""
    names = Counter(_name(guest, t) for guest in listed)
    return [
        Button(
            _label(guest, name, is_alone=names[name] == 1),
            CheckIn(event_id, guest.person_id, guest.number, page, 0),
        )
        for guest in listed[page * DOOR_PAGE : (page + 1) * DOOR_PAGE]
        for name in (_name(guest, t),)
    ]


def _label(guest: Guest, name: str, *, is_alone: bool) -> str:
    full = name if is_alone or not guest.organisation else f"{name}, {guest.organisation}"
    return f"{SURE} {full}" if guest.is_sure else full


def _search_row(event_id: int, t: Texts) -> Row:
    return (
        Button(t.label("Search"), StartForm("door", event_id)),
        Button(t.label("Walk-in"), StartForm("walk_in", event_id)),
    )


def _name(guest: Guest, t: Texts) -> str:
    if guest.number == 0:
        return guest.name or t.label("Guest")
    return guest.name or f"{guest.answered_by} +{guest.number}"


def _found(event_id: int, guest: Guest, t: Texts) -> Button:
    label = f"{shorten(_name(guest, t), 24)}, {shorten(guest.organisation, 20)}".removesuffix(", ")
    mark = "✓ " if guest.arrived_at else ""
    return Button(f"{mark}{label}", CheckIn(event_id, guest.person_id, guest.number, CheckIn.ALONE, 0))


def render_search(event: Event, found: list[Guest], t: Texts) -> Screen:
    """What a search at the door has found; somebody else can be typed at once."""
    event_id = event.id
    rows: list[Row] = [(_found(event_id, guest, t),) for guest in found[:DOOR_PAGE]]
    if len({guest.person_id for guest in found}) == 1:
        rows.append((_to_answer(event_id, found[0], t),))
    text = t("Found:") if found else t("Nobody on the list is called that.")
    return Screen(
        lines(t("<b>{title}</b>", title=event.title), text, and_more(len(found) - len(found[:DOOR_PAGE]), t)),
        (
            *rows,
            _search_row(event_id, t),
            (Button(t.label("To the door"), ShowDoor(event_id, 0, 0)),),
        ),
    )


def _to_answer(event_id: int, guest: Guest, t: Texts) -> Button:
    return Button(t.label("Change the answer"), EnterAnswer(event_id, guest.person_id, EnterAnswer.SHOW, 0))


def render_arrival(arrival: Arrival, t: Texts) -> Screen:
    """Who has just been checked in, was so before, or has come on another day than the event's."""
    event, guest = arrival.event, arrival.guest
    event_id = event.id
    if arrival.is_another_day:
        anyway = CheckIn(event_id, guest.person_id, guest.number, CheckIn.ALONE, 1)
        rows: list[Row] = [(Button(t.label("Check in all the same"), anyway, style="danger"),)]
    else:
        back = UndoCheckIn(event_id, guest.person_id, guest.number)
        rows = [*_whole_party(arrival, t), (Button(t.label("Not there after all"), back),)]
    rows += [(_to_answer(event_id, guest, t),), (Button(t.label("To the door"), ShowDoor(event_id, 0, 0)),)]
    return Screen(
        lines(
            _arrived(arrival, t),
            guest.organisation,
            t("<i>{title}, {when}</i>", title=event.title, when=t.span(event.starts_at, event.ends_at)),
            _so_many(arrival.there, len(arrival.guests), t),
        ),
        tuple(rows),
    )


def _arrived(arrival: Arrival, t: Texts) -> Markup:
    name = _name(arrival.guest, t)
    if arrival.is_another_day:
        return t("⚠️ <b>This event is on another day.</b> Check {name} in all the same?", name=name)
    if arrival.since:
        is_today = abs(arrival.since - arrival.event.starts_at) < SAME_DAY
        since = t.clock(arrival.since) if is_today else t.moment(arrival.since)
        return t("☑️ <b>{name}</b> is there already, since {moment}.", name=name, moment=since)
    return t("✅ <b>{name}</b> is there.", name=name)


def _whole_party(arrival: Arrival, t: Texts) -> list[Row]:
    if not arrival.missing:
        return []
    payload = CheckInParty(arrival.event.id, arrival.guest.person_id)
    return [(Button(t.label("All {n} are there", n=arrival.guest.party), payload, style="success"),)]


def toast(arrival: Arrival, t: Texts) -> str:
    return f"{_arrived(arrival, t).striptags()} {_so_many(arrival.there, len(arrival.guests), t)}"


def _so_many(there: int, of: int, t: Texts) -> Markup:
    return t.plural("{n} of {of} is there.", "{n} of {of} are there.", there, of=of)


def render_at_the_door(arrival: Arrival, t: Texts) -> Screen:
    """For somebody who has scanned the code at the door."""
    back = (Button(t.label("To the event"), ShowEvent(arrival.event.id)),)
    return Screen(
        t("✅ <b>Welcome to “{title}”!</b> You are checked in.", title=arrival.event.title),
        (*_whole_party(arrival, t), back),
    )


def render_without_seat(event: Event, code: str, t: Texts) -> Screen:
    """For a partner who has scanned the code at the door and has no seat."""
    event_id = event.id
    free = rules.free_seats(event.capacity, event.taken + event.held)
    if free == 0:
        text = t("All seats are taken. Please speak to the office at the door.")
        rows: tuple[Row, ...] = ()
    else:
        text = t("You have no seat yet, but some are free.")
        rows = ((Button(t.label("I am here, let me in"), ComeIn(event_id, code), style="success"),),)
    return Screen(
        paragraphs(t("<b>{title}</b>", title=event.title), text),
        (*rows, (Button(t.label("To the event"), ShowEvent(event_id)),)),
    )


def render_door_code(event: Event, t: Texts) -> Screen:
    return Screen(
        lines(
            t("<b>{title}</b>", title=event.title),
            t("Put this code up at the door. Who scans it on the day and has a seat is checked in."),
        ),
        ((Button(t.label("Guests"), ShowGuests(event.id)),),),
    )


def render_note_sent(event: Event, t: Texts) -> Screen:
    return Screen(
        t("Your note is on its way to everybody who comes."),
        ((Button(t.label("To the event"), ShowEvent(event.id)),),),
    )
