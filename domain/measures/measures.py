"""What a measure saves, how that is reckoned, and whether it can be right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.measures.factors import HEAT, Carrier, Factor, grams_of
from domain.measures.quantities import Quantity, Unit

LONGEST = 600  # characters of a description
ALL = 10_000  # hundredths of a percent
TONNE = 1_000_000  # grams


class Kind(StrEnum):
    LIGHT = "light"
    COMPRESSED_AIR = "air"
    HEAT = "heat"
    SOLAR = "solar"
    FLEET = "fleet"
    PROCESS = "process"
    BUILDING = "building"
    BEHAVIOUR = "behaviour"
    GREEN_TARIFF = "green_tariff"  # counts nothing: the grid's mix stays what it is
    OTHER = "other"


class State(StrEnum):
    PLANNED = "planned"
    DECIDED = "decided"
    UNDER_WAY = "under_way"
    DONE = "done"
    MEASURED = "measured"
    DROPPED = "dropped"


class Standing(StrEnum):
    """What is summed up together; figures of two of them are never added."""

    INTENDED = "intended"
    UNDER_WAY = "under_way"
    REACHED = "reached"


STANDINGS = {
    State.PLANNED: Standing.INTENDED,
    State.DECIDED: Standing.INTENDED,
    State.UNDER_WAY: Standing.UNDER_WAY,
    State.DONE: Standing.REACHED,
    State.MEASURED: Standing.REACHED,
}


class Known(StrEnum):
    """How the saving is known."""

    MEASURED = "measured"
    BILL = "bill"
    ESTIMATED = "estimated"


class CannotBeReckoned(ValueError):
    """`lacks` is what is needed: "consumption" for a percentage, "price" for euros."""

    def __init__(self, lacks: str) -> None:
        super().__init__(lacks)
        self.lacks = lacks


def kwh_of(quantity: Quantity, consumption: int | None, price: int | None) -> int:
    """Saved kWh on the bill. `consumption` in kWh a year, `price` in hundredths of a cent for a kWh."""
    if quantity.unit is Unit.KWH:
        return quantity.value
    if quantity.unit is Unit.PERCENT:
        if not consumption:
            raise CannotBeReckoned("consumption")
        return _rounded(Fraction(consumption * quantity.value, ALL))
    if not price:
        raise CannotBeReckoned("price")
    return _rounded(Fraction(quantity.value * 100, price))


def cents_of(kwh: int, price: int | None) -> int | None:
    """What so many kWh cost, in cents."""
    return None if price is None else _rounded(Fraction(kwh * price, 100))


def payback_months(cost: int | None, cents_a_year: int | None) -> int | None:
    """After how many months the saving has paid for the measure; `cost` in cents."""
    if not cost or not cents_a_year or cents_a_year < 0:
        return None
    return -(-cost * 12 // cents_a_year)


@dataclass(frozen=True)
class Saving:
    """Of a year. `added` is what the measure consumes of another carrier, as a heat pump does."""

    kind: Kind
    kwh: int
    factor: Factor
    added: int = 0
    added_factor: Factor | None = None

    def __post_init__(self) -> None:
        if self.added_factor and self.added_factor.family != self.factor.family:
            raise ValueError("factors of two families in one saving")

    @property
    def counts(self) -> bool:
        return self.kind is not Kind.GREEN_TARIFF

    @property
    def grams(self) -> int:
        if not self.counts:
            return 0
        added = grams_of(self.added, self.added_factor) if self.added_factor else 0
        return grams_of(self.kwh, self.factor) - added

    @property
    def net_kwh(self) -> int:
        return net_kwh(self.kind, self.kwh, self.added)


def net_kwh(kind: Kind, kwh: int, added: int) -> int:
    return 0 if kind is Kind.GREEN_TARIFF else kwh - added


class Doubt(StrEnum):
    """Why a figure is asked about. None forbids it."""

    MORE_THAN_CONSUMED = "more_than_consumed"
    MOST_OF_CONSUMPTION = "most_of_consumption"
    TONNES_PER_MWH = "tonnes_per_mwh"
    PRICE = "price"
    SAVES_NOTHING = "saves_nothing"


MUCH = Fraction(1, 2)  # of what is consumed
TONNES_PER_MWH = (Fraction(3, 100), Fraction(1, 2))  # of whole programmes of savings, see docs/measures.md
PRICES = (300, 6000)  # hundredths of a cent for a kWh: from 3 to 60 cents


def doubts(saving: Saving, consumption: int | None, price: int | None) -> list[Doubt]:
    found = []
    if saving.counts and saving.grams <= 0:
        found.append(Doubt.SAVES_NOTHING)
    if consumption and saving.kwh > consumption:
        found.append(Doubt.MORE_THAN_CONSUMED)
    elif consumption and Fraction(saving.kwh, consumption) > MUCH:
        found.append(Doubt.MOST_OF_CONSUMPTION)
    low, high = TONNES_PER_MWH
    if saving.counts and saving.grams > 0 and not low <= Fraction(saving.grams, saving.kwh * 1000) <= high:
        found.append(Doubt.TONNES_PER_MWH)
    if price is not None and not PRICES[0] <= price <= PRICES[1]:
        found.append(Doubt.PRICE)
    return found


def together(shares: Iterable[int]) -> int:
    """Savings of the same heat, in hundredths of a percent of it: each saves of what the others leave.

    Insulation of 30 % and a heat pump's 50 % come to 65 %, not to 80.
    """
    left = Fraction(1)
    for share in shares:
        left *= 1 - Fraction(min(max(share, 0), ALL), ALL)
    return _rounded((1 - left) * ALL)


def share_of(kwh: int, consumption: int) -> int:
    """In hundredths of a percent."""
    return _rounded(Fraction(kwh * ALL, consumption))


def damped(kwhs: Sequence[int], consumption: int) -> list[int]:
    """What each of several savings on the same heat comes to beside the others, in proportion."""
    whole = _rounded(Fraction(consumption * together(share_of(kwh, consumption) for kwh in kwhs), ALL))
    return parted(whole, kwhs) if any(kwhs) else list(kwhs)


def on_same_heat(carrier: Carrier) -> bool:
    """Whether measures on this carrier at one site multiply."""
    return carrier in HEAT


def parted(amount: int, percents: Sequence[int]) -> list[int]:
    """A joint measure's figure by agreed percent, without losing or gaining a gram: largest remainder."""
    if len(percents) == 1:  # of nearly all measures
        return [amount]
    if amount < 0:
        return [-part for part in parted(-amount, percents)]
    total = sum(percents)
    exact = [Fraction(amount * percent, total) for percent in percents]
    parts = [int(one) for one in exact]
    by_remainder = sorted(range(len(parts)), key=lambda number: (parts[number] - exact[number], number))
    for number in by_remainder[: amount - sum(parts)]:
        parts[number] += 1
    return parts


def _rounded(value: Fraction) -> int:
    """Half up."""
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))
