"""What partners offer each other and need of each other, and which of it fits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from domain.basics.likeness import Index
from domain.measures.measures import Kind

LONGEST = 500  # characters
STANDS = timedelta(days=365)  # then it is shown no more
LIKELY = 0.2  # likeness from which words alone fit
MOST = 3  # that are named


@dataclass(frozen=True)
class Wanted:
    """An advert as its fit is judged by; `number` is any that tells it from others."""

    number: int
    kind: Kind
    text: str


def fitting(one: Wanted, others: Iterable[Wanted]) -> list[int]:
    """Numbers of those of the other side that fit, the best first: by what it is about, and by words."""
    index, kinds = Index(), dict[int, Kind]()
    for other in others:
        index.put(other.number, other.text)
        kinds[other.number] = other.kind
    likeness = {number: score for score, number in index.nearest(one.text)}
    fits = [number for number in kinds if _fits(one.kind, kinds[number], likeness.get(number, 0))]
    return sorted(fits, key=lambda number: (-likeness.get(number, 0), number))[:MOST]


def _fits(one: Kind, other: Kind, likeness: float) -> bool:
    return (one is other and one is not Kind.OTHER) or likeness >= LIKELY
