"""Which of several processes sends notices, keeps the timetable and polls: one at a time.

Each looks every second how things stand; on SQLite there is only one.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import structlog

from bot import metrics
from storage.engine.process_locks import Peers, Standing

log = structlog.get_logger()

LOOK_EVERY = 1.0  # seconds
GRACE = 2.0  # seconds in which a former lead that is alive notices that it is none any more
Tasks = list[asyncio.Task[None]]


@dataclass
class Duties:
    """What the lead does. `poke` looks for what other processes have enqueued."""

    tasks: Tasks
    poke: Callable[[], None]


class Lead:
    def __init__(
        self,
        peers: Peers,
        duties: Callable[[], AbstractAsyncContextManager[Duties]],
        when_looked: Callable[[Standing], Awaitable[None]],
    ) -> None:
        self._peers = peers
        self._duties = duties
        self._when_looked = when_looked
        self._is_new = True

    async def run(self) -> None:
        """For ever. Raises what a duty raises."""
        while True:
            if await self._look() and await self._may_begin():
                log.info("this process leads")
                await self._lead()
            self._is_new = False
            await asyncio.sleep(LOOK_EVERY)

    async def _look(self) -> bool:
        try:
            standing = await self._peers.look()
            await self._when_looked(standing)
        except Exception as error:  # noqa: BLE001 # the database is away; the next look connects anew
            log.warning("the database cannot be asked who leads", error=type(error).__name__)
            return False
        return standing.leads

    async def _may_begin(self) -> bool:
        """At once when the process starts; later only after whoever led before must have stopped."""
        if self._is_new:
            return True
        await asyncio.sleep(GRACE)
        return await self._look()

    async def _lead(self) -> None:
        async with self._duties() as duties:
            metrics.leads.set(1)
            try:
                while await self._look():
                    duties.poke()
                    done, _ = await asyncio.wait(
                        duties.tasks, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED
                    )
                    for task in done:
                        task.result()
            finally:
                metrics.leads.set(0)
        log.warning("this process leads no longer")
