"""The words for carriers, kinds and states of measures, and how quantities are written."""

from datetime import date

from markupsafe import Markup

from domain.basics.words import N_
from domain.measures.duties import Report
from domain.measures.factors import Carrier, Factor, Family, Status
from domain.measures.measures import Doubt, Kind, Known, State
from domain.measures.quantities import Quantity, Unit
from domain.measures.sums import Sum
from handlers.chat.texts import Texts
from storage.measures.tables import Measure, ReportLine

CARRIERS = {
    Carrier.ELECTRICITY: N_("Electricity"),
    Carrier.GAS: N_("Natural gas"),
    Carrier.HEATING_OIL: N_("Heating oil"),
    Carrier.HEAVY_OIL: N_("Heavy oil"),
    Carrier.LPG: N_("Liquid gas"),
    Carrier.DISTRICT_HEAT: N_("District heat"),
    Carrier.PELLETS: N_("Pellets"),
    Carrier.WOOD: N_("Wood"),
    Carrier.BIOGAS: N_("Biogas"),
    Carrier.HARD_COAL: N_("Hard coal"),
    Carrier.LIGNITE: N_("Lignite"),
    Carrier.DIESEL: N_("Diesel"),
    Carrier.PETROL: N_("Petrol"),
}
KINDS = {
    Kind.LIGHT: N_("Light"),
    Kind.COMPRESSED_AIR: N_("Compressed air"),
    Kind.HEAT: N_("Heat"),
    Kind.SOLAR: N_("Solar power"),
    Kind.FLEET: N_("Fleet"),
    Kind.PROCESS: N_("Process"),
    Kind.BUILDING: N_("Building"),
    Kind.BEHAVIOUR: N_("Behaviour"),
    Kind.GREEN_TARIFF: N_("Green electricity tariff"),
    Kind.OTHER: N_("Something else"),
}
STATES = {
    State.PLANNED: N_("Idea, planned"),
    State.DECIDED: N_("Decided"),
    State.UNDER_WAY: N_("Being carried out"),
    State.DONE: N_("Carried out"),
    State.MEASURED: N_("Carried out and measured"),
    State.DROPPED: N_("Dropped"),
}
KNOWN = {
    Known.MEASURED: N_("Measured"),
    Known.BILL: N_("From bills"),
    Known.ESTIMATED: N_("Estimated"),
}
STATUSES = {
    Status.FINAL: N_("final"),
    Status.PRELIMINARY: N_("preliminary"),
    Status.ESTIMATE: N_("estimate"),
}
FAMILIES = {
    Family.DIRECT: N_("direct emissions"),
    Family.UPSTREAM: N_("with upstream emissions"),
    Family.FUNDING: N_("funding rule"),
}
DOUBTS = {
    Doubt.MORE_THAN_CONSUMED: N_("That is more than is consumed. Is the number right?"),
    Doubt.MOST_OF_CONSUMPTION: N_("That is more than half of what is consumed. Is the number right?"),
    Doubt.TONNES_PER_MWH: N_("That much or that little CO₂ for a kilowatt-hour is unusual."),
    Doubt.PRICE: N_("That is an unusual price for a kilowatt-hour. Is the number right?"),
    Doubt.SAVES_NOTHING: N_("By these figures the measure saves no CO₂."),
}
REPORTS = {
    Report.FIRST: N_("Initial report"),
    Report.MONITORING: N_("Monitoring report"),
    Report.FINAL: N_("Final balance"),
}


def kwh(value: int, t: Texts) -> str:
    return f"{t.number(value)} kWh"


def tonnes(grams: int, t: Texts) -> str:
    """Like `4,4 t CO₂`; below a tonne in kilograms."""
    if abs(grams) < 1_000_000:
        return f"{t.number(round(grams / 1000))} kg CO₂"
    return f"{t.decimal(grams / 1_000_000)} t CO₂"


def euros(cents: int, t: Texts) -> str:
    return f"{t.number(round(cents / 100))} €"


def quantity(value: Quantity, t: Texts) -> str:
    if value.unit is Unit.KWH:
        return kwh(value.value, t)
    if value.unit is Unit.EURO:
        return euros(value.value, t)
    return (
        f"{t.number(value.value // 100)} %" if value.value % 100 == 0 else f"{t.decimal(value.value / 100)} %"
    )


def price(value: int, t: Texts) -> str:
    return t.label("{cents} cents for a kWh", cents=t.decimal(value / 100))


def factor(of: Factor, t: Texts) -> Markup:
    """Like `363 g (UBA, Climate Change 13/2025, value of 2024, estimate)`."""
    facts = t(
        "{grams} g ({source}, value of {year}, {status})",
        grams=t.number(of.grams),
        source=of.source,
        year=of.year,
        status=t.label(STATUSES[of.status]),
    )
    return facts if of.counted == 100 else t("{counted} % × {facts}", counted=of.counted, facts=facts)


def arithmetic(saved: int, of: Factor, grams: int, t: Texts) -> Markup:
    return t(
        "{kwh}/a × {factor} = {tonnes}/a", kwh=kwh(saved, t), factor=factor(of, t), tonnes=tonnes(grams, t)
    )


def months(count: int, t: Texts) -> str:
    if count < 24:
        return str(t.plural("one month", "{n} months", count))
    return t.label("{years} years", years=t.decimal(count / 12))


def year_of(since: date | None, t: Texts) -> str:
    return t.label("since {year}", year=since.year) if since else t.label("without a year")


def who(found: Sum, t: Texts) -> str:
    """How many organisations and measures are behind a sum."""
    return t.label(
        "{organisations}, {measures}",
        organisations=t.plural("one organisation", "{n} organisations", found.organisations),
        measures=t.plural("one measure", "{n} measures", found.measures),
    )


def spread(found: Sum, t: Texts) -> str:
    """Whether a few carry it."""
    middle = tonnes(found.middle, t)
    if found.giants is None:
        return t.label("median {middle}", middle=middle)
    return t.label(
        "median {middle}, the three largest have {giants} %",
        middle=middle,
        giants=round(100 * found.giants),
    )


def site(one: Measure | ReportLine, t: Texts) -> str:
    """Each has one: where none is named, that of the organisation."""
    return one.site or t.label("main site")
