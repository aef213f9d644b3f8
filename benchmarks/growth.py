"""What grows with the database: time of each operation, digest, start, memory.

`make growth` fills SQLite files for 100 to 1,000,000 people in a temporary folder (the largest is about a
gigabyte) and compares each size with the smallest. What is above its limit is said at the end. With
`--on postgresql://…` it makes databases on that server instead, and drops them. `--only idea` measures the
operations that have this word in their name, and nothing else.
"""

import argparse
import asyncio
import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import aiohttp
from sqlalchemy import text

from benchmarks.databases import new_database
from benchmarks.filled import FIRST, fill
from benchmarks.taps import PORT, URL, memory_mb, process, send
from benchmarks.ways import Ways
from domain.basics.pact import Pact
from storage import agenda
from storage.engine.database import Database
from storage.engine.migrate import migrate

SIZES = (100, 10_000, 1_000_000)
RUNS, ROUNDS = 200, 20
STARTS = 3
RESULTS = Path(__file__).parent / "results"
SIZE = {  # in bytes, by whether it is SQLite
    True: "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
    False: "SELECT pg_database_size(current_database())",
}
LIMITS = {"digest_ms": 1000, "sum_ms": 1000, "start_s": 2, "memory_mb": 200, "night_piece_ms": 1000}
MOST_GROWTH = 1.5
MOST_MS = dict.fromkeys(  # they grow up to 2,000 ideas and 10,000 measures, then no more
    ("most supported ideas", "ideas by age and support", "others' measures"), 50
)


@dataclass
class Filled:
    """A database of one size."""

    people: int
    url: str
    fill_s: float
    file_mb: float
    ways: Ways


def filled(people: int, url: str) -> Filled:
    database, now = Database(url), datetime.now(UTC)
    migrate(database)
    started_at = time.perf_counter()
    with database.engine.begin() as connection:
        fill(connection, people, now)
    fill_s = time.perf_counter() - started_at
    size = database.run_now(lambda session: session.connection().scalar(text(SIZE[database.is_sqlite])))
    return Filled(people, url, fill_s, (size or 0) / 1e6, Ways(database, people, now))


def operations_of(sizes: Sequence[Filled], word: str = "") -> dict[str, list[float]]:
    """By turns, a few runs at each size, so that a slow minute of the machine is one of each."""
    acts = [one.ways.all() for one in sizes]
    return {
        name: by_turns([act[name] for act in acts], rounds=ROUNDS, runs=RUNS // ROUNDS)
        for name in acts[0]
        if word in name
    }


def measure(sizes: Sequence[Filled]) -> list[dict[str, Any]]:
    operations = operations_of(sizes)
    digests = by_turns([one.ways.gather_digest for one in sizes], rounds=5, runs=1)
    sums = by_turns([one.ways.sum_up for one in sizes], rounds=5, runs=1)
    for one in sizes:
        one.ways.database.close()
    starts = [[asyncio.run(start_process(one.url)) for one in sizes] for _ in range(STARTS)]
    return [
        {
            "people": one.people,
            "file_mb": one.file_mb,
            "fill_s": one.fill_s,
            "digest_ms": digests[place],
            "sum_ms": sums[place],
            "start_s": median(start[place][0] for start in starts),
            "memory_mb": max(start[place][1] for start in starts),
            "night_piece_ms": longest_piece_of_a_night(one.url),
            "operations_ms": {name: times[place] for name, times in operations.items()},
        }
        for place, one in enumerate(sizes)
    ]


def by_turns(calls: Sequence[Callable[[], None]], *, rounds: int, runs: int) -> list[float]:
    """Milliseconds of each, as the mean: single calls gather at multiples of a commit's."""
    taken = [0.0] * len(calls)
    for _ in range(rounds):
        for place, call in enumerate(calls):
            started_at = time.perf_counter()
            for _ in range(runs):
                call()
            taken[place] += time.perf_counter() - started_at
    return [1000 * seconds / (rounds * runs) for seconds in taken]


def longest_piece_of_a_night(url: str) -> float:
    """Milliseconds; the night has two years to forget. A tap waits no longer than one piece."""
    database, now = Database(url), datetime.now(UTC)
    longest, there_is_more = 0.0, True
    while there_is_more:
        started_at = time.perf_counter()
        there_is_more = database.run_now(agenda.tidy, Pact(), now)
        longest = max(longest, time.perf_counter() - started_at)
    database.close()
    return 1000 * longest


async def start_process(url: str) -> tuple[float, float]:
    """Seconds from the command to the first tap answered, and megabytes after some hundred."""
    environment = {
        "TELEGRAM_TOKEN": "1:bench",
        "TELEGRAM_API_URL": URL,
        "DATABASE_URL": url,
        "LOG_LEVEL": "WARNING",
    }
    async with process("benchmarks.telegram", str(PORT)), aiohttp.ClientSession(URL) as client:
        started_at = time.perf_counter()
        async with process("bot", "run", **environment) as bot:
            await send(client, "tap", updates=1, first_person=FIRST + 1, event_id=1, rate=None)
            start = time.perf_counter() - started_at
            await send(client, "tap", updates=90, first_person=FIRST + 2, event_id=3, rate=None)
            return start, memory_mb(bot.pid)


def report_operations(people: Sequence[int], operations: Mapping[str, Sequence[float]]) -> list[str]:
    above = []
    print(f"{'':28}" + "".join(f"{size:>12,}" for size in people) + "      growth")
    for name, times in operations.items():
        growth = max(times) / times[0]
        print(f"{name:28}" + "".join(f"{ms:10.2f}ms" for ms in times) + f"{growth:11.2f}x")
        if growth > MOST_GROWTH and max(times) > MOST_MS.get(name, 0):
            above.append(f"{name}: {growth:.2f} times")
    return above


def report(results: list[dict[str, Any]]) -> list[str]:
    """Prints the table; gives back what is above its limit."""
    first, above = results[0], list[str]()
    operations = {
        name: [result["operations_ms"][name] for result in results] for name in first["operations_ms"]
    }
    above += report_operations([result["people"] for result in results], operations)
    for name, limit in LIMITS.items():
        figures = [result[name] for result in results]
        print(f"{name:28}" + "".join(f"{figure:12.2f}" for figure in figures))
        above += [f"{name}: {max(figures):.2f}"] if max(figures) > limit else []
    return above


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--on", metavar="postgresql://…", help="a server on which databases may be made")
    parser.add_argument("--only", metavar="WORD", help="operations with this word in their name alone")
    given = parser.parse_args()
    with ExitStack() as databases:
        urls = [databases.enter_context(new_database(f"growth_{size}", given.on)) for size in given.sizes]
        sizes = [filled(size, url) for size, url in zip(given.sizes, urls, strict=True)]
        if given.only:
            above = report_operations(given.sizes, operations_of(sizes, given.only))
            print("above the limit: " + ("; ".join(above) or "nothing"))
            return
        results = measure(sizes)
    above = report(results)
    print("above the limit: " + ("; ".join(above) or "nothing"))
    written = {"measured_at": datetime.now(UTC).isoformat(), "cores": os.cpu_count(), "sizes": results}
    file = RESULTS / ("growth_postgresql.json" if given.on else "growth.json")
    file.write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main()
