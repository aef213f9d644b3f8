"""Editions of emission factors: given out as a file, and brought in from one after a look at the changes."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from domain.basics.rows import Records, Words, check
from domain.basics.sheets import Table, Value, write_xlsx
from domain.basics.words import N_
from domain.measures.editions import FactorRow
from domain.measures.factors import Factor
from handlers.chat.context import Context
from handlers.chat.screens.screen import File
from handlers.chat.texts import LANGUAGES, Texts
from handlers.measures.buttons import OnMeasure
from handlers.measures.screens import editions as screens
from handlers.measures.screens import words
from storage.measures import editions

MARK = "grams_per_kwh"  # the column that no other file has
TITLES = {
    "carrier": N_("Energy carrier"),
    "family": N_("Takes in"),
    "year": N_("Year"),
    "grams_per_kwh": N_("Grams of CO₂ for a kWh"),
    "counted_percent": N_("Percent of the bill’s kWh"),
    "heating_value": N_("Heating value"),
    "edition": N_("Edition"),
    "status": N_("Status"),
    "source": N_("Source"),
}
HEATING_VALUES = {"lower": N_("lower"), "upper": N_("upper")}
VALUES: dict[str, Mapping[Any, str]] = {
    "carrier": words.CARRIERS,
    "family": words.FAMILIES,
    "heating_value": HEATING_VALUES,
    "status": words.STATUSES,
}


@cache
def _vocabulary() -> Words:
    """Titles and values of every language, casefolded."""
    fields: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {name: {} for name in VALUES}
    for t in (Texts(language, ZoneInfo("UTC")) for language in LANGUAGES):
        fields |= {t.label(title).casefold(): name for name, title in TITLES.items()}
        for name, labels in VALUES.items():
            values[name] |= {t.label(label).casefold(): str(value) for value, label in labels.items()}
    return Words(fields, values)


def are_factors(table: Table) -> bool:
    return MARK in map(_vocabulary().field_of, table.titles)


def read(table: Table) -> Records[FactorRow]:
    """Raises FileIsUnusable."""
    return check(table, FactorRow, _vocabulary())


async def looked_at(context: Context, table: Table) -> None:
    records = await asyncio.to_thread(read, table)
    given = [row.factor for _, row in records.taken]
    preview = await context.transact(editions.hold, given)
    await context.show(screens.render_edition(preview, records.rejected, context.t))


async def settled(context: Context, tap: OnMeasure) -> None:
    if not tap.value:
        await context.transact(editions.drop, tap.measure_id)
        await context.show(screens.render_left(context.t))
        return
    await context.answer(screens.render_brought_in, editions.bring_in, tap.measure_id)


async def asked_for_factors(context: Context) -> None:
    known = await context.transact(editions.all_known)
    await context.show(screens.render_factors(File("factors.xlsx", written(known, context.t)), context.t))


def written(known: Sequence[Factor], t: Texts) -> bytes:
    """In the words of the reader's language; it comes back as it is."""
    rows: list[list[Value]] = [
        [
            t.label(words.CARRIERS[one.carrier]),
            t.label(words.FAMILIES[one.family]),
            one.year,
            one.grams,
            one.counted,
            t.label(HEATING_VALUES[one.heating_value]) if one.heating_value else "",
            one.edition,
            t.label(words.STATUSES[one.status]),
            one.source,
        ]
        for one in known
    ]
    return write_xlsx(t.label("Emission factors"), [t.label(title) for title in TITLES.values()], rows)
