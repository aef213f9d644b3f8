"""A mailing to 10,000 people, by the real process and a stand-in for Telegram that keeps its limits.

`python -m benchmarks.mailing` measures in real time, nothing is compressed: the pace under 30 messages and
edits a second with somebody tapping meanwhile; paid messages, 1,000 a second; ten kills on the way; what
comes of 429, 500, answers that are lost and five minutes of silence. `--people` and `--only` make it shorter.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.mailing_telegram import FREE, PAID, STAFF
from benchmarks.taps import process
from domain.basics.pact import Pact
from domain.mailings import mailings as rules
from domain.mailings.mailings import Delivery, Purpose, State
from domain.partners.organisations import Category, Kind
from storage.engine.database import Database
from storage.engine.migrate import migrate
from storage.engine.tables import Person
from storage.events import planning
from storage.events.planning import NewEvent
from storage.mailings.tables import Mailing, MailingRecipient
from storage.partners.tables import Organisation

PORT = 8980
FIRST = 1_000_000
TAPS, IDLE = 200, 20  # while nothing else happens, and within how many seconds
TAPPERS = 1_000  # who tap by turns: partners whom the mailing does not go to
SILENT = 300.0  # seconds
KILLS = 10
CONTENT = [{"kind": "text", "text": "Neues vom Klimapakt: CO2 < 5 t"}]
TAP = "es:1"  # open an event: two calls


def fill(session: Session, people: int) -> None:
    now = datetime.now(UTC)
    staff = Person(telegram_id=STAFF, name="Office", language="de", is_staff=True, created_at=now)
    partner = Organisation(
        name="A", name_key="a", kind=Kind.PARTNER, category=Category.COMPANY, joined_on=date(2024, 1, 1)
    )
    session.add_all((staff, partner))
    session.flush()
    new = NewEvent("Bench", now + timedelta(days=40), now + timedelta(days=41))
    planning.add(session, new, Pact(reminder_leads=(), nudge_leads=()), now)
    rows = [
        {
            "id": 10 + number,
            "telegram_id": FIRST + number,
            "name": f"P{number}",
            "language": "de",
            "organisation_id": partner.id,
            "is_staff": False,
            "is_main_contact": False,
            "role": "",
            "email": "",
            "phone": "",
            "created_at": now,
        }
        for number in range(people + TAPPERS)
    ]
    session.execute(insert(Person), rows)
    recipients = [10 + number for number in range(people)]
    approved = rules.digest(CONTENT, Purpose.BUSINESS, recipients)
    mailing = Mailing(
        author_id=staff.id,
        content=CONTENT,
        state=State.READY,
        asked=approved,
        approved=approved,
        asked_by_id=staff.id,
        begins_at=now + timedelta(hours=1),  # `let_out` moves it
        progress_chat_id=STAFF,
        progress_message_id=1,
        created_at=now,
    )
    session.add(mailing)
    session.flush()
    waiting = {"mailing_id": mailing.id, "state": Delivery.WAITING, "error": "", "recall_error": ""}
    more = {"message_ids": [], "attempts": 0}
    session.execute(insert(MailingRecipient), [{**waiting, **more, "person_id": one} for one in recipients])


class Town:
    def __init__(self, folder: Path, people: int, *, paid: bool) -> None:
        self.file = folder / "bench.db"
        self.people = people
        database = Database(f"sqlite:///{self.file}")
        migrate(database)
        database.run_now(fill, people)
        database.close()
        self.environment = {
            "TELEGRAM_TOKEN": "1:bench",
            "TELEGRAM_API_URL": f"http://127.0.0.1:{PORT}",
            "DATABASE_URL": f"sqlite:///{self.file}",
            "STAFF_IDS": str(STAFF),
            "LOG_LEVEL": "ERROR",
            "WEB_LISTEN": "",
            "QUIET_HOURS": "",
            "PAID_BROADCASTS": str(paid).lower(),
        }
        self.client: aiohttp.ClientSession

    async def start_bot(self) -> asyncio.subprocess.Process:
        environment = {**os.environ, **self.environment}
        return await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)

    def sql(self, query: str) -> list[Any]:
        with closing(sqlite3.connect(self.file, timeout=30)) as connection, connection:
            return connection.execute(query).fetchall()

    def let_out(self, seconds: int) -> None:
        """In so many, of which the bot learns when it starts."""
        self.sql(f"UPDATE mailing SET begins_at = strftime('%Y-%m-%d %H:%M:%f', 'now', '+{seconds} seconds')")

    async def state(self) -> dict[str, Any]:
        async with self.client.get("/state") as answer:
            found: dict[str, Any] = await answer.json()
            return found

    async def until_sent(self, count: int) -> None:
        while sum((await self.state())["received"].values()) < count:  # noqa: ASYNC110 # another process counts
            await asyncio.sleep(0.05)

    async def change(self, **given: Any) -> None:
        async with self.client.put("/set", data=json.dumps(given)):
            pass

    async def tap(self, number: int) -> None:
        person = FIRST + self.people + number % TAPPERS
        async with self.client.post("/tap", params={"person": person, "data": TAP}):
            pass

    async def until_over(self) -> None:
        while self.sql("SELECT state FROM mailing") != [("done",)]:  # noqa: ASYNC110 # another process writes it
            await asyncio.sleep(0.5)

    def by_state(self) -> dict[str, int]:
        return dict(self.sql("SELECT state, count(*) FROM mailing_recipient GROUP BY state"))

    def uncertain(self) -> set[int]:
        found = self.sql(
            "SELECT telegram_id FROM person JOIN mailing_recipient ON person_id = id"
            " WHERE state = 'uncertain'"
        )
        return {telegram_id for (telegram_id,) in found}


@asynccontextmanager
async def town(people: int, *, paid: bool = False) -> AsyncIterator[Town]:
    with tempfile.TemporaryDirectory() as folder:
        found = Town(Path(folder), people, paid=paid)
        async with (
            process("benchmarks.mailing_telegram", str(PORT)),
            aiohttp.ClientSession(f"http://127.0.0.1:{PORT}") as client,
        ):
            found.client = client
            while True:
                try:
                    await found.state()
                    break
                except aiohttp.ClientError:
                    await asyncio.sleep(0.1)
            yield found


def p99(latencies: list[float]) -> float:
    return 1000 * sorted(latencies)[int(len(latencies) * 0.99)] if latencies else 0.0


async def _end(bot: asyncio.subprocess.Process) -> None:
    bot.terminate()
    await bot.wait()


async def tap_until(work: "asyncio.Task[None]", found: Town) -> None:
    """One a second, beside the mailing."""
    number = 0
    while not work.done():
        await found.tap(number)
        number += 1
        await asyncio.wait([work], timeout=1.0)


async def measure_pace(people: int) -> None:
    async with town(people) as found:
        found.let_out(5 + IDLE)
        bot = await found.start_bot()
        await asyncio.sleep(3)
        for number in range(TAPS):
            await found.tap(number)
            await asyncio.sleep(IDLE / TAPS)
        idle = p99((await found.state())["latencies"])
        await found.change(forget=True)
        before = (await found.state())["counted"]
        await found.until_sent(1)
        over = asyncio.create_task(found.until_over())
        await tap_until(over, found)
        state = await found.state()
        await _end(bot)
        rate = (people - 1) / state["seconds"]
        counted = (state["counted"] - before) / state["seconds"]
        print(f"pace: {people} people in {state['seconds']:.1f} s, {rate:.2f} messages a second")
        print(f"  with edits {counted:.2f} a second, {counted / FREE:.1%} of what Telegram takes")
        print(f"  answered with 429: {state['refused']}; progress was shown in {state['shown']} steps")
        busy = p99(state["latencies"])
        print(f"  tap answered, 99th percentile: {idle:.1f} ms idle, {busy / idle:.2f}x of that meanwhile")
        _check_all(found, state)


def _check_all(found: Town, state: dict[str, Any]) -> None:
    """Everybody has it once, but those whose names are given."""
    received = Counter({int(chat): count for chat, count in state["received"].items()})
    twice = [chat for chat, count in received.items() if count > 1]
    missing = {FIRST + number for number in range(found.people)} - set(received)
    uncertain = found.uncertain()
    print(f"  {found.by_state()}; twice: {len(twice)}; missing and not named: {len(missing - uncertain)}")
    assert not twice
    assert missing <= uncertain


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def measure_paid(people: int) -> None:
    async with town(people, paid=True) as found:
        before = _cpu_of_children()
        found.let_out(5)
        bot = await found.start_bot()
        await found.until_over()
        state = await found.state()
        await _end(bot)
        rate = (people - 1) / state["seconds"]
        cpu = 1000 * (_cpu_of_children() - before) / people
        print(f"paid: {people} people in {state['seconds']:.1f} s, {rate:.0f} a second of {PAID}")
        print(f"  {cpu:.2f} ms of CPU for each, the start of the process included")
        print(f"  answered with 429: {state['refused']}")
        _check_all(found, state)


async def measure_kills(people: int) -> None:
    async with town(people) as found:
        found.let_out(5)
        bot = await found.start_bot()
        most = 0
        for number in range(1, KILLS + 1):
            await found.until_sent(people * number // (KILLS + 1))
            bot.send_signal(signal.SIGKILL)
            await bot.wait()
            in_flight = found.by_state().get("in_flight", 0)
            most = max(most, in_flight)
            bot = await found.start_bot()
        await found.until_over()
        state = await found.state()
        await _end(bot)
        print(f"kills: {people} people, {KILLS} kills; at most {most} on its way at one of them")
        _check_all(found, state)


async def measure_faults(people: int) -> None:
    async with town(people) as found:
        found.let_out(5)
        bot = await found.start_bot()
        for part, faults in enumerate(({"429": 5}, {"500": 10}, {"lost": 5}), 1):
            await found.until_sent(people * part // 5)
            await found.change(faults=faults)
        await found.until_sent(people * 4 // 5)
        await found.change(silent=SILENT)
        began = time.perf_counter()
        await found.until_over()
        state = await found.state()
        await _end(bot)
        print(f"faults: {people} people; 5 x 429, 10 x 500, 5 answers lost, {SILENT:.0f} s of silence")
        print(f"  over {time.perf_counter() - began - SILENT:.0f} s after the silence")
        _check_all(found, state)


PARTS = {"pace": measure_pace, "paid": measure_paid, "kills": measure_kills, "faults": measure_faults}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--only", choices=PARTS, action="append")
    given = parser.parse_args()
    for name in given.only or PARTS:
        asyncio.run(PARTS[name](given.people))


if __name__ == "__main__":
    main()
