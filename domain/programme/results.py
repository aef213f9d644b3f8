"""What a year came to: each number says from which rows it is worked out, and how."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import mean

from domain.basics.sheets import Value


class Table(StrEnum):
    """Rows of a kind; the letter begins their references."""

    ENTRIES = "E"
    DECISIONS = "D"
    POINTS = "P"
    GUESTS = "G"
    MARKS = "M"
    IDEAS = "I"
    MEASURES = "A"
    CLUSTERS = "C"
    WEIGHTS = "W"  # points that an organisation gave to a cluster
    NOTES = "N"


class How(StrEnum):
    COUNT = "count"  # the rows
    DISTINCT = "distinct"  # different values of the column
    SUM = "sum"  # of the column
    MEAN = "mean"


class Number(StrEnum):
    PROMISED = "promised"
    ADDED = "added"
    TOOK_PLACE = "took_place"
    KEPT = "kept"
    CANCELLED = "cancelled"
    AHEAD = "ahead"
    LEFT_OUT = "left_out"
    ORGANISATIONS = "organisations"
    VISITS = "visits"
    MARKS = "marks"
    MARK = "mark"
    IN = "in"
    LATER = "later"
    OUT = "out"
    IDEAS = "ideas"
    IDEAS_DONE = "ideas_done"
    MEASURES = "measures"
    MEASURES_BEGUN = "measures_begun"
    NOTES = "notes"
    GUESTS_OF = "guests_of"  # of one entry, as the one below
    MARK_OF = "mark_of"
    POINTS_OF = "points_of"  # of one decision
    WEIGHTS_OF = "weights_of"  # of one cluster, as the one below
    NOTES_OF = "notes_of"


class Fate(StrEnum):
    """What became of an entry."""

    TOOK_PLACE = "took_place"
    CANCELLED = "cancelled"
    AHEAD = "ahead"
    LEFT_OUT = "left_out"  # no event came of it


@dataclass(frozen=True)
class Row:
    ref: str
    cells: Mapping[str, Value]

    @property
    def table(self) -> Table:
        return Table(self.ref[0])

    @property
    def place(self) -> tuple[str, list[int]]:
        """E9 before E10."""
        return self.ref[0], [int(number) for number in self.ref[1:].split(".")]


@dataclass(frozen=True)
class Figure:
    """`of` is the row that it is about; empty: the year."""

    number: Number
    value: float | int | None
    how: How
    column: str
    refs: tuple[str, ...]
    of: str = ""


def figure(
    number: Number, rows: Iterable[Row], how: How = How.COUNT, column: str = "", of: str = ""
) -> Figure:
    chosen = sorted(rows, key=lambda row: row.place)
    return Figure(number, work_out(how, column, chosen), how, column, tuple(row.ref for row in chosen), of)


def work_out(how: How, column: str, rows: Sequence[Row]) -> float | int | None:
    """None for the mean of nothing."""
    values = [row.cells[column] for row in rows] if column else []
    match how:
        case How.COUNT:
            return len(rows)
        case How.DISTINCT:
            return len(set(values))
        case How.SUM:
            return sum(value for value in values if isinstance(value, int))
        case How.MEAN:
            return round(mean(value for value in values if isinstance(value, int)), 2) if values else None


def figures(rows: Sequence[Row]) -> list[Figure]:
    """Of the year, then of each entry and each decision."""
    of = {table: [row for row in rows if row.table is table] for table in Table}
    entries, guests, marks = of[Table.ENTRIES], of[Table.GUESTS], of[Table.MARKS]

    def fate(*wanted: Fate) -> list[Row]:
        return [row for row in entries if row.cells["fate"] in wanted]

    def verdict(wanted: str) -> list[Row]:
        return [row for row in of[Table.DECISIONS] if row.cells["verdict"] == wanted]

    behind = [row for row in of[Table.IDEAS] if row.cells["entries"]]
    promised = [row for row in entries if row.cells["promised"]]
    return [
        figure(Number.PROMISED, promised),
        figure(Number.ADDED, [row for row in entries if not row.cells["promised"]]),
        figure(Number.TOOK_PLACE, fate(Fate.TOOK_PLACE)),
        figure(Number.KEPT, [row for row in promised if row.cells["fate"] == Fate.TOOK_PLACE]),
        *(figure(Number(one), fate(one)) for one in Fate if one is not Fate.TOOK_PLACE),
        figure(Number.ORGANISATIONS, guests, How.DISTINCT, "organisation_id"),
        figure(Number.VISITS, guests),
        figure(Number.MARKS, marks),
        figure(Number.MARK, marks, How.MEAN, "mark"),
        *(figure(Number(one), verdict(one)) for one in ("in", "later", "out")),
        figure(Number.IDEAS, behind),
        figure(Number.IDEAS_DONE, [row for row in behind if row.cells["is_done"]]),
        figure(Number.MEASURES, of[Table.MEASURES]),
        figure(Number.MEASURES_BEGUN, [row for row in of[Table.MEASURES] if row.cells["is_begun"]]),
        figure(Number.NOTES, of[Table.NOTES]),
        *(figure(Number.GUESTS_OF, _of(guests, "entry", row), of=row.ref) for row in entries),
        *(figure(Number.MARK_OF, _of(marks, "entry", row), How.MEAN, "mark", row.ref) for row in entries),
        *(
            figure(Number.POINTS_OF, _of(of[Table.POINTS], "decision", row), How.SUM, "points", row.ref)
            for row in of[Table.DECISIONS]
        ),
        *(
            figure(Number.WEIGHTS_OF, _of(of[Table.WEIGHTS], "cluster", row), How.SUM, "points", row.ref)
            for row in of[Table.CLUSTERS]
        ),
        *(
            figure(Number.NOTES_OF, _of(of[Table.NOTES], "cluster", row), of=row.ref)
            for row in of[Table.CLUSTERS]
        ),
    ]


def _of(rows: Iterable[Row], column: str, whose: Row) -> list[Row]:
    return [row for row in rows if row.cells[column] == whose.ref]
