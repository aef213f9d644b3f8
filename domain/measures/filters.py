"""Which measures somebody would like to see: by what it is, energy carrier, and who does it."""

from enum import StrEnum
from typing import Any, NamedTuple, Self

from domain.measures.factors import Carrier
from domain.measures.measures import Kind
from domain.partners.organisations import Sector, Size

CHOICES: tuple[tuple[StrEnum | None, ...], ...] = (
    (None, *Kind),
    (None, *Carrier),
    (None, *Sector),
    (None, *Size),
)


class Filter(NamedTuple):
    """None: all of them."""

    kind: Kind | None = None
    carrier: Carrier | None = None
    sector: Sector | None = None
    size: Size | None = None

    @property
    def number(self) -> int:
        """For a button; 0 is everything."""
        number = 0
        for value, choices in zip(self, CHOICES, strict=True):
            number = number * len(choices) + choices.index(value)
        return number

    @classmethod
    def of(cls, number: int) -> Self:
        """Of any number: buttons can be forged."""
        chosen: list[Any] = []
        for choices in reversed(CHOICES):
            number, place = divmod(number, len(choices))
            chosen.insert(0, choices[place])
        return cls(*chosen)

    def having(self, field: int, value: StrEnum | None) -> Self:
        """With another value of one of its fields, by its place."""
        chosen: list[Any] = list(self)
        chosen[field] = value
        return type(self)(*chosen)
