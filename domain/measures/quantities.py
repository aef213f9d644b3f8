"""What people write for how much a measure saves in a year: "12.000 kWh", "4,5 MWh", "4.000 €", "30 %".

A gigajoule is 1000 / 3.6 kWh. A litre of light heating oil has 10 kWh (lower heating value, § 9 (3)
HeizkostenV), and so has one of diesel (42.96 MJ/kg, 0.84 kg/l). Cubic metres of gas are not read: what is in
one depends on place and year, and the bill says it in kWh.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.basics.spoken_times import HOURS
from domain.measures.factors import Carrier

MOST = 10**12  # kWh, more than the country consumes
WHOLE = 10_000  # hundredths of a percent


class Unit(StrEnum):
    KWH = "kwh"
    EURO = "eur"
    PERCENT = "percent"


@dataclass(frozen=True)
class Quantity:
    """Whole kWh, cents, or hundredths of a percent."""

    unit: Unit
    value: int

    @property
    def typed(self) -> str:
        """As it is read without a question."""
        if self.unit is Unit.KWH:
            return f"{self.value} kWh"
        return f"{self.value / 100:.2f} {'€' if self.unit is Unit.EURO else '%'}"


class NotAQuantity(ValueError):
    pass


class ManyWaysToRead(ValueError):
    """A number without a unit, a span, or a sign that may part thousands: `readings` are what it can be."""

    def __init__(self, *readings: Quantity) -> None:
        super().__init__(*readings)
        self.readings = readings


_HOURS = "[- ]?(?:stunden?|hours?)"
_UNITS: dict[str, tuple[str, Unit, int | Fraction]] = {
    "kwh": (rf"kwh|kw[/ ]h|kilowatt{_HOURS}", Unit.KWH, 1),
    "mwh": (rf"mwh|megawatt{_HOURS}", Unit.KWH, 1000),
    "gwh": (rf"gwh|gigawatt{_HOURS}", Unit.KWH, 1_000_000),
    "gj": ("gj|gigajoule", Unit.KWH, Fraction(1_000_000, 3600)),
    "mj": ("mj|megajoule", Unit.KWH, Fraction(1000, 3600)),
    "litre": (r"l|ltr\.?|liter[sn]?|litres?|liters?", Unit.KWH, 10),
    "euro": (r"€|euros?|eur", Unit.EURO, 100),
    "percent": (r"%|prozent|per ?cent", Unit.PERCENT, 100),
}
_UNIT = "|".join(f"(?P<{name}>{pattern})" for name, (pattern, _, _) in _UNITS.items())
_ABOUT = (
    r"(?:(?:ca|circa|zirka|etwa|rund|ungefähr|knapp|gut|über|um|mindestens|mind|maximal|max|bis zu|zwischen"
    r"|jährlich|(?:im|pro) jahr|about|around|approx|approximately|over|up to|between)\b\.? ?|[~≈<>] ?)?"
)
_OF_WHAT = "(?: (?:strom|gas|erdgas|heizöl|öl|wärme|fernwärme|diesel|netto|brutto|electricity|heat))?"
_NUMBER = r"\d[\d.,'’ ]{0,20}(?<=\d)"
_WRITTEN = re.compile(
    rf"{_ABOUT}(?P<before>€|eur )? ?(?P<low>{_NUMBER})(?:[,.][-–]{{1,2}})?"
    rf"(?:(?: ?[-–] ?| (?:bis|to|und|and) )(?P<high>{_NUMBER}))?"
    r"(?: ?(?:(?P<million>mio|mill|million(?:en)?)|(?P<many>tsd|tausend|thousand|k|t(?=€|eur)))(?!wh)\.?)?"
    rf" ?(?:{_UNIT})?{_OF_WHAT}"
    r"(?: ?/ ?a| p\. ?a\.?| jährlich| yearly|(?: ?/ ?| (?:im|pro|je|per|a) )(?:jahr|year|annum)"
    rf"|(?P<month> monatlich| monthly|(?: ?/ ?| (?:im|pro|je|per|a) )(?:monat|month)))?{_OF_WHAT}[.!]?"
)
_TONNES = re.compile(
    rf"{_ABOUT}({_NUMBER}) ?(?:t|to|tonnen?|tonnes?)?(?: ?co[2₂](?:[- ]?e|-?äq[a-z.]{{0,12}})?)?"
    r"(?: ?/ ?a| p\. ?a\.?|(?: ?/ ?| (?:im|pro|je|per|a) )(?:jahr|year))?[.!]?"
)
_PARTS = {
    "hälfte|half|1/2": Fraction(1, 2),
    "(?:ein )?drittel|third|1/3": Fraction(1, 3),
    "zwei drittel|two thirds|2/3": Fraction(2, 3),
    "(?:ein )?viertel|quarter|1/4": Fraction(1, 4),
    "drei ?viertel|three quarters|3/4": Fraction(3, 4),
    "(?:ein )?fünftel|fifth|1/5": Fraction(1, 5),
    "(?:ein )?zehntel|tenth|1/10": Fraction(1, 10),
}
_REMARK = re.compile(r" ?\([^()]*\)$")
_PART = re.compile(rf"{_ABOUT}(?:(?:die|a|one) )?(?:{'|'.join(f'({words})' for words in _PARTS)})[.!]?")


_IN_LITRES = (Carrier.HEATING_OIL, Carrier.DIESEL)
_TENS = ("zwanzig", "dreissig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig")
_SPELT = {**HOURS, "eine": 1, "sechzehn": 16, **{name: 10 * number for number, name in enumerate(_TENS, 2)}}


def _spelt(word: str) -> int | None:
    """A German number below a million."""
    for name, size in (("tausend", 1000), ("hundert", 100)):
        head, found, tail = word.partition(name)
        if found:
            many = _spelt(head) if head else 1
            more = _spelt(tail.removeprefix("und")) if tail else 0
            return None if many is None or more is None else many * size + more
    ones, _, tens = word.rpartition("und")
    if ones in _SPELT and tens in _TENS:
        return _SPELT[ones] + _SPELT[tens]
    return _SPELT.get(word)


def _in_digits(plain: str) -> str:
    """With the number that is written as a word, if it is the only one."""
    words = plain.split()
    found = [(at, number) for at, word in enumerate(words) if (number := _spelt(word)) is not None]
    found = [(at, number) for at, number in found if at == 0 or words[at] not in ("tausend", "hundert")]
    if len(found) != 1 or any(map(str.isdigit, plain)):
        return plain
    at, number = found[0]
    return " ".join((*words[:at], str(number), *words[at + 1 :]))


def read_quantity(text: str, carrier: Carrier | None = None) -> Quantity:
    """Raises NotAQuantity for what is none, ManyWaysToRead for what has to be asked.

    Litres are read of a `carrier` that is bought so.
    """
    plain = _REMARK.sub("", " ".join(text.casefold().split()))
    if part := _PART.fullmatch(plain):
        return _quantity([*_PARTS.values()][(part.lastindex or 1) - 1] * 100, "percent")
    found = _WRITTEN.fullmatch(_in_digits(plain))
    if not found or (found["litre"] and carrier not in _IN_LITRES):
        raise NotAQuantity
    times = 1_000_000 if found["million"] else 1000 if found["many"] else 1
    names = [name for name in _UNITS if found[name]] or (["euro"] if found["before"] else [])
    large = times * (_UNITS[names[0]][2] if names else 1) > 100  # where people write three decimals
    values = [
        value * times * (12 if found["month"] else 1)
        for number in (found["low"], found["high"])
        if number
        for value in read_numbers(number, may_have_three_decimals=large or names == ["percent"])
    ]
    readings = [_quantity(value, name) for value in values for name in names or ("kwh", "euro", "percent")]
    sensible = [one for one in readings if one.unit is not Unit.PERCENT or one.value <= WHOLE] or readings
    if len(sensible) > 1:
        raise ManyWaysToRead(*sensible)
    return sensible[0]


def read_tonnes(text: str) -> list[int]:
    """Grams: all that it can mean."""
    found = _TONNES.fullmatch(" ".join(text.casefold().split()))
    if not found:
        raise NotAQuantity
    return [int(value * 1_000_000) for value in read_numbers(found[1], may_have_three_decimals=True)]


def _quantity(value: Fraction, name: str) -> Quantity:
    _, unit, size = _UNITS[name]
    whole = int(value * size + Fraction(1, 2))
    if not 0 <= whole <= MOST:
        raise NotAQuantity
    return Quantity(unit, whole)


def read_numbers(text: str, *, may_have_three_decimals: bool) -> list[Fraction]:
    """What it can be: "1,234" is so many thousands, or in large units as much and a bit."""
    plain = re.sub(r"['’ ]", "", text)
    whole = read_number(plain)
    if not (may_have_three_decimals and re.fullmatch(r"\d{1,3}[.,]\d{3}", plain)):
        return [whole]
    return [*dict.fromkeys((Fraction(int(re.sub(r"[.,]", "", plain)), 1000), whole))]


def read_number(text: str) -> Fraction:
    """As Germans and others write it. The last sign is decimal unless three digits follow it.

    A single sign before three digits parts thousands, but behind a zero it does not.
    """
    plain = re.sub(r"['’ ]", "", text)
    signs = [sign for sign in plain if sign in ".,"]
    if not signs:
        return Fraction(int(plain))
    last = signs[-1]
    head, _, tail = plain.rpartition(last)
    is_decimal = signs.count(last) == 1 and (len(tail) != 3 or len(set(signs)) == 2 or head == "0")
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
