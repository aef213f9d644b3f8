"""The factors: those that come with the program, and further editions that the office brings in."""

import csv
from pathlib import Path

from domain.measures.factors import Carrier, Factor, Family, Status

SHIPPED = Path(__file__).with_name("factors.csv")


def shipped() -> list[Factor]:
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return [
            Factor(
                carrier=Carrier(row["carrier"]),
                family=Family(row["family"]),
                year=int(row["year"]),
                grams=int(row["grams_per_kwh"]),
                edition=row["edition"],
                status=Status(row["status"]),
                source=row["source"],
                counted=int(row["counted_percent"]),
            )
            for row in csv.DictReader(file)
        ]
