"""What people write for how much a measure saves in a year: "12.000 kWh", "4,5 MWh", "4.000 €", "30 %"."""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

MOST = 10**12  # kWh, more than the country consumes


class Unit(StrEnum):
    KWH = "kwh"
    EURO = "eur"
    PERCENT = "percent"


@dataclass(frozen=True)
class Quantity:
    """Whole kWh, cents, or hundredths of a percent."""

    unit: Unit
    value: int


class NotAQuantity(ValueError):
    pass


class ManyWaysToRead(ValueError):
    """A number without a unit: `readings` are what it can be."""

    def __init__(self, *readings: Quantity) -> None:
        super().__init__(*readings)
        self.readings = readings


_UNITS = {
    "kwh": (Unit.KWH, 1),
    "kwh/a": (Unit.KWH, 1),
    "kilowattstunden": (Unit.KWH, 1),
    "mwh": (Unit.KWH, 1000),
    "mwh/a": (Unit.KWH, 1000),
    "megawattstunden": (Unit.KWH, 1000),
    "gwh": (Unit.KWH, 1_000_000),
    "€": (Unit.EURO, 100),
    "eur": (Unit.EURO, 100),
    "euro": (Unit.EURO, 100),
    "€/a": (Unit.EURO, 100),
    "%": (Unit.PERCENT, 100),
    "prozent": (Unit.PERCENT, 100),
    "percent": (Unit.PERCENT, 100),
}
_WRITTEN = re.compile(
    r"(?:ca\.? ?|etwa |rund |about |~ ?)?(€|eur )? ?(\d[\d.,' ]{0,20})(?<=\d) ?(tsd\.?|mio\.?)? ?([a-z€%/]*)"
    r"(?: (?:im|pro|je|per|a) (?:jahr|year))?"
)
_TIMES = {"tsd": 1000, "mio": 1_000_000}


def read_quantity(text: str) -> Quantity:
    """Raises NotAQuantity for what is none, ManyWaysToRead for what lacks its unit."""
    found = _WRITTEN.fullmatch(" ".join(text.casefold().split()))
    if not found:
        raise NotAQuantity
    before, number, times, unit = found.groups()
    value = read_number(number) * _TIMES.get((times or "").rstrip("."), 1)
    unit = unit or (before or "").strip()
    if not unit:
        raise ManyWaysToRead(*(_quantity(value, name) for name in ("kwh", "€", "%")))
    if unit not in _UNITS:
        raise NotAQuantity
    return _quantity(value, unit)


def _quantity(value: Fraction, name: str) -> Quantity:
    unit, size = _UNITS[name]
    whole = int(value * size + Fraction(1, 2))
    if not 0 <= whole <= MOST:
        raise NotAQuantity
    return Quantity(unit, whole)


def read_number(text: str) -> Fraction:
    """As Germans and others write it. The last sign is decimal unless three digits follow it.

    A single sign before three digits parts thousands, as nobody writes a saving with three decimals.
    """
    plain = re.sub(r"[' ]", "", text)
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return Fraction(int(plain))
    last = signs[-1]
    head, _, tail = plain.rpartition(last)
    is_decimal = signs.count(last) == 1 and (len(tail) != 3 or len(set(signs)) == 2)
    if is_decimal and len(signs) > 1 and not _parts_thousands(head):
        raise NotAQuantity
    if not is_decimal and not _parts_thousands(plain):
        raise NotAQuantity
    digits = re.sub(r"[.,]", "", head)
    if is_decimal:
        return Fraction(int(digits + tail), 10 ** len(tail))
    return Fraction(int(digits + tail))


def _parts_thousands(text: str) -> bool:
    first, *groups = re.split(r"[.,]", text)
    return 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
