"""From the balances that partners started with to the year in which the city wants to be at zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Start:
    """The balance of an organisation's first report, and the year that it is of."""

    organisation_id: int
    year: int
    grams: int


def needed(starts: Sequence[Start], year: int, final: int) -> int:
    """What all of them together have to save in a year on a straight line from each start to zero."""
    return round(sum((_share(one, year, final) * one.grams for one in starts), Fraction(0)))


def _share(start: Start, year: int, final: int) -> Fraction:
    if year >= final or start.year >= final:
        return Fraction(1)
    return Fraction(max(year - start.year, 0), final - start.year)
