"""How much CO2 a kilowatt-hour of a carrier stands for; the figures are in `storage/measures/factors.csv`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Carrier(StrEnum):
    ELECTRICITY = "electricity"
    GAS = "gas"
    HEATING_OIL = "heating_oil"
    HEAVY_OIL = "heavy_oil"
    LPG = "lpg"
    DISTRICT_HEAT = "district_heat"
    PELLETS = "pellets"
    WOOD = "wood"
    BIOGAS = "biogas"
    HARD_COAL = "hard_coal"
    LIGNITE = "lignite"
    DIESEL = "diesel"
    PETROL = "petrol"


HEAT = frozenset(Carrier) - {Carrier.ELECTRICITY, Carrier.DIESEL, Carrier.PETROL}
SCOPE_2 = frozenset({Carrier.ELECTRICITY, Carrier.DISTRICT_HEAT})  # bought; all else is burnt at the place


class Family(StrEnum):
    """What a factor takes in. Figures of two families are never added, nor one put in another's place."""

    DIRECT = "direct"
    UPSTREAM = "upstream"  # with what happens before the meter
    FUNDING = "funding"  # as a funding rule wants it; enters no sum


class Status(StrEnum):
    FINAL = "final"
    PRELIMINARY = "preliminary"
    ESTIMATE = "estimate"


@dataclass(frozen=True)
class Factor:
    """`grams` per kWh as the factor counts them, which are `counted` percent of those on a bill.

    Gas is billed by its upper heating value, its factor is for the lower one: 90. `year` is the year that the
    value is about, `edition` when its source appeared (`YYYY-MM`), so that a later one replaces it.
    """

    carrier: Carrier
    family: Family
    year: int
    grams: int
    edition: str
    status: Status
    source: str
    counted: int = 100
    heating_value: str = field(default="", compare=False)  # "lower" or "upper", of what is burnt; says why

    @property
    def key(self) -> tuple[str, str, int, str]:
        return (self.carrier, self.family, self.year, self.edition)


def factor_for(factors: Iterable[Factor], carrier: Carrier, family: Family, year: int) -> Factor | None:
    """Of the latest year up to `year` (or the first there is), in its newest edition. None: there is none."""
    of_carrier = [one for one in factors if (one.carrier, one.family) == (carrier, family)]
    up_to = [one for one in of_carrier if one.year <= year]
    if up_to:
        return max(up_to, key=lambda one: (one.year, one.edition))
    return min(of_carrier, key=lambda one: (one.year, _backwards(one.edition)), default=None)


def _backwards(edition: str) -> tuple[int, ...]:
    return tuple(-int(part) for part in edition.split("-"))


def grams_of(kwh: int, factor: Factor) -> int:
    """CO2 in grams of so many kWh on a bill, rounded half up; negative for what is consumed in addition."""
    exact = Fraction(abs(kwh) * factor.grams * factor.counted, 100)
    rounded = int(exact + Fraction(1, 2))
    return rounded if kwh >= 0 else -rounded
