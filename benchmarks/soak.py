"""Simulated life at ten times the busiest moment of a city (docs/limits.md): what grows, leaks or slows down.

`make soak` takes two minutes; `python -m benchmarks.soak 7200` takes two hours and keeps its figures.
"""

import asyncio
import json
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from benchmarks.databases import new_database
from benchmarks.taps import FIRST, PORT, TAPS, URL, fill, memory_mb, process, send

RATE = 17.0  # updates a second
EACH = 17  # updates of one way before the next one's turn
LIFE = (
    *("first /start", "/termine", "open an event", "tap", "tap in a group"),
    *("begin a form", "a form's answer", "hand in an idea", "tap no"),
)
PERIODS = 12  # of the whole time; the first is for warming up
MOST_GROWTH = 1.05  # of memory after the first period
MOST_SLOWER = 1.5  # of the median from the second period to the last
MOST_MORE_TASKS = 5
MOST_MORE_FILES = (
    128  # connections to Telegram that a busy moment opens; aiohttp uses them in turn from then on
)
METRICS = f"127.0.0.1:{PORT - 1}"
RESULTS = Path(__file__).parent / "results" / "soak.json"


@dataclass
class Period:
    updates: int
    median_ms: float
    p99_ms: float  # the highest of all ways
    memory_mb: float
    descriptors: int
    tasks: int


async def live(seconds: float) -> list[Period]:
    with new_database("soak") as url:
        fill(url)
        environment = {
            "TELEGRAM_TOKEN": "1:bench",
            "TELEGRAM_API_URL": URL,
            "DATABASE_URL": url,
            "WEB_LISTEN": METRICS,
            "LOG_LEVEL": "WARNING",
        }
        async with (
            process("benchmarks.telegram", str(PORT)),
            aiohttp.ClientSession(URL) as client,
            process("bot", "run", **environment) as bot,
        ):
            rounds = count()
            return [await _period(client, bot.pid, rounds, seconds / PERIODS) for _ in range(PERIODS)]


async def _period(client: aiohttp.ClientSession, pid: int, rounds: "count[int]", seconds: float) -> Period:
    ends_at, found = time.monotonic() + seconds, list[dict[str, float]]()
    while time.monotonic() < ends_at or not found:
        number = next(rounds)
        known = FIRST + number * EACH % TAPS
        for way in LIFE:
            first = FIRST + 10 * TAPS + number * EACH if way == "first /start" else known
            found.append(await send(client, way, updates=EACH, first_person=first, event_id=3, rate=RATE))
    period = Period(
        updates=len(found) * EACH,
        median_ms=median(one["median_ms"] for one in found),
        p99_ms=max(one["p99_ms"] for one in found),
        memory_mb=memory_mb(pid),
        descriptors=_descriptors(pid),
        tasks=await _tasks(),
    )
    print(
        f"{period.updates:8}{period.median_ms:9.1f}ms{period.p99_ms:9.1f}ms{period.memory_mb:9.1f}MB"
        f"{period.descriptors:8}{period.tasks:8}",
        flush=True,
    )
    return period


def _descriptors(pid: int) -> int:
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())


async def _tasks() -> int:
    async with aiohttp.request("GET", f"http://{METRICS}/metrics") as answer:
        families = text_string_to_metric_families(await answer.text())
    return next(int(family.samples[0].value) for family in families if family.name == "pact_tasks")


def above_limits(periods: list[Period]) -> list[str]:
    warm, last = periods[1], periods[-1]
    pairs = {
        "memory": (last.memory_mb, warm.memory_mb * MOST_GROWTH),
        "median": (last.median_ms, warm.median_ms * MOST_SLOWER),
        "file descriptors": (last.descriptors, warm.descriptors + MOST_MORE_FILES),
        "tasks": (last.tasks, warm.tasks + MOST_MORE_TASKS),
    }
    return [
        f"{name}: {found:.1f}, {limit:.1f} allowed" for name, (found, limit) in pairs.items() if found > limit
    ]


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    print(f"{RATE:.0f} updates a second for {seconds:.0f} s, {PERIODS} periods")
    print(" updates     median  highest p99   memory   files   tasks")
    periods = asyncio.run(live(seconds))
    above = above_limits(periods)
    print("above the limit: " + ("; ".join(above) or "nothing"))
    if len(sys.argv) > 1:
        written = {"measured_at": datetime.now(UTC).isoformat(), "seconds": seconds, "rate": RATE}
        RESULTS.write_text(
            json.dumps({**written, "periods": [vars(period) for period in periods]}, indent=2) + "\n"
        )
    return 1 if above else 0


if __name__ == "__main__":
    sys.exit(main())
