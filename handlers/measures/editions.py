"""Editions of emission factors: given out as a file, and brought in from one after a look at the changes."""

import asyncio

from domain.basics.rows import Records, Words, check
from domain.basics.sheets import Table, Value, write_xlsx
from domain.measures.editions import FactorRow
from handlers.chat.context import Context
from handlers.chat.screens.screen import File
from handlers.measures.buttons import OnMeasure
from handlers.measures.screens import editions as screens
from storage.measures import editions

MARK = "grams_per_kwh"  # the column that no other file has
TITLES = tuple(FactorRow.model_fields)


def are_factors(table: Table) -> bool:
    return MARK in (title.strip().casefold() for title in table.titles)


def read(table: Table) -> Records[FactorRow]:
    """Raises FileIsUnusable."""
    return check(table, FactorRow, Words())


async def looked_at(context: Context, table: Table) -> None:
    records = await asyncio.to_thread(read, table)
    given = [row.factor for _, row in records.taken]
    preview = await context.transact(editions.hold, given, context.house.pact, context.now)
    await context.show(screens.render_edition(preview, records.rejected, context.t))


async def settled(context: Context, tap: OnMeasure) -> None:
    if not tap.value:
        await context.transact(editions.drop, tap.measure_id)
        await context.show(screens.render_left(context.t))
        return
    count = await context.transact(editions.bring_in, tap.measure_id, context.now)
    await context.show(screens.render_brought_in(count, context.t))


async def asked_for_factors(context: Context) -> None:
    known = await context.transact(editions.all_known)
    rows: list[list[Value]] = [
        [one.carrier, one.family, one.year, one.grams, one.counted, one.edition, one.status, one.source]
        for one in known
    ]
    content = write_xlsx(context.t.label("Emission factors"), TITLES, rows)
    await context.show(screens.render_factors(File("factors.xlsx", content), context.t))
