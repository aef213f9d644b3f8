"""Guests: what the office enters for others, the door, lists, and what the host sees and says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session
from telegram.helpers import create_deep_linked_url

from domain import refusals
from domain.events import LARGEST_PARTY, OUT, REPLIES, Ask, open_questions
from domain.pact import Pact
from handlers import reading
from handlers.buttons import (
    CheckIn,
    EnterAnswer,
    EventDeed,
    Reply,
    ShowDoor,
    ShowGuests,
    TurnSilent,
    UndoCheckIn,
)
from handlers.context import Context
from handlers.forms import Question, Questionnaire, Submission
from handlers.screens import door as screens
from handlers.screens import papers
from handlers.screens.screen import Screen
from handlers.texts import N_
from storage import answers, events, feedback, people, seating, seats, silence
from storage.events import Card
from storage.seats import Counts, Guest
from storage.silence import Seatless, Silent
from storage.tables import Event, Person

SEAT_LINK = re.compile(r"c-(\d{1,9})-(\d{1,9})-(\d{1,2})")
DOOR_LINK = re.compile(r"d-(\d{1,9})-([A-Za-z0-9_-]{12})")


def link_for(context: Context, event_id: int, person_id: int, number: int) -> str:
    return create_deep_linked_url(context.bot.username, f"c-{event_id}-{person_id}-{number}")


async def opened_link(context: Context, code: str) -> bool:
    """A code scanned with a phone's camera: a guest's by staff, the door's by a guest."""
    seat, door = SEAT_LINK.fullmatch(code), DOOR_LINK.fullmatch(code)
    if seat:
        event_id, person_id, number = map(int, seat.groups())
        event, guest, found = await context.transact(_check_in, event_id, person_id, number, context.now)
        await context.show(screens.render_arrived(event, guest, found, context.t))
    elif door:
        event = await context.transact(seats.arrive_oneself, int(door[1]), door[2], context.now)
        await context.show(screens.render_at_the_door(event, context.t))
    return bool(seat or door)


def _check_in(
    session: Session, staff: Person, event_id: int, person_id: int, number: int, now: Any
) -> tuple[Event, Guest, list[Guest]]:
    guest = seats.check_in(session, staff, event_id, person_id, number, now)
    return _split(seats.for_staff(session, staff, event_id), guest)


def _split(found: tuple[Event, list[Guest]], guest: Guest) -> tuple[Event, Guest, list[Guest]]:
    return found[0], guest, found[1]


async def asked_for_guests(context: Context, tap: ShowGuests) -> None:
    counts = await context.transact(_counts, tap.event_id)
    await context.show(screens.render_guests(counts, context.t))


def _counts(session: Session, person: Person, event_id: int) -> Counts:
    people.check_staff(person)
    return seats.for_host(session, person, event_id)


async def turned_to_silent(context: Context, tap: TurnSilent) -> None:
    event, found = await context.transact(silence.for_staff, tap.event_id)
    await context.show(screens.render_silent(event, found, tap.page, context.t))


async def asked_as_host(context: Context, event_id: int) -> None:
    counts = await context.transact(seats.for_host, event_id)
    await context.show(screens.render_host(counts, context.t))


async def asked_for_door(context: Context, tap: ShowDoor) -> None:
    event, found = await context.transact(seats.for_staff, tap.event_id)
    await context.show(screens.render_door(event, found, tap.arrived, tap.page, context.t))


async def checked_in(context: Context, tap: CheckIn) -> None:
    event, guest, found = await context.transact(
        _check_in, tap.event_id, tap.person_id, tap.number, context.now
    )
    toast = screens.render_arrived(event, guest, found, context.t).text.striptags()
    await context.show(replace(screens.render_door(event, found, 0, 0, context.t), toast=toast))


async def undid_check_in(context: Context, tap: UndoCheckIn) -> None:
    event, found = await context.transact(_undo, tap)
    await context.show(screens.render_door(event, found, 1, 0, context.t))


def _undo(session: Session, staff: Person, tap: UndoCheckIn) -> tuple[Event, list[Guest]]:
    seats.undo(session, staff, tap.event_id, tap.person_id, tap.number)
    return seats.for_staff(session, staff, tap.event_id)


def _everybody(
    session: Session, staff: Person, event_id: int
) -> tuple[Event, list[Guest], list[Seatless], list[Silent]]:
    event, found = seats.for_staff(session, staff, event_id)
    return event, found, silence.seatless(session, event_id), silence.organisations(session, event)


async def asked_for_file(context: Context, event_id: int, deed: EventDeed) -> None:
    event, found, seatless, silent = await context.transact(_everybody, event_id)
    t, pact = context.t, context.house.pact
    if deed is EventDeed.BADGES:
        file = papers.badges(event, found, pact)
    else:
        file = papers.guest_list(event, found, seatless, silent, pact, t, as_excel=deed is EventDeed.XLSX)
    await context.show(Screen(t("{title}: {n} people", title=event.title, n=len(found)), file=file))


async def asked_for_door_code(context: Context, event_id: int) -> None:
    event = await context.transact(seats.door_code, event_id)
    link = create_deep_linked_url(context.bot.username, f"d-{event_id}-{event.door_code}")
    await context.show(replace(screens.render_door_code(event, context.t), image=papers.code(link)))


async def entered_answer(context: Context, tap: EnterAnswer) -> None:
    if not -1 <= tap.seats <= LARGEST_PARTY:
        raise refusals.ButtonIsOutdated
    card, person = await context.transact(_enter, context.house.pact, tap, context.now)
    await context.show(_entry(card, person, context))


def _entry(card: Card, person: Person, context: Context) -> Screen:
    asking = None if card.status in (None, *OUT) else _open(card)
    return screens.render_entry(card, person, context.t, asking)


def _open(card: Card) -> Ask | None:
    return next(iter(open_questions(card.event.questions, card.replies)), None)


def _enter(session: Session, staff: Person, pact: Pact, tap: EnterAnswer, now: Any) -> tuple[Card, Person]:
    people.check_staff(staff)
    person = session.get(Person, tap.person_id)
    if person is None:
        raise refusals.PersonIsGone
    if tap.seats == -1:
        return events.card(session, person, seating.get_event(session, tap.event_id), now), person
    card = answers.enter(
        session,
        staff,
        tap.event_id,
        tap.person_id,
        tap.seats,
        pact,
        now,
        beyond_capacity=bool(tap.beyond),
    )
    return card, person


async def replied_for(context: Context, tap: Reply) -> None:
    if tap.option == -1:
        card, person = await context.transact(
            _enter, context.house.pact, EnterAnswer(tap.event_id, tap.person_id, -1, 0), context.now
        )
        await context.show(screens.render_entry(card, person, context.t, tap.ask))
        return
    if not 0 <= tap.option < len(REPLIES[tap.ask]):
        raise refusals.ButtonIsOutdated
    value = REPLIES[tap.ask][tap.option]
    card, person = await context.transact(_reply_for, tap, value, context.now)
    await context.show(_entry(card, person, context))


def _reply_for(session: Session, staff: Person, tap: Reply, value: str, now: Any) -> tuple[Card, Person]:
    card = answers.reply_for(session, staff, tap.event_id, tap.person_id, tap.ask, value, now)
    return card, session.get_one(Person, tap.person_id)


def _only_staff(_session: Session, person: Person, _event_id: int | None) -> None:
    people.check_staff(person)


def _title(session: Session, event_id: int | None) -> str:
    return seating.get_event(session, event_id or 0).title


def _found_people(form: Submission) -> tuple[int, list[tuple[Person, str]]]:
    return form.subject_id or 0, seats.find_contacts(form.session, form.person, form.answers["who"])


ENTER: Questionnaire[Any] = Questionnaire(
    name="enter",
    title=N_("Enter an answer"),
    questions=(
        Question(
            "who",
            N_("Who"),
            N_("Who has called or written? A part of the name or of the organisation is enough."),
            read=reading.line(80, 2),
        ),
    ),
    submit=_found_people,
    done=lambda found, asked: screens.render_people(found[0], found[1], asked.t),
    check=_only_staff,
    about=_title,
    has_summary=False,
)


def _added_guest(form: Submission) -> tuple[Card, Person]:
    event_id = form.subject_id or 0
    guest = seats.add_guest(form.session, form.person, form.answers["name"], form.pact, form.now)
    return events.card(form.session, guest, seating.get_event(form.session, event_id), form.now), guest


GUEST: Questionnaire[Any] = Questionnaire(
    name="guest",
    title=N_("Enter a guest"),
    questions=(
        Question(
            "name",
            N_("Name"),
            N_("Who is the guest? Name and where from, like: Eva Beispiel, Stadtwerke."),
            read=reading.line(128, 2),
        ),
    ),
    submit=_added_guest,
    done=lambda found, asked: screens.render_entry(found[0], found[1], asked.t),
    check=_only_staff,
    about=_title,
    has_summary=False,
)


def _searched_at_door(form: Submission) -> tuple[Event, list[Guest]]:
    return seats.find(form.session, form.person, form.subject_id or 0, form.answers["name"])


DOOR: Questionnaire[Any] = Questionnaire(
    name="door",
    title=N_("Search at the door"),
    questions=(
        Question(
            "name",
            N_("Name"),
            N_("Which name or organisation? A part is enough."),
            read=reading.line(80, 1),
        ),
    ),
    submit=_searched_at_door,
    done=lambda found, asked: screens.render_search(found[0], found[1], asked.t),
    check=_only_staff,
    about=_title,
    has_summary=False,
)


def _walked_in(form: Submission) -> tuple[Event, Guest, list[Guest]]:
    event_id = form.subject_id or 0
    guest = seats.walk_in(form.session, form.person, event_id, form.answers["name"], form.pact, form.now)
    return _split(seats.for_staff(form.session, form.person, event_id), guest)


WALK_IN: Questionnaire[Any] = Questionnaire(
    name="walk_in",
    title=N_("Somebody without an answer"),
    questions=(
        Question(
            "name",
            N_("Name"),
            N_("Who has come? Name and where from. They are in and checked in with it."),
            read=reading.line(128, 2),
        ),
    ),
    submit=_walked_in,
    done=lambda found, asked: screens.render_arrived(found[0], found[1], found[2], asked.t),
    check=_only_staff,
    about=_title,
    has_summary=False,
)


def _check_host(session: Session, person: Person, event_id: int | None) -> None:
    if seats.for_host(session, person, event_id or 0).event.arrival_note:
        raise refusals.NoteIsSent


def _sent_note(form: Submission) -> Event:
    return feedback.send_note(form.session, form.person, form.subject_id or 0, form.answers["note"], form.now)


NOTE: Questionnaire[Any] = Questionnaire(
    name="arrival",
    title=N_("How to arrive"),
    questions=(
        Question(
            "note",
            N_("Note"),
            N_(
                "What should guests know to find you? Entrance, parking, stop. It goes to all who come, once."
            ),
            read=reading.text(500, 5),
        ),
    ),
    submit=_sent_note,
    done=lambda event, asked: screens.render_note_sent(event, asked.t),
    submit_label=N_("Send to all who come"),
    check=_check_host,
    about=_title,
)

QUESTIONNAIRES: Sequence[Questionnaire[Any]] = (ENTER, GUEST, DOOR, WALK_IN, NOTE)
