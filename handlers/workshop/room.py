"""Taking part: coming in with a link, one's own notes, points; what came of it."""

import re

from domain.workshop.refusals import NoteIsGone
from handlers.chat import forms
from handlers.chat.context import Context
from handlers.workshop import desk
from handlers.workshop.buttons import InWorkshop
from handlers.workshop.screens import room as screens
from storage.engine.turn import Turn
from storage.workshop import log, office, taking_part
from storage.workshop.log import Room

LINK = re.compile(r"w-([A-Za-z0-9_-]{12})")


async def opened_link(context: Context, code: str) -> bool:
    """Whether a start link was a workshop's. Who is of no partner is asked once from where they come."""
    found = LINK.fullmatch(code)
    if not found:
        return False
    room = await context.transact(_come_in, found[1])
    if room.is_staff:
        await desk.show(context, room)
    elif taking_part.needs_asking(room):
        await forms.start(context, "ws_from", room.id)
    else:
        await context.show(screens.render_room(room, context.t))
    return True


def _come_in(turn: Turn, code: str) -> Room:
    """The office does not take part, it leads."""
    if turn.person.is_staff:
        return log.look(turn, log.find(turn.session, code).id)
    return taking_part.come_in(turn, code)


async def asked_for_room(context: Context, tap: InWorkshop) -> None:
    await context.answer(screens.render_room, taking_part.look_in, tap.workshop_id)


async def turned_points(context: Context, tap: InWorkshop) -> None:
    room = await context.transact(taking_part.look_in, tap.workshop_id)
    await context.show(screens.render_room(room, context.t, tap.value))


async def weighed(context: Context, tap: InWorkshop) -> None:
    room, changed = await context.transact(taking_part.weigh, tap.workshop_id, tap.value, tap.was, tap.to)
    page = screens.page_with(room, tap.value)
    await context.show(screens.render_weighed(room, page, context.t, changed=changed))


async def asked_for_notes(context: Context, tap: InWorkshop) -> None:
    room = await context.transact(taking_part.look_in, tap.workshop_id)
    await context.show(screens.render_own_notes(room, tap.value, context.t))


async def asked_for_note(context: Context, tap: InWorkshop) -> None:
    room, fates = await context.transact(_with_fates, tap.workshop_id)
    note = room.state.notes.get(tap.value)
    if note is None or note.person_id != room.person_id:
        raise NoteIsGone
    await context.show(screens.render_note(room, note, fates, context.t))


def _with_fates(turn: Turn, workshop_id: int) -> tuple[Room, screens.Fates]:
    found = taking_part.look_in(turn, workshop_id)
    return found, office.fates(turn.session, found.state)


async def took_back(context: Context, tap: InWorkshop) -> None:
    room = await context.transact(taking_part.take_back, tap.workshop_id, tap.value)
    await context.show(screens.render_own_notes(room, 0, context.t))


async def asked_for_fates(context: Context, tap: InWorkshop) -> None:
    room, fates = await context.transact(_with_fates, tap.workshop_id)
    await context.show(screens.render_fates(room, fates, context.t))
