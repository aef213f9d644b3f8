"""From Telegram's hand to done: updates are stored, then acknowledged, then handled in order of each chat."""

import asyncio
import json
import traceback
import warnings
from collections import deque
from collections.abc import Sequence
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application
from telegram.warnings import PTBUserWarning

from bot.clock import Clock
from domain.refusals import Refusal
from handlers.context import Context, House
from storage import inbox
from storage.inbox import PATIENCE, Taken

log = structlog.get_logger()

ALLOWED = ["message", "callback_query", "my_chat_member"]
LONG_POLL = 30
PAUSES = (0.5, 1, 2, 5, 10, 30)  # seconds between tries while Telegram or the database cannot be reached
RETRY = 0.3  # seconds before an update that failed is tried again, times the tries so far
AT_ONCE = 64  # updates in work; each waits mostly for Telegram

warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'", PTBUserWarning)


class Unreadable(Exception):
    """Telegram sent something that is no update; trying again will not help."""


class Receiver:
    def __init__(self, application: Application[Any, Context, Any, Any, House, Any], clock: Clock) -> None:
        self._application = application
        self._house = application.bot_data
        self._clock = clock
        self._lines: dict[int, deque[Taken]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places = asyncio.Semaphore(AT_ONCE)

    async def take_up_unfinished(self) -> None:
        """What was taken in before the last stop comes first."""
        unfinished = await self._house.db.run(inbox.unfinished)
        if unfinished:
            log.info("taking up unfinished updates", count=len(unfinished))
        self._line_up(unfinished)

    async def take_in(self, updates: Sequence[dict[str, Any]]) -> None:
        """Store a batch; when this returns, Telegram may forget it."""
        self._line_up(await self._house.db.run(inbox.take_in, updates, self._clock.now()))

    async def poll(self) -> None:
        """Fetch updates for ever. Raises InvalidToken only."""
        offset, failures = 0, 0
        while True:
            try:
                updates = await self._fetch(offset)
                await self.take_in(updates)
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 # whatever it is, receiving goes on
                await self._pause(error, failures)
                failures += 1
            else:
                failures = 0
                offset = max((update["update_id"] + 1 for update in updates), default=offset)

    async def _fetch(self, offset: int) -> list[dict[str, Any]]:
        updates = await self._application.bot.do_api_request(
            "getUpdates",
            api_kwargs={"offset": offset, "timeout": LONG_POLL, "allowed_updates": ALLOWED},
            read_timeout=LONG_POLL + 5,
        )
        if not isinstance(updates, list):
            raise TelegramError("the answer to getUpdates is no list")
        return [update for update in updates if isinstance(update, dict) and "update_id" in update]

    async def _pause(self, error: Exception, failures: int) -> None:
        pause: float = PAUSES[min(failures, len(PAUSES) - 1)]
        if isinstance(error, Conflict):
            log.error("another instance receives with this token; stop it, only one may", again_in=pause)
        else:
            if isinstance(error, RetryAfter):
                pause = max(pause, error._retry_after.total_seconds())  # noqa: SLF001 # the public one warns
            log.warning("receiving failed", reason=str(error)[:200], again_in=pause, **_where(error))
        await asyncio.sleep(pause)

    def _line_up(self, updates: Sequence[Taken]) -> None:
        for taken in updates:
            body = json.loads(taken.body)
            chat = _chat_of(body)
            if chat in self._lines:
                self._lines[chat].append(taken)
            else:
                self._lines[chat] = deque([taken])
                task = asyncio.create_task(self._work_through(chat))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _work_through(self, chat: int) -> None:
        """One chat's updates in order. A place is taken only when there is something to do with it."""
        line = self._lines[chat]
        while line:
            async with self._places:
                await self._handle(line[0])
            line.popleft()
        del self._lines[chat]

    async def _handle(self, taken: Taken) -> None:
        attempt = taken.attempts
        while True:
            attempt += 1
            try:
                await self._handle_once(taken)
                return
            except Exception as error:  # noqa: BLE001 # a handler's failure must not stop the line
                if await self._note_failure(taken, attempt, error):
                    return
            await asyncio.sleep(RETRY * attempt)

    async def _handle_once(self, taken: Taken) -> None:
        update, context = self._open(taken)
        if context:
            try:
                await self._route(update, context)
            except Refusal as refusal:
                if not context.finished:
                    await context.settle()
                await context.refuse(refusal)
            except Exception as error:
                if not context.finished:
                    raise
                log.warning("answer failed", update_id=taken.update_id, **_where(error))
        if not (context and context.finished):
            await self._house.db.run(inbox.finish, taken.update_id)

    async def _route(self, update: Update, context: Context) -> None:
        """As PTB's `process_update` does, but failures come back to us."""
        for handler in self._application.handlers.get(0, []):
            check = handler.check_update(update)
            if check is not None and check is not False:
                await handler.handle_update(update, self._application, check, context)
                return

    def _open(self, taken: Taken) -> tuple[Update, Context | None]:
        try:
            update = Update.de_json(json.loads(taken.body), self._application.bot)
        except Exception as error:
            raise Unreadable from error
        if update.effective_user is None or update.effective_chat is None:
            return update, None
        context = Context.from_update(update, self._application)
        context.incoming, context.taken = update, taken
        return update, context

    async def _note_failure(self, taken: Taken, attempt: int, error: Exception) -> bool:
        """Whether the update is parked now. While the database is away it is not: it will be tried again."""
        park = attempt >= PATIENCE or isinstance(error, Unreadable)
        log.warning("update failed", update_id=taken.update_id, attempt=attempt, parked=park, **_where(error))
        try:
            await self._house.db.run(
                inbox.note_failure, taken.update_id, f"{type(error).__name__}: {error}", park=park
            )
        except Exception as second:  # noqa: BLE001 # logged; the row keeps waiting
            log.warning("failure not noted", update_id=taken.update_id, **_where(second))
            return False
        if park and not isinstance(error, Unreadable):
            _, context = self._open(taken)
            if context:
                await context.say_nothing_was_saved()
        return park

    async def finish(self, within: float) -> None:
        """Let what is in work come to its end; what is not in time stays in the inbox for the next start."""
        for line in self._lines.values():
            while len(line) > 1:
                line.pop()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=within)
            for task in late:
                task.cancel()


def _chat_of(body: dict[str, Any]) -> int:
    """What keeps its order: the chat, or the person where there is none; 0 for what cannot be read."""
    for kind in ALLOWED:
        part = body.get(kind)
        if isinstance(part, dict):
            message = part.get("message", part)
            for holder in (_child(message, "chat"), _child(part, "from")):
                if isinstance(_child(holder, "id"), int):
                    return int(holder["id"])
    return 0


def _child(parent: Any, key: str) -> Any:
    return parent.get(key) if isinstance(parent, dict) else None


def _where(error: BaseException) -> dict[str, str]:
    """What failed and where, without the words of the error, which may quote a person's."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    cause = error.__cause__ or error
    return {"error": type(cause).__name__, "at": at}
