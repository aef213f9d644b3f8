"""What people write for prices, costs and tonnes: read as meant, or asked about, never as something else."""

import pytest

from domain.basics.pact import Pact
from handlers.chat.questions import Asked, Wrong
from handlers.chat.reading import Reader
from handlers.chat.texts import Texts
from handlers.measures.asking import AMOUNT, CONSUMPTION, COST, PRICE
from handlers.measures.reports import BALANCE
from tests.support.book import NOW

ASKED = Asked(Pact(), NOW, Texts("de", Pact().timezone), {})
TONNES = BALANCE.questions[0]


def reader(question: object) -> Reader:
    read: Reader = vars(question)["read"]
    return read


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (PRICE, "28,5 ct", 2850),
        (PRICE, "28.545", 2854),
        (PRICE, "0,285", 2850),
        (PRICE, "ca. 28 Cent pro kWh", 2800),
        (PRICE, "0,28 Euro/kWh netto", 2800),
        (COST, "8.000", 800_000),
        (COST, "ca. 8.000,-", 800_000),
        (COST, "8000,50 Euro", 800_050),
        (COST, "8 T€", 800_000),
        (TONNES, "112", 112_000_000),
        (TONNES, "12 t CO2", 12_000_000),
    ],
)
def test_read_as_meant(question: object, text: str, value: int) -> None:
    assert reader(question)(text, ASKED) == value


@pytest.mark.parametrize(
    ("question", "text", "meant"),
    [
        (COST, "8.000 bis 9.000,50", [800_000, 900_050]),
        (TONNES, "1.132", [1_132_000, 1_132_000_000]),
        (PRICE, "viel", []),
        (COST, "12 kWh", []),
        (TONNES, "kWh", []),
    ],
)
def test_asked_about_with_what_it_can_be(question: object, text: str, meant: list[int]) -> None:
    read = reader(question)
    with pytest.raises(Wrong) as caught:
        read(text, ASKED)
    assert [read(typed, ASKED) for _, typed in caught.value.offers] == meant


def test_litres_count_for_the_carrier_that_was_named() -> None:
    of_oil = Asked(ASKED.pact, NOW, ASKED.t, {"carrier": "heating_oil"})
    assert reader(AMOUNT)("3.000 Liter", of_oil)["value"] == 30_000
    assert reader(CONSUMPTION)("3.000 Liter", of_oil) == 30_000


def test_cubic_metres_are_answered_with_what_to_write() -> None:
    for question in (AMOUNT, CONSUMPTION):
        with pytest.raises(Wrong) as caught:
            reader(question)("1.200 m³ Gas", ASKED)
        assert "Kubikmeter" in ASKED.t(caught.value.message)
