"""Taps answered per second: ours, stored in the database, beside bare handlers that store nothing.

`make bench` runs all in one go, by turns, each with its own stand-in for Telegram; what counts are the
ratios. Ours is the real process with SQLite and `synchronous=FULL`, and does what else people do as well.
With `--on postgresql://…` it is there a second time, with a database on that server.
"""

import argparse
import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import aiohttp
from sqlmodel import Session

from benchmarks.databases import new_database
from domain.basics.pact import Pact
from domain.partners.organisations import Category, Kind
from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.tables import Person
from storage.events import planning
from storage.events.planning import NewEvent
from storage.partners.tables import Organisation


def _url(port: int) -> str:
    return f"http://127.0.0.1:{port}"


TAPS = 3000
ROUND = 250
ROUNDS = TAPS // ROUND
PORT = 8990
URL = _url(PORT)
FIRST = 1_000_000
STAFF = range(FIRST + 2 * TAPS, FIRST + 2 * TAPS + 20)
NEW = FIRST + 10 * TAPS  # people who have never written
OTHERS = {  # way: how many people, how many a second, who is the first of them
    "open an event": (200, 20, FIRST),
    "/termine": (200, 20, FIRST),
    "begin a form": (200, 20, FIRST),
    "a form's answer": (200, 20, FIRST),
    "hand in an idea": (200, 20, FIRST),
    "first /start": (200, 20, NEW),
    "digest": (len(STAFF), 20, STAFF[0]),
    "tap in a group": (200, None, FIRST),
}
RESULTS = Path(__file__).parent / "results" / "speed.json"


@dataclass
class Result:
    name: str
    per_second: float
    rounds: list[float]  # taps per second of each
    median_ms: float
    p99_ms: float
    cpu_ms: float
    memory_mb: float
    start_s: float


@dataclass
class Other:
    """Something else that people do, at a pace below Telegram's 30 messages a second, or all at once."""

    name: str
    per_second: float
    median_ms: float
    p99_ms: float
    cpu_ms: float


def fill(url: str) -> None:
    """A database with events of seats for a third, and a partner's contact for each tap of two runs."""
    database = Database(url)
    migrate(database)
    database.run_now(_fill)
    database.close()


def _fill(session: Session) -> None:
    now = datetime.now(UTC)
    new = NewEvent("Bench", now + timedelta(days=40), now + timedelta(days=41), capacity=TAPS // 3)
    for _ in range(3):
        planning.add(session, new, Pact(reminder_leads=(), nudge_leads=()), now)
    for number in range(2 * TAPS):
        organisation = Organisation(
            id=number + 1,
            name=f"Firma {number}",
            name_key=f"firma {number}",
            kind=Kind.PARTNER,
            category=Category.COMPANY,
            joined_on=date(2024, 1, 1),
        )
        session.add(organisation)
    session.flush()
    for number in range(2 * TAPS):
        person = Person(
            telegram_id=FIRST + number,
            name=f"P{number}",
            language="de",
            organisation_id=number + 1,
            created_at=now,
        )
        session.add(person)


@asynccontextmanager
async def process(*command: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    started = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *command, env={**os.environ, **environment}, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield started
    finally:
        started.terminate()
        await started.wait()


class Peer:
    """A bot with a stand-in for Telegram of its own, on `port`."""

    def __init__(self, name: str, port: int, *command: str, **environment: str) -> None:
        self.name = name
        self._port, self._command, self._environment = port, command, environment
        self._rates: list[float] = []
        self._cpu = 0.0

    async def start(self, stack: AsyncExitStack) -> None:
        """Until it answers its first tap."""
        await stack.enter_async_context(process("benchmarks.telegram", str(self._port)))
        self._client = await stack.enter_async_context(aiohttp.ClientSession(_url(self._port)))
        started_at = time.perf_counter()
        bot = await stack.enter_async_context(process(*self._command, **self._environment))
        self._pid = bot.pid
        await self._taps(1, 2 * TAPS - 1, event_id=2)
        self._start = time.perf_counter() - started_at

    async def tap(self, number: int) -> None:
        """A round of taps by people who have not tapped yet, all at once."""
        cpu_before = _cpu_seconds(self._pid)
        found = await self._taps(ROUND, number * ROUND, event_id=1)
        self._cpu += _cpu_seconds(self._pid) - cpu_before
        self._rates.append(found["per_second"])

    async def result(self) -> Result:
        rate = median(self._rates)
        half = await self._taps(TAPS - 1, TAPS, event_id=2, rate=rate / 2)
        return Result(
            self.name,
            per_second=rate,
            rounds=self._rates,
            median_ms=half["median_ms"],
            p99_ms=half["p99_ms"],
            cpu_ms=1000 * self._cpu / (ROUND * len(self._rates)),
            memory_mb=memory_mb(self._pid),
            start_s=self._start,
        )

    async def _taps(
        self, updates: int, first: int, *, event_id: int, rate: float | None = None
    ) -> dict[str, float]:
        load = {"updates": updates, "first_person": FIRST + first, "event_id": event_id, "rate": rate}
        return await send(self._client, "tap", **load)


async def measure_taps(urls: Sequence[str]) -> list[Result]:
    """In rounds by turns, so that a slow minute of the machine is one of each."""
    ours = zip(urls, ("ours, stored", "on PostgreSQL"), (PORT, PORT + 3), strict=False)
    peers = [
        *(Peer(name, port, "bot", "run", **_ours(url, port)) for url, name, port in ours),
        Peer("bare aiogram", PORT + 1, "benchmarks.bare_aiogram", _url(PORT + 1)),
        Peer("bare PTB", PORT + 2, "benchmarks.bare_ptb", _url(PORT + 2)),
    ]
    async with AsyncExitStack() as stack:
        for peer in peers:
            await peer.start(stack)
        for number in range(ROUNDS):
            for peer in peers:
                await peer.tap(number)
        return [await peer.result() for peer in peers]


async def measure_others(**environment: str) -> list[Other]:
    others = []
    async with (
        process("benchmarks.telegram", str(PORT)),
        aiohttp.ClientSession(URL) as client,
        process("bot", "run", **environment) as bot,
    ):
        await send(client, "tap", updates=1, first_person=STAFF[0], event_id=3, rate=None)  # it has started
        for way, (people, rate, first) in OTHERS.items():
            cpu_before = _cpu_seconds(bot.pid)
            found = await send(client, way, updates=people, first_person=first, event_id=3, rate=rate)
            cpu = _cpu_seconds(bot.pid) - cpu_before
            others.append(Other(way, **found, cpu_ms=1000 * cpu / people))
    return others


async def send(client: aiohttp.ClientSession, way: str, **load: Any) -> dict[str, float]:
    for _ in range(200):
        try:
            async with client.post("/load", json={"way": way, **load}):
                break
        except aiohttp.ClientConnectorError:
            await asyncio.sleep(0.05)
    async with client.get("/result", timeout=aiohttp.ClientTimeout(120)) as answer:
        result: dict[str, float] = await answer.json()
        return result


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def run_all(server: str | None) -> tuple[list[Result], list[Other]]:
    servers = (None, server) if server else (None,)
    with ExitStack() as databases:
        urls = [databases.enter_context(new_database("taps", each)) for each in servers]
        others = databases.enter_context(new_database("others"))
        return await measure_taps(urls), await measure_others(**_ours(others, PORT))


def _ours(url: str, port: int) -> dict[str, str]:
    fill(url)
    return {
        "TELEGRAM_TOKEN": "1:bench",
        "TELEGRAM_API_URL": _url(port),
        "DATABASE_URL": url,
        "STAFF_IDS": ",".join(map(str, STAFF)),
        "LOG_LEVEL": "WARNING",
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--on", metavar="postgresql://…", help="a server on which databases may be made")
    results, others = asyncio.run(run_all(parser.parse_args().on))
    ours = results[0].rounds
    print("               taps/s  ours is   quarters    median      p99  CPU/tap   memory  1st answer")
    for r in results:
        low, middle, high = quantiles((a / b for a, b in zip(ours, r.rounds, strict=True)), n=4)
        print(
            f"{r.name:14}{r.per_second:7.0f}{middle:8.2f}x{low:7.2f}-{high:.2f}{r.median_ms:8.1f}ms"
            f"{r.p99_ms:7.1f}ms{r.cpu_ms:7.2f}ms{r.memory_mb:7.0f}MB{r.start_s:11.2f}s"
        )
    print(f"medians of {ROUNDS} rounds of {ROUND} people at once; answers timed at half of that rate\n")
    print("ours, stored     answered/s   median      p99      CPU")
    for o in others:
        print(f"{o.name:16}{o.per_second:11.0f}{o.median_ms:9.1f}ms{o.p99_ms:7.1f}ms{o.cpu_ms:7.2f}ms")
    RESULTS.write_text(
        json.dumps(
            {
                "measured_at": datetime.now(UTC).isoformat(),
                "cores": os.cpu_count(),
                "taps": [vars(result) for result in results],
                "others": [vars(other) for other in others],
            },
            indent=2,
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
