"""The pact's sum in the chat: as screens, charts, papers, sheets and text."""

import asyncio
from collections.abc import Callable

from handlers.chat.context import Context
from handlers.chat.field import Act
from handlers.chat.screens.screen import Screen
from handlers.chat.texts import Texts
from handlers.measures import sum_papers
from handlers.measures.papers import send
from handlers.measures.screens import together as screens
from storage.measures import audit, pact_sum
from storage.measures.pact_sum import Gathered, PactSum

Drawn = Callable[[PactSum, Texts], Screen]


async def _sum(context: Context) -> PactSum:
    """Of thousands of measures, so read and summed up beside the event loop."""
    await context.transact(lambda _turn: None)
    found: Gathered = await context.house.db.look(pact_sum.read, context.house.pact)
    return await asyncio.to_thread(pact_sum.summed_up, found, context.house.pact, context.now)


def shown(draw: Drawn) -> Act:
    async def show(context: Context) -> None:
        await context.show(draw(await _sum(context), context.t))

    return show


def sent(draw: Callable[[PactSum, Context], Screen]) -> Act:
    async def show(context: Context) -> None:
        await send(context, draw, await _sum(context))

    return show


async def asked_for_path(context: Context) -> None:
    pact = context.house.pact
    this_year = context.now.astimezone(pact.timezone).year
    await context.show(screens.render_path(await _sum(context), this_year, pact.city, context.t))


async def asked_for_sheet(context: Context) -> None:
    """With every measure for the office, so that each tonne can be followed."""
    found, rows = await _sum(context), []
    if context.person.is_staff:
        rows = await context.house.db.look(audit.trace, context.house.pact)
    await send(context, lambda what, of: sum_papers.sheet(what[0], what[1], of), (found, rows))


PLACES: dict[str, Act] = {
    "measures-sum": shown(screens.render_sum),
    "measures-by-carrier": shown(screens.render_by_carrier),
    "measures-by-sector": shown(screens.render_by_sector),
    "measures-by-year": shown(screens.render_by_year),
    "measures-path": asked_for_path,
    "measures-chart": sent(sum_papers.chart),
    "measures-path-chart": sent(sum_papers.path_chart),
    "measures-pdf": sent(sum_papers.summary),
    "measures-xlsx": asked_for_sheet,
    "measures-text": sent(sum_papers.homepage),
}
