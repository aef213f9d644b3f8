"""Rows of a table as records: titles and words of any language to fields, each bad row with its reasons."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from domain.basics.files import Fault, FileIsUnusable
from domain.basics.sheets import REMARK, Table
from domain.basics.spreadsheets import Row

R = TypeVar("R", bound=BaseModel)
EMPTIES = "-"  # in a cell; one that is only empty leaves what is stored
MOST_ABOVE = 10  # rows above the titles


@dataclass(frozen=True)
class Words:
    """What people may write, casefolded, for the name of a field and for its values; names are good as well.

    `titles` are the fields as the person knows them, `pairs` columns that are parts of one.
    """

    fields: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    pairs: Sequence[tuple[str, str]] = ()

    def field_of(self, title: str) -> str:
        key = " ".join(title.casefold().split())
        return self.fields.get(key, key)

    def value_of(self, name: str, text: str) -> str:
        return self.values.get(name, {}).get(text.casefold(), text)


@dataclass(frozen=True)
class Problem:
    """`kind` is pydantic's name for it or ours, `message` says it in English; `title` is the column's."""

    name: str
    title: str
    kind: str
    given: str = ""
    limit: int = 0
    message: str = ""


@dataclass(frozen=True)
class Rejected:
    line: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Records(Generic[R]):
    """Good rows with their lines, the others, and the titles that mean nothing here."""

    taken: tuple[tuple[int, R], ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[str, ...]
    titles: Mapping[str, str]
    hidden: int = 0  # rows that a filter hides, taken like the others


def check(table: Table, model: type[R], words: Words, context: Any = None) -> Records[R]:
    """Each row as a `model`, of which only those fields are set that have something in their cell.

    Raises FileIsUnusable for a column too few or twice. `context` is for the model's validators.
    """
    table = from_titles(table, model, words)
    names = [words.field_of(title) for title in table.titles]
    titles = {
        name: title for name, title in zip(names, table.titles, strict=True) if name in model.model_fields
    }
    _check_columns(names, titles, model, words)
    taken, rejected = [], []
    for row in table.rows:
        if _is_remark(row):
            continue
        found = _read(row, names, titles, model, words, context)
        if isinstance(found, list):
            rejected.append(Rejected(row.line, tuple(found)))
        else:
            taken.append((row.line, found))
    ignored = tuple(title for title in table.titles if title and title not in titles.values())
    hidden = sum(row.is_hidden for row in table.rows)
    return Records(tuple(taken), tuple(rejected), ignored, titles, hidden)


def _is_remark(row: Row) -> bool:
    return bool(row.cells) and row.cells[0].startswith(REMARK) and not any(row.cells[1:])


def from_titles(table: Table, model: type[BaseModel], words: Words) -> Table:
    """Without what stands above the titles, the name of the list or its day; parts of one are one column."""
    above = [Row(0, table.titles), *table.rows[:MOST_ABOVE]]
    known = [sum(words.field_of(cell) in model.model_fields for cell in row.cells) for row in above]
    at = known.index(max(known))
    if at and known[at] > 1 + known[0]:
        table = Table(above[at].cells, table.rows[at:])
    for pair in words.pairs:
        table = _joined(table, pair, words)
    return table


def _joined(table: Table, pair: tuple[str, str], words: Words) -> Table:
    """First and second name in one column, unless there is one for both."""
    keys = [" ".join(title.casefold().split()) for title in table.titles]
    if not all(keys.count(part) == 1 for part in pair):
        return table
    one, other = (keys.index(part) for part in pair)
    both = f"{table.titles[one]} {table.titles[other]}"
    if words.field_of(both) in {words.field_of(key) for key in keys if key not in pair}:
        return table

    def join(cells: Sequence[str], given: str) -> tuple[str, ...]:
        return tuple(given if at == one else cell for at, cell in enumerate(cells) if at != other)

    rows = []
    for row in table.rows:
        cells = [*row.cells, *[""] * (len(keys) - len(row.cells))]
        parts = [cells[at] for at in (one, other) if cells[at]]
        filled = [part for part in parts if part != EMPTIES]
        rows.append(replace(row, cells=join(cells, " ".join(filled or parts[:1]))))
    return Table(join(table.titles, both), tuple(rows))


def _check_columns(
    names: Sequence[str], titles: Mapping[str, str], model: type[BaseModel], words: Words
) -> None:
    twice = [titles[name] for name, times in Counter(names).items() if times > 1 and name in titles]
    if twice:
        raise FileIsUnusable(Fault.COLUMN_TWICE, ", ".join(twice))
    lacking = [words.titles.get(name, name) for name in required(model) if name not in titles]
    if lacking:
        raise FileIsUnusable(Fault.LACKS_COLUMNS, ", ".join(lacking))


def required(model: type[BaseModel]) -> list[str]:
    return [name for name, about in model.model_fields.items() if about.is_required()]


def _read(
    row: Row, names: Sequence[str], titles: Mapping[str, str], model: type[R], words: Words, context: Any
) -> R | list[Problem]:
    if row.problem:
        return [Problem("", "", row.problem)]
    if len(row.cells) > len(names):
        return [Problem("", "", "too_many_cells")]
    cells = [*row.cells, *[""] * (len(names) - len(row.cells))]
    given = {
        name: "" if cell == EMPTIES else words.value_of(name, cell)
        for name, cell in zip(names, cells, strict=True)
        if name in titles and cell
    }
    missing = [Problem(name, titles[name], "missing") for name in required(model) if not given.get(name)]
    try:
        record = model.model_validate(given, context=context)
    except ValidationError as error:
        lacking = {problem.name for problem in missing}
        problems = [_problem(problem, titles) for problem in error.errors()]
        return missing + [problem for problem in problems if problem.name not in lacking]
    return missing or record


def _problem(error: Any, titles: Mapping[str, str]) -> Problem:
    context = error.get("ctx", {})
    name = str(error["loc"][0]) if error["loc"] else ""
    return Problem(
        name=name,
        title=titles.get(name, name),
        kind=error["type"],
        given=str(error["input"]),
        limit=context.get("max_length") or context.get("min_length") or 0,
        message=error["msg"].removeprefix("Value error, "),
    )
