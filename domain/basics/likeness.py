"""How alike two texts are, by the runs of letters that they share; finds the nearest of many, sorts notes.

The rarer a run, the more it tells. Endings, compounds and slips leave most runs as they are.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from domain.basics import names
from domain.basics.language_model import Model

LONGEST = 600  # characters that are read; what a text is about stands at its beginning
RUNS = (3, 4, 5)  # letters; the ends of a word count as one
COMMON = 0.05  # a run that more of the texts have tells next to nothing, and would take most of the time
FEW = 20  # texts may have a run in common in any case
NORMS_AGAIN = 1.25  # growth after which what the runs weigh is reckoned anew
_DIGRAPHS = re.compile(r"([aou])e")
Vector = Mapping[Any, float]


def fold(text: str) -> str:
    """Words in plain small letters; ä, ae and a are one."""
    return " ".join(re.findall(r"[^\W_]+", _DIGRAPHS.sub(r"\1", names.fold(text[:LONGEST]))))


def runs(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in fold(text).split():
        padded = f" {word} "
        for length in RUNS:
            found.update(padded[at : at + length] for at in range(len(padded) - length + 1))
    return found


class Index:
    """Texts by number; putting one again replaces it."""

    def __init__(self) -> None:
        self._having: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._texts: dict[int, Counter[str]] = {}
        self._norms: dict[int, float] = {}  # reckoned when they are asked for
        self._weighed_at = 0

    def __len__(self) -> int:
        return len(self._texts)

    def put(self, number: int, text: str) -> None:
        self.drop(number)
        self._texts[number] = found = runs(text)
        for run, times in found.items():
            self._having[run][number] = 1 + math.log(times)
        if len(self._texts) > NORMS_AGAIN * self._weighed_at:
            self._norms.clear()
            self._weighed_at = len(self._texts)

    def drop(self, number: int) -> None:
        for run in self._texts.pop(number, ()):
            del self._having[run][number]
        self._norms.pop(number, None)

    def nearest(self, text: str, but: Collection[int] = ()) -> list[tuple[float, int]]:
        """Likeness from 0 to 1 and number, the nearest first; only what shares anything that tells."""
        asked = runs(text)
        norm = self._norm(asked)
        scores = self._shared({run: 1 + math.log(times) for run, times in asked.items()})
        found = [
            (score / (norm * self._norm_of(number)), number)
            for number, score in scores.items()
            if number not in but
        ]
        return sorted(found, key=lambda pair: (-pair[0], pair[1]))

    def search(self, words: str) -> list[tuple[float, int]]:
        """How much of what was asked for is in each text, from 0 to 1, the most first."""
        asked = runs(words)
        whole = sum(self._weight(run) ** 2 for run in asked) or 1.0
        scores: defaultdict[int, float] = defaultdict(float)
        for run in asked:
            gain = self._weight(run) ** 2
            for number in self._having.get(run, ()):
                scores[number] += gain
        return sorted(
            ((score / whole, number) for number, score in scores.items()),
            key=lambda pair: (-pair[0], -pair[1]),
        )

    def _shared(self, asked: Mapping[str, float]) -> Mapping[int, float]:
        most = max(FEW, COMMON * len(self._texts))
        scores: defaultdict[int, float] = defaultdict(float)
        for run, times in asked.items():
            having = self._having.get(run)
            if having and len(having) <= most:
                gain = times * self._weight(run) ** 2
                for number, weight in having.items():
                    scores[number] += gain * weight
        return scores

    def _norm_of(self, number: int) -> float:
        if number not in self._norms:
            self._norms[number] = self._norm(self._texts[number])
        return self._norms[number]

    def _weight(self, run: str) -> float:
        return math.log((1 + len(self._texts)) / (1 + len(self._having.get(run, ())))) + 1

    def _norm(self, found: Mapping[str, int]) -> float:
        return math.sqrt(sum(((1 + math.log(n)) * self._weight(run)) ** 2 for run, n in found.items())) or 1.0


@dataclass(frozen=True)
class Heading:
    """Texts that were put under it are examples of what it means."""

    name: str
    examples: Sequence[str] = ()


def sort(texts: Sequence[str], headings: Sequence[Heading], model: Model | None = None) -> list[list[int]]:
    """For each text the places of all headings, the likeliest first. Takes its time with a model."""
    of_headings = [[heading.name, *heading.examples] for heading in headings]
    every = [*chain.from_iterable(of_headings), *texts]
    vectors = iter(_meanings(every, model) if model else _letters(every))
    centres = [_centre(islice(vectors, len(members))) for members in of_headings]
    return [_nearest_first(vector, centres) for vector in vectors]


def _nearest_first(vector: Vector, centres: Sequence[Vector]) -> list[int]:
    likeness = [sum(share * centre.get(at, 0.0) for at, share in vector.items()) for centre in centres]
    return sorted(range(len(centres)), key=lambda place: -likeness[place])


def _meanings(texts: Sequence[str], model: Model) -> list[Vector]:
    return [dict(enumerate(memoryview(vector).cast("f"))) for vector in model.vectors(texts)]


def _letters(texts: Sequence[str]) -> list[Vector]:
    """Runs of letters, each weighed by how few of these texts have it."""
    found = [runs(text) for text in texts]
    having = Counter(chain.from_iterable(found))
    weight = {run: math.log(1 + len(texts) / times) for run, times in having.items()}
    return [
        _of_length_one({run: (1 + math.log(times)) * weight[run] for run, times in one.items()})
        for one in found
    ]


def _centre(vectors: Iterable[Vector]) -> Vector:
    whole: defaultdict[Any, float] = defaultdict(float)
    for place, share in chain.from_iterable(vector.items() for vector in vectors):
        whole[place] += share
    return _of_length_one(whole)


def _of_length_one(vector: Vector) -> Vector:
    length = math.hypot(*vector.values()) or 1.0
    return {place: share / length for place, share in vector.items()}
