"""What a session gives to others: its page for the projector, and its report as of any act."""

from collections.abc import Callable

from domain.basics.pact import Pact
from domain.workshop.report import Report
from handlers.chat.context import Context
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.workshop import desk
from handlers.workshop.buttons import InWorkshop
from handlers.workshop.report import as_book, as_paper
from handlers.workshop.screens import showing as screens
from storage.workshop import reports

FOLDER = "workshop"


async def asked_for_page(context: Context, tap: InWorkshop) -> None:
    room = await context.transact(desk.look, tap.workshop_id)
    link = context.house.pages.link(FOLDER, room.id, room.workshop.code)
    await context.show(screens.render_page_link(room, link, context.t))


async def asked_for_paper(context: Context, tap: InWorkshop) -> None:
    await _send(context, tap, as_paper)


async def asked_for_book(context: Context, tap: InWorkshop) -> None:
    await _send(context, tap, as_book)


async def _send(context: Context, tap: InWorkshop, write: Callable[[Report, Pact, Texts], File]) -> None:
    report, room = await context.transact(reports.read, tap.workshop_id, tap.value)
    file = write(report, context.house.pact, context.t)
    await context.show(screens.render_report(report, room, file, context.t))
