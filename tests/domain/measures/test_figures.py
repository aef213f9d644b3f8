"""Figures worked out by hand: units, carriers, editions, and the traps between them."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.measures.factors import Carrier, Factor, Family, Status, factor_for, grams_of
from domain.measures.measures import (
    CannotBeReckoned,
    Doubt,
    Kind,
    Saving,
    cents_of,
    doubts,
    kwh_of,
    parted,
    payback_months,
    share_of,
    together,
)
from domain.measures.quantities import (
    ManyWaysToRead,
    NotAQuantity,
    Quantity,
    Unit,
    read_quantity,
    read_tonnes,
)
from storage.measures.factors import shipped

FACTORS = shipped()
KWH, EURO, PERCENT = Unit.KWH, Unit.EURO, Unit.PERCENT


def direct(carrier: Carrier, year: int = 2026) -> Factor:
    found = factor_for(FACTORS, carrier, Family.DIRECT, year)
    assert found
    return found


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("12.000 kWh", KWH, 12_000),
        ("12000kWh", KWH, 12_000),
        ("12 000 kWh", KWH, 12_000),
        ("12'000 kWh", KWH, 12_000),
        ("12,000 kWh", KWH, 12_000),
        ("1.234.567 kWh", KWH, 1_234_567),
        ("1,234,567.8 kWh", KWH, 1_234_568),
        ("1.234,5 kWh", KWH, 1_235),
        ("0,5 kWh", KWH, 1),
        ("12 MWh", KWH, 12_000),
        ("12,5 MWh", KWH, 12_500),
        ("12.5 MWh", KWH, 12_500),
        ("1,25 GWh", KWH, 1_250_000),
        ("12 tsd. kWh", KWH, 12_000),
        ("1,2 Mio. kWh", KWH, 1_200_000),
        ("12.000 kWh/a", KWH, 12_000),
        ("12.000 kWh im Jahr", KWH, 12_000),
        ("ca. 12.000 kWh pro Jahr", KWH, 12_000),
        ("etwa 12.000 Kilowattstunden", KWH, 12_000),
        ("4.000 €", EURO, 400_000),
        ("4000 EUR", EURO, 400_000),
        ("€ 4,000", EURO, 400_000),
        ("4.000,50 Euro", EURO, 400_050),
        ("4,50 €", EURO, 450),
        ("30 %", PERCENT, 3_000),
        ("30%", PERCENT, 3_000),
        ("12,5 Prozent", PERCENT, 1_250),
        ("12,345 %", PERCENT, 1_235),
        ("12’000 kWh", KWH, 12_000),
        ("12.000 kWh p.a.", KWH, 12_000),
        ("12.000 kWh/Jahr", KWH, 12_000),
        ("12000 kWh jährlich", KWH, 12_000),
        ("jährlich 12000 kWh", KWH, 12_000),
        ("pro Jahr 12000 kWh", KWH, 12_000),
        ("12000 kWh per annum", KWH, 12_000),
        ("1000 kWh im Monat", KWH, 12_000),
        ("1000 kWh/Monat", KWH, 12_000),
        ("12 tausend kWh", KWH, 12_000),
        ("12k kWh", KWH, 12_000),
        ("12 Kilowattstunden", KWH, 12),
        ("1 Gigawattstunde", KWH, 1_000_000),
        ("1 Kilowatt-Stunde", KWH, 1),
        ("12 megawatt hours", KWH, 12_000),
        ("12000 kW/h", KWH, 12_000),
        ("12.000 kWh Strom im Jahr", KWH, 12_000),
        ("12.000 kWh/a Gas", KWH, 12_000),
        ("12.000 kWh (geschätzt)", KWH, 12_000),
        ("12.000 kWh.", KWH, 12_000),
        ("0,250 MWh", KWH, 250),
        ("0.123 GWh", KWH, 123_000),
        ("1,2 Millionen kWh", KWH, 1_200_000),
        ("1.2 million kWh", KWH, 1_200_000),
        ("1,2 Mio kWh", KWH, 1_200_000),
        ("mind. 12.000 kWh", KWH, 12_000),
        ("bis zu 12.000 kWh", KWH, 12_000),
        ("approx. 12,000 kWh", KWH, 12_000),
        ("> 12 MWh", KWH, 12_000),
        ("ca. 4000 Euro im Jahr", EURO, 400_000),
        ("4000€/Jahr", EURO, 400_000),
        ("4000,- €", EURO, 400_000),
        ("4.000,-- Euro", EURO, 400_000),
        ("4 T€", EURO, 400_000),
        ("4 TEUR", EURO, 400_000),
        ("4k€", EURO, 400_000),
        ("4 Tausend Euro netto", EURO, 400_000),
        ("um 30 %", PERCENT, 3_000),
        ("30 per cent", PERCENT, 3_000),
        ("ein Drittel", PERCENT, 3_333),
        ("rund ein Viertel", PERCENT, 2_500),
        ("die Hälfte", PERCENT, 5_000),
        ("two thirds", PERCENT, 6_667),
        ("zwölftausend kWh", KWH, 12_000),
        ("etwa fünfundzwanzigtausendfünfhundert kWh", KWH, 25_500),
        ("hundertdreiundzwanzigtausend kWh im Jahr", KWH, 123_000),
        ("zwölf tausend kWh", KWH, 12_000),
        ("eine Million kWh", KWH, 1_000_000),
        ("five thousand kWh", KWH, 5_000),
        ("tausend Euro", EURO, 100_000),
        ("dreißig Prozent", PERCENT, 3_000),
        ("40 GJ", KWH, 11_111),
        ("3.600 MJ", KWH, 1_000),
        ("1/3", PERCENT, 3_333),
    ],
)
def test_what_people_write(text: str, unit: Unit, value: int) -> None:
    assert read_quantity(text) == Quantity(unit, value)
    assert read_quantity(Quantity(unit, value).typed) == Quantity(unit, value)


@pytest.mark.parametrize(
    ("carrier", "per_gigajoule"),
    [(Carrier.HEATING_OIL, 74), (Carrier.DIESEL, 74), (Carrier.HARD_COAL, 93)],
)
def test_factors_of_fuels_are_those_that_a_state_converts_from_the_same_list(
    carrier: Carrier, per_gigajoule: int
) -> None:
    """Landesamt für Umwelt Brandenburg, "CO2-Emissionsfaktoren nach Energieträgern": 0,074 t/GJ, 0,266 t/MWh.

    The federal factors (BAFA) come from the same list of the UBA; nobody publishes a whole bill with them.
    """
    assert direct(carrier).grams == round(per_gigajoule * 3.6)


def test_gas_bill_comes_to_what_the_ordinance_on_reports_of_fuel_emissions_makes_of_it() -> None:
    """EBeV 2030, Anlage 2 Teil 4: 0,0558 t/GJ of the lower value, 3,2508 GJ for a MWh of the upper one."""
    gas, billed = direct(Carrier.GAS), 100_000
    assert gas.grams == round(55.8 * 3.6)
    by_ordinance = billed * 3.2508 * 55.8  # 18.139 t; the lower value is 90.3 % there, 90 % here
    assert grams_of(billed, gas) == pytest.approx(by_ordinance, rel=0.003)


def test_emissions_of_exported_electricity_are_those_that_the_uba_published() -> None:
    """UBA 2023, quoted by TGA+E Fachplaner: about 28 TWh in 2022 stand for about 12 million tonnes."""
    assert round(grams_of(28_000_000_000, direct(Carrier.ELECTRICITY, 2022)) / 10**12) == 12


@pytest.mark.parametrize("carrier", [Carrier.HEATING_OIL, Carrier.DIESEL])
def test_litres_are_read_of_what_is_bought_so(carrier: Carrier) -> None:
    for text in ("3.000 l", "3000 Liter Heizöl", "dreitausend Liter im Jahr"):
        assert read_quantity(text, carrier) == Quantity(KWH, 30_000)
    with pytest.raises(NotAQuantity):
        read_quantity("3.000 l", Carrier.GAS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "viel",
        "12.00.0 kWh",
        "1.2.3 kWh",
        "12 km",
        "kWh",
        "-5 kWh",
        "12 kWh und 3 €",
        "9" * 22 + " kWh",
        "1,2,3",
        "zwei hundert kWh",  # not 2100
        "zwei drei kWh",
        "1.200 m³ Gas",
        "3.000 Liter",  # of what
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    with pytest.raises(NotAQuantity):
        read_quantity(text)


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("12.000", [(KWH, 12_000), (EURO, 1_200_000)]),
        ("12.000,50", [(KWH, 12_001), (EURO, 1_200_050)]),
        ("12'000", [(KWH, 12_000), (EURO, 1_200_000)]),
        ("30", [(KWH, 30), (EURO, 3_000), (PERCENT, 3_000)]),
        ("12,345 MWh", [(KWH, 12_345), (KWH, 12_345_000)]),
        ("1.234 Mio. kWh", [(KWH, 1_234_000), (KWH, 1_234_000_000)]),
        ("20-30 %", [(PERCENT, 2_000), (PERCENT, 3_000)]),
        ("zwischen 10 und 12 MWh", [(KWH, 10_000), (KWH, 12_000)]),
    ],
)
def test_what_can_mean_several_things_is_asked_about(text: str, readings: list[tuple[Unit, int]]) -> None:
    with pytest.raises(ManyWaysToRead) as caught:
        read_quantity(text)
    assert [(one.unit, one.value) for one in caught.value.readings] == readings


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("112", [112_000]),
        ("12 t CO2", [12_000]),
        ("12 tco2e/a", [12_000]),
        ("ca. 120,5 Tonnen CO₂", [120_500]),
        ("1.234,5 t", [1_234_500]),
        ("120,456 t", [120_456, 120_456_000]),
    ],
)
def test_tonnes_that_people_write(text: str, kilograms: list[int]) -> None:
    assert read_tonnes(text) == [one * 1000 for one in kilograms]


@pytest.mark.parametrize(
    ("carrier", "year", "kwh", "grams"),
    [
        (Carrier.ELECTRICITY, 2024, 12_000, 4_356_000),
        (Carrier.ELECTRICITY, 2023, 12_000, 4_632_000),
        (Carrier.ELECTRICITY, 2022, 12_000, 5_196_000),
        (Carrier.ELECTRICITY, 2027, 12_000, 4_356_000),  # the latest there is
        (Carrier.ELECTRICITY, 2019, 12_000, 5_196_000),  # the first there is
        (Carrier.GAS, 2026, 100_000, 18_090_000),  # a bill is in upper heating value: 18.1 t, not 20.1
        (Carrier.HEATING_OIL, 2026, 100_000, 26_600_000),
        (Carrier.HEAVY_OIL, 2026, 1_000, 288_000),
        (Carrier.LPG, 2026, 1_000, 239_000),
        (Carrier.DISTRICT_HEAT, 2026, 50_000, 14_000_000),
        (Carrier.PELLETS, 2026, 10_000, 360_000),
        (Carrier.WOOD, 2026, 10_000, 270_000),
        (Carrier.BIOGAS, 2026, 1_000, 152_000),
        (Carrier.HARD_COAL, 2026, 1_000, 335_000),
        (Carrier.LIGNITE, 2026, 1_000, 383_000),
        (Carrier.DIESEL, 2026, 10_000, 2_660_000),
        (Carrier.PETROL, 2026, 10_000, 2_640_000),
        (Carrier.GAS, 2026, 1, 181),  # 180.9
        (Carrier.GAS, 2026, 5, 905),  # 904.5: half up
        (Carrier.GAS, 2026, -5, -905),
        (Carrier.ELECTRICITY, 2024, 0, 0),
    ],
)
def test_tonnes_of_each_carrier(carrier: Carrier, year: int, kwh: int, grams: int) -> None:
    assert grams_of(kwh, direct(carrier, year)) == grams


def test_every_carrier_has_a_factor_with_its_source_and_none_of_two_families_is_taken_for_another() -> None:
    assert {one.carrier for one in FACTORS if one.family is Family.DIRECT} == set(Carrier)
    assert all(one.source and one.edition for one in FACTORS)
    assert len({one.key for one in FACTORS}) == len(FACTORS)
    assert factor_for(FACTORS, Carrier.GAS, Family.UPSTREAM, 2026) is None
    upstream = factor_for(FACTORS, Carrier.ELECTRICITY, Family.UPSTREAM, 2026)
    assert upstream
    assert upstream.grams == 505
    with pytest.raises(ValueError, match="two families"):
        Saving(Kind.HEAT, 1000, direct(Carrier.GAS), 100, upstream)


def test_newer_edition_of_a_year_is_taken_and_a_year_before_the_first_takes_its_newest_too() -> None:
    old = Factor(Carrier.ELECTRICITY, Family.DIRECT, 2024, 363, "2025-03", Status.ESTIMATE, "UBA")
    new = replace(old, grams=370, edition="2026-03", status=Status.FINAL)
    assert factor_for([new, old], Carrier.ELECTRICITY, Family.DIRECT, 2024) == new
    assert factor_for([old, new], Carrier.ELECTRICITY, Family.DIRECT, 2000) == new


@pytest.mark.parametrize(
    ("quantity", "consumption", "price", "kwh"),
    [
        (Quantity(KWH, 12_000), None, None, 12_000),
        (Quantity(PERCENT, 3_000), 40_000, None, 12_000),
        (Quantity(PERCENT, 1), 10_000, None, 1),
        (Quantity(EURO, 400_000), None, 2_500, 16_000),  # 4,000 € at 25 cents
        (Quantity(EURO, 400_000), None, 3_333, 12_001),
        (Quantity(EURO, 100), None, 3_000, 3),
    ],
)
def test_kilowatt_hours_of_euros_and_percent(
    quantity: Quantity, consumption: int | None, price: int | None, kwh: int
) -> None:
    assert kwh_of(quantity, consumption, price) == kwh


@pytest.mark.parametrize(("unit", "lacks"), [(PERCENT, "consumption"), (EURO, "price")])
def test_what_is_lacking_is_said(unit: Unit, lacks: str) -> None:
    with pytest.raises(CannotBeReckoned) as caught:
        kwh_of(Quantity(unit, 100), None, None)
    assert caught.value.lacks == lacks


def test_heat_pump_counts_what_it_consumes_and_a_green_tariff_counts_nothing() -> None:
    pump = Saving(Kind.HEAT, 100_000, direct(Carrier.GAS), 30_000, direct(Carrier.ELECTRICITY, 2024))
    assert (pump.grams, pump.net_kwh) == (18_090_000 - 10_890_000, 70_000)
    tariff = Saving(Kind.GREEN_TARIFF, 100_000, direct(Carrier.ELECTRICITY))
    assert (tariff.grams, tariff.net_kwh) == (0, 0)


@pytest.mark.parametrize(
    ("kwh", "carrier", "consumption", "price", "doubt"),
    [
        (12_000, Carrier.ELECTRICITY, 40_000, 2_500, []),
        (12_000, Carrier.ELECTRICITY, None, None, []),
        (50_000, Carrier.ELECTRICITY, 40_000, None, [Doubt.MORE_THAN_CONSUMED]),
        (30_000, Carrier.ELECTRICITY, 40_000, None, [Doubt.MOST_OF_CONSUMPTION]),
        (20_000, Carrier.ELECTRICITY, 40_000, None, []),
        (12_000, Carrier.ELECTRICITY, None, 250, [Doubt.PRICE]),
        (12_000, Carrier.ELECTRICITY, None, 25_000, [Doubt.PRICE]),
        (12_000, Carrier.WOOD, None, None, [Doubt.TONNES_PER_MWH]),
        (0, Carrier.GAS, None, None, [Doubt.SAVES_NOTHING]),
    ],
)
def test_figures_that_are_asked_about(
    kwh: int, carrier: Carrier, consumption: int | None, price: int | None, doubt: list[Doubt]
) -> None:
    assert doubts(Saving(Kind.OTHER, kwh, direct(carrier)), consumption, price) == doubt


@pytest.mark.parametrize(
    ("shares", "comes_to"),
    [([], 0), ([3_000], 3_000), ([3_000, 5_000], 6_500), ([5_000, 3_000], 6_500), ([10_000, 100], 10_000)],
)
def test_savings_of_the_same_heat_multiply(shares: list[int], comes_to: int) -> None:
    assert together(shares) == comes_to


@pytest.mark.parametrize(
    ("cost", "a_year", "months"),
    [(800_000, 400_000, 24), (100, 400_000, 1), (None, 400_000, None), (800_000, 0, None), (0, 100, None)],
)
def test_payback(cost: int | None, a_year: int | None, months: int | None) -> None:
    assert payback_months(cost, a_year) == months


def test_euros_of_kilowatt_hours() -> None:
    assert (cents_of(12_000, 2_500), cents_of(12_000, None), share_of(12_000, 40_000)) == (
        300_000,
        None,
        3_000,
    )


@pytest.mark.parametrize(
    ("amount", "percents", "parts"),
    [
        (100, [50, 50], [50, 50]),
        (100, [33, 33, 34], [33, 33, 34]),
        (10, [1, 1, 1], [4, 3, 3]),
        (0, [60, 40], [0, 0]),
    ],
)
def test_joint_measure_by_percent(amount: int, percents: list[int], parts: list[int]) -> None:
    assert parted(amount, percents) == parts


@given(st.integers(0, 10**9), st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_parting_loses_and_gains_nothing(amount: int, percents: list[int]) -> None:
    parts = parted(amount, percents)
    assert sum(parts) == amount
    total = sum(percents)
    exact = [Fraction(amount * percent, total) for percent in percents]
    assert all(abs(part - wanted) < 1 for part, wanted in zip(parts, exact, strict=True))
