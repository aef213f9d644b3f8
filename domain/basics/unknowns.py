"""What nobody knows of a table's titles and words: what to ask, and the table with what was answered."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from pydantic import BaseModel
from rapidfuzz import fuzz, process

from domain.basics.rows import EMPTIES, Words, required
from domain.basics.sheets import Table
from domain.basics.spreadsheets import Row

MOST_WORDS = 8  # that are asked for; a column with more of them is another one
LEFT_OUT = "left_out"


@dataclass(frozen=True)
class TitleIsLacking:
    """No column is known to be `field`; it may be one of `titles`, each with a cell of it."""

    field: str
    titles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WordIsUnknown:
    """`values` are all that it can mean, the likeliest first."""

    field: str
    word: str
    rows: int
    values: tuple[str, ...]
    is_needed: bool


Unknown = TitleIsLacking | WordIsUnknown


def first_unknown(
    table: Table, model: type[BaseModel], words: Words, values: Mapping[str, Collection[str]]
) -> Unknown | None:
    """What to ask next; None where all can be read as it is. `values` are those of fields with few."""
    names = [words.field_of(title) for title in table.titles]
    strange = unknown_titles(table, model, words)
    for field in required(model):
        if field not in names and (strange or field in values):
            return TitleIsLacking(field, tuple((title, _sample(table, title)) for title in strange))
    for field in values:
        if field in names:
            found = _strange_words(table, names.index(field), field, words, values[field])
            if 0 < len(found) <= MOST_WORDS:
                word, rows = found.most_common(1)[0]
                return WordIsUnknown(
                    field, word, rows, _nearest(word, field, words, values[field]), field in required(model)
                )
    return None


def unknown_titles(table: Table, model: type[BaseModel], words: Words) -> tuple[str, ...]:
    return tuple(title for title in table.titles if title and words.field_of(title) not in model.model_fields)


def _sample(table: Table, title: str) -> str:
    place = table.titles.index(title)
    return next((row.cells[place] for row in table.rows if place < len(row.cells) and row.cells[place]), "")


def _strange_words(
    table: Table, place: int, field: str, words: Words, values: Collection[str]
) -> Counter[str]:
    cells = (row.cells[place] for row in table.rows if not row.problem and place < len(row.cells))
    return Counter(
        cell for cell in cells if cell not in ("", EMPTIES) and words.value_of(field, cell) not in values
    )


def _nearest(word: str, field: str, words: Words, values: Collection[str]) -> tuple[str, ...]:
    """By the likeliest of the words that each value is known by."""
    known = {text: value for text, value in words.values.get(field, {}).items() if value in values}
    found = process.extract(word.casefold(), [*known], scorer=fuzz.WRatio, limit=None)
    return tuple(dict.fromkeys((*(known[text] for text, _, _ in found), *values)))


def with_title(table: Table, title: str, field: str) -> Table:
    """That column is the field."""
    return Table(tuple(field if one == title else one for one in table.titles), table.rows)


def with_all(table: Table, value: str, field: str) -> Table:
    """Every row has this value."""
    width = len(table.titles)
    rows = (replace(row, cells=(*row.cells, *[""] * (width - len(row.cells)), value)) for row in table.rows)
    return Table((*table.titles, field), tuple(rows))


def with_word(table: Table, unknown: WordIsUnknown, value: str, words: Words) -> Table:
    """The word means the value; nothing: rows that need one are left out, others say nothing of it."""
    place = [words.field_of(title) for title in table.titles].index(unknown.field)
    return Table(table.titles, tuple(_said(row, place, unknown, value) for row in table.rows))


def _said(row: Row, place: int, unknown: WordIsUnknown, value: str) -> Row:
    if place >= len(row.cells) or row.cells[place] != unknown.word:
        return row
    cells = (*row.cells[:place], value, *row.cells[place + 1 :])
    is_out = not value and unknown.is_needed
    return replace(row, cells=cells, problem=row.problem or (LEFT_OUT if is_out else ""))
