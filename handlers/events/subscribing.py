"""A calendar of one's own events at the bot's web address: having one, a new address, and ending it."""

import secrets

from domain.basics.refusals import ButtonIsOutdated
from handlers.chat.context import Context
from handlers.events.buttons import KeepCalendar
from handlers.events.screens import subscribing as screens
from storage.events import subscriptions

FOLDER = "calendar"
BYTES = 16  # of a code that nobody can guess


async def asked_for_subscription(context: Context) -> None:
    await _show(context, await context.transact(subscriptions.code_of))


async def kept_calendar(context: Context, tap: KeepCalendar) -> None:
    if tap.wanted and not context.house.pages.root:
        raise ButtonIsOutdated
    code = secrets.token_urlsafe(BYTES) if tap.wanted else ""
    await _show(context, await context.transact(subscriptions.change, code))


async def _show(context: Context, code: str) -> None:
    pages, address = context.house.pages, ""
    if code and pages.root:
        address = f"{pages.link(FOLDER, context.person.id, code)}.ics"
    await context.show(screens.render_subscription(address, context.t, has_pages=bool(pages.root)))
