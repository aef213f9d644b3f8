"""How well and how fast names of organisations are compared: precision, recall, microseconds.

Precision: of the pairs called the same, those that are. Recall: of those that are the same, those called so.
"""

import csv
import time
from dataclasses import dataclass
from pathlib import Path

from domain.basics.names import LIKELY, normalise, similar, similarity

PAIRS = Path(__file__).parent.parent / "tests" / "domain" / "basics" / "name_pairs.csv"
KNOWN = 1000
ROUNDS = 20


@dataclass(frozen=True)
class Quality:
    precision: float
    recall: float
    wrong: list[tuple[str, str]]


def read_pairs() -> list[tuple[str, str, bool]]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [(row["a"], row["b"], row["same"] == "yes") for row in csv.DictReader(file)]


def measure_quality(threshold: float = LIKELY) -> Quality:
    called = [(a, b, same, similarity(a, b) >= threshold) for a, b, same in read_pairs()]
    right = sum(same and is_called for *_, same, is_called in called)
    wrong = [(a, b) for a, b, same, is_called in called if same != is_called]
    all_called = sum(is_called for *_, is_called in called)
    all_same = sum(same for *_, same, _ in called)
    return Quality(right / all_called, right / all_same, wrong)


def register(size: int = KNOWN) -> list[str]:
    """The names of the list, again and again with a street's number behind them."""
    names = [name for a, b, _ in read_pairs() for name in (a, b)]
    return [names[i % len(names)] + (f" {i // len(names)}" if i >= len(names) else "") for i in range(size)]


def microseconds_per_comparison() -> float:
    pairs = read_pairs()
    started_at = time.perf_counter()
    for _ in range(ROUNDS):
        for a, b, _same in pairs:
            similarity(a, b)
    return 1e6 * (time.perf_counter() - started_at) / ROUNDS / len(pairs)


def milliseconds_to_search() -> tuple[float, float]:
    """The first search, which has to read every name, and the median of those after it."""
    known = register()
    typed = [a for a, _, _ in read_pairs()]
    took = []
    for name in typed:
        started_at = time.perf_counter()
        similar(name, known)
        took.append(1e3 * (time.perf_counter() - started_at))
    return took[0], sorted(took[1:])[len(took) // 2]


def main() -> None:
    first, median = milliseconds_to_search()
    print(f"threshold  precision  recall   ({len(read_pairs())} pairs)")
    for threshold in (0.65, 0.7, LIKELY, 0.8, 0.85):
        quality = measure_quality(threshold)
        chosen = "  <- LIKELY" if threshold == LIKELY else ""
        print(f"{threshold:9.2f}{quality.precision:11.3f}{quality.recall:8.3f}{chosen}")
    for a, b in measure_quality().wrong:
        print(f"  wrong: {a} | {b} ({similarity(a, b):.2f}, {normalise(a)} | {normalise(b)})")
    print(f"{microseconds_per_comparison():.1f} µs per comparison")
    print(f"{median:.1f} ms to search {KNOWN} names, {first:.1f} ms the first time")


if __name__ == "__main__":
    main()
