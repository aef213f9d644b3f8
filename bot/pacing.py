"""Keeps Telegram's limits: 30 messages a second in all, 1 in one chat, 20 a minute in one group.

Who goes first is said by `priority`: answers to people, personal notices, broadcasts, mailings last.
Edits count like messages. One that answers a tap does not wait, but what comes behind it does.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import structlog
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import BaseRateLimiter

from storage.engine.outbox import Priority

log = structlog.get_logger()

ANSWER = 0
priority: ContextVar[int] = ContextVar("priority", default=ANSWER)
_has_turn: ContextVar[bool] = ContextVar("has_turn", default=False)

ALL = 1 / 30
MAILINGS = 0.97  # of what may go in all, counting what else goes: an edit that answers a tap finds room
SECOND = 1.01  # on its way a message may gain or lose some milliseconds on the next
APART = 0.75  # of the time that each message has: what was late is made up, but not in a heap
PAID = 1 / 1000  # seconds between paid messages, which no other limit counts
LATE = 0.05  # seconds of paid messages that are made up, when a commit takes long
PAID_SHARE = 0.94  # with those the limit holds in any second
AHEAD = 1.0  # seconds of others' turns that edits which do not wait can take
LEAD = 3 / 4  # of ALL, where several processes share it
CHAT, CHAT_BURST = 1.0, 20  # Telegram lets short bursts pass, and quick answers stay quick
GROUP, GROUP_BURST = 4.0, 4  # 4 at once and then 14 in the rest of the minute; fits for shares too
LONGEST_IN_GROUP = 60.0  # that an answer waits when Telegram asks for it; a group may have been slowed down
TRIES = 5  # of a call that Telegram tells to wait
AGAIN_AFTER = (1, 2, 5, 10, 30, 60, *[300] * 11)  # seconds until an answer is tried again: an hour in all
NO_USE = (BadRequest, ChatMigrated, Forbidden, InvalidToken)  # in trying that again
FORGET_OVER = 1_000  # chats whose turns are remembered


class Persistence:
    """Of one answer: what Telegram has not taken is tried again, from the moment that it `may`.

    `lags` is set with the first such failure, so that nobody need wait for it.
    """

    def __init__(self, may: Callable[[], bool], lags: "asyncio.Future[None]") -> None:
        self._may = may
        self._lags = lags
        self._pauses = iter(AGAIN_AFTER)

    async def wait(self, error: TelegramError) -> None:
        """Until the next try; raises the error when there is none."""
        pause = None if isinstance(error, NO_USE) or not self._may() else next(self._pauses, None)
        if pause is None:
            raise error
        if not self._lags.done():
            self._lags.set_result(None)
        log.warning("answer is tried again", error=type(error).__name__, again_in=pause)
        await asyncio.sleep(pause)


persistence: ContextVar[Persistence | None] = ContextVar("persistence", default=None)


class Turns:
    """When the next message may go, if each takes `interval` seconds and `burst` may come at once."""

    def __init__(self, interval: float, burst: float = 1) -> None:
        self._interval = interval
        self._slack = interval * (burst - 1)
        self._next = 0.0

    def ready_at(self, _weight: float = 1) -> float:
        return self._next - self._slack

    def is_in_use(self, now: float) -> bool:
        return self._next > now

    def take(self, now: float, weight: float = 1) -> None:
        self._next = max(self._next, now) + self._interval * weight

    def take_at_once(self, now: float, weight: float = 1) -> None:
        """Without waiting; others wait for it, AHEAD at most."""
        self._next = max(self._next, min(max(self._next, now) + self._interval * weight, now + AHEAD))

    def pause_until(self, moment: float) -> None:
        self._next = max(self._next, moment + self._slack)


class Window:
    """At most so many within any second, whoever they are of; mailings, which wait for it, keep apart."""

    def __init__(self, most: int, apart: float) -> None:
        self._most = most
        self._apart = apart
        self._taken: deque[float] = deque(maxlen=most)

    def ready_at(self, weight: float = 1) -> float:
        most = max(1, int(self._most / weight))
        room_at = self._taken[-most] + SECOND if len(self._taken) >= most else 0.0
        return max(room_at, self._taken[-1] + self._apart if self._taken else 0.0)

    def take(self, now: float, _weight: float = 1) -> None:
        self._taken.append(now)


class TurnsOfEach:
    """The turns of each chat or person; those that are over are forgotten now and then."""

    def __init__(self, new: Callable[[Any], Turns]) -> None:
        self._new = new
        self._turns: dict[Any, Turns] = {}
        self._forget_over = FORGET_OVER

    def __getitem__(self, key: Any) -> Turns:
        if key not in self._turns:
            self._turns[key] = self._new(key)
        return self._turns[key]

    def not_ready(self, now: float) -> list[Any]:
        return [key for key, turns in self._turns.items() if turns.ready_at() > now]

    def forget_unused(self, now: float) -> None:
        """Looks through them only after as many have come as were in use the last time."""
        if len(self._turns) > self._forget_over:
            self._turns = {key: turns for key, turns in self._turns.items() if turns.is_in_use(now)}
            self._forget_over = max(FORGET_OVER, 2 * len(self._turns))


@dataclass(order=True)
class Waiting:
    priority: int
    number: int
    chat: Any = field(compare=False)
    turn: "asyncio.Future[None]" = field(compare=False)
    paid: bool | None = field(default=None, compare=False)  # of a mailing, which has no chat yet


class Pacing(BaseRateLimiter[None]):
    def __init__(self, per_second: float = 1 / ALL) -> None:
        self._all = Turns(1 / per_second)
        self._mailings: dict[bool, Window | Turns] = {
            False: Window(int(MAILINGS * per_second), APART / per_second),
            True: Turns(PAID / PAID_SHARE, LATE / PAID),
        }
        self._notices_wait_until = 0.0
        self._chats = TurnsOfEach(_turns_of)
        self._waiting: list[Waiting] = []
        self._numbers = count()
        self._changed = asyncio.Event()
        self._pump: asyncio.Task[None] | None = None
        self._weight = self._weight_in_chat = 1.0

    def share(self, processes: int, *, leads: bool) -> None:
        """Keep to a part of every limit: a message weighs the more, the smaller the part is.

        The lead sends all notices and has most of what goes out in all; of a chat each has an equal part.
        """
        part = 1.0 if processes == 1 else LEAD if leads else (1 - LEAD) / (processes - 1)
        self._weight, self._weight_in_chat = 1 / part, processes

    async def initialize(self) -> None:
        self._pump = asyncio.create_task(self._let_through(), name="pacing")

    async def shutdown(self) -> None:
        if self._pump:
            self._pump.cancel()
            await asyncio.wait([self._pump])

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002 # PTB's signature
    ) -> Any:
        chat, persistent, tries = data.get("chat_id"), persistence.get(), TRIES
        while True:
            if chat is not None and not _has_turn.get():
                await self._wait_for(chat, endpoint)
            _has_turn.set(False)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = error._retry_after.total_seconds()  # noqa: SLF001 # the public attribute warns on each use
                tries -= 1
                if not tries or (_is_group(chat) and seconds > LONGEST_IN_GROUP):
                    raise
                await self._pause(chat, seconds)
                if priority.get() == Priority.MAILING:
                    raise  # whoever sends it notes that it is not out
            except TelegramError as error:
                if persistent is None:
                    raise
                await persistent.wait(error)

    async def _wait_for(self, chat: Any, endpoint: str) -> None:
        if _counts(endpoint, chat):
            await self._turn(chat)
        elif endpoint.startswith("edit"):
            if priority.get() > ANSWER:
                await self._turn(chat)
            else:
                now = asyncio.get_running_loop().time()
                self._all.take_at_once(now, self._weight)
                self._mailings[False].take(now)

    async def take_turns_of_mailings(self, most: int, *, paid: bool) -> int:
        """Ahead of the next calls: waits for one turn, and takes as many as are there."""
        priority.set(Priority.MAILING)
        await self._turn(None, paid=paid)
        taken, loop = 1, asyncio.get_running_loop()
        while taken < most and self._ready_at(Priority.MAILING, None, paid=paid) <= loop.time():
            self._take(None, loop.time(), paid=paid)
            taken += 1
        return taken

    async def begin_with_turn(self, chat: Any) -> None:
        """The next call has its turn; what is left to wait for is the limit of its chat."""
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, self._chats[chat].ready_at() - now))
        self._chats[chat].take(now, self._weight_in_chat)
        _has_turn.set(True)

    async def take_turn(self, chat: Any, endpoint: str) -> None:
        """Ahead of the next call, so that what it sends can be read when it is its turn."""
        if _counts(endpoint, chat):
            await self._turn(chat)
            _has_turn.set(True)

    async def _pause(self, chat: Any, seconds: float) -> None:
        """Hold back this chat, and every notice; whoever tapped elsewhere is still answered.

        A group is its members' own affair, who may have slowed it down: it holds back nothing but itself.
        """
        log.warning("telegram asks to wait", seconds=seconds)
        until = asyncio.get_running_loop().time() + seconds
        if not _is_group(chat):
            self._notices_wait_until = max(self._notices_wait_until, until)
        if chat is None:
            await asyncio.sleep(seconds)
        else:
            self._chats[chat].pause_until(until)
            self._changed.set()

    async def _turn(self, chat: Any, *, paid: bool | None = None) -> None:
        """Of a chat, or, without one, the next one of mailings."""
        now = asyncio.get_running_loop().time()
        urgency = priority.get()
        if not self._waiting and self._ready_at(urgency, chat, paid=paid) <= now:
            self._take(chat, now, paid=paid)
            return
        turn = asyncio.get_running_loop().create_future()
        waiting = Waiting(urgency, next(self._numbers), chat, turn, paid)
        self._waiting.append(waiting)
        self._changed.set()
        try:
            await waiting.turn
        finally:
            if waiting in self._waiting:
                self._waiting.remove(waiting)

    async def _let_through(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            self._changed.clear()
            self._waiting.sort()
            now, soonest = loop.time(), None
            for waiting in self._waiting:
                ready_at = self._ready_at(waiting.priority, waiting.chat, paid=waiting.paid)
                if ready_at <= now:
                    self._waiting.remove(waiting)
                    if not waiting.turn.done():  # its sender may have given up
                        self._take(waiting.chat, now, paid=waiting.paid)
                        waiting.turn.set_result(None)
                    soonest = now
                    break
                soonest = min(soonest or ready_at, ready_at)
            if soonest != now:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout_at(soonest):
                        await self._changed.wait()

    def _ready_at(self, urgency: int, chat: Any, *, paid: bool | None = None) -> float:
        paused = self._notices_wait_until if urgency > ANSWER else 0.0
        if paid is not None:
            return max(self._mailings[paid].ready_at(self._weight), paused)
        return max(self._all.ready_at(), self._chats[chat].ready_at(), paused)

    def _take(self, chat: Any, now: float, *, paid: bool | None = None) -> None:
        if paid is not None:
            self._mailings[paid].take(now, self._weight)
            if not paid:
                self._all.take_at_once(now, self._weight)
            return
        self._mailings[False].take(now)
        self._all.take(now, self._weight)
        self._chats[chat].take(now, self._weight_in_chat)
        self._chats.forget_unused(now)


def _turns_of(chat: Any) -> Turns:
    return Turns(GROUP, GROUP_BURST) if _is_group(chat) else Turns(CHAT, CHAT_BURST)


def _is_group(chat: Any) -> bool:
    return str(chat).startswith(("-", "@"))


def _counts(endpoint: str, chat: Any) -> bool:
    """Telegram counts messages and edits alike; an edit that answers a tap is let pass, save in groups."""
    is_message = endpoint.startswith(("send", "copy", "forward")) and endpoint != "sendChatAction"
    return is_message or (endpoint.startswith("edit") and (_is_group(chat) or priority.get() > ANSWER))
