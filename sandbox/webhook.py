"""Delivery of updates to a webhook: with the secret, in order within a chat, again until it is taken."""

import asyncio
from typing import Any

import aiohttp

from .updates import Queued
from .world import World

FIRST_PAUSE = 0.1  # Telegram's pauses grow likewise, from about a second; shorter here so that tests end
LONGEST_PAUSE = 60.0
ANSWER_SECONDS = 60.0


def deliver(world: World) -> asyncio.Task[None]:
    """Starts delivering to the webhook that is set; cancelling the task ends it."""
    return asyncio.create_task(_Delivery(world).run())


class _Delivery:
    def __init__(self, world: World) -> None:
        self.world = world
        self.lines: dict[int, asyncio.Task[None]] = {}
        self.places = asyncio.Semaphore(world.webhook["max_connections"])

    async def run(self) -> None:
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)) as session:
                while True:
                    self._start_lines(session)
                    await self.world.updates.wait(1.0)
        finally:
            for task in self.lines.values():
                task.cancel()

    def _start_lines(self, session: aiohttp.ClientSession) -> None:
        for queued in self.world.updates.queue:
            if queued.line not in self.lines:
                self.lines[queued.line] = asyncio.create_task(self._serve(session, queued.line))

    async def _serve(self, session: aiohttp.ClientSession, line: int) -> None:
        """Deliver what waits in one line, the oldest first, until nothing is left."""
        pause = FIRST_PAUSE
        while queued := self._next(line):
            async with self.places:
                queued.delivered = True
                taken = await self._deliver(session, queued)
            if taken:
                pause = FIRST_PAUSE
                if queued in self.world.updates.queue:
                    self.world.updates.queue.remove(queued)
            else:
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        del self.lines[line]

    def _next(self, line: int) -> Queued | None:
        self.world.updates.expire()
        return next((one for one in self.world.updates.queue if one.line == line), None)

    async def _deliver(self, session: aiohttp.ClientSession, queued: Queued) -> bool:
        secret = self.world.webhook.get("secret")
        headers: dict[str, str] = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        headers["X-Sandbox-Now"] = f"{self.world.clock.now():.6f}"
        try:
            async with session.post(self.world.webhook["url"], json=queued.raw, headers=headers) as answer:
                await answer.read()
                if 200 <= answer.status < 300:
                    return True
                self._failed(f"Wrong response from the webhook: {answer.status} {answer.reason}")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self._failed(_reason(error))
        return False

    def _failed(self, message: str) -> None:
        found: dict[str, Any] = {
            "last_error_date": self.world.clock.date(),
            "last_error_message": message,
        }
        self.world.webhook.update(found)


def _reason(error: Exception) -> str:
    return "Connection timed out" if isinstance(error, TimeoutError) else "Connection refused"
