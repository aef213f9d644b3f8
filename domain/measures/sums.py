"""What the pact's partners save together, without telling what any one of them does."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Generic, TypeVar

FEWEST = 5  # organisations behind a figure
GIANTS = 3

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Part:
    """An organisation's part of a measure: all of it, or its percent of a joint one."""

    organisation_id: int
    measure_id: int
    kwh: int
    grams: int


@dataclass(frozen=True)
class Sum:
    """`middle` and `giants` tell whether a few carry it: the median of the organisations, the share of the
    largest three (None, where there is nothing to share).
    """

    grams: int
    kwh: int
    organisations: int
    measures: int
    middle: int
    giants: Fraction | None


@dataclass(frozen=True)
class Cells(Generic[K]):
    """By key; `rest` is what stood in cells with too few organisations. All of them None: too few in all."""

    cells: dict[K, Sum]
    rest: Sum | None
    total: Sum | None


def total(parts: Iterable[Part]) -> Sum | None:
    """None for less than FEWEST organisations."""
    parts = list(parts)
    by_organisation: dict[int, int] = defaultdict(int)
    for part in parts:
        by_organisation[part.organisation_id] += part.grams
    if len(by_organisation) < FEWEST:
        return None
    grams = sum(by_organisation.values())
    largest = sum(sorted(by_organisation.values(), reverse=True)[:GIANTS])
    return Sum(
        grams=grams,
        kwh=sum(part.kwh for part in parts),
        organisations=len(by_organisation),
        measures=len({part.measure_id for part in parts}),
        middle=int(median(by_organisation.values())),
        giants=Fraction(largest, grams) if grams > 0 else None,
    )


def by(parts: Iterable[Part], key: Callable[[Part], K]) -> Cells[K]:
    """A cell with too few goes into the rest; so do further ones, the smallest first, until that has enough.

    Otherwise the rest, or the total less the cells, would be the figure of those few.
    """
    parts = list(parts)
    whole = total(parts)
    if whole is None:
        return Cells({}, None, None)
    groups: dict[K, list[Part]] = defaultdict(list)
    for part in parts:
        groups[key(part)].append(part)
    in_order = sorted(groups, key=lambda one: (_organisations(groups[one]), str(one)))
    rest: list[Part] = []
    while in_order and (_organisations(groups[in_order[0]]) < FEWEST or 0 < _organisations(rest) < FEWEST):
        rest += groups.pop(in_order.pop(0))
    cells = {one: cell for one in in_order if (cell := total(groups[one]))}
    return Cells(cells, total(rest) if rest else None, whole)


def by_year(parts: Iterable[Part], year_of: Callable[[Part], int], last: int) -> dict[int, Sum | None]:
    """What all that saves by the end of a year saves in it, up to the last, which has everything.

    None for a year that is merged with the next: what comes in addition is of too few organisations. The
    difference of two years that are told would otherwise be the figure of those few.
    """
    starting: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        starting[min(year_of(part), last)].append(part)
    ends = _ends(starting)
    found: dict[int, Sum | None] = {}
    for year in range(min(starting, default=last), last + 1):
        begun = [start for start in starting if start <= year]
        is_told = max(begun) in ends if begun else False
        found[year] = total(part for start in begun for part in starting[start]) if is_told else None
    return found


def _ends(starting: dict[int, list[Part]]) -> set[int]:
    """The years at which enough organisations have come in addition to those before."""
    ends, between = list[int](), list[Part]()
    for year in sorted(starting):
        between += starting[year]
        if _organisations(between) >= FEWEST:
            ends.append(year)
            between = []
    if between and ends:  # the last few go with those before them
        ends[-1] = max(starting)
    return set(ends)


def _organisations(parts: list[Part]) -> int:
    return len({part.organisation_id for part in parts})
