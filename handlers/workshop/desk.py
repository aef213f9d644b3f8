"""The office's side of a session: its desk, phases, groups, undoing, settings, ideas."""

import asyncio
import io
from collections.abc import Sequence
from typing import Any

import segno
from telegram.helpers import create_deep_linked_url

from domain.basics import language_model
from domain.basics.refusals import ButtonIsOutdated
from domain.workshop import rules
from domain.workshop.refusals import NoteIsGone
from domain.workshop.state import Note, State
from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import LANGUAGES
from handlers.ideas.screens.words import topic_in_words
from handlers.workshop.buttons import Deed, InWorkshop
from handlers.workshop.screens import office as screens
from handlers.workshop.screens import settings, sorting
from handlers.workshop.screens.room import Fates, render_room
from handlers.workshop.screens.words import HEADINGS
from storage.engine import people
from storage.engine.turn import Turn
from storage.workshop import log, office
from storage.workshop.log import Room
from storage.workshop.office import Present
from storage.workshop.tables import Workshop


async def asked_for_workshops(context: Context) -> None:
    """/workshop: for the office all of them, for others the one in which they take part."""
    found = await context.transact(_listed)
    if isinstance(found, Room):
        await context.show(render_room(found, context.t))
    else:
        await context.show(screens.render_workshops(found, context.t))


def _listed(turn: Turn) -> Room | Sequence[Workshop]:
    mine = None if turn.person.is_staff else log.open_for(turn)
    if mine:
        return log.look(turn, mine[0].id)
    return log.listed(turn)


async def asked_for_that_of_event(context: Context, tap: TurnList) -> None:
    room = await context.transact(_of_event, tap.subject_id)
    if room:
        await show(context, room)
    else:
        await context.show(screens.render_of_event(tap.subject_id, context.t))


def _of_event(turn: Turn, event_id: int) -> Room | None:
    people.check_staff(turn.person)
    found = log.of_event(turn.session, event_id)
    return log.look(turn, found.id) if found else None


async def began(context: Context, tap: InWorkshop) -> None:
    """At an event, with one tap; a second one leads to the same."""
    await show(context, await context.transact(_begin, tap.value, context))


def _begin(turn: Turn, event_id: int, context: Context) -> Room:
    found = _of_event(turn, event_id)
    if found:
        return found
    t = context.house.texts(turn.person.language)
    headings = [t.label(heading) for heading in HEADINGS]
    return log.room(log.begin_at(turn, event_id, headings))


async def show(context: Context, room: Room) -> None:
    await context.show(screens.render_desk(room, context.t))


async def asked_for_desk(context: Context, tap: InWorkshop) -> None:
    await show(context, await context.transact(look, tap.workshop_id))


def look(turn: Turn, workshop_id: int) -> Room:
    people.check_staff(turn.person)
    return log.look(turn, workshop_id)


def _looking(draw: Any) -> Any:
    """What the office looks at, with one tap."""

    async def do(context: Context, tap: InWorkshop) -> None:
        room = await context.transact(look, tap.workshop_id)
        await context.show(draw(room, tap, context))

    return do


def _acting(act: Any, draw: Any) -> Any:
    """What the office does with one tap, and what is shown then."""

    async def do(context: Context, tap: InWorkshop) -> None:
        room = await context.transact(act, tap)
        await context.show(draw(room, tap, context))

    return do


def _desk(room: Room, _tap: InWorkshop, context: Context) -> Screen:
    return screens.render_desk(room, context.t)


def _groups(room: Room, tap: InWorkshop, context: Context) -> Screen:
    return sorting.render_groups(room, tap.value if tap.deed == "groups" else 0, context.t)


def _group(room: Room, tap: InWorkshop, context: Context) -> Screen:
    group = rules.find_group(room.state, tap.value)
    return sorting.render_group(room, group, tap.was if tap.deed == "group" else 0, context.t)


def _go(turn: Turn, tap: InWorkshop) -> Room:
    if tap.value not in range(len(rules.PHASES)):
        raise ButtonIsOutdated
    return office.go_to(turn, tap.workshop_id, rules.PHASES[tap.value])


def _join(turn: Turn, tap: InWorkshop) -> Room:
    return office.join(turn, tap.workshop_id, tap.value, tap.was)


def _remove(turn: Turn, tap: InWorkshop) -> Room:
    return office.remove(turn, tap.workshop_id, tap.value)


def _undo(turn: Turn, tap: InWorkshop) -> Room:
    return office.undo(turn, tap.workshop_id, tap.value)


def _outsiders(turn: Turn, tap: InWorkshop) -> Room:
    return office.set_rules(turn, tap.workshop_id, outsiders=bool(tap.value))


def _places(turn: Turn, tap: InWorkshop) -> Room:
    return office.set_rules(turn, tap.workshop_id, places=tap.value)


def _names(turn: Turn, tap: InWorkshop) -> Room:
    return office.show_names(turn, tap.workshop_id, shown=bool(tap.value))


def _settings(room: Room, _tap: InWorkshop, context: Context) -> Screen:
    return settings.render_settings(room, context.t)


def _history(room: Room, tap: InWorkshop, context: Context) -> Screen:
    return sorting.render_history(room, tap.value if tap.deed == "acts" else 0, context.t)


def _ask_join(room: Room, tap: InWorkshop, context: Context) -> Screen:
    return sorting.render_ask_join(room, rules.find_group(room.state, tap.value), context.t)


def _ask_remove(room: Room, tap: InWorkshop, context: Context) -> Screen:
    rules.check_removable(room.state, rules.find_group(room.state, tap.value))
    return sorting.render_ask_remove(room, rules.find_group(room.state, tap.value), context.t)


def _elsewhere(room: Room, tap: InWorkshop, context: Context) -> Screen:
    return sorting.render_elsewhere(room, _note(room.state, tap.value), context.t)


def _note(state: State, note: int) -> Note:
    if note not in state.notes:
        raise NoteIsGone
    return state.notes[note]


asked_to_close = _looking(lambda room, _tap, context: screens.render_ask_close(room, context.t))
went_on = _acting(_go, _desk)
asked_for_groups = _looking(_groups)
asked_for_group = _looking(_group)
asked_to_join = _looking(_ask_join)
joined = _acting(_join, _group)
asked_to_remove = _looking(_ask_remove)
removed = _acting(_remove, _groups)
asked_for_elsewhere = _looking(_elsewhere)
asked_for_history = _looking(_history)
undid = _acting(_undo, _history)
asked_for_settings = _looking(_settings)
set_outsiders = _acting(_outsiders, _settings)
set_names = _acting(_names, _settings)
set_places = _acting(_places, _settings)
asked_for_ideas = _looking(lambda room, _tap, context: screens.render_ask_ideas(room, context.t))


def link_to(context: Context, room: Room) -> str:
    return create_deep_linked_url(context.bot.username, f"w-{room.workshop.code}")


async def asked_for_code(context: Context, tap: InWorkshop) -> None:
    room = await context.transact(look, tap.workshop_id)
    link = link_to(context, room)
    picture = io.BytesIO()
    segno.make(link, error="m", micro=False).save(picture, kind="png", scale=12, border=4)
    code = File("workshop.png", picture.getvalue())
    await context.show(Screen(screens.code_text(room, link, context.t), image=code))


async def asked_to_sort(context: Context, tap: InWorkshop) -> None:
    room = await context.transact(look, tap.workshop_id)
    await show_next(context, room, after=tap.value)


async def placed(context: Context, tap: InWorkshop) -> None:
    """With the next note at once; what was just done can be taken back."""
    room = await context.transact(office.place, tap.workshop_id, tap.value, tap.was)
    await show_next(context, room, after=tap.value)


async def unsorted(context: Context, tap: InWorkshop) -> None:
    """The note that was sorted last is shown again."""
    room = await context.transact(_undo, tap)
    acts = (await context.house.db.run(log.read, room.id)).acts
    act = next(one for one in acts if one.sequence == tap.value)
    await show_next(context, room, after=int(act.payload["note"]) - 1 if "note" in act.payload else 0)


async def show_next(context: Context, room: Room, after: int) -> None:
    note, best = await next_to_sort(room.state, after)
    await context.show(sorting.render_sort(room, note, best, context.t))


async def next_to_sort(state: State, after: int) -> tuple[Note | None, Sequence[int]]:
    """From the first on again after the last, with its places, the best first."""
    left = rules.to_sort(state)
    note = next((one for one in left if one.id > after), left[0] if left else None)
    return note, await asyncio.to_thread(_best, state, note) if note else []


def _best(state: State, note: Note) -> Sequence[int]:
    return rules.propose(state, [note], language_model.installed())[0]


async def asked_for_people(context: Context, tap: InWorkshop) -> None:
    room, present = await context.transact(_people, tap.workshop_id)
    await context.show(settings.render_people(room, present, tap.value, context.t))


def _people(turn: Turn, workshop_id: int) -> tuple[Room, Present]:
    room = look(turn, workshop_id)
    return room, office.who_is_there(turn.session, room.state)


async def asked_to_detach(context: Context, tap: InWorkshop) -> None:
    room, present = await context.transact(_people, tap.workshop_id)
    if tap.value not in present.claimed:
        raise ButtonIsOutdated
    await context.show(settings.render_ask_detach(room, tap.value, present.claimed[tap.value], context.t))


async def detached(context: Context, tap: InWorkshop) -> None:
    await context.transact(office.detach, tap.workshop_id, tap.value)
    await asked_for_people(context, InWorkshop(Deed.PEOPLE, tap.workshop_id))


async def became_ideas(context: Context, tap: InWorkshop) -> None:
    topics = {
        topic_in_words(topic, context.house.texts(language)).casefold(): topic
        for language in LANGUAGES
        for topic in context.house.pact.idea_topics
    }
    line = max(tap.value, 1)
    room, count = await context.transact(office.become_ideas, tap.workshop_id, line, topics)
    await context.show(screens.render_became(room, count, context.t))


async def asked_to_tell(context: Context, tap: InWorkshop) -> None:
    room, fates = await context.transact(_fates, tap.workshop_id)
    await context.show(screens.render_ask_tell(room, fates, context.t))


def _fates(turn: Turn, workshop_id: int) -> tuple[Room, Fates]:
    room = look(turn, workshop_id)
    return room, office.fates(turn.session, room.state)


async def told(context: Context, tap: InWorkshop) -> None:
    count = await context.transact(office.tell_fates, tap.workshop_id)
    room = await context.read(log.look, tap.workshop_id)
    await context.show(screens.render_told(room, count, context.t))
