"""The pact's sum as charts, a PDF, a sheet that leads back to every measure, and a text for the homepage."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from domain.basics.sheets import Sheet as Book
from domain.basics.sheets import Value, write_book
from domain.basics.words import N_
from domain.measures.factors import Factor
from domain.measures.quantities import Quantity
from domain.measures.sums import Cells, Sum
from handlers.chat.context import Context
from handlers.chat.documents import Block, Document, Heading, Paragraph, Table, markdown, plain
from handlers.chat.screens.screen import File, Screen
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.measures.papers import TONNE, paper, table
from handlers.measures.screens import words
from handlers.partners.screens.words import SECTORS
from storage.measures.audit import Traced
from storage.measures.pact_sum import PactSum

Named = tuple[str, Sum]


def chart(found: PactSum, context: Context) -> Screen:
    """Tonnes by year and by carrier, as far as they may be told."""
    t = context.t
    groups = [
        [t.label("Saved in the year, tonnes of CO₂"), _bars(_years(found.by_year), t)],
        [t.label("By energy carrier"), _bars(_cells(found.by_carrier, words.CARRIERS, t), t)],
        [t.label("By sector"), _bars(_cells(found.by_sector, SECTORS, t), t)],
    ]
    inputs = {
        "title": t.label("What the partners save together"),
        "groups": json.dumps([group for group in groups if group[1]], ensure_ascii=False),
    }
    image = File("savings.png", lambda: typeset("results", inputs, as_picture=True))
    return Screen(t("What the partners save together, in tonnes of CO₂ a year"), image=image)


def path_chart(found: PactSum, context: Context) -> Screen:
    """What is carried out, what is planned beside it, and the line that leads to zero."""
    t, path = context.t, found.path
    title = t.label("{city} on the way to {year}", city=context.house.pact.city, year=found.final_year)
    if path is None:
        return Screen(t("Too few organisations to tell."))
    reached = path.reached or {}
    this_year = max(found.by_year)
    content = {
        "title": title,
        "unit": t.label("tonnes of CO₂ a year"),
        "years": list(path.needed),
        "needed": [_tonnes(grams) for grams in path.needed.values()],
        "reached": [_tonnes(one.grams) if (one := reached.get(year)) else None for year in path.needed],
        "planned": [
            _tonnes(path.planned.grams) if path.planned and year == found.final_year else None
            for year in path.needed
        ],
        "this_year": this_year,
        "words": {
            "needed": t.label("needed on a straight line to zero"),
            "reached": t.label("carried out"),
            "planned": t.label("planned, not added"),
        },
    }
    image = File(
        "path.png",
        lambda: typeset("path", {"content": json.dumps(content, ensure_ascii=False)}, as_picture=True),
    )
    return Screen(t("{title}: what partners save against what they need to", title=title), image=image)


def _bars(named: Iterable[Named], t: Texts) -> list[list[Any]]:
    return [[name, tonnes := _tonnes(one.grams), t.decimal(tonnes)] for name, one in named]


def _years(years: Mapping[int, Sum | None]) -> list[Named]:
    return [(str(year), one) for year, one in years.items() if one]


def _cells(cells: Cells[Any], names: Mapping[Any, str], t: Texts) -> list[Named]:
    named = [(t.label(names[key]), one) for key, one in cells.cells.items()]
    return [*named, (t.label("others"), cells.rest)] if cells.rest else named


def _tonnes(grams: int) -> float:
    return round(grams / TONNE, 1)


def _groups(found: PactSum, t: Texts) -> list[tuple[str, list[Named]]]:
    """Every figure that may be told, under its heading."""
    standings = (
        (t.label("Carried out"), found.reached),
        (t.label("Being carried out"), found.under_way),
        (t.label("Planned and decided"), found.intended),
    )
    return [
        (t.label("In a year"), [(name, one) for name, one in standings if one]),
        (t.label("Carried out, by energy carrier"), _cells(found.by_carrier, words.CARRIERS, t)),
        (t.label("Carried out, by sector"), _cells(found.by_sector, SECTORS, t)),
        (t.label("Carried out, saved in the year"), _years(found.by_year)),
        (t.label("Planned, by the year from which it saves"), _years(found.planned_by_year)),
    ]


def summary(found: PactSum, context: Context) -> Screen:
    t = context.t
    titles = ["", "CO₂", "kWh", t.label("Org."), t.label("Measures"), t.label("Median"), t.label("Top 3")]
    rows = [
        (
            title,
            [
                [
                    name,
                    words.tonnes(one.grams, t),
                    t.number(one.kwh),
                    str(one.organisations),
                    str(one.measures),
                    words.tonnes(one.middle, t),
                    f"{round(100 * one.giants)} %" if one.giants is not None else "–",
                ]
                for name, one in named
            ],
        )
        for title, named in _groups(found, t)
    ]
    file = paper(
        t.label("What the partners save together"),
        context.house.pact.name,
        [table(title, titles, part) for title, part in rows],
        _notes(found, t),
        t,
        "savings.pdf",
    )
    return Screen(t("What the partners save together"), file=file)


def _notes(found: PactSum, t: Texts) -> list[str]:
    path = found.path
    return [
        t.label(
            "Only figures of five organisations or more are shown; what is planned is not added to them."
        ),
        t.label("Factors: {family}", family=t.label(words.FAMILIES[found.family])),
        t.label("Green tariffs, which count nothing: {n}", n=found.green_tariffs)
        if found.green_tariffs
        else "",
        t.label("Measures with factors of another kind, in no sum: {n}", n=found.other_family)
        if found.other_family
        else "",
        t.label(
            "Start balances of {n} partners: {tonnes} a year, at zero in {year}.",
            n=path.organisations,
            tonnes=words.tonnes(path.grams, t),
            year=found.final_year,
        )
        if path
        else "",
        t.label(
            "Org.: organisations behind it. Median: of their savings. Top 3: share of the three largest."
        ),
    ]


IN_SHEET = (
    N_("Part"),
    N_("What"),
    N_("g CO₂"),
    N_("kWh"),
    N_("Organisations"),
    N_("Measures"),
    N_("Median in g CO₂"),
    N_("Share of the three largest in percent"),
)
TRACED = (
    *(N_("Organisation"), N_("Number"), N_("Measure"), N_("State"), N_("Site"), N_("Energy carrier")),
    *(N_("Saves from"), N_("Stated"), N_("How known"), N_("Pieces of evidence")),
    *(N_("kWh of the figure"), N_("g CO₂ of the figure"), N_("kWh in the sum"), N_("g CO₂ in the sum")),
    *(N_("Factor in g/kWh"), N_("Percent of the bill’s kWh"), N_("Value of"), N_("Edition"), N_("Source")),
    *(N_("Needs in addition, kWh"), N_("Its factor in g/kWh"), N_("Its edition")),
)


def sheet(found: PactSum, rows: Sequence[Traced], context: Context) -> Screen:
    """For the office with every row that the sum is made of."""
    t = context.t
    told: list[list[Value]] = [
        [
            title,
            name,
            one.grams,
            one.kwh,
            one.organisations,
            one.measures,
            one.middle,
            round(100 * one.giants) if one.giants is not None else None,
        ]
        for title, named in _groups(found, t)
        for name, one in named
    ]
    books = [Book(t.label("Sums"), [t.label(title) for title in IN_SHEET], told)]
    if rows:
        traced = [_traced(one, t) for one in rows]
        books.append(Book(t.label("Every measure"), [t.label(title) for title in TRACED], traced))
    return Screen(t("What the partners save together"), file=File("savings.xlsx", lambda: write_book(books)))


def _traced(one: Traced, t: Texts) -> list[Value]:
    measure, figure, added = one.measure, one.figure, one.added_factor
    return [
        one.organisation,
        measure.id,
        measure.title,
        t.label(words.STATES[measure.state]),
        words.site(measure, t),
        t.label(words.CARRIERS[measure.carrier]),
        measure.since.year if measure.since else None,
        words.quantity(Quantity(figure.unit, figure.value), t),
        t.label(words.KNOWN[figure.known]),
        one.evidence,
        figure.kwh,
        figure.grams,
        one.row.part.kwh,
        one.row.part.grams,
        *_of_factor(one.factor),
        figure.added or None,
        added.grams if added else None,
        added.edition if added else None,
    ]


def _of_factor(factor: Factor) -> list[Value]:
    return [factor.grams, factor.counted, factor.year, factor.edition, factor.source]


def homepage(found: PactSum, context: Context) -> Screen:
    """For the homepage: sums by carrier, sector and year, as far as they may be told."""
    t = context.t
    blocks: list[Block] = []
    if found.reached:
        blocks.append(Paragraph(plain(_sentence(found.reached, context))))
    for title, named in _groups(found, t):
        if named:
            titles = ("", "CO₂", t.label("Organisations"), t.label("Median"))
            rows = tuple(
                (name, words.tonnes(one.grams, t), str(one.organisations), words.tonnes(one.middle, t))
                for name, one in named
            )
            blocks += [Heading(title, 2), Table(titles, rows)]
    blocks += [Paragraph(plain(note)) for note in _notes(found, t)[:-1] if note]
    document = Document(t.label("What the partners save together"), tuple(blocks), t.language)
    return Screen(t("What the partners save together"), file=markdown(document, "savings"))


def _sentence(reached: Sum, context: Context) -> str:
    t = context.t
    return t.label(
        "{organisations} of the {pact} save {tonnes} a year with {measures} that are carried out.",
        organisations=t.plural("One partner", "{n} partners", reached.organisations),
        pact=context.house.pact.name,
        tonnes=words.tonnes(reached.grams, t),
        measures=t.plural("one measure", "{n} measures", reached.measures),
    )
