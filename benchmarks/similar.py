"""How often the same idea is found again: `python -m benchmarks.similar FILE.tsv`.

The file has a line for each idea: `idea`, `same_idea_in_other_words`, `same_topic_other_idea`, `kind`, with
these titles and tabs between them. Second and third columns are the board; each first column is asked for.
"""

import csv
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rapidfuzz import fuzz

from domain.basics.likeness import Index, fold
from storage.ideas.likeness import AT_LEAST

BEST = 2
MANY = 10_000
Rank = Callable[[str, Sequence[str]], list[tuple[float, int]]]
Row = dict[str, str]


def words_in_common(text: str, board: Sequence[str]) -> list[tuple[float, int]]:
    asked = set(fold(text).split())
    return _ranked(len(asked & set(fold(one).split())) for one in board)


def token_set(text: str, board: Sequence[str]) -> list[tuple[float, int]]:
    return _ranked(fuzz.token_set_ratio(text, one) / 100 for one in board)


def runs_of_letters(text: str, board: Sequence[str]) -> list[tuple[float, int]]:
    """What the bot does."""
    return _index(tuple(board)).nearest(text)


def _ranked(scores: Iterable[float]) -> list[tuple[float, int]]:
    pairs = [(float(score), number) for number, score in enumerate(scores)]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


_INDEXES: dict[tuple[str, ...], Index] = {}


def _index(board: tuple[str, ...]) -> Index:
    if board not in _INDEXES:
        _INDEXES[board] = Index()
        for number, text in enumerate(board):
            _INDEXES[board].put(number, text)
    return _INDEXES[board]


WAYS: dict[str, Rank] = {
    "words in common": words_in_common,
    "rapidfuzz token set": token_set,
    "runs of letters (the bot)": runs_of_letters,
}


def board_of(rows: Sequence[Row]) -> list[str]:
    return [row[column] for row in rows for column in ("same_idea_in_other_words", "same_topic_other_idea")]


def report(rows: Sequence[Row], rank: Rank) -> dict[str, list[bool]]:
    """By kind, and over `all`: whether the same idea was among the best."""
    board, found = board_of(rows), defaultdict[str, list[bool]](list)
    for place, row in enumerate(rows):
        best = [number for _, number in rank(row["idea"], board)[:BEST]]
        for kind in ("all", row["kind"]):
            found[kind].append(2 * place in best)
    return found


def false_alarms(rows: Sequence[Row]) -> float:
    """How often something is shown though the board has neither the same idea nor its neighbour."""
    shown = 0
    for row in rows:
        index = _index(tuple(board_of([other for other in rows if other is not row])))
        shown += any(score >= AT_LEAST for score, _ in index.nearest(row["idea"]))
    return shown / len(rows)


def milliseconds(rows: Sequence[Row]) -> float:
    """Of one look over very many ideas, which are put together from the words there are."""
    words = " ".join(board_of(rows)).split()
    index = Index()
    for number in range(MANY):
        index.put(number, " ".join(words[(number * 7 + at * 31) % len(words)] for at in range(12)))
    index.nearest(rows[0]["idea"])
    started_at = time.perf_counter()
    for row in rows:
        index.nearest(row["idea"])
    return 1000 * (time.perf_counter() - started_at) / len(rows)


def main() -> None:
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter="\t"))
    print(f"{len(rows)} ideas; the same idea among the best {BEST} of {2 * len(rows)}:")
    for name, rank in WAYS.items():
        found = report(rows, rank)
        shares = ", ".join(f"{kind} {sum(hits) / len(hits):.2f}" for kind, hits in found.items())
        print(f"{name:28}{shares}")
    print(f"shown though nothing like it is there (from {AT_LEAST} on): {false_alarms(rows):.2f}")
    print(f"one look over {MANY:,} ideas: {milliseconds(rows):.1f} ms")


if __name__ == "__main__":
    main()
