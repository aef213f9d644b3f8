"""Where a seat lies in the city."""

import pytest

from domain.basics.pact import Pact


@pytest.mark.parametrize(
    ("postcode", "lies_in_city"),
    [
        ("47798", True),
        ("47839", True),
        ("47800", True),
        ("47797", False),
        ("47840", False),
        ("40210", False),
        ("", False),
        ("4779８", False),  # a full-width digit
        ("٤٧٨٠٠", False),
        ("4780o", False),
        ("-4780", False),
        ("😀", False),
    ],
)
def test_seat_is_in_the_city_within_its_postcodes(postcode: str, *, lies_in_city: bool) -> None:
    assert Pact().has_seat(postcode) is lies_in_city


def test_another_city_has_its_own_postcodes() -> None:
    moers = Pact(postcodes=(47441, 47447))
    assert moers.has_seat("47441")
    assert not moers.has_seat("47798")
