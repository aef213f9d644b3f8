"""A report as a PDF to sign and as a sheet to reckon on with, drawn beside the event loop."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeVar

from domain.basics.sheets import Sheet as Book
from domain.basics.sheets import Value, write_book
from domain.basics.words import N_
from domain.measures.duties import Report as ReportKind
from domain.measures.factors import Factor, Family
from domain.measures.measures import Kind
from handlers.chat.context import Context
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.measures.screens import words
from handlers.measures.screens.reports import LACKS
from storage.measures import factors
from storage.measures.reports import Consumed, Done, Sheet

T = TypeVar("T")
TONNE = 1_000_000


async def send(context: Context, draw: Callable[[T, Context], Screen], what: T) -> None:
    await context.show(await asyncio.to_thread(draw, what, context))


def report_paper(sheet: Sheet, context: Context) -> Screen:
    """To be signed by the partner."""
    t = context.t
    kind = t.label(words.REPORTS[ReportKind(sheet.report.kind)])
    title = f"{kind}: {sheet.organisation.name}"
    file = paper(
        title,
        context.house.pact.name,
        _report_tables(sheet, t),
        _report_notes(sheet, t),
        t,
        "report.pdf",
        (t.label("Place, day"), t.label("Signature")),
    )
    is_whole = not sheet.lacks
    said = (
        t("{title}, to be signed", title=title) if is_whole else t("{title}, not complete yet", title=title)
    )
    return Screen(said, file=file)


def _consumed_row(one: Consumed, t: Texts) -> list[str]:
    return [
        words.site(one.line, t),
        t.label(words.CARRIERS[one.line.carrier]),
        str(one.line.year),
        words.kwh(one.line.kwh, t),
        words.tonnes(one.grams, t) if one.grams is not None else "–",
    ]


def _done_row(one: Done, t: Texts) -> list[str]:
    return [
        one.measure.title,
        t.label(words.STATES[one.measure.state]),
        words.kwh(one.kwh, t),
        words.tonnes(one.grams, t) if one.measure.kind is not Kind.GREEN_TARIFF else "–",
    ]


def _report_tables(sheet: Sheet, t: Texts) -> list[dict[str, Any]]:
    consumed = [_consumed_row(one, t) for one in sheet.consumed]
    done = [_done_row(one, t) for one in sheet.measures]
    return [
        table(
            t.label("Consumption"),
            [t.label("Site"), t.label("Energy carrier"), t.label("Year"), "kWh", "CO₂"],
            consumed,
        ),
        table(t.label("Measures"), [t.label("Measure"), t.label("State"), "kWh", "CO₂"], done),
    ]


def _report_notes(sheet: Sheet, t: Texts) -> list[str]:
    report = sheet.report
    first, second = (sheet.scope(number) for number in (1, 2))
    lacks = ", ".join(t.label(LACKS[one]) for one in sheet.lacks)
    return [
        t.label("Not complete yet. Still missing: {what}", what=lacks) if lacks else "",
        t.label("Total: {tonnes}", tonnes=words.tonnes(sheet.grams, t)) if sheet.grams is not None else "",
        t.label(
            "Scope 1: {first}, Scope 2 (location-based): {second}",
            first=words.tonnes(first or 0, t),
            second=words.tonnes(second or 0, t),
        )
        if sheet.consumed and report.balance_grams is None
        else "",
        t.label(
            "Balance from: {source}, {family}",
            source=report.balance_source,
            family=t.label(words.FAMILIES[Family(report.balance_family)]),
        )
        if report.balance_grams is not None
        else "",
        t.label("Targets: {text}", text=report.targets) if report.targets else "",
        t.label("What was missed, and why: {text}", text=report.missed) if report.missed else "",
        *sorted(
            f"{t.label(words.CARRIERS[carrier])}: {words.factor(factor, t).unescape()}"
            for carrier, factor in {(one.line.carrier, one.factor) for one in sheet.consumed if one.factor}
        ),
        t.label(
            "Measures that are planned are not added to those carried out; a green tariff counts nothing."
        )
        if sheet.measures
        else "",
    ]


def table(title: str, titles: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "titles": titles, "rows": rows}


def paper(
    title: str,
    pact: str,
    tables: list[dict[str, Any]],
    notes: list[str],
    t: Texts,
    name: str,
    sign: tuple[str, ...] = (),
) -> File:
    """`sign`: what stands under lines that somebody fills in by hand."""
    content = {
        "title": title,
        "pact": pact,
        "language": t.language,
        "tables": [one for one in tables if one["rows"]],
        "notes": [note for note in notes if note],
        "sign": sign,
    }
    return File(name, lambda: typeset("tables", {"content": json.dumps(content, ensure_ascii=False)}))


TITLES = (
    N_("Site"),
    N_("Energy carrier"),
    N_("Year"),
    N_("kWh"),
    N_("g CO₂"),
    N_("Factor in g/kWh"),
    N_("Percent of the bill’s kWh"),
    N_("Edition"),
    N_("Source"),
)
OF_MEASURES = (N_("Measure"), N_("State"), *TITLES[1:])


def report_sheet(sheet: Sheet, context: Context) -> Screen:
    """What the office reckons on with: consumption, measures and words apart, each line with its factor."""
    t = context.t
    consumed: list[list[Value]] = [
        [
            words.site(one.line, t),
            t.label(words.CARRIERS[one.line.carrier]),
            one.line.year,
            one.line.kwh,
            one.grams,
            *_of_factor(one.factor),
        ]
        for one in sheet.consumed
    ]
    done: list[list[Value]] = [
        [
            one.measure.title,
            t.label(words.STATES[one.measure.state]),
            t.label(words.CARRIERS[one.measure.carrier]),
            one.measure.since.year if one.measure.since else None,
            one.kwh,
            one.grams,
            *_of_factor(factors.read_stored(one.figure.factor)),
        ]
        for one in sheet.measures
    ]
    content = write_book(
        (
            Book(t.label("Consumption"), [t.label(title) for title in TITLES], consumed),
            Book(t.label("Measures"), [t.label(title) for title in OF_MEASURES], done),
            Book(t.label("Report"), [t.label("What"), t.label("Text")], _words_of(sheet, t)),
        )
    )
    return Screen(t("The report as a sheet"), file=File("report.xlsx", content))


def _of_factor(factor: Factor | None) -> list[Value]:
    if factor is None:
        return [None] * 4
    return [factor.grams, factor.counted, factor.edition, factor.source]


def _words_of(sheet: Sheet, t: Texts) -> list[list[Value]]:
    report = sheet.report
    said = (
        (t.label("Organisation"), sheet.organisation.name),
        (t.label("Report"), t.label(words.REPORTS[ReportKind(report.kind)])),
        (t.label("Due"), t.date(report.due_on)),
        (t.label("Granted until"), t.date(report.granted_until) if report.granted_until else ""),
        (t.label("Reason"), report.granted_because),
        (t.label("Balance in g CO₂"), str(sheet.grams) if sheet.grams is not None else ""),
        (t.label("Balance from"), report.balance_source),
        (t.label("Targets"), report.targets),
        (t.label("What was missed"), report.missed),
    )
    return [[what, text] for what, text in said if text]
