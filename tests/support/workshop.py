"""A workshop as its acts say: a few notes, or the whole afternoon of the benchmark."""

import csv
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from domain.workshop.acts import Act, Kind, Phase
from domain.workshop.report import Fates, Occasion, Report, evaluate
from domain.workshop.state import State, fold

STARTS = datetime(2026, 11, 18, 13, tzinfo=UTC)
OCCASION = Occasion(
    "Erstes Treffen der Partner", STARTS, STARTS + timedelta(hours=3), "Bataverstraße 9", "C. C. Umwelt GmbH"
)
NOTES = Path(__file__).parents[2] / "benchmarks" / "workshop.tsv"
NAMES = {number: f"Firma {number} GmbH" for number in range(1, 31)}


class Workshop:
    def __init__(self) -> None:
        self.acts: list[Act] = []

    def add(self, kind: Kind, firm: int | None = None, **payload: Any) -> int:
        number = len(self.acts) + 1
        self.acts.append(Act(number, STARTS + timedelta(seconds=number), firm, firm, kind, payload))
        return number

    def heading(self, name: str) -> int:
        return self.add(Kind.NEW_GROUP, name=name)

    def cluster(self, heading: int, name: str, *notes: str, firm: int = 1) -> int:
        cluster = self.add(Kind.NEW_GROUP, name=name, parent=heading)
        for text in notes:
            self.add(Kind.PLACE, note=self.note(heading, text, firm), group=cluster)
        return cluster

    def note(self, heading: int, text: str, firm: int = 1, **more: Any) -> int:
        return self.add(Kind.NOTE, firm, group=heading, text=text, **more)

    def weighs(self, firm: int, points: Mapping[int, int]) -> None:
        for cluster, given in points.items():
            self.add(Kind.WEIGH, firm, group=cluster, points=given)

    def goes_to(self, phase: Phase, names: Mapping[int, str] | None = None) -> None:
        self.add(
            Kind.PHASE,
            phase=phase.value,
            names={str(key): name for key, name in (names or {}).items()},
        )

    @property
    def state(self) -> State:
        return fold(self.acts)

    def report(self, fates: Fates | None = None) -> Report:
        return evaluate(self.state, OCCASION, NAMES, fates or {})


def whole_afternoon() -> Workshop:
    """180 notes of 30 organisations in 24 clusters; a third of them wants something else than the others."""
    workshop, headings, clusters = Workshop(), dict[str, int](), dict[str, int]()
    for firm in NAMES:
        workshop.add(Kind.JOIN, firm)
    with NOTES.open(encoding="utf-8") as file:
        for number, (heading, cluster, text) in enumerate(csv.reader(file, delimiter="\t")):
            headings.setdefault(heading, 0)
            headings[heading] = headings[heading] or workshop.heading(heading)
            clusters.setdefault(cluster, 0)
            clusters[cluster] = clusters[cluster] or workshop.cluster(headings[heading], cluster)
            note = workshop.note(headings[heading], text, number % len(NAMES) + 1)
            workshop.add(Kind.PLACE, note=note, group=clusters[cluster])
    keys = list(clusters.values())
    workshop.goes_to(Phase.WEIGH)
    for firm in NAMES:
        wanted = keys[:4] if firm <= 20 else keys[12:14]
        workshop.weighs(firm, {one: 2 + (firm + place) % 2 for place, one in enumerate(wanted)})
    workshop.goes_to(Phase.CLOSED, NAMES)
    return workshop
