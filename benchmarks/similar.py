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

from domain.basics import language_model
from domain.basics.language_model import Model
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
    return _index(board).nearest(text)


def _ranked(scores: Iterable[float]) -> list[tuple[float, int]]:
    pairs = [(float(score), number) for number, score in enumerate(scores)]
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1]))


def _index(board: Sequence[str]) -> Index:
    index = Index()
    for number, text in enumerate(board):
        index.put(number, text)
    return index


def _model() -> Model:
    found = language_model.installed()
    assert found, "only called where it is there"
    return found


def by_meaning(text: str, board: Sequence[str]) -> list[tuple[float, int]]:
    """What the bot does with a language model."""
    asked, *kept = _model().vectors([text, *board])
    return _ranked(_model().likeness(asked, kept))


LETTERS, MEANING = "letters (the bot)", "meaning (extra “similar”)"
WAYS: dict[str, Rank] = {
    "words in common": words_in_common,
    "rapidfuzz token set": token_set,
    LETTERS: runs_of_letters,
}
AT_LEASTS = {LETTERS: AT_LEAST}
if language_model.installed():
    WAYS[MEANING] = by_meaning
    AT_LEASTS[MEANING] = _model().at_least


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


def false_alarms(rows: Sequence[Row], rank: Rank, at_least: float) -> float:
    """How often something is shown though the board has neither the same idea nor its neighbour."""
    shown = 0
    for row in rows:
        others = board_of([other for other in rows if other is not row])
        shown += any(score >= at_least for score, _ in rank(row["idea"], others))
    return shown / len(rows)


def milliseconds(rows: Sequence[Row]) -> dict[str, float]:
    """Of one look over very many ideas, which are put together from the words there are."""
    words = " ".join(board_of(rows)).split()
    many = [
        " ".join(words[(number * 7 + at * 31) % len(words)] for at in range(12)) for number in range(MANY)
    ]
    index = _index(many)
    found = {LETTERS: _each(index.nearest, [rows[0]["idea"], *(row["idea"] for row in rows)])}
    if language_model.installed():
        kept = _model().vectors(board_of(rows))
        kept = [kept[number % len(kept)] for number in range(MANY)]
        fresh = [
            f"{number}. {row['idea']}" for number, row in enumerate(rows)
        ]  # the model has not read these
        found[MEANING] = _each(lambda text: _model().likeness(_model().vectors([text])[0], kept), fresh)
    return found


def _each(look: Callable[[str], object], texts: Sequence[str]) -> float:
    first, *others = texts
    look(first)
    started_at = time.perf_counter()
    for text in others:
        look(text)
    return 1000 * (time.perf_counter() - started_at) / len(others)


def main() -> None:
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter="\t"))
    print(f"{len(rows)} ideas; the same idea among the best {BEST} of {2 * len(rows)}:")
    for name, rank in WAYS.items():
        found = report(rows, rank)
        shares = ", ".join(f"{kind} {sum(hits) / len(hits):.2f}" for kind, hits in found.items())
        print(f"{name:28}{shares}")
    for name, at_least in AT_LEASTS.items():
        alarms = false_alarms(rows, WAYS[name], at_least)
        print(f"shown though nothing like it is there, by {name}, from {at_least} on: {alarms:.2f}")
    for name, took in milliseconds(rows).items():
        print(f"one look over {MANY:,} ideas, by {name}: {took:.1f} ms")
    if MEANING not in WAYS:
        print("`uv sync --extra similar` adds the way by meaning")


if __name__ == "__main__":
    main()
