"""Whether the database can be written: tried when somebody asks, and from a failure on until it can."""

import asyncio
from datetime import datetime

import structlog
from sqlmodel import Session

from bot import metrics
from bot.clock import Clock
from storage.engine import alarms, inbox
from storage.engine.database import Database

log = structlog.get_logger()

WITHIN = 2.0  # seconds for an answer of the database
AGAIN = 2.0  # seconds between tries while it cannot be written


class Watch:
    """The log says once that it cannot be written and once that it can again, of which staff hear too."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._since: datetime | None = None
        self._looking: asyncio.Task[str] | None = None
        self._failed = asyncio.Event()

    async def run(self) -> None:
        self._database.when_away.append(self._failed.set)
        try:
            while True:
                await self._failed.wait()
                self._failed.clear()
                if await self.look():
                    self._failed.set()
                    await asyncio.sleep(AGAIN)
        finally:
            self._database.when_away.remove(self._failed.set)

    async def look(self) -> str:
        """Why no update could be taken in now, or nothing. Whoever asks meanwhile gets the same answer."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._try())
        return await asyncio.shield(self._looking)

    async def _try(self) -> str:
        try:
            async with asyncio.timeout(WITHIN):
                await self._database.run(self._write, self._clock.now())
        except TimeoutError:
            metrics.writable.set(0)
            return "the database does not answer: TimeoutError"
        except Exception as error:  # noqa: BLE001 # whatever it is, no update could be taken in
            self._note_failure(error)
            return f"the database cannot be written: {type(error).__name__}"
        self._note_success()
        return ""

    def _write(self, session: Session, now: datetime) -> None:
        inbox.try_storing(session, now)
        if self._since:
            alarms.enqueue_outage(session, self._since, now)

    def _note_failure(self, error: Exception) -> None:
        metrics.writable.set(0)
        if self._since is None:
            self._since = self._clock.now()
            self._database.is_known_away = True
            cause = getattr(error, "orig", None) or error  # what the driver says has no words of people
            log.error("the database cannot be written", error=type(error).__name__, why=str(cause)[:200])

    def _note_success(self) -> None:
        metrics.writable.set(1)
        if self._since is not None:
            seconds = round((self._clock.now() - self._since).total_seconds())
            self._since, self._database.is_known_away = None, False
            log.warning("the database can be written again", after_seconds=seconds)
