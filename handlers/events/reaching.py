"""Whom an event reaches, in the chat: who gets it, who says nothing, who comes; a reminder to the silent."""

from handlers.chat.buttons import TurnList
from handlers.chat.context import Context
from handlers.events.buttons import OnReach
from handlers.events.screens import reaching as screens
from storage.events import guest_list, reaching, unanswered


async def asked_for_reach(context: Context, tap: TurnList) -> None:
    event, found = await context.transact(reaching.of_event, tap.subject_id)
    await context.show(screens.render_whom(event, found, tap.page, context.t))


async def asked_for_silent(context: Context, tap: TurnList) -> None:
    event, found = await context.transact(unanswered.for_staff, tap.subject_id)
    await context.show(screens.render_silent(event, found, tap.page, context.t))


async def asked_for_names(context: Context, tap: TurnList) -> None:
    event, found = await context.transact(guest_list.for_staff, tap.subject_id)
    await context.show(screens.render_names(event, found, tap.page, context.t))


async def reminded(context: Context, tap: OnReach) -> None:
    count = await context.transact(reaching.remind_silent, tap.subject_id)
    event, found = await context.read(unanswered.for_staff, tap.subject_id)
    t = context.t
    toast = (
        str(t.plural("One person is reminded.", "{n} people are reminded.", count))
        if count
        else t.label("Everybody was reminded today, or cannot be written to.")
    )
    await context.show(screens.render_silent(event, found, tap.page, t, toast))
