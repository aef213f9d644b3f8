"""Promise and result as files: a paper to read, and a workbook in which every number names its rows."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from domain.basics.pact import Pact
from domain.basics.sheets import Sheet, Value, write_book
from domain.basics.words import N_
from domain.events.event import EventKind
from domain.ideas.ideas import State
from domain.measures.measures import State as MeasureState
from domain.programme.candidates import Source, Verdict
from domain.programme.results import Fate, Figure, How, Number, Row, Table
from handlers.chat.screens.screen import File
from handlers.chat.texts import Texts
from handlers.chat.typesetting import typeset
from handlers.events.screens.event_text import KINDS
from handlers.ideas.screens.words import STATES
from handlers.measures.screens.words import STATES as MEASURE_STATES
from handlers.programme.screens.words import SOURCES, VERDICTS
from storage.programme.results import YearReport

NUMBERS = {
    Number.PROMISED: N_("Promised in the first version"),
    Number.ADDED: N_("Added later"),
    Number.TOOK_PLACE: N_("Took place"),
    Number.KEPT: N_("Promised and took place"),
    Number.CANCELLED: N_("Cancelled"),
    Number.AHEAD: N_("Still to come"),
    Number.LEFT_OUT: N_("Left out"),
    Number.ORGANISATIONS: N_("Organisations that came"),
    Number.VISITS: N_("Visits of organisations"),
    Number.MARKS: N_("Answers to “How was it?”"),
    Number.MARK: N_("Mark on average (4 is best)"),
    Number.IN: N_("Candidates taken in"),
    Number.LATER: N_("Candidates for later"),
    Number.OUT: N_("Candidates left out"),
    Number.IDEAS: N_("Ideas behind the events"),
    Number.IDEAS_DONE: N_("Ideas that are done"),
    Number.MEASURES: N_("Measures of partners from these ideas"),
    Number.MEASURES_BEGUN: N_("Measures that have begun"),
    Number.NOTES: N_("Notes of workshops behind them"),
    Number.GUESTS_OF: N_("Organisations that came, of an entry"),
    Number.MARK_OF: N_("Mark on average, of an entry"),
    Number.POINTS_OF: N_("Points, of a decision"),
    Number.WEIGHTS_OF: N_("Points of a workshop, of a cluster"),
    Number.NOTES_OF: N_("Notes, of a cluster"),
}
HOWS = {
    How.COUNT: N_("number of the rows"),
    How.DISTINCT: N_("different values of the column"),
    How.SUM: N_("sum of the column"),
    How.MEAN: N_("mean of the column"),
}
TABLES = {
    Table.ENTRIES: N_("Entries"),
    Table.DECISIONS: N_("Decisions"),
    Table.POINTS: N_("Points"),
    Table.GUESTS: N_("Who came"),
    Table.MARKS: N_("Marks"),
    Table.IDEAS: N_("Ideas"),
    Table.MEASURES: N_("Measures"),
    Table.CLUSTERS: N_("Clusters"),
    Table.WEIGHTS: N_("Points of workshops"),
    Table.NOTES: N_("Notes"),
}
COLUMNS: Mapping[Table, Mapping[str, str]] = {
    Table.ENTRIES: {
        "title": N_("Title"),
        "kind": N_("Kind"),
        "promised": N_("Promised"),
        "promised_for": N_("Promised for"),
        "day": N_("Day"),
        "host": N_("Host"),
        "fate": N_("What became of it"),
        "event": N_("Event"),
        "decision": N_("Decision"),
    },
    Table.DECISIONS: {
        "source": N_("Source"),
        "title": N_("Title"),
        "verdict": N_("Decision"),
        "reason": N_("Why"),
        "idea": N_("Idea"),
    },
    Table.POINTS: {"decision": N_("Decision"), "organisation": N_("Organisation"), "points": N_("Points")},
    Table.GUESTS: {
        "entry": N_("Entry"),
        "organisation": N_("Organisation"),
        "organisation_id": N_("Number of the organisation"),
    },
    Table.MARKS: {"entry": N_("Entry"), "mark": N_("Mark")},
    Table.IDEAS: {
        "text": N_("Idea"),
        "state": N_("State"),
        "is_done": N_("Done"),
        "result": N_("What was said last"),
        "entries": N_("Entries"),
    },
    Table.MEASURES: {
        "idea": N_("Idea"),
        "organisation": N_("Organisation"),
        "title": N_("Title"),
        "measure_state": N_("State"),
        "is_begun": N_("Begun"),
        "since": N_("Since"),
    },
    Table.CLUSTERS: {"name": N_("Cluster"), "workshop": N_("Workshop"), "led_to": N_("Led to")},
    Table.WEIGHTS: {"cluster": N_("Cluster"), "organisation": N_("Organisation"), "points": N_("Points")},
    Table.NOTES: {"cluster": N_("Cluster"), "text": N_("Note")},
}
FATES = {
    Fate.TOOK_PLACE: N_("Took place"),
    Fate.CANCELLED: N_("Cancelled"),
    Fate.AHEAD: N_("Still to come"),
    Fate.LEFT_OUT: N_("Left out"),
}
WORDS: Mapping[str, Callable[[str], str]] = {
    "kind": lambda value: KINDS[EventKind(value)],
    "fate": lambda value: FATES[Fate(value)],
    "source": lambda value: SOURCES[Source(value)],
    "verdict": lambda value: VERDICTS[Verdict(value)],
    "state": lambda value: STATES[State(value)],
    "measure_state": lambda value: MEASURE_STATES[MeasureState(value)],
}
OF_ONE = (
    *(Number.GUESTS_OF, Number.MARK_OF, Number.POINTS_OF),
    *(Number.WEIGHTS_OF, Number.NOTES_OF),
)
MEASURE_CELLS = ("organisation", "title", "measure_state", "idea")
SHOWN_TEXT = 400  # characters of an idea or a reason in the paper


def sheets(report: YearReport, _pact: Pact, t: Texts) -> File:
    """First the numbers, each with its rows; then the rows by their references."""
    titles = [N_("Figure"), N_("Of"), N_("Value"), N_("How"), N_("Column"), N_("Rows")]
    numbers = Sheet(
        t.label("Numbers"),
        [t.label(title) for title in titles],
        [_number(one, t) for one in report.figures],
    )
    tables = [_sheet(report, table, t) for table in Table]
    return File(f"{t.label('Result')}_{report.year}.xlsx", write_book([numbers, *tables]))


def _number(one: Figure, t: Texts) -> list[Value]:
    value = one.value if isinstance(one.value, int) else "" if one.value is None else f"{one.value:.2f}"
    column = column_of(one)
    return [
        t.label(NUMBERS[one.number]),
        one.of,
        value,
        t.label(HOWS[one.how]),
        t.label(column) if column else "",
        " ".join(one.refs),
    ]


def column_of(one: Figure) -> str:
    return next((names[one.column] for names in COLUMNS.values() if one.column in names), "")


def _sheet(report: YearReport, table: Table, t: Texts) -> Sheet:
    columns = COLUMNS[table]
    return Sheet(
        t.label(TABLES[table]),
        [t.label("Row"), *(t.label(title) for title in columns.values())],
        [[row.ref, *(_words(row, name, t) for name in columns)] for row in report.of(table)],
    )


def _words(row: Row, name: str, t: Texts) -> Value:
    value = row.cells[name]
    if name == "title" and row.cells.get("source") == Source.FORMAT:
        return t.label([*KINDS.values()][int(str(value))])
    return t.label(WORDS[name](str(value))) if name in WORDS else value


def paper(report: YearReport, pact: Pact, t: Texts) -> File:
    """Same data, same bytes; the hash in the footer is that of all rows."""
    inputs = {
        "language": t.language,
        "pact": pact.name,
        "title": t.label("Promise and result {year}", year=report.year),
        "as_of": t.label("As of {day}", day=t.date(t.local_day(report.as_of))),
        "method": t.label(
            "Organisations are counted, not persons. "
            "Each number names the rows of the workbook it is worked out from."
        ),
        "hash": _hash(report),
        "heads": json.dumps(_heads(t)),
        **{name: json.dumps(rows) for name, rows in _paper_tables(report, t).items()},
    }
    return File(f"{t.label('Result')}_{report.year}.pdf", typeset("year", inputs))


def _paper_tables(report: YearReport, t: Texts) -> dict[str, Any]:
    by = {(one.number, one.of): one for one in report.figures}
    entries = [
        [
            row.ref,
            *(str(_words(row, name, t) or "") for name in ("title", "kind")),
            _date(row.cells["day"], t),
            str(_words(row, "fate", t)),
            shown(by[Number.GUESTS_OF, row.ref], t),
            shown(by[Number.MARK_OF, row.ref], t),
        ]
        for row in report.of(Table.ENTRIES)
    ]
    decisions = [
        [
            row.ref,
            f"{_words(row, 'source', t)}: {str(_words(row, 'title', t))[:SHOWN_TEXT]}",
            str(_words(row, "verdict", t)),
            str(row.cells["reason"]),
            shown(by[Number.POINTS_OF, row.ref], t),
        ]
        for row in report.of(Table.DECISIONS)
    ]
    ideas = [
        [
            row.ref,
            *(str(_words(row, name, t))[:SHOWN_TEXT] for name in ("text", "state", "result", "entries")),
        ]
        for row in report.of(Table.IDEAS)
    ]
    numbers = [
        [t.label(NUMBERS[one.number]), shown(one, t), _rows(one, t)]
        for one in report.figures
        if one.number not in OF_ONE
    ]
    return {
        "numbers": numbers,
        "entries": entries,
        "decisions": decisions,
        "ideas": ideas,
        "measures": _rows_of(report, Table.MEASURES, MEASURE_CELLS, t),
        "clusters": [
            [*row, shown(by[Number.WEIGHTS_OF, row[0]], t)]
            for row in _rows_of(report, Table.CLUSTERS, ("name", "led_to"), t)
        ],
        "notes": _rows_of(report, Table.NOTES, ("text", "cluster"), t),
    }


def _rows_of(report: YearReport, table: Table, names: tuple[str, ...], t: Texts) -> list[list[str]]:
    return [[row.ref, *(in_words(row, name, t) for name in names)] for row in report.of(table)]


def in_words(row: Row, name: str, t: Texts) -> str:
    return str(_words(row, name, t))[:SHOWN_TEXT]


def _heads(t: Texts) -> dict[str, list[str]]:
    heads = {
        "numbers": (N_("Numbers"), N_("Figure"), N_("Value"), N_("Rows")),
        "entries": (
            *(N_("Entries"), N_("Row"), N_("Title"), N_("Kind"), N_("Day")),
            *(N_("What became of it"), N_("Came"), N_("Mark")),
        ),
        "decisions": (N_("Decisions"), N_("Row"), N_("Candidate"), N_("Decision"), N_("Why"), N_("Points")),
        "measures": (
            *(N_("Measures that came of it"), N_("Row"), N_("Organisation")),
            *(N_("Title"), N_("State"), N_("Idea")),
        ),
        "clusters": (N_("Clusters"), N_("Row"), N_("Cluster"), N_("Led to"), N_("Points")),
        "notes": (N_("Notes"), N_("Row"), N_("Note"), N_("Cluster")),
        "ideas": (N_("What it led to"), N_("Row"), N_("Idea"), N_("State"), N_("Said last"), N_("Entries")),
    }
    return {name: [t.label(word) for word in words] for name, words in heads.items()}


def shown(one: Figure, t: Texts) -> str:
    if one.value is None:
        return "–"
    return str(one.value) if isinstance(one.value, int) else t.decimal(one.value)


def _rows(one: Figure, t: Texts) -> str:
    """Few by name, many by their table."""
    if len(one.refs) <= 6:
        return ", ".join(one.refs) or "–"
    return t.label(
        "rows of “{table}”: {n}, {first} to {last}",
        n=len(one.refs),
        table=t.label(TABLES[Table(one.refs[0][0])]),
        first=one.refs[0],
        last=one.refs[-1],
    )


def _date(value: Value, t: Texts) -> str:
    return t.short_date(value) if isinstance(value, date) else str(value)


def _hash(report: YearReport) -> str:
    rows = [[row.ref, {name: str(value) for name, value in row.cells.items()}] for row in report.rows]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:16]
