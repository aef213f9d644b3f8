"""Each chat's updates in order, one at a time; chats run side by side."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial

import structlog

from storage.engine import inbox
from storage.engine.database import Database
from storage.engine.inbox import Taken
from storage.engine.process_locks import Peers

log = structlog.get_logger()

AT_ONCE = 64  # updates in work; each waits mostly for Telegram
NOTE_AFTER = 0.2  # seconds in which answers that have arrived are noted together
Answering = asyncio.Task[bool]  # gives whether nothing is left to do; not done while an answer is tried again
Handle = Callable[[Taken, bool], Awaitable[Answering]]  # and whether a process has left it unfinished


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
        self._answering: dict[int, tuple[int, Answering]] = {}  # by chat, what is tried again of which update
        self._answered: list[Taken] = []
        self._noting: asyncio.Task[None] | None = None
        self._is_ending = False

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
            self._end_answering(taken.chat_id, before=taken.update_id)
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
                answering = await self._handle(line[0], is_left)
            self._follow(line.popleft(), answering)
            if line:
                self._end_answering(chat_id, before=line[-1].update_id)
        del self._waiting[chat_id]

    def _follow(self, taken: Taken, answering: Answering) -> None:
        """Note that it is answered: now, or when it is, while the line goes on."""
        if answering.done():
            self._has_ended(taken, answering)
        else:
            self._answering[taken.chat_id] = taken.update_id, answering
            answering.add_done_callback(partial(self._has_ended, taken))

    def _end_answering(self, chat_id: int, before: int) -> None:
        """Something newer of this chat is here, and its answer is the one to be seen."""
        number, answering = self._answering.get(chat_id, (before, None))
        if answering and number < before:
            answering.cancel()

    def _has_ended(self, taken: Taken, answering: Answering) -> None:
        if self._answering.get(taken.chat_id) == (taken.update_id, answering):
            del self._answering[taken.chat_id]
        if not self._is_ending if answering.cancelled() else answering.result():
            self._answered.append(taken)
            if self._noting is None or self._noting.done():
                self._noting = asyncio.create_task(self._note_soon())

    async def _note_soon(self) -> None:
        while self._answered:
            await asyncio.sleep(NOTE_AFTER)
            await self._note_answered()

    async def _note_answered(self) -> None:
        """Beside the answers; what cannot be noted now is noted later, or told of again after a restart."""
        answered, self._answered = self._answered, []
        if not answered:
            return
        try:
            await self._database.run(inbox.note_answered, answered)
        except Exception as error:  # noqa: BLE001 # the database is away
            self._answered += answered
            log.debug("answers not noted yet", error=type(error).__name__)

    @asynccontextmanager
    async def _place(self, chat_id: int) -> AsyncIterator[bool]:
        """Whether the chat's first update was left unfinished, so that it may have ended a process.

        Left twice, it gets a place of its own: if it ends this process too, no other is blamed for it.
        """
        attempts = self._left.pop(chat_id, None)
        async with self._alone if attempts else self._places:
            yield attempts is not None

    async def all_done(self) -> None:
        """But for answers that are tried again."""
        while self._tasks:
            await asyncio.wait(self._tasks)
        await self._note_answered()

    async def finish(self, within: float) -> None:
        """Let what is in work come to its end; what is not in time stays in the inbox for the next start."""
        self._let_go()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                task.cancel()
        await self._note_answered()
        if self._noting:
            await asyncio.wait([self._noting], timeout=2 * NOTE_AFTER)  # what it has begun

    def _let_go(self) -> None:
        self._is_ending = True
        for _, answering in self._answering.values():
            answering.cancel()
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

    async def take_up(self) -> None:
        """What a process that is gone has left, and what others have more of than they can do at once.

        Or have taken in while this one tries to answer something older.
        """
        to_do = await self._database.run(inbox.chats_to_do)
        for chat_id in self._answering.keys() & {chat_id for chat_id, left in to_do.items() if left.waits}:
            self._end_answering(chat_id, before=inbox.LARGEST)
        left = {chat_id: left.attempts for chat_id, left in to_do.items() if chat_id not in self._at_work}
        self._left |= left
        self._look_at(left)

    def add(self, updates: Sequence[Taken]) -> None:
        for taken in updates:
            self._end_answering(taken.chat_id, before=taken.update_id)
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
            if self._database.is_new(error):
                log.warning("chat left", error=type(error).__name__)
        finally:
            self._at_work.discard(chat_id)
            self._came_meanwhile.discard(chat_id)

    async def _handle_next(self, chat_id: int) -> bool:
        """Whether there is more to do."""
        async with self._place(chat_id) as is_left:
            taken = None if self._is_ending else await self._peers.take(chat_id)
            if taken is None:
                return False
            try:
                answering = await self._handle(taken, is_left)
            except BaseException:
                await self._peers.give_back(chat_id)
                raise
        return await self._give_back(taken, answering)

    async def _give_back(self, taken: Taken, answering: Answering) -> bool:
        """When it is answered. If something newer comes before, whoever takes the chat sees that first."""
        is_answered = False
        try:
            is_answered = await self._is_answered(taken, answering)
        finally:
            has_more = await self._peers.give_back(taken.chat_id, taken.update_id if is_answered else None)
        return has_more

    async def _is_answered(self, taken: Taken, answering: Answering) -> bool:
        if not answering.done():
            self._answering[taken.chat_id] = taken.update_id, answering
            if taken.chat_id in self._came_meanwhile:
                answering.cancel()
            try:
                await asyncio.wait([answering])
            finally:
                del self._answering[taken.chat_id]
        return not answering.cancelled() and answering.result()
