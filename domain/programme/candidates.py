"""What may become an event of the year, what speaks for it, and in which order it is looked at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.events.event import EventKind
from domain.workshop.proportional import equal_shares


class Source(StrEnum):
    IDEA = "idea"
    CLUSTER = "cluster"  # of a workshop
    FORMAT = "format"  # a kind of event, as feedback speaks of it
    OFFER = "offer"  # what somebody offered, entered by the office


class Verdict(StrEnum):
    IN = "in"
    LATER = "later"
    OUT = "out"


@dataclass(frozen=True)
class Candidate:
    """`points` are what each organisation gives it: its support is one, in a workshop those it spent.

    `hosts` and `experts` are organisations that offer a place, or what they know.
    """

    source: Source
    ref_id: int
    title: str
    points: Mapping[int, int] = field(default_factory=dict)
    outside: int = 0
    pledges: int = 0
    hosts: int = 0
    experts: int = 0
    last_at: datetime | None = None
    mark: float | None = None
    marks: int = 0
    wishes: int = 0
    kind: EventKind | None = None
    verdict: Verdict | None = None
    reason: str = ""
    held_by: int | None = None  # another year whose programme has it

    @property
    def sum(self) -> int:
        return sum(self.points.values())

    @property
    def rank(self) -> tuple[int, int, int, int, float, str, int]:
        """More points first, then organisations, then what is offered, then how it was rated."""
        return (
            *(-self.sum, -len(self.points), -(self.hosts + self.experts), -self.outside),
            *(-(self.mark or 0), self.source, self.ref_id),
        )


def by_sum(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda one: one.rank)


def proportionally(candidates: Sequence[Candidate], places: int) -> list[Candidate]:
    """First those that equal shares choose for so many places, then the others by the plain sum."""
    ordered = by_sum(candidates)
    points: dict[int, dict[int, int]] = {}
    for number, candidate in enumerate(ordered):
        for organisation, given in candidate.points.items():
            points.setdefault(organisation, {})[number] = given
    chosen = [place.cluster for place in equal_shares(points, range(len(ordered)), places)]
    return [ordered[n] for n in chosen] + [one for n, one in enumerate(ordered) if n not in chosen]
