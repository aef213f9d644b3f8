"""The questions about a measure, and how their answers are read."""

import re
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from domain.basics.words import N_
from domain.measures.factors import Carrier
from domain.measures.measures import Kind, State
from domain.measures.quantities import (
    ManyWaysToRead,
    NotAQuantity,
    Quantity,
    Unit,
    read_numbers,
    read_quantity,
)
from handlers.chat import reading
from handlers.chat.questions import Answers, Asked, Option, Question, Wrong
from handlers.measures.screens import words
from storage.engine.turn import Turn
from storage.measures import measures

OF_ELECTRICITY = (Kind.LIGHT, Kind.COMPRESSED_AIR, Kind.SOLAR, Kind.GREEN_TARIFF)
LONGEST_TITLE = 120
MOST_CENTS = 10**12
MOST_OF_PRICE = 10**6  # hundredths of a cent
_PRICE = re.compile(
    r"(?:(?:ca|etwa|rund|about)\b\.? ?)?(?P<number>\d[\d.,]{0,12}(?<=\d)) ?"
    r"(?:(?P<euros>€|euro?)|(?P<cents>ct|cents?)\b\.?)?(?: ?(?:/|je|pro|per|a) ?kwh)?(?: netto| brutto)?\.?"
)


_CUBIC = re.compile(r"m³|m3|cbm|kubikmeter|cubic")
CUBIC = N_("Of gas please write the kilowatt-hours, not the cubic metres. The bill says both.")
NO_AMOUNT = N_("Please write a number with its unit, like 12,000 kWh, 4,000 € or 30 %.")


def _carrier(asked: Asked) -> Carrier | None:
    known = asked.answers.get("carrier")
    return Carrier(known) if known else None


def which(offers: Iterable[tuple[str, str]]) -> Wrong:
    return Wrong(N_("What do you mean? Please tap it."), tuple(offers))


def _meant(readings: Iterable[Quantity], asked: Asked) -> Wrong:
    return which((words.quantity(one, asked.t), one.typed) for one in readings)


def _read_amount(given: str, asked: Asked) -> dict[str, Any]:
    try:
        read = read_quantity(given, _carrier(asked))
    except ManyWaysToRead as found:
        raise _meant(found.readings, asked) from None
    except NotAQuantity:
        raise Wrong(CUBIC if _CUBIC.search(given.casefold()) else NO_AMOUNT) from None
    return {"unit": read.unit, "value": read.value}


def _read_of(unit: Unit, given: str, asked: Asked) -> int | None:
    """None for what is of no such unit; a number without one is."""
    try:
        readings: tuple[Quantity, ...] = (read_quantity(given, _carrier(asked)),)
    except ManyWaysToRead as found:
        readings = found.readings
    except NotAQuantity:
        return None
    fitting = [one for one in readings if one.unit is unit]
    if len(fitting) > 1:
        raise _meant(fitting, asked)
    return fitting[0].value if fitting else None


def read_kwh(given: str, asked: Asked) -> int:
    found = _read_of(Unit.KWH, given, asked)
    if found is None:
        is_cubic = _CUBIC.search(given.casefold())
        raise Wrong(CUBIC if is_cubic else N_("Please write it in kilowatt-hours, like 40,000 kWh."))
    return found


def _read_price(given: str, _asked: Asked) -> int:
    """In hundredths of a cent, from cents ("28,5 ct") or euros ("0,285 €")."""
    found = _PRICE.fullmatch(" ".join(given.casefold().split()))
    value = read_numbers(found["number"], may_have_three_decimals=True)[0] if found else Fraction(0)
    in_euros = bool(found and (found["euros"] or (not found["cents"] and value < 1)))
    hundredths = int(value * (10_000 if in_euros else 100))
    if not 0 < hundredths <= MOST_OF_PRICE:
        raise Wrong(N_("Please write the price of a kilowatt-hour in cents, like 28.5."))
    return hundredths


def _read_euros(given: str, asked: Asked) -> int:
    cents = _read_of(Unit.EURO, given, asked)
    if cents is None or cents > MOST_CENTS:
        raise Wrong(N_("Please write an amount in euros, like 8,000."))
    return cents


def read_year(given: str, _asked: Asked) -> int:
    if not (given.isascii() and given.isdigit() and 1990 <= int(given) <= 2100):
        raise Wrong(N_("Please write a year, like 2025."))
    return int(given)


def _years(asked: Asked) -> tuple[Option, ...]:
    this = asked.t.local_day(asked.now).year
    return tuple(Option(year, str(year)) for year in (this - 1, this, this + 1))


def _amount(value: dict[str, Any], asked: Asked) -> str:
    return words.quantity(Quantity(Unit(value["unit"]), value["value"]), asked.t)


def unit_of(answers: Answers) -> str:
    return str((answers.get("amount") or {}).get("unit", ""))


def carrier_is_clear(answers: Answers) -> bool:
    return answers.get("kind") in OF_ELECTRICITY


KIND = Question(
    "kind",
    N_("Measure"),
    N_("What is it about?"),
    options=tuple(Option(kind, label) for kind, label in words.KINDS.items()),
)
CARRIER = Question(
    "carrier",
    N_("Energy carrier"),
    N_("Which energy does it save?"),
    options=tuple(Option(carrier, label) for carrier, label in words.CARRIERS.items()),
    skip_if=carrier_is_clear,
)
AMOUNT = Question(
    "amount",
    N_("Saving in a year"),
    N_("How much does it save in a year?"),
    read=_read_amount,
    show=_amount,
    help=N_(
        "For example 12,000 kWh, 4,000 € or 30 %. Of gas as on the bill. A litre of oil has about 10 kWh."
    ),
)
PRICE = Question(
    "price",
    N_("Price"),
    N_("What does a kilowatt-hour cost you, in cents?"),
    read=_read_price,
    show=lambda value, asked: words.price(value, asked.t),
    skip_if=lambda answers: unit_of(answers) != Unit.EURO,
    follows_up=True,
)
CONSUMPTION = Question(
    "consumption",
    N_("Consumption"),
    N_("How much of it do you consume in a year, without the measure?"),
    read=read_kwh,
    show=lambda value, asked: words.kwh(value, asked.t),
    skip_if=lambda answers: unit_of(answers) != Unit.PERCENT,
    follows_up=True,
)
OWN_PRICE = replace(
    PRICE,
    key="own_price",
    optional=True,
    skip_if=lambda answers: unit_of(answers) in ("", Unit.EURO),
)
OWN_CONSUMPTION = replace(
    CONSUMPTION,
    key="own_use",
    optional=True,
    skip_if=lambda answers: unit_of(answers) in ("", Unit.PERCENT),
)
KNOWN = Question(
    "known",
    N_("How known"),
    N_("How do you know?"),
    options=tuple(Option(known, label) for known, label in words.KNOWN.items()),
)
STATE = Question(
    "state",
    N_("State"),
    N_("How far is it?"),
    options=tuple(
        Option(state, label) for state, label in words.STATES.items() if state is not State.DROPPED
    ),
)
SINCE = Question(
    "since",
    N_("Saves from"),
    N_("From which year does it save?"),
    read=read_year,
    options_of=_years,
    optional=True,
    skip=N_("Not clear yet"),
)
TITLE = Question(
    "title",
    N_("Name"),
    N_("What should it be called?"),
    read=reading.fact(LONGEST_TITLE, 3),
    optional=True,
    follows_up=True,
)


def known_sites(turn: Turn, _about: int | None = None) -> Answers:
    """What the question for the site offers besides."""
    return {"sites": measures.sites(turn)}


def sites_offered(asked: Asked) -> tuple[Option, ...]:
    return tuple(Option(site, site) for site in asked.answers.get("sites", ()))


SITE = Question(
    "site",
    N_("Site"),
    N_("At which site?"),
    read=reading.fact(80, 2),
    options_of=sites_offered,
    optional=True,
    follows_up=True,
)
COST = Question(
    "cost",
    N_("Cost"),
    N_("What did it cost, in euros?"),
    read=_read_euros,
    show=lambda value, asked: words.euros(value, asked.t),
    optional=True,
    follows_up=True,
)
ADDED_CARRIER = Question(
    "added_carrier",
    N_("Needs in addition"),
    N_("Does it need another kind of energy instead, as a heat pump needs electricity?"),
    options=tuple(
        Option(one, words.CARRIERS[one])
        for one in (Carrier.ELECTRICITY, Carrier.GAS, Carrier.PELLETS, Carrier.WOOD)
    ),
    optional=True,
    follows_up=True,
)
ADDED = Question(
    "added",
    N_("So much of it"),
    N_("How many kilowatt-hours of it in a year?"),
    read=read_kwh,
    show=lambda value, asked: words.kwh(value, asked.t),
    skip_if=lambda answers: not answers.get("added_carrier"),
    follows_up=True,
)
OPEN = Question(
    "open",
    N_("Visible"),
    N_("May other partners see it, with your organisation's name?"),
    options=(Option("yes", N_("Yes, other partners may")), Option("no", N_("No, only the office"))),
    follows_up=True,
)
