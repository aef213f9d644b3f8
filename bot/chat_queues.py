"""Each chat's updates in order, one at a time; chats run side by side."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager

import structlog

from storage.engine import inbox
from storage.engine.database import Database
from storage.engine.inbox import Taken
from storage.engine.process_locks import Peers

log = structlog.get_logger()

AT_ONCE = 64  # updates in work; each waits mostly for Telegram
Handle = Callable[[Taken, bool], Awaitable[None]]  # and whether a process has left it unfinished


class Lines:
    """For one process alone: what waits is in its memory."""

    def __init__(self, handle: Handle, database: Database) -> None:
        self._handle = handle
        self._database = database
        self._waiting: dict[int, deque[Taken]] = {}
        self._places = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._left: dict[int, int] = {}  # by chat, the attempts at what a process has left unfinished
        self._alone = asyncio.Lock()

    async def take_up(self) -> None:
        """What was taken in before the last stop comes first."""
        unfinished = await self._database.run(inbox.unfinished)
        if unfinished:
            log.info("taking up unfinished updates", count=len(unfinished))
        for taken in unfinished:
            self._left.setdefault(taken.chat_id, taken.attempts)
        self.add(unfinished)

    def add(self, updates: Sequence[Taken]) -> None:
        for taken in updates:
            if taken.chat_id in self._waiting:
                self._waiting[taken.chat_id].append(taken)
            else:
                self._waiting[taken.chat_id] = deque([taken])
                self._start(taken.chat_id)

    def _start(self, chat_id: int) -> None:
        task = asyncio.create_task(self._work_through(chat_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _work_through(self, chat_id: int) -> None:
        """A place is taken only when there is something to do with it."""
        line = self._waiting[chat_id]
        while line:
            async with self._place(chat_id) as is_left:
                await self._handle(line[0], is_left)
            line.popleft()
        del self._waiting[chat_id]

    @asynccontextmanager
    async def _place(self, chat_id: int) -> AsyncIterator[bool]:
        """Whether the chat's first update was left unfinished, so that it may have ended a process.

        Left twice, it gets a place of its own: if it ends this process too, no other is blamed for it.
        """
        attempts = self._left.pop(chat_id, None)
        async with self._alone if attempts else self._places:
            yield attempts is not None

    async def all_done(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def finish(self, within: float) -> None:
        """Let what is in work come to its end; what is not in time stays in the inbox for the next start."""
        self._let_go()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                task.cancel()

    def _let_go(self) -> None:
        for line in self._waiting.values():
            while len(line) > 1:
                line.pop()


class SharedLines(Lines):
    """For several processes: what waits is in the inbox, and a chat is taken for one update at a time.

    Who does not get a chat need not come back: whoever has it looks again after giving it back.
    """

    def __init__(self, handle: Handle, database: Database, peers: Peers) -> None:
        super().__init__(handle, database)
        self._peers = peers
        self._at_work: set[int] = set()
        self._came_meanwhile: set[int] = set()
        self._is_ending = False

    async def take_up(self) -> None:
        """What a process that is gone has left, and what others have more of than they can do at once."""
        waiting = await self._database.run(inbox.waiting_chats)
        left = {chat_id: attempts for chat_id, attempts in waiting.items() if chat_id not in self._at_work}
        self._left |= left
        self._look_at(left)

    def add(self, updates: Sequence[Taken]) -> None:
        self._look_at({taken.chat_id for taken in updates})

    def _look_at(self, chats: Iterable[int]) -> None:
        for chat_id in chats:
            if chat_id in self._at_work:
                self._came_meanwhile.add(chat_id)
            elif not self._is_ending:
                self._at_work.add(chat_id)
                self._start(chat_id)

    async def _work_through(self, chat_id: int) -> None:
        try:
            while await self._handle_next(chat_id) or chat_id in self._came_meanwhile:
                self._came_meanwhile.discard(chat_id)
        except Exception as error:  # noqa: BLE001 # the database is away; `take_up` comes back
            log.warning("chat left", error=type(error).__name__)
        finally:
            self._at_work.discard(chat_id)
            self._came_meanwhile.discard(chat_id)

    async def _handle_next(self, chat_id: int) -> bool:
        """Whether there was something to do; then there may be more."""
        async with self._place(chat_id) as is_left:
            taken = None if self._is_ending else await self._peers.take(chat_id)
            if taken is None:
                return False
            try:
                await self._handle(taken, is_left)
            finally:
                await self._peers.give_back(chat_id)
        return True

    def _let_go(self) -> None:
        self._is_ending = True
