"""A new edition of factors as rows of a file: what a row must be, and what it would change."""

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from domain.measures.factors import Carrier, Factor, Family, Status


def _month(given: Any) -> Any:
    """Spreadsheets make a day of `2025-03`."""
    found = re.match(r"(\d{4}-\d{2})-01", given) if isinstance(given, str) else None
    return found[1] if found else given


class FactorRow(BaseModel):
    """The columns of `factors.csv`; `counted_percent` has no default, as gas would be forgotten."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    carrier: Carrier
    family: Family
    year: Annotated[int, Field(ge=1990, le=2100)]
    grams_per_kwh: Annotated[int, Field(ge=0, le=5000)]
    counted_percent: Annotated[int, Field(ge=1, le=120)]
    heating_value: Literal["", "lower", "upper"] = ""
    edition: Annotated[str, BeforeValidator(_month), Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
    status: Status
    source: Annotated[str, Field(min_length=3, max_length=160)]

    @property
    def factor(self) -> Factor:
        return Factor(
            carrier=self.carrier,
            family=self.family,
            year=self.year,
            grams=self.grams_per_kwh,
            edition=self.edition,
            status=self.status,
            source=self.source,
            counted=self.counted_percent,
            heating_value=self.heating_value,
        )


class Effect(StrEnum):
    NEW = "new"
    CHANGED = "changed"  # the same edition with another value
    UNCHANGED = "unchanged"


def effect(factor: Factor, known: Iterable[Factor]) -> Effect:
    there = next((one for one in known if one.key == factor.key), None)
    if there is None:
        return Effect.NEW
    return Effect.UNCHANGED if there == factor else Effect.CHANGED
