"""The factors: those that come with the program, and further editions that the office brings in."""

import csv
from dataclasses import asdict, fields
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from sqlmodel import Session, col, select

from domain.basics.pact import Pact
from domain.measures.factors import Carrier, Factor, Family, Status, factor_for
from domain.measures.refusals import NoFactor
from storage.measures.tables import EmissionFactor

SHIPPED = Path(__file__).with_name("factors.csv")


@cache
def shipped() -> tuple[Factor, ...]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return tuple(
            Factor(
                carrier=Carrier(row["carrier"]),
                family=Family(row["family"]),
                year=int(row["year"]),
                grams=int(row["grams_per_kwh"]),
                edition=row["edition"],
                status=Status(row["status"]),
                source=row["source"],
                counted=int(row["counted_percent"]),
                heating_value=row["heating_value"],
            )
            for row in csv.DictReader(file)
        )


def known(session: Session) -> list[Factor]:
    """All editions: a row of the office with the key of a shipped one takes its place."""
    rows = session.exec(select(EmissionFactor).order_by(col(EmissionFactor.id)))
    by_key = {one.key: one for one in shipped()} | {one.key: one for one in map(_of_row, rows)}
    return list(by_key.values())


def _of_row(row: EmissionFactor) -> Factor:
    return Factor(**{one.name: getattr(row, one.name) for one in fields(Factor)})


def stored(factor: Factor) -> dict[str, Any]:
    return asdict(factor)


def read_stored(given: dict[str, Any]) -> Factor:
    return msgspec.convert(given, Factor)


def choose(session: Session, carrier: Carrier, pact: Pact, year: int) -> Factor:
    """In the family that the pact reports in; raises NoFactor."""
    found = find(session, carrier, pact, year)
    if found is None:
        raise NoFactor
    return found


def find(session: Session, carrier: Carrier, pact: Pact, year: int) -> Factor | None:
    return factor_for(known(session), carrier, Family(pact.factor_family), year)
