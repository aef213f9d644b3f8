"""After an event: what people can say with three taps, and what it comes to."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

BEST, WORST = 4, 1


class Aspect(StrEnum):
    """What to keep, or what to change."""

    CONTENT = "content"
    EXCHANGE = "exchange"
    PLACE = "place"
    LENGTH = "length"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Opinion:
    score: int | None
    keep: Aspect | None
    change: Aspect | None


@dataclass(frozen=True)
class Results:
    """How often each mark and aspect was named; `asked` were there."""

    asked: int
    answered: int
    scores: dict[int, int]
    keep: dict[Aspect, int]
    change: dict[Aspect, int]
    average: float | None


def evaluate(opinions: Iterable[Opinion], asked: int) -> Results:
    given = [opinion for opinion in opinions if opinion.score is not None]
    scores = Counter(opinion.score for opinion in given if opinion.score is not None)
    total = sum(score * times for score, times in scores.items())
    return Results(
        asked=asked,
        answered=len(given),
        scores={score: scores[score] for score in range(BEST, WORST - 1, -1)},
        keep=_named(opinion.keep for opinion in given),
        change=_named(opinion.change for opinion in given),
        average=total / len(given) if given else None,
    )


def _named(aspects: Iterable[Aspect | None]) -> dict[Aspect, int]:
    counted = Counter(aspect for aspect in aspects if aspect is not None)
    return {aspect: counted[aspect] for aspect in Aspect if counted[aspect]}
