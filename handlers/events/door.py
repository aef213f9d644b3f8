"""Guests: lists, the door, walk-ins, and what the host sees and says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from telegram.helpers import create_deep_linked_url

from domain.basics.words import N_
from domain.events.refusals import CodeIsForTheDoor, NoteIsSent
from handlers.chat import reading
from handlers.chat.context import Context
from handlers.chat.form_engine import Desk
from handlers.chat.questions import Asked, Question, Questionnaire, Submission, asks, only_staff
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.events import lists, papers
from handlers.events.buttons import (
    CheckIn,
    CheckInParty,
    ComeIn,
    EventDeed,
    ShowDoor,
    ShowGuests,
    UndoCheckIn,
    WalkIn,
)
from handlers.events.screens import door as screens
from handlers.events.screens.answers_by_office import render_alike
from storage.engine import forms, people
from storage.engine.following import Shows
from storage.engine.tables import Person
from storage.engine.turn import Turn
from storage.events import answers_by_office, changing, door, feedback, guest_list, seating, unanswered
from storage.events.answers_by_office import Named
from storage.events.door import Arrival
from storage.events.guest_list import Counts, Guest
from storage.events.tables import Event
from storage.events.unanswered import Seatless, Silent

SEARCH_STAYS = timedelta(hours=6)  # for so long after the last one, a name that is typed is searched for
SEAT_LINK = re.compile(r"c-(\d{1,9})-(\d{1,9})-(\d{1,2})")
DOOR_LINK = re.compile(r"d-(\d{1,9})-([A-Za-z0-9_-]{12})")


def link_for(context: Context, event_id: int, person_id: int, number: int) -> str:
    return create_deep_linked_url(context.bot.username, f"c-{event_id}-{person_id}-{number}")


async def opened_link(context: Context, code: str) -> bool:
    """A code scanned with a phone's camera: a guest's by staff, the door's by a guest."""
    seat, found = SEAT_LINK.fullmatch(code), DOOR_LINK.fullmatch(code)
    if seat:
        event_id, person_id, number = map(int, seat.groups())
        arrival = await context.transact(_scan, event_id, person_id, number)
        await context.show(screens.render_arrival(arrival, context.t))
    elif found:
        event_id = int(found[1])
        arrived = await context.transact(door.arrive_oneself, event_id, found[2])
        if isinstance(arrived, Arrival):
            await context.show(screens.render_at_the_door(arrived, context.t))
        else:
            await context.show(screens.render_without_seat(arrived, found[2], context.t))
    return bool(seat or found)


def _scan(turn: Turn, event_id: int, person_id: int, number: int) -> Arrival:
    if turn.person.id == person_id and not turn.person.is_staff:
        raise CodeIsForTheDoor
    return door.check_in(turn, event_id, person_id, number, is_scanned=True)


async def came_in(context: Context, tap: ComeIn) -> None:
    await context.answer(screens.render_at_the_door, door.come_in, tap.event_id, tap.door_code)


async def asked_for_guests(context: Context, tap: ShowGuests) -> None:
    await context.answer(screens.render_guests, _counts, tap.event_id)


def _counts(turn: Turn, event_id: int) -> Counts:
    people.check_staff(turn.person)
    return guest_list.for_host(turn, event_id)


def still(turn: Turn, shows: Shows) -> Callable[[Texts], Screen]:
    """How to draw what a message shows of the guests, as they are now."""
    event_id = shows.subject_id
    if shows.edition == screens.COUNTS:
        return partial(screens.render_guests, _counts(turn, event_id))
    if shows.edition == screens.FOR_HOST:
        return partial(screens.render_host, guest_list.for_host(turn, event_id))
    page, arrived = divmod(shows.edition - screens.LISTS, 2)
    event, found = guest_list.for_staff(turn, event_id)
    form = forms.find(turn)
    searches = form is not None and (form.name, form.subject_id) == (DOOR.name, event_id)
    return partial(screens.render_door, event, found, arrived, page, searches=searches)


async def asked_as_host(context: Context, event_id: int) -> None:
    await context.answer(screens.render_host, guest_list.for_host, event_id)


async def asked_for_door(context: Context, tap: ShowDoor) -> None:
    event, found, searches = await context.transact(_open_door, context, tap.event_id)
    await context.show(screens.render_door(event, found, tap.arrived, tap.page, context.t, searches=searches))


def _open_door(turn: Turn, context: Context, event_id: int) -> tuple[Event, list[Guest], bool]:
    """What is typed from now on is a name to search for, unless a form is being filled in."""
    event, found = guest_list.for_staff(turn, event_id)
    return event, found, Desk(turn, context).begin_beside(DOOR.name, event_id)


async def checked_in(context: Context, tap: CheckIn) -> None:
    """A tap on a name in the list leaves the list where it is; whoever is there already is shown."""
    arrival, searches = await context.transact(_check_in, context, tap)
    screen = screens.render_arrival(arrival, context.t)
    if tap.page >= 0 and not arrival.since and not arrival.is_another_day:
        listed = screens.render_door(arrival.event, arrival.guests, 0, tap.page, context.t, searches=searches)
        screen = replace(listed, toast=screens.toast(arrival, context.t))
    await context.show(screen)


def _check_in(turn: Turn, context: Context, tap: CheckIn) -> tuple[Arrival, bool]:
    arrival = door.check_in(turn, tap.event_id, tap.person_id, tap.number, anyway=bool(tap.anyway))
    return arrival, Desk(turn, context).begin_beside(DOOR.name, tap.event_id)


async def checked_in_party(context: Context, tap: CheckInParty) -> None:
    arrival = await context.transact(door.check_in_party, tap.event_id, tap.person_id)
    draw = screens.render_arrival if context.person.is_staff else screens.render_at_the_door
    await context.show(draw(arrival, context.t))


async def undid_check_in(context: Context, tap: UndoCheckIn) -> None:
    event, found, searches = await context.transact(_undo, context, tap)
    await context.show(screens.render_door(event, found, 1, 0, context.t, searches=searches))


def _undo(turn: Turn, context: Context, tap: UndoCheckIn) -> tuple[Event, list[Guest], bool]:
    door.undo(turn, tap.event_id, tap.person_id, tap.number)
    return _open_door(turn, context, tap.event_id)


def _everybody(turn: Turn, event_id: int) -> tuple[Event, list[Guest], list[Seatless], list[Silent]]:
    event, found = guest_list.for_staff(turn, event_id)
    return (
        event,
        found,
        unanswered.seatless(turn.session, event_id),
        unanswered.organisations(turn.session, event),
    )


async def walked_in(context: Context, tap: WalkIn) -> None:
    await context.answer(screens.render_arrival, door.walk_in, tap.event_id, tap.person_id)


async def asked_for_file(context: Context, event_id: int, deed: EventDeed) -> None:
    event, found, seatless, silent = await context.transact(_everybody, event_id)
    t, pact = context.t, context.house.pact
    if deed is EventDeed.BADGES:
        file = papers.badges(event, found, pact, t)
    elif deed is EventDeed.PAPER:
        file = lists.guests(event, found, pact, t)
    else:
        file = papers.guest_list(event, found, seatless, silent, pact, t, as_excel=deed is EventDeed.XLSX)
    words = t.plural("{title}: one person", "{title}: {n} people", len(found), title=event.title)
    await context.show(Screen(words, file=file))


async def asked_for_door_code(context: Context, event_id: int) -> None:
    event = await context.transact(door.door_code, event_id)
    link = create_deep_linked_url(context.bot.username, f"d-{event_id}-{event.door_code}")
    await context.show(replace(screens.render_door_code(event, context.t), image=papers.code(link)))


def _searched_at_door(turn: Turn, form: Submission) -> tuple[Event, list[Guest]]:
    return guest_list.find(turn, form.subject_id, form.answers["name"])


DOOR: Questionnaire[Any] = asks(
    "door",
    N_("Search at the door"),
    Question(
        "name",
        N_("Name"),
        N_("Which name or organisation? A part is enough."),
        read=reading.line(80, 1),
    ),
    submit=_searched_at_door,
    done=lambda found, asked: screens.render_search(found[0], found[1], asked.t),
    check=only_staff,
    about=seating.title_of,
    stays=SEARCH_STAYS,
    is_search=True,
)


def _walked_in(turn: Turn, form: Submission) -> tuple[int, list[Named], Person, Arrival | None]:
    """Those in the register or on the list who may be meant; where there are none, a guest is in at once."""
    event_id, name = form.subject_id, form.answers["name"]
    found = answers_by_office.alike(turn.session, event_id, name)
    guest = answers_by_office.add_guest(turn, name)
    arrival = None
    if not found:
        arrival = door.walk_in(turn, event_id, guest.id)
    return event_id, found, guest, arrival


def _show_walk_in(result: tuple[int, list[Named], Person, Arrival | None], asked: Asked) -> Screen:
    event_id, found, guest, arrival = result
    if arrival:
        return screens.render_arrival(arrival, asked.t)
    return render_alike(event_id, found, guest, asked.t, has_come=True)


WALK_IN: Questionnaire[Any] = asks(
    "walk_in",
    N_("Somebody without an answer"),
    Question(
        "name",
        N_("Name"),
        N_("Who has come? Name and where from. That puts them on the list and checks them in."),
        read=reading.name(128),
    ),
    submit=_walked_in,
    done=_show_walk_in,
    check=only_staff,
    about=seating.title_of,
)


def _check_host(turn: Turn, event_id: int) -> None:
    if guest_list.for_host(turn, event_id).event.arrival_note:
        raise NoteIsSent


def _sent_note(turn: Turn, form: Submission) -> Event:
    return feedback.send_note(turn, form.subject_id, form.answers["note"])


NOTE: Questionnaire[Any] = asks(
    "arrival",
    N_("How to arrive"),
    Question(
        "note",
        N_("Note"),
        N_("What should guests know to find you? Entrance, parking, stop. It goes to all who come, once."),
        read=reading.text(500, 5),
    ),
    submit=_sent_note,
    done=lambda event, asked: screens.render_note_sent(event, asked.t),
    submit_label=N_("Send to all who come"),
    grows_at="note",
    check=_check_host,
    stands=changing.is_ahead,
    about=seating.title_of,
)

FORMS: Sequence[Questionnaire[Any]] = (DOOR, WALK_IN, NOTE)
