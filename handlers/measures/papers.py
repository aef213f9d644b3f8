"""Charts, PDFs and sheets of measures and reports, drawn beside the event loop."""

import asyncio
import json
from collections.abc import Callable
from typing import Any, TypeVar

from domain.basics.sheets import Value, write_xlsx
from domain.basics.words import N_
from domain.measures.duties import Report as ReportKind
from handlers.chat.context import Context
from handlers.chat.documents import Document, Paragraph, Table, markdown, plain
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.measures.screens import words
from handlers.partners.screens.words import SECTORS
from storage.measures import factors
from storage.measures.pact_sum import PactSum
from storage.measures.reports import Sheet

T = TypeVar("T")
TONNE = 1_000_000


async def send(context: Context, draw: Callable[[T, Context], Screen], what: T) -> None:
    await context.show(await asyncio.to_thread(draw, what, context))


def chart(found: PactSum, context: Context) -> Screen:
    """Tonnes by year and by carrier, as far as they may be told."""
    t = context.t
    by_year = [[str(year), _tonnes(one.grams)] for year, one in found.by_year.items() if one]
    by_carrier = [
        [t.label(words.CARRIERS[key]), _tonnes(one.grams)] for key, one in found.by_carrier.cells.items()
    ]
    if found.by_carrier.rest:
        by_carrier.append([t.label("others"), _tonnes(found.by_carrier.rest.grams)])
    groups = [[t.label("Tonnes of CO₂ a year"), by_year], [t.label("By energy carrier"), by_carrier]]
    inputs = {
        "title": t.label("What the partners save together"),
        "groups": json.dumps([group for group in groups if group[1]], ensure_ascii=False),
    }
    image = File("savings.png", typeset("results", inputs, as_picture=True))
    return Screen(t("What the partners save together, in tonnes of CO₂ a year"), image=image)


def _tonnes(grams: int) -> float:
    return round(grams / TONNE, 1)


def summary(found: PactSum, context: Context) -> Screen:
    t = context.t
    rows = [
        [title, words.tonnes(one.grams, t), words.kwh(one.kwh, t), str(one.organisations), str(one.measures)]
        for title, one in (
            (t.label("Carried out"), found.reached),
            (t.label("Being carried out"), found.under_way),
            (t.label("Planned and decided"), found.intended),
        )
        if one
    ]
    carriers = [
        [
            t.label(words.CARRIERS[key]),
            words.tonnes(one.grams, t),
            words.kwh(one.kwh, t),
            str(one.organisations),
            str(one.measures),
        ]
        for key, one in found.by_carrier.cells.items()
    ]
    titles = ["", "CO₂", "kWh", t.label("Organisations"), t.label("Measures")]
    file = _paper(
        t.label("What the partners save together"),
        context.house.pact.name,
        [
            _table(t.label("In a year"), titles, rows),
            _table(t.label("By energy carrier"), titles, carriers),
        ],
        [
            t.label(
                "Only figures of five organisations or more are shown; what is planned is not added to them."
            ),
            t.label("Factors: {family}", family=t.label(words.FAMILIES[found.family])),
        ],
        t,
        "savings.pdf",
    )
    return Screen(t("What the partners save together"), file=file)


def homepage(found: PactSum, context: Context) -> Screen:
    """For the homepage: sums by carrier, sector and year, as far as they may be told."""
    t = context.t
    groups = (
        (
            t.label("Energy carrier"),
            [(t.label(words.CARRIERS[k]), v) for k, v in found.by_carrier.cells.items()],
        ),
        (t.label("Sector"), [(t.label(SECTORS[k]), v) for k, v in found.by_sector.cells.items()]),
        (t.label("Year"), [(str(year), one) for year, one in found.by_year.items() if one]),
    )
    titles = ("CO₂", t.label("Organisations"))
    tables = [
        Table(
            (title, *titles),
            tuple((name, words.tonnes(one.grams, t), str(one.organisations)) for name, one in cells),
        )
        for title, cells in groups
        if cells
    ]
    family = t.label("Factors: {family}", family=t.label(words.FAMILIES[found.family]))
    title = t.label("What the partners save together")
    document = Document(title, (*tables, Paragraph(plain(family))), t.language)
    return Screen(t("What the partners save together"), file=markdown(document, "savings"))


def report_paper(sheet: Sheet, context: Context) -> Screen:
    """To be signed by the partner."""
    t = context.t
    kind = t.label(words.REPORTS[ReportKind(sheet.report.kind)])
    title = f"{kind}: {sheet.organisation.name}"
    file = _paper(
        title, context.house.pact.name, _report_tables(sheet, t), _report_notes(sheet, t), t, "report.pdf"
    )
    return Screen(t("{title}, to be signed", title=title), file=file)


def _report_tables(sheet: Sheet, t: Texts) -> list[dict[str, Any]]:
    consumed = [
        [
            one.line.site or "–",
            t.label(words.CARRIERS[one.line.carrier]),
            str(one.line.year),
            words.kwh(one.line.kwh, t),
            words.tonnes(one.grams, t) if one.grams is not None else "–",
        ]
        for one in sheet.consumed
    ]
    done = [
        [
            measure.title,
            t.label(words.STATES[measure.state]),
            words.kwh(figure.kwh, t),
            words.tonnes(figure.grams, t),
        ]
        for measure, figure in sheet.measures
    ]
    return [
        _table(
            t.label("Consumption"),
            [t.label("Site"), t.label("Energy carrier"), t.label("Year"), "kWh", "CO₂"],
            consumed,
        ),
        _table(t.label("Measures"), [t.label("Measure"), t.label("State"), "kWh", "CO₂"], done),
    ]


def _report_notes(sheet: Sheet, t: Texts) -> list[str]:
    report = sheet.report
    return [
        t.label("Total: {tonnes}", tonnes=words.tonnes(sheet.grams, t)) if sheet.grams is not None else "",
        t.label("Targets: {text}", text=report.targets),
        t.label("What was missed, and why: {text}", text=report.missed) if report.missed else "",
        t.label("Balance from: {source}", source=report.balance_source) if report.balance_source else "",
        *sorted({str(words.factor(one.factor, t)) for one in sheet.consumed if one.factor}),
        t.label("Place, day, signature:"),
    ]


def _table(title: str, titles: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "titles": titles, "rows": rows}


def _paper(
    title: str, pact: str, tables: list[dict[str, Any]], notes: list[str], t: Texts, name: str
) -> File:
    content = {
        "title": title,
        "pact": pact,
        "language": t.language,
        "tables": [table for table in tables if table["rows"]],
        "notes": [note for note in notes if note],
    }
    return File(name, typeset("tables", {"content": json.dumps(content, ensure_ascii=False)}))


TITLES = (
    N_("Site"),
    N_("Energy carrier"),
    N_("Year"),
    N_("kWh"),
    N_("g CO₂"),
    N_("Factor in g/kWh"),
    N_("Edition"),
    N_("Source"),
)


def report_sheet(sheet: Sheet, context: Context) -> Screen:
    """What the office reckons on with; each line with its factor."""
    t = context.t
    rows: list[list[Value]] = [
        [
            one.line.site,
            t.label(words.CARRIERS[one.line.carrier]),
            one.line.year,
            one.line.kwh,
            one.grams,
            one.factor.grams if one.factor else None,
            one.factor.edition if one.factor else None,
            one.factor.source if one.factor else None,
        ]
        for one in sheet.consumed
    ]
    for measure, figure in sheet.measures:
        factor = factors.read_stored(figure.factor)
        rows.append(
            [
                measure.title,
                t.label(words.CARRIERS[measure.carrier]),
                factor.year,
                -figure.kwh,
                -figure.grams,
                factor.grams,
                factor.edition,
                factor.source,
            ]
        )
    content = write_xlsx(t.label("Report"), [t.label(title) for title in TITLES], rows)
    return Screen(t("The report as a sheet"), file=File("report.xlsx", content))
