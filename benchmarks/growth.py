"""What grows with the database: time of each operation, digest, start, memory.

`make growth` fills SQLite files for 100 to 1,000,000 people in a temporary folder (the largest is about a
gigabyte) and compares each size with the smallest. What is above its limit is said at the end.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.filled import FIRST, fill
from benchmarks.taps import PORT, URL, memory_mb, process, send
from benchmarks.ways import Ways
from storage.database import Database
from storage.migrate import migrate

SIZES = (100, 10_000, 1_000_000)
RUNS = 200
RESULTS = Path(__file__).parent / "results" / "growth.json"
LIMITS = {"digest_ms": 1000, "start_s": 2, "memory_mb": 200}
MOST_GROWTH = 1.5


def measure(people: int, folder: Path) -> dict[str, Any]:
    file = folder / f"{people}.db"
    database = Database(f"sqlite:///{file}")
    migrate(database)
    now = datetime.now(UTC)
    started_at = time.perf_counter()
    with database.engine.begin() as connection:
        fill(connection, people, now)
    filled = time.perf_counter() - started_at
    ways = Ways(database, people, now)
    taken = {name: milliseconds(way, RUNS) for name, way in ways.all().items()}
    digest = milliseconds(ways.gather_digest, 5)
    database.close()
    start, memory = asyncio.run(start_process(file))
    return {
        "people": people,
        "file_mb": file.stat().st_size / 1e6,
        "fill_s": filled,
        "digest_ms": digest,
        "start_s": start,
        "memory_mb": memory,
        "operations_ms": taken,
    }


def milliseconds(call: Callable[[], None], runs: int) -> float:
    """The mean: single calls gather at multiples of what the disk takes for a commit."""
    started_at = time.perf_counter()
    for _ in range(runs):
        call()
    return 1000 * (time.perf_counter() - started_at) / runs


async def start_process(file: Path) -> tuple[float, float]:
    """Seconds from the command to the first tap answered, and megabytes after some hundred."""
    environment = {
        "TELEGRAM_TOKEN": "1:bench",
        "TELEGRAM_API_URL": URL,
        "DATABASE_URL": f"sqlite:///{file}",
        "LOG_LEVEL": "WARNING",
    }
    async with process("benchmarks.telegram", str(PORT)), aiohttp.ClientSession(URL) as client:
        started_at = time.perf_counter()
        async with process("bot", "run", **environment) as bot:
            await send(client, "tap", updates=1, first_person=FIRST + 1, event_id=1, rate=None)
            start = time.perf_counter() - started_at
            await send(client, "tap", updates=90, first_person=FIRST + 2, event_id=3, rate=None)
            return start, memory_mb(bot.pid)


def report(results: list[dict[str, Any]]) -> list[str]:
    """Prints the table; gives back what is above its limit."""
    first, above = results[0], list[str]()
    print(f"{'':24}" + "".join(f"{result['people']:>12,}" for result in results) + "      growth")
    for name, smallest in first["operations_ms"].items():
        times = [result["operations_ms"][name] for result in results]
        growth = max(times) / smallest
        print(f"{name:24}" + "".join(f"{ms:10.2f}ms" for ms in times) + f"{growth:11.2f}x")
        above += [f"{name}: {growth:.2f} times"] if growth > MOST_GROWTH else []
    for name, limit in LIMITS.items():
        figures = [result[name] for result in results]
        print(f"{name:24}" + "".join(f"{figure:12.2f}" for figure in figures))
        above += [f"{name}: {max(figures):.2f}"] if max(figures) > limit else []
    return above


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(size, Path(folder)) for size in sizes]
    above = report(results)
    print("above the limit: " + ("; ".join(above) or "nothing"))
    RESULTS.parent.mkdir(exist_ok=True)
    written = {"measured_at": datetime.now(UTC).isoformat(), "cores": os.cpu_count(), "sizes": results}
    RESULTS.write_text(json.dumps(written, indent=2) + "\n")


if __name__ == "__main__":
    main()
