"""From each number of the year's report to its rows, and from row to row: note, cluster, idea, event."""

from collections.abc import Iterator

from domain.basics.refusals import ButtonIsOutdated
from domain.basics.words import N_
from domain.programme.results import Figure, Row, Table
from handlers.chat.buttons import Payload, TurnList
from handlers.chat.context import Context
from handlers.chat.texts import Texts
from handlers.events.buttons import ShowEvent
from handlers.ideas.buttons import IdeaAct, OnIdea
from handlers.measures.buttons import MeasureAct, OnMeasure
from handlers.programme import report as words
from handlers.programme.buttons import OnSlot, ShowCandidate, ShowFigure, ShowRow, SlotAct
from handlers.programme.screens import walk as screens
from storage.programme import results
from storage.programme.results import YearReport

HOW = N_("{how} “{column}”")


async def _of_year(context: Context, year: int) -> YearReport:
    return await context.transact(results.of_year, year)


async def asked_for_numbers(context: Context, tap: TurnList) -> None:
    report, t = await _of_year(context, tap.subject_id), context.t
    found = [(one, (_titled(report, one, t), words.shown(one, t))) for one in report.figures]
    await context.show(screens.render_numbers(report.year, found, tap.page, t))


def _titled(report: YearReport, one: Figure, t: Texts) -> str:
    title = t.label(words.NUMBERS[one.number])
    return f"{title} ({one.of} {_named(report.row(one.of), t)})" if one.of else title


async def asked_for_figure(context: Context, tap: ShowFigure) -> None:
    report, t = await _of_year(context, tap.year), context.t
    if tap.place not in range(len(report.figures)):
        raise ButtonIsOutdated
    one = report.figures[tap.place]
    how = t.label(words.HOWS[one.how])
    column = words.column_of(one)
    said = (
        _titled(report, one, t),
        words.shown(one, t),
        t.label(HOW, how=how, column=t.label(column)) if column else how,
    )
    rows = [(ref, _named(report.row(ref), t)) for ref in one.refs]
    await context.show(screens.render_figure(report.year, tap.place, said, rows, tap.page, t))


async def asked_for_row(context: Context, tap: ShowRow) -> None:
    report, t = await _of_year(context, tap.year), context.t
    if not any(one.ref == tap.ref for one in report.rows):
        raise ButtonIsOutdated
    row = report.row(tap.ref)
    columns = words.COLUMNS[row.table]
    cells = [(t.label(title), words.in_words(row, name, t)) for name, title in columns.items()]
    linked = [(one.ref, _named(one, t)) for one in _linked(report, row)]
    await context.show(screens.render_row(report.year, row, cells, linked, opens(row), t))


def _linked(report: YearReport, row: Row) -> Iterator[Row]:
    """Rows that this one names, then those that name it."""
    named = _refs(row)
    yield from (one for one in report.rows if one.ref in named)
    yield from (one for one in report.rows if row.ref in _refs(one))


def _refs(row: Row) -> set[str]:
    return {part for value in row.cells.values() if isinstance(value, str) for part in value.split(", ")}


def _named(row: Row, t: Texts) -> str:
    """What tells a row from others of its kind."""
    columns = words.COLUMNS[row.table]
    names = [name for name in ("title", "name", "organisation", "text", "points", "mark") if name in columns]
    return ", ".join(filter(None, (words.in_words(row, name, t) for name in names)))


def opens(row: Row) -> Payload | None:
    """What the bot itself shows of it."""
    number = int(row.ref[1:].partition(".")[0])
    event = row.cells.get("event")
    match row.table:
        case Table.ENTRIES:
            return ShowEvent(event) if isinstance(event, int) else OnSlot(SlotAct.SHOW, number)
        case Table.GUESTS | Table.MARKS:
            return ShowEvent(number)
        case Table.DECISIONS:
            candidate = row.cells["candidate"]
            return ShowCandidate(candidate) if isinstance(candidate, int) else None
        case Table.IDEAS:
            return OnIdea(IdeaAct.SHOW, number)
        case Table.MEASURES:
            return OnMeasure(MeasureAct.SHOW, number)
    return None
