"""What the partners save together, in words: in all, by carrier, sector and year, towards the last year."""

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from domain.measures.sums import Cells, Sum
from handlers.chat.buttons import Go
from handlers.chat.screens.screen import Button, Row, Screen, bullets, italic, lines, paragraphs, to_menu
from handlers.chat.texts import Texts
from handlers.measures.screens import words
from handlers.partners.screens.words import SECTORS
from storage.measures.pact_sum import PactSum, Path

YEARS = 8  # of one list, the latest


def render_sum(found: PactSum, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>What the partners save together</b>"),
            _sum(t.label("Carried out"), found.reached, t),
            _sum(t.label("Being carried out"), found.under_way, t),
            _sum(t.label("Planned and decided"), found.intended, t),
            _apart(found, t),
            _footer(found, t),
        ),
        _sum_buttons(found, t),
    )


def _sum_buttons(found: PactSum, t: Texts) -> tuple[Row, ...]:
    return (
        (
            Button(t.label("By energy carrier"), Go("measures-by-carrier")),
            Button(t.label("By sector"), Go("measures-by-sector")),
        ),
        (
            Button(t.label("By year"), Go("measures-by-year")),
            Button(t.label("{year} and we", year=found.final_year), Go("measures-path"), style="primary"),
        ),
        (
            Button(t.label("Chart"), Go("measures-chart")),
            Button(t.label("As a PDF"), Go("measures-pdf")),
            Button(t.label("As a sheet"), Go("measures-xlsx")),
        ),
        (Button(t.label("Text for the homepage"), Go("measures-text")),),
        (Button(t.label("Measures"), Go("measures-home")), *to_menu(t)),
    )


def _apart(found: PactSum, t: Texts) -> Markup:
    return lines(
        t.plural(
            "Apart, as it counts nothing: one green electricity tariff",
            "Apart, as they count nothing: {n} green electricity tariffs",
            found.green_tariffs,
        )
        if found.green_tariffs
        else "",
        t.plural(
            "Apart, as its factor takes in something else: one measure",
            "Apart, as their factors take in something else: {n} measures",
            found.other_family,
        )
        if found.other_family
        else "",
    )


def _footer(found: PactSum, t: Texts) -> Markup:
    return italic(
        t(
            "Savings in a year, {family}. Figures with fewer than five organisations are not shown.",
            family=t.label(words.FAMILIES[found.family]),
        )
    )


def _sum(title: str, found: Sum | None, t: Texts) -> Markup:
    if found is None:
        return t("<b>{title}</b>: too few organisations to tell", title=title)
    return lines(
        t("<b>{title}: {tonnes} a year</b>", title=title, tonnes=words.tonnes(found.grams, t)),
        t("{kwh}; {who}", kwh=words.kwh(found.kwh, t), who=words.who(found, t)),
        words.spread(found, t),
    )


def render_by_carrier(found: PactSum, t: Texts) -> Screen:
    return _cells(t.label("By energy carrier"), found.by_carrier, words.CARRIERS, found, t)


def render_by_sector(found: PactSum, t: Texts) -> Screen:
    return _cells(t.label("By sector"), found.by_sector, SECTORS, found, t)


def _cells(title: str, cells: Cells[Any], names: Mapping[Any, str], found: PactSum, t: Texts) -> Screen:
    named = [(t.label(names[key]), cell) for key, cell in cells.cells.items()]
    if cells.rest:
        named.append((t.label("others"), cells.rest))
    return Screen(
        paragraphs(
            t("<b>Carried out, {how}</b>", how=title.lower()),
            *(_sum(name, cell, t) for name, cell in named),
            "" if named else t("Too few organisations to tell."),
            _footer(found, t),
        ),
        _back(t),
    )


def render_by_year(found: PactSum, t: Texts) -> Screen:
    planned = {year: one for year, one in found.planned_by_year.items() if one}
    return Screen(
        paragraphs(
            lines(t("<b>Carried out, saved in the year</b>"), bullets(_years(found.by_year.items(), t))),
            lines(t("<b>Planned, by the year from which it saves</b>"), bullets(_years(planned.items(), t)))
            if planned
            else "",
            t("A year in which too few organisations came in addition stands with the next."),
            _footer(found, t),
        ),
        _back(t),
    )


def _years(years: Iterable[tuple[int, Sum | None]], t: Texts) -> list[Markup]:
    rows = []
    for year, one in list(years)[-YEARS:]:
        if one is None:
            rows.append(t("{year}: with the next year", year=year))
        else:
            rows.append(
                t(
                    "{year}: {tonnes} ({who}; {spread})",
                    year=year,
                    tonnes=words.tonnes(one.grams, t),
                    who=words.who(one, t),
                    spread=words.spread(one, t),
                )
            )
    return rows


def render_path(found: PactSum, this_year: int, city: str, t: Texts) -> Screen:
    return Screen(
        paragraphs(
            t("<b>{city} {year}: how far are the partners?</b>", city=city, year=found.final_year),
            _path(found.path, found.final_year, this_year, t)
            if found.path
            else t(
                "This can be told as soon as five partners have handed in their first report with a balance."
            ),
            _footer(found, t),
        ),
        (*(((Button(t.label("Chart"), Go("measures-path-chart")),),) if found.path else ()), *_back(t)),
    )


def _path(path: Path, final: int, this_year: int, t: Texts) -> Markup:
    reached = path.reached.get(this_year) if path.reached else None
    needed = path.needed.get(this_year, path.grams)
    return lines(
        t(
            "Start balances of {n} partners: {tonnes} a year",
            n=path.organisations,
            tonnes=words.tonnes(path.grams, t),
        ),
        t(
            "On a straight line to zero in {final} they need to save {tonnes} in {year}",
            final=final,
            tonnes=words.tonnes(needed, t),
            year=this_year,
        ),
        t(
            "<b>Carried out: {tonnes}, {percent} % of it</b>",
            tonnes=words.tonnes(reached.grams, t),
            percent=round(100 * reached.grams / needed) if needed else 100,
        )
        if reached
        else t("What they have carried out: too few organisations to tell"),
        t("Planned and decided, not added to it: {tonnes}", tonnes=words.tonnes(path.planned.grams, t))
        if path.planned
        else "",
    )


def _back(t: Texts) -> tuple[Row, ...]:
    return ((Button(t.label("What we save together"), Go("measures-sum")), *to_menu(t)),)
