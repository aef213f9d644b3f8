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
    largest three. None, where they would reveal somebody.
    """

    grams: int
    kwh: int
    organisations: int
    measures: int
    middle: int | None
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


def _organisations(parts: list[Part]) -> int:
    return len({part.organisation_id for part in parts})
