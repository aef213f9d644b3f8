"""The year's report in the chat: each number leads to its rows, each row to those it belongs to."""

from collections.abc import Sequence

from markupsafe import Markup

from domain.programme.results import Figure, Row
from handlers.chat.buttons import Payload, TurnList
from handlers.chat.screens.screen import (
    Button,
    Screen,
    bullets,
    italic,
    lines,
    list_pages,
    page_of,
    paragraphs,
    shorten,
    turn_pages,
)
from handlers.chat.screens.screen import Row as Buttons
from handlers.chat.texts import Texts
from handlers.programme.buttons import OnYear, ShowFigure, ShowRow, YearAct

PAGE, ACROSS = 10, 5
LINKED = 20  # rows that belong to one; the workbook has them all
Said = tuple[str, str]  # a reference or a title, and its words


def render_numbers(year: int, found: Sequence[tuple[Figure, Said]], number: int, t: Texts) -> Screen:
    shown, number, pages = page_of(found, number, PAGE)
    first = number * PAGE
    return Screen(
        paragraphs(
            lines(
                t("<b>Promise and result {year}</b>", year=year),
                italic(t("Organisations are counted, not persons. Tap a number to see its rows.")),
            ),
            lines(
                *(
                    t("<b>{n}</b>  {what}: {value}", n=first + at, what=shorten(what, 90), value=value)
                    for at, (_, (what, value)) in enumerate(shown, 1)
                )
            ),
        ),
        (
            *_across([Button(str(first + at), ShowFigure(year, first + at - 1)) for at in _count(shown)]),
            *list_pages(number, pages, "programme-numbers", t, year),
            _files(year, t),
        ),
    )


def _count(shown: Sequence[object]) -> range:
    return range(1, len(shown) + 1)


def _across(buttons: Sequence[Button]) -> tuple[Buttons, ...]:
    return tuple(tuple(buttons[at : at + ACROSS]) for at in range(0, len(buttons), ACROSS))


def _files(year: int, t: Texts) -> Buttons:
    return (Button(t.label("Files and report"), OnYear(YearAct.FILES, year)),)


def _numbers(year: int, t: Texts) -> Buttons:
    return (Button(t.label("All numbers"), TurnList("programme-numbers", 0, year)),)


def render_figure(
    year: int, place: int, said: tuple[str, str, str], rows: Sequence[Said], number: int, t: Texts
) -> Screen:
    """What it is, its value, how it is worked out; then its rows."""
    what, value, how = said
    shown, number, pages = page_of(rows, number, PAGE)
    return Screen(
        paragraphs(
            lines(t("<b>{what}: {value}</b>", what=what, value=value), italic(how)),
            lines(*(t("<b>{ref}</b>  {words}", ref=ref, words=shorten(words, 120)) for ref, words in shown))
            or t("There are no rows: nothing is counted here."),
        ),
        (
            *_across([Button(ref, ShowRow(year, ref)) for ref, _ in shown]),
            *turn_pages(number, pages, lambda page: ShowFigure(year, place, page), t),
            _numbers(year, t),
        ),
    )


def render_row(
    year: int, row: Row, cells: Sequence[Said], linked: Sequence[Said], opens: Payload | None, t: Texts
) -> Screen:
    """One row, what it belongs to, and where the bot has it."""
    return Screen(
        _row_words(row, cells, linked, t),
        (
            *_across([Button(ref, ShowRow(year, ref)) for ref, _ in linked[:LINKED]]),
            *(((Button(t.label("Open it"), opens, style="primary"),),) if opens else ()),
            _numbers(year, t),
        ),
    )


def _row_words(row: Row, cells: Sequence[Said], linked: Sequence[Said], t: Texts) -> Markup:
    more = len(linked) - LINKED
    return paragraphs(
        t("<b>Row {ref}</b>", ref=row.ref),
        bullets(t("{what}: {value}", what=what, value=shorten(value, 300)) for what, value in cells),
        lines(
            t("Belongs to:"),
            *(
                t("<b>{ref}</b>  {words}", ref=ref, words=shorten(words, 50))
                for ref, words in linked[:LINKED]
            ),
            t("and {n} more", n=more) if more > 0 else "",
        )
        if linked
        else "",
    )
