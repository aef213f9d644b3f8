"""Guests in words: who comes, answers that the office enters, the door, what the host sees."""

from markupsafe import Markup

from domain.events import REPLIES, Ask, EventState, Status
from handlers.buttons import (
    CheckIn,
    DoWithEvent,
    EnterAnswer,
    EventDeed,
    Reply,
    ShowDoor,
    ShowEvent,
    ShowGuests,
    StartForm,
    TurnSilent,
    UndoCheckIn,
)
from handlers.screens.events import ASKS, PARTIES, WORDS, ask_in_bold, own_status, reply_rows
from handlers.screens.screen import Button, Row, Screen, bullets, lines, paragraphs, shorten, turn_pages
from handlers.texts import Texts
from storage.events import Card
from storage.seats import Counts, Guest
from storage.silence import Silent
from storage.tables import Event, Person

SILENT_PAGE = 10  # organisations on one screen
DOOR_PAGE = 20  # names on one screen, two beside each other


def render_guests(counts: Counts, t: Texts) -> Screen:
    event_id = counts.event.id or 0
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
            Button(t.label("Name badges"), DoWithEvent(event_id, EventDeed.BADGES)),
            Button(t.label("Code for the door"), DoWithEvent(event_id, EventDeed.DOOR_CODE)),
        ),
        (Button(t.label("Without an answer"), TurnSilent(event_id, 0)),),
        (Button(t.label("Show the event"), ShowEvent(event_id)),),
    ]
    if counts.event.state is not EventState.PUBLISHED:
        rows = rows[-1:]
    return Screen(paragraphs(t("<b>{title}</b>", title=counts.event.title), _counts(counts, t)), tuple(rows))


def render_silent(event: Event, found: list[Silent], page: int, t: Texts) -> Screen:
    """Organisations to call, each with a button to enter what they say."""
    event_id = event.id or 0
    pages = max(-(-len(found) // SILENT_PAGE), 1)
    page = min(max(page, 0), pages - 1)
    shown = found[page * SILENT_PAGE : (page + 1) * SILENT_PAGE]
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            t.plural(
                "One organisation has not answered.", "{n} organisations have not answered.", len(found)
            ),
            bullets(
                Markup("{}: {}").format(shorten(one.name, 80), shorten("; ".join(one.contacts), 160))
                for one in shown
            ),
            t("Tap one to enter its answer.") if found else "",
        ),
        (
            *((Button(one.name, EnterAnswer(event_id, one.contact_id, -1, 0)),) for one in shown),
            *turn_pages(page, pages, lambda number: TurnSilent(event_id, number)),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
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
        t("There: {n}", n=counts.arrived) if counts.arrived else "",
        *(_reply_counts(ask, counts, t) for ask in Ask if ask in counts.replies),
    )


def _reply_counts(ask: Ask, counts: Counts, t: Texts) -> Markup:
    said = counts.replies[ask]
    what = ", ".join(f"{t.label(WORDS[value])} {said[value]}" for value in REPLIES[ask] if value in said)
    return t("{label}: <b>{answer}</b>", label=t(ASKS[ask]), answer=what)


def render_host(counts: Counts, t: Texts) -> Screen:
    """For the host's contact: numbers, no names."""
    event_id = counts.event.id or 0
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
    )


def render_people(event_id: int, found: list[tuple[Person, str]], t: Texts) -> Screen:
    """Contacts that were searched for, with their organisation."""
    rows = tuple(
        (
            Button(
                f"{shorten(person.name, 24)}, {shorten(organisation, 22)}",
                EnterAnswer(event_id, person.id or 0, -1, 0),
            ),
        )
        for person, organisation in found
    )
    text = t("For whom?") if found else t("Nobody in the register is called that.")
    return Screen(
        text,
        (
            *rows,
            (Button(t.label("Search again"), StartForm("enter", event_id)),),
            (Button(t.label("Enter a guest"), StartForm("guest", event_id)),),
            (Button(t.label("Guests"), ShowGuests(event_id)),),
        ),
    )


def render_entry(card: Card, person: Person, t: Texts, asking: Ask | None = None) -> Screen:
    """One person's answer, as the office enters it."""
    event_id, person_id = card.event.id or 0, person.id or 0
    sizes = sorted({*range(1, PARTIES + 1), *((card.party,) if card.party else ())})
    parties = tuple(
        Button(f"✓ {size}" if size == card.party else f"{size}", EnterAnswer(event_id, person_id, size, 0))
        for size in sizes
    )
    rows: list[Row] = [*(reply_rows(event_id, person_id, asking, t) if asking else ()), parties]
    if card.status in (Status.WAITING, Status.OFFERED):
        beyond = Button(
            t.label("Take in beyond the capacity"),
            EnterAnswer(event_id, person_id, card.party, 1),
            style="danger",
        )
        rows.append((beyond,))
    rows.append((Button(t.label("Does not come"), EnterAnswer(event_id, person_id, 0, 0)),))
    for ask in Ask:
        if ask in card.replies and ask in card.event.questions and ask is not asking:
            label = f"{t.label(ASKS[ask])}: {t.label(WORDS[card.replies[ask]])}"
            rows.append((Button(label, Reply(event_id, person_id, ask, -1)),))
    rows.append((Button(t.label("Guests"), ShowGuests(event_id)),))
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=card.event.title),
            t("For {name}: how many people?", name=person.name),
            own_status(card, t) or t("No answer yet."),
            ask_in_bold(ASKS[asking], t) if asking else "",
        ),
        tuple(rows),
    )


def render_door(event: Event, found: list[Guest], arrived: int, page: int, t: Texts) -> Screen:
    """Names to tap: who is still expected, or who is there."""
    event_id = event.id or 0
    there = sum(guest.arrived_at is not None for guest in found)
    listed = sorted(
        (guest for guest in found if (guest.arrived_at is not None) == bool(arrived)),
        key=lambda guest: _name(guest, t).casefold(),
    )
    pages = max(-(-len(listed) // DOOR_PAGE), 1)
    page = min(max(page, 0), pages - 1)
    shown = listed[page * DOOR_PAGE : (page + 1) * DOOR_PAGE]
    names = [_door_button(guest, event_id, t) for guest in shown]
    other = (
        Button(t.label("Still expected ({n})", n=len(found) - there), ShowDoor(event_id, 0, 0))
        if arrived
        else Button(t.label("There ({n})", n=there), ShowDoor(event_id, 1, 0))
    )
    return Screen(
        paragraphs(
            t("<b>{title}</b>", title=event.title),
            t("{there} of {n} are there.", there=there, n=len(found)),
            t("Tap a name to take it back.") if arrived else t("Tap who arrives."),
        ),
        (
            *(tuple(names[at : at + 2]) for at in range(0, len(names), 2)),
            *turn_pages(page, pages, lambda number: ShowDoor(event_id, arrived, number)),
            (
                Button(t.label("Search"), StartForm("door", event_id)),
                Button(t.label("Walk-in"), StartForm("walk_in", event_id)),
            ),
            (other, Button(t.label("Guests"), ShowGuests(event_id))),
        ),
    )


def _door_button(guest: Guest, event_id: int, t: Texts) -> Button:
    act = UndoCheckIn if guest.arrived_at else CheckIn
    return Button(_name(guest, t), act(event_id, guest.person_id, guest.number))


def _name(guest: Guest, t: Texts) -> str:
    return guest.name or t.label("with {name} ({n})", name=guest.answered_by, n=guest.number)


def render_search(event: Event, found: list[Guest], t: Texts) -> Screen:
    """What a search at the door has found."""
    event_id = event.id or 0
    rows = tuple(
        (
            Button(
                f"{'✓ ' if guest.arrived_at else ''}{shorten(_name(guest, t), 24)}, "
                f"{shorten(guest.organisation, 20)}",
                (UndoCheckIn if guest.arrived_at else CheckIn)(event_id, guest.person_id, guest.number),
            ),
        )
        for guest in found[:DOOR_PAGE]
    )
    text = t("Found:") if found else t("Nobody on the list is called that.")
    return Screen(
        text,
        (
            *rows,
            (
                Button(t.label("Search"), StartForm("door", event_id)),
                Button(t.label("Walk-in"), StartForm("walk_in", event_id)),
            ),
            (Button(t.label("To the door"), ShowDoor(event_id, 0, 0)),),
        ),
    )


def render_arrived(event: Event, guest: Guest, found: list[Guest], t: Texts) -> Screen:
    event_id = event.id or 0
    there = sum(one.arrived_at is not None for one in found)
    return Screen(
        lines(
            t("✅ <b>{name}</b> is there.", name=_name(guest, t)),
            guest.organisation,
            t("{there} of {n} are there.", there=there, n=len(found)),
        ),
        (
            (Button(t.label("Not there after all"), UndoCheckIn(event_id, guest.person_id, guest.number)),),
            (Button(t.label("To the door"), ShowDoor(event_id, 0, 0)),),
        ),
    )


def render_at_the_door(event: Event, t: Texts) -> Screen:
    """For somebody who has scanned the code at the door."""
    return Screen(
        t("✅ <b>Welcome to “{title}”!</b> You are checked in.", title=event.title),
        ((Button(t.label("To the event"), ShowEvent(event.id or 0)),),),
    )


def render_door_code(event: Event, t: Texts) -> Screen:
    return Screen(
        lines(
            t("<b>{title}</b>", title=event.title),
            t("Put this code up at the door. Who scans it on the day and has a seat is checked in."),
        ),
        ((Button(t.label("Guests"), ShowGuests(event.id or 0)),),),
    )


def render_note_sent(event: Event, t: Texts) -> Screen:
    return Screen(
        t("Your note is on its way to everybody who comes."),
        ((Button(t.label("To the event"), ShowEvent(event.id or 0)),),),
    )
