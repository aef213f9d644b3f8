"""The clock: the database says what is due, APScheduler wakes us for it."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.delivery import Courier
from handlers.chat.house import House
from handlers.ideas import similar
from storage import agenda
from storage.engine import outbox
from storage.privacy import cleaning

log = structlog.get_logger()

TICK = 60  # seconds; nothing is ever later than this, even if a wake-up is missed
ASLEEP = timedelta(minutes=5)  # without a look: the machine slept, or its clock was set

Work = Callable[[], Awaitable[None]]


class Timetable:
    def __init__(self, house: House, courier: Courier, clock: Clock) -> None:
        self._house = house
        self._courier = courier
        self._clock = clock
        self._arming: asyncio.Task[None] | None = None
        self._has_changed = False
        self._working: asyncio.Task[None] | None = None
        self._due: asyncio.Queue[Work] = asyncio.Queue()
        self._looked_at = self._awake_since = clock.now()
        self.when_armed: Callable[[], Awaitable[None]] | None = None
        self._scheduler = AsyncIOScheduler(
            timezone=house.pact.timezone,
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        self._scheduler.start()
        self._working = asyncio.create_task(self._work_off(), name="timetable")
        self.jumped()
        self._due.put_nowait(self._nightly)  # the machine may be off at night
        self._due.put_nowait(self._read_ideas)

    def stop(self) -> None:
        if self._working:
            self._working.cancel()
        self._scheduler.shutdown(wait=False)

    def _wake(self, name: str, work: Work, trigger: str, **when: Any) -> None:
        self._scheduler.add_job(self._due.put, trigger, args=[work], id=name, replace_existing=True, **when)

    async def _work_off(self) -> None:
        """By a clock that nobody sets: APScheduler sleeps on when the machine's is set back."""
        while True:
            work: Work = self._catch_up
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TICK):
                    work = await self._due.get()
            await work()

    def jumped(self) -> None:
        """Time is not what it was: look at once what is due."""
        self._due.put_nowait(self._catch_up)

    def agenda_changed(self) -> None:
        """Something due was added or moved: send what is due now, wake for what comes next."""
        self._courier.wake()
        self._has_changed = True
        if self._arming is None or self._arming.done():
            self._arming = asyncio.create_task(self._arm())

    async def _catch_up(self) -> None:
        now, looked_at = self._clock.now(), self._looked_at
        if not looked_at <= now <= looked_at + ASLEEP:
            self._awake_since = now
        self._looked_at = now
        with self._whatever_happens():
            await self._house.db.run(agenda.work_off, self._house.pact, now, self._awake_since)
        if agenda.next_tidying(looked_at, self._house.pact) <= now:  # also slept or jumped over
            self._due.put_nowait(self._nightly)
        self.agenda_changed()

    async def _look_into_outbox(self) -> None:
        self._courier.wake()

    async def _nightly(self) -> None:
        with self._whatever_happens():
            await self._house.db.run(agenda.look_ahead, self._house.pact, self._clock.now())
        await self._tidy()

    async def _tidy(self) -> None:
        """A piece, and the next one after what has become due meanwhile."""
        with self._whatever_happens():
            if await self._house.db.run(agenda.tidy, self._house.pact, self._clock.now()):
                self._due.put_nowait(self._tidy)
            else:
                await asyncio.to_thread(cleaning.clean, self._house.db, self._clock.now())

    async def _read_ideas(self) -> None:
        """At the first start with a language model there are many; in pieces, as above."""
        with self._whatever_happens():
            if await similar.read_on(self._house):
                self._due.put_nowait(self._read_ideas)

    @contextlib.contextmanager
    def _whatever_happens(self) -> Iterator[None]:
        """The database may be away; the next tick comes."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 # as above
            if self._house.db.is_new(error):
                log.warning("what is due was not worked off", error=type(error).__name__)

    async def _arm(self) -> None:
        while self._has_changed:
            await asyncio.sleep(0.2)  # many changes that come together are read once
            self._has_changed = False
            with self._whatever_happens():
                await self._wake_for_what_comes_next()

    async def _wake_for_what_comes_next(self) -> None:
        """Also for what has become due since the last look, which may be a moment ago."""
        since = self._looked_at
        for name, work, next_due in (
            ("due", self._catch_up, partial(agenda.next_due, pact=self._house.pact)),
            ("notice", self._look_into_outbox, outbox.next_due),
        ):
            due_at = await self._house.db.run(next_due, since)
            if due_at:
                run_at = self._clock.real(due_at) + timedelta(milliseconds=1)
                self._wake(name, work, "date", run_date=run_at)
        if self.when_armed:
            await self.when_armed()
